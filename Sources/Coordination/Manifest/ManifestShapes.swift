import Logging
import StrictYAML
import Transport

/// The mapping `restart`.
struct RestartRules {
    var policy = RestartPolicy.permanent
    var backoffBase: Duration?
    var backoffCap: Duration?
    var failures: Int?
    var failureWindow: Duration?
}

extension LimitOverrides {
    mutating func take(_ restart: RestartRules) {
        backoffBase = restart.backoffBase
        backoffCap = restart.backoffCap
        failures = restart.failures
        failureWindow = restart.failureWindow
    }
}

/// A value of `config`.
enum SettingSource {
    case text(String)
    /// Path of a file that holds the value.
    case file(String)
}

extension Shape where Value == Duration {
    /// `250ms`, `5s` or `2m`, more than nothing and at most a day.
    static var period: Shape<Duration> {
        Shape<String>.scalar.narrowed(to: "a period such as 250ms, 5s or 2m") { text in
            let units: [(String, Duration)] = [
                ("ms", .milliseconds(1)), ("s", .seconds(1)), ("m", .seconds(60)),
            ]
            for (unit, duration) in units where text.hasSuffix(unit) {
                guard let count = Int(text.dropLast(unit.count)), count > 0 else { continue }
                guard count <= 86_400_000, duration * count <= .seconds(86_400) else { return nil }
                return duration * count
            }
            return nil
        }
    }
}

extension Shape where Value == Int {
    /// Bytes, as `64KiB`, `512MiB` or `2GiB`.
    static var size: Shape<Int> {
        Shape<String>.scalar.narrowed(to: "a size such as 64KiB, 512MiB or 2GiB") { text in
            for (unit, shift) in [("KiB", 10), ("MiB", 20), ("GiB", 30)] where text.hasSuffix(unit)
            {
                guard let count = Int(text.dropLast(3)), count > 0, count <= 1 << 20 else {
                    return nil
                }
                return count << shift
            }
            return nil
        }
    }
}

extension Shape where Value == String {
    /// One value, quoted or not, taken as it is written.
    static var scalar: Shape<String> {
        Shape { node, reading in
            guard case .scalar(let text, let plain) = node.content, !(plain && node.isEmpty) else {
                reading.refuse(
                    node, "must be one value", "write text, a number, true or false")
                return nil
            }
            return text
        }
    }

    /// 64 hexadecimal digits.
    static var sha256: Shape<String> {
        Shape<String>.scalar.narrowed(to: "64 hexadecimal digits") { text in
            let lower = text.lowercased()
            let isHex = lower.unicodeScalars.allSatisfy {
                ("0"..."9").contains($0) || ("a"..."f").contains($0)
            }
            return isHex && lower.utf8.count == 64 ? lower : nil
        }
    }
}

extension Shape where Value == SettingSource {
    /// One value, or `{from_file: PATH}` for what must not stand in a manifest.
    static var setting: Shape<SettingSource> {
        let file = Shape<SettingSource>.mapping { keys in
            keys.required("from_file", .text).map { .file($0) }
        }
        return Shape { node, reading in
            if case .mapping = node.content { return file.read(node, reading) }
            return Shape<String>.scalar.read(node, reading).map { .text($0) }
        }
    }
}

extension Shape where Value == Concurrency {
    static var concurrency: Shape<Concurrency> {
        .mapping { keys in
            let usual = Concurrency()
            return Concurrency(
                max: keys.optional("max", .integer(in: 1...4096), or: usual.max),
                queue: keys.optional("queue", .integer(in: 0...10_000), or: usual.queue))
        }
    }
}

extension Shape where Value == Logger.Level {
    /// The mapping `logging`.
    static var logging: Shape<Logger.Level> {
        .mapping { keys in
            let levels: [Logger.Level] = [.debug, .info, .warning, .error]
            return keys.optional("level", .choice(among: levels), or: .info)
        }
    }
}

extension Shape where Value == LimitOverrides {
    static var timeouts: Shape<LimitOverrides> {
        .mapping { keys in
            var limits = LimitOverrides()
            limits.start = keys.optional("start", .period)
            limits.configure = keys.optional("configure", .period)
            limits.ready = keys.optional("ready", .period)
            limits.drain = keys.optional("drain", .period)
            limits.shutdown = keys.optional("shutdown", .period)
            limits.terminate = keys.optional("terminate", .period)
            limits.beat = keys.optional("beat", .period)
            return limits
        }
    }
}

extension Shape where Value == RestartRules {
    static var restart: Shape<RestartRules> {
        .mapping { keys in
            var rules = RestartRules()
            rules.policy = keys.optional("policy", .choice(), or: .permanent)
            if let backoff = keys.optional("backoff", .backoff) {
                (rules.backoffBase, rules.backoffCap) = (backoff.base, backoff.cap)
                if let base = backoff.base, let cap = backoff.cap, cap < base {
                    keys.refuse("backoff", "has a cap below its base", "raise the cap")
                }
            }
            if let intensity = keys.optional("intensity", .intensity) {
                (rules.failures, rules.failureWindow) = (intensity.failures, intensity.within)
            }
            return rules
        }
    }
}

extension Shape where Value == (base: Duration?, cap: Duration?) {
    static var backoff: Shape<(base: Duration?, cap: Duration?)> {
        .mapping { keys in
            (base: keys.optional("base", .period), cap: keys.optional("cap", .period))
        }
    }
}

extension Shape where Value == (failures: Int?, within: Duration?) {
    static var intensity: Shape<(failures: Int?, within: Duration?)> {
        .mapping { keys in
            (
                failures: keys.optional("failures", .integer(in: 0...1000)),
                within: keys.optional("within", .period)
            )
        }
    }
}

extension Shape where Value == ProcessLimits {
    /// The mapping `limits`.
    static var processLimits: Shape<ProcessLimits> {
        .mapping { keys in
            ProcessLimits(
                memoryBytes: keys.optional("memory", .size),
                openFiles: keys.optional("open_files", .integer(in: 16...1_048_576)),
                cpuSeconds: keys.optional("cpu", .period).map {
                    max(1, Int($0.components.seconds))
                })
        }
    }
}
