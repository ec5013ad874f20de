/// A kind of import file: its base name and canonical columns, required ones first.
public enum TableKind: String, CaseIterable, Sendable {
    case units, officers, cases, decisions, payments, verifications, assets, valuations, rounds
    case reductions, offers, nominations, commitments, violations, reports

    /// `cases.csv` and so on.
    public var fileName: String { rawValue + ".csv" }

    /// Canonical column names in the order in which they are written.
    public var columns: [String] {
        let caseKey = ["unit_code", "decision_no"]
        let assetKey = caseKey + ["asset_no"]
        switch self {
        case .units: return ["unit_code", "name", "level", "parent_code", "cluster"]
        case .officers: return ["officer_code", "name", "unit_code"]
        case .cases: return caseKey + TableKind.caseColumns
        case .decisions:
            return caseKey + [
                "kind", "decided_on", "number", "ground", "ground_on", "until_on", "amount",
            ]
        case .payments:
            return caseKey + ["receipt_no", "paid_on", "amount", "source", "reversed_on"]
        case .verifications: return caseKey + ["verified_on", "result", "ground"]
        case .assets: return assetKey + TableKind.assetColumns
        case .valuations:
            return assetKey
                + ["number", "contract_on", "valued_on", "value", "appraiser", "valid_until"]
        case .rounds: return assetKey + TableKind.roundColumns
        case .reductions:
            return assetKey + ["number", "notice_on", "reduced_on", "reduced_price", "agreed"]
        case .offers:
            return assetKey + ["offered_on", "answer", "answered_on", "debtor_notified_on"]
        case .nominations: return caseKey + ["list", "submitted_on", "withdrawn_on", "reason"]
        case .commitments: return caseKey + ["due_on", "amount"]
        case .violations:
            return caseKey + ["found_on", "severity", "description", "repaired_on"]
        case .reports: return ["unit_code", "kind", "submitted_on", "emailed_on"]
        }
    }

    private static let caseColumns = [
        "decision_on", "initiative", "amount_due", "officer_code", "judgment_no", "judgment_on",
        "received_on", "creditor", "debtor", "debtor_address", "obligation",
        "judgment_effective_on", "assigned_on", "debtor_notified_on", "first_decision_on",
        "state_revenue", "revenue_kind", "address_unknown", "prison_until", "coercion_cost",
        "credit_institution", "sensitivity", "note",
    ]
    private static let assetColumns = [
        "asset_kind", "seized_on", "description", "valuation_contract_on", "valued_on", "value",
        "appraiser", "disposed_on", "disposal", "co_owned",
    ]
    private static let roundColumns = [
        "round", "starting_price", "auction_house", "contract_on", "procedure", "posted_on",
        "held_on", "outcome", "price", "notified_on", "notice_1_on", "notice_2_on", "deposit",
        "registrants", "paid_in_full_on", "delivered_on", "cancelled_on",
    ]
}

/// Where the finished pieces of the tables go; a piece holds whole rows in UTF-8.
public protocol TableSink {
    mutating func append(_ rows: [UInt8], to table: TableKind) throws
}
