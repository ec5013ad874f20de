import Logging
import Transport
import Wire

/// Reading the configuration again while the fleet runs: all of it takes effect, or nothing.
extension Fleet {
    /// Reads and validates everything, then applies it in the order of dependencies; what is refused
    /// on the way undoes what was done before.
    func reload() async -> ReloadReport {
        let refusal = await loop.run { [self] () -> String? in
            if machine.isStopping { return "the coordinator stops; nothing is reloaded any more" }
            if isReloading { return "a reload is under way; wait for its end" }
            guard setting.sources != nil else { return "there is no configuration to read again" }
            isReloading = true
            return nil
        }
        if let refusal { return await report(problems: [refusal]) }
        let outcome = await read()
        let report = await loop.run { [self] in
            isReloading = false
            if outcome.problems.isEmpty, !outcome.changes.isEmpty { generation += 1 }
            return ReloadReport(
                isApplied: outcome.problems.isEmpty, generation: generation,
                problems: outcome.problems, changes: outcome.changes)
        }
        tell(report)
        return report
    }

    private func tell(_ report: ReloadReport) {
        for problem in report.problems { log.error("reload: \(problem)") }
        for change in report.changes { log.info("reload: \(change)") }
        let end =
            report.isApplied ? "applied" : "refused; the configuration that held before goes on"
        log.info("reload \(end)", metadata: ["generation": "\(report.generation)"])
    }

    private func report(problems: [String]) async -> ReloadReport {
        let generation = await loop.run { [self] in self.generation }
        return ReloadReport(
            isApplied: false, generation: generation, problems: problems, changes: [])
    }

    private typealias Outcome = (problems: [String], changes: [String])

    private func read() async -> Outcome {
        guard let sources = setting.sources else { return ([], []) }
        let deadline = ContinuousClock.now + setting.limits.reloadTimeout
        let plugins: PluginFolder
        let disabled: [String]
        let access: AccessPolicy
        do throws(ConfigurationRefusal) {
            (plugins, disabled, access) = try sources.read()
        } catch {
            return (error.description.split(separator: "\n").map(String.init), [])
        }
        let steps = await loop.run { [self] in plan(plugins, disabled: disabled) }
        var problems: [String] = []
        for step in steps { problems += await validate(step, before: deadline) }
        guard problems.isEmpty else { return (problems, []) }
        var outcome = await apply(steps, before: deadline)
        guard outcome.problems.isEmpty else { return outcome }
        outcome.changes += await loop.run { [self] in
            let changes = accessChanges(to: access)
            if !changes.isEmpty { router.access.take(access) }
            return changes
        }
        return outcome
    }

    private func apply(
        _ steps: [ReloadStep], before deadline: ContinuousClock.Instant
    ) async -> Outcome {
        var done: [(step: ReloadStep, former: PluginManifest?)] = []
        for step in steps {
            let former = await loop.run { [self] in members[step.plugin]?.manifest }
            let problem =
                ContinuousClock.now < deadline
                ? await apply(step, before: deadline)
                : "the reload took longer than \(setting.limits.reloadTimeout)"
            guard let problem else {
                done.append((step, former))
                continue
            }
            // Undoing takes its own time; the deadline bounded what came before.
            let grace = ContinuousClock.now + setting.limits.reloadTimeout
            var problems = ["\(step.plugin): \(problem)"]
            if let back = await undo(step, former, before: grace) { problems.append(back) }
            for (step, former) in done.reversed() {
                if let back = await undo(step, former, before: grace) { problems.append(back) }
            }
            return (problems, [])
        }
        return ([], done.map(\.step.line))
    }

    // MARK: Validate

    /// Asks a running worker whether it would take the new settings.
    private func validate(
        _ step: ReloadStep, before deadline: ContinuousClock.Instant
    ) async -> [String] {
        switch step {
        case .configure(let manifest), .replace(let manifest):
            return await validate(manifest, before: deadline)
        default: return []
        }
    }

    private func validate(
        _ manifest: PluginManifest, before deadline: ContinuousClock.Instant
    ) async -> [String] {
        let question = await loop.run { [self] () -> Question? in
            guard let process = members[manifest.id]?.newest, process.isOpen,
                process.manifest.source == manifest.source, let link = process.link
            else { return nil }
            do throws(WorkerSettings.Problems) {
                let settings = try settings(of: process, manifest: manifest)
                return .ask(link, configureRequest(settings, generation: generation + 1))
            } catch {
                return .refused(error.sentences)
            }
        }
        switch question {
        case nil: return []
        case .refused(let sentences): return sentences
        case .ask(let link, let request):
            do throws(Failure) {
                let reply = try await Channel(link).unary(
                    PluginV1.Plugin.validateConfig, request, timeout: left(until: deadline))
                return reply.problems.map { "\(manifest.file): refused by the worker: \($0)" }
            } catch {
                return ["\(manifest.file): the worker did not judge it: \(error.message)"]
            }
        }
    }

    private enum Question: Sendable {
        case ask(Link, PluginV1.ConfigureRequest)
        case refused([String])
    }

    func left(until deadline: ContinuousClock.Instant) -> Duration {
        max(.milliseconds(1), min(deadline - .now, setting.limits.configureTimeout))
    }
}
