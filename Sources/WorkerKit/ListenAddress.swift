internal import Glibc
public import Wire

/// Where clients find a worker that listens by itself: a unix socket, or a TCP port of this machine alone.
public enum ListenAddress: Equatable, Sendable {
    /// Absolute, or as seen from the working folder.
    case unix(path: String)
    /// A numeric loopback address; port 0 takes a free one.
    case tcp(host: String, port: Int)

    /// Reads `unix:PATH`, `127.0.0.1:PORT` or `[::1]:PORT`.
    ///
    /// - Parameter folder: what a relative PATH is seen from.
    /// - Throws: INVALID_ARGUMENT, also for an address that other machines can reach: such a worker has no TLS of
    ///   its own.
    public init(_ text: String, folder: String) throws(Failure) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard !path.isEmpty, !path.hasSuffix("/"), !path.utf8.contains(0) else {
                throw ListenAddress.refused(text, "names no socket")
            }
            self = .unix(path: path.hasPrefix("/") ? path : folder + "/" + path)
            return
        }
        guard let colon = text.lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port)
        else {
            throw ListenAddress.refused(text, "is no address")
        }
        let host = String(text[..<colon])
        if ListenAddress.isLoopback4(host) {
            self = .tcp(host: host, port: port)
        } else if host == "[::1]" {
            self = .tcp(host: "::1", port: port)
        } else {
            throw ListenAddress.refused(
                text, "is no loopback address, and other machines are not served without TLS")
        }
    }

    /// `127.0.0.0/8`, written with four numbers.
    private static func isLoopback4(_ host: String) -> Bool {
        var address = in_addr()
        guard inet_pton(AF_INET, host, &address) == 1 else { return false }
        return UInt32(bigEndian: address.s_addr) >> 24 == 127
    }

    private static func refused(_ text: String, _ why: String) -> Failure {
        Failure(
            .invalidArgument, "'\(text)' \(why)", field: "listen",
            hint: "write unix:PATH, 127.0.0.1:PORT or [::1]:PORT")
    }
}

extension ListenAddress: CustomStringConvertible {
    /// As it is written in a manifest and as gRPC clients take it.
    public var description: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }
}
