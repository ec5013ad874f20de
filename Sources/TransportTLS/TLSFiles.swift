import Glibc
internal import Wire

/// Where a process keeps what it shows and whom it believes; three PEM files.
public struct TLSFiles: Hashable, Sendable {
    /// Our certificate, then those between it and the authority.
    public var certificate: String
    /// Its private key, not encrypted.
    public var key: String
    /// The authorities that issue our peers' certificates.
    public var authority: String

    public init(certificate: String, key: String, authority: String) {
        self.certificate = certificate
        self.key = key
        self.authority = authority
    }

    var paths: [String] { [certificate, key, authority] }
}

/// A file that decides who may talk to us: read once, and checked on the descriptor that is read.
enum GuardedFile {
    /// Bytes of a file of certificates or of a key.
    static let sizeLimit = 1 << 20

    /// What the world may do with the file.
    enum Kind {
        /// Anybody may read it, only its owner and group write it.
        case certificate
        /// Nobody but its owner and group may read it, only its owner write it.
        case key

        var forbidden: mode_t { self == .key ? S_IRWXO | S_IWGRP : S_IWOTH }
        var fix: String { self == .key ? "chmod 600 it, or 640" : "chmod o-w it" }
    }

    /// - Throws: FAILED_PRECONDITION, reason `TLS_FILE`.
    static func read(_ path: String, _ kind: Kind) throws(Failure) -> [UInt8] {
        let fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard fd >= 0 else {
            throw .tlsFile("\(path) cannot be read: \(words(errno))", "correct the path or rights")
        }
        defer { close(fd) }
        var status = stat()
        guard fstat(fd, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .tlsFile("\(path) is no regular file", "name a PEM file")
        }
        guard status.st_mode & kind.forbidden == 0 else {
            let what = kind == .key ? "readable or writable" : "writable"
            throw .tlsFile("\(path) is \(what) by others", kind.fix)
        }
        guard status.st_uid == 0 || status.st_uid == geteuid() else {
            throw .tlsFile(
                "\(path) belongs to user \(status.st_uid), neither to root nor to us", "chown it")
        }
        return try contents(fd, path)
    }

    private static func contents(_ fd: Int32, _ path: String) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(fd, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw .tlsFile("\(path) cannot be read: \(words(errno))", "check it")
            }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= sizeLimit else {
                throw .tlsFile("\(path) is over \(sizeLimit) bytes", "name a PEM file")
            }
        }
    }

    private static func words(_ error: Int32) -> String { String(cString: strerror(error)) }
}

/// What shows that a file was changed or replaced.
struct FileStamp: Equatable, Sendable {
    private var device: UInt = 0
    private var inode: UInt = 0
    private var size = 0
    private var changed = (seconds: 0, nanoseconds: 0)

    /// All zero when there is no such file.
    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        size = Int(status.st_size)
        changed = (status.st_ctim.tv_sec, status.st_ctim.tv_nsec)
    }

    static func == (left: FileStamp, right: FileStamp) -> Bool {
        left.device == right.device && left.inode == right.inode && left.size == right.size
            && left.changed == right.changed
    }
}

extension Failure {
    static func tlsFile(_ message: String, _ hint: String) -> Failure {
        Failure(.failedPrecondition, message, hint: hint, reason: "TLS_FILE")
    }
}
