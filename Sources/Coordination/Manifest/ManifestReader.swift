import Logging
import StrictYAML

/// Reads manifests strictly: known keys only, all faults of a file at once.
struct ManifestReader {
    /// The folder of the coordinator's own executable, where bare names of workers are looked up
    /// after the manifest's folder.
    let binaries: String

    static let fileName = "plugin.yaml"
    /// Most processes of one plugin.
    static let instanceLimit = 64

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
            let sources = WorkerSourceReader(binaries: binaries, id: id, folder: file.parentFolder)
            let source = sources.read(keys)
            _ = keys.optional("protocol", .choice(among: [ProtocolName.one]))
            let services = keys.optional("services", .list(.text, atLeast: 1))
            var shape = readShape(keys, id: id)
            var limits = keys.optional("timeouts", .timeouts, or: LimitOverrides())
            if let restart = keys.optional("restart", .restart) {
                shape.policy = restart.policy
                limits.take(restart)
            }
            let concurrency = keys.optional("concurrency", .concurrency, or: Concurrency())
            let access = keys.optional("store_access", .choice(), or: StoreAccess.write)
            let level = keys.optional("logging", .logging, or: Logger.Level.info)
            let grants = keys.optional("grants", .list(.choice(Grant.self)), or: [])
            let config = keys.optional("config", .named(.setting), or: [])
            guard let source else { return nil }
            checkRemote(source, shape, keys)
            var manifest = PluginManifest(
                id: id, file: file, source: source, shape: shape, limits: limits,
                services: services, concurrency: concurrency, storeAccess: access,
                logLevel: level, grants: Set(grants))
            for (key, value) in config {
                switch value {
                case .text(let text): manifest.settings[key] = text
                case .file(let path):
                    manifest.secrets[key] =
                        path.hasPrefix("/") ? path : file.parentFolder.appending(part: path)
                }
            }
            checkSecrets(manifest.secrets, keys)
            for key in ["depends_on", "services"] {
                manifest.lines[key] = keys.value(of: key)?.position.line
            }
            return manifest
        }
    }

    private func readShape(_ keys: Fields, id: String) -> PluginShape {
        var shape = PluginShape()
        shape.instances = keys.optional(
            "instances", .integer(in: 1...ManifestReader.instanceLimit), or: 1)
        shape.isSingleton =
            keys.optional("singleton", .flag, or: false) || keys.has("remote")
        shape.dependsOn = keys.optional("depends_on", .list(.text), or: [])
        if shape.isSingleton, shape.instances > 1 {
            keys.refuse(
                "singleton", "cannot have \(shape.instances) instances",
                "write instances: 1, or singleton: false")
        }
        if shape.dependsOn.contains(id) {
            keys.refuse("depends_on", "names the plugin itself", "remove '\(id)'")
        }
        return shape
    }

    private func checkRemote(_ source: WorkerSource, _ shape: PluginShape, _ keys: Fields) {
        guard case .remote = source else { return }
        if shape.instances > 1 {
            keys.refuse(
                "instances", "of a remote worker are its own business", "write one plugin each")
        }
    }

    private func checkSecrets(_ secrets: [String: String], _ keys: Fields) {
        for (key, path) in secrets.sorted(by: { $0.key < $1.key }) {
            do throws(TrustedFile.Refusal) {
                _ = try TrustedFile.secret(path)
            } catch {
                keys.refuse(
                    "config", "has '\(key)', whose file is refused: \(error.what)", error.fix)
            }
        }
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

/// The one protocol that workers speak.
enum ProtocolName: String {
    case one = "cdp/1"
}
