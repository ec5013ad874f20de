import Glibc
import Store

/// `backup create`: the whole of a data folder in one file, made while the fleet runs.
public struct BackupMaking: Sendable {
    public var data: String
    public var target: String
    /// Files of the configuration that go along.
    public var configuration: [String]
    public var keyFile: String?
    /// Product and version.
    public var software: String

    public init(
        data: String, target: String, configuration: [String] = [], keyFile: String? = nil,
        software: String
    ) {
        self.data = data
        self.target = target
        self.configuration = configuration
        self.keyFile = keyFile
        self.software = software
    }

    /// Makes the backup under a temporary name, reads it again, and gives it its own; on any problem nothing of
    /// it stays.
    public func run() throws -> BackupMade {
        guard Files.state(target) == nil else {
            throw OfflineProblem(
                "EXISTS", Wording("\(target) đã có", "\(target) is there already"), place: target,
                remedy: Wording("chọn tên khác", "choose another name"), ending: .usage)
        }
        let key = try keyFile.map(KeyFile.read)
        let folder = try BackupFolder(data)
        let partial = "\(target).\(getpid()).part"
        let copy = folder.scratch(for: target, isSealed: key != nil)
        defer {
            for path in [partial, copy, copy + "-wal", copy + "-shm", copy + "-journal"] {
                unlink(path)
            }
        }
        close(try Files.created(copy))
        let made = WallClock.milliseconds()
        let (manifest, places) = try survey(folder, copy: copy, madeAtMilliseconds: made)
        let sink = try Streams.sink(partial, key: key, madeAtMilliseconds: made)
        let writer = ArchiveWriter(sink, madeAtMilliseconds: made)
        try writer.add(Manifest.name, bytes: try manifest.bytes())
        for (file, place) in zip(manifest.files, places) { try writer.add(file, from: place) }
        try writer.finish()
        let again = try ArchiveReader(partial, key: key)
        guard again.manifest == manifest else {
            throw OfflineProblem(
                "DAMAGED",
                Wording("đọc lại không giống khi ghi", "it does not read as it was written"),
                place: target)
        }
        try again.readAll { _ in nil }
        let size = Files.state(partial).map { Int64($0.st_size) } ?? 0
        try Files.rename(partial, to: target)
        return BackupMade(manifest, path: target, size: size, isSealed: key != nil)
    }

    /// Copies the store, and says what goes into the backup and where each file stands.
    private func survey(
        _ folder: BackupFolder, copy: String, madeAtMilliseconds: Int64
    ) throws -> (Manifest, places: [String]) {
        let facts: StoreFacts
        do {
            let live = try StoreInspection(path: folder.storePath)
            try live.copy(to: copy)
            try live.close()
            let own = try StoreInspection(path: copy, isOwnCopy: true)
            try StoreSoundness.require(own)
            facts = try own.facts()
            try own.close()
        } catch let failure as StoreFailure { throw OfflineProblem(failure, folder.storePath) }
        let store = try Files.digest(of: copy)
        let (originals, missing) = try folder.originals(facts.originals)
        let beside =
            try folder.sideFiles() + BackupFolder.configuration(configuration)
        let storeFile = Manifest.File(
            name: BackupFolder.store, size: store.size, sha256: store.sha256)
        let manifest = Manifest(
            madeAtMilliseconds: madeAtMilliseconds, software: software, storeSchema: facts.schema,
            change: facts.lastChange, auditEntries: facts.auditEntries,
            auditHead: facts.auditHead, missingOriginals: missing,
            files: [storeFile] + originals + beside.map(\.file))
        let places =
            [copy] + originals.map { folder.originalsPath + "/" + $0.sha256 }
            + beside.map(\.path)
        return (manifest, places)
    }
}

/// `caodiem.backup-create/1`, `caodiem.backup-verify/1`: what a backup holds.
public struct BackupMade: Encodable, Sendable {
    public var schema = "caodiem.backup-create/1"
    public var path: String
    public var size: Int64
    public var isSealed: Bool
    public var madeAt: String
    public var software: String
    public var storeSchema: Int
    public var change: Int64
    public var auditEntries: Int64
    public var auditHead: String
    public var originals: Int
    public var missingOriginals: [String]

    init(_ manifest: Manifest, path: String, size: Int64, isSealed: Bool) {
        self.path = path
        self.size = size
        self.isSealed = isSealed
        madeAt = manifest.madeAt
        software = manifest.software
        storeSchema = manifest.storeSchema
        change = manifest.change
        auditEntries = manifest.auditEntries
        auditHead = manifest.auditHead
        originals = manifest.files.count { $0.name.hasPrefix(BackupFolder.originals + "/") }
        missingOriginals = manifest.missingOriginals
    }
}
