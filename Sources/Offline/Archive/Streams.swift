import Digests
import Glibc

/// Takes the bytes of a file in their order.
protocol ByteSink: AnyObject {
    func write(_ bytes: [UInt8]) throws
    /// All bytes are on the disk.
    func finish() throws
}

/// Gives the bytes of a file in their order.
protocol ByteSource: AnyObject {
    /// Just so many bytes, or fewer at the end.
    func read(_ count: Int) throws -> [UInt8]
}

extension ByteSink {
    /// Writes all that the source gives, and ends.
    func take(_ source: any ByteSource) throws {
        while true {
            let bytes = try source.read(Files.chunk)
            if bytes.isEmpty { return try finish() }
            try write(bytes)
        }
    }
}

/// Files that are sealed where there is a key, and in the clear where there is none.
enum Streams {
    /// A new file.
    static func sink(
        _ path: String, key: [UInt8]?, madeAtMilliseconds: Int64
    ) throws -> any ByteSink {
        let plain = try PlainSink(path)
        guard let key else { return plain }
        return try SealingSink(plain, key: key, madeAtMilliseconds: madeAtMilliseconds)
    }

    static func source(_ path: String, key: [UInt8]?) throws -> any ByteSource {
        let plain = try PlainSource(path)
        guard let key else { return plain }
        return try OpeningSource(plain, key: key, path: path)
    }
}

/// A new file in the clear.
final class PlainSink: ByteSink {
    private let path: String
    private let descriptor: Int32
    private var isOpen = true

    init(_ path: String) throws {
        self.path = path
        descriptor = try Files.created(path)
    }

    deinit { if isOpen { close(descriptor) } }

    func write(_ bytes: [UInt8]) throws { try Files.write(bytes, to: descriptor, path) }

    func finish() throws {
        try Files.sync(descriptor, path)
        isOpen = false
        guard close(descriptor) == 0 else {
            throw Files.problem(Wording("không đóng được", "cannot close"), path)
        }
    }
}

final class PlainSource: ByteSource {
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws {
        self.path = path
        descriptor = try Files.opened(path)
    }

    deinit { close(descriptor) }

    func read(_ count: Int) throws -> [UInt8] {
        try Files.read(count, from: descriptor, path)
    }
}

/// Seals what goes through it.
final class SealingSink: ByteSink {
    private let below: any ByteSink
    private var seal: ChunkSeal
    private var waiting: [UInt8] = []

    init(_ below: any ByteSink, key: [UInt8], madeAtMilliseconds: Int64) throws {
        self.below = below
        seal = try ChunkSeal(key: key, madeAtMilliseconds: madeAtMilliseconds)
        try below.write(seal.head.bytes)
    }

    func write(_ bytes: [UInt8]) throws {
        waiting += bytes
        var start = 0
        // The last chunk is not known as such before the end: one always waits.
        while waiting.count - start > SealHead.chunkSize {
            let chunk = Array(waiting[start..<start + SealHead.chunkSize])
            try below.write(try seal.seal(chunk, isLast: false))
            start += SealHead.chunkSize
        }
        waiting.removeFirst(start)
    }

    func finish() throws {
        try below.write(try seal.seal(waiting, isLast: true))
        waiting = []
        try below.finish()
    }
}

/// Opens what was sealed; a chunk that is not as it was sealed ends the reading.
final class OpeningSource: ByteSource {
    private let below: any ByteSource
    private let path: String
    private var seal: ChunkSeal
    private var ahead: [UInt8]
    private var plain: [UInt8] = []
    private var position = 0
    private var isOver = false

    init(_ below: any ByteSource, key: [UInt8], path: String) throws {
        self.below = below
        self.path = path
        do {
            let head = try SealHead(reading: try below.read(SealHead.size))
            seal = try ChunkSeal(key: key, head: head)
        } catch let problem as SealProblem { throw OfflineProblem(problem, path) }
        ahead = try below.read(SealHead.chunkSize + SealHead.tagSize)
    }

    func read(_ count: Int) throws -> [UInt8] {
        var out: [UInt8] = []
        while out.count < count {
            if position == plain.count {
                guard !isOver else { break }
                try openNext()
                continue
            }
            let step = min(count - out.count, plain.count - position)
            out += plain[position..<position + step]
            position += step
        }
        return out
    }

    private func openNext() throws {
        let next = try below.read(SealHead.chunkSize + SealHead.tagSize)
        isOver = next.isEmpty
        do { plain = try seal.open(ahead, isLast: isOver) } catch {
            throw OfflineProblem(error, path)
        }
        position = 0
        ahead = next
    }
}

extension OfflineProblem {
    init(_ problem: SealProblem, _ path: String) {
        switch problem {
        case .badKey:
            self.init(
                "BAD_KEY", Wording("khóa không dài 32 byte", "the key is not 32 bytes long"),
                place: path, remedy: KeyFile.remedy, ending: .usage)
        case .notSealed:
            self.init(
                "NOT_A_BACKUP",
                Wording("\(path) không phải bản sao lưu đã mã hóa", "\(path) is no sealed backup"),
                place: path)
        case .otherKey:
            self.init(
                "OTHER_KEY",
                Wording(
                    "\(path) được mã hóa bằng khóa khác", "\(path) was sealed with another key"),
                place: path,
                remedy: Wording("đưa đúng tệp khóa bằng --key-file", "give its key with --key-file")
            )
        case .damaged:
            self.init(
                "DAMAGED",
                Wording(
                    "\(path) đã hỏng: một khối bị sửa, đổi chỗ hoặc thiếu",
                    "\(path) is damaged: a chunk was altered, moved or is missing"),
                place: path,
                remedy: Wording("dùng bản sao lưu khác", "use another backup"))
        }
    }
}
