import Glibc

/// Files that decide what runs: read only when nobody but root or the coordinator's own user can
/// have written them.
enum TrustedFile {
    /// A file that cannot be used, and what to do about it.
    struct Refusal: Error, Equatable, CustomStringConvertible {
        let what: String
        let fix: String
        var description: String { "\(what); \(fix)" }
    }

    static let sizeLimit = 1 << 20

    /// The bytes of a trusted regular file of at most `sizeLimit` bytes.
    static func read(_ path: String) throws(Refusal) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw Refusal(what: "\(path) cannot be opened: \(errorText())", fix: "check the path")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw Refusal(what: "\(path) cannot be examined: \(errorText())", fix: "check it")
        }
        try check(status, path: path)
        guard status.st_size <= sizeLimit else {
            throw Refusal(what: "\(path) is larger than 1 MiB", fix: "shorten it")
        }
        return try bytes(of: descriptor, path: path)
    }

    /// Refuses an executable that is missing, not executable or not trusted.
    static func checkExecutable(_ path: String) throws(Refusal) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw Refusal(
                what: "\(path) cannot be examined: \(errorText())",
                fix: "build it or correct the path")
        }
        try check(status, path: path)
        guard access(path, X_OK) == 0 else {
            throw Refusal(what: "\(path) is not executable", fix: "chmod +x it")
        }
        let folder = path.parentFolder
        var folderStatus = stat()
        guard stat(folder, &folderStatus) == 0 else {
            throw Refusal(what: "\(folder) cannot be examined: \(errorText())", fix: "check it")
        }
        let isSticky = folderStatus.st_mode & S_ISVTX != 0
        guard folderStatus.st_mode & S_IWOTH == 0 || isSticky else {
            throw Refusal(what: "the folder \(folder) is writable by others", fix: "chmod o-w it")
        }
    }

    private static func check(_ status: stat, path: String) throws(Refusal) {
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Refusal(what: "\(path) is no regular file", fix: "name a regular file")
        }
        guard status.st_mode & S_IWOTH == 0 else {
            throw Refusal(what: "\(path) is writable by others", fix: "chmod o-w it")
        }
        guard status.st_uid == 0 || status.st_uid == geteuid() else {
            throw Refusal(
                what: "\(path) belongs to user \(status.st_uid), neither to root nor to the "
                    + "coordinator's user \(geteuid())",
                fix: "chown it")
        }
    }

    private static func bytes(of descriptor: Int32, path: String) throws(Refusal) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= sizeLimit {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Refusal(what: "\(path) cannot be read: \(errorText())", fix: "check it")
            }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }
}

/// The system's words for the last error of this thread.
func errorText(_ code: Int32 = errno) -> String {
    String(cString: strerror(code))
}

extension String {
    /// The path without its last part; `.` when there is none.
    var parentFolder: String {
        guard let slash = lastIndex(of: "/") else { return "." }
        return slash == startIndex ? "/" : String(self[..<slash])
    }

    /// This path with one more part.
    func appending(part: String) -> String { hasSuffix("/") ? self + part : "\(self)/\(part)" }

    /// The path with links resolved, nil when it does not exist.
    var realPath: String? {
        guard let resolved = realpath(self, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    var isFolder: Bool {
        var status = stat()
        return stat(self, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
