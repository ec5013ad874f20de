internal import Digests
internal import Foundation

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
        enum Kind { case unknownImport, wrongOffset(UInt64), disk }
        let kind: Kind
        let message: String
    }

    let folder: String

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
    func path(_ id: String, file: Int) throws -> String { part(try checked(id), file) }

    /// Bytes of that part that are there.
    func size(_ id: String, file: Int) throws -> UInt64 {
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: part(try checked(id), file))
        return (attributes?[.size] as? NSNumber)?.uint64Value ?? 0
    }

    /// Adds a chunk at `offset`; one that is there already changes nothing. Gives the size afterwards.
    func append(_ id: String, file: Int, offset: UInt64, chunk: [UInt8]) throws -> UInt64 {
        let there = try size(id, file: file)
        if offset > there {
            throw Problem(
                kind: .wrongOffset(there),
                message: "chunk at \(offset), but only \(there) bytes are there")
        }
        guard offset + UInt64(chunk.count) > there else { return there }
        let fresh = chunk.dropFirst(Int(there - offset))
        let target = part(id, file)
        if there == 0, !FileManager.default.fileExists(atPath: target) {
            _ = FileManager.default.createFile(
                atPath: target, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        do {
            guard let handle = FileHandle(forWritingAtPath: target) else {
                throw Problem(kind: .disk, message: "cannot write to the spool")
            }
            defer { try? handle.close() }
            try handle.seek(toOffset: there)
            try handle.write(contentsOf: Data(fresh))
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(kind: .disk, message: "cannot write to the spool: \(error)")
        }
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
        let target = part(try checked(id), file)
        guard
            FileManager.default.createFile(
                atPath: target, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: target)
        else {
            throw Problem(kind: .disk, message: "cannot write to the spool")
        }
        return SpoolWriter(handle)
    }

    /// Reads a part chunk by chunk.
    func reader(
        _ id: String, file: Int, size: UInt64
    ) throws -> () throws -> [UInt8]? {
        let target = part(try checked(id), file)
        guard FileManager.default.fileExists(atPath: target) else {
            // Only an empty file never gets a chunk.
            guard size == 0 else {
                throw Problem(kind: .unknownImport, message: "the import \(id) is gone")
            }
            return { nil }
        }
        guard let handle = FileHandle(forReadingAtPath: target) else {
            throw Problem(kind: .disk, message: "cannot read the spool")
        }
        return {
            guard let data = try handle.read(upToCount: Limits.chunk), !data.isEmpty else {
                return nil
            }
            return Array(data)
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
    private let handle: FileHandle
    private var hash = SHA256Hasher()
    /// Bytes taken in so far.
    private(set) var size: UInt64 = 0

    init(_ handle: FileHandle) { self.handle = handle }

    func write(_ bytes: ArraySlice<UInt8>) throws {
        do {
            try handle.write(contentsOf: Data(bytes))
        } catch {
            throw Spool.Problem(kind: .disk, message: "cannot write to the spool: \(error)")
        }
        hash.update(bytes)
        size += UInt64(bytes.count)
    }

    /// The digest of all bytes; 64 hex digits.
    func close() throws -> String {
        do {
            try handle.close()
        } catch {
            throw Spool.Problem(kind: .disk, message: "cannot write to the spool: \(error)")
        }
        return hash.hex()
    }
}
