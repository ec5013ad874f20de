import Spelling
import StrictYAML

/// The plugins that a folder holds, and what is wrong with them.
struct PluginFolder {
    /// One plugin: its manifest, or why there is none.
    struct Found {
        var id: String
        var folder: String
        var manifest: Result<PluginManifest, ManifestRefusal>
    }

    /// Sorted by id, which is the order of starting.
    let plugins: [Found]

    /// Reads every folder that holds a manifest.
    ///
    /// - Throws: when there is no plugin, none with a valid manifest, or `disabled` names one that
    ///   is not there.
    init(
        _ path: String, disabled: [String], reader: ManifestReader
    ) throws(ConfigurationRefusal) {
        var plugins: [Found] = []
        for name in FolderListing.names(in: path) {
            let folder = path.appending(part: name)
            guard folder.appending(part: ManifestReader.fileName).realPath != nil else { continue }
            let manifest = Result { () throws(ManifestRefusal) in try reader.read(folder) }
            plugins.append(Found(id: name, folder: folder, manifest: manifest))
        }
        self.plugins = plugins
        try checkAny(in: path)
        try check(disabled)
    }

    private func checkAny(in path: String) throws(ConfigurationRefusal) {
        guard !plugins.isEmpty else {
            throw ConfigurationRefusal(
                description: "\(path) holds no plugin (no folder with plugin.yaml); "
                    + "give the right folder with --plugins")
        }
        let problems = plugins.compactMap { found -> String? in
            guard case .failure(let refusal) = found.manifest else { return nil }
            return refusal.description
        }
        guard problems.count < plugins.count else {
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
}
