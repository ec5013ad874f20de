import Digests
import Glibc
public import Rules

/// A folder of backups: what is there, and which of them go.
public struct BackupShelf: Sendable {
    /// How the names of backups end, by custom: a file so named that cannot be read is told of, too.
    public static let suffix = ".caodiem-backup"
    public let folder: String

    public init(folder: String) { self.folder = folder }

    /// A backup in the folder.
    public struct Item: Encodable, Sendable {
        public var name: String
        public var size: Int64
        public var isSealed: Bool
        /// nil where the head cannot be read: it is no backup, or damaged.
        public var madeAt: String?
        public var madeAtMilliseconds: Int64?
        /// Why it stays; empty of one that goes. Not told by `list`.
        public var reasons: [String]?
    }

    /// `caodiem.backup-list/1`, `caodiem.backup-prune/1`
    public struct Listing: Encodable, Sendable {
        public var schema: String
        public var folder: String
        public var dryRun: Bool?
        public var backups: [Item]
    }

    public func list() throws -> Listing {
        Listing(schema: "caodiem.backup-list/1", folder: folder, backups: try items())
    }

    /// Removes the backups that no rule keeps. What cannot be read stays, and is told.
    public func prune(_ retention: Retention, isDryRun: Bool) throws -> Listing {
        var items = try items()
        let dated = items.indices.filter { items[$0].madeAtMilliseconds != nil }
        let judged = retention.judged(
            dated.map { index in
                let made = items[index].madeAtMilliseconds ?? 0
                return Retention.Made(
                    day: BackupShelf.vietnamDay(of: made), atMilliseconds: made)
            })
        for (index, verdict) in zip(dated, judged) {
            items[index].reasons = verdict.reasons.map(\.rawValue).sorted()
            if verdict.stays || isDryRun { continue }
            let path = folder + "/" + items[index].name
            guard unlink(path) == 0 else {
                throw Files.problem(Wording("không xóa được", "cannot remove"), path)
            }
        }
        if !isDryRun { try Files.syncFolder(folder) }
        return Listing(
            schema: "caodiem.backup-prune/1", folder: folder, dryRun: isDryRun, backups: items)
    }

    /// The day in Vietnam (+07:00, no summer time).
    static func vietnamDay(of milliseconds: Int64) -> Day {
        let seconds = (milliseconds / 1000) + 7 * 3600
        return Day(number: Int32(clamping: seconds >= 0 ? seconds / 86_400 : -1))
    }

    /// Oldest first; those without a readable head by name in front.
    private func items() throws -> [Item] {
        guard let names = Files.names(in: folder) else {
            throw Files.problem(Wording("không đọc được", "cannot read"), folder)
        }
        return names.filter { Files.isFile(folder + "/" + $0) }.map(item)
            .filter { $0.madeAt != nil || $0.name.hasSuffix(BackupShelf.suffix) }
            .sorted {
                ($0.madeAtMilliseconds ?? .min, $0.name) < ($1.madeAtMilliseconds ?? .min, $1.name)
            }
    }

    private func item(_ name: String) -> Item {
        let path = folder + "/" + name
        let size = Files.state(path).map { Int64($0.st_size) } ?? 0
        var item = Item(name: name, size: size, isSealed: false)
        guard let beginning = try? Files.whole(path, atMost: SealHead.size) else { return item }
        item.isSealed = SealHead.isSealed(beginning)
        if item.isSealed {
            item.madeAtMilliseconds = try? SealHead(reading: beginning).madeAtMilliseconds
        } else {
            item.madeAtMilliseconds =
                try? ArchiveReader(path, key: nil).manifest.madeAtMilliseconds
        }
        item.madeAt = item.madeAtMilliseconds.map(Answers.moment)
        return item
    }
}
