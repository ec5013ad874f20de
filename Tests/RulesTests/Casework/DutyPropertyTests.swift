import Rules
import Testing

/// What holds for any facts: their order, facts of later, further days off, the register beside the worklist.
@Suite struct DutyPropertyTests {
    /// Random facts of a unit, those of the plan's part II among them; no two of a kind on one day.
    private func unit(_ random: inout Seeded) throws -> UnitFile {
        var unit = try RandomFacts.unit(&random, cases: 6)
        for index in unit.cases.indices {
            var days = Array(0..<200).shuffled(using: &random)
            func next() throws -> Day { try day("01/01") + (days.popLast() ?? 0) }
            var file = unit.cases[index]
            file.officer = random.below(4) == 0 ? nil : "MX-01"
            file.debtorNotifiedOn = random.below(3) == 0 ? nil : try next()
            file.addressUnknown = random.below(4) == 0
            for number in 0..<random.below(3) {
                file.directions.append(
                    Direction(
                        directionNo: "\(number)", issuedOn: try next(), dueOn: try next(),
                        doneOn: random.below(2) == 0 ? try next() : nil))
                file.planSteps.append(
                    PlanStep(stepNo: number, measure: .verify, dueOn: try next()))
                file.commitments.append(
                    Commitment(dueOn: try next(), amount: Dong(Int64(random.below(300_000_000)))))
                file.obstacles.append(Obstacle(foundOn: try next(), description: "x"))
            }
            unit.cases[index] = file
        }
        return unit
    }

    private func answers(_ unit: UnitFile, _ law: LawTable, _ on: Day) throws -> (
        [Duty], [RegisterRow]
    ) {
        var list = Worklist()
        let plan = try RealLaw.plan()
        list.add(unit, plan: plan, law: law, asOf: on, scope: WorklistScope(within: 400))
        let consequences = try RealLaw.consequences()
        list.sort(by: consequences)
        var register = complianceRegister(
            of: unit, plan: plan, law: law, firms: .none, asOf: on)
        register.sort(by: consequences)
        return (list.items, register.rows)
    }

    @Test(arguments: UInt64(0)..<40) func orderOfEntryDoesNotMatter(_ seed: UInt64) throws {
        var random = Seeded(seed)
        let unit = try unit(&random)
        let on = try day("01/01") + random.below(240)
        let before = try answers(unit, RealLaw.table(), on)
        var other = unit
        for index in other.cases.indices {
            RandomFacts.shuffle(&other.cases[index], &random)
            other.cases[index].directions.shuffle(using: &random)
            other.cases[index].planSteps.shuffle(using: &random)
            other.cases[index].commitments.shuffle(using: &random)
            other.cases[index].obstacles.shuffle(using: &random)
        }
        other.cases.shuffle(using: &random)
        let after = try answers(other, RealLaw.table(), on)
        #expect(before.0 == after.0)
        #expect(before.1 == after.1)
    }

    @Test(arguments: UInt64(0)..<40) func factsOfLaterChangeNothing(_ seed: UInt64) throws {
        var random = Seeded(seed + 1_000)
        let whole = try unit(&random)
        let on = try day("01/01") + random.below(240)
        var known = whole
        for index in known.cases.indices { known.cases[index].forget(after: on) }
        let (full, less) = (
            try answers(whole, RealLaw.table(), on),
            try answers(known, RealLaw.table(), on)
        )
        #expect(full.0 == less.0)
        #expect(full.1 == less.1)
    }

    @Test(arguments: UInt64(0)..<40) func aFurtherDayOffMakesNothingDueEarlier(
        _ seed: UInt64
    ) throws {
        var random = Seeded(seed + 2_000)
        let unit = try unit(&random)
        let on = try day("31/05")
        let extra = Set(try (0..<4).map { _ in try day("01/01") + random.below(240) })
        let (plain, holiday) = (try RealLaw.table(), try RealLaw.table(off: extra))
        func dues(_ law: LawTable) throws -> [String: Day] {
            var found: [String: Day] = [:]
            for file in unit.cases {
                // A notice counts backwards: a day off makes it due earlier, as it must.
                for duty in caseDuties(of: file, plan: nil, law: law, asOf: on).open {
                    let key = "\(file.key) \(duty.kind) \(duty.assetNo ?? "") \(duty.subject ?? "")"
                    found[key] = min(found[key] ?? duty.dueOn, duty.dueOn)
                }
            }
            return found
        }
        let before = try dues(plain)
        for (key, due) in try dues(holiday) {
            if let former = before[key] { #expect(former <= due, "\(key)") }
        }
    }

    @Test(arguments: UInt64(0)..<20) func whatIsOverdueStandsInTheRegister(_ seed: UInt64) throws {
        var random = Seeded(seed + 3_000)
        let unit = try unit(&random)
        let on = try day("31/05")
        let (items, rows) = try answers(unit, RealLaw.table(), on)
        let overdue = items.filter { $0.isOverdue(on: on) }
        let missed = rows.filter { $0.duty != nil && $0.doneOn == nil }
        #expect(missed.count == overdue.count)
    }
}

extension CaseFile {
    /// Leaves out every fact dated after `day`, as if nobody had entered it yet.
    fileprivate mutating func forget(after day: Day) {
        func kept(_ moment: Day?) -> Day? { moment.flatMap { $0 <= day ? $0 : nil } }
        decisions.removeAll { $0.decidedOn > day }
        verifications.removeAll { $0.verifiedOn > day }
        payments.removeAll { $0.paidOn > day }
        for index in payments.indices {
            payments[index].reversedOn = kept(payments[index].reversedOn)
        }
        nominations.removeAll { $0.submittedOn > day }
        violations.removeAll { $0.foundOn > day }
        for index in violations.indices {
            violations[index].repairedOn = kept(violations[index].repairedOn)
        }
        obstacles.removeAll { $0.foundOn > day }
        directions.removeAll { $0.issuedOn > day }
        for index in directions.indices {
            directions[index].doneOn = kept(directions[index].doneOn)
        }
        debtorNotifiedOn = kept(debtorNotifiedOn)
        assets = assets.compactMap { $0.seen(by: day) }
    }
}
