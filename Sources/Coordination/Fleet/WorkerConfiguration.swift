import Transport
import Wire

/// Describe → ValidateConfig → Configure, one after the other on the loop.
extension Fleet {
    func configure(_ id: String, _ number: Int) {
        if let mismatch = schemaMismatch(members[id]?.link?.peerHello?.info.storeSchemas) {
            return feed(id, .refused(number, reason: mismatch))
        }
        ask(id, number, PluginV1.Plugin.describe, PluginV1.DescribeRequest()) { [self] reply in
            members[id]?.version = reply.version
            if let clash = router.table.claim(reply.services, by: id) {
                return feed(id, .refused(number, reason: clash))
            }
            guard let manifest = members[id]?.manifest else { return }
            let declared = reply.settings.map {
                WorkerSettings.Declaration(key: $0.key, isRequired: $0.required)
            }
            let shared = manifest.remote == nil ? setting.shared : [:]
            if manifest.remote != nil,
                let missing = Fleet.missingFiles(declared, shared: setting.shared)
            {
                return feed(id, .refused(number, reason: missing))
            }
            do throws(WorkerSettings.Problems) {
                let settings = try WorkerSettings.select(
                    declared: declared, manifest: manifest, shared: shared)
                members[id]?.settings = settings
                validate(id, number, settings)
            } catch {
                feed(id, .refused(number, reason: error.sentences.joined(separator: "; ")))
            }
        }
    }

    /// A worker that names the schemas it knows must know the store's; 0 names none.
    private func schemaMismatch(_ known: ClosedRange<UInt32>?) -> String? {
        guard setting.storeSchema > 0, let known, known.upperBound > 0,
            !known.contains(setting.storeSchema)
        else { return nil }
        return "the store has schema \(setting.storeSchema), the worker knows "
            + "\(known.lowerBound) to \(known.upperBound); install one version of both"
    }

    private func validate(
        _ id: String, _ number: Int, _ settings: [(key: String, value: String)]
    ) {
        var request = PluginV1.ConfigureRequest()
        request.generation = 1
        request.settings = settings.map { setting in
            var message = PluginV1.Setting()
            message.key = setting.key
            message.value = setting.value
            return message
        }
        ask(id, number, PluginV1.Plugin.validateConfig, request) { [self] reply in
            guard reply.problems.isEmpty else {
                let problems = reply.problems.joined(separator: "; ")
                return feed(id, .refused(number, reason: "refuses its settings: \(problems)"))
            }
            apply(id, number, request)
        }
    }

    private func apply(_ id: String, _ number: Int, _ request: PluginV1.ConfigureRequest) {
        ask(id, number, PluginV1.Plugin.configure, request) { [self] reply in
            let reported = reply.attributes.map { (key: $0.key, value: $0.value) }
            if let difference = attributes.report(reported, by: id) {
                return feed(id, .refused(number, reason: difference))
            }
            feed(id, .configured(number))
        }
    }

    /// One call of the configuration; a failure ends this start.
    private func ask<Request, Reply>(
        _ id: String, _ number: Int, _ method: Method<Request, Reply>, _ request: Request,
        then next: @escaping (Reply) -> Void
    ) {
        guard let link = members[id]?.link else { return }
        Channel(link).unary(
            method, request, timeout: setting.limits.configureTimeout
        ) { [self] result in
            guard machine.plugins[id]?.incarnation == number,
                machine.plugins[id]?.state == .configuring
            else { return }
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
}
