import Digests
import Glibc
import Store

/// `backup verify`, `backup restore`.
public struct BackupReading: Sendable {
    public var file: String
    public var keyFile: String?

    public init(file: String, keyFile: String? = nil) {
        self.file = file
        self.keyFile = keyFile
    }

    /// Reads the whole backup and holds it against its manifest.
    ///
    /// - Parameter isDeep: also unpacks the store beside it and checks that as a restore does.
    public func verify(isDeep: Bool) throws -> BackupMade {
        let reader = try ArchiveReader(file, key: try keyFile.map(KeyFile.read))
        // The clear copy of a sealed backup does not touch the place of the backup.
        let place = reader.isSealed ? BackupReading.temporary : Files.parent(of: file)
        let copy = "\(place)/\(Files.name(of: file)).\(getpid()).store"
        defer { for ending in ["", "-wal", "-shm"] { unlink(copy + ending) } }
        try reader.readAll { wanted in
            isDeep && wanted.name == BackupFolder.store ? try PlainSink(copy) : nil
        }
        if isDeep { try BackupReading.check(store: copy, reader.manifest) }
        let size = Files.state(file).map { Int64($0.st_size) } ?? 0
        var made = BackupMade(
            reader.manifest, path: file, size: size, isSealed: reader.isSealed)
        made.schema = "caodiem.backup-verify/1"
        return made
    }

    private static var temporary: String {
        getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
    }

    /// Unpacks the backup into a data folder that is not there or empty: under another name, checked whole, and
    /// named last, so that there is all of it or nothing.
    public func restore(to data: String) throws -> BackupRestored {
        let target = try NewFolder(data)
        let reader = try ArchiveReader(file, key: try keyFile.map(KeyFile.read))
        try target.fill { partial in
            try unpack(reader, into: partial)
            try BackupReading.check(store: partial + "/" + BackupFolder.store, reader.manifest)
        }
        return BackupRestored(reader.manifest, from: file, data: target.path)
    }

    private func unpack(_ reader: ArchiveReader, into folder: String) throws {
        let places = [
            BackupFolder.originals: folder + "/spool/originals", BackupFolder.folder: folder,
            BackupFolder.configuration: folder + "/restored-config",
        ]
        try Files.makeFolder(folder + "/spool")
        for place in places.values.sorted() { try Files.makeFolder(place) }
        try reader.readAll { file in
            let parts = file.name.split(separator: "/").map(String.init)
            guard parts.count == 2, let place = places[parts[0]] else {
                return try PlainSink(folder + "/" + BackupFolder.store)
            }
            return try PlainSink(place + "/" + parts[1])
        }
        let config = folder + "/restored-config"
        if rmdir(config) != 0 { try Files.syncFolder(config) }
        try Files.syncFolder(folder + "/spool/originals")
        try Files.syncFolder(folder + "/spool")
    }

    /// The unpacked store is sound and is the one that the manifest tells of.
    static func check(store: String, _ manifest: Manifest) throws {
        do {
            let inspection = try StoreInspection(path: store, isOwnCopy: true)
            try StoreSoundness.require(inspection)
            let facts = try inspection.facts()
            try inspection.close()
            guard facts.schema == manifest.storeSchema, facts.lastChange == manifest.change,
                facts.auditHead == manifest.auditHead,
                facts.auditEntries == manifest.auditEntries
            else {
                throw OfflineProblem(
                    "DAMAGED",
                    Wording(
                        "kho dữ liệu không khớp bản kê", "the store is not what the manifest says"),
                    place: store)
            }
        } catch let failure as StoreFailure { throw OfflineProblem(failure, store) }
    }
}

/// `caodiem.backup-restore/1`
public struct BackupRestored: Encodable, Sendable {
    public var schema = "caodiem.backup-restore/1"
    public var data: String
    public var from: String
    public var madeAt: String
    public var storeSchema: Int
    public var change: Int64
    public var auditEntries: Int64
    public var auditHead: String
    public var originals: Int
    public var missingOriginals: [String]
    /// Whether configuration files were unpacked beside it, to be put where they belong.
    public var hasConfiguration: Bool

    init(_ manifest: Manifest, from file: String, data: String) {
        self.data = data
        from = file
        madeAt = manifest.madeAt
        storeSchema = manifest.storeSchema
        change = manifest.change
        auditEntries = manifest.auditEntries
        auditHead = manifest.auditHead
        originals = manifest.files.count { $0.name.hasPrefix(BackupFolder.originals + "/") }
        missingOriginals = manifest.missingOriginals
        hasConfiguration = manifest.files.contains {
            $0.name.hasPrefix(BackupFolder.configuration + "/")
        }
    }
}
