import Rules

/// The cases of one unit of the `edges` profile: the recipes in turn, with lists of 0 to 10 cases.
struct EdgeStock {
    let sketch: UnitSketch
    /// Where the unit starts in the round of recipes; a clone starts where its twin does.
    let firstRecipe: Int
    let seed: UInt64
    let tools: Toolbox
    private var largeLeft: Int
    private var oldLeft: Int

    init(sketch: UnitSketch, firstRecipe: Int, seed: UInt64, tools: Toolbox) {
        self.sketch = sketch
        self.firstRecipe = firstRecipe
        self.seed = seed
        self.tools = tools
        largeLeft = 10 - sketch.stream % 11
        oldLeft = 9 - sketch.stream * 3 % 10
    }

    mutating func draft(_ index: Int) -> CaseDraft {
        let recipe = EdgeRecipe.recipe(firstRecipe + index)
        var dice = Dice(seed: seed, stream: UInt64(sketch.stream + 1) << 40 + UInt64(index))
        var edge = EdgeCase(
            draft: plainCase(index, recipe, &dice), workdays: tools.workdays,
            unitStream: sketch.stream)
        recipe.play(&edge)
        nominate(&edge, recipe.lists)
        return edge.draft
    }

    private func plainCase(
        _ index: Int, _ recipe: EdgeRecipe, _ dice: inout Dice
    ) -> CaseDraft {
        let isOld = recipe.lists == .old || recipe.lists == .both
        let decided = date(isOld ? 2015 : 2020, 6, 15)
        let amount = Int64(dice.within(50...150)) * 10_000_000
        var file = CaseFile(
            key: CaseKey(
                unit: sketch.unit.code,
                decisionNo: "\(index + 1)/\(decided.civil.year)/\(sketch.signature)"),
            decisionOn: decided, initiative: .onRequest, amountDue: Dong(amount))
        file.officer = sketch.officerCode(index % sketch.officerCount)
        file.receivedOn = decided - 3
        file.firstDecisionOn = decided
        file.assignedOn = decided + 1
        file.debtorNotifiedOn = decided + 2
        file.sensitivity = "none"
        var draft = CaseDraft(file: file, size: .civil)
        tools.dress(&draft, district: sketch.district, &dice)
        draft.note = Bytes(recipe.name.utf8)
        return draft
    }

    private mutating func nominate(_ edge: inout EdgeCase, _ lists: EdgeRecipe.Lists) {
        if lists == .large || lists == .both, largeLeft > 0 {
            largeLeft -= 1
            nominate(&edge, "large_value")
        }
        if lists == .old || lists == .both, oldLeft > 0 {
            oldLeft -= 1
            nominate(&edge, "old_case")
        }
    }

    private func nominate(_ edge: inout EdgeCase, _ list: String) {
        edge.draft.file.nominations.append(
            Nomination(
                list: list, submittedOn: edge.submittedOn, withdrawnOn: edge.withdrawnOn,
                reason: edge.reason))
    }
}

/// What is particular about the units of the `edges` profile.
enum EdgeUnits {
    /// Equal caseloads (the rest to the first unit), so that the last unit can be the second's twin.
    static func caseload(units: Int, cases: Int) -> [Int] {
        var loads = Array(repeating: cases / units, count: units)
        loads[0] += cases % units
        return loads
    }

    /// Makes the last of four or more units a twin of the second: same figures, same cluster, a tie.
    static func pairTwins(_ sketches: inout [UnitSketch]) {
        guard sketches.count >= 4 else { return }
        let last = sketches.count - 1
        var twin = sketches[1]
        twin.unit.code = sketches[last].unit.code
        twin.unit.name = sketches[last].unit.name
        twin.district = sketches[last].district
        sketches[last] = twin
    }

    /// Reports in time, on the last day, late, missing, not e-mailed, e-mailed late.
    static func reports(of stream: Int) -> [Report] {
        let due = Season.listsDue
        let summary = Season.summaryDue
        switch stream % 8 {
        case 0:
            return [
                Report(kind: .lists, submittedOn: due, emailedOn: due),
                Report(kind: .summary, submittedOn: summary, emailedOn: summary),
            ]
        case 1:
            return [
                Report(kind: .lists, submittedOn: due - 1, emailedOn: due - 1),
                Report(kind: .summary, submittedOn: summary - 1, emailedOn: summary - 1),
            ]
        case 2:
            return [
                Report(kind: .lists, submittedOn: due + 2),
                Report(kind: .summary, submittedOn: summary + 3),
            ]
        case 3: return []
        case 4:
            return [
                Report(kind: .lists, submittedOn: due - 8, emailedOn: due + 4),
                Report(kind: .summary, submittedOn: Season.end - 3),
            ]
        case 5:
            return [
                Report(kind: .lists, submittedOn: due + 1, emailedOn: due + 1),
                Report(kind: .summary, submittedOn: summary + 1, emailedOn: summary + 1),
            ]
        case 6:
            return [Report(kind: .lists, submittedOn: due - 2)]
        default:
            return [Report(kind: .summary, submittedOn: Season.end, emailedOn: summary + 4)]
        }
    }
}
