import Digests

/// Writes the files of a backup one after the other.
final class ArchiveWriter {
    private let sink: any ByteSink
    private let madeAtSeconds: Int64

    init(_ sink: any ByteSink, madeAtMilliseconds: Int64) {
        self.sink = sink
        madeAtSeconds = madeAtMilliseconds / 1000
    }

    func add(_ name: String, bytes: [UInt8]) throws {
        try sink.write(
            Tar.head(
                of: Tar.Entry(name: name, size: Int64(bytes.count)), madeAtSeconds: madeAtSeconds))
        try sink.write(bytes)
        try pad(Int64(bytes.count))
    }

    /// Adds a file from the disk, which must have just these bytes.
    func add(_ file: Manifest.File, from path: String) throws {
        let source = try PlainSource(path)
        try add(file, of: path) { left in try source.read(Int(min(left, Int64(Files.chunk)))) }
    }

    /// Adds a file whose bytes `next` gives piece by piece, told how many are left.
    func add(
        _ file: Manifest.File, of path: String, _ next: (_ left: Int64) throws -> [UInt8]
    ) throws {
        let entry = Tar.Entry(name: file.name, size: file.size)
        try sink.write(Tar.head(of: entry, madeAtSeconds: madeAtSeconds))
        var hasher = SHA256Hasher()
        var left = file.size
        while left > 0 {
            let bytes = try next(left)
            guard !bytes.isEmpty else { break }
            hasher.update(bytes)
            try sink.write(bytes)
            left -= Int64(bytes.count)
        }
        guard left == 0, hasher.hex() == file.sha256 else {
            throw OfflineProblem(
                "CHANGED",
                Wording("\(path) bị thay đổi trong khi đọc", "\(path) changed while it was read"),
                place: path, remedy: Wording("làm lại", "try again"))
        }
        try pad(file.size)
    }

    func finish() throws {
        try sink.write([UInt8](repeating: 0, count: 2 * Tar.block))
        try sink.finish()
    }

    private func pad(_ size: Int64) throws {
        let count = Tar.padding(after: size)
        if count > 0 { try sink.write([UInt8](repeating: 0, count: count)) }
    }
}

/// Reads a backup, sealed or in the clear, and holds every file against the manifest.
final class ArchiveReader {
    let path: String
    /// Whether it is sealed.
    let isSealed: Bool
    let manifest: Manifest
    private let source: any ByteSource

    /// Opens a backup and reads its manifest.
    ///
    /// - Parameter key: nil where none was given; a sealed backup cannot be read then.
    init(_ path: String, key: [UInt8]?) throws {
        self.path = path
        isSealed = SealHead.isSealed(try Files.whole(path, atMost: SealHead.size))
        if isSealed {
            guard let key else {
                throw OfflineProblem(
                    "KEY_NEEDED", Wording("\(path) đã mã hóa", "\(path) is sealed"), place: path,
                    remedy: Wording("thêm --key-file TỆP", "add --key-file FILE"), ending: .usage)
            }
            source = try OpeningSource(try PlainSource(path), key: key, path: path)
        } else {
            source = try PlainSource(path)
        }
        guard let entry = try ArchiveReader.entry(source, path), entry.name == Manifest.name,
            entry.size <= Int64(Manifest.longest)
        else { throw ArchiveReader.notBackup(path) }
        let bytes = try ArchiveReader.bytes(source, Int(entry.size), path)
        guard let manifest = try? Manifest(reading: bytes),
            manifest.schema == Manifest.schemaName
        else { throw ArchiveReader.notBackup(path) }
        self.manifest = manifest
    }

    /// Hands out every file in pieces, and checks that just those of the manifest are there, byte for byte.
    ///
    /// - Parameters:
    ///   - begin: gives what takes the bytes of a file; nil where nobody wants them.
    func readAll(_ begin: (Manifest.File) throws -> (any ByteSink)?) throws {
        for file in manifest.files {
            guard ArchiveReader.isAllowed(file.name),
                try ArchiveReader.entry(source, path)
                    == Tar.Entry(name: file.name, size: file.size)
            else { throw ArchiveReader.damaged(path, file.name) }
            let sink = try begin(file)
            var hasher = SHA256Hasher()
            var left = file.size
            while left > 0 {
                let count = Int(min(left, Int64(Files.chunk)))
                let bytes = try ArchiveReader.block(source, count, path)
                hasher.update(bytes)
                try sink?.write(bytes)
                left -= Int64(count)
            }
            guard hasher.hex() == file.sha256 else {
                throw ArchiveReader.damaged(path, file.name)
            }
            _ = try ArchiveReader.block(source, Tar.padding(after: file.size), path)
            try sink?.finish()
        }
        guard try ArchiveReader.entry(source, path) == nil,
            try source.read(2 * Tar.block) == [UInt8](repeating: 0, count: Tar.block)
        else { throw ArchiveReader.damaged(path, "end") }
    }

    /// Names that lead into the folder that is restored and nowhere else.
    static func isAllowed(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { $0 != "" && $0 != "." && $0 != ".." }
        if parts.count == 1 { return [BackupFolder.store, BackupFolder.pages].contains(name) }
        return parts.count == 2 && isPlain && BackupFolder.isFolder(String(parts[0]))
    }

    private static func entry(_ source: any ByteSource, _ path: String) throws -> Tar.Entry? {
        let head = try source.read(Tar.block)
        do { return try Tar.entry(of: head) } catch { throw damaged(path, "tar") }
    }

    /// Just so many bytes of the file.
    private static func block(
        _ source: any ByteSource, _ count: Int, _ path: String
    ) throws -> [UInt8] {
        let bytes = try source.read(count)
        guard bytes.count == count else { throw damaged(path, "end") }
        return bytes
    }

    private static func bytes(
        _ source: any ByteSource, _ count: Int, _ path: String
    ) throws -> [UInt8] {
        let bytes = try block(source, count, path)
        _ = try block(source, Tar.padding(after: Int64(count)), path)
        return bytes
    }

    static func notBackup(_ path: String) -> OfflineProblem {
        OfflineProblem(
            "NOT_A_BACKUP",
            Wording("\(path) không phải bản sao lưu", "\(path) is no backup"), place: path,
            remedy: Wording("xem caodiem backup list THƯ_MỤC", "see caodiem backup list DIR"))
    }

    static func damaged(_ path: String, _ at: String) -> OfflineProblem {
        OfflineProblem(
            "DAMAGED",
            Wording("\(path) đã hỏng, ở \(at)", "\(path) is damaged, at \(at)"), place: path,
            remedy: Wording("dùng bản sao lưu khác", "use another backup"))
    }
}
