import StrictYAML
import Transport

/// Where the coordinator listens: one unix socket, and any number of TCP addresses.
struct ListenAddresses: Sendable, Equatable {
    /// nil: the data folder's own socket, which is there whatever else is.
    var socket: String?
    var tcp: [TCPEndpoint] = []

    /// One address or a list of them.
    static var shape: Shape<[String]> {
        Shape { node, reading in
            if case .scalar = node.content { return Shape.text.read(node, reading).map { [$0] } }
            return Shape.list(.text, atLeast: 1).read(node, reading)
        }
    }

    /// - Parameter tls: whether a certificate is there; plaintext is for loopback and asked for.
    init(
        _ listen: [String], hasTLS: Bool, allowsPlaintext: Bool
    ) throws(ConfigurationRefusal) {
        var problems: [String] = []
        for text in listen {
            if text.hasPrefix("unix:"), text.count > 5 {
                if socket != nil { problems.append("--listen \(text): one unix socket is enough") }
                socket = String(text.dropFirst(5))
            } else if text.hasPrefix("tcp:"), let endpoint = TCPEndpoint(String(text.dropFirst(4)))
            {
                tcp.append(endpoint)
            } else {
                problems.append(
                    "--listen \(text): not of the form unix:PATH, tcp:HOST:PORT or tcp:[IPV6]:PORT")
            }
        }
        for endpoint in tcp where !hasTLS {
            if !allowsPlaintext {
                problems.append(
                    "--listen tcp:\(endpoint): needs 'tls: {certificate, key, ca}' in the "
                        + "configuration file; for loopback only, 'plaintext: true' there will do")
            } else if !endpoint.isLoopback {
                problems.append(
                    "--listen tcp:\(endpoint): 'plaintext: true' is for loopback only; give 'tls'")
            }
        }
        if hasTLS, allowsPlaintext {
            problems.append("'tls' and 'plaintext: true' exclude each other; remove one")
        }
        guard problems.isEmpty else {
            throw ConfigurationRefusal(description: problems.joined(separator: "\n"))
        }
    }
}
