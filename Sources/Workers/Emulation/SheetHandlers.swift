internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Score sheets: shown, and filled column by column by those who may.
enum SheetHandlers {
    @Sendable
    static func sheet(
        _ request: EmulationV1.SheetRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.SheetReply {
        let day = try call.asOf(request.asOf)
        let law = call.law
        return try await call.load { scope in
            let emulation = try scope.emulation(campaign: request.campaign, law: law, asOf: day)
            return try scope.sheetView(request.unit, emulation).reply
        }
    }

    @Sendable
    static func submit(
        _ request: EmulationV1.ScoreRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.SheetReply {
        try await fill(.submit, .scored, .submitted, request, call)
    }

    @Sendable
    static func review(
        _ request: EmulationV1.ScoreRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.SheetReply {
        try await fill(.review, .reviewed, .reviewed, request, call)
    }

    @Sendable
    static func decide(
        _ request: EmulationV1.ScoreRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.SheetReply {
        try await fill(.decide, .decided, .decided, request, call)
    }

    private static func fill(
        _ step: EmulationStep, _ column: SheetColumn, _ state: SheetState,
        _ request: EmulationV1.ScoreRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.SheetReply {
        let day = try call.asOf(request.asOf)
        let asked = try request.entries.map(asked)
        let (law, stamp, received) = (call.law, call.stamp, call.receivedOn)
        return try await call.save(step, campaign: request.campaign, unit: request.unit) { scope in
            let emulation = try scope.reading.emulation(
                campaign: request.campaign, law: law, asOf: day)
            let view = try scope.reading.sheetView(request.unit, emulation)
            try view.allow(step, to: stamp.principal, on: received)
            let filling = SheetFilling(
                table: emulation.table, level: view.standing.level, computed: view.computed,
                author: stamp.principal, atMilliseconds: stamp.receivedAtMilliseconds)
            let entries: [SheetEntry]
            do throws(EntryFault) {
                entries = try filling.entries(column, on: view.sheet, asked: asked)
            } catch {
                throw Failure(
                    .invalidArgument, error.message, field: "entries.\(error.criterion)",
                    hint: "mỗi điểm khác cột trước cần --reason")
            }
            try scope.add(
                entries, campaign: emulation.plan.id, unit: view.unit.code, state: state,
                planVersion: emulation.applied.version.version, on: received, stamp: stamp)
            return try scope.reading.sheetView(request.unit, emulation).reply
        }
    }

    private static func asked(_ entry: EmulationV1.EntryPoints) throws(Failure) -> AskedEntry {
        func points(_ text: String, _ field: String) throws(Failure) -> Hundredths? {
            if text.isEmpty { return nil }
            guard let points = Hundredths(text: text) else {
                throw Failure(
                    .invalidArgument, "“\(text.prefix(40))” không phải là điểm",
                    field: "entries.\(entry.criterion).\(field)",
                    hint: "viết như 12, 12.5 hoặc 12.50")
            }
            return points
        }
        return AskedEntry(
            criterion: entry.criterion, points: try points(entry.points, "points"),
            bonus: try points(entry.bonus, "bonus"), evidence: entry.evidence.composed,
            reason: entry.reason.composed)
    }
}
