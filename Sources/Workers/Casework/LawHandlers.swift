internal import Rules
internal import Wire
internal import WorkerKit

/// The law book as it is asked about: what holds on a day, one rule through time, two days compared.
enum LawHandlers {
    /// Registers `caodiem.law.v1.LawBook`.
    static func register(in services: inout WorkerServices) {
        services.unary(LawV1.LawBook.list, list)
        services.unary(LawV1.LawBook.show, show)
        services.unary(LawV1.LawBook.diff, diff)
    }

    @Sendable
    static func list(
        _ request: LawV1.ListRequest, _ call: WorkerCall
    ) async throws(Failure) -> LawV1.ListReply {
        let day = try day(request.on, "on") ?? call.receivedOn
        return .with {
            $0.lawBook = call.law.digest
            $0.on = day.description
            $0.rules = call.law.rules(on: day).map { edition($0, call.law) }
        }
    }

    @Sendable
    static func show(
        _ request: LawV1.ShowRequest, _ call: WorkerCall
    ) async throws(Failure) -> LawV1.ShowReply {
        let day = try day(request.on, "on") ?? call.receivedOn
        let law = call.law
        let parts = law.parts(of: request.rule)
        let editions = law.editions[request.rule] ?? []
        guard !editions.isEmpty || !parts.isEmpty else { throw unknownRule(request.rule, law) }
        return .with {
            $0.lawBook = law.digest
            $0.on = day.description
            $0.id = request.rule
            $0.inForce = law.rule(request.rule, on: day).map { edition($0, law) }
            $0.editions = editions.map { edition($0, law) }
            $0.parts = parts.compactMap { law.rule($0, on: day) }.map { edition($0, law) }
        }
    }

    @Sendable
    static func diff(
        _ request: LawV1.DiffRequest, _ call: WorkerCall
    ) async throws(Failure) -> LawV1.DiffReply {
        guard let from = try day(request.from, "from"), let to = try day(request.to, "to") else {
            throw Failure(
                .invalidArgument, "cần hai ngày để so sánh",
                field: request.from.isEmpty ? "from" : "to",
                hint: "ghi hai ngày dạng YYYY-MM-DD, ví dụ 2015-06-30 và 2015-07-01")
        }
        return .with {
            $0.lawBook = call.law.digest
            $0.from = from.description
            $0.to = to.description
            $0.changes = call.law.changes(from: from, to: to).map { change in
                .with {
                    $0.id = change.id
                    $0.title = (change.after ?? change.before)?.title ?? ""
                    $0.kind = change.kind.rawValue
                    $0.before = change.before.map { edition($0, call.law) }
                    $0.after = change.after.map { edition($0, call.law) }
                }
            }
        }
    }

    /// The day of a request's field; nil where the text is empty.
    private static func day(_ text: String, _ field: String) throws(Failure) -> Day? {
        if text.isEmpty { return nil }
        guard let day = Day(iso: text) else {
            throw Failure(
                .invalidArgument, "“\(text.prefix(40))” không phải là ngày", field: field,
                hint: "ghi dạng YYYY-MM-DD, ví dụ 2021-05-31")
        }
        return day
    }

    private static func unknownRule(_ id: String, _ law: LawTable) -> Failure {
        let rows = law.ids.compactMap { $0.split(separator: ".").first.map(String.init) }
        let near = VietnameseText.nearest(to: id, among: law.ids + rows)
        return Failure(
            .notFound, "sổ luật không có quy tắc “\(id.prefix(40))”", field: "rule",
            hint: near.map { "có phải là \($0)?" } ?? "xem các mã bằng: caodiem law list",
            reason: "UNKNOWN_RULE")
    }

    private static func edition(_ rule: LawRule, _ law: LawTable) -> LawV1.Edition {
        .with {
            $0.id = rule.id
            $0.title = rule.title
            $0.kind = rule.kind
            $0.unit = rule.unit ?? ""
            $0.number = rule.number
            $0.share = rule.share ?? ""
            $0.from = rule.from.description
            $0.to = rule.to?.description ?? ""
            $0.instrument = rule.citation.instrument
            $0.place = rule.citation.place
            $0.instrumentTitle = law.instruments[rule.citation.instrument] ?? ""
            $0.verified = rule.verified
            $0.note = rule.note ?? ""
        }
    }
}
