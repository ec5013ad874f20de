import Rules

/// The cases of one unit, drawn one after the other in order of their decisions.
struct UnitStock {
    private let sketch: UnitSketch
    private let count: Int
    private let firstIndex: Int
    private let seed: UInt64
    private let tools: Toolbox
    private let enforceable: EnforceableCourse
    private let unenforceable: UnenforceableCourse
    private let listed: ListedCourse
    private let mistakes: Mistakes
    private let campaign: CampaignCourse
    private let meansSpread: EvenSpread
    private let classSpread: EvenSpread
    /// Sizes drawn so far, over all units; goes on from one unit's stock to the next.
    private(set) var sizes: SizeLadder
    private let largeCount: Int
    private var numbering = (year: 0, last: 0)
    private var oldListed = 0

    init(
        sketch: UnitSketch, count: Int, firstIndex: Int, seed: UInt64, tools: Toolbox,
        sizes: SizeLadder
    ) {
        self.sketch = sketch
        self.count = count
        self.firstIndex = firstIndex
        self.seed = seed
        self.tools = tools
        let temper = sketch.temperament
        enforceable = EnforceableCourse(tools: tools, temperament: temper)
        unenforceable = UnenforceableCourse(tools: tools, temperament: temper)
        listed = ListedCourse(tools: tools, temperament: temper)
        mistakes = Mistakes(tools: tools, temperament: temper)
        campaign = CampaignCourse(tools: tools, temperament: temper)
        var dice = Dice(seed: seed, stream: 0x5EED)
        meansSpread = .root2(dice.next())
        classSpread = .root3(dice.next())
        self.sizes = sizes
        largeCount = min(temper.largeListed, (count + 2) / 4)
    }

    /// The place among the large listed cases, for those that are: spread over the stock decided by January 2021.
    private func largeRank(_ index: Int) -> Int? {
        let from = count * 7 / 100
        let stretch = max(count * 50 / 100 - from, largeCount)
        let place = index - from
        guard largeCount > 0, place >= 0, place < stretch else { return nil }
        let rank = (place + 1) * largeCount / stretch
        return rank > place * largeCount / stretch ? rank - 1 : nil
    }

    mutating func draft(_ index: Int) -> CaseDraft {
        var dice = Dice(
            seed: seed, stream: UInt64(sketch.stream + 1) << 40 + UInt64(index))
        let decided = tools.decisionDay(index, of: count)
        let rank = largeRank(index)
        let isOld = decided <= Season.oldUntil
        let means = meansSpread.tenThousandth(firstIndex + index)
        let noMeans = isOld ? (sketch.temperament.hasOldCases ? 5200 : 10_000) : 1880
        let hasMeans = rank != nil || means >= noMeans
        var draft = newCase(index, decided: decided, rank: rank, hasMeans: hasMeans, &dice)
        tools.schedule(&draft, latePermille: sketch.temperament.lateDecisions, &dice)
        tools.dress(&draft, district: sketch.district, &dice)
        if let rank {
            listed.playLarge(&draft, isSeized: seizesListed(rank), &dice)
        } else if isOld, hasMeans {
            listed.playOld(&draft, isResolved: resolvesNextOld(), &dice)
        } else if hasMeans {
            enforceable.play(&draft, &dice)
        } else {
            unenforceable.play(&draft, &dice)
        }
        mistakes.sprinkle(on: &draft, &dice)
        if let serious = violation(at: index) {
            mistakes.findViolation(&draft, serious: serious, &dice)
        }
        // Dice of its own: what was drawn so far stays as it is.
        var own = Dice(
            seed: seed ^ 0xCA4E, stream: UInt64(sketch.stream + 1) << 40 + UInt64(index))
        campaign.play(&draft, &own)
        return draft
    }

    /// Whether the listed case of this rank is among those seized in time; the ranks are shuffled.
    private func seizesListed(_ rank: Int) -> Bool {
        let temper = sketch.temperament
        let wanted =
            (2 * temper.largeSeized * largeCount + temper.largeListed)
            / max(1, 2 * temper.largeListed)
        return (rank * 13 + 3) % largeCount < wanted
    }

    private mutating func resolvesNextOld() -> Bool {
        let share = sketch.temperament.oldResolved
        oldListed += 1
        return oldListed * share / 1000 > (oldListed - 1) * share / 1000
    }

    /// Violations of the reporting year, spread over the first half of the stock; the serious ones first.
    private func violation(at index: Int) -> Bool? {
        let total = sketch.temperament.violations + sketch.temperament.seriousViolations
        let wanted = min(total, count / 10)
        let half = max(1, count / 2)
        guard wanted > 0, index < half,
            (index + 1) * wanted / half > index * wanted / half
        else { return nil }
        return index * wanted / half < sketch.temperament.seriousViolations
    }

    private mutating func newCase(
        _ index: Int, decided: Day, rank: Int?, hasMeans: Bool, _ dice: inout Dice
    ) -> CaseDraft {
        let size = sizeClass(index, isListed: rank != nil, &dice)
        let amount =
            rank == nil
            ? sizes.nextAmount(of: size, hasMeans: hasMeans) : largeAmount(size, &dice)
        let isState = size == .fee
        let key = CaseKey(unit: sketch.unit.code, decisionNo: nextNumber(in: decided, &dice))
        var file = CaseFile(
            key: key, decisionOn: decided,
            initiative: isState || dice.chance(permille: 60) ? .exOfficio : .onRequest,
            amountDue: Dong(amount), stateRevenue: isState)
        if isState {
            file.revenueKind =
                ["fee", "fine", "confiscation", "other"][
                    dice.weighted([70, 18, 8, 4])]
        }
        if size == .bank { file.initiative = .onRequest }
        file.creditInstitution = size == .bank
        file.officer = sketch.officerCode(dice.below(sketch.officerCount))
        let sensitive = rank == nil ? 6 : 120
        file.sensitivity =
            dice.chance(permille: sensitive)
            ? dice.pick(["ethnic_religious", "ethnic_religious", "security_political"]) : "none"
        return CaseDraft(file: file, size: size)
    }

    private func sizeClass(_ index: Int, isListed: Bool, _ dice: inout Dice) -> CaseClass {
        if isListed { return dice.chance(permille: 600) ? .bank : .civil }
        let place = classSpread.tenThousandth(firstIndex + index)
        return place < 640 ? .bank : place < 6000 ? .civil : .fee
    }

    /// The top of a unit's unseized cases; a unit that lists easy ones picks from lower down.
    private func largeAmount(_ size: CaseClass, _ dice: inout Dice) -> Int64 {
        let easy = sketch.temperament.habits.contains(.listsEasyCases)
        let place =
            switch (size, easy) {
            case (.bank, false): dice.within(8000...9700)
            case (.bank, true): dice.within(3500...6500)
            case (_, false): dice.within(9600...9970)
            case (_, true): dice.within(8300...9300)
            }
        return size.amount(at: place, percent: 100)
    }

    /// Numbers run within a year; of the years before, only the cases that are left still show.
    private mutating func nextNumber(in day: Day, _ dice: inout Dice) -> String {
        let year = day.civil.year
        if year != numbering.year { numbering = (year, 0) }
        numbering.last += day < Season.yearStart ? dice.within(1...9) : 1
        return "\(numbering.last)/\(year)/\(sketch.signature)"
    }
}
