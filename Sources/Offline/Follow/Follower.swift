import Digests
import Glibc
import Store

/// `backup follow`: keeps a copy of a data folder on another disk, a piece each time the store has changed.
///
/// What was committed when a piece began is in it. So of a lost disk at most that is lost which was written in the last
/// `everySeconds` and while the last piece was made.
public final class Follower {
    public struct Options: Sendable {
        public var data: String
        public var target: String
        /// Seconds between two looks at the store.
        public var everySeconds = 10
        public var keyFile: String?
        /// A new generation begins with all pages after so many hours.
        public var generationHours = 24
        /// Generations that stay.
        public var keptGenerations = 7
        /// Product and version.
        public var software: String

        public init(data: String, target: String, software: String) {
            self.data = data
            self.target = target
            self.software = software
        }
    }

    private let options: Options
    private let source: BackupFolder
    private let folder: FollowFolder
    private let key: [UInt8]?
    private let lock: Int32
    private var inspection: StoreInspection?
    private var inode: ino_t = 0
    private var version: Int64?
    private var generation: Generation?

    /// What the pieces of a generation rest on.
    private struct Generation {
        let folder: String
        let begunAtMilliseconds: Int64
        var next = 0
        var digests: PageDigests?
    }

    /// Takes the folder, which one process may write to at a time.
    public init(_ options: Options) throws {
        self.options = options
        source = try BackupFolder(options.data)
        folder = FollowFolder(path: options.target)
        key = try options.keyFile.map(KeyFile.read)
        try Files.makeFolder(options.target)
        try Files.makeFolder(folder.originals)
        lock = open(options.target + "/follow.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            throw OfflineProblem(
                "IN_USE",
                Wording(
                    "đã có tiến trình khác ghi vào \(options.target)",
                    "another process writes to \(options.target)"), place: options.target,
                remedy: Wording("dừng tiến trình đó trước", "stop that one first"))
        }
    }

    deinit { close(lock) }

    /// Makes a piece where the store has changed since the last one.
    ///
    /// - Returns: how far the copy is; nil where nothing had changed.
    public func step() throws -> OfflineAnswer? {
        do {
            let inspection = try opened()
            let version = try inspection.dataVersion()
            let isNew = generation == nil || isOld()
            guard isNew || version != self.version else { return nil }
            let status = try copy(inspection, isNew: isNew)
            self.version = version
            return OfflineAnswer(status, Follower.lines(status))
        } catch let failure as StoreFailure {
            inspection = nil
            throw OfflineProblem(failure, source.storePath)
        }
    }

    /// The connection that tells changes; a store that was put in another's place is opened anew.
    private func opened() throws -> StoreInspection {
        let found = Files.state(source.storePath)?.st_ino ?? 0
        if let inspection, found == inode { return inspection }
        let opened = try StoreInspection(path: source.storePath)
        (inspection, inode, version, generation) = (opened, found, nil, nil)
        return opened
    }

    private func isOld() -> Bool {
        guard let begun = generation?.begunAtMilliseconds else { return true }
        let age = WallClock.milliseconds() - begun
        return age < 0 || age >= Int64(options.generationHours) * 3_600_000
    }

    private func copy(_ inspection: StoreInspection, isNew: Bool) throws -> FollowFolder.Status {
        let begun = ContinuousClock.now
        let made = WallClock.milliseconds()
        let scratch = source.scratch(for: options.target + "/scratch", isSealed: key != nil)
        defer { for ending in ["", "-wal", "-shm", "-journal"] { unlink(scratch + ending) } }
        unlink(scratch)
        close(try Files.created(scratch))
        try inspection.copy(to: scratch)
        let own = try StoreInspection(path: scratch, isOwnCopy: true)
        let facts = try own.facts()
        try own.close()
        try keepOriginals(facts.originals)

        var generation = try self.generation(isNew: isNew, madeAtMilliseconds: made)
        let piece = try Piece(
            of: scratch, since: generation.digests, number: generation.next, made, facts,
            software: options.software)
        let bytes = try piece.write(
            to: generation.folder + "/" + FollowFolder.pieceName(generation.next), key: key)
        generation.next += 1
        generation.digests = piece.digests
        self.generation = generation
        let took = (ContinuousClock.now - begun) / .milliseconds(1)
        let status = FollowFolder.Status(
            copiedAtMilliseconds: made, change: facts.lastChange,
            everySeconds: options.everySeconds, tookMilliseconds: Int64(took),
            pages: piece.changed.count, pageCount: piece.digests.count, bytes: bytes)
        try folder.keep(status)
        if isNew { dropOld() }
        return status
    }

    private func generation(isNew: Bool, madeAtMilliseconds made: Int64) throws -> Generation {
        if !isNew, let generation { return generation }
        // Names sort by time, also after the clock went back.
        let last = folder.generations().last.flatMap {
            Int64(Files.name(of: $0).dropFirst(FollowFolder.generation.count))
        }
        let name = "\(FollowFolder.generation)\(max(made, (last ?? 0) + 1))"
        let path = folder.path + "/" + name
        try Files.makeFolder(path)
        try Files.syncFolder(folder.path)
        return Generation(folder: path, begunAtMilliseconds: made)
    }

    private func dropOld() {
        for path in folder.generations().dropLast(max(1, options.keptGenerations)) {
            Files.remove(path)
        }
    }

    private func keepOriginals(_ digests: [String]) throws {
        let ending = key == nil ? "" : FollowFolder.sealed
        let kept = Set(Files.names(in: folder.originals) ?? [])
        for digest in digests where BackupFolder.isDigest(digest) && !kept.contains(digest + ending)
        {
            let from = source.originalsPath + "/" + digest
            guard Files.isFile(from) else { continue }
            let target = folder.originals + "/" + digest + ending
            let partial = "\(target).part"
            unlink(partial)
            let sink = try Streams.sink(
                partial, key: key, madeAtMilliseconds: WallClock.milliseconds())
            try sink.take(try PlainSource(from))
            try Files.rename(partial, to: target)
        }
    }

    private static func lines(_ status: FollowFolder.Status) -> [Wording] {
        let size = BackupLines.bytes(status.bytes)
        let at = status.copiedAt
        return [
            Wording(
                "\(at): đã chép đến thay đổi \(status.change), \(status.pages)/\(status.pageCount) trang, \(size), \(status.tookMilliseconds) ms",
                "\(at): copied up to change \(status.change), \(status.pages)/\(status.pageCount) pages, \(size), \(status.tookMilliseconds) ms"
            )
        ]
    }
}
