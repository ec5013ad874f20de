import Glibc
import Logging

/// The coordinator's log: one line an event, as text for people or JSON for programs.
///
/// Metadata `plugin` and `pid` say who speaks; without them it is the coordinator.
struct LineLog: LogHandler {
    private let sink: LineSink
    private let format: CoordinatorSettings.LogFormat
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(_ sink: LineSink, format: CoordinatorSettings.LogFormat) {
        self.sink = sink
        self.format = format
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let speaker = all["plugin"].map { "\($0)" } ?? "coordinator"
        let pid = all["pid"].map { "\($0)" } ?? (all["plugin"] == nil ? "\(getpid())" : "-")
        let rest = all.filter { $0.key != "plugin" && $0.key != "pid" }
            .sorted { $0.key < $1.key }
        let entry = Entry(
            at: WallClock.text(of: WallClock.milliseconds()), level: event.level.rawValue,
            speaker: speaker, pid: pid, message: "\(event.message)",
            details: rest.map { (key: $0.key, value: "\($0.value)") })
        sink.write(format == .json ? entry.json : entry.text)
    }

    /// One line before it is written.
    struct Entry {
        var at: String
        var level: String
        var speaker: String
        var pid: String
        var message: String
        var details: [(key: String, value: String)] = []

        var text: String {
            let mark = level == "info" ? "" : "\(level): "
            let tail = details.map { " \($0.key)=\($0.value)" }.joined()
            return "\(at) \(speaker)[\(pid)] \(mark)\(message)\(tail)"
        }

        var json: String {
            let fields =
                [
                    (key: "at", value: at), (key: "level", value: level),
                    (key: "source", value: speaker), (key: "pid", value: pid),
                    (key: "message", value: message),
                ] + details
            return "{"
                + fields.map { "\(JSONText.quoted($0.key)):\(JSONText.quoted($0.value))" }
                .joined(separator: ",") + "}"
        }
    }
}

/// Text as a JSON string.
enum JSONText {
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

/// The wall clock, for stamps and the log only; no period is ever measured with it.
enum WallClock {
    /// Milliseconds since 1970 in UTC.
    static func milliseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// `2021-05-31T23:59:59.999+07:00`.
    static func text(of milliseconds: Int64) -> String {
        let day: Int64 = 86_400_000
        let local = milliseconds + 7 * 3_600_000
        let ofDay = ((local % day) + day) % day
        let parts = [ofDay / 3_600_000, ofDay / 60_000 % 60, ofDay / 1000 % 60]
        let clock = parts.map { padded($0, 2) }.joined(separator: ":")
        return "\(CallStamp.vietnamDay(of: milliseconds))T\(clock).\(padded(ofDay % 1000, 3))+07:00"
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
