import Transport
import Wire

/// What a reload found, did, and did not do.
public struct ReloadReport: Sendable, Equatable {
    /// Whether everything that changed is in force; otherwise all is as it was.
    public var isApplied: Bool
    /// Number of the configuration that holds now.
    public var generation: UInt64
    /// What was wrong, `file:line: what; what to do` where it stands in a file.
    public var problems: [String]
    /// One line a plugin that changed, in the order of applying.
    public var changes: [String]
}

/// Reads the whole configuration again.
struct ConfigurationSources: Sendable {
    let options: ResolvedOptions
    let reread: (@Sendable () throws(ConfigurationRefusal) -> ResolvedOptions)?

    /// All plugins as they are to be, those that the configuration disables, and the access policy.
    func read() throws(ConfigurationRefusal) -> (
        plugins: PluginFolder, disabled: [String], access: AccessPolicy
    ) {
        let options = try reread?() ?? options
        let plugins = try PluginFolder(
            options.plugins, disabled: options.disabled,
            reader: ManifestReader(binaries: options.binaries))
        guard plugins.problems.isEmpty else {
            throw ConfigurationRefusal(
                description: plugins.problems.joined(separator: "\n"))
        }
        return (plugins, options.disabled, try PolicyReader.read(of: options))
    }
}

/// One thing that a reload changes.
enum ReloadStep: Sendable {
    case add(PluginManifest, folder: String, disabled: Bool)
    case remove(String)
    /// Takes another manifest without a word to the workers.
    case adopt(PluginManifest)
    /// Running workers take the new settings.
    case configure(PluginManifest)
    /// Fresh processes in place of the running ones.
    case replace(PluginManifest)
    case setDisabled(String, Bool)

    var plugin: String {
        switch self {
        case .add(let manifest, _, _), .adopt(let manifest), .configure(let manifest),
            .replace(let manifest):
            manifest.id
        case .remove(let id), .setDisabled(let id, _): id
        }
    }

    /// For the report.
    var line: String {
        switch self {
        case .add: "\(plugin): added"
        case .remove: "\(plugin): removed"
        case .adopt: "\(plugin): changed without a word to its workers"
        case .configure: "\(plugin): its workers took the new settings"
        case .replace: "\(plugin): its processes were replaced"
        case .setDisabled(_, let isDisabled): "\(plugin): \(isDisabled ? "disabled" : "enabled")"
        }
    }
}

/// What must be done to come from the fleet as it is to the configuration as it was read. On the
/// loop.
extension Fleet {
    func plan(_ plugins: PluginFolder, disabled: [String]) -> [ReloadStep] {
        let found = plugins.plugins.compactMap { found -> (PluginManifest, String)? in
            (try? found.manifest.get()).map { ($0, found.folder) }
        }
        let byID = Dictionary(found.map { ($0.0.id, $0) }) { first, _ in first }
        let order = Dependencies(found.map { ($0.0.id, $0.0.shape.dependsOn) }).order
        var steps: [ReloadStep] = []
        for id in order {
            guard let (manifest, folder) = byID[id] else { continue }
            let isDisabled = disabled.contains(id)
            guard let member = members[id] else {
                steps.append(.add(manifest, folder: folder, disabled: isDisabled))
                continue
            }
            if wasDisabled(id) != isDisabled { steps.append(.setDisabled(id, isDisabled)) }
            if let step = change(member, manifest) { steps.append(step) }
        }
        let gone = machine.order.reversed().filter { byID[$0] == nil }
        return steps + gone.map { .remove($0) }
    }

    /// By the configuration, and not by an operator.
    private func wasDisabled(_ id: String) -> Bool {
        machine.plugins[id]?.rest == .disabled(PluginSwitch.byConfiguration)
    }

    private func change(_ member: FleetMember, _ manifest: PluginManifest) -> ReloadStep? {
        guard let old = member.manifest else { return .replace(manifest) }
        let process = member.newest.flatMap { $0.isOpen ? $0 : nil }
        let changed = process.map { changedSettings(of: $0, manifest) } ?? []
        if old.saysTheSame(as: manifest), changed.isEmpty { return nil }
        var alike = old
        alike.take(fromWithoutRestart: manifest)
        guard alike.saysTheSame(as: manifest) else { return .replace(manifest) }
        guard let process else {
            return old.settings == manifest.settings && old.secrets == manifest.secrets
                ? .adopt(manifest) : .replace(manifest)
        }
        if changed.isEmpty { return .adopt(manifest) }
        return changed.isSubset(of: process.reloadable) ? .configure(manifest) : .replace(manifest)
    }

    /// Keys whose values differ from those that the process was configured with.
    private func changedSettings(
        of process: WorkerProcess, _ manifest: PluginManifest
    ) -> Set<String> {
        guard let new = try? settings(of: process, manifest: manifest) else {
            return Set(manifest.settings.keys).union(manifest.secrets.keys)
        }
        let old = Dictionary(process.settings.map { ($0.key, $0.value) }) { first, _ in first }
        let now = Dictionary(new.map { ($0.key, $0.value) }) { first, _ in first }
        return Set(old.keys).union(now.keys).filter { old[$0] != now[$0] }
    }
}

extension PluginManifest {
    /// Takes over what reaches supervision and running workers without new processes.
    fileprivate mutating func take(fromWithoutRestart other: PluginManifest) {
        settings = other.settings
        secrets = other.secrets
        limits = other.limits
        shape.policy = other.shape.policy
        shape.instances = other.shape.instances
        shape.dependsOn = other.shape.dependsOn
        concurrency = other.concurrency
        logLevel = other.logLevel
        grants = other.grants
    }
}
