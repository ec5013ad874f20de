internal import CLinux
import Glibc
internal import Wire

/// Unix sockets by path, however deep the folder: the kernel's 108 bytes hold
/// `/proc/self/fd/N/name` instead of the whole path.
enum UnixSocket {
    /// An address for a path, and the folder's descriptor that it goes through.
    private struct Address {
        let folder: Int32
        let name: String
        var address: sockaddr_un
    }

    /// Connects, without waiting beyond what the kernel does for a local socket.
    static func connect(path: String) throws(Failure) -> Int32 {
        let address = try resolve(path)
        defer { Glibc.close(address.folder) }
        let fd = try make(path)
        let (result, error) = withAddress(address) { (Glibc.connect(fd, $0, $1), errno) }
        if result == 0 { return fd }
        Glibc.close(fd)
        throw Failure(
            .unavailable, "cannot connect to \(path): \(explain(error))",
            hint: "start the coordinator, or name its socket", retryable: true,
            reason: "NOT_LISTENING")
    }

    /// Binds and listens with mode 0660. A socket file that nobody listens on is replaced.
    static func listen(path: String, backlog: Int32 = 128) throws(Failure) -> Int32 {
        let address = try resolve(path)
        defer { Glibc.close(address.folder) }
        try removeStale(path, address)
        let fd = try make(path)
        fchmod(fd, 0o660)
        let (bound, bindError) = withAddress(address) { (Glibc.bind(fd, $0, $1), errno) }
        guard bound == 0 else {
            Glibc.close(fd)
            throw Failure(.failedPrecondition, "cannot bind \(path): \(explain(bindError))")
        }
        guard fchmodat(address.folder, address.name, 0o660, 0) == 0, Glibc.listen(fd, backlog) == 0
        else {
            let error = errno
            Glibc.close(fd)
            throw Failure(.failedPrecondition, "cannot listen on \(path): \(explain(error))")
        }
        return fd
    }

    /// The process at the other end.
    static func peer(_ fd: Int32) -> Peer {
        var pid: pid_t = 0
        var uid: uid_t = 0
        var gid: gid_t = 0
        var peer = Peer()
        guard caodiem_peer_credentials(fd, &pid, &uid, &gid) == 0 else { return peer }
        peer.processID = pid
        peer.userID = uid
        peer.groupID = gid
        return peer
    }

    /// Linux's `O_PATH`, which the Glibc module hides: a folder that we may pass but not list.
    private static let pathOnly: Int32 = 0o10_000_000

    static func explain(_ error: Int32) -> String {
        String(cString: strerror(error))
    }

    private static func removeStale(_ path: String, _ address: Address) throws(Failure) {
        let probe = try make(path)
        defer { Glibc.close(probe) }
        let (result, error) = withAddress(address) { (Glibc.connect(probe, $0, $1), errno) }
        if result == 0 || error == EAGAIN || error == EACCES {
            throw Failure(
                .failedPrecondition, "another process already listens on \(path)",
                hint: "stop it, or use another data folder", reason: "ALREADY_LISTENING")
        }
        guard error == ECONNREFUSED else { return }
        var status = stat()
        guard fstatat(address.folder, address.name, &status, AT_SYMLINK_NOFOLLOW) == 0,
            status.st_mode & S_IFMT == S_IFSOCK
        else { return }
        unlinkat(address.folder, address.name, 0)
    }

    private static func make(_ path: String) throws(Failure) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let fd = socket(AF_UNIX, kind, 0)
        guard fd >= 0 else {
            throw Failure(.resourceExhausted, "no socket for \(path): \(explain(errno))")
        }
        return fd
    }

    private static func resolve(_ path: String) throws(Failure) -> Address {
        let cut = path.lastIndex(of: "/")
        let folderPath = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let name = cut.map { String(path[path.index(after: $0)...]) } ?? path
        guard !name.isEmpty, name.utf8.count <= 80 else {
            throw Failure(
                .invalidArgument, "'\(path)' does not end with a socket's name of 1 to 80 bytes")
        }
        let folder = open(folderPath, pathOnly | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else {
            throw Failure(
                .unavailable, "cannot open the folder of \(path): \(explain(errno))",
                hint: "create the folder, or name another one")
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { target in
            target.copyBytes(from: "/proc/self/fd/\(folder)/\(name)".utf8)
        }
        return Address(folder: folder, name: name, address: address)
    }

    private static func withAddress<Result>(
        _ address: Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: address.address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
