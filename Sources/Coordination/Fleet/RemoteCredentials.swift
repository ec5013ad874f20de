import Logging
import Transport
import TransportTLS
import Wire

/// The certificates that the coordinator shows to workers which it dials.
struct RemoteCredentials: Sendable {
    /// The coordinator's own.
    var own: TLSCredentials?
    /// Those of single plugins, by their files; read when the fleet is assembled.
    var others: [TLSFiles: TLSCredentials] = [:]

    init() {}

    /// Reads them. A plugin's files that cannot be used concern that plugin alone.
    ///
    /// - Throws: `ConfigurationRefusal` when the coordinator's own cannot be used.
    init(own files: TLSFiles?, others: [TLSFiles], log: Logger) throws(ConfigurationRefusal) {
        do throws(Failure) {
            own = try files.map { (files) throws(Failure) in
                try TLSCredentials(files) {
                    log.error("the former certificate stays in use: \($0)")
                }
            }
        } catch {
            throw ConfigurationRefusal(description: "tls: \(error)")
        }
        for files in Set(others) {
            do throws(Failure) {
                self.others[files] = try TLSCredentials(files) {
                    log.error("the former certificate stays in use: \($0)")
                }
            } catch {
                log.error("remote: tls: \(error)")
            }
        }
    }

    /// - Throws: FAILED_PRECONDITION when there is nothing to show.
    func security(for remote: RemoteSettings) throws(Failure) -> LinkSecurity {
        if remote.isPlaintext { return .plaintext }
        guard let credentials = remote.tls.map({ others[$0] }) ?? own else {
            throw Failure(
                .failedPrecondition,
                "no certificate to show: 'tls' stands neither in the manifest's 'remote' nor in "
                    + "the coordinator's configuration, or its files cannot be used",
                reason: "NO_CERTIFICATE")
        }
        return .tls(credentials, recognition: .name)
    }
}
