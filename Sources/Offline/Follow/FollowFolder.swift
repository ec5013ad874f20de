import Foundation
import Glibc

/// The folder of a continuous copy, on another disk: generations of pieces, and the originals of imports.
///
///     DIR/follow.json                     how far the copy is
///     DIR/generation-<ms>/0000000.piece   all pages; 0000001.piece … those that changed since
///     DIR/originals/<sha256>[.sealed]
struct FollowFolder {
    static let generation = "generation-"
    static let piece = ".piece"
    static let sealed = ".sealed"

    let path: String

    var originals: String { path + "/originals" }
    var statusPath: String { path + "/follow.json" }

    func isCopy() -> Bool { Files.isFile(statusPath) || !generations().isEmpty }

    /// Folders of the generations, oldest first.
    func generations() -> [String] {
        (Files.names(in: path) ?? []).filter { $0.hasPrefix(FollowFolder.generation) }.sorted()
            .map { path + "/" + $0 }
    }

    /// Pieces of a generation, in their order.
    func pieces(_ generation: String) -> [String] {
        (Files.names(in: generation) ?? []).filter { $0.hasSuffix(FollowFolder.piece) }.sorted()
            .map { generation + "/" + $0 }
    }

    static func pieceName(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 7 - digits.count)) + digits + piece
    }

    /// `caodiem.backup-follow/1`: how far the copy is.
    struct Status: Codable, Sendable, Equatable {
        var schema = "caodiem.backup-follow/1"
        /// The store as it stood then is in the copy whole.
        var copiedAt: String
        var copiedAtMilliseconds: Int64
        /// The last change that it has.
        var change: Int64
        var everySeconds: Int
        /// How long the last piece took, milliseconds.
        var tookMilliseconds: Int64
        /// Pages of the last piece, and of the store.
        var pages: Int
        var pageCount: Int
        var bytes: Int64

        init(
            copiedAtMilliseconds: Int64, change: Int64, everySeconds: Int,
            tookMilliseconds: Int64, pages: Int, pageCount: Int, bytes: Int64
        ) {
            copiedAt = Answers.moment(copiedAtMilliseconds)
            self.copiedAtMilliseconds = copiedAtMilliseconds
            self.change = change
            self.everySeconds = everySeconds
            self.tookMilliseconds = tookMilliseconds
            self.pages = pages
            self.pageCount = pageCount
            self.bytes = bytes
        }
    }

    func status() throws -> Status {
        let bytes = try Files.whole(statusPath, atMost: Files.chunk)
        guard let status = try? Answers.decoder.decode(Status.self, from: Data(bytes)) else {
            throw ArchiveReader.damaged(statusPath, "JSON")
        }
        return status
    }

    func keep(_ status: Status) throws {
        let temporary = "\(statusPath).\(getpid())"
        unlink(temporary)
        let sink = try PlainSink(temporary)
        try sink.write(try Answers.bytes(status))
        try sink.finish()
        try Files.rename(temporary, to: statusPath)
    }
}
