internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Objections of units, and their answers.
enum ObjectionHandlers {
    /// Bytes of what a person writes, at most.
    static let textBytes = 4096

    @Sendable
    static func object(
        _ request: EmulationV1.ObjectRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.SheetReply {
        let text = try written(request.text, "text")
        let (law, stamp, received) = (call.law, call.stamp, call.receivedOn)
        return try await call.save(.object, campaign: request.campaign, unit: request.unit) {
            scope in
            let emulation = try scope.reading.emulation(
                campaign: request.campaign, law: law, asOf: received)
            let view = try scope.reading.sheetView(request.unit, emulation)
            try view.allow(.object, to: stamp.principal, on: received)
            let criterion = request.criterion.isEmpty ? nil : request.criterion
            if let criterion { try check(criterion, view) }
            guard let stored = view.stored else {
                throw SheetRefusal(.notYet, "Đơn vị \(view.unit.code) chưa có phiếu điểm.")
            }
            let due = emulation.table.objections.map {
                law.calendar.due(.workingDays($0.answerDays), from: received)
            }
            try scope.object(
                SheetObjection(
                    number: 0, criterion: criterion,
                    against: view.sheet.state == .decided ? .decided : .reviewed, text: text,
                    author: stamp.principal, atMilliseconds: stamp.receivedAtMilliseconds,
                    answerDueOn: due), to: stored, stamp: stamp)
            return try scope.reading.sheetView(request.unit, emulation).reply
        }
    }

    private static func check(_ criterion: String, _ view: SheetView) throws {
        let ids = view.emulation.table.criteria(for: view.standing.level).map(\.id)
        guard ids.contains(criterion) else {
            throw Failure(
                .invalidArgument, "không có tiêu chí “\(criterion.prefix(64))”",
                field: "criterion", hint: "các tiêu chí: " + ids.joined(separator: ", "))
        }
    }

    @Sendable
    static func answer(
        _ request: EmulationV1.AnswerRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.SheetReply {
        let text = try written(request.text, "text")
        guard let outcome = ObjectionOutcome(rawValue: request.outcome) else {
            throw Failure(
                .invalidArgument, "không có kết quả “\(request.outcome.prefix(40))”",
                field: "outcome", hint: "upheld hoặc rejected")
        }
        let (law, stamp, received) = (call.law, call.stamp, call.receivedOn)
        return try await call.save(.answer, campaign: request.campaign, unit: request.unit) {
            scope in
            let emulation = try scope.reading.emulation(
                campaign: request.campaign, law: law, asOf: received)
            let view = try scope.reading.sheetView(request.unit, emulation)
            try view.allow(.answer, to: stamp.principal, on: received)
            let number = Int64(clamping: request.number)
            guard let found = view.sheet.objections.first(where: { $0.number == number }) else {
                throw Failure(
                    .notFound, "phiếu của \(view.unit.code) không có khiếu nại số \(number)",
                    field: "number", hint: "xem: caodiem emulation sheet \(view.unit.code)")
            }
            if found.answer != nil {
                throw SheetRefusal(.over, "Khiếu nại số \(number) đã được trả lời.")
            }
            try scope.answer(
                number,
                SheetObjection.Answer(
                    outcome: outcome, text: text, author: stamp.principal,
                    atMilliseconds: stamp.receivedAtMilliseconds, on: received), stamp: stamp)
            return try scope.reading.sheetView(request.unit, emulation).reply
        }
    }

    /// What a person wrote: never empty, never endless.
    static func written(_ text: String, _ field: String) throws(Failure) -> String {
        let text = text.composed
        guard !text.isEmpty, text.utf8.count <= textBytes else {
            throw Failure(
                .invalidArgument, "cần nội dung, tối đa \(textBytes) byte", field: field,
                hint: "viết ngắn gọn, nêu tài liệu kèm theo")
        }
        return text
    }
}
