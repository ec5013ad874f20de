import Glibc

/// Why the data folder cannot be used.
public struct DataFolderRefusal: Error, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String
}

/// The folder that one coordinator owns: locked as long as it runs, closed to other users.
///
/// `run/` holds the socket, the pid and the workers' lock files, `spool/` what workers stage.
final class DataFolder: Sendable {
    let path: String
    private let lock: Int32

    var run: String { path.appending(part: "run") }
    var spool: String { path.appending(part: "spool") }
    var socket: String { run.appending(part: "caodiem.sock") }
    var store: String { path.appending(part: "store.sqlite") }

    /// Makes what is missing, and takes the lock.
    init(_ path: String) throws(DataFolderRefusal) {
        for folder in [path, path.appending(part: "run"), path.appending(part: "spool")] {
            try DataFolder.make(folder)
        }
        guard let real = path.realPath else {
            throw DataFolderRefusal(description: "\(path) cannot be resolved: \(errorText())")
        }
        self.path = real
        lock = try DataFolder.takeLock(real.appending(part: "run/coordinator.pid"), folder: real)
    }

    deinit { close(lock) }

    /// Forgets the pid; the lock itself ends with the process.
    func release() {
        _ = ftruncate(lock, 0)
    }

    private static func make(_ folder: String) throws(DataFolderRefusal) {
        if mkdir(folder, 0o700) == 0 { return }
        var code = errno
        if code == ENOENT, folder.parentFolder != folder {
            try makeParent(folder.parentFolder)
            if mkdir(folder, 0o700) == 0 { return }
            code = errno
        }
        guard code == EEXIST, folder.isFolder else {
            throw DataFolderRefusal(
                description: "\(folder) cannot be made: \(errorText(code)); check the path of "
                    + "--data and its permissions")
        }
        var status = stat()
        guard stat(folder, &status) == 0, status.st_uid == geteuid() else {
            throw DataFolderRefusal(
                description: "\(folder) belongs to another user; run the coordinator as that "
                    + "user or choose another --data")
        }
        guard status.st_mode & 0o077 != 0 else { return }
        guard chmod(folder, 0o700) == 0 else {
            throw DataFolderRefusal(
                description: "\(folder) cannot be closed to others: \(errorText()); chmod 700 it")
        }
    }

    /// Makes a missing folder above the data folder; one that is there is left as it is.
    private static func makeParent(_ folder: String) throws(DataFolderRefusal) {
        if folder.isFolder { return }
        try make(folder)
    }

    private static func takeLock(
        _ file: String, folder: String
    ) throws(DataFolderRefusal) -> Int32 {
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw DataFolderRefusal(description: "\(file) cannot be opened: \(errorText())")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = SmallFile.read(descriptor).split(separator: "\n").first.map(String.init)
            close(descriptor)
            throw DataFolderRefusal(
                description: "the data folder \(folder) is in use by the coordinator with pid "
                    + "\(holder ?? "unknown"); stop that one first or choose another --data")
        }
        guard SmallFile.write("\(getpid())\n", to: descriptor) else {
            let why = errorText()
            close(descriptor)
            throw DataFolderRefusal(description: "\(file) cannot be written: \(why)")
        }
        return descriptor
    }
}

/// Files of a line or two.
enum SmallFile {
    static let size = 4096

    static func read(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: size)
        let count = pread(descriptor, &bytes, size, 0)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : ""
    }

    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return read(descriptor)
    }

    /// Replaces the file's content.
    static func write(_ text: String, to descriptor: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return ftruncate(descriptor, 0) == 0
            && pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
    }

    static func write(_ text: String, path: String) -> Bool {
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return write(text, to: descriptor)
    }
}
