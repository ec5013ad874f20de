import Digests
import Glibc

/// What a path names.
enum DiskEntry: Hashable, Sendable {
    case file
    case folder([String])
}

/// Where the files of an import are looked up.
protocol Disk {
    func entry(at path: String) throws(Trouble) -> DiskEntry
}

/// The machine's own file system.
struct LocalDisk: Disk {
    func entry(at path: String) throws(Trouble) -> DiskEntry {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .unreadable(path, errno) }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .folder(try names(in: path))
        case S_IFREG: return .file
        default:
            throw Trouble(
                .failed, code: "BAD_FILE", DiskText.notRegular(path).text, field: path)
        }
    }

    private func names(in folder: String) throws(Trouble) -> [String] {
        guard let handle = opendir(folder) else { throw .unreadable(folder, errno) }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            names.append(name)
        }
        return names
    }
}

/// A file that is read in pieces; never whole in memory.
final class SourceFile: Sendable {
    let path: String
    let size: UInt64
    private let descriptor: Int32

    init(path: String) throws(Trouble) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Trouble(.failed, code: "BAD_FILE", DiskText.notRegular(path).text, field: path)
        }
        self.path = path
        self.descriptor = descriptor
        size = UInt64(status.st_size)
    }

    deinit { close(descriptor) }

    /// Up to `count` bytes from `offset`; fewer only at the end of the file.
    func read(at offset: UInt64, count: Int) throws(Trouble) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            while filled < count {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled,
                    off_t(offset) + off_t(filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                filled += got
            }
        }
        guard failure == 0 else { throw .unreadable(path, failure) }
        return bytes
    }

    /// The SHA-256 of the file's bytes as they are now, as 64 hex digits.
    func sha256() throws(Trouble) -> String {
        var hasher = SHA256Hasher()
        var offset: UInt64 = 0
        while offset < size {
            let bytes = try read(at: offset, count: Limits.chunkBytes)
            guard !bytes.isEmpty else { throw .changed(path) }
            hasher.update(bytes)
            offset += UInt64(bytes.count)
        }
        return hasher.hex()
    }
}

/// Writes a whole file under a temporary name, then gives it its own.
enum TargetFile {
    static func write(_ text: String, to path: String) throws(Trouble) {
        try write(Array(text.utf8), to: path)
    }

    static func write(_ bytes: [UInt8], to path: String) throws(Trouble) {
        let temporary = path + ".part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(path, errno) }
        let whole = Descriptor.write(bytes, to: descriptor)
        let closed = close(descriptor) == 0
        guard whole, closed, rename(temporary, path) == 0 else {
            let failure = errno
            unlink(temporary)
            throw .unwritable(path, failure)
        }
    }
}

/// Bytes to an open descriptor.
enum Descriptor {
    /// Writes all of the text; false when it cannot. A reader that went away wants no more, and
    /// that is no failure.
    static func write(_ text: String, to descriptor: Int32) -> Bool {
        write(Array(text.utf8), to: descriptor)
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var sent = 0
            while sent < bytes.count {
                let step = Glibc.write(
                    descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
                if step < 0, errno == EINTR { continue }
                if step < 0, errno == EPIPE { return true }
                if step <= 0 { return false }
                sent += step
            }
            return true
        }
    }
}

extension Trouble {
    static func unreadable(_ path: String, _ failure: Int32) -> Trouble {
        Trouble(
            .failed, code: failure == ENOENT ? "NOT_FOUND" : "BAD_FILE",
            DiskText.unreadable(path, reason(failure)).text, field: path,
            hint: DiskText.pathHint.text)
    }

    static func unwritable(_ path: String, _ failure: Int32) -> Trouble {
        Trouble(
            .failed, code: "BAD_FILE", DiskText.unwritable(path, reason(failure)).text,
            field: path, hint: DiskText.writeHint.text)
    }

    static func changed(_ path: String) -> Trouble {
        Trouble(
            .failed, code: "BAD_FILE", DiskText.changed(path).text, field: path,
            hint: DiskText.changedHint.text)
    }

    private static func reason(_ failure: Int32) -> String {
        switch failure {
        case ENOENT: DiskText.missing.text
        case EACCES, EPERM: DiskText.forbidden.text
        case ENOSPC: DiskText.full.text
        case EISDIR: DiskText.folder.text
        default: String(cString: strerror(failure))
        }
    }
}

private enum DiskText {
    static func unreadable(_ path: String, _ reason: String) -> Phrase {
        Phrase("không đọc được \(path): \(reason)", "\(path) cannot be read: \(reason)")
    }
    static func unwritable(_ path: String, _ reason: String) -> Phrase {
        Phrase("không ghi được \(path): \(reason)", "\(path) cannot be written: \(reason)")
    }
    static func notRegular(_ path: String) -> Phrase {
        Phrase("\(path) không phải tệp thường", "\(path) is no regular file")
    }
    static func changed(_ path: String) -> Phrase {
        Phrase("\(path) bị thay đổi trong khi đọc", "\(path) changed while it was read")
    }
    static let missing = Phrase("không có tệp này", "there is no such file")
    static let forbidden = Phrase("không có quyền", "permission denied")
    static let full = Phrase("hết chỗ trên đĩa", "no space left on the disk")
    static let folder = Phrase("đó là thư mục", "it is a folder")
    static let pathHint = Phrase(
        "kiểm tra đường dẫn và quyền đọc", "check the path and permissions")
    static let writeHint = Phrase(
        "chọn nơi khác hoặc kiểm tra quyền ghi", "choose another place or check permissions")
    static let changedHint = Phrase(
        "đóng chương trình đang sửa tệp rồi nhập lại",
        "close the program that edits it and import again")
}
