/// Which settings a worker gets: what it declares, from its manifest and from what the fleet
/// shares, and nothing else.
enum WorkerSettings {
    /// A setting that a worker declares in Describe.
    struct Declaration: Sendable, Equatable {
        var key: String
        var isRequired: Bool
    }

    /// What can be said before the worker itself is asked.
    struct Problems: Error, Equatable {
        var sentences: [String]
    }

    /// Settings sorted by key.
    static func select(
        declared: [Declaration], manifest: PluginManifest, shared: [String: String]
    ) throws(Problems) -> [(key: String, value: String)] {
        let known = Set(declared.map(\.key))
        var problems: [String] = []
        for key in (Array(manifest.settings.keys) + manifest.secrets.keys).sorted() {
            if shared[key] != nil {
                problems.append(
                    "\(manifest.file): config key '\(key)' is set by the coordinator; remove it")
            } else if !known.contains(key) {
                let all = known.subtracting(shared.keys).sorted().joined(separator: ", ")
                problems.append(
                    "\(manifest.file): config key '\(key)' is not known to plugin "
                        + "\(manifest.id); known keys: \(all.isEmpty ? "none" : all)")
            }
        }
        for setting in declared where setting.isRequired {
            if manifest.settings[setting.key] == nil, manifest.secrets[setting.key] == nil,
                shared[setting.key] == nil
            {
                problems.append(
                    "\(manifest.file): config key '\(setting.key)' is missing; plugin "
                        + "\(manifest.id) requires it")
            }
        }
        var values = manifest.settings.merging(shared) { own, _ in own }
        for (key, path) in manifest.secrets {
            do throws(TrustedFile.Refusal) {
                values[key] = try TrustedFile.secret(path)
            } catch {
                problems.append("\(manifest.file): config key '\(key)': \(error)")
            }
        }
        guard problems.isEmpty else { throw Problems(sentences: problems) }
        return known.sorted().compactMap { key in values[key].map { (key: key, value: $0) } }
    }
}
