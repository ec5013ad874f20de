import StrictYAML
import Transport
import TransportTLS
import Wire

/// The section `tls` of the coordinator's file: what it shows on TCP, and who may call there.
struct TLSSettings: Sendable, Equatable {
    var files: TLSFiles
    /// Names of the certificates that may call; nil: every principal of the authority.
    var allow: Set<String>?

    /// `{certificate: FILE, key: FILE, ca: FILE, allow: [NAME, …]}`
    static var shape: Shape<TLSSettings> {
        .mapping { keys in
            let files = readFiles(keys)
            let allow = keys.optional("allow", .list(.text))
            return files.map { TLSSettings(files: $0, allow: allow.map(Set.init)) }
        }
    }

    /// `{certificate: FILE, key: FILE, ca: FILE}`
    static var files: Shape<TLSFiles> {
        .mapping { keys in readFiles(keys) }
    }

    private static func readFiles(_ keys: Fields) -> TLSFiles? {
        let certificate = keys.required("certificate", .text)
        let key = keys.required("key", .text)
        let authority = keys.required("ca", .text)
        guard let certificate, let key, let authority else { return nil }
        return TLSFiles(certificate: certificate, key: key, authority: authority)
    }

    /// Lets a caller in.
    ///
    /// - Throws: PERMISSION_DENIED, which the caller reads.
    static func admit(
        _ certificate: CertificateName?, allow: Set<String>?
    ) throws(Failure) {
        switch certificate {
        case nil:
            throw Failure(
                .permissionDenied,
                "the certificate needs one alternative name URI:caodiem:principal:NAME or "
                    + "URI:caodiem:plugin:ID", reason: "NO_NAME")
        // A worker; the fleet knows which it expects.
        case .plugin: return
        case .principal(let name):
            guard let allow, !allow.contains(name) else { return }
            throw Failure(
                .permissionDenied, "\(name) is not among the names that may call here",
                hint: "add it to tls: allow: of the coordinator's configuration",
                reason: "NOT_ALLOWED")
        }
    }
}
