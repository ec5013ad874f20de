internal import GRDB
public import Rules

/// An attempt that was refused: who, when, what, and why.
public struct StoredRefusal: Sendable, Equatable {
    public let principal: String
    public let atMilliseconds: Int64
    public let campaign: String
    public let unit: String
    public let step: EmulationStep
    public let reason: SheetRefusal.Reason
    public let message: String
}

extension ReadScope {
    /// Refused attempts, oldest first; of one unit where it is named.
    public func emulationRefusals(campaign: String, unit: String?) throws -> [StoredRefusal] {
        let condition = unit == nil ? "" : "AND unit_code = ?"
        var refusals: [StoredRefusal] = []
        try db.forEachFact(
            """
            SELECT principal, at_ms, unit_code, step, reason, message FROM emulation_refusals
            WHERE campaign_id = ? \(condition) ORDER BY refusal_id
            """, [.text(campaign)] + (unit.map { [.text($0)] } ?? [])
        ) { row in
            refusals.append(
                StoredRefusal(
                    principal: row.text(0), atMilliseconds: row.int64(1), campaign: campaign,
                    unit: row.text(2), step: try row.word(3, EmulationStep.self),
                    reason: try row.word(4, SheetRefusal.Reason.self), message: row.text(5)))
        }
        return refusals
    }
}

extension WriteScope {
    /// Keeps a refused attempt; it is no change of anything, so it takes no change number. What the sheet's own
    /// state forbids stands in the audit trail by this, what the roles forbid by every mutation's own way.
    public func keep(
        _ refusal: SheetRefusal, of step: EmulationStep, campaign: String, unit: String,
        stamp: ChangeStamp
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO emulation_refusals
                    (principal, at_ms, request_id, campaign_id, unit_code, step, reason, message)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                stamp.principal, stamp.receivedAtMilliseconds, stamp.requestID, campaign, unit,
                step.rawValue, refusal.reason.rawValue, refusal.description,
            ])
        guard !refusal.isAboutRights else { return }
        try record(
            AuditedAct(
                "emulation.\(step.rawValue)", .refused, subject: unit,
                detail: refusal.reason.rawValue), stamp: stamp)
    }
}
