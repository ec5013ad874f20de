internal import GRDB
public import Rules

extension ReadScope {
    /// The registered firms of a role, by code.
    public func firms(_ role: FirmRole) throws -> [RegisteredFirm] {
        let (table, code) =
            switch role {
            case .appraiser: ("appraisers", "appraiser_code")
            case .auctionHouse: ("auction_houses", "house_code")
            }
        var firms: [RegisteredFirm] = []
        try db.forEachFact(
            """
            SELECT \(code), name, licence_no, licensed_on, licence_until, suspended_from,
                suspended_until, capability, value_up_to, address
            FROM current_\(table) ORDER BY \(code)
            """
        ) { row in
            var firm = RegisteredFirm(role: role, code: row.text(0), name: row.text(1))
            firm.licenceNo = row.optionalText(2)
            firm.licensedOn = try row.optionalDay(3)
            firm.licenceUntil = try row.optionalDay(4)
            firm.suspendedFrom = try row.optionalDay(5)
            firm.suspendedUntil = try row.optionalDay(6)
            firm.capability = try row.optionalWord(7, FirmCapability.self)
            firm.valueUpTo = row.optionalDong(8)
            firm.address = row.optionalText(9)
            firms.append(firm)
        }
        return firms
    }

    /// The registered firms of a role, found by code or name.
    public func firmRegister(_ role: FirmRole) throws -> FirmRegister {
        FirmRegister(role, try firms(role))
    }

    public func registeredFirms() throws -> RegisteredFirms {
        RegisteredFirms(
            houses: try firmRegister(.auctionHouse), appraisers: try firmRegister(.appraiser))
    }
}

/// Where a row came from.
public struct RowSource: Sendable, Equatable {
    public let change: Int64
    /// Name of the imported file; empty where the row was not imported.
    public let file: String
    /// 1-based, the heading counts.
    public let line: Int
}

extension ReadScope {
    /// Where the row of a signal's evidence came from; nil when it is no longer there.
    public func source(of evidence: AuctionEvidence) throws -> RowSource? {
        let (table, number) =
            switch evidence.kind {
            case .assets: ("assets", "0")
            case .valuations: ("valuations", "t.number")
            case .rounds: ("rounds", "t.round")
            case .reductions: ("reductions", "t.number")
            }
        let join = evidence.kind == .assets ? "t.id = a.id" : "t.asset_id = a.id"
        var source: RowSource?
        try db.forEachFact(
            """
            SELECT t.change_no, coalesce(f.name, ''), t.line
            FROM units u JOIN cases c ON c.unit_id = u.id JOIN assets a ON a.case_id = c.id
            JOIN current_\(table) t ON \(join)
            LEFT JOIN import_files f ON f.change_no = t.change_no AND f.file_no = t.file_no
            WHERE u.unit_code = ? AND c.decision_no = ? AND a.asset_no = ? AND \(number) = ?
            """,
            [
                .text(evidence.key.unit), .text(evidence.key.decisionNo), .text(evidence.assetNo),
                .integer(Int64(evidence.number)),
            ]
        ) { row in
            source = RowSource(change: row.int64(0), file: row.text(1), line: Int(row.int64(2)))
        }
        return source
    }
}
