import Rules
import Testing

/// Art. 61 of the enforcement law with Joint Circular 12/2015, as a jurist reads it.
struct ExemptionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let due: Int64
        let paid: Int64
        let first: String
        let on: String
        let verdict: ExemptionVerdict
        let clause: String
        let state: ExemptionOptionState
        let from: String
        let article: String

        init(
            _ due: Int64, paid: Int64 = 0, first: String, on: String = "31/05",
            _ verdict: ExemptionVerdict, _ clause: String, _ state: ExemptionOptionState,
            from: String = "", _ article: String
        ) {
            self.due = due
            self.paid = paid
            self.first = first
            self.on = on
            self.verdict = verdict
            self.clause = clause
            self.state = state
            self.from = from
            self.article = article
        }

        var testDescription: String {
            "due \(due), paid \(paid), first decision \(first), on \(on): \(clause) \(state), \(verdict)"
        }
    }

    private static let whole = "LTHADS Điều 61.1.b"
    private static let rest = "LTHADS Điều 61.2.b"
    private static let quarter = "LTHADS Điều 61.3.a"
    private static let fifth = "LTHADS Điều 61.3.b"

    static let rows: [Row] = [
        // the sum of the judgment, nothing need be paid.
        Row(1_999_999, first: "31/05/2016", .eligible, "X-01", .open, from: "31/05", whole),
        Row(1_999_999, first: "01/06/2016", .later, "X-01", .later, from: "01/06", whole),
        Row(2_000_000, first: "31/05/2016", .needsPayment, "X-01", .otherAmount, whole),
        Row(2_000_000, first: "31/05/2011", .eligible, "X-02", .open, from: "31/05", whole),
        Row(2_000_000, first: "01/06/2011", .needsPayment, "X-02", .later, from: "01/06", whole),
        Row(4_999_999, first: "31/05/2011", .eligible, "X-02", .open, from: "31/05", whole),
        Row(5_000_000, first: "31/05/2011", .needsPayment, "X-02", .otherAmount, whole),
        // the rest, 1/50 paid.
        Row(
            5_099_999, paid: 102_000, first: "31/05/2016", .eligible, "X-03", .open, from: "31/05",
            rest),
        Row(
            5_099_999, paid: 101_999, first: "31/05/2016", .needsPayment, "X-03", .needsPayment,
            from: "31/05", rest),
        Row(
            5_102_040, paid: 102_041, first: "31/05/2016", .eligible, "X-03", .open, from: "31/05",
            rest),
        Row(
            6_000_000, paid: 1_000_000, first: "31/05/2016", .later, "X-03", .otherAmount, rest),
        Row(
            6_000_000, paid: 1_000_001, first: "31/05/2016", .eligible, "X-03", .open,
            from: "31/05", rest),
        Row(
            6_000_000, paid: 1_000_001, first: "01/06/2016", .later, "X-03", .later,
            from: "01/06", rest),
        Row(
            6_000_000, paid: 1_000_000, first: "31/05/2011", .eligible, "X-04", .open,
            from: "31/05", rest),
        Row(
            6_000_000, paid: 1_000_000, first: "01/06/2011", .later, "X-04", .later,
            from: "01/06", rest),
        Row(
            12_000_000, paid: 2_000_001, first: "31/05/2011", .eligible, "X-04", .open,
            from: "31/05", rest),
        Row(
            12_000_000, paid: 2_000_001, first: "31/05/2016", .later, "X-04", .later,
            from: "31/05/2026", rest),
        // 10 to 100 million inclusive, a quarter at most.
        Row(
            12_000_000, paid: 2_000_000, first: "31/05/2016", .eligible, "X-05", .open,
            from: "31/05", quarter),
        Row(
            12_000_000, paid: 2_000_000, first: "01/06/2016", .later, "X-05", .later,
            from: "01/06", quarter),
        Row(
            103_000_000, paid: 3_000_000, first: "31/05/2016", .eligible, "X-05", .open,
            from: "31/05", quarter),
        Row(
            103_000_000, paid: 2_999_999, first: "31/05/2016", .later, "X-05", .otherAmount,
            quarter),
        Row(
            50_000_000, paid: 1_000_000, first: "31/05/2016", .eligible, "X-05", .open,
            from: "31/05", quarter),
        Row(
            50_000_000, paid: 999_999, first: "31/05/2016", .needsPayment, "X-05", .needsPayment,
            from: "31/05", quarter),
        Row(
            50_000_000, first: "31/05/2016", .needsPayment, "X-05", .needsPayment, from: "31/05",
            quarter),
        Row(
            50_000_000, first: "01/06/2016", .later, "X-05", .needsPayment, from: "01/06",
            quarter),
        // above 100 million, a fifth and 50 million at most.
        Row(
            103_000_000, paid: 2_999_999, first: "31/05/2011", .eligible, "X-06", .open,
            from: "31/05", fifth),
        Row(
            103_000_000, paid: 2_999_999, first: "01/06/2011", .later, "X-06", .later,
            from: "01/06", fifth),
        Row(
            103_000_000, paid: 3_000_000, first: "31/05/2011", .eligible, "X-06", .otherAmount,
            fifth),
        Row(
            5_000_000_000, paid: 100_000_000, first: "31/05/2011", .eligible, "X-06", .open,
            from: "31/05", fifth),
        Row(
            5_000_000_000, paid: 99_999_999, first: "31/05/2011", .needsPayment, "X-06",
            .needsPayment, from: "31/05", fifth),
        // 29/02 and editions.
        Row(
            1_000_000, first: "29/02/2016", on: "28/02", .eligible, "X-01", .open, from: "28/02",
            whole),
        Row(
            1_000_000, first: "29/02/2016", on: "27/02", .later, "X-01", .later, from: "28/02",
            whole),
    ]

    @Test("which clause is open, from when", arguments: rows)
    func clause(_ row: Row) throws {
        let file = try poor(due: row.due, paid: row.paid, first: row.first)
        let advice = file.exemptionAdvice(try RealLaw.table(), on: try day(row.on))
        #expect(advice.verdict == row.verdict)
        let option = try #require(advice.options.first { $0.rule.id == row.clause })
        #expect(option.state == row.state)
        #expect(option.from == (row.from.isEmpty ? nil : try day(row.from)))
        #expect(option.rule.citation.description == row.article)
    }

    struct Grant: Sendable {
        let due: Int64
        let paid: Int64
        let clause: String
        let most: Int64
    }

    @Test(
        "the most that may be granted at once, rounded down",
        arguments: [
            Grant(due: 12_000_003, paid: 2_000_000, clause: "X-05", most: 2_500_000),
            Grant(due: 103_000_000, paid: 3_000_000, clause: "X-05", most: 25_000_000),
            Grant(due: 204_000_004, paid: 4_100_000, clause: "X-06", most: 39_980_000),
            Grant(due: 260_000_000, paid: 10_000_000, clause: "X-06", most: 50_000_000),
            Grant(due: 9_000_000_000, paid: 180_000_000, clause: "X-06", most: 50_000_000),
            Grant(due: 5_000_000, paid: 200_000, clause: "X-03", most: 4_800_000),
        ])
    func grant(_ row: Grant) throws {
        let file = try poor(due: row.due, paid: row.paid, first: "10/05/2010")
        let advice = file.exemptionAdvice(try RealLaw.table(), on: try day("31/05"))
        let option = try #require(advice.options.first { $0.rule.id == row.clause })
        #expect(option.state == .open)
        #expect(option.atMost == Dong(row.most))
    }

    @Test(
        "1/50 is of the judgment's sum, rounded up; a reversed receipt and what was exempted do not count"
    )
    func fiftieth() throws {
        let book = try RealLaw.table()
        var file = try poor(due: 50_000_001, paid: 900_000, first: "10/05/2010")
        file.payments.append(try Make.payment(500_000, "01/03", .exempted))
        file.payments.append(try Make.payment(600_000, "02/03", reversed: "20/05"))
        let before = file.exemptionAdvice(book, on: try day("19/05"))
        #expect(before.threshold == Dong(1_000_001))
        #expect(before.paid == Dong(1_500_000))
        #expect(before.toPay == .zero)
        let after = file.exemptionAdvice(book, on: try day("20/05"))
        #expect(after.paid == Dong(900_000))
        #expect(after.toPay == Dong(100_001))
        #expect(after.verdict == .needsPayment)
    }

    @Test("a seized asset, no decision of 44a, a file under way: blocked, each with what to do")
    func blocked() throws {
        let book = try RealLaw.table()
        let on = try day("31/05")
        let poor = try poor(due: 1_000_000, paid: 0, first: "10/05/2010")
        #expect(poor.exemptionAdvice(book, on: on).verdict == .eligible)
        var asset = poor
        asset.assets = [Asset(assetNo: "1", kind: .realEstate, seizedOn: try day("10/03"))]
        let seized = asset.exemptionAdvice(book, on: on)
        #expect(seized.verdict == .blocked)
        #expect(seized.blockers.map(\.id) == ["X-00"])
        asset.assets[0].disposal = .released
        asset.assets[0].disposedOn = try day("20/05")
        #expect(asset.exemptionAdvice(book, on: on).verdict == .eligible)
        #expect(asset.exemptionAdvice(book, on: try day("19/05")).verdict == .blocked)
        var unclassified = poor
        unclassified.decisions = []
        let advice = unclassified.exemptionAdvice(book, on: on)
        #expect(advice.verdict == .blocked)
        #expect(advice.blockers.map(\.citation.description) == ["TTLT 12/2015 Điều 5.1.a"])
        var underWay = poor
        underWay.exemptions = [Exemption(proposedOn: try day("03/05"), kind: .exempt)]
        #expect(underWay.exemptionAdvice(book, on: on).verdict == .blocked)
        #expect(underWay.exemptionAdvice(book, on: try day("02/05")).verdict == .eligible)
    }

    @Test("once a year for each judgment (61.5), not for a file that was returned")
    func onceAYear() throws {
        let book = try RealLaw.table()
        var file = try poor(due: 50_000_000, paid: 1_000_000, first: "10/05/2010")
        file.exemptions = [
            Exemption(
                proposedOn: try day("01/03/2020"), kind: .reduce, decidedOn: try day("20/05/2020"),
                outcome: .refused)
        ]
        let before = file.exemptionAdvice(book, on: try day("19/05"))
        #expect(before.verdict == .later)
        #expect(before.openFrom == (try day("20/05")))
        #expect(file.exemptionAdvice(book, on: try day("20/05")).verdict == .eligible)
        file.exemptions[0].outcome = .returned
        #expect(file.exemptionAdvice(book, on: try day("19/05")).verdict == .eligible)
        file.exemptions = []
        file.decisions.append(
            try Make.decision(.reduceObligation, "20/05/2020", ground: "61.3.a", amount: 5_000_000))
        #expect(file.exemptionAdvice(book, on: try day("19/05")).verdict == .later)
        #expect(file.exemptionAdvice(book, on: try day("20/05")).verdict == .eligible)
    }

    @Test("what a person must decide")
    func undetermined() throws {
        let book = try RealLaw.table()
        let on = try day("31/05")
        var address = try poor(due: 1_000_000, paid: 0, first: "10/05/2010")
        address.decisions = [try Make.decision(.notEnforceable, "10/03", ground: "44a.1.c")]
        let legs = address.exemptionAdvice(book, on: on)
        #expect(legs.verdict == .undetermined)
        #expect(legs.questions.map(\.id) == ["X-00"])
        var prisoner = try poor(due: 50_000_000, paid: 1_000_000, first: "10/05/2010")
        prisoner.prisonUntil = try day("01/01/2030")
        #expect(prisoner.exemptionAdvice(book, on: on).questions.map(\.id) == ["X-09a"])
        #expect(prisoner.exemptionAdvice(book, on: on).verdict == .undetermined)
        // Due 2.010.000, paid 20.000 of the 40.200 that 1/50 asks for: five years by what is left, ten by the judgment.
        let reading = try poor(due: 2_010_000, paid: 20_000, first: "10/05/2016")
        let sums = reading.exemptionAdvice(book, on: on)
        #expect(sums.questions.map(\.id) == ["X-00b"])
        #expect(sums.verdict == .needsPayment)
        #expect(sums.toPay == Dong(20_200))
        var old = try poor(due: 1_000_000, paid: 0, first: "10/05/2001")
        old.decisions = [try Make.decision(.notEnforceable, "10/03/2014", ground: "44a.1.a")]
        let early = old.exemptionAdvice(book, on: try day("30/06/2015"))
        #expect(early.verdict == .undetermined)
        #expect(!early.questions.isEmpty)
    }

    @Test("nothing to ask for: a private debt, a case that is over, nothing left")
    func notApplicable() throws {
        let book = try RealLaw.table()
        let on = try day("31/05")
        var file = try poor(due: 1_000_000, paid: 0, first: "10/05/2010")
        file.stateRevenue = false
        #expect(file.exemptionAdvice(book, on: on).verdict == .notApplicable)
        file.stateRevenue = true
        file.payments = [try Make.payment(1_000_000, "01/03")]
        #expect(file.exemptionAdvice(book, on: on).verdict == .notApplicable)
        file.payments = []
        file.decisions.append(try Make.decision(.terminate, "20/05", ground: "50.1.e"))
        #expect(file.exemptionAdvice(book, on: on).verdict == .notApplicable)
        #expect(file.exemptionAdvice(book, on: try day("19/05")).verdict == .eligible)
    }

    @Test("a day or a payment more never closes a clause of time or of payment")
    func monotone() throws {
        let book = try RealLaw.table()
        var random = Seeded(61)
        for _ in 0..<600 {
            let due = Int64(1 + random.below(20_000)) * 10_000
            let paid = Int64(random.below(40)) * due / 1_000
            let first = try day("01/01/2008") + random.below(4_000)
            var file = try poor(due: due, paid: paid, first: first.vietnamese)
            let on = try day("01/03") + random.below(200)
            let today = file.exemptionAdvice(book, on: on)
            let tomorrow = file.exemptionAdvice(book, on: on + 1)
            for (a, b) in zip(today.options, tomorrow.options) where a.state == .open {
                #expect(b.state == .open)
            }
            for option in today.options {
                if let from = option.from, option.state != .needsPayment {
                    #expect((option.state == .open) == (from <= on))
                }
            }
            guard let toPay = today.toPay, toPay > .zero, today.verdict == .needsPayment
            else { continue }
            file.payments.append(try Make.payment(toPay.amount, "28/02"))
            #expect(file.exemptionAdvice(book, on: on).verdict == .eligible)
        }
    }

    /// State revenue of a debtor classed under 44a.1.a, with what was paid of it.
    private func poor(due: Int64, paid: Int64, first: String) throws -> CaseFile {
        try Make.file(due: due, decided: first) { file in
            file.stateRevenue = true
            file.decisions = [try Make.decision(.notEnforceable, "10/02", ground: "44a.1.a")]
            if paid > 0 { file.payments = [try Make.payment(paid, "11/02")] }
        }
    }
}
