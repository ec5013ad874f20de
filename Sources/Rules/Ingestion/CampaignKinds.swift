/// Kinds of rows about the work of a campaign on its cases: who plans, persuades, coerces, asks and directs.
extension ImportKind {
    static let ofCampaign = [
        planSteps, persuasions, coercions, guidance, directions, obstacles, coordination,
        fileReviews, exemptions, unitDuties,
    ]

    public static let planSteps = ImportKind(
        name: "plan_steps", title: "Kế hoạch giải quyết", parent: .aCase,
        columns: caseKey + [
            must("step_no", .integer),
            must("measure", .choice(PlanMeasure.allCases.map(\.rawValue))),
            must("due_on", .day),
            may("owner", .text),
            may("description", .text),
            may("done_on", .day),
            may("result", .text),
        ], keyCount: 3)

    public static let persuasions = ImportKind(
        name: "persuasions", title: "Vận động thuyết phục", parent: .aCase,
        columns: caseKey + [
            must("held_on", .day),
            must("party", .choice(PersuadedParty.allCases.map(\.rawValue))),
            may("outcome", .choice(PersuasionOutcome.allCases.map(\.rawValue))),
            may("description", .text),
        ], keyCount: 3)

    public static let coercions = ImportKind(
        name: "coercions", title: "Cưỡng chế", parent: .aCase,
        columns: caseKey + [
            must("decided_on", .day),
            must("measure", .choice(CoercionMeasure.allCases.map(\.rawValue))),
            may("number", .text),
            may("planned_on", .day),
            may("notified_on", .day),
            may("carried_out_on", .day),
            may("mobilised", .flag),
            may("cost", .money),
            may("outcome", .choice(CoercionOutcome.allCases.map(\.rawValue))),
        ], keyCount: 3)

    public static let guidance = ImportKind(
        name: "guidance", title: "Xin ý kiến, hướng dẫn", parent: .aCase,
        columns: caseKey + [
            must("asked_on", .day),
            must("asked_of", .choice(GuidanceSource.allCases.map(\.rawValue))),
            may("question", .text),
            may("answered_on", .day),
            may("answer_no", .text),
            may("measure", .text),
            may("due_on", .day),
            may("done_on", .day),
            may("obstacle_reported_on", .day),
        ], keyCount: 3)

    public static let directions = ImportKind(
        name: "directions", title: "Chỉ đạo", parent: .aCase,
        columns: caseKey + [
            must("direction_no", .text),
            must("issued_on", .day),
            must("due_on", .day),
            may("issuer", .choice(DirectionIssuer.allCases.map(\.rawValue))),
            may("content", .text),
            may("done_on", .day),
            may("obstacle_reported_on", .day),
        ], keyCount: 3)

    public static let obstacles = ImportKind(
        name: "obstacles", title: "Khó khăn, vướng mắc", parent: .aCase,
        columns: caseKey + [
            must("found_on", .day),
            must("description", .text),
            may("category", .text),
            may("proposed_remedy", .text),
            may("reported_on", .day),
            may("resolved_on", .day),
            may("resolution", .text),
        ], keyCount: 3)

    public static let coordination = ImportKind(
        name: "coordination", title: "Phối hợp", parent: .aCase,
        columns: caseKey + [
            must("held_on", .day),
            must("agency", .choice(PartnerAgency.allCases.map(\.rawValue))),
            may("content", .text),
            may("agreed_measure", .text),
            may("due_on", .day),
            may("done_on", .day),
        ], keyCount: 4)

    public static let fileReviews = ImportKind(
        name: "file_reviews", title: "Kiểm tra hồ sơ", parent: .aCase,
        columns: caseKey + [
            must("reviewed_on", .day),
            must("result", .choice(ReviewResult.allCases.map(\.rawValue))),
            may("reviewer", .text),
            may("findings", .text),
            may("repair_due_on", .day),
            may("repaired_on", .day),
        ], keyCount: 3)

    public static let exemptions = ImportKind(
        name: "exemptions", title: "Miễn, giảm", parent: .aCase,
        columns: caseKey + [
            must("proposed_on", .day),
            must("kind", .choice(ExemptionKind.allCases.map(\.rawValue))),
            may("amount", .money),
            may("sent_on", .day),
            may("decided_on", .day),
            may("outcome", .choice(ExemptionOutcome.allCases.map(\.rawValue))),
            may("granted_amount", .money),
        ], keyCount: 3)

    public static let unitDuties = ImportKind(
        name: "unit_duties", title: "Nhiệm vụ của đơn vị", parent: .unit,
        columns: [
            unitCode,
            must("duty_no", .text),
            must("title", .text),
            must("due_on", .day),
            may("paragraph", .text),
            may("done_on", .day),
        ], keyCount: 2)
}
