internal import LawBook
internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Worklist, Watch and Register: what is to be done, and what was not done as it had to be.
enum WorklistHandlers {
    /// Items on one page; some hundred bytes each.
    static let pageItems = 200

    static func register(in services: inout WorkerServices) {
        services.stream(CaseworkV1.Casework.worklist, worklist)
        services.stream(CaseworkV1.Casework.watch, watch)
        services.stream(CaseworkV1.Casework.register, register)
    }

    @Sendable
    static func worklist(
        _ request: CaseworkV1.WorklistRequest, _ call: WorkerCall,
        _ send: @Sendable (CaseworkV1.WorklistPage) async throws(Failure) -> Void
    ) async throws(Failure) {
        let question = try WorklistQuestion(request, call)
        let consequences = call.law.consequences
        let answer = try await question.answer(call, consequences)
        let items = answer.list.items
        var first = CaseworkV1.WorklistPage()
        first.basis = answer.basis
        first.unknown = answer.list.unknown.map(WorklistTranslation.unknown)
        first.items = page(items, 0, on: question.day, consequences)
        try await send(first)
        for start in stride(from: pageItems, to: items.count, by: pageItems) {
            var next = CaseworkV1.WorklistPage()
            next.items = page(items, start, on: question.day, consequences)
            try await send(next)
        }
    }

    private static func page(
        _ items: [Duty], _ start: Int, on day: Day, _ consequences: ConsequenceTable
    ) -> [CaseworkV1.WorklistItem] {
        items[start..<min(start + pageItems, items.count)].map {
            WorklistTranslation.item($0, on: day, consequences)
        }
    }

    /// Sends the list, then the difference after each change of the store; ends when the caller has gone.
    @Sendable
    static func watch(
        _ request: CaseworkV1.WorklistRequest, _ call: WorkerCall,
        _ send: @Sendable (CaseworkV1.WorklistChange) async throws(Failure) -> Void
    ) async throws(Failure) {
        let question = try WorklistQuestion(request, call)
        let consequences = call.law.consequences
        var shown: [Duty] = []
        try await call.answeringEachChange { (isFirst) async throws(Failure) in
            let answer = try await question.answer(call, consequences)
            let difference = WorklistDifference(from: shown, to: answer.list.items)
            if isFirst || !difference.isEmpty {
                let pages = WorklistTranslation.changes(
                    difference, answer.basis, isFirst: isFirst, on: question.day, consequences,
                    pageItems: pageItems)
                for page in pages { try await send(page) }
            }
            shown = answer.list.items
            return answer.basis.change
        }
    }

    @Sendable
    static func register(
        _ request: CaseworkV1.RegisterRequest, _ call: WorkerCall,
        _ send: @Sendable (CaseworkV1.RegisterPage) async throws(Failure) -> Void
    ) async throws(Failure) {
        let question = try WorklistQuestion(request, call)
        let from = try from(request.from)
        let consequences = call.law.consequences
        let (basis, rows) = try await question.register(call, from: from, consequences)
        var first = CaseworkV1.RegisterPage()
        first.basis = basis
        first.rows = rows.prefix(pageItems).map { WorklistTranslation.row($0, consequences) }
        try await send(first)
        for start in stride(from: pageItems, to: rows.count, by: pageItems) {
            var next = CaseworkV1.RegisterPage()
            next.rows = rows[start..<min(start + pageItems, rows.count)].map {
                WorklistTranslation.row($0, consequences)
            }
            try await send(next)
        }
    }

    private static func from(_ text: String) throws(Failure) -> Day? {
        guard !text.isEmpty else { return nil }
        guard let day = Day(iso: text) else {
            throw Failure(
                .invalidArgument, "“\(text.prefix(40))” is no day", field: "from",
                hint: "write it as YYYY-MM-DD, e.g. 2021-03-01")
        }
        return day
    }
}

/// What enters a worklist and what leaves it between two moments.
struct WorklistDifference {
    let entered: [Duty]
    let left: [Duty]

    var isEmpty: Bool { entered.isEmpty && left.isEmpty }

    init(from former: [Duty], to present: [Duty]) {
        let (old, new) = (Set(former), Set(present))
        entered = present.filter { !old.contains($0) }
        left = former.filter { !new.contains($0) }
    }
}
