internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// A unit's sheet with all that it is read by.
struct SheetView {
    let emulation: EmulationCase
    let unit: Unit
    let standing: UnitStanding
    /// What the figures of the day come to.
    let computed: [CriterionPoints]
    let computedScore: Ratio?
    let stored: StoredSheet?

    var sheet: ScoreSheet { stored?.sheet ?? ScoreSheet(unit: unit.code) }

    /// Throws the refusal where the roles or the sheet's state forbid the step.
    func allow(_ step: EmulationStep, to principal: String, on day: Day) throws(SheetRefusal) {
        let table = emulation.table
        if let refused = refusal(of: principal, step, unit: unit.code, roles: table.roles) {
            throw refused
        }
        let turn = sheet.refusal(
            of: principal, step, on: day, periods: table.objections,
            calendar: emulation.law.calendar)
        if let turn { throw turn }
    }
}

extension ReadScope {
    func sheetView(_ code: String, _ emulation: EmulationCase) throws -> SheetView {
        let unit = try scoredUnit(code, emulation)
        var standing = try standing(of: unit, emulation, decided: nil)
        let computed = emulation.table.criteria.compactMap { $0.points(of: standing) }
        let stored = try scoreSheet(campaign: emulation.plan.id, unit: unit.code)
        if stored?.sheet.state == .decided {
            let manual = Set(emulation.table.criteria.filter(\.isManual).map(\.id))
            standing.given = (stored?.sheet.given(.decided) ?? [:]).filter {
                manual.contains($0.key)
            }
        }
        let row = rank([standing], plan: emulation.plan).first
        return SheetView(
            emulation: emulation, unit: unit, standing: standing, computed: computed,
            computedScore: row?.score, stored: stored)
    }
}

extension SheetView {
    var reply: EmulationV1.SheetReply {
        let sheet = sheet
        return .with {
            $0.campaign = emulation.plan.id
            $0.planVersion = emulation.version
            $0.asOf = emulation.day.description
            $0.lawBook = emulation.law.digest
            $0.unit = unit.code
            $0.name = unit.name
            $0.state = sheet.state.rawValue
            $0.lines = emulation.table.criteria(for: standing.level).map { line($0, sheet) }
            $0.computedScore = computedScore.map(EmulationTranslation.points) ?? ""
            $0.selfScore = score(.scored)
            $0.reviewedScore = score(.reviewed)
            $0.decidedScore = score(.decided)
            $0.objections = sheet.objections.map(objection)
            $0.objectUntil =
                sheet.objectUntil(emulation.table.objections, emulation.law.calendar)?
                .description ?? ""
            $0.verified = emulation.table.verified
            $0.change = stored?.change ?? 0
        }
    }

    private func score(_ column: SheetColumn) -> String {
        let given = sheet.given(column)
        guard !given.isEmpty else { return "" }
        var copy = standing
        copy.isOfSheet = true
        copy.given = given
        return rank([copy], plan: emulation.plan).first.map {
            EmulationTranslation.points($0.score)
        } ?? ""
    }

    private func line(_ criterion: Criterion, _ sheet: ScoreSheet) -> EmulationV1.SheetLine {
        .with {
            $0.criterion = criterion.id
            $0.base = UInt32(clamping: criterion.base)
            $0.bonusMaximum = UInt32(clamping: criterion.bonusMaximum)
            $0.basis = criterion.basis.word
            $0.computed = computed.first { $0.id == criterion.id }
                .map(EmulationTranslation.criterion)
            $0.selfScored = sheet.entry(criterion.id, .scored).map(given)
            $0.reviewed = sheet.entry(criterion.id, .reviewed).map(given)
            $0.decided = sheet.entry(criterion.id, .decided).map(given)
        }
    }

    private func given(_ entry: SheetEntry) -> EmulationV1.GivenScore {
        .with {
            $0.points = entry.points.text
            $0.bonus = entry.bonus.text
            $0.author = entry.author
            $0.at = VietnamTime.text(entry.atMilliseconds)
            $0.evidence = entry.evidence
            $0.reason = entry.reason
        }
    }

    private func objection(_ objection: SheetObjection) -> EmulationV1.Objection {
        .with {
            $0.number = UInt64(clamping: objection.number)
            $0.criterion = objection.criterion ?? ""
            $0.against = objection.against.rawValue
            $0.text = objection.text
            $0.author = objection.author
            $0.at = VietnamTime.text(objection.atMilliseconds)
            $0.answerDueOn = objection.answerDueOn?.description ?? ""
            $0.outcome = objection.answer?.outcome.rawValue ?? ""
            $0.answer = objection.answer?.text ?? ""
            $0.answeredBy = objection.answer?.author ?? ""
            $0.answeredAt = objection.answer.map { VietnamTime.text($0.atMilliseconds) } ?? ""
            $0.overdue = objection.isOverdue(on: emulation.day)
        }
    }
}

extension Criterion.Basis {
    fileprivate var word: String {
        switch self {
        case .target: "target"
        case .deadlines: "deadlines"
        case .violations: "violations"
        case .manual: "manual"
        }
    }
}
