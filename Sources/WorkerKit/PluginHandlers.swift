internal import Transport
internal import Wire

/// `caodiem.plugin.v1.Plugin`: how the coordinator gets to know, configures and ends this worker.
struct PluginHandlers: Sendable {
    let name: String
    let services: [String]
    let body: any WorkerBody
    let stopper: Stopper
    let leases: LeaseBox
    let beats: Beats
    let health: WorkerHealth

    func register(in table: inout ServiceTable) {
        table.register(PluginV1.Plugin.describe) { _, _ in describe() }
        table.register(PluginV1.Plugin.validateConfig) { request, _ in
            PluginV1.ValidateReply.with { $0.problems = problems(of: values(request)) }
        }
        table.register(PluginV1.Plugin.configure) { request, _ in try await configure(request) }
        table.register(PluginV1.Plugin.shutdown) { _, _ in
            health.set(.notServing)
            await body.leave()
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
            $0.settings = body.settings.map { setting in
                .with {
                    $0.key = setting.key
                    $0.type = setting.type
                    $0.required = setting.isRequired
                    $0.summary = setting.summary
                    $0.reloadable = setting.isReloadable
                }
            }
        }
    }

    /// What is wrong with these settings, one sentence a fault.
    private func problems(of values: [String: String]) -> [String] {
        body.settings.flatMap { $0.check(values) }
    }

    private func values(_ request: PluginV1.ConfigureRequest) -> [String: String] {
        Dictionary(request.settings.map { ($0.key, $0.value) }) { _, last in last }
    }

    private func configure(
        _ request: PluginV1.ConfigureRequest
    ) async throws(Failure) -> PluginV1.ConfigureReply {
        let values = values(request)
        if let problem = problems(of: values).first {
            throw Failure(
                .failedPrecondition, problem,
                hint: "correct the configuration, then retry the plugin")
        }
        let coordinator = await stopper.coordinator()
        if !request.lease.isEmpty {
            let stopper = stopper
            try await leases.take(request.lease, from: coordinator) { stopper.stop() }
        }
        let attributes = try await body.configure(values, coordinator: coordinator)
        beats.begin(
            everyMilliseconds: request.beatMilliseconds, generation: request.generation)
        health.set(.serving)
        return .with {
            $0.generation = request.generation
            $0.attributes = attributes.sorted { $0.key < $1.key }.map { key, value in
                .with {
                    $0.key = key
                    $0.value = value
                }
            }
        }
    }
}
