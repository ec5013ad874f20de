internal import Foundation
internal import LawBook
internal import Rules
internal import Store
internal import Transport
internal import Wire

/// `caodiem.plugin.v1.Plugin`: how the coordinator gets to know, configures and ends this worker.
struct PluginHandlers: Sendable {
    let name: String
    let services: [String]
    /// Settings of this worker alone.
    let own: [WorkerSetting]
    let context: ContextBox
    let stopper: Stopper
    let beats: Beats
    let health: WorkerHealth

    /// Settings that every worker takes; the coordinator fills them in.
    private static let settings: [(key: String, summary: String)] = [
        ("store", "the fleet's SQLite file"),
        ("law_book", "folder of the law book's YAML files"),
        ("spool", "folder for files on their way in"),
    ]

    func register(in table: inout ServiceTable) {
        table.register(PluginV1.Plugin.describe) { _, _ in describe() }
        table.register(PluginV1.Plugin.validateConfig) { request, _ in
            PluginV1.ValidateReply.with { $0.problems = problems(of: values(request)) }
        }
        table.register(PluginV1.Plugin.configure) { request, _ in try configure(request) }
        table.register(PluginV1.Plugin.shutdown) { _, _ in
            health.set(.notServing)
            stopper.stop()
            return PluginV1.ShutdownReply()
        }
    }

    private func describe() -> PluginV1.DescribeReply {
        .with {
            $0.name = name
            $0.version = Product.version
            $0.services = services
            $0.capabilities = ["beat"]
            $0.settings = PluginHandlers.settings.map { setting in
                .with {
                    $0.key = setting.key
                    $0.type = "path"
                    $0.required = true
                    $0.summary = setting.summary
                }
            }
            $0.settings += own.map { setting in
                .with {
                    $0.key = setting.key
                    $0.type = setting.type
                    $0.summary = setting.summary
                    // Handlers read them anew with each call.
                    $0.reloadable = true
                }
            }
        }
    }

    private func values(_ request: PluginV1.ConfigureRequest) -> [String: String] {
        Dictionary(request.settings.map { ($0.key, $0.value) }) { _, last in last }
    }

    private func problems(of values: [String: String]) -> [String] {
        PluginHandlers.settings.compactMap { setting -> String? in
            guard let path = values[setting.key], !path.isEmpty else {
                return "setting '\(setting.key)' is missing (\(setting.summary))"
            }
            guard FileManager.default.fileExists(atPath: path) else {
                return "setting '\(setting.key)': there is nothing at \(path)"
            }
            return nil
        } + own.flatMap { $0.check(values) }
    }

    private func configure(
        _ request: PluginV1.ConfigureRequest
    ) throws(Failure) -> PluginV1.ConfigureReply {
        let values = values(request)
        if let problem = problems(of: values).first {
            throw Failure(
                .failedPrecondition, problem,
                hint: "correct the configuration, then retry the plugin")
        }
        let law: LawTable
        do {
            law = try LawBook.load(directory: values["law_book"] ?? "")
        } catch {
            throw Failure(
                .failedPrecondition, "the law book does not load: \(error)",
                hint: "correct the lines named, then retry the plugin")
        }
        do throws(StoreFailure) {
            context.set(
                WorkerContext(
                    store: try Store.open(path: values["store"] ?? ""), law: law,
                    spoolFolder: values["spool"] ?? "", settings: values))
        } catch {
            throw Failure(error)
        }
        beats.begin(
            everyMilliseconds: request.beatMilliseconds, generation: request.generation)
        health.set(.serving)
        return .with {
            $0.generation = request.generation
            $0.attributes = [
                .with {
                    $0.key = "law_book"
                    $0.value = law.digest
                }
            ]
        }
    }
}
