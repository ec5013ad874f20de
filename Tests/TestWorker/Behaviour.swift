import Glibc
import Transport
import Wire

/// What the worker serves and how it misbehaves.
struct Behaviour: Sendable {
    /// Name of the service that carries `Say`, `Sleep`, `Exit` and `Stream`.
    var service = "test.v1.Echo"
    /// Settings it declares, beside `store`.
    var declared: [String] = []
    /// Reported with Configure.
    var attributes: [(key: String, value: String)] = []
    /// What ValidateConfig finds wrong.
    var problems: [String] = []
    var window = Limits().window
    /// The store's schema that it knows; 0 says nothing.
    var schema: UInt32 = 0
    /// Milliseconds that Configure takes.
    var slowness = 0
    /// Declared settings that a running process takes over.
    var reloadable: Set<String> = []
    /// Promises to beat, and does.
    var beats = false
    /// Serves its health, which `Ill` changes for a while.
    var health: Health?
    /// A value of any setting that ValidateConfig refuses.
    var refusedValue: String?

    /// `--service NAME`, `--declare KEY`, `--attribute KEY=VALUE`, `--problem TEXT`,
    /// `--window BYTES`, `--schema VERSION`, `--slow MILLISECONDS`, `--reloadable KEY`,
    /// `--beats yes`, `--health yes`, `--refuse VALUE`.
    init(_ arguments: some Collection<String>) {
        var rest = Array(arguments)[...]
        while let option = rest.popFirst(), let value = rest.popFirst() {
            switch option {
            case "--service": service = value
            case "--declare": declared.append(value)
            case "--problem": problems.append(value)
            case "--window": window = Int(value) ?? window
            case "--schema": schema = UInt32(value) ?? 0
            case "--slow": slowness = Int(value) ?? 0
            case "--reloadable":
                declared.append(value)
                reloadable.insert(value)
            case "--beats": beats = true
            case "--health": health = Health()
            case "--refuse": refusedValue = value
            case "--attribute":
                let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
                attributes.append((parts[0], parts[1]))
            default: exit(64)
            }
        }
    }

    func table() -> ServiceTable {
        var table = ServiceTable()
        registerPlugin(&table)
        registerEcho(&table)
        registerFaults(&table)
        if let health { health.register(&table) }
        return table
    }

    private func registerPlugin(_ table: inout ServiceTable) {
        table.registerImmediate(PluginV1.Plugin.describe) { _, _ in
            var reply = PluginV1.DescribeReply()
            reply.name = "test"
            reply.version = "1.0"
            reply.services = [service] + (health == nil ? [] : [HealthV1.Health.serviceName])
            if beats { reply.capabilities = ["beat"] }
            reply.settings = (["store"] + declared).map { key in
                var schema = PluginV1.SettingSchema()
                schema.key = key
                schema.type = "text"
                schema.reloadable = reloadable.contains(key)
                return schema
            }
            return reply
        }
        table.registerImmediate(PluginV1.Plugin.validateConfig) { request, _ in
            var reply = PluginV1.ValidateReply()
            reply.problems = problems
            for setting in request.settings where setting.value == refusedValue {
                reply.problems.append("\(setting.key) must not be \(setting.value)")
            }
            return reply
        }
        table.register(PluginV1.Plugin.configure) { request, _ in
            try await Task.sleep(for: .milliseconds(slowness))
            for setting in request.settings { log("setting \(setting.key)=\(setting.value)") }
            log("generation \(request.generation)")
            if beats { Beating.every(milliseconds: request.beatMilliseconds) }
            var reply = PluginV1.ConfigureReply()
            reply.generation = request.generation
            reply.attributes = attributes.map { Behaviour.setting($0.key, $0.value) }
            return reply
        }
        table.registerImmediate(PluginV1.Plugin.shutdown) { _, _ in
            log("asked to shut down")
            return PluginV1.ShutdownReply()
        }
    }

    private func registerEcho(_ table: inout ServiceTable) {
        table.registerImmediate(method("Say")) { request, context in
            let stamp = context.metadata.map {
                "\($0.key)=\(String(decoding: $0.value, as: UTF8.self))"
            }
            return Behaviour.setting(stamp.joined(separator: "\n"), request.value)
        }
        table.register(method("Sleep")) { request, context in
            log("sleeps, \(context.remaining.map { "\($0)" } ?? "no deadline")")
            do {
                try await Task.sleep(for: .seconds(60))
            } catch {
                log("cancelled \(request.value)")
                throw error
            }
            return request
        }
        table.registerImmediate(method("Exit")) { request, _ in
            exit(Int32(request.value) ?? 1)
        }
        let stream = Method<PluginV1.Setting, PluginV1.Setting>(
            path: "/\(service)/Stream", kind: .serverStreaming, idempotency: .unknown)
        table.registerStreaming(stream) { request, _, writer in
            let count = Int(request.key) ?? 0
            let text = String(repeating: "x", count: Int(request.value) ?? 0)
            for number in 0..<count {
                try await writer.write(Behaviour.setting("\(number)", text))
            }
        }
    }

    /// Misbehaviour on demand.
    private func registerFaults(_ table: inout ServiceTable) {
        table.registerImmediate(method("Pid")) { _, _ in
            Behaviour.setting("pid", "\(getpid())")
        }
        table.registerImmediate(method("Mute")) { request, _ in
            Beating.mute()
            return request
        }
        table.registerImmediate(method("Daemon")) { _, _ in
            Behaviour.setting("pid", "\(startDaemon())")
        }
        table.register(method("Ill")) { request, _ in
            health?.set(.notServing)
            try await Task.sleep(for: .milliseconds(Int(request.value) ?? 0))
            health?.set(.serving)
            return request
        }
        table.register(method("Pause")) { request, _ in
            try await Task.sleep(for: .milliseconds(Int(request.value) ?? 0))
            return request
        }
    }

    private func method(_ name: String) -> Method<PluginV1.Setting, PluginV1.Setting> {
        Method(path: "/\(service)/\(name)", kind: .unary, idempotency: .unknown)
    }

    static func setting(_ key: String, _ value: String) -> PluginV1.Setting {
        var setting = PluginV1.Setting()
        setting.key = key
        setting.value = value
        return setting
    }
}

func log(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(2, bytes, bytes.count)
}
