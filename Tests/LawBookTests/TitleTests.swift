import LawBook
import Rules
import Testing

/// Titles, awards and their quotas, with the law book that ships.
@Suite("Titles and quotas")
struct TitleTests {
    private static func year() throws -> DayRange {
        DayRange(start: try GradeTests.on("2020-10-01"), end: try GradeTests.on("2021-09-30"))
    }

    struct Person: Sendable, CustomTestStringConvertible {
        let grade: Grade?
        let merits: [(Merit.Kind, String)]
        let outcomes: [Eligibility.Outcome]
        let why: String
        var testDescription: String { why }

        init(
            _ grade: Grade?, _ merits: [(Merit.Kind, String)], _ outcomes: [Eligibility.Outcome],
            _ why: String
        ) {
            self.grade = grade
            self.merits = merits
            self.outcomes = outcomes
            self.why = why
        }
    }

    private static func fighter(_ years: ClosedRange<Int>) -> [(Merit.Kind, String)] {
        years.map { (Merit.Kind.baseFighter, "\($0)-01-15") }
    }

    /// Outcomes: advanced worker, fighter of the base, national fighter.
    static let persons = [
        Person(.good, [], [.eligible, .notEligible, .notEligible], "good, no initiative"),
        Person(.excellent, [], [.eligible, .notEligible, .notEligible], "excellent is good, too"),
        Person(.completed, [], [.notEligible, .notEligible, .notEligible], "only completed"),
        Person(.notCompleted, [], [.notEligible, .notEligible, .notEligible], "not completed"),
        Person(nil, [], [.undetermined, .notEligible, .notEligible], "no class: a person decides"),
        Person(
            .good, [(.initiative, "2021-05-01")], [.eligible, .eligible, .notEligible],
            "an initiative of the year"),
        Person(
            .good, [(.research, "2021-05-01")], [.eligible, .eligible, .notEligible],
            "accepted research"),
        Person(
            .good, [(.initiative, "2020-09-30")], [.eligible, .notEligible, .notEligible],
            "an initiative of the year before"),
        Person(
            .good, [(.initiative, "2020-10-01")], [.eligible, .eligible, .notEligible],
            "on the year's first day"),
        Person(
            .good, [(.initiative, "2021-10-01")], [.eligible, .notEligible, .notEligible],
            "after the year"),
        Person(
            nil, [(.initiative, "2021-05-01")], [.undetermined, .undetermined, .notEligible],
            "an initiative, but no class yet"),
        Person(
            .good, [(.initiative, "2021-05-01"), (.reprimand, "2021-03-01")],
            [.notEligible, .notEligible, .notEligible], "a reprimand in the year"),
        Person(
            .good, [(.warning, "2020-09-01"), (.initiative, "2021-05-01")],
            [.eligible, .eligible, .notEligible], "a warning of the year before"),
        Person(
            .good,
            fighter(2016...2021) + [
                (.ministryFighter, "2018-02-01"), (.ministryFighter, "2021-02-01"),
            ],
            [.eligible, .notEligible, .eligible], "six years in a row, two of the branch"),
        Person(
            .good,
            fighter(2015...2020) + [
                (.ministryFighter, "2017-02-01"), (.ministryFighter, "2020-02-01"),
            ],
            [.eligible, .notEligible, .eligible], "the six years up to last year"),
        Person(
            .good,
            fighter(2017...2021) + [
                (.ministryFighter, "2018-02-01"), (.ministryFighter, "2021-02-01"),
            ],
            [.eligible, .notEligible, .notEligible], "five years only"),
        Person(
            .good,
            fighter(2014...2017) + fighter(2019...2021)
                + [(.ministryFighter, "2019-02-01"), (.ministryFighter, "2021-02-01")],
            [.eligible, .notEligible, .notEligible], "a year missing in between"),
        Person(
            .good, fighter(2016...2021) + [(.ministryFighter, "2018-02-01")],
            [.eligible, .notEligible, .notEligible], "once of the branch"),
        Person(
            .good,
            fighter(2016...2021)
                + [
                    (.ministryFighter, "2014-02-01"), (.ministryFighter, "2021-02-01"),
                ],
            [.eligible, .notEligible, .notEligible], "one of the two lies before the six years"),
        Person(
            .good,
            fighter(2016...2021)
                + [
                    (.ministryFighter, "2018-02-01"), (.ministryFighter, "2021-02-01"),
                    (.stateAward, "2021-02-03"),
                ],
            [.eligible, .notEligible, .notEligible], "another award of the State this year"),
        Person(
            .good,
            fighter(2016...2021)
                + [
                    (.ministryFighter, "2018-02-01"), (.ministryFighter, "2021-02-01"),
                    (.stateAward, "2020-02-03"),
                ],
            [.eligible, .notEligible, .eligible], "an award of the State last year"),
    ]

    @Test("a person's titles", arguments: persons)
    func person(_ row: Person) throws {
        let merits = try row.merits.map {
            Merit(holder: "CHV1", kind: $0.0, decidedOn: try GradeTests.on($0.1))
        }
        let others = [
            Merit(holder: "CHV2", kind: .initiative, decidedOn: try GradeTests.on("2021-05-01")),
            Merit(holder: "CHV2", kind: .warning, decidedOn: try GradeTests.on("2021-05-01")),
        ]
        let record = PersonRecord(
            holder: "CHV1", grade: GradeVerdict(grade: row.grade, conditions: []),
            merits: merits + others, year: try Self.year())
        let titles = record.titles(
            law: try GradeTests.law.get(), on: try GradeTests.on("2021-09-30"))
        #expect(titles.map(\.title) == [.advancedWorker, .baseFighter, .nationalFighter])
        #expect(titles.map(\.outcome) == row.outcomes)
        #expect(titles.flatMap(\.conditions).allSatisfy { $0.citation != nil })
    }

    struct Collective: Sendable, CustomTestStringConvertible {
        let record: CollectiveRecord
        let outcomes: [Eligibility.Outcome]
        let why: String
        var testDescription: String { why }

        init(
            _ record: CollectiveRecord, _ outcomes: [Eligibility.Outcome], _ why: String
        ) {
            self.record = record
            self.outcomes = outcomes
            self.why = why
        }
    }

    /// Outcomes: advanced collective, excellent collective, flag of the branch, flag of the government.
    static let collectives = [
        Collective(
            CollectiveRecord(members: 10, completed: 10, advanced: 7, baseFighters: 1),
            [.eligible, .eligible, .notEligible, .notEligible], "all done, 70% advanced, a fighter"),
        Collective(
            CollectiveRecord(members: 10, completed: 10, advanced: 6, baseFighters: 1),
            [.eligible, .notEligible, .notEligible, .notEligible], "60% advanced: not excellent"),
        Collective(
            CollectiveRecord(members: 10, completed: 10, advanced: 5, baseFighters: 1),
            [.notEligible, .notEligible, .notEligible, .notEligible], "just 50%: more is asked"),
        Collective(
            CollectiveRecord(members: 11, completed: 11, advanced: 6),
            [.eligible, .notEligible, .notEligible, .notEligible], "6/11 is more than half"),
        Collective(
            CollectiveRecord(members: 10, completed: 9, advanced: 9, baseFighters: 1),
            [.eligible, .notEligible, .notEligible, .notEligible], "one member did not complete"),
        Collective(
            CollectiveRecord(members: 10, completed: 10, advanced: 8, candidates: 2),
            [.eligible, .undetermined, .notEligible, .notEligible],
            "the fighters are not decided yet"),
        Collective(
            CollectiveRecord(members: 10, completed: 10, advanced: 8),
            [.eligible, .notEligible, .notEligible, .notEligible], "nobody can be a fighter"),
        Collective(
            CollectiveRecord(
                members: 10, completed: 10, advanced: 8, baseFighters: 1, hasWarning: true),
            [.notEligible, .notEligible, .notEligible, .notEligible], "somebody was warned"),
        Collective(
            CollectiveRecord(
                members: 10, completed: 9, advanced: 4, openMembers: 2, baseFighters: 1),
            [.undetermined, .notEligible, .notEligible, .notEligible],
            "two not classed yet: 6/10 at best, 70% out of reach"),
        Collective(
            CollectiveRecord(
                members: 10, completed: 8, advanced: 6, openMembers: 2, baseFighters: 1),
            [.eligible, .undetermined, .notEligible, .notEligible],
            "two not classed yet: all may complete"),
        Collective(
            CollectiveRecord(members: 10, completed: 10, advanced: 9, baseFighters: 1, isDone: nil),
            [.undetermined, .undetermined, .notEligible, .notEligible],
            "the head's class is open: so is the unit's"),
        Collective(
            CollectiveRecord(
                members: 10, completed: 10, advanced: 9, baseFighters: 1, isDone: false),
            [.notEligible, .notEligible, .notEligible, .notEligible], "the unit failed its tasks"),
        Collective(
            CollectiveRecord(members: 0, completed: 0, advanced: 0),
            [.undetermined, .notEligible, .notEligible, .notEligible], "no members on record"),
        Collective(
            CollectiveRecord(
                members: 2, completed: 2, advanced: 2, clusterRank: 1, hasFlagVote: true),
            [.eligible, .notEligible, .eligible, .notEligible], "leads its cluster, voted for"),
        Collective(
            CollectiveRecord(members: 2, completed: 2, advanced: 2, clusterRank: 1),
            [.eligible, .notEligible, .undetermined, .notEligible], "leads, no vote on record"),
        Collective(
            CollectiveRecord(
                members: 2, completed: 2, advanced: 2, clusterRank: 1, sharesRank: true,
                hasFlagVote: true),
            [.eligible, .notEligible, .undetermined, .notEligible], "shares the lead"),
        Collective(
            CollectiveRecord(
                members: 2, completed: 2, advanced: 2, clusterRank: 2, hasFlagVote: true),
            [.eligible, .notEligible, .notEligible, .notEligible], "second in its cluster"),
        Collective(
            CollectiveRecord(members: 2, completed: 2, advanced: 2, hasFlagVote: true),
            [.eligible, .notEligible, .notEligible, .notEligible], "disqualified: no rank"),
        Collective(
            CollectiveRecord(members: 2, completed: 2, advanced: 2, hasMinistryFlag: true),
            [.eligible, .notEligible, .notEligible, .undetermined],
            "has the branch's flag: who is best, a person says"),
    ]

    @Test("a unit's titles", arguments: collectives)
    func collective(_ row: Collective) throws {
        let titles = row.record.titles(
            law: try GradeTests.law.get(), on: try GradeTests.on("2021-09-30"))
        #expect(
            titles.map(\.title) == [
                .advancedCollective, .excellentCollective, .ministryFlag, .governmentFlag,
            ])
        #expect(titles.map(\.outcome) == row.outcomes)
    }

    struct QuotaCase: Sendable, CustomTestStringConvertible {
        let rule: String
        let of: Int
        let eligible: Int
        let slots: Int
        let exceeded: Bool
        let why: String
        var testDescription: String { why }

        init(
            _ rule: String, of: Int, eligible: Int, slots: Int, exceeded: Bool, _ why: String
        ) {
            self.rule = rule
            self.of = of
            self.eligible = eligible
            self.slots = slots
            self.exceeded = exceeded
            self.why = why
        }
    }

    @Test(
        "quotas are whole persons",
        arguments: [
            QuotaCase("TT-08", of: 100, eligible: 15, slots: 15, exceeded: false, "15 of 100"),
            QuotaCase("TT-08", of: 100, eligible: 16, slots: 15, exceeded: true, "one too many"),
            QuotaCase("TT-08", of: 99, eligible: 15, slots: 14, exceeded: true, "14.85 is 14"),
            QuotaCase("TT-08", of: 20, eligible: 3, slots: 3, exceeded: false, "just 3"),
            QuotaCase("TT-08", of: 19, eligible: 3, slots: 2, exceeded: true, "2.85 is 2"),
            QuotaCase("TT-08", of: 7, eligible: 1, slots: 1, exceeded: false, "1.05 is 1"),
            QuotaCase("TT-08", of: 6, eligible: 1, slots: 0, exceeded: true, "0.9 is none"),
            QuotaCase("TT-08", of: 0, eligible: 0, slots: 0, exceeded: false, "nobody"),
            QuotaCase("TT-24", of: 10, eligible: 2, slots: 2, exceeded: false, "20% of ten flags"),
            QuotaCase("TT-24", of: 9, eligible: 2, slots: 1, exceeded: true, "1.8 is 1"),
            QuotaCase("TT-24", of: 4, eligible: 1, slots: 0, exceeded: true, "0.8 is none"),
            QuotaCase("TT-22", of: 7, eligible: 1, slots: 1, exceeded: false, "one flag a cluster"),
            QuotaCase("TT-22", of: 7, eligible: 2, slots: 1, exceeded: true, "two leads, one flag"),
        ])
    func quota(_ row: QuotaCase) throws {
        let quota = try GradeTests.law.get().quota(
            row.rule, .baseFighter, scope: "tỉnh", of: row.of, eligible: row.eligible,
            on: try GradeTests.on("2021-09-30"))
        #expect(quota.slots == row.slots)
        #expect(quota.isExceeded == row.exceeded)
        #expect(quota.citation?.instrument == "NĐ 91/2017")
    }

    @Test("a year without law leaves titles to a person")
    func withoutLaw() throws {
        let later = try GradeTests.on("2024-06-01")
        let record = PersonRecord(
            holder: "CHV1", grade: GradeVerdict(grade: .good, conditions: []), merits: [],
            year: try Self.year())
        let titles = record.titles(law: try GradeTests.law.get(), on: later)
        #expect(titles.first?.outcome == .undetermined)
        let quota = try GradeTests.law.get().quota(
            "TT-08", .baseFighter, scope: "tỉnh", of: 100, eligible: 99, on: later)
        #expect(quota.slots == nil)
        #expect(!quota.isExceeded)
    }
}
