import Store

/// Whether a store may be relied upon: of a copy before it becomes a backup, and after it was unpacked.
enum StoreSoundness {
    /// Throws where SQLite's check, the references, the audit trail or the digests of rows find anything.
    static func require(_ inspection: StoreInspection) throws {
        let place = inspection.path
        do {
            let pages = try inspection.integrity(limit: 3)
            try refuse(pages.first, "INTEGRITY", place)
            try refuse(try inspection.danglingReferences(limit: 3).first, "FOREIGN_KEYS", place)
            if let finding = try inspection.auditFinding() {
                try refuse("\(finding.reason.rawValue) \(finding.entry)", "AUDIT", place)
            }
        } catch let failure as StoreFailure { throw OfflineProblem(failure, place) }
    }

    private static func refuse(_ finding: String?, _ code: String, _ place: String) throws {
        guard let finding else { return }
        throw OfflineProblem(
            code, Wording("kho dữ liệu hỏng: \(finding)", "the store is damaged: \(finding)"),
            place: place,
            remedy: Wording(
                "xem caodiem doctor --deep; khôi phục bản sao lưu trước đó",
                "see caodiem doctor --deep; restore an earlier backup"))
    }
}

extension OfflineProblem {
    init(_ failure: StoreFailure, _ place: String) {
        let isSetting = [.newerSchema, .foreign].contains(failure.reason)
        self.init(
            "STORE_\(failure.reason.rawValue.uppercased())",
            Wording(failure.message, failure.message), place: place,
            remedy: Wording(failure.hint, failure.hint),
            ending: isSetting ? .configuration : .failed)
    }
}
