import Transport
import Wire

/// The steps of a reload, and how each is taken back.
extension Fleet {
    /// Fresh processes by this manifest, which holds from then on; when they fail, the former goes
    /// on. On the loop.
    func renew(_ id: String, _ manifest: PluginManifest, by: String = "", why: String = "") {
        lastRolloutFailure[id] = nil
        members[id]?.candidate = manifest
        feed(id, reshaping(manifest, fresh: false))
        feed(id, .order(.restart, by: by, why: why))
    }

    func reshaping(_ manifest: PluginManifest, fresh: Bool) -> PluginInput {
        .reshape(manifest.shape, manifest.limits(of: setting.limits), fresh: fresh)
    }

    /// Takes one step; nil when it is done, else why not.
    func apply(
        _ step: ReloadStep, before deadline: ContinuousClock.Instant
    ) async -> String? {
        switch step {
        case .add(let manifest, let folder, let isDisabled):
            await loop.run { [self] in add(manifest, folder: folder, isDisabled: isDisabled) }
            return await settled(manifest.id, before: deadline)
        case .remove(let id): return await remove(id, before: deadline)
        case .adopt(let manifest):
            await loop.run { [self] in adopt(manifest) }
            return await settled(manifest.id, before: deadline)
        case .configure(let manifest): return await configure(manifest, before: deadline)
        case .replace(let manifest):
            await loop.run { [self] in
                lastRolloutFailure[manifest.id] = nil
                members[manifest.id]?.candidate = manifest
                feed(manifest.id, reshaping(manifest, fresh: true))
                machine.sortByDependency()
            }
            return await settled(manifest.id, before: deadline)
        case .setDisabled(let id, let isDisabled):
            await loop.run { [self] in
                feed(id, .order(isDisabled ? .disable : .enable, why: PluginSwitch.byConfiguration))
            }
            return await settled(id, before: deadline)
        }
    }

    /// Takes a step back, whether it was taken whole or in part; nil when all is as before.
    func undo(
        _ step: ReloadStep, _ former: PluginManifest?, before deadline: ContinuousClock.Instant
    ) async -> String? {
        let problem: String?
        switch step {
        case .add(let manifest, _, _): problem = await remove(manifest.id, before: deadline)
        case .remove: problem = nil
        case .setDisabled(let id, let isDisabled):
            problem = await apply(.setDisabled(id, !isDisabled), before: deadline)
        case .adopt(let manifest), .configure(let manifest), .replace(let manifest):
            guard let former else { return nil }
            problem = await restore(former, after: step, manifest, before: deadline)
        }
        return problem.map { "\(step.plugin): and back again: \($0)" }
    }

    private func restore(
        _ former: PluginManifest, after step: ReloadStep, _ tried: PluginManifest,
        before deadline: ContinuousClock.Instant
    ) async -> String? {
        switch step {
        case .configure: return await configure(former, before: deadline)
        case .replace:
            let isUntouched = await loop.run { [self] in
                members[former.id]?.manifest == former
                    && machine.plugins[former.id]?.isServing == true
            }
            if isUntouched { return nil }
            return await apply(.replace(former), before: deadline)
        default: return await apply(.adopt(former), before: deadline)
        }
    }

    // MARK: Steps

    private func add(_ manifest: PluginManifest, folder: String, isDisabled: Bool) {
        let found = PluginFolder.Found(
            id: manifest.id, folder: folder, manifest: .success(manifest))
        members[manifest.id] =
            FleetMember.found(found, limits: setting.limits, log: log).member
        var random = SystemRandomNumberGenerator()
        machine.add(
            manifest.id,
            PluginMachine(
                limits: manifest.limits(of: setting.limits), seed: random.next(),
                shape: manifest.shape, disabled: isDisabled ? PluginSwitch.byConfiguration : nil))
        router.table.set(.closed(.starting, reason: ""), of: manifest.id)
        feed(manifest.id, .begin)
    }

    private func remove(_ id: String, before deadline: ContinuousClock.Instant) async -> String? {
        await loop.run { [self] in feed(id, .order(.disable, why: "its manifest is gone")) }
        while ContinuousClock.now < deadline {
            let isGone = await loop.run { [self] () -> Bool in
                guard machine.plugins[id]?.isAtRest == true, members[id]?.processes.isEmpty == true
                else { return false }
                machine.remove(id)
                members[id] = nil
                router.table.release(id)
                router.table.forget(id)
                router.dropGate(of: id)
                return true
            }
            if isGone { return nil }
            try? await Task.sleep(for: Fleet.reloadPoll)
        }
        return "its processes do not end"
    }

    private func adopt(_ manifest: PluginManifest) {
        members[manifest.id]?.manifest = manifest
        feed(manifest.id, reshaping(manifest, fresh: false))
        machine.sortByDependency()
    }

    /// Gives running workers other settings.
    private func configure(
        _ manifest: PluginManifest, before deadline: ContinuousClock.Instant
    ) async -> String? {
        let id = manifest.id
        let numbers = await loop.run { [self] in
            members[id]?.processes.filter { $0.value.isOpen }.keys.sorted() ?? []
        }
        for number in numbers {
            let prepared = await loop.run { [self] () -> (Link, PluginV1.ConfigureRequest)? in
                guard let process = members[id]?.processes[number], let link = process.link,
                    let settings = try? settings(of: process, manifest: manifest)
                else { return nil }
                return (link, configureRequest(settings, generation: generation + 1))
            }
            guard let (link, request) = prepared else { continue }
            do throws(Failure) {
                let reply = try await Channel(link).unary(
                    PluginV1.Plugin.configure, request, timeout: left(until: deadline))
                let difference = await loop.run { [self] in
                    took(request, reply, manifest, number)
                }
                if let difference { return difference }
            } catch {
                return "Configure: \(error.message)"
            }
        }
        await loop.run { [self] in adopt(manifest) }
        return nil
    }

    private func took(
        _ request: PluginV1.ConfigureRequest, _ reply: PluginV1.ConfigureReply,
        _ manifest: PluginManifest, _ number: Int
    ) -> String? {
        let id = manifest.id
        let reported = reply.attributes.map { (key: $0.key, value: $0.value) }
        if let difference = attributes.report(reported, by: id) { return difference }
        members[id]?.processes[number]?.manifest = manifest
        members[id]?.processes[number]?.settings = request.settings.map {
            (key: $0.key, value: $0.value)
        }
        members[id]?.processes[number]?.generation = request.generation
        return nil
    }

    private static let reloadPoll: Duration = .milliseconds(10)

    /// Waits until the plugin has come to rest; nil when it serves or need not.
    private func settled(
        _ id: String, before deadline: ContinuousClock.Instant
    ) async -> String? {
        while ContinuousClock.now < deadline {
            let answer = await loop.run { [self] () -> String?? in
                guard let plugin = machine.plugins[id] else { return .some("it is gone") }
                guard plugin.isSettled else { return nil }
                if let failure = lastRolloutFailure.removeValue(forKey: id) {
                    return .some(failure)
                }
                let isGood = plugin.isServing || plugin.rest != nil || plugin.isBlocked
                return .some(isGood ? nil : "\(plugin.state.rawValue): \(plugin.reason)")
            }
            if let answer { return answer }
            try? await Task.sleep(for: Fleet.reloadPoll)
        }
        return "not \(PluginState.ready.rawValue) before the reload's deadline"
    }
}
