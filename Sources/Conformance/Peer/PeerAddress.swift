import Glibc

/// Where the peer is.
public enum PeerAddress: Equatable, Sendable {
    case unix(String)
    case tcp(host: String, port: UInt16)
    /// A worker's executable, spawned anew for every connection.
    case exec(String)

    /// `unix:PATH`, `tcp:HOST:PORT` or `exec:PATH`; nil for anything else.
    public init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = String(text[text.index(after: colon)...])
        guard !rest.isEmpty else { return nil }
        switch text[..<colon] {
        case "unix": self = .unix(rest)
        case "exec": self = .exec(rest)
        case "tcp":
            guard let last = rest.lastIndex(of: ":"),
                let port = UInt16(rest[rest.index(after: last)...])
            else { return nil }
            self = .tcp(host: String(rest[..<last]), port: port)
        default: return nil
        }
    }

    var isWorker: Bool { if case .exec = self { true } else { false } }

    /// A fresh connection on which nothing was sent.
    func connect(log: String, until end: ContinuousClock.Instant) throws(Verdict) -> PeerSocket {
        switch self {
        case .unix(let path): return PeerSocket(try PeerAddress.dial(unix: path), until: end)
        case .tcp(let host, let port):
            return PeerSocket(try PeerAddress.dial(host, port), until: end)
        case .exec(let path):
            let (child, socket) = try PeerProcess.spawn(path, log: log)
            return PeerSocket(socket, child: child, until: end)
        }
    }

    private static func dial(unix path: String) throws(Verdict) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // A path too long for a socket's name is reached through its folder's descriptor.
        let isLong = path.utf8.count >= MemoryLayout.size(ofValue: address.sun_path)
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder =
            isLong
            ? open(parts.dropLast().joined(separator: "/"), O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1
        defer { if folder >= 0 { close(folder) } }
        let bytes = Array((isLong ? "/proc/self/fd/\(folder)/\(parts.last ?? "")" : path).utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, size)
            }
        }
        guard result == 0 else {
            let code = errno
            close(descriptor)
            throw .failed("nobody answers at unix:\(path): \(String(cString: strerror(code)))")
        }
        return descriptor
    }

    private static func dial(_ host: String, _ port: UInt16) throws(Verdict) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &list) == 0 else {
            throw .failed("\(host) has no address")
        }
        defer { freeaddrinfo(list) }
        var entry = list
        while let found = entry?.pointee {
            let descriptor = socket(
                found.ai_family, found.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
            if Glibc.connect(descriptor, found.ai_addr, found.ai_addrlen) == 0 {
                return descriptor
            }
            close(descriptor)
            entry = found.ai_next
        }
        throw .failed("nobody answers at tcp:\(host):\(port)")
    }
}
