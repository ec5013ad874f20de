import Digests
import Glibc
import Store

/// The pages of a store that changed since the piece before, ready to be written.
struct Piece {
    let digests: PageDigests
    /// Numbers of the pages in it, from 0.
    let changed: [Int]
    private let manifest: Manifest
    private let store: String

    /// Compares the copy of a store with what was there before.
    init(
        of store: String, since former: PageDigests?, number: Int, _ madeAtMilliseconds: Int64,
        _ facts: StoreFacts, software: String
    ) throws {
        self.store = store
        var changed: [Int] = []
        var hasher = SHA256Hasher()
        digests = try PageDigests(of: store) { page, bytes, digests in
            guard !digests.isSame(page, as: former) else { return }
            changed.append(page)
            hasher.update(Piece.number(page))
            hasher.update(bytes)
        }
        self.changed = changed
        let size = Int64(changed.count) * Int64(digests.pageSize + 4)
        var manifest = Manifest(
            madeAtMilliseconds: madeAtMilliseconds, software: software, storeSchema: facts.schema,
            change: facts.lastChange, auditEntries: facts.auditEntries,
            auditHead: facts.auditHead, missingOriginals: [],
            files: [Manifest.File(name: BackupFolder.pages, size: size, sha256: hasher.hex())])
        manifest.segment = Manifest.Segment(
            number: number, pageSize: digests.pageSize, pageCount: digests.count,
            storeDigest: digests.whole, previous: former?.whole ?? "")
        self.manifest = manifest
    }

    /// Writes the piece under a temporary name, and gives it its own; its size in bytes.
    func write(to path: String, key: [UInt8]?) throws -> Int64 {
        let partial = path + ".part"
        unlink(partial)
        let sink = try Streams.sink(
            partial, key: key, madeAtMilliseconds: manifest.madeAtMilliseconds)
        let writer = ArchiveWriter(sink, madeAtMilliseconds: manifest.madeAtMilliseconds)
        try writer.add(Manifest.name, bytes: try manifest.bytes())
        let descriptor = try Files.opened(store)
        defer { close(descriptor) }
        var next = changed.makeIterator()
        for file in manifest.files {
            try writer.add(file, of: store) { _ in
                guard let page = next.next() else { return [] }
                return Piece.number(page) + (try bytes(page, descriptor))
            }
        }
        try writer.finish()
        try Files.rename(partial, to: path)
        return Files.state(path).map { Int64($0.st_size) } ?? 0
    }

    private func bytes(_ page: Int, _ descriptor: Int32) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: digests.pageSize)
        let offset = off_t(page * digests.pageSize)
        guard pread(descriptor, &bytes, bytes.count, offset) == bytes.count else {
            throw Files.problem(Wording("không đọc được", "cannot read"), store)
        }
        return bytes
    }

    private static func number(_ page: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: page >> (24 - 8 * $0)) }
    }
}
