/// A kind of import file: its base name and canonical columns, required ones first.
public enum TableKind: String, CaseIterable, Sendable {
    case units, officers, cases, decisions, payments, verifications, assets, valuations, rounds
    case reductions, offers, nominations, commitments, violations, reports
    case planSteps = "plan_steps"
    case persuasions, coercions, guidance, directions, obstacles, coordination
    case fileReviews = "file_reviews"
    case exemptions
    case unitDuties = "unit_duties"
    case appraisers
    case auctionHouses = "auction_houses"

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
        case .unitDuties:
            return ["unit_code", "duty_no", "title", "due_on", "paragraph", "done_on"]
        case .appraisers: return ["appraiser_code"] + TableKind.firmColumns
        case .auctionHouses: return ["house_code"] + TableKind.firmColumns
        case .planSteps, .persuasions, .coercions, .guidance, .directions, .obstacles,
            .coordination, .fileReviews, .exemptions:
            return caseKey + (TableKind.campaignColumns[self] ?? [])
        }
    }

    private static let campaignColumns: [TableKind: [String]] = [
        .planSteps: ["step_no", "measure", "due_on", "owner", "description", "done_on", "result"],
        .persuasions: ["held_on", "party", "outcome", "description"],
        .coercions: [
            "decided_on", "measure", "number", "planned_on", "notified_on", "carried_out_on",
            "mobilised", "cost", "outcome",
        ],
        .guidance: [
            "asked_on", "asked_of", "question", "answered_on", "answer_no", "measure", "due_on",
            "done_on", "obstacle_reported_on",
        ],
        .directions: [
            "direction_no", "issued_on", "due_on", "issuer", "content", "done_on",
            "obstacle_reported_on",
        ],
        .obstacles: [
            "found_on", "description", "category", "proposed_remedy", "reported_on", "resolved_on",
            "resolution",
        ],
        .coordination: ["held_on", "agency", "content", "agreed_measure", "due_on", "done_on"],
        .fileReviews: [
            "reviewed_on", "result", "reviewer", "findings", "repair_due_on", "repaired_on",
        ],
        .exemptions: [
            "proposed_on", "kind", "amount", "sent_on", "decided_on", "outcome", "granted_amount",
        ],
    ]

    private static let firmColumns = [
        "name", "licence_no", "licensed_on", "licence_until", "suspended_from", "suspended_until",
        "capability", "value_up_to", "address",
    ]
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
