/// The measures over a population of the plan rather than over a list (docs/targets.md).
extension Counting {
    /// The share of a case of the target's population; nil for every other case.
    func populationShare(of file: borrowing CaseFile) -> Share? {
        // A stock is compared with itself: cases that joined it since are of no base and count against it.
        if target.measure == .stockReduced {
            return file.fits(target.population, on: limit) ? stockShare(of: file) : nil
        }
        guard isInPopulation(file) else { return nil }
        switch target.measure {
        case .casesDone, .moneyDone: return doneShare(of: file)
        case .casesResolved: return resolvedShare(of: file)
        case .moneyResolved: return moneyShare(of: file)
        case .casesSeized: return seizedShare(of: file)
        default: return nil
        }
    }

    /// Whether the case belongs to the target's base.
    private func isInPopulation(_ file: borrowing CaseFile) -> Bool {
        switch target.base {
        case .frozen(let on):
            guard file.decisionOn <= on, !file.isFinished(on: on) else { return false }
            return file.fits(target.population, on: on)
        case .moving:
            guard file.decisionOn <= limit, !file.isFinished(on: start - 1) else { return false }
            return file.fits(target.population, on: limit)
        }
    }

    /// S-08, S-09: done of what was enforceable, since the window began.
    private func doneShare(of file: borrowing CaseFile) -> Share? {
        let window = DayRange(start: start, end: max(start, limit))
        guard let figures = file.statistics(year: window, asOf: limit) else { return nil }
        let column = target.measure == .casesDone ? figures.cases : figures.money
        return Share(
            numerator: Int64(clamping: column.done),
            denominator: Int64(clamping: column.enforceable),
            finding: .worked(file.standing(on: limit).status))
    }

    /// An asset of the case was seized within the window.
    private func seizedShare(of file: borrowing CaseFile) -> Share {
        for index in file.assets.indices where isInWindow(file.assets[index].seizedOn) {
            if let on = file.assets[index].reached(target.stage, by: limit) {
                return .one(true, .staged(asset: index, on: on))
            }
        }
        return .one(false, .notStaged(seized: nil))
    }

    /// coercions_done: each coercion that was decided by the as-of day and planned within the window (for the day of
    /// the decision where none is planned); in when carried out by then, or performed voluntarily under it.
    func eachCoercion(of file: borrowing CaseFile, _ body: (Share) -> Void) {
        guard isInPopulation(file) else { return }
        for index in file.coercions.indices {
            let coercion = file.coercions[index]
            guard coercion.decidedOn <= day, isInWindow(coercion.plannedOn ?? coercion.decidedOn)
            else { continue }
            let isDone =
                coercion.carriedOutOn.map { $0 <= limit } ?? false
                && coercion.outcome != .postponed && coercion.outcome != .failed
            body(.one(isDone, .coercion(index)))
        }
    }

    /// What the stock of enforceable cases has lost since the base day; cases that came in since count against
    /// it.
    private func stockShare(of file: borrowing CaseFile) -> Share? {
        let then = file.isInStock(on: baseDay)
        let now = file.isInStock(on: limit)
        guard then || now else { return nil }
        return Share(
            numerator: (then ? 1 : 0) - (now ? 1 : 0), denominator: then ? 1 : 0,
            finding: .stock(then: then, now: now))
    }

    /// The day against which a stock is compared: of the frozen base, else the eve of the window.
    private var baseDay: Day {
        if case .frozen(let on) = target.base { return on }
        return start - 1
    }
}

extension CaseFile {
    /// Decided, neither finished nor delegated nor M-01: the enforceable stock of a day.
    public func isInStock(on day: Day) -> Bool {
        decisionOn <= day && !isFinished(on: day) && !isNotEnforceable(on: day)
            && standing(on: day).status != .delegated
    }

    /// Whether the case passes a filter of cases on a day; what else may keep it off a list is not asked.
    func fits(_ population: Population?, on day: Day) -> Bool {
        guard let population else { return true }
        return !obstacles(to: population, on: day).contains(where: \.isOfTheFilter)
    }
}

extension ListObstacle {
    /// The population's filter says no, not the state of the case.
    var isOfTheFilter: Bool {
        switch self {
        case .finished, .delegated, .nothingLeft, .notYetDecided: false
        case .tooYoung, .seized, .notEnforceable, .otherCreditor, .otherKind: true
        }
    }
}

extension Counting {
    func wordWorked(_ status: CaseStatus, _ file: CaseFile) -> Wording {
        let rule = target.measure == .casesDone ? "S-08" : "S-09"
        let found = law.rule(rule, on: day)
        return Wording(
            rule: rule, citation: found?.citation,
            facts: [
                Fact("status", status.rawValue),
                Fact("remaining", amount: file.remaining(on: limit).amount),
            ],
            sentence: "Đến ngày \(limit.vietnamese): \(status.vietnamese).",
            verified: found?.verified ?? false)
    }

    func wordCoercion(_ coercion: Coercion) -> Wording {
        var facts = [Fact("decided_on", coercion.decidedOn)]
        if let on = coercion.plannedOn { facts.append(Fact("planned_on", on)) }
        if let on = coercion.carriedOutOn { facts.append(Fact("carried_out_on", on)) }
        if let outcome = coercion.outcome { facts.append(Fact("outcome", outcome.rawValue)) }
        let planned = (coercion.plannedOn ?? coercion.decidedOn).vietnamese
        let came =
            coercion.carriedOutOn.flatMap { $0 <= limit ? $0 : nil }
            .map { on in
                let outcome = coercion.outcome.map { ": " + $0.vietnamese } ?? ""
                return "thực hiện ngày \(on.vietnamese)\(outcome)"
            } ?? "chưa thực hiện"
        return Wording(
            facts: facts,
            sentence:
                "Cưỡng chế (\(coercion.measure.vietnamese)) theo kế hoạch ngày \(planned), \(came)."
        )
    }

    func wordStock(then: Bool, now: Bool, _ file: CaseFile) -> Wording {
        let on = baseDay
        let sentence =
            switch (then, now) {
            case (true, false):
                "Thuộc số tồn ngày \(on.vietnamese), không còn tồn ngày \(limit.vietnamese)."
            case (true, true): "Thuộc số tồn ngày \(on.vietnamese) và vẫn còn tồn."
            default: "Phát sinh sau ngày \(on.vietnamese) và đang tồn."
            }
        return Wording(
            facts: [
                Fact("decision_on", file.decisionOn),
                Fact("status", file.standing(on: limit).status.rawValue),
            ], sentence: sentence)
    }
}
