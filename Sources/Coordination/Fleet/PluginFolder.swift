import Logging
import Spelling
import StrictYAML

/// The plugins that a folder holds, and what is wrong with them.
struct PluginFolder: Sendable {
    /// One plugin: its manifest, or why there is none.
    struct Found: Sendable {
        var id: String
        var folder: String
        var manifest: Result<PluginManifest, ManifestRefusal>
    }

    /// Sorted by id.
    private(set) var plugins: [Found] = []

    /// Everything that is wrong, in all manifests.
    var problems: [String] {
        plugins.flatMap { found -> [String] in
            guard case .failure(let refusal) = found.manifest else { return [] }
            return refusal.problems
        }
    }

    /// Reads every folder that holds a manifest, and what the manifests say of each other.
    ///
    /// - Throws: when there is no plugin, none with a valid manifest, or `disabled` names one that
    ///   is not there.
    init(
        _ path: String, disabled: [String], reader: ManifestReader
    ) throws(ConfigurationRefusal) {
        for name in FolderListing.names(in: path) {
            let folder = path.appending(part: name)
            guard folder.appending(part: ManifestReader.fileName).realPath != nil else { continue }
            let manifest = Result { () throws(ManifestRefusal) in try reader.read(folder) }
            plugins.append(Found(id: name, folder: folder, manifest: manifest))
        }
        checkDependencies()
        checkServices()
        try checkAny(in: path)
        try check(disabled)
    }

    private func checkAny(in path: String) throws(ConfigurationRefusal) {
        guard !plugins.isEmpty else {
            throw ConfigurationRefusal(
                description: "\(path) holds no plugin (no folder with plugin.yaml); "
                    + "give the right folder with --plugins")
        }
        let isHopeless = plugins.allSatisfy { found in
            if case .failure = found.manifest { true } else { false }
        }
        guard !isHopeless else {
            throw ConfigurationRefusal(description: problems.joined(separator: "\n"))
        }
    }

    private func check(_ disabled: [String]) throws(ConfigurationRefusal) {
        let ids = plugins.map(\.id)
        let unknown = disabled.filter { !ids.contains($0) }
        guard unknown.isEmpty else {
            let lines = unknown.map { id in
                let near = nearestName(to: id, among: ids).map { "did you mean '\($0)'?" }
                return "'disabled' names '\(id)', which is no plugin; "
                    + (near ?? "plugins: \(ids.joined(separator: ", "))")
            }
            throw ConfigurationRefusal(description: lines.joined(separator: "\n"))
        }
    }

    // MARK: Among manifests

    private var manifests: [PluginManifest] { plugins.compactMap { try? $0.manifest.get() } }

    private mutating func checkDependencies() {
        let ids = plugins.map(\.id)
        var problems: [String: [String]] = [:]
        for manifest in manifests {
            for other in manifest.shape.dependsOn where !ids.contains(other) {
                let near = nearestName(to: other, among: ids).map { "did you mean '\($0)'?" }
                problems[manifest.id, default: []].append(
                    "\(manifest.place(of: "depends_on")): 'depends_on' names '\(other)', which is "
                        + "no plugin; \(near ?? "plugins: \(ids.joined(separator: ", "))")")
            }
        }
        let dependencies = Dependencies(manifests.map { ($0.id, $0.shape.dependsOn) })
        for cycle in dependencies.cycles where cycle.count > 1 {
            let way = (cycle + [cycle[0]]).joined(separator: " → ")
            for manifest in manifests where cycle.contains(manifest.id) {
                problems[manifest.id, default: []].append(
                    "\(manifest.place(of: "depends_on")): 'depends_on' closes the circle \(way); "
                        + "take one plugin out of it")
            }
        }
        refuse(problems)
    }

    private mutating func checkServices() {
        var problems: [String: [String]] = [:]
        for manifest in manifests {
            for service in manifest.services ?? [] {
                let others = manifests.filter {
                    $0.id != manifest.id && $0.services?.contains(service) == true
                }
                guard let other = others.first else { continue }
                problems[manifest.id, default: []].append(
                    "\(manifest.place(of: "services")): 'services' names \(service), which plugin "
                        + "\(other.id) has too; leave it to one of them")
            }
        }
        refuse(problems)
    }

    private mutating func refuse(_ problems: [String: [String]]) {
        for index in plugins.indices {
            guard let more = problems[plugins[index].id] else { continue }
            plugins[index].manifest = .failure(ManifestRefusal(problems: more))
        }
    }
}

extension FleetMember {
    /// A plugin as it was found, and why its manifest is refused.
    static func found(
        _ found: PluginFolder.Found, limits: SupervisionLimits, log: Logger
    ) -> (member: FleetMember, refusal: String?) {
        var own = log
        own[metadataKey: "plugin"] = "\(found.id)"
        var manifest: PluginManifest?
        var refusal: String?
        switch found.manifest {
        case .success(let read): manifest = read
        case .failure(let why):
            refusal = why.problems.joined(separator: "; ")
            for problem in why.problems { own.error("\(problem)") }
        }
        let member = FleetMember(
            id: found.id, folder: found.folder, manifest: manifest,
            log: WorkerLog(limits: limits, log: own))
        return (member, refusal)
    }
}
