import Transport
import Wire

/// Describe → ValidateConfig → Configure, one after the other on the loop.
extension Fleet {
    /// Served by many workers, each for itself; no calls are routed by them.
    static let servicesOfEach: Set<String> = [
        PluginV1.Plugin.serviceName, HealthV1.Health.serviceName,
        "grpc.reflection.v1.ServerReflection",
    ]
    /// In Describe: the worker beats.
    static let beatCapability = "beat"

    func configure(_ id: String, _ number: Int) {
        guard let process = members[id]?.processes[number] else { return }
        if process.manifest.storeAccess != .none,
            let mismatch = schemaMismatch(process.link?.peerHello?.info.storeSchemas)
        {
            return feed(id, .refused(number, reason: mismatch))
        }
        ask(id, number, PluginV1.Plugin.describe, PluginV1.DescribeRequest()) { [self] reply in
            described(id, number, reply)
        }
    }

    private func described(_ id: String, _ number: Int, _ reply: PluginV1.DescribeReply) {
        guard var process = members[id]?.processes[number] else { return }
        process.version = reply.version
        process.services = reply.services.filter { !Fleet.servicesOfEach.contains($0) }
        process.reloadable = Set(reply.settings.filter(\.reloadable).map(\.key))
        process.declared = reply.settings.map {
            WorkerSettings.Declaration(key: $0.key, isRequired: $0.required)
        }
        if process.manifest.remote != nil,
            let missing = Fleet.missingFiles(process.declared, shared: setting.shared)
        {
            return feed(id, .refused(number, reason: missing))
        }
        if let problem = serviceProblem(id, process) {
            return feed(id, .refused(number, reason: problem))
        }
        if let problem = router.definitions.report(reply.descriptors, by: id) {
            return feed(id, .refused(number, reason: problem))
        }
        do throws(WorkerSettings.Problems) {
            process.settings = try settings(of: process, manifest: process.manifest)
        } catch {
            let why = error.sentences.joined(separator: "; ")
            return feed(id, .refused(number, reason: why))
        }
        members[id]?.processes[number] = process
        if reply.capabilities.contains(Fleet.beatCapability) { feed(id, .promisedBeats(number)) }
        if reply.services.contains(HealthV1.Health.serviceName) {
            feed(id, .promisedHealth(number))
            watchHealth(id, number)
        }
        validate(id, number, process.settings)
    }

    /// What the worker serves must be what its manifest says, and nobody else's.
    private func serviceProblem(_ id: String, _ process: WorkerProcess) -> String? {
        if let named = process.manifest.services, Set(named) != Set(process.services) {
            return "serves \(process.services.sorted().joined(separator: ", ")), but its manifest "
                + "says \(named.sorted().joined(separator: ", "))"
        }
        // A process on trial must not take services away from the one that serves.
        let serves = members[id]?.processes.values.contains(where: \.isOpen) == true
        if serves {
            var trial = router.table
            return trial.claim(process.services, by: id)
        }
        return router.table.claim(process.services, by: id)
    }

    /// Settings for a process by a manifest, its own or one that is being tried.
    func settings(
        of process: WorkerProcess, manifest: PluginManifest
    ) throws(WorkerSettings.Problems) -> [(key: String, value: String)] {
        try WorkerSettings.select(
            declared: process.declared, manifest: manifest,
            shared: shared(with: manifest))
    }

    /// What the fleet tells a worker of its files: nothing to one of another machine.
    private func shared(with manifest: PluginManifest) -> [String: String] {
        if manifest.remote != nil { return [:] }
        return manifest.storeAccess == .none
            ? setting.shared.filter { $0.key != "store" } : setting.shared
    }

    /// A worker that names the schemas it knows must know the store's; 0 names none.
    private func schemaMismatch(_ known: ClosedRange<UInt32>?) -> String? {
        guard setting.storeSchema > 0, let known, known.upperBound > 0,
            !known.contains(setting.storeSchema)
        else { return nil }
        return "the store has schema \(setting.storeSchema), the worker knows "
            + "\(known.lowerBound) to \(known.upperBound); install one version of both"
    }

    /// The message that carries settings to a worker.
    func configureRequest(
        _ settings: [(key: String, value: String)], generation: UInt64
    ) -> PluginV1.ConfigureRequest {
        var request = PluginV1.ConfigureRequest()
        request.generation = generation
        request.settings = settings.map { setting in
            var message = PluginV1.Setting()
            message.key = setting.key
            message.value = setting.value
            return message
        }
        // Twice as often as needed: one lost beat is no news.
        request.beatMilliseconds = UInt32(
            clamping: max(1, (setting.limits.beatInterval * 0.5).wholeMilliseconds))
        return request
    }

    private func validate(
        _ id: String, _ number: Int, _ settings: [(key: String, value: String)]
    ) {
        var request = configureRequest(settings, generation: nextGeneration)
        if members[id]?.processes[number]?.manifest.shape.isSingleton == true { request.lease = id }
        ask(id, number, PluginV1.Plugin.validateConfig, request) { [self] reply in
            guard reply.problems.isEmpty else {
                let problems = reply.problems.joined(separator: "; ")
                return feed(id, .refused(number, reason: "refuses its settings: \(problems)"))
            }
            apply(id, number, request)
        }
    }

    /// While a reload is being applied, new processes belong to the generation that it makes.
    var nextGeneration: UInt64 { isReloading ? generation + 1 : generation }

    private func apply(_ id: String, _ number: Int, _ request: PluginV1.ConfigureRequest) {
        ask(id, number, PluginV1.Plugin.configure, request) { [self] reply in
            let reported = reply.attributes.map { (key: $0.key, value: $0.value) }
            if let difference = attributes.report(reported, by: id) {
                return feed(id, .refused(number, reason: difference))
            }
            members[id]?.processes[number]?.generation = request.generation
            feed(id, .configured(number))
        }
    }

    /// One call of the configuration; a failure ends this start.
    private func ask<Request, Reply>(
        _ id: String, _ number: Int, _ method: Method<Request, Reply>, _ request: Request,
        then next: @escaping (Reply) -> Void
    ) {
        guard let link = members[id]?.processes[number]?.link else { return }
        Channel(link).unary(
            method, request, timeout: setting.limits.startExtensionCap
        ) { [self] result in
            guard isConfiguring(id, number) else { return }
            switch result {
            case .success(let reply): next(reply)
            case .failure(let failure):
                let name = MethodPath(method.path)?.method ?? method.path
                let reason = "\(name): \(failure.message)"
                let isRefusal = [.invalidArgument, .failedPrecondition].contains(failure.code)
                feed(
                    id,
                    isRefusal
                        ? .refused(number, reason: reason)
                        : .startFailed(number, reason: reason))
            }
        }
    }

    private func isConfiguring(_ id: String, _ number: Int) -> Bool {
        guard let plugin = machine.plugins[id], let place = plugin.instance(of: number) else {
            return false
        }
        return plugin.instances[place]?.state == .configuring
    }

    // MARK: Health

    /// Follows what the worker says of itself until the process ends.
    private func watchHealth(_ id: String, _ number: Int) {
        guard let link = members[id]?.processes[number]?.link else { return }
        let (loop, pause) = (loop, setting.limits.healthRetry)
        members[id]?.processes[number]?.healthWatch = Task { [self] in
            while !Task.isCancelled {
                do throws(Failure) {
                    try await Channel(link).serverStream(
                        HealthV1.Health.watch, HealthV1.HealthCheckRequest()
                    ) { reply in
                        let isServing = reply.status == .serving
                        loop.execute { [self] in feed(id, .health(number, serving: isServing)) }
                    }
                } catch {
                    // A worker that cannot say how it is cannot be READY either.
                    let serves = error.code == .unimplemented
                    loop.execute { [self] in feed(id, .health(number, serving: serves)) }
                    if serves { return }
                }
                try? await Task.sleep(for: pause)
            }
        }
    }
}
