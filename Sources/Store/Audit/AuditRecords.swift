internal import GRDB

extension WriteScope {
    /// Appends to the audit trail, in the transaction of what it tells: neither stands without the other.
    @discardableResult
    public func record(_ act: AuditedAct, stamp: ChangeStamp) throws -> AuditEntry {
        let last = try Row.fetchOne(
            db, sql: "SELECT entry_no, digest FROM audit ORDER BY entry_no DESC LIMIT 1")
        let entry = AuditEntry(
            after: last?[0] ?? 0, last?[1] ?? AuditEntry.start, stamp: stamp, act: act)
        try db.execute(
            sql: """
                INSERT INTO audit (entry_no, at_ms, principal, request_id, action, outcome, subject,
                    change_no, detail, previous, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.number, stamp.receivedAtMilliseconds, stamp.principal, stamp.requestID,
                act.action, act.outcome.rawValue, act.subject, act.change, act.detail,
                entry.previous, entry.digest,
            ])
        return entry
    }
}

extension ReadScope {
    /// Entries of the audit trail after a number, oldest first.
    public func auditEntries(after number: Int64, limit: Int) throws -> [AuditEntry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT entry_no, at_ms, principal, request_id, action, outcome, subject, change_no,
                    detail, previous, digest
                FROM audit WHERE entry_no > ? ORDER BY entry_no LIMIT ?
                """, arguments: [number, limit]
        ).map(AuditEntry.init(reading:))
    }

    /// How many entries the trail has, and the digest of the last one.
    public func auditHead() throws -> (entries: Int64, digest: String) {
        let last = try Row.fetchOne(
            db, sql: "SELECT entry_no, digest FROM audit ORDER BY entry_no DESC LIMIT 1")
        return (last?[0] ?? 0, last?[1] ?? AuditEntry.start)
    }
}

extension AuditEntry {
    /// From the columns of `auditEntries`, in their order. A word that is none is kept as a detail that no
    /// digest fits, so that the check points at the entry instead of failing.
    fileprivate init(reading row: Row) {
        let outcome = AuditOutcome(rawValue: row[5])
        self.init(
            number: row[0],
            stamp: ChangeStamp(
                principal: row[2], requestID: row[3], receivedAtMilliseconds: row[1]),
            act: AuditedAct(
                row[4], outcome ?? .refused, subject: row[6], change: row[7],
                detail: outcome == nil ? "?" : row[8]),
            previous: row[9], digest: row[10])
    }
}
