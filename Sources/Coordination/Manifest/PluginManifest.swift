import StrictYAML

/// What `Plugins/<id>/plugin.yaml` says about one plugin.
struct PluginManifest: Sendable, Equatable {
    /// Name of the manifest's folder.
    var id: String
    /// Path of the manifest.
    var file: String
    /// Path of the worker's executable, checked to be there and trusted; "" for a remote worker.
    var executable: String
    var arguments: [String]
    /// `NAME=value` beside what every worker gets.
    var environment: [String: String]
    /// The mapping `config`, each value as it is written.
    var settings: [String: String]
    /// Set for a worker that some other machine runs.
    var remote: RemoteSettings?
}

/// Everything that is wrong with one manifest.
struct ManifestRefusal: Error, Equatable, CustomStringConvertible {
    /// `file:line: what; what to do`, one an item.
    var problems: [String]
    var description: String { problems.joined(separator: "\n") }
}

/// Reads manifests strictly: known keys only, all faults of a file at once.
struct ManifestReader {
    /// The folder of the coordinator's own executable, where bare names of workers are looked up
    /// after the manifest's folder.
    let binaries: String

    static let fileName = "plugin.yaml"
    /// Keys whose meaning is set aside for later versions.
    static let reserved = [
        "sha256", "user", "limits", "protocol", "services", "restart", "timeouts", "concurrency",
        "depends_on", "store_access", "logging",
    ]
    /// Variables that the coordinator sets by itself.
    private static let ownVariables = "CAODIEM_"

    /// The manifest in `folder`.
    func read(_ folder: String) throws(ManifestRefusal) -> PluginManifest {
        let id = folder.split(separator: "/").last.map(String.init) ?? folder
        let file = folder.appending(part: ManifestReader.fileName)
        guard ManifestReader.isID(id) else {
            throw ManifestRefusal(problems: [
                "\(file): “\(id)” cannot name a plugin; use a folder name of 1 to 32 letters "
                    + "a–z, digits and -, beginning with a letter"
            ])
        }
        let bytes: [UInt8]
        do {
            bytes = try TrustedFile.read(file)
        } catch {
            throw ManifestRefusal(problems: [error.description])
        }
        return try parse(bytes, id: id, file: file)
    }

    /// The manifest in `bytes`; `file` gives messages their place and relative paths their folder.
    func parse(
        _ bytes: [UInt8], id: String, file: String
    ) throws(ManifestRefusal) -> PluginManifest {
        do {
            return try StrictReader.read(bytes, name: file, as: shape(id: id, file: file))
        } catch {
            throw ManifestRefusal(problems: error.issues.map(\.description))
        }
    }

    private func shape(id: String, file: String) -> Shape<PluginManifest> {
        .mapping { keys in
            _ = keys.required("schema_version", .integer(in: 1...1))
            let remote = keys.optional("remote", RemoteSettings.shape)
            let executable =
                keys.has("remote")
                ? keys.optional("executable", .text) : keys.required("executable", .text)
            let arguments = keys.optional("arguments", .list(.scalar), or: [])
            let environment = keys.optional("environment", .named(.scalar), or: [])
            let settings = keys.optional("config", .named(.scalar), or: [])
            if let instances = keys.optional("instances", .integer(in: 1...64)), instances > 1 {
                keys.refuse(
                    "instances", "above 1 is not in this version", "write 1 or remove the key")
            }
            for key in ManifestReader.reserved where keys.has(key) {
                keys.refuse(key, "is not in this version", "remove the key")
            }
            for (name, _) in environment { check(variable: name, keys) }
            if let remote {
                for key in ["executable", "arguments", "environment"] where keys.has(key) {
                    keys.refuse(
                        key, "does not go with remote: another machine starts the worker",
                        "remove one of them")
                }
                return PluginManifest(
                    id: id, file: file, executable: "", arguments: [], environment: [:],
                    settings: Dictionary(settings.map { ($0.name, $0.value) }) { _, b in b },
                    remote: remote)
            }
            guard let executable else { return nil }
            let path = locate(executable, folder: file.parentFolder)
            do throws(TrustedFile.Refusal) {
                try TrustedFile.checkExecutable(path)
            } catch {
                keys.refuse("executable", "cannot be used: \(error.what)", error.fix)
            }
            return PluginManifest(
                id: id, file: file, executable: path, arguments: arguments,
                environment: Dictionary(environment.map { ($0.name, $0.value) }) { _, b in b },
                settings: Dictionary(settings.map { ($0.name, $0.value) }) { _, b in b })
        }
    }

    private func check(variable name: String, _ keys: Fields) {
        let isName =
            name.unicodeScalars.allSatisfy {
                ("A"..."Z").contains($0) || ("a"..."z").contains($0) || ("0"..."9").contains($0)
                    || $0 == "_"
            } && name.first?.isNumber == false
        if !isName {
            keys.refuse(
                "environment", "has “\(name)”, which is no variable's name",
                "use letters, digits and _")
        } else if name.hasPrefix(ManifestReader.ownVariables) {
            keys.refuse(
                "environment", "has \(name), which only the coordinator sets", "remove it")
        }
    }

    /// A bare name is looked up in the manifest's folder, then beside the coordinator's binary.
    private func locate(_ executable: String, folder: String) -> String {
        if executable.hasPrefix("/") { return executable }
        let near = folder.appending(part: executable)
        if executable.contains("/") || near.realPath != nil { return near }
        return binaries.appending(part: executable)
    }

    static func isID(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, ("a"..."z").contains(first) else {
            return false
        }
        return text.unicodeScalars.count <= 32
            && text.unicodeScalars.allSatisfy {
                ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
            }
    }
}

extension Shape where Value == String {
    /// One value, quoted or not, taken as it is written.
    static var scalar: Shape<String> {
        Shape { node, reading in
            guard case .scalar(let text, let plain) = node.content, !(plain && node.isEmpty) else {
                reading.refuse(
                    node, "must be one value", "write text, a number, true or false")
                return nil
            }
            return text
        }
    }
}
