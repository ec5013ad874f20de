internal import Digests
internal import Foundation
internal import Glibc

/// Files on their way in: one folder an import, one file a part, kept until the import is applied or a day old.
/// A crash leaves at most a folder here, never half an import in the store.
struct Spool: Sendable {
    enum Limits {
        static let files = 64
        /// Imports that were begun and neither applied nor dropped.
        static let openImports = 64
        /// Bytes of one file.
        static let file: UInt64 = 4 << 30
        /// Bytes of one chunk, and of one read.
        static let chunk = 256 << 10
        /// How long an import that was not applied is kept.
        static let keptMilliseconds: Int64 = 24 * 3_600_000
    }

    struct Problem: Error {
        enum Kind { case unknownImport, wrongOffset(UInt64), incomplete, disk }
        let kind: Kind
        let message: String
    }

    let folder: String
    /// Set where an import is read while its bytes still come: readers wait for them.
    var arrival: Arrival?

    init(folder: String, arrival: Arrival? = nil) {
        self.folder = folder
        self.arrival = arrival
    }

    private func path(_ id: String) -> String { "\(folder)/\(id)" }
    private func part(_ id: String, _ file: Int) -> String { "\(folder)/\(id)/\(file).part" }

    /// An id is ours only when it looks like one: no path can be smuggled in.
    private func checked(_ id: String) throws -> String {
        guard id.count <= 64, !id.isEmpty, id.utf8.allSatisfy(Spool.isIDByte),
            FileManager.default.fileExists(atPath: path(id))
        else {
            throw Problem(kind: .unknownImport, message: "there is no import \(id.prefix(64))")
        }
        return id
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
    }

    /// Opens a new import; `offer` is what Begin said, kept as it came.
    func begin(offer: [UInt8], atMilliseconds: Int64) throws -> String {
        guard purge(atMilliseconds: atMilliseconds) < Limits.openImports else {
            throw Problem(
                kind: .disk, message: "\(Limits.openImports) imports wait to be finished")
        }
        let random = UInt64.random(in: .min ... .max)
        let id = "\(atMilliseconds)-\(String(random, radix: 16))"
        do {
            try FileManager.default.createDirectory(
                atPath: path(id), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            try Data(offer).write(to: URL(fileURLWithPath: path(id) + "/offer"))
        } catch {
            throw Problem(kind: .disk, message: "cannot write to the spool: \(error)")
        }
        return id
    }

    func offer(_ id: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path(try checked(id)) + "/offer")
        else {
            throw Problem(kind: .unknownImport, message: "the import \(id) has no offer")
        }
        return Array(data)
    }

    /// Path of that part, for readers that go to and fro in it.
    func path(_ id: String, file: Int, size: UInt64) throws -> String {
        let path = part(try checked(id), file)
        try arrival?.wait(for: path, size, of: size)
        return path
    }

    /// Bytes of that part that are there.
    func size(_ id: String, file: Int) throws -> UInt64 {
        SpoolPart.size(part(try checked(id), file))
    }

    /// Adds a chunk at `offset`; one that is there already changes nothing. Gives the size afterwards.
    func append(_ id: String, file: Int, offset: UInt64, chunk: [UInt8]) throws -> UInt64 {
        let target = part(try checked(id), file)
        let there = SpoolPart.size(target)
        if offset > there {
            throw Problem(
                kind: .wrongOffset(there),
                message: "chunk at \(offset), but only \(there) bytes are there")
        }
        guard offset + UInt64(chunk.count) > there else { return there }
        let fresh = chunk.dropFirst(Int(there - offset))
        try SpoolPart(target, O_WRONLY | O_CREAT).write(fresh, at: there)
        return there + UInt64(fresh.count)
    }

    /// Writes what the offer has become known to be.
    func replaceOffer(_ id: String, _ offer: [UInt8]) throws {
        do {
            try Data(offer).write(to: URL(fileURLWithPath: path(try checked(id)) + "/offer"))
        } catch let error as CocoaError {
            throw Problem(kind: .disk, message: "cannot write to the spool: \(error)")
        }
    }

    /// Takes in a part from its first byte to its last.
    func writer(_ id: String, file: Int) throws -> SpoolWriter {
        SpoolWriter(try SpoolPart(part(try checked(id), file), O_WRONLY | O_CREAT | O_TRUNC))
    }

    /// Reads a part chunk by chunk.
    func reader(
        _ id: String, file: Int, size: UInt64
    ) throws -> () throws -> [UInt8]? {
        let target = part(try checked(id), file)
        // Only an empty file never gets a chunk.
        if size == 0 { return { nil } }
        try arrival?.wait(for: target, 1, of: size)
        let part = try SpoolPart(target, O_RDONLY)
        var offset: UInt64 = 0
        return {
            guard offset < size else { return nil }
            let wanted = min(UInt64(Limits.chunk), size - offset)
            try arrival?.wait(for: target, offset + wanted, of: size)
            let chunk = try part.read(at: offset, count: Int(wanted))
            offset += UInt64(chunk.count)
            return chunk.isEmpty ? nil : chunk
        }
    }

    /// 64 hex digits over the part's bytes.
    func sha256(_ id: String, file: Int, size: UInt64) throws -> String {
        let next = try reader(id, file: file, size: size)
        var hash = SHA256Hasher()
        while let chunk = try next() { hash.update(chunk) }
        return hash.hex()
    }

    /// Keeps the bytes of all parts under their digests.
    func keepOriginals(_ files: [OfferedFile], _ id: String) throws {
        let originals = Originals(spool: folder)
        for file in files {
            try originals.keep(part(try checked(id), file.part), sha256: file.sha256)
        }
    }

    func remove(_ id: String) {
        guard let id = try? checked(id) else { return }
        try? FileManager.default.removeItem(atPath: path(id))
    }

    /// Drops imports that nobody finished within a day. The id starts with the time of Begin.
    /// Gives how many imports are left.
    private func purge(atMilliseconds now: Int64) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var left = 0
        for name in names {
            guard let began = name.split(separator: "-").first.flatMap({ Int64($0) }) else {
                continue
            }
            if now - began > Limits.keptMilliseconds {
                try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            } else {
                left += 1
            }
        }
        return left
    }
}

/// One part on its way into the spool, hashed as it comes.
final class SpoolWriter {
    private let part: SpoolPart
    private var hash = SHA256Hasher()
    /// Bytes taken in so far.
    private(set) var size: UInt64 = 0

    init(_ part: SpoolPart) { self.part = part }

    func write(_ bytes: ArraySlice<UInt8>) throws {
        try part.write(bytes, at: size)
        hash.update(bytes)
        size += UInt64(bytes.count)
    }

    /// The digest of all bytes; 64 hex digits.
    func digest() -> String { hash.hex() }
}
