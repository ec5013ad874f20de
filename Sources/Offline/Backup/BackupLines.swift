/// What people read of backups.
public enum BackupLines {
    public static func made(_ made: BackupMade, verified: Bool) -> [Wording] {
        let size = bytes(made.size)
        let sealed = made.isSealed ? Wording(", đã mã hóa", ", sealed") : Wording("", "")
        let head =
            verified
            ? Wording("Bản sao lưu \(made.path) nguyên vẹn", "The backup \(made.path) is sound")
            : Wording(
                "Đã sao lưu vào \(made.path) và đọc lại", "Backed up to \(made.path), read again")
        return [
            Wording("\(head.vi) (\(size)\(sealed.vi)).", "\(head.en) (\(size)\(sealed.en))."),
            standing(made.madeAt, made.change, made.originals),
            auditHead(made.auditEntries, made.auditHead),
        ] + missing(made.missingOriginals)
    }

    public static func restored(_ restored: BackupRestored) -> [Wording] {
        var lines = [
            Wording(
                "Đã khôi phục vào \(restored.data), đã kiểm tra toàn bộ.",
                "Restored to \(restored.data), checked whole."),
            standing(restored.madeAt, restored.change, restored.originals),
            auditHead(restored.auditEntries, restored.auditHead),
        ]
        if restored.hasConfiguration {
            lines.append(
                Wording(
                    "Tệp cài đặt nằm ở \(restored.data)/restored-config.",
                    "Configuration files stand in \(restored.data)/restored-config."))
        }
        lines += missing(restored.missingOriginals)
        lines.append(
            Wording(
                "Tiếp theo: caodiem-coordinator --data \(restored.data)",
                "Next: caodiem-coordinator --data \(restored.data)"))
        return lines
    }

    public static func listing(_ listing: BackupShelf.Listing) -> [Wording] {
        guard !listing.backups.isEmpty else {
            return [
                Wording(
                    "Không có bản sao lưu nào trong \(listing.folder).",
                    "There are no backups in \(listing.folder).")
            ]
        }
        return listing.backups.map { item in
            let made =
                item.madeAt.map { Wording($0, $0) } ?? Wording("không đọc được", "unreadable")
            let sealed = item.isSealed ? Wording("  mã hóa", "  sealed") : Wording("", "")
            let verdict = self.verdict(item, isDryRun: listing.dryRun ?? true)
            return Wording(
                "\(made.vi)  \(bytes(item.size))  \(item.name)\(sealed.vi)\(verdict.vi)",
                "\(made.en)  \(bytes(item.size))  \(item.name)\(sealed.en)\(verdict.en)")
        }
    }

    private static func verdict(_ item: BackupShelf.Item, isDryRun: Bool) -> Wording {
        guard let reasons = item.reasons else { return Wording("", "") }
        if reasons.isEmpty {
            return isDryRun ? Wording("  sẽ xóa", "  would go") : Wording("  đã xóa", "  removed")
        }
        let names = [
            "newest": "mới nhất", "daily": "ngày", "weekly": "tuần", "monthly": "tháng",
        ]
        let vietnamese = reasons.map { names[$0] ?? $0 }.joined(separator: ", ")
        return Wording("  giữ (\(vietnamese))", "  stays (\(reasons.joined(separator: ", ")))")
    }

    public static func key(_ made: KeyMade) -> [Wording] {
        [
            Wording(
                "Đã tạo khóa \(made.path). Mất khóa là mất mọi bản sao lưu mã hóa bằng nó: giữ một bản ở nơi khác.",
                "Made the key \(made.path). Who loses it loses every backup sealed with it: keep a copy elsewhere."
            )
        ]
    }

    private static func standing(_ at: String, _ change: Int64, _ originals: Int) -> Wording {
        Wording(
            "Lúc \(at), đến thay đổi số \(change), \(originals) tệp gốc.",
            "As of \(at), up to change \(change), \(originals) original files.")
    }

    private static func auditHead(_ entries: Int64, _ head: String) -> Wording {
        Wording(
            "Nhật ký: \(entries) mục, head \(head)", "Audit trail: \(entries) entries, head \(head)"
        )
    }

    private static func missing(_ digests: [String]) -> [Wording] {
        guard !digests.isEmpty else { return [] }
        return [
            Wording(
                "Thiếu hoặc hỏng \(digests.count) tệp gốc: \(digests.joined(separator: ", "))",
                "\(digests.count) originals are missing or damaged: \(digests.joined(separator: ", "))"
            )
        ]
    }

    /// `12,3 MiB`
    static func bytes(_ count: Int64) -> String {
        var (value, unit) = (Double(count), "B")
        for next in ["KiB", "MiB", "GiB", "TiB"] where value >= 1024 {
            (value, unit) = (value / 1024, next)
        }
        let tenths = Int64((value * 10).rounded())
        return unit == "B" || tenths % 10 == 0
            ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
    }
}

/// `caodiem.backup-key/1`: a fresh key in a file of its own.
public struct KeyMade: Encodable, Sendable {
    public var schema = "caodiem.backup-key/1"
    public let path: String

    /// Makes the file, which must not be there.
    public init(at path: String) throws {
        try KeyFile.make(path)
        self.path = path
    }
}
