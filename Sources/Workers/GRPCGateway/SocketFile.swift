internal import Glibc
internal import Transport
internal import Wire

/// The gateway's unix socket and its file.
///
/// A gateway that takes another's place puts its socket over the other's file in one step: clients that
/// connect find one or the other, never none.
struct SocketFile: Sendable {
    let path: String
    let descriptor: Int32
    private let identity: Identity

    private struct Identity: Equatable {
        var device: dev_t
        var number: ino_t

        init?(of path: String) {
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
            device = status.st_dev
            number = status.st_ino
        }
    }

    /// - Throws: FAILED_PRECONDITION when the folder refuses, or a file that is no socket stands there.
    init(path: String) throws(Failure) {
        let interim = "\(path).\(getpid())"
        descriptor = try ListeningSocket.unix(path: interim)
        guard let identity = Identity(of: interim) else {
            throw SocketFile.refused(path, "its socket has vanished", descriptor)
        }
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFSOCK {
            unlink(interim)
            throw SocketFile.refused(path, "a file that is no socket stands there", descriptor)
        }
        guard rename(interim, path) == 0 else {
            let why = String(cString: strerror(errno))
            unlink(interim)
            throw SocketFile.refused(path, why, descriptor)
        }
        self.path = path
        self.identity = identity
    }

    /// Removes the file, unless another gateway has put its own there.
    func remove() {
        if Identity(of: path) == identity { unlink(path) }
    }

    private static func refused(_ path: String, _ why: String, _ descriptor: Int32) -> Failure {
        close(descriptor)
        return Failure(
            .failedPrecondition, "cannot listen on \(path): \(why)", field: "listen",
            hint: "name another path, or correct the folder")
    }
}
