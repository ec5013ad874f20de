import Digests
import Glibc

/// The disk as a backup needs it: whole writes, synced files, synced folders.
enum Files {
    /// Bytes that one read or write moves.
    static let chunk = 1 << 20

    static func problem(_ doing: Wording, _ path: String, _ failure: Int32 = errno)
        -> OfflineProblem
    {
        let said = String(cString: strerror(failure))
        let (code, remedy): (String, Wording) =
            switch failure {
            case ENOSPC, EDQUOT:
                (
                    "DISK_FULL",
                    Wording(
                        "giải phóng chỗ trên đĩa rồi làm lại", "free space on the disk, try again")
                )
            case EROFS:
                ("READ_ONLY", Wording("chọn đĩa ghi được", "choose a disk that can be written"))
            case EACCES, EPERM:
                (
                    "PERMISSION",
                    Wording("kiểm tra chủ và quyền của tệp", "check owner and mode of the file")
                )
            case ENOENT: ("NOT_FOUND", Wording("kiểm tra đường dẫn", "check the path"))
            default: ("DISK", Wording("kiểm tra đĩa", "check the disk"))
            }
        return OfflineProblem(
            code, Wording("\(doing.vi) \(path): \(said)", "\(doing.en) \(path): \(said)"),
            place: path, remedy: remedy)
    }

    static func opened(_ path: String) throws -> Int32 {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw problem(Wording("không mở được", "cannot open"), path)
        }
        return descriptor
    }

    /// A file of this name that was not there, readable by its owner only.
    static func created(_ path: String) throws -> Int32 {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else {
            throw problem(Wording("không tạo được", "cannot create"), path)
        }
        return descriptor
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws {
        try bytes.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let step = Glibc.write(
                    descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
                if step < 0, errno == EINTR { continue }
                guard step > 0 else {
                    throw problem(Wording("không ghi được", "cannot write"), path)
                }
                sent += step
            }
        }
    }

    /// Up to `count` bytes; fewer only at the end.
    static func read(_ count: Int, from descriptor: Int32, _ path: String) throws -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = Glibc.read(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                filled += got
            }
        }
        guard failure == 0 else {
            throw problem(Wording("không đọc được", "cannot read"), path, failure)
        }
        return bytes
    }

    static func whole(_ path: String, atMost limit: Int) throws -> [UInt8] {
        let descriptor = try opened(path)
        defer { close(descriptor) }
        return try read(limit, from: descriptor, path)
    }

    static func digest(of path: String) throws -> (sha256: String, size: Int64) {
        let descriptor = try opened(path)
        defer { close(descriptor) }
        var hasher = SHA256Hasher()
        var size: Int64 = 0
        while true {
            let bytes = try read(chunk, from: descriptor, path)
            if bytes.isEmpty { return (hasher.hex(), size) }
            hasher.update(bytes)
            size += Int64(bytes.count)
        }
    }

    static func sync(_ descriptor: Int32, _ path: String) throws {
        guard fsync(descriptor) == 0 else {
            throw problem(Wording("không ghi chắc được", "cannot sync"), path)
        }
    }

    /// What stands in the folder survives a power cut.
    static func syncFolder(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw problem(Wording("không mở được", "cannot open"), path)
        }
        defer { close(descriptor) }
        try sync(descriptor, path)
    }

    static func rename(_ from: String, to target: String) throws {
        guard Glibc.rename(from, target) == 0 else {
            throw problem(Wording("không đặt được tên", "cannot name"), target)
        }
        try syncFolder(parent(of: target))
    }

    static func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw problem(Wording("không tạo được thư mục", "cannot make the folder"), path)
        }
    }

    static func parent(of path: String) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        let rest = parts.dropLast().joined(separator: "/")
        if path.hasPrefix("/") { return "/" + rest }
        return rest.isEmpty ? "." : rest
    }

    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    static func state(_ path: String) -> stat? {
        var state = stat()
        return lstat(path, &state) == 0 ? state : nil
    }

    static func isFolder(_ path: String) -> Bool {
        state(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    static func isFile(_ path: String) -> Bool {
        state(path).map { $0.st_mode & S_IFMT == S_IFREG } ?? false
    }

    /// Sorted names without `.` and `..`; nil when the folder cannot be read.
    static func names(in folder: String) -> [String]? {
        guard let handle = opendir(folder) else { return nil }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file or a folder with all that is in it, as far as it can.
    static func remove(_ path: String) {
        guard isFolder(path) else {
            unlink(path)
            return
        }
        for name in names(in: path) ?? [] { remove(path + "/" + name) }
        rmdir(path)
    }
}

/// The wall clock: when something was made. No period is measured with it.
enum WallClock {
    static func milliseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }
}
