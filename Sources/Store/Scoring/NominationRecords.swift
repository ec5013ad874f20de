internal import GRDB
public import Rules

/// A nomination to be written.
public struct NominationEntry: Sendable, Equatable {
    public var decisionNo: String
    public var list: String
    public var submittedOn: Day
    public var withdrawnOn: Day?
    public var reason: String?

    public init(
        decisionNo: String, list: String, submittedOn: Day, withdrawnOn: Day? = nil,
        reason: String? = nil
    ) {
        self.decisionNo = decisionNo
        self.list = list
        self.submittedOn = submittedOn
        self.withdrawnOn = withdrawnOn
        self.reason = reason
    }
}

extension ReadScope {
    /// The day on which the list of a unit was closed, by unit code.
    public func locks(campaign: String, list: String) throws -> [String: Day] {
        var locks: [String: Day] = [:]
        try db.forEachFact(
            """
            SELECT u.unit_code, l.locked_on FROM nomination_locks l JOIN units u ON u.id = l.unit_id
            WHERE l.campaign_id = ? AND l.list = ?
            """, [.text(campaign), .text(list)]
        ) { row in locks[row.text(0)] = try row.day(1) }
        return locks
    }
}

extension WriteScope {
    /// Writes nominations of one unit's cases under one change, as an import would: what stood before moves to
    /// the history.
    ///
    /// - Returns: the change, or the last one where nothing was to be done.
    /// - Throws: `busy` while an import that is under way brings the same nomination.
    public func nominate(
        unit: String, _ entries: [NominationEntry], stamp: ChangeStamp
    ) throws -> Int64 {
        guard !entries.isEmpty else { return try reading.lastChange() }
        let change = try newChange(kind: "nominate", stamp: stamp)
        for entry in entries { try write(entry, unit: unit, change: change) }
        return change
    }

    private func write(_ entry: NominationEntry, unit: String, change: Int64) throws {
        let found = try Int64.fetchOne(
            db,
            sql: """
                SELECT c.id FROM current_cases c JOIN units u ON u.id = c.unit_id
                WHERE u.unit_code = ? AND c.decision_no = ?
                """, arguments: [unit, entry.decisionNo])
        guard let caseID = found else {
            throw StoreFailure(
                .other, "there is no case \(entry.decisionNo) of \(unit)", hint: "import it first")
        }
        let standing = try Row.fetchOne(
            db,
            sql: """
                SELECT id, change_no IN
                    (SELECT change_no FROM staged_changes WHERE published_as IS NULL)
                FROM nominations WHERE case_id = ? AND list = ?
                """, arguments: [caseID, entry.list])
        guard let standing else { return try add(entry, caseID: caseID, change: change) }
        guard !(standing[1] as Bool) else {
            throw StoreFailure(
                .busy, "an import that is under way nominates \(entry.decisionNo), too",
                hint: "try again when it has ended")
        }
        let id: Int64 = standing[0]
        try db.execute(
            sql: "INSERT INTO nominations_history SELECT t.*, ? FROM nominations t WHERE t.id = ?",
            arguments: [change, id])
        try db.execute(
            sql: """
                UPDATE nominations SET submitted_on = ?, withdrawn_on = ?, reason = ?,
                    change_no = ?, file_no = 0, line = 0 WHERE id = ?
                """,
            arguments: [
                entry.submittedOn.number, entry.withdrawnOn?.number, entry.reason, change, id,
            ])
    }

    private func add(_ entry: NominationEntry, caseID: Int64, change: Int64) throws {
        try db.execute(
            sql: """
                INSERT INTO nominations (id, case_id, list, submitted_on, withdrawn_on, reason,
                    change_no, file_no, line)
                VALUES (
                    max(coalesce((SELECT max(id) FROM nominations), 0),
                        coalesce((SELECT max(id) FROM nominations_history), 0)) + 1,
                    ?, ?, ?, ?, ?, ?, 0, 0)
                """,
            arguments: [
                caseID, entry.list, entry.submittedOn.number, entry.withdrawnOn?.number,
                entry.reason, change,
            ])
    }

    /// Closes a list of these units; those that are closed stay so since their day.
    ///
    /// - Returns: the change, and the units that it closed; no change where all were closed.
    public func lock(
        campaign: String, list: String, units: [String], on day: Day, stamp: ChangeStamp
    ) throws -> (change: Int64, units: [String]) {
        let closed = try reading.locks(campaign: campaign, list: list)
        let open = units.filter { closed[$0] == nil }
        guard !open.isEmpty else { return (try reading.lastChange(), []) }
        let change = try newChange(kind: "lock", stamp: stamp)
        for unit in open {
            try db.execute(
                sql: """
                    INSERT INTO nomination_locks (campaign_id, list, unit_id, change_no, locked_on)
                    SELECT ?, ?, id, ?, ? FROM units WHERE unit_code = ?
                    """, arguments: [campaign, list, change, day.number, unit])
        }
        return (change, open)
    }
}
