import StrictYAML
import Transport
import TransportTLS
import Wire

/// What `remote:` in a manifest says in place of `executable`.
struct RemoteSettings: Sendable, Equatable {
    /// Who begins.
    enum Way: Sendable, Equatable {
        /// The coordinator dials this address.
        case dial(TCPEndpoint)
        /// The worker dials one of the coordinator's own addresses.
        case incoming
    }

    var way: Way
    /// Certificate for this plugin alone; nil: the coordinator's own.
    var tls: TLSFiles?
    /// Without TLS; only on loopback.
    var isPlaintext = false

    /// `{address: tcp:HOST:PORT | incoming, tls: {certificate, key, ca}, plaintext: true}`
    static var shape: Shape<RemoteSettings> {
        .mapping { keys in
            let text = keys.required("address", .text)
            let tls = keys.optional("tls", TLSSettings.files)
            let isPlaintext = keys.optional("plaintext", .flag, or: false)
            guard let text else { return nil }
            guard let way = way(text) else {
                keys.refuse(
                    "address", "has another form",
                    "write tcp:HOST:PORT, or incoming for a "
                        + "worker that dials the coordinator")
                return nil
            }
            if way == .incoming, tls != nil {
                keys.refuse(
                    "tls", "does not go with address: incoming",
                    "remove it; the coordinator's listener has its own")
            }
            if isPlaintext, tls != nil {
                keys.refuse("plaintext", "does not go with tls", "remove one of them")
            }
            if isPlaintext, case .dial(let endpoint) = way, !endpoint.isLoopback {
                keys.refuse("plaintext", "is for loopback only", "give tls instead")
            }
            return RemoteSettings(way: way, tls: tls, isPlaintext: isPlaintext)
        }
    }

    /// As it stands in the manifest.
    var description: String {
        switch way {
        case .dial(let endpoint): "tcp:\(endpoint)"
        case .incoming: "incoming"
        }
    }

    private static func way(_ text: String) -> Way? {
        if text == "incoming" { return .incoming }
        guard text.hasPrefix("tcp:") else { return nil }
        return TCPEndpoint(String(text.dropFirst(4))).map(Way.dial)
    }
}
