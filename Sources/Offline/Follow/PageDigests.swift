import Digests
import Glibc

/// Digests of the pages of a store file, to see which of them changed.
struct PageDigests {
    /// Bytes kept of a page's SHA-256.
    static let kept = 16
    /// Pages that are read at once.
    private static let run = 256

    let pageSize: Int
    private(set) var bytes: [UInt8] = []

    var count: Int { bytes.count / PageDigests.kept }

    /// The digest over all of them: the store as a whole, 64 hex digits.
    var whole: String { Digests.sha256(of: bytes) }

    init(pageSize: Int) { self.pageSize = pageSize }

    /// Takes in the next page.
    mutating func append(_ page: ArraySlice<UInt8>) {
        var hasher = SHA256Hasher()
        hasher.update(page)
        bytes += hasher.bytes().prefix(PageDigests.kept)
    }

    func isSame(_ page: Int, as other: PageDigests?) -> Bool {
        guard let other, page < other.count, other.pageSize == pageSize else { return false }
        let range = page * PageDigests.kept..<(page + 1) * PageDigests.kept
        return bytes[range] == other.bytes[range]
    }

    /// Of the store file at `path`; hands each page to `see`, with its number from 0.
    init(of path: String, _ see: (Int, ArraySlice<UInt8>, PageDigests) throws -> Void) throws {
        let source = try PlainSource(path)
        let head = try Files.whole(path, atMost: 100)
        guard head.count == 100, let size = PageDigests.pageSize(head) else {
            throw ArchiveReader.notBackup(path)
        }
        self.init(pageSize: size)
        while true {
            let bytes = try source.read(size * PageDigests.run)
            if bytes.isEmpty { return }
            for start in stride(from: 0, to: bytes.count - size + 1, by: size) {
                let page = bytes[start..<start + size]
                append(page)
                try see(count - 1, page, self)
            }
        }
    }

    /// From the first bytes of an SQLite file.
    private static func pageSize(_ head: [UInt8]) -> Int? {
        let size = Int(head[16]) << 8 | Int(head[17])
        if size == 1 { return 65_536 }
        return size >= 512 && size & (size - 1) == 0 ? size : nil
    }
}

/// Writes pages, each behind its number (4 bytes, big-endian, from 0), to their places in a store file.
final class PageSink: ByteSink {
    private let path: String
    private let descriptor: Int32
    private let pageSize: Int
    private let pageCount: Int
    private var waiting: [UInt8] = []

    /// - Parameter path: of a file that is there.
    init(_ path: String, pageSize: Int, pageCount: Int) throws {
        self.path = path
        self.pageSize = pageSize
        self.pageCount = pageCount
        descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            throw Files.problem(Wording("không mở được", "cannot open"), path)
        }
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8]) throws {
        waiting += bytes
        var start = 0
        while waiting.count - start >= pageSize + 4 {
            let number = waiting[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            guard number < pageCount else { throw ArchiveReader.damaged(path, "page \(number)") }
            try put(Array(waiting[start + 4..<start + 4 + pageSize]), at: number * pageSize)
            start += pageSize + 4
        }
        waiting.removeFirst(start)
    }

    func finish() throws {
        guard waiting.isEmpty, ftruncate(descriptor, off_t(pageCount * pageSize)) == 0 else {
            throw ArchiveReader.damaged(path, "pages")
        }
        try Files.sync(descriptor, path)
    }

    private func put(_ page: [UInt8], at offset: Int) throws {
        guard pwrite(descriptor, page, page.count, off_t(offset)) == page.count else {
            throw Files.problem(Wording("không ghi được", "cannot write"), path)
        }
    }
}
