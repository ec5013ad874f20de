internal import GRDB

/// What a check of the audit trail found.
public struct AuditFinding: Sendable, Equatable {
    /// The first entry that is not as it was written, or the place where one is missing.
    public var entry: Int64
    public var reason: Reason

    public enum Reason: String, Sendable {
        /// A field was changed after it was written.
        case altered
        /// It does not follow the entry before it: that one was exchanged, or entries were taken out.
        case unchained
        /// Entries are missing at this place.
        case missing
        /// Entries are missing at the end: more were written than there are.
        case shortened
        /// A change in the store that the trail does not tell.
        case untold
        /// A head that was noted down before is not in the trail.
        case otherHead = "other_head"
    }
}

/// The state of the audit trail.
public struct AuditState: Sendable, Equatable {
    public var entries: Int64
    /// Digest of the last entry; 64 zeros of an empty trail.
    public var head: String
    /// nil when the trail is intact.
    public var broken: AuditFinding?
}

extension ReadScope {
    /// Entries that the check holds in memory at once.
    static let auditPage = 1000

    /// Checks the whole trail: each entry against its digest and the one before, that none is missing, and
    /// that every change of the store stands in it.
    ///
    /// - Parameter noted: the digest of a head that was exported before; it must still be in the trail.
    public func verifyAudit(noted: String? = nil) throws -> AuditState {
        var state = AuditState(entries: 0, head: AuditEntry.start, broken: nil)
        var last: Int64 = 0
        var isNotedFound = noted == nil || noted == AuditEntry.start
        func note(_ entry: Int64, _ reason: AuditFinding.Reason) {
            if state.broken == nil { state.broken = AuditFinding(entry: entry, reason: reason) }
        }
        while true {
            let page = try auditEntries(after: last, limit: ReadScope.auditPage)
            for entry in page {
                if entry.number != last + 1 {
                    note(last + 1, .missing)
                } else if entry.previous != state.head {
                    note(entry.number, .unchained)
                }
                if !entry.isIntact { note(entry.number, .altered) }
                if entry.digest == noted { isNotedFound = true }
                state.entries += 1
                state.head = entry.digest
                last = entry.number
            }
            if page.count < ReadScope.auditPage { break }
        }
        if try auditEntriesWritten() > last { note(last + 1, .shortened) }
        if let change = try firstUntoldChange() { note(change, .untold) }
        if !isNotedFound { note(last, .otherHead) }
        return state
    }

    /// The highest number that an entry ever got.
    private func auditEntriesWritten() throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'audit'") ?? 0
    }

    /// A change since the trail began that no entry tells. One that is still under way, or was taken back
    /// before anyone saw it, has none.
    private func firstUntoldChange() throws -> Int64? {
        try Int64.fetchOne(
            db,
            sql: """
                SELECT change_no FROM changes
                WHERE change_no > (SELECT change_no FROM audit_begin)
                    AND kind NOT IN ('publish', 'dropped')
                    AND change_no NOT IN
                        (SELECT change_no FROM staged_changes WHERE published_as IS NULL)
                    AND change_no NOT IN
                        (SELECT change_no FROM audit WHERE change_no IS NOT NULL)
                ORDER BY change_no LIMIT 1
                """)
    }
}
