internal import GRDB
public import Rules

public enum ProposalState: String, Sendable, CaseIterable { case draft, approved, refused }

/// A proposal of a title or an award, with the record on which it was drafted.
public struct StoredProposal: Sendable, Equatable {
    public var number: Int64
    public var campaign: String
    /// `officer` or `unit`
    public var kind: String
    public var code: String
    public var unit: String
    public var title: AwardTitle
    public var state: ProposalState
    public var draftedBy: String
    public var draftedAtMilliseconds: Int64
    public var asOf: Day
    public var reason: String
    /// Line by line.
    public var record: [String]
    public var decidedBy: String?
    public var decidedAtMilliseconds: Int64?
    public var decisionReason: String?

    public init(
        campaign: String, kind: String, code: String, unit: String, title: AwardTitle,
        draftedBy: String, draftedAtMilliseconds: Int64, asOf: Day, reason: String,
        record: [String]
    ) {
        number = 0
        self.campaign = campaign
        self.kind = kind
        self.code = code
        self.unit = unit
        self.title = title
        state = .draft
        self.draftedBy = draftedBy
        self.draftedAtMilliseconds = draftedAtMilliseconds
        self.asOf = asOf
        self.reason = reason
        self.record = record
    }
}

extension ReadScope {
    /// The campaign's proposals in the order in which they were drafted.
    public func proposals(campaign: String) throws -> [StoredProposal] {
        var proposals: [StoredProposal] = []
        try db.forEachFact(
            """
            SELECT proposal_id, kind, code, unit_code, title, state, drafted_by, drafted_at_ms,
                as_of, reason, record, decided_by, decided_at_ms, decision_reason
            FROM emulation_proposals WHERE campaign_id = ? ORDER BY proposal_id
            """, [.text(campaign)]
        ) { row in
            var proposal = StoredProposal(
                campaign: campaign, kind: row.text(1), code: row.text(2), unit: row.text(3),
                title: try row.word(4, AwardTitle.self), draftedBy: row.text(6),
                draftedAtMilliseconds: row.int64(7), asOf: try row.day(8), reason: row.text(9),
                record: row.text(10).split(separator: "\n").map(String.init))
            proposal.number = row.int64(0)
            proposal.state = try row.word(5, ProposalState.self)
            proposal.decidedBy = row.optionalText(11)
            proposal.decidedAtMilliseconds = row.isNull(12) ? nil : row.int64(12)
            proposal.decisionReason = row.optionalText(13)
            proposals.append(proposal)
        }
        return proposals
    }
}

extension WriteScope {
    /// Keeps a draft; gives its number.
    public func draft(_ proposal: StoredProposal, stamp: ChangeStamp) throws -> Int64 {
        let change = try newChange(
            kind: "emulation", stamp: stamp, subject: proposal.code,
            detail: "\(proposal.campaign) draft \(proposal.title.rawValue)")
        try db.execute(
            sql: """
                INSERT INTO emulation_proposals
                    (campaign_id, kind, code, unit_code, title, state, drafted_by, drafted_at_ms,
                     as_of, reason, record, change_no)
                VALUES (?, ?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                proposal.campaign, proposal.kind, proposal.code, proposal.unit,
                proposal.title.rawValue, proposal.draftedBy, proposal.draftedAtMilliseconds,
                proposal.asOf.number, proposal.reason,
                proposal.record.joined(separator: "\n"), change,
            ])
        return db.lastInsertedRowID
    }

    /// A person decides a draft; the store itself refuses to decide twice.
    public func decideProposal(
        _ number: Int64, _ state: ProposalState, reason: String, stamp: ChangeStamp
    ) throws {
        _ = try newChange(
            kind: "emulation", stamp: stamp, subject: "proposal \(number)", detail: state.rawValue)
        try db.execute(
            sql: """
                UPDATE emulation_proposals
                SET state = ?, decided_by = ?, decided_at_ms = ?, decision_reason = ?
                WHERE proposal_id = ?
                """,
            arguments: [
                state.rawValue, stamp.principal, stamp.receivedAtMilliseconds, reason, number,
            ])
    }
}
