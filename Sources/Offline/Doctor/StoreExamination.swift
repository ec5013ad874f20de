import Glibc
import Store

/// What the store says of itself, and whether what it says is true.
struct StoreExamination {
    enum Limits {
        static let told = 20
        /// Files of the spool that nobody touched for so long are left over.
        static let spoolSeconds = 86_400
    }

    let folder: BackupFolder
    /// Whether a coordinator has the data folder.
    let isRunning: Bool

    /// - Returns: the findings, and when the last change was made.
    func run(isDeep: Bool) -> (findings: [DoctorFinding], lastAtMilliseconds: Int64) {
        var findings: [DoctorFinding] = []
        do {
            let inspection = try StoreInspection(path: folder.storePath)
            defer { try? inspection.close() }
            findings.append(schema(inspection.schema))
            let facts = try inspection.facts()
            findings += try references(inspection)
            findings += try audit(inspection, facts)
            findings += try unfinished(inspection)
            findings += originals(facts.originals, isDeep: isDeep)
            if isDeep {
                findings += try integrity(inspection)
                findings += try seals(inspection)
            }
            return (findings, facts.lastAtMilliseconds)
        } catch {
            findings.append(unreadable(error))
            return (findings, 0)
        }
    }

    private func unreadable(_ failure: StoreFailure) -> DoctorFinding {
        DoctorFinding(
            failure.reason == .corrupt ? "integrity" : "store", .problem, folder.storePath,
            Wording(failure.message, failure.message),
            failure.reason == .corrupt
                ? StoreExamination.restore : Wording(failure.hint, failure.hint))
    }

    private static let restore = Wording(
        "dừng hệ thống, khôi phục bản sao lưu tốt gần nhất (docs/operating/recover.md)",
        "stop the fleet, restore the last good backup (docs/operating/recover.md)")

    private func schema(_ found: Int) -> DoctorFinding {
        let said = Wording("phiên bản lược đồ \(found)", "schema \(found)")
        guard found < Schema.version else {
            return DoctorFinding("schema", .ok, folder.storePath, said)
        }
        return DoctorFinding(
            "schema", .warning, folder.storePath, said,
            Wording(
                "coordinator phiên bản này sẽ nâng lên \(Schema.version) khi khởi động; sao lưu trước",
                "this version's coordinator upgrades it to \(Schema.version) when it starts; back it up"
            ))
    }

    private func references(_ inspection: StoreInspection) throws(StoreFailure) -> [DoctorFinding] {
        let found = try inspection.danglingReferences(limit: Limits.told)
        return told(
            found, "foreign_keys", Wording("mọi dòng đều có chỗ gắn", "every row hangs on one"),
            Wording("dòng trỏ tới dòng không có", "a row refers to one that is not there"))
    }

    private func audit(
        _ inspection: StoreInspection, _ facts: StoreFacts
    ) throws(StoreFailure) -> [DoctorFinding] {
        let finding = try inspection.auditFinding()
        return told(
            finding.map { ["\($0.reason.rawValue) \($0.entry)"] } ?? [], "audit",
            Wording(
                "\(facts.auditEntries) mục, head \(facts.auditHead)",
                "\(facts.auditEntries) entries, head \(facts.auditHead)"),
            Wording("chuỗi nhật ký bị sửa hoặc thiếu", "the trail was altered or shortened"))
    }

    private func integrity(_ inspection: StoreInspection) throws(StoreFailure) -> [DoctorFinding] {
        told(
            try inspection.integrity(limit: Limits.told), "integrity",
            Wording("các trang và chỉ mục nguyên vẹn", "pages and indexes are sound"),
            Wording("trang hoặc chỉ mục hỏng", "a page or an index is damaged"))
    }

    private func seals(_ inspection: StoreInspection) throws(StoreFailure) -> [DoctorFinding] {
        let found = try inspection.sealFindings().map { finding in
            let change = finding.change.map { " (change \($0))" } ?? ""
            return "\(finding.table) \(finding.rows)\(change): \(finding.reason.rawValue)"
        }
        return told(
            found, "rows", Wording("mọi dòng như khi ghi", "every row is as it was written"),
            Wording(
                "dòng bị chương trình khác sửa, thêm hoặc xóa",
                "a row was altered, added or removed by another program"))
    }

    /// One finding a thing found, or one that all is well.
    private func told(
        _ found: [String], _ check: String, _ well: Wording, _ bad: Wording
    ) -> [DoctorFinding] {
        guard !found.isEmpty else {
            return [DoctorFinding(check, .ok, folder.storePath, well)]
        }
        return found.prefix(Limits.told).map {
            DoctorFinding(check, .problem, $0, bad, StoreExamination.restore)
        }
    }

    // MARK: Orphans

    private func unfinished(_ inspection: StoreInspection) throws(StoreFailure) -> [DoctorFinding] {
        let changes = try inspection.unfinishedImports()
        let isAtWork = isRunning || changes.isEmpty
        return [
            DoctorFinding(
                "staged_rows", isAtWork ? .ok : .warning, folder.storePath,
                Wording(
                    "\(changes.count) lần nhập dở dang", "\(changes.count) imports under way"),
                isAtWork
                    ? Wording("", "")
                    : Wording(
                        "không ai thấy các dòng đó; lần nhập sau sẽ dọn",
                        "nobody sees these rows; the next import takes them away"))
        ]
    }

    /// Originals that no import came of, imports whose original is gone, and with `isDeep` those that have changed.
    private func originals(_ digests: [String], isDeep: Bool) -> [DoctorFinding] {
        let kept = Set(Files.names(in: folder.originalsPath) ?? [])
        let wanted = Set(digests)
        var findings: [DoctorFinding] = []
        for digest in digests.filter({ !kept.contains($0) }).prefix(Limits.told) {
            findings.append(
                DoctorFinding(
                    "originals", .warning, digest,
                    Wording("thiếu tệp gốc của một lần nhập", "the original of an import is gone"),
                    Wording(
                        "lấy lại từ bản sao lưu vào \(folder.originalsPath)",
                        "take it from a backup to \(folder.originalsPath)")))
        }
        if !isRunning {
            for name in kept.subtracting(wanted).sorted().prefix(Limits.told) {
                findings.append(
                    DoctorFinding(
                        "originals", .warning, name,
                        Wording("tệp gốc không thuộc lần nhập nào", "an original of no import"),
                        Wording(
                            "xóa \(folder.originalsPath)/\(name)",
                            "remove \(folder.originalsPath)/\(name)")))
            }
        }
        if isDeep {
            for digest in digests where kept.contains(digest) {
                let path = folder.originalsPath + "/" + digest
                guard (try? Files.digest(of: path).sha256) != digest else { continue }
                findings.append(
                    DoctorFinding(
                        "originals", .problem, digest,
                        Wording("tệp gốc bị sửa", "the original was altered"),
                        Wording("lấy lại từ bản sao lưu", "take it from a backup")))
            }
        }
        guard findings.isEmpty else { return findings }
        return [
            DoctorFinding(
                "originals", .ok, folder.originalsPath,
                Wording("\(wanted.count) tệp gốc", "\(wanted.count) originals"))
        ]
    }
}
