/// A decision that somebody wants to make on a case.
public struct ProposedDecision: Sendable, Equatable {
    public var kind: DecisionKind
    public var decidedOn: Day
    /// `article.clause.point`, e.g. `44a.1.a`.
    public var ground: String?
    /// The day the ground arose; of a postponement under Art. 48.2 the day of the written request.
    public var groundOn: Day?
    public var untilOn: Day?
    public var amount: Dong?
    /// Questions that the person who decides has answered with yes.
    public var confirmed: Set<String>

    public init(
        kind: DecisionKind, decidedOn: Day, ground: String? = nil, groundOn: Day? = nil,
        untilOn: Day? = nil, amount: Dong? = nil, confirmed: Set<String> = []
    ) {
        self.kind = kind
        self.decidedOn = decidedOn
        self.ground = ground
        self.groundOn = groundOn
        self.untilOn = untilOn
        self.amount = amount
        self.confirmed = confirmed
    }
}

/// Why the law does not allow a decision, and what would.
public struct DecisionRefusal: Hashable, Sendable {
    /// The rule with its article; its text says why, in Vietnamese.
    public let rule: AppliedRule
    public let remedy: String
}

/// A condition of the law that no recorded fact can show: a person answers it.
public struct DecisionQuestion: Hashable, Sendable {
    /// What a confirmation names, e.g. `personal_duty`.
    public let id: String
    /// The question with its article.
    public let rule: AppliedRule
}

/// What the law makes of a proposed decision.
public enum DecisionVerdict: Hashable, Sendable {
    /// Allowed; `notes` say what is late all the same.
    case lawful(notes: [AppliedRule])
    case refused(DecisionRefusal)
    /// Neither: somebody has to answer the questions, or the book has no law for that day.
    case undetermined([DecisionQuestion])
}

/// One ground that a kind of decision may rest on.
public struct DecisionGround: Hashable, Sendable {
    /// Id of its row in the law book.
    public let id: String
    /// `article.clause.point` as offices write it.
    public let code: String
    public let title: String
    public let citation: Citation
    public let verified: Bool
}

extension LawTable {
    /// The grounds of a kind of decision in force on that day, in order of their codes.
    public func grounds(of kind: DecisionKind, on day: Day) -> [DecisionGround] {
        let prefix = "D.\(kind.rawValue)."
        return editions.keys.filter { $0.hasPrefix(prefix) }.sorted().compactMap { id in
            rule(id, on: day).map { rule in
                let article = "Điều "
                let place = rule.citation.place
                return DecisionGround(
                    id: id,
                    code: place.hasPrefix(article) ? String(place.dropFirst(article.count)) : place,
                    title: rule.title, citation: rule.citation, verified: rule.verified)
            }
        }
    }
}

/// Judges a proposed decision on the facts as they stand at the end of its day. It judges what is about to be
/// done; what was done and imported is judged by the findings and the register, and never refused.
public func judge(
    _ decision: ProposedDecision, on file: CaseFile, law: LawTable
) -> DecisionVerdict {
    var judge = DecisionJudge(decision: decision, file: file, law: law)
    judge.run()
    return judge.verdict
}

/// Collects what speaks against a decision: the first refusal, all open questions, notes on time.
struct DecisionJudge {
    let decision: ProposedDecision
    let file: CaseFile
    let law: LawTable
    private var refusal: DecisionRefusal?
    private var questions: [DecisionQuestion] = []
    private var notes: [AppliedRule] = []

    init(decision: ProposedDecision, file: CaseFile, law: LawTable) {
        self.decision = decision
        self.file = file
        self.law = law
    }

    var day: Day { decision.decidedOn }

    var verdict: DecisionVerdict {
        if let refusal { return .refused(refusal) }
        return questions.isEmpty ? .lawful(notes: notes) : .undetermined(questions)
    }

    mutating func run() {
        judgeState()
        judgeGround()
        switch decision.kind {
        case .notEnforceable: judgeNotEnforceable()
        case .enforceable: judgeEnforceable()
        case .postpone: judgePostponement()
        case .suspend: judgeSuspension()
        case .resume: judgeResumption()
        case .terminate: judgeTermination()
        case .complete: judgeCompletion()
        case .delegate: judgeDelegation()
        case .reduceObligation: judgeReduction()
        }
        noteTime()
    }

    /// The first refusal stands; what follows from it would only repeat it.
    mutating func refuse(_ id: String, _ reason: String, _ remedy: String) {
        guard refusal == nil else { return }
        guard let rule = cited(id) else { return askForLaw(id) }
        refusal = DecisionRefusal(
            rule: AppliedRule(
                id: id, citation: rule.citation, text: reason, verified: rule.verified),
            remedy: remedy)
    }

    /// A question that stands until it is confirmed.
    mutating func ask(_ id: String, _ detail: String? = nil) {
        guard !decision.confirmed.contains(id), !questions.contains(where: { $0.id == id })
        else { return }
        guard let rule = cited("Q." + id) else { return askForLaw("Q." + id) }
        let text = detail.map { "\($0). \(rule.title)" } ?? rule.title
        questions.append(
            DecisionQuestion(
                id: id,
                rule: AppliedRule(
                    id: rule.id, citation: rule.citation, text: text, verified: rule.verified)))
    }

    mutating func note(_ rule: AppliedRule) { notes.append(rule) }

    /// The book has no such rule for that day: a person has to look the law up.
    mutating func askForLaw(_ id: String) {
        let question = "law_of_the_day"
        guard !decision.confirmed.contains(question),
            !questions.contains(where: { $0.id == question })
        else { return }
        questions.append(
            DecisionQuestion(
                id: question,
                rule: AppliedRule(
                    id: id, citation: Citation(instrument: "", place: ""),
                    text: MissingRule(id: id, on: day).description, verified: false)))
    }

    private func cited(_ id: String) -> LawRule? { law.rule(id, on: day) }

    // MARK: What holds for every decision

    private mutating func judgeState() {
        if day < file.decisionOn {
            refuse(
                "D.rule.before_case",
                "Ngày \(day.vietnamese) trước ngày ra quyết định thi hành án "
                    + "(\(file.decisionOn.vietnamese)).",
                "Kiểm tra lại ngày của quyết định.")
        }
        if file.isFinished(on: day) {
            let standing = file.standing(on: day)
            refuse(
                "D.rule.finished",
                "Việc đã \(standing.status.vietnamese) từ ngày \(standing.since.vietnamese).",
                "Nếu quyết định kết thúc ghi sai, nhập lại tệp decisions để đính chính.")
        }
        if let on = decision.groundOn, on > day {
            refuse(
                groundPeriod ?? "D.rule.before_case",
                "Ngày có căn cứ (\(on.vietnamese)) sau ngày quyết định (\(day.vietnamese)).",
                "Kiểm tra lại ngày có căn cứ.")
        }
        if file.standing(on: day).status == .delegated, decision.kind != .complete {
            ask("case_returned")
        }
    }

    /// The ground must be one that the law of that day names for this kind of decision.
    private mutating func judgeGround() {
        let known = law.grounds(of: decision.kind, on: day)
        guard !known.isEmpty else {
            // Continuing after a 44a decision rests on the verification, not on a listed ground.
            if decision.kind != .enforceable { askForLaw("D.\(decision.kind.rawValue)") }
            return
        }
        if let ground = decision.ground {
            if !known.contains(where: { $0.code == ground }) { refuseGround(known, ground) }
        } else if decision.kind.needsGround {
            refuseGround(known, nil)
        }
    }

    private mutating func refuseGround(_ known: [DecisionGround], _ given: String?) {
        guard refusal == nil, let first = known.first else { return }
        let codes = known.map(\.code).joined(separator: ", ")
        let said =
            given.map { "“\($0)” không phải căn cứ của \(decision.kind.vietnamese)" }
            ?? "Thiếu căn cứ của \(decision.kind.vietnamese)"
        let article = first.code.prefix { $0 != "." }
        refusal = DecisionRefusal(
            rule: AppliedRule(
                id: "D.\(decision.kind.rawValue)",
                citation: Citation(
                    instrument: first.citation.instrument, place: "Điều \(article)"),
                text: "\(said) theo luật áp dụng ngày \(day.vietnamese).",
                verified: known.allSatisfy(\.verified)),
            remedy: "Chọn một trong các căn cứ: \(codes).")
    }

    /// The rule that says how soon after its ground the decision must come; nil where none does.
    private var groundPeriod: String? {
        switch decision.kind {
        case .notEnforceable: "E-13"
        case .postpone: decision.ground == "48.2" ? nil : "C-05"
        case .suspend: decision.ground == "49.2" ? "C-09" : nil
        case .resume: decision.ground?.hasPrefix("49.") == true ? "C-10" : "C-08"
        case .terminate: "C-11"
        case .enforceable, .complete, .delegate, .reduceObligation: nil
        }
    }

    private mutating func noteTime() {
        guard let id = groundPeriod, let from = decision.groundOn, from <= day,
            let period = try? law.period(id, on: from)
        else { return }
        let due = law.calendar.due(period.period, from: from)
        guard day > due else { return }
        note(
            AppliedRule(
                id: id, citation: period.rule.citation,
                text: "Quyết định chậm: căn cứ có từ ngày \(from.vietnamese), "
                    + "hạn cuối là ngày \(due.vietnamese).",
                verified: period.rule.verified))
    }
}

extension DecisionKind {
    /// Kinds that the law allows on listed grounds alone.
    fileprivate var needsGround: Bool {
        switch self {
        case .notEnforceable, .postpone, .suspend, .terminate, .reduceObligation: true
        case .enforceable, .resume, .complete, .delegate: false
        }
    }
}
