import Glibc
internal import NIOSSL
internal import Transport
internal import Wire

/// What can go wrong with TLS, as a person would say it: who refused whom, why, and what to do.
struct TLSWords: Sendable {
    let side: Side
    let endpoint: TCPEndpoint
    /// The file of the authorities that we believe.
    let authority: String

    private var place: String { side == .dialler ? "tcp:\(endpoint)" : "the client" }

    /// Before the two agreed; `certificate` is what the peer has shown so far.
    func handshake(_ error: any Error, certificate: NIOSSLCertificate?) -> Failure {
        if let extra = error as? NIOSSLExtraError, extra == .failedToValidateHostname {
            return failure(
                "TLS_NAME", "the certificate of \(place) is for another host than \(endpoint.host)",
                "dial it by a name in its certificate, or issue it one with this name")
        }
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return untrusted(certificate) }
        if text.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE") { return noCertificate() }
        if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
            return failure(
                "TLS_NOT_TLS", "\(place) does not speak TLS",
                "check the port, and that both sides use TLS")
        }
        if text.contains("UNSUPPORTED_PROTOCOL") {
            return failure("TLS_VERSION", "\(place) offers no TLS 1.3", "bring it up to date")
        }
        if text.contains("eofDuringHandshake") || text.contains("EOF during handshake")
            || text.contains("reset by peer")
        {
            return closed()
        }
        return alert(text)
            ?? failure("TLS", "TLS with \(place) failed: \(text)", "check what listens there")
    }

    /// After that: our certificate's refusal reaches a dialler only then.
    func later(_ error: any Error) -> Failure {
        alert("\(error)")
            ?? failure("TLS", "the TLS connection with \(place) failed: \(error)", "")
    }

    func noCertificate() -> Failure {
        failure(
            "TLS_NO_CERTIFICATE", "\(place) showed no certificate",
            "give it one of our authority, with its key")
    }

    func expired(_ end: Int64) -> Failure {
        failure(
            "TLS_EXPIRED", "the certificate of \(place) expired on \(utc(end))",
            "give it a new one")
    }

    func otherProtocol(_ agreed: String?) -> Failure {
        failure(
            "TLS_PROTOCOL",
            "\(place) speaks \(agreed ?? "nothing that it names") inside TLS, not "
                + TLSCredentials.Contexts.applicationProtocol, "check the port")
    }

    func silence(_ patience: Duration) -> Failure {
        failure(
            "TLS_TIMEOUT", "\(place) has not finished the TLS handshake within \(patience)",
            "check that it speaks TLS on this port")
    }

    func closed() -> Failure {
        failure(
            "TLS_CLOSED", "\(place) closed the connection during the TLS handshake",
            "check that it speaks TLS 1.3 on this port, and what it logs")
    }

    private func untrusted(_ certificate: NIOSSLCertificate?) -> Failure {
        let now = time(nil)
        if let certificate, certificate.notValidAfter <= now {
            return expired(Int64(certificate.notValidAfter))
        }
        if let certificate, certificate.notValidBefore > now {
            return failure(
                "TLS_EARLY",
                "the certificate of \(place) is valid only from "
                    + utc(Int64(certificate.notValidBefore)), "check the clocks of both machines")
        }
        return failure(
            "TLS_UNTRUSTED",
            "the certificate of \(place) was not issued by an authority in \(authority)",
            "name the authority that issued it")
    }

    /// What the peer said of us.
    private func alert(_ text: String) -> Failure? {
        let known: [(sign: String, reason: String, said: String)] = [
            ("ALERT_CERTIFICATE_EXPIRED", "TLS_OWN_EXPIRED", "has expired"),
            (
                "ALERT_UNKNOWN_CA", "TLS_OWN_UNTRUSTED",
                "was not issued by an authority that it knows"
            ),
            ("ALERT_CERTIFICATE_REQUIRED", "TLS_OWN_MISSING", "is missing"),
            ("ALERT_CERTIFICATE_REVOKED", "TLS_OWN_UNTRUSTED", "was revoked"),
            ("ALERT_BAD_CERTIFICATE", "TLS_OWN_UNTRUSTED", "is not acceptable to it"),
            ("ALERT_UNSUPPORTED_CERTIFICATE", "TLS_OWN_UNTRUSTED", "is not for this use"),
        ]
        if let found = known.first(where: { text.contains($0.sign) }) {
            return failure(
                found.reason, "\(place) refuses our certificate: it \(found.said)",
                "get one from the authority of the other side")
        }
        if text.contains("ALERT_PROTOCOL_VERSION") {
            return failure("TLS_VERSION", "\(place) offers no TLS 1.3", "bring it up to date")
        }
        if text.contains("NO_APPLICATION_PROTOCOL") {
            return failure("TLS_PROTOCOL", "\(place) does not speak CDP/1", "check the port")
        }
        return nil
    }

    private func failure(_ reason: String, _ message: String, _ hint: String) -> Failure {
        Failure(
            side == .dialler ? .unavailable : .permissionDenied, message, hint: hint,
            reason: reason)
    }
}
