/// Collects the duties of one case from the facts of the as-of day and before.
struct DutyFinder {
    let file: CaseFile
    let plan: CampaignPlan?
    let law: LawTable
    let day: Day
    /// The decisions by the day, in the order they took effect.
    let decisions: [Decision]
    /// The verifications by the day, oldest first.
    let verifications: [Verification]
    /// Nothing is left to do: the case is finished, or another office has it.
    let isClosed: Bool
    /// What is done is left out: nobody asks.
    let openOnly: Bool
    private(set) var duties = Duties()

    init(
        file: CaseFile, plan: CampaignPlan?, law: LawTable, asOf day: Day, openOnly: Bool
    ) {
        self.openOnly = openOnly
        self.file = file
        self.plan = plan
        self.law = law
        self.day = day
        decisions = file.decisions.isEmpty ? [] : file.decisionsInOrder(by: day)
        verifications =
            file.verifications.isEmpty
            ? []
            : file.verifications.filter { $0.verifiedOn <= day }
                .sorted { $0.verifiedOn < $1.verifiedOn }
        isClosed =
            decisions.contains { $0.kind.finishes }
            || decisions.last { $0.kind.placesCase }?.kind == .delegate
    }

    mutating func run() {
        guard !(openOnly && isClosed) else {
            repairViolations()
            auctions()
            return
        }
        takeUp()
        means()
        verifyExemption()
        holds()
        ending()
        campaignWork()
        auctions()
    }

    /// The day unless it lies after the as-of day.
    func seen(_ moment: Day?) -> Day? { moment.flatMap { $0 <= day ? $0 : nil } }

    func isAsked(done: Day?, open: Bool) -> Bool { done == nil ? open : !openOnly }

    /// Something is left to be paid on that day; a case without a sum of money owes an act until it is finished.
    func isOwing(on day: Day) -> Bool {
        file.amountDue == .zero || file.remaining(on: day) > .zero
    }

    /// Enters a duty whose period stands in the law book, in the edition of the day that starts it.
    ///
    /// - Parameter done: the day it was done; counts only when by the as-of day.
    /// - Parameter open: false when a later step has overtaken it, or it rests.
    mutating func statutory(
        _ kind: DutyKind, rule id: String, trigger: Day, done: Day?, open: Bool = true,
        alsoUnverified: Bool = false, subject: String? = nil
    ) {
        guard trigger <= day else { return }
        let done = seen(done)
        guard isAsked(done: done, open: open && !isClosed) else { return }
        do throws(MissingRule) {
            let found = try law.period(id, on: trigger)
            let due = law.calendar.due(found.period, from: trigger)
            enter(
                kind, rule: id, citation: found.rule.citation,
                verified: found.rule.verified && !alsoUnverified
                    && law.calendar.isCertain(from: trigger, through: due),
                trigger: trigger, due: due, done: done, subject: subject)
        } catch {
            guard done == nil else { return }
            duties.unknown.append(
                UnknownDuty(
                    kind: kind, unit: file.key.unit, decisionNo: file.key.decisionNo,
                    assetNo: nil, officer: file.officer, triggerOn: trigger, missing: error))
        }
    }

    /// Enters a duty for which the plan gives a period or a day; without either there is none.
    mutating func planned(
        _ kind: DutyKind, trigger: Day, done: Day?, open: Bool = true, outlivesCase: Bool = false,
        subject: String? = nil
    ) {
        guard let plan, let own = plan.duty(kind), trigger <= day else { return }
        let done = seen(done)
        guard isAsked(done: done, open: open && (outlivesCase || !isClosed)) else { return }
        let citation = Citation(instrument: plan.citation, place: own.paragraph)
        switch own.limit {
        case .none: return
        case .days(let count):
            let due = law.calendar.due(.calendarDays(count), from: trigger)
            enter(
                kind, rule: "policy", citation: citation,
                verified: law.calendar.isCertain(from: trigger, through: due), trigger: trigger,
                due: due, done: done, subject: subject)
        case .day(let due):
            enter(
                kind, rule: "plan", citation: citation, verified: true,
                trigger: trigger, due: max(trigger, due), done: done, subject: subject)
        }
    }

    /// Enters a duty whose day a person set: it never moves. The plan is cited where it speaks of such
    /// duties, else the act that set the day.
    mutating func set(
        _ kind: DutyKind, by act: Citation, trigger: Day, due: Day, done: Day?, open: Bool = true,
        officer: String? = nil, subject: String? = nil
    ) {
        let done = seen(done)
        guard isAsked(done: done, open: open && !isClosed) else { return }
        enter(
            kind, rule: "plan", citation: plan?.citation(of: kind) ?? act, verified: true,
            trigger: trigger, due: due, done: done, officer: officer, subject: subject)
    }

    mutating func enter(
        _ kind: DutyKind, rule: String, citation: Citation, verified: Bool, trigger: Day, due: Day,
        done: Day?, assetNo: String? = nil, officer: String? = nil, subject: String? = nil
    ) {
        let duty = Duty(
            kind: kind, unit: file.key.unit, decisionNo: file.key.decisionNo, assetNo: assetNo,
            officer: officer ?? file.officer, rule: rule, citation: citation, verified: verified,
            triggerOn: trigger, dueOn: due, doneOn: done, subject: subject)
        if done == nil { duties.open.append(duty) } else { duties.done.append(duty) }
    }

    /// The steps of the seized assets, as `auctionDuties` finds them; a delegated case keeps its steps.
    private mutating func auctions() {
        guard !file.assets.isEmpty else { return }
        let found = auctionDuties(of: file, policy: plan?.policy, law: law, asOf: day)
        for step in found.open + found.past {
            enter(
                step.step.duty, rule: step.rule, citation: step.citation, verified: step.verified,
                trigger: step.triggerOn, due: step.dueOn, done: step.doneOn, assetNo: step.assetNo)
        }
        duties.unknown += found.undetermined.map {
            UnknownDuty(
                kind: $0.step.duty, unit: $0.key.unit, decisionNo: $0.key.decisionNo,
                assetNo: $0.assetNo, officer: file.officer, triggerOn: $0.triggerOn,
                missing: $0.missing)
        }
    }
}

extension DecisionKind {
    /// Shows which office has the case: another one from a delegation on, until this one decides on it again.
    fileprivate var placesCase: Bool {
        switch self {
        case .delegate, .enforceable, .notEnforceable, .postpone, .suspend: true
        case .resume, .complete, .terminate, .reduceObligation: false
        }
    }
}

/// The duties of one case on `day`: facts after it are not seen, except that a decision dated after it has not
/// yet been made. The order in which facts were recorded does not matter, decisions of one day aside.
///
/// - Parameter plan: gives periods and days that the law leaves open; nil leaves those duties out.
/// - Parameter openOnly: leaves out what is done, which costs less.
public func caseDuties(
    of file: CaseFile, plan: CampaignPlan?, law: LawTable, asOf day: Day, openOnly: Bool = false
) -> Duties {
    var finder = DutyFinder(file: file, plan: plan, law: law, asOf: day, openOnly: openOnly)
    finder.run()
    return finder.duties
}
