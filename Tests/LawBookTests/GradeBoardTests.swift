import LawBook
import Rules
import Testing

/// The board of a province: from facts to grades, titles and quotas.
@Suite("Grades from the figures of a province")
struct GradeBoardTests {
    private static let asOf = "2021-10-15"

    private static func plan() throws -> CampaignPlan {
        try PlanFile.parse(bytes: try RealFiles.bytes(RealFiles.planPath), name: "plan.yaml")
    }

    /// A unit whose results are these rates, one a target of the plan, in its order; nil = not applicable.
    private static func unit(
        _ code: String, _ rates: [String?], level: UnitLevel = .district, cluster: String? = nil,
        officers: [String] = [], merits: [(String, Merit.Kind, String)] = []
    ) throws -> UnitYear {
        let plan = try plan()
        let day = try GradeTests.on(asOf)
        let file = UnitFile(
            unit: Unit(code: code, name: "Chi cục \(code)", level: level, cluster: cluster),
            cases: [], reports: [])
        var standing = UnitStanding(file, plan: plan, law: try RealFiles.book.get(), asOf: day)
        standing.results = try zip(standing.results, rates).compactMap { result, rate in
            guard let rate else { return nil }
            return result.supposing(rate: try #require(Ratio(rate: rate)), asOf: day)
        }
        let copy = standing
        return UnitYear(
            standing: standing,
            officers: officers.map { .init(code: $0, name: "Ông \($0)", standing: copy) },
            merits: try merits.map {
                Merit(holder: $0.0, kind: $0.1, decidedOn: try GradeTests.on($0.2))
            })
    }

    private static func board(_ units: [UnitYear], on iso: String = asOf) throws -> GradeBoard {
        gradeBoard(
            units, plan: try plan(), law: try RealFiles.book.get(), asOf: try GradeTests.on(iso))
    }

    private static func grade(_ board: GradeBoard, _ kind: BoardRow.Kind, _ code: String) -> Grade?
    {
        board.rows.first { $0.kind == kind && $0.code == code }?.verdict?.grade
    }

    /// Thresholds of the sample: 80%, 100%, 15%, 10%, then 100% five times.
    static let good: [String?] = ["80%", "1", "15%", "10%", "1", "1", "1", "1", "1"]
    static let exceeding: [String?] = ["90%", "1", "16%", "11%"]
    /// Six of nine targets met.
    static let gap: [String?] = ["80%", "1", "15%", "10%", "1", "1", "0", "0", "0"]
    static let failed: [String?] = ["80%", "1", "15%", "10%", "0", "0", "0", "0", "0"]

    @Test("heads by their unit's targets")
    func heads() throws {
        let board = try Self.board([
            Self.unit("A", Self.good), Self.unit("B", Self.exceeding), Self.unit("C", Self.gap),
            Self.unit("D", Self.failed),
        ])
        #expect(Self.grade(board, .head, "A") == .good)
        #expect(Self.grade(board, .head, "B") == .excellent, "3 of 4 exceeded")
        #expect(Self.grade(board, .head, "C") == nil, "66.7%: the decree's gap")
        #expect(Self.grade(board, .head, "D") == .notCompleted, "44.4%")
    }

    @Test("the head of the department answers for the branches")
    func department() throws {
        let all = try ["A", "B"].map { try Self.unit($0, Self.good) }
        func head(_ more: [UnitYear]) throws -> Grade? {
            let department = try Self.unit("CUC", Self.exceeding, level: .province)
            return Self.grade(try Self.board([department] + all + more), .head, "CUC")
        }
        #expect(try head([]) == .excellent)
        #expect(try head([Self.unit("C", Self.gap)]) == nil, "C may tip it")
        #expect(try head([Self.unit("D", Self.failed)]) == nil, "2 of 3 completed: under 70%")
        #expect(
            try head([Self.unit("D", Self.failed), Self.unit("E", Self.good)]) == .completed,
            "3 of 4 completed")
    }

    @Test("an officer by the own cases, discipline by the own record")
    func officers() throws {
        let unit = try Self.unit(
            "A", Self.good, officers: ["O1", "O2", "O3"],
            merits: [
                ("O2", .reprimand, "2021-03-01"), ("O3", .initiative, "2021-04-01"),
            ])
        let board = try Self.board([unit])
        #expect(Self.grade(board, .officer, "O1") == .good)
        #expect(Self.grade(board, .officer, "O2") == .notCompleted)
        let fighter = board.rows.first { $0.code == "O3" && $0.kind == .officer }
        #expect(fighter?.eligibility(.baseFighter)?.outcome == .eligible)
        // Advanced workers: the head, O1 and O3; 15% of three is nobody.
        let quota = try #require(board.quotas.first { $0.title == "base_fighter" })
        #expect(quota.of == 3)
        #expect(quota.slots == 0)
        #expect(quota.eligible == 1)
        #expect(quota.isExceeded)
    }

    @Test("a target not yet due keeps every grade open")
    func open() throws {
        let plan = try Self.plan()
        let day = try GradeTests.on("2021-04-01")
        let file = UnitFile(
            unit: Unit(code: "A", name: "A", level: .district), cases: [], reports: [])
        let standing = UnitStanding(file, plan: plan, law: try RealFiles.book.get(), asOf: day)
        let board = try Self.board(
            [UnitYear(standing: standing, officers: [], merits: [])], on: "2021-04-01")
        #expect(Self.grade(board, .head, "A") == nil)
    }

    @Test("one flag a cluster, to its leader with the cluster's vote")
    func flags() throws {
        let board = try Self.board([
            Self.unit(
                "A", Self.exceeding, cluster: "1", merits: [("unit", .flagVote, "2021-09-01")]),
            Self.unit("B", Self.good, cluster: "1", merits: [("unit", .flagVote, "2021-09-01")]),
            Self.unit("C", Self.failed, cluster: "2"),
        ])
        func flag(_ code: String) -> Eligibility.Outcome? {
            board.rows.first { $0.kind == .unit && $0.code == code }?
                .eligibility(.ministryFlag)?.outcome
        }
        #expect(flag("A") == .eligible)
        #expect(flag("B") == .notEligible, "not the lead")
        #expect(flag("C") == .undetermined, "leads alone, no vote on record")
        let quotas = board.quotas.filter { $0.title == "ministry_flag" }
        #expect(quotas.map(\.scope) == ["cụm 1", "cụm 2"])
        #expect(quotas.map(\.slots) == [1, 1])
        #expect(quotas.map(\.eligible) == [1, 1])
    }

    @Test("the government's flag is at most a fifth of those of the branch's standard")
    func governmentFlag() throws {
        let units = try (1...6).map { index in
            try Self.unit(
                "U\(index)", Self.good, cluster: "\(index)",
                merits: [("unit", index == 1 ? .ministryFlag : .flagStandard, "2021-09-01")])
        }
        let quota = try #require(
            try Self.board(units).quotas.first { $0.title == "government_flag" })
        #expect(quota.of == 6)
        #expect(quota.slots == 1)
        #expect(quota.eligible == 1)
        #expect(!quota.isExceeded)
    }
}
