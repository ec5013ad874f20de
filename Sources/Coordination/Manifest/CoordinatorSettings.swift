import StrictYAML

/// What the coordinator's own configuration file may say; the command line comes before it.
struct CoordinatorSettings: Sendable, Equatable {
    enum LogFormat: String, Sendable, CaseIterable {
        case text, json
    }

    /// Folder of the plugins' folders.
    var plugins: String?
    /// Folder of the law book.
    var law: String?
    /// `unix:PATH`, `tcp:HOST:PORT`.
    var listen: [String] = []
    /// What TCP shows and asks for.
    var tls: TLSSettings?
    /// TCP without TLS; on loopback only.
    var isPlaintext = false
    /// The site's access policy.
    var access: String?
    /// Ids of plugins that shall not run.
    var disabled: [String] = []
    var logFormat = LogFormat.text
    /// Periods and counts of supervision.
    var limits = SupervisionLimits()

    /// Reads the trusted file at `path`; every fault at once, each as `file:line: what; fix`.
    static func read(_ path: String) throws(ManifestRefusal) -> CoordinatorSettings {
        let bytes: [UInt8]
        do {
            bytes = try TrustedFile.read(path)
        } catch {
            throw ManifestRefusal(problems: [error.description])
        }
        return try parse(bytes, file: path)
    }

    static func parse(
        _ bytes: [UInt8], file: String
    ) throws(ManifestRefusal) -> CoordinatorSettings {
        do {
            return try StrictReader.read(bytes, name: file, as: shape)
        } catch {
            throw ManifestRefusal(problems: error.issues.map(\.description))
        }
    }

    private static var shape: Shape<CoordinatorSettings> {
        .mapping { keys in
            _ = keys.required("schema_version", .integer(in: 1...1))
            return CoordinatorSettings(
                plugins: keys.optional("plugins", .text),
                law: keys.optional("law", .text),
                listen: keys.optional("listen", ListenAddresses.shape, or: []),
                tls: keys.optional("tls", TLSSettings.shape),
                isPlaintext: keys.optional("plaintext", .flag, or: false),
                access: keys.optional("access", .text),
                disabled: keys.optional("disabled", .list(.text), or: []),
                logFormat: keys.optional("log_format", .choice(), or: .text),
                limits: keys.optional("limits", LimitSettings.shape, or: SupervisionLimits()))
        }
    }
}
