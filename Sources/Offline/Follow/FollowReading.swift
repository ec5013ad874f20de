import Foundation
import Glibc
import Store

/// Restores a data folder from a continuous copy, as it stood at a moment.
public struct FollowReading: Sendable {
    public var folder: String
    public var keyFile: String?
    /// Milliseconds since 1970; nil for the latest.
    public var atMilliseconds: Int64?

    public init(folder: String, keyFile: String? = nil, atMilliseconds: Int64? = nil) {
        self.folder = folder
        self.keyFile = keyFile
        self.atMilliseconds = atMilliseconds
    }

    /// Whether a path is the folder of a continuous copy.
    public static func isCopy(_ path: String) -> Bool {
        Files.isFolder(path) && FollowFolder(path: path).isCopy()
    }

    /// `2021-05-31T08:15:00+07:00`, with or without fractions of a second.
    public static func moment(_ text: String) -> Int64? {
        let plain = try? Date(text, strategy: .iso8601)
        let exact = try? Date(
            text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        return (exact ?? plain).map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) }
    }

    public func restore(to data: String) throws -> BackupRestored {
        let target = try NewFolder(data)
        let key = try keyFile.map(KeyFile.read)
        return try target.fill { partial in
            let store = partial + "/" + BackupFolder.store
            close(try Files.created(store))
            let last = try apply(to: store, key: key)
            try BackupReading.check(store: store, last)
            var restored = BackupRestored(last, from: folder, data: target.path)
            (restored.originals, restored.missingOriginals) = try originals(
                into: partial, key: key)
            return restored
        }
    }

    /// Writes the pieces of the right generation one over the other; gives the last one's manifest.
    private func apply(to store: String, key: [UInt8]?) throws -> Manifest {
        let copy = FollowFolder(path: folder)
        let limit = atMilliseconds ?? .max
        for generation in copy.generations().reversed() {
            let pieces = copy.pieces(generation)
            guard let first = pieces.first, try ArchiveReader(first, key: key).isBy(limit) else {
                continue
            }
            var last: Manifest?
            for path in pieces {
                let reader = try ArchiveReader(path, key: key)
                guard reader.isBy(limit) else { break }
                last = try apply(reader, after: last, to: store)
            }
            guard let last,
                last.segment?.storeDigest == (try PageDigests(of: store) { _, _, _ in }).whole
            else { throw ArchiveReader.damaged(generation, "pages") }
            return last
        }
        throw OfflineProblem(
            "NOT_FOUND",
            Wording(
                "\(folder) không có bản chép nào đến lúc đó", "\(folder) holds no copy as of then"),
            place: folder,
            remedy: Wording(
                "xem copied_at trong follow.json", "see copied_at in follow.json"))
    }

    private func apply(
        _ reader: ArchiveReader, after last: Manifest?, to store: String
    ) throws -> Manifest {
        guard let segment = reader.manifest.segment,
            segment.number == (last?.segment?.number ?? -1) + 1,
            segment.previous == last?.segment?.storeDigest ?? "",
            segment.pageSize >= 512, segment.pageCount > 0
        else { throw ArchiveReader.damaged(reader.path, "order") }
        try reader.readAll { _ in
            try PageSink(store, pageSize: segment.pageSize, pageCount: segment.pageCount)
        }
        return reader.manifest
    }

    /// Copies the originals that the restored store tells of; how many, and digests of those that are not there.
    private func originals(into partial: String, key: [UInt8]?) throws -> (Int, [String]) {
        let target = partial + "/spool/originals"
        try Files.makeFolder(partial + "/spool")
        try Files.makeFolder(target)
        let inspection = try StoreInspection(
            path: partial + "/" + BackupFolder.store, isOwnCopy: true)
        let wanted = try inspection.facts().originals
        try inspection.close()
        var missing: [String] = []
        let copy = FollowFolder(path: folder)
        for digest in wanted where BackupFolder.isDigest(digest) {
            let from = copy.originals + "/" + digest + (key == nil ? "" : FollowFolder.sealed)
            guard Files.isFile(from) else {
                missing.append(digest)
                continue
            }
            try PlainSink(target + "/" + digest).take(try Streams.source(from, key: key))
            guard try Files.digest(of: target + "/" + digest).sha256 == digest else {
                throw ArchiveReader.damaged(from, "digest")
            }
        }
        try Files.syncFolder(target)
        return (wanted.count - missing.count, missing)
    }
}

extension ArchiveReader {
    fileprivate func isBy(_ milliseconds: Int64) -> Bool {
        manifest.madeAtMilliseconds <= milliseconds
    }
}
