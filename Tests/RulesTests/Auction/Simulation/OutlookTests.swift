import Rules
import Testing

/// What a list of large cases can still come to, and by when the next step must happen.
@Suite("The outlook of a unit's list")
struct OutlookTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let asOf: String
        var target = Measure.largeValueClassified
        var stage = SeizureStage.seized
        /// `state quickest safe last`, days as `dd/mm` or `-`.
        let expected: String
        /// One entry an asset of the case; empty: none seized.
        var assets: [@Sendable (inout Asset) throws -> Void] = []
        var fill: @Sendable (inout CaseFile) throws -> Void = { _ in }
        var testDescription: String { "\(asOf): \(why)" }
    }

    static let rows: [Row] = [
        Row(
            why: "seized: in time even with all periods; the last day is the quickest way's",
            asOf: "01/03", expected: "safe 13/05 01/07 16/07", assets: [Standing.seized]),
        Row(
            why: "nothing seized: forecast from a seizure of today", asOf: "01/03",
            expected: "safe 13/05 01/07 15/07"),
        Row(
            why: "nothing seized in mid-July: only the quickest way is left", asOf: "15/07",
            expected: "tight 30/09 17/11 15/07"),
        Row(
            why: "one day too late", asOf: "16/07", expected: "lost 01/10 17/11 -"),
        Row(
            why: "seized, no round in time: the parties may agree on the asset", asOf: "01/09",
            expected: "agreement 16/11 31/12 -", assets: [Standing.seized]),
        Row(
            why: "no agreement either on 28/09: five working days", asOf: "28/09",
            expected: "lost 09/12 26/01 -", assets: [Standing.seized]),
        Row(
            why: "failed after the second reduction: met", asOf: "21/05", expected: "met - - -",
            assets: [Standing.failedThrice]),
        Row(
            why: "one asset through, another only valued: that one decides", asOf: "21/05",
            expected: "safe 12/07 25/08 09/08",
            assets: [Standing.failedThrice, Standing.valued()]),
        Row(
            why: "a classified case (M-01) counts", asOf: "21/05", expected: "met - - -",
            assets: [Standing.valued()]
        ) { $0.decisions = [try Make.decision(.notEnforceable, "20/05")] },
        Row(
            why: "seized counts for the 80%", asOf: "10/05", target: .largeValueSeized,
            expected: "met - - -", assets: [Standing.seized]),
        Row(
            why: "not seized: any day up to the window's end", asOf: "10/05",
            target: .largeValueSeized, expected: "safe 10/05 10/05 31/05"),
        Row(
            why: "not seized on the last day: today", asOf: "31/05", target: .largeValueSeized,
            expected: "safe 31/05 31/05 31/05"),
        Row(
            why: "not seized by the window's end", asOf: "01/06", target: .largeValueSeized,
            expected: "lost 01/06 01/06 -"),
        Row(
            why: "the plan asks for a contract: seized, valuer not yet", asOf: "03/05",
            target: .largeValueSeized, stage: .contracted, expected: "safe 26/05 26/05 07/05",
            assets: [Standing.seized]),
        Row(
            why: "the plan asks for an auction: too late in May", asOf: "17/05",
            target: .largeValueSeized, stage: .auctioned, expected: "lost 28/06 28/06 -",
            assets: [Standing.seized]),
    ]

    @Test("case by case", arguments: rows)
    func row(_ row: Row) throws {
        let file = try Make.file { file in
            file.nominations = [try Make.nomination("large_value")]
            file.assets = try row.assets.enumerated().map { index, fill in
                try Make.asset("\(index + 1)", seized: "01/03", fill)
            }
            try row.fill(&file)
        }
        var plan = try Plan2021.plan()
        for index in plan.targets.indices { plan.targets[index].stage = row.stage }
        let outlook = auctionOutlook(
            of: Make.unit([file]), plan: plan, law: try RealLaw.table(), asOf: try day(row.asOf))
        let target = try #require(outlook.targets.first { $0.measure == row.target })
        let item = try #require(target.cases.first)
        let days = [item.quickestOn, item.safeOn, item.lastDay].map { on in
            on.map { String($0.vietnamese.prefix(5)) } ?? "-"
        }
        #expect(([item.state.rawValue] + days).joined(separator: " ") == row.expected)
        #expect(target.state == item.state)
        #expect(item.mustAct(on: try day(row.asOf)) == (days[2] == row.asOf))
    }

    @Test("80% of seven cases needs six; a withdrawn and a finished case are left out")
    func needed() throws {
        let files = try (1...8).map { number in
            try Make.file("\(number)/QĐ") { file in
                file.nominations = [
                    try Make.nomination("large_value", withdrawn: number == 8 ? "01/03" : nil)
                ]
                if number <= 3 { file.assets = [try Make.asset(seized: "05/03")] }
                if number == 1 { file.decisions = [try Make.decision(.complete, "10/03")] }
            }
        }
        let outlook = auctionOutlook(
            of: Make.unit(files), plan: try Plan2021.plan(), law: try RealLaw.table(),
            asOf: try day("31/05"))
        let seized = try #require(outlook.targets.first { $0.measure == .largeValueSeized })
        #expect(seized.listed == 7 && seized.needed == 6)
        #expect(seized.count(.met) == 3 && seized.count(.safe) == 4)
        #expect(seized.state == .safe)
        let classified = try #require(outlook.targets.last)
        #expect(classified.listed == 6 && classified.needed == 6)
    }

    @Test("a step on its last day keeps the case in time, a day later it is lost")
    func lastDayIsLast() throws {
        let plan = try Plan2021.plan()
        let law = try RealLaw.table()
        for fill in [Standing.seized, Standing.valued(), Standing.failed()] {
            let file = try Make.file { file in
                file.nominations = [try Make.nomination("large_value")]
                file.assets = [try Make.asset(seized: "01/03", fill)]
            }
            func outlook(_ on: Day) throws -> CaseOutlook {
                let unit = auctionOutlook(of: Make.unit([file]), plan: plan, law: law, asOf: on)
                return try #require(unit.targets.last?.cases.first)
            }
            let last = try #require(try outlook(try day("20/04")).lastDay)
            let then = try outlook(last)
            #expect(then.state == .tight && then.lastDay == last && then.mustAct(on: last))
            #expect(try outlook(law.calendar.workingDay(onOrAfter: last + 1)).state == .agreement)
        }
    }
}
