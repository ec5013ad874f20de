import Rules
import Testing

/// Steps that were due and are not done (LTHADS Art. 98, 101, 104), with the days off of 2021.
struct GapTests {
    static func duties(
        _ asOf: String, stateRevenue: Bool = false, finished: String? = nil,
        policy: PlanPolicy? = nil, law: LawTable? = nil, kind: AssetKind = .realEstate,
        _ fill: (inout Asset) throws -> Void
    ) throws -> AuctionDuties {
        let file = try Make.file { file in
            file.stateRevenue = stateRevenue
            file.officer = "CHV1"
            file.assets = [try Make.asset("1", kind, seized: "01/03", fill)]
            if let finished { file.decisions = [try Make.decision(.terminate, finished)] }
        }
        return auctionDuties(
            of: file, policy: policy, law: try law ?? Law2021.table(), asOf: try day(asOf))
    }

    /// `step rule trigger→due late`, as a table shows it.
    static func rows(_ duties: [AuctionDuty], _ asOf: String) throws -> [String] {
        let on = try day(asOf)
        return duties.map { duty in
            let days = "\(short(duty.triggerOn))→\(short(duty.dueOn))"
            return "\(duty.step.rawValue) \(duty.rule) \(days) \(duty.daysLate(on: on))"
        }
    }

    private static func short(_ day: Day) -> String { String(day.vietnamese.prefix(5)) }

    static let contracted: @Sendable (inout Asset) throws -> Void = { asset in
        asset.valuationContractOn = try day("04/03")
        asset.valuedOn = try day("22/03")
        asset.value = Dong(900_000_000)
        asset.rounds = [try Make.round(1, contract: "30/03")]
    }

    static let failedOnce: @Sendable (inout Asset) throws -> Void = { asset in
        try contracted(&asset)
        asset.rounds = [
            try Make.round(
                1, contract: "30/03", posted: "31/03", held: "19/04", .noParticipants,
                notified: "20/04")
        ]
    }

    static let failedThrice: @Sendable (inout Asset) throws -> Void = { asset in
        try failedOnce(&asset)
        asset.rounds += [
            try Make.round(2, posted: "30/04", held: "17/05", .noBids, notified: "18/05"),
            try Make.round(3, posted: "25/05", held: "10/06", .noBids, notified: "11/06"),
        ]
        asset.reductions = [
            try Make.reduction(1, notice: "22/04", on: "29/04", to: 810_000_000),
            try Make.reduction(2, on: "24/05", to: 729_000_000),
        ]
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let asOf: String
        var stateRevenue = false
        var kind = AssetKind.realEstate
        var finished: String?
        let gaps: [String]
        let fill: @Sendable (inout Asset) throws -> Void
        var testDescription: String { "\(asOf): \(why)" }
    }

    static let first: [Row] = [
        Row(why: "V-02 due on 08/03, still its day", asOf: "08/03", gaps: []) { _ in },
        Row(
            why: "V-02 the day after", asOf: "09/03",
            gaps: ["value_contract V-02 01/03→08/03 1"]
        ) { _ in },
        Row(why: "V-02 done by a contract", asOf: "01/04", gaps: []) {
            $0.valuationContractOn = try day("20/03")
        },
        Row(
            why: "V-02 a contract of later is unseen", asOf: "19/03",
            gaps: ["value_contract V-02 01/03→08/03 11"]
        ) { $0.valuationContractOn = try day("20/03") },
        Row(
            why: "V-09, 10 days after the valuation", asOf: "02/04",
            gaps: ["auction_contract V-09 22/03→01/04 1"]
        ) { asset in
            asset.valuedOn = try day("22/03")
            asset.value = Dong(900_000_000)
        },
        Row(
            why: "V-09 runs from the first valuation; a revaluation starts no new period",
            asOf: "15/04", gaps: ["auction_contract V-09 22/03→01/04 14"]
        ) { asset in
            asset.valuedOn = try day("22/03")
            asset.value = Dong(900_000_000)
            asset.valuations = [
                Valuation(number: 2, valuedOn: try day("01/04"), value: Dong(800_000_000))
            ]
        },
        Row(
            why: "V-09 not for a movable of exactly 10 million", asOf: "31/05", kind: .movable,
            gaps: []
        ) { asset in
            asset.valuedOn = try day("22/03")
            asset.value = Dong(10_000_000)
        },
        Row(
            why: "V-09 for a movable over 10 million", asOf: "02/04", kind: .movable,
            gaps: ["auction_contract V-09 22/03→01/04 1"]
        ) { asset in
            asset.valuedOn = try day("22/03")
            asset.value = Dong(10_000_001)
        },
        Row(why: "V-10 real estate, 45 days", asOf: "14/05", gaps: [], fill: contracted),
        Row(
            why: "V-10 real estate, the day after", asOf: "15/05",
            gaps: ["hold_auction V-10 30/03→14/05 1"], fill: contracted),
        Row(
            why: "V-10 movable, 30 days", asOf: "30/04", kind: .movable,
            gaps: ["hold_auction V-10 30/03→29/04 1"], fill: contracted),
        Row(why: "V-10 done by any round", asOf: "31/05", gaps: []) { asset in
            try contracted(&asset)
            asset.rounds[0].outcome = .cancelled
            asset.rounds.append(try Make.round(2, held: "14/05", .sold))
        },
    ]

    static let afterFailure: [Row] = [
        Row(
            why: "R-01 due on 28/04: 21/04 is a day off", asOf: "28/04", gaps: [], fill: failedOnce),
        Row(
            why: "R-01 the day after", asOf: "29/04",
            gaps: ["notify_reduction R-01 20/04→28/04 1"], fill: failedOnce),
        Row(
            why: "R-04b for State revenue: 30/04 rolls to 04/05", asOf: "05/05", stateRevenue: true,
            gaps: ["decide_reduction R-04b 20/04→04/05 1"], fill: failedOnce),
        Row(
            why: "R-03, 10 days after the notice; 02/05 rolls to 04/05", asOf: "06/05",
            gaps: ["decide_reduction R-03 22/04→04/05 2"]
        ) { asset in
            try failedOnce(&asset)
            asset.reductions = [try Make.reduction(1, notice: "22/04")]
        },
        Row(
            why: "R-03 also where no failed round was recorded", asOf: "06/05",
            gaps: ["decide_reduction R-03 22/04→04/05 2"]
        ) { asset in
            asset.valuationContractOn = try day("04/03")
            asset.reductions = [try Make.reduction(1, notice: "22/04")]
        },
        Row(why: "R-03 closed by an accepted offer", asOf: "06/05", gaps: []) { asset in
            try failedOnce(&asset)
            asset.rounds[0].notifiedOn = nil
            asset.reductions = [try Make.reduction(1, notice: "22/04")]
            asset.offers = [try Make.offer("25/04", .accepted, answered: "26/04")]
        },
        Row(why: "R-01 overtaken by an agreed reduction", asOf: "31/05", gaps: []) { asset in
            try failedOnce(&asset)
            asset.reductions = [try Make.reduction(1, on: "20/04", to: 810_000_000)]
        },
        Row(why: "R-01 overtaken by the next round", asOf: "31/05", gaps: []) { asset in
            try failedOnce(&asset)
            asset.rounds.append(try Make.round(2, posted: "30/04"))
        },
        Row(
            why: "R-04b after the second failure too", asOf: "01/06", stateRevenue: true,
            gaps: ["decide_reduction R-04b 18/05→28/05 4"]
        ) { asset in
            try failedOnce(&asset)
            asset.reductions = [try Make.reduction(1, on: "29/04", to: 810_000_000)]
            asset.rounds.append(
                try Make.round(2, posted: "30/04", held: "17/05", .failed, notified: "18/05"))
        },
        Row(
            why: "R-04b: a reduction decided later is unseen", asOf: "01/06", stateRevenue: true,
            gaps: ["decide_reduction R-04b 20/04→04/05 28"]
        ) { asset in
            try failedOnce(&asset)
            asset.reductions = [try Make.reduction(1, on: "02/06", to: 810_000_000)]
        },
        Row(
            why: "no statutory period for a later reduction of a private claim", asOf: "30/06",
            gaps: []
        ) { asset in
            try failedThrice(&asset)
            asset.rounds.removeLast()
            asset.reductions.removeLast()
        },
        Row(
            why: "R-06 after the offer was accepted", asOf: "22/06",
            gaps: ["notify_debtor R-06 11/06→21/06 1"]
        ) { asset in
            try failedThrice(&asset)
            asset.offers = [try Make.offer("14/06", .accepted, answered: "16/06")]
        },
        Row(why: "R-06 waits for the answer", asOf: "15/07", gaps: []) { asset in
            try failedThrice(&asset)
            asset.offers = [try Make.offer("14/06", .accepted, answered: "16/07")]
        },
        Row(
            why: "R-07, 30 days after the debtor was told; 17/07 rolls to 19/07", asOf: "20/07",
            gaps: ["hand_over R-07 17/06→19/07 1"]
        ) { asset in
            try failedThrice(&asset)
            asset.offers = [
                try Make.offer("14/06", .accepted, answered: "16/06", told: "17/06")
            ]
        },
        Row(
            why: "for State revenue an accepted offer closes R-04b and opens R-06", asOf: "22/06",
            stateRevenue: true, gaps: ["notify_debtor R-06 11/06→21/06 1"]
        ) { asset in
            try failedThrice(&asset)
            asset.offers = [try Make.offer("14/06", .accepted, answered: "16/06")]
        },
        Row(
            why: "for State revenue a refusal closes nothing", asOf: "22/06", stateRevenue: true,
            gaps: ["decide_reduction R-04b 11/06→21/06 1"]
        ) { asset in
            try failedThrice(&asset)
            asset.offers = [try Make.offer("14/06", .refused, answered: "16/06")]
        },
        Row(why: "a finished case has no gap", asOf: "31/05", finished: "30/05", gaps: []) {
            try failedOnce(&$0)
        },
        Row(
            why: "finished only later", asOf: "29/05", finished: "30/05",
            gaps: ["notify_reduction R-01 20/04→28/04 31"], fill: failedOnce),
        Row(why: "a disposed asset has no gap", asOf: "31/05", gaps: []) { asset in
            try failedOnce(&asset)
            asset.disposedOn = try day("20/05")
            asset.disposal = .released
        },
        Row(
            why: "a day of disposal without its kind closes nothing", asOf: "29/04",
            gaps: ["notify_reduction R-01 20/04→28/04 1"]
        ) { asset in
            try failedOnce(&asset)
            asset.disposedOn = try day("25/04")
        },
    ]

    @Test(arguments: first + afterFailure)
    func statutoryGaps(_ row: Row) throws {
        let duties = try Self.duties(
            row.asOf, stateRevenue: row.stateRevenue, finished: row.finished, kind: row.kind,
            row.fill)
        #expect(try Self.rows(duties.gaps, row.asOf) == row.gaps)
        #expect(duties.undetermined.isEmpty)
    }

    @Test func aStepDoneLateStaysInThePast() throws {
        let duties = try Self.duties("31/05") { asset in
            try Self.failedOnce(&asset)
            asset.valuationContractOn = try day("10/03")
            asset.reductions = [
                try Make.reduction(1, notice: "29/04", on: "12/05", to: 810_000_000)
            ]
        }
        #expect(duties.gaps.isEmpty)
        #expect(
            try Self.rows(duties.past, "31/05") == [
                "value_contract V-02 01/03→08/03 2", "notify_reduction R-01 20/04→28/04 1",
                "decide_reduction R-03 29/04→10/05 2",
            ])
        #expect(
            duties.past.map(\.doneOn) == [try day("10/03"), try day("29/04"), try day("12/05")])
    }

    @Test func aLateHandOverShowsOnceTheAssetIsTaken() throws {
        let duties = try Self.duties("31/07") { asset in
            try Self.failedThrice(&asset)
            asset.offers = [
                try Make.offer("14/06", .accepted, answered: "16/06", told: "17/06")
            ]
            asset.disposedOn = try day("21/07")
            asset.disposal = .taken
        }
        #expect(duties.gaps.isEmpty && duties.open.isEmpty)
        #expect(
            try Self.rows(duties.past, "31/07").contains("hand_over R-07 17/06→19/07 2"))
    }

    @Test func eachReductionOfStateRevenueAnswersToItsOwnFailure() throws {
        let duties = try Self.duties("30/06", stateRevenue: true) { asset in
            try Self.failedThrice(&asset)
            asset.reductions = [
                try Make.reduction(1, on: "07/05", to: 810_000_000),
                try Make.reduction(2, on: "01/06", to: 729_000_000),
                try Make.reduction(3, on: "15/06", to: 656_100_000),
            ]
        }
        #expect(duties.gaps.isEmpty)
        #expect(
            try Self.rows(duties.past, "30/06") == [
                "decide_reduction R-04b 20/04→04/05 3", "decide_reduction R-04b 18/05→28/05 4",
            ])
    }

    @Test func citationsComeWithTheStep() throws {
        let duties = try Self.duties("29/04", Self.failedOnce)
        let gap = try #require(duties.gaps.first)
        #expect(gap.citation.description == "LTHADS Điều 104.1")
        #expect(gap.verified)
    }

    @Test func aPeriodThatRunsThroughAnUncertainYearIsMarked() throws {
        let duties = try Self.duties("15/03") {
            $0.seizedOn = try day("30/12/2020")
            $0.valuationContractOn = nil
        }
        #expect(duties.gaps.first?.verified == false)
    }

    @Test func aMissingPeriodIsNamedAndHidesNoOtherStep() throws {
        let law = try Law2021.table(without: ["V-02"])
        let duties = try Self.duties("02/04", law: law) { asset in
            asset.valuedOn = try day("22/03")
            asset.value = Dong(900_000_000)
        }
        #expect(duties.undetermined.map(\.missing.id) == ["V-02"])
        #expect(duties.undetermined.map(\.officer) == ["CHV1"])
        #expect(try Self.rows(duties.gaps, "02/04") == ["auction_contract V-09 22/03→01/04 1"])
    }

    static let policy = PlanPolicy(
        periods: PolicyPeriods(postAgainDays: 5, offerCreditorDays: 5, laterReductionDays: 10),
        citation: Citation(instrument: "KH 10/KH-CTHADS", place: "II.1"))

    @Test func stepsWithoutAStatutoryPeriodTakeThePlansOwn() throws {
        let reposting = try Self.duties("31/05", policy: Self.policy) { asset in
            try Self.failedThrice(&asset)
            asset.rounds.removeLast()
        }
        // 29/05 is a Saturday, so the posting is due on Monday 31/05 and no gap yet.
        #expect(try Self.rows(reposting.next, "31/05") == ["post_again policy 24/05→31/05 0"])
        #expect(reposting.gaps.isEmpty)

        let offering = try Self.duties("20/06", policy: Self.policy, Self.failedThrice)
        #expect(try Self.rows(offering.gaps, "20/06") == ["offer_creditor policy 11/06→16/06 4"])

        let refused = try Self.duties("30/06", policy: Self.policy) { asset in
            try Self.failedThrice(&asset)
            asset.offers = [try Make.offer("14/06", .refused, answered: "16/06")]
        }
        #expect(try Self.rows(refused.gaps, "30/06") == ["decide_reduction policy 16/06→28/06 2"])

        let second = try Self.duties("31/05", policy: Self.policy) { asset in
            try Self.failedThrice(&asset)
            asset.rounds.removeLast()
            asset.reductions.removeLast()
        }
        #expect(try Self.rows(second.gaps, "31/05") == ["decide_reduction policy 18/05→28/05 3"])
    }

    @Test func theNextStepIsTheOneDueFirst() throws {
        let duties = try Self.duties("25/04", Self.failedOnce)
        #expect(try Self.rows(duties.next, "25/04") == ["notify_reduction R-01 20/04→28/04 -3"])
        #expect(duties.gaps.isEmpty)
    }
}
