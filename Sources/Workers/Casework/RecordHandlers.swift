internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Facts of a case or a unit, recorded one by one.
enum RecordHandlers {
    /// Kinds that are recorded so, with the column that says when the fact happened. Decisions are made
    /// (`Decide`); units, officers, cases and assets come by import.
    static let days: [(kind: ImportKind, column: String)] = [
        (.planSteps, "done_on"), (.persuasions, "held_on"), (.verifications, "verified_on"),
        (.coercions, "decided_on"), (.commitments, "due_on"), (.guidance, "asked_on"),
        (.directions, "issued_on"), (.obstacles, "found_on"), (.coordination, "held_on"),
        (.fileReviews, "reviewed_on"), (.violations, "found_on"), (.payments, "paid_on"),
        (.exemptions, "proposed_on"), (.unitDuties, "done_on"),
    ]

    @Sendable
    static func record(
        _ request: CaseworkV1.RecordRequest, _ call: WorkerCall
    ) async throws(Failure) -> CaseworkV1.RecordReply {
        let (kind, dayColumn) = try recorded(request.kind)
        var fields = FactFields(
            kind, unit: request.unit.composed, decisionNo: request.decisionNo.composed)
        for field in request.fields { try fields.set(field.name, field.value) }
        if !request.on.isEmpty {
            fields.fill(dayColumn, with: .integer(Int64(try call.asOf(request.on).number)))
        } else if kind.columns.contains(where: { $0.name == dayColumn && $0.isRequired }) {
            fields.fill(dayColumn, with: .integer(Int64(call.receivedOn.number)))
        }
        try requireKey(fields)
        return try await save(fields, request, call)
    }

    private static func save(
        _ fields: FactFields, _ request: CaseworkV1.RecordRequest, _ call: WorkerCall
    ) async throws(Failure) -> CaseworkV1.RecordReply {
        let kind = fields.kind
        let unit = request.unit.composed
        let decisionNo = kind.parentKeyCount > 1 ? request.decisionNo.composed : nil
        let (stamp, isTrial) = (call.stamp, request.dryRun)
        let body: @Sendable (WriteScope) throws -> CaseworkV1.RecordReply = { scope in
            try requireParent(scope.reading, unit: unit, decisionNo: decisionNo)
            let recorded = try scope.recordFact(
                fields.values, of: kind, present: fields.present, reason: "record", stamp: stamp
            ).mapError { Failure($0, kind) }.get()
            return .with {
                $0.kind = kind.name
                $0.outcome = word(of: recorded.outcome)
                $0.status = isTrial ? "dry_run" : $0.outcome
                $0.change = isTrial ? 0 : UInt64(clamping: recorded.change ?? 0)
                $0.row = FactFields.shown(recorded.row, of: kind)
            }
        }
        return isTrial ? try await call.trial(body) : try await call.save(body)
    }

    private static func recorded(_ name: String) throws(Failure) -> (ImportKind, String) {
        // One fact is spoken of in the singular: plan_step for plan_steps.
        let found = days.first { [$0.kind.name, String($0.kind.name.dropLast())].contains(name) }
        guard let found else {
            let names = days.map(\.kind.name)
            let near = VietnameseText.nearest(to: name, among: names)
            throw Failure(
                .invalidArgument, "không ghi được loại “\(name)” bằng lệnh này", field: "kind",
                hint: (near.map { "có phải là \($0)? " } ?? "")
                    + "các loại: \(names.joined(separator: ", ")); quyết định thì dùng decide")
        }
        return found
    }

    private static func requireKey(_ fields: FactFields) throws(Failure) {
        for (column, value) in zip(fields.kind.key, fields.values)
        where value == .null || value == .text("") {
            throw Failure(FactProblem.missing(column: column.name), fields.kind)
        }
    }

    /// The unit, and the case where one is named, as readers see them.
    static func requireParent(
        _ scope: ReadScope, unit: String, decisionNo: String?
    ) throws {
        if scope.sight != nil {
            guard let decisionNo else { return _ = try scope.requiredUnit(unit) }
            return _ = try scope.requiredCase(CaseKey(unit: unit, decisionNo: decisionNo))
        }
        guard try scope.stands(unit: unit, decisionNo: nil) else {
            throw Failure.unknownUnit(unit, among: try scope.units())
        }
        if let decisionNo, try !scope.stands(unit: unit, decisionNo: decisionNo) {
            throw Failure.unknownCase(CaseKey(unit: unit, decisionNo: decisionNo))
        }
    }

    private static func word(of outcome: RowOutcome) -> String {
        switch outcome {
        case .inserted: "inserted"
        case .corrected: "corrected"
        default: "unchanged"
        }
    }
}
