import Rules
import Testing

/// Who may score, review and decide, and what a sheet takes.
struct SheetTests {
    static let roles = [
        EmulationRole(principal: "cert:mx", duty: .unit, units: ["MX"]),
        EmulationRole(principal: "cert:hd-*", duty: .council, units: nil, own: ["CUC"]),
        EmulationRole(principal: "cert:hd-ke-sach", duty: .unit, units: ["KS"]),
        EmulationRole(principal: "cert:cuc-truong", duty: .head, units: nil, own: ["CUC"]),
        EmulationRole(principal: "cert:pho-cuc", duty: .head, units: ["KS"]),
        EmulationRole(principal: "uid:1*", duty: .unit, units: ["LP"]),
    ]

    struct Try: Sendable, CustomTestStringConvertible {
        let who: String
        let step: EmulationStep
        let unit: String
        let reason: SheetRefusal.Reason?
        var testDescription: String { "\(who) \(step) \(unit): \(reason?.rawValue ?? "may")" }

        init(
            _ who: String, _ step: EmulationStep, _ unit: String, _ reason: SheetRefusal.Reason?
        ) {
            self.who = who
            self.step = step
            self.unit = unit
            self.reason = reason
        }
    }

    @Test(arguments: [
        Try("cert:mx", .submit, "MX", nil),
        Try("cert:mx", .submit, "KS", .notYourUnit),
        Try("cert:mx", .object, "MX", nil),
        Try("cert:mx", .object, "KS", .notYourUnit),
        Try("cert:mx", .review, "MX", .notYourDuty),
        Try("cert:mx", .decide, "MX", .notYourDuty),
        Try("cert:mx", .propose, "MX", nil),
        Try("cert:mx", .propose, "KS", .notYourUnit),
        Try("cert:hd-01", .review, "MX", nil),
        Try("cert:hd-01", .review, "CUC", .ownUnit),
        Try("cert:hd-01", .submit, "MX", .notYourDuty),
        Try("cert:hd-01", .decide, "MX", .notYourDuty),
        Try("cert:hd-01", .answer, "MX", nil),
        Try("cert:hd-ke-sach", .review, "MX", nil),
        Try("cert:hd-ke-sach", .review, "KS", .ownUnit),
        Try("cert:hd-ke-sach", .submit, "KS", nil),
        Try("cert:hd-ke-sach", .answer, "KS", .ownUnit),
        Try("cert:cuc-truong", .decide, "MX", nil),
        Try("cert:cuc-truong", .decide, "CUC", .ownUnit),
        Try("cert:cuc-truong", .decideProposal, "CUC", .ownUnit),
        Try("cert:cuc-truong", .review, "MX", .notYourDuty),
        Try("cert:pho-cuc", .decide, "KS", nil),
        Try("cert:pho-cuc", .decide, "MX", .notYourUnit),
        Try("uid:1001", .submit, "LP", nil),
        Try("uid:2001", .submit, "LP", .notYourDuty),
        Try("cert:mxx", .submit, "MX", .notYourDuty),
        Try("unknown", .decide, "MX", .notYourDuty),
    ])
    func rights(_ row: Try) {
        let found = refusal(of: row.who, row.step, unit: row.unit, roles: Self.roles)
        #expect(found?.reason == row.reason)
        if let found { #expect(found.isAboutRights) }
    }

    @Test func withoutRolesNobodyMayDoAnything() {
        for step in EmulationStep.allCases {
            let found = refusal(of: "cert:mx", step, unit: "MX", roles: [])
            #expect(found?.reason == .noRoles)
            #expect(found?.isAboutRights == false)
        }
    }

    static let table: EmulationTable = {
        var table = EmulationTable(
            criteria: [
                TableTests.criterion(60, .proRata, bonus: (1, 5, 5), floor: 10),
                Criterion(id: "movement", base: 40, basis: .manual(evidence: true)),
                Criterion(id: "late", base: 10, basis: .deadlines(reports: [.summary], perDay: 1)),
            ], tieBreaks: [], verified: false)
        table.objections = ObjectionPeriods(days: 3, answerDays: 2)
        return table
    }()

    static func filling(_ author: String, rate: Ratio = Ratio(2, 3)) throws -> SheetFilling {
        let standing = try TableTests.standing(rate: rate, level: .province)
        return SheetFilling(
            table: table, level: .province,
            computed: table.criteria.compactMap { $0.points(of: standing) }, author: author,
            atMilliseconds: 1)
    }

    static func movement(_ points: String, _ reason: String = "") -> AskedEntry {
        AskedEntry(
            criterion: "movement", points: Hundredths(text: points), evidence: "biên bản 5",
            reason: reason)
    }

    @Test func theUnitsColumnStartsFromWhatIsCounted() throws {
        let entries = try Self.filling("cert:mx").entries(
            .scored, on: ScoreSheet(unit: "MX"), asked: [Self.movement("35,5")])
        #expect(entries.map(\.criterion) == ["c", "movement"], "no summary of the department")
        #expect(entries.map(\.points.text) == ["50.00", "35.50"], "60 × 2/3 ÷ 80%")
        #expect(entries.allSatisfy { $0.author == "cert:mx" && $0.column == .scored })
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let entry: AskedEntry
        let says: String
        var testDescription: String { says }
    }

    @Test(arguments: [
        Wrong(
            entry: AskedEntry(criterion: "c", points: Hundredths(6100), reason: "r"),
            says: "tiêu chí “c” tối đa 60 điểm, nhận được 61.00"),
        Wrong(
            entry: AskedEntry(criterion: "c", points: Hundredths(6001), reason: "r"),
            says: "tiêu chí “c” tối đa 60 điểm, nhận được 60.01"),
        Wrong(
            entry: AskedEntry(criterion: "c", points: Hundredths(999), reason: "r"),
            says: "tiêu chí “c” tối thiểu 10 điểm, nhận được 9.99"),
        Wrong(
            entry: AskedEntry(criterion: "c", points: nil, bonus: Hundredths(501), reason: "r"),
            says: "tiêu chí “c” thưởng tối đa 5 điểm, nhận được 5.01"),
        Wrong(
            entry: AskedEntry(criterion: "c", points: Hundredths(5100)),
            says: "tiêu chí “c”: điểm 51.00 + 0.00 khác 50.00 + 0.00 ở cột trước, cần nêu lý do"),
        Wrong(
            entry: AskedEntry(criterion: "late", points: Hundredths(1)),
            says: "tiêu chí “late” không áp dụng cho MX; các tiêu chí: c, movement"),
        Wrong(
            entry: AskedEntry(criterion: "movement", points: Hundredths(1)),
            says: "tiêu chí “movement” được cho điểm hai lần"),
    ])
    func aWrongEntryIsNamed(_ row: Wrong) throws {
        let filling = try Self.filling("cert:mx")
        let fault = #expect(throws: EntryFault.self) {
            try filling.entries(
                .scored, on: ScoreSheet(unit: "MX"), asked: [Self.movement("30"), row.entry])
        }
        #expect(fault?.message == row.says)
    }

    @Test func aManualCriterionNeedsPointsAndEvidence() throws {
        let filling = try Self.filling("cert:mx")
        let none = #expect(throws: EntryFault.self) {
            try filling.entries(.scored, on: ScoreSheet(unit: "MX"), asked: [])
        }
        #expect(none?.message == "tiêu chí “movement” chấm bằng tay, cần điểm")
        let bare = #expect(throws: EntryFault.self) {
            try filling.entries(
                .scored, on: ScoreSheet(unit: "MX"),
                asked: [AskedEntry(criterion: "movement", points: Hundredths(100))])
        }
        #expect(bare?.message == "tiêu chí “movement” cần nêu tài liệu kiểm chứng")
    }

    /// A sheet that has come this far, each step by its own person.
    static func sheet(_ state: SheetState) throws -> ScoreSheet {
        var sheet = ScoreSheet(unit: "MX")
        if state == .open { return sheet }
        sheet.entries += try filling("cert:mx").entries(
            .scored, on: sheet, asked: [movement("35")])
        sheet.state = .submitted
        if state == .submitted { return sheet }
        sheet.entries += try filling("cert:hd-01").entries(
            .reviewed, on: sheet, asked: [movement("30", "thiếu minh chứng")])
        sheet.state = .reviewed
        sheet.steppedOn = try day("07/06")
        if state == .reviewed { return sheet }
        sheet.entries += try filling("cert:cuc-truong").entries(.decided, on: sheet, asked: [])
        sheet.state = .decided
        sheet.steppedOn = try day("14/06")
        return sheet
    }

    @Test func eachColumnKeepsTheOneBeforeUnlessAReasonIsGiven() throws {
        let sheet = try Self.sheet(.decided)
        #expect(sheet.entry("movement", .scored)?.points.text == "35.00")
        #expect(sheet.entry("movement", .reviewed)?.points.text == "30.00")
        #expect(sheet.entry("movement", .reviewed)?.reason == "thiếu minh chứng")
        #expect(sheet.entry("movement", .decided)?.points.text == "30.00")
        #expect(sheet.entry("c", .decided)?.author == "cert:cuc-truong")
        let fault = #expect(throws: EntryFault.self) {
            try Self.filling("cert:hd-01").entries(
                .reviewed, on: Self.sheet(.submitted), asked: [Self.movement("30")])
        }
        #expect(fault?.message.contains("cần nêu lý do") == true)
    }

    struct Turn: Sendable, CustomTestStringConvertible {
        let state: SheetState
        let step: EmulationStep
        let who: String
        let on: String
        let reason: SheetRefusal.Reason?
        var testDescription: String {
            "\(state) \(step) \(who) \(on): \(reason?.rawValue ?? "may")"
        }

        init(
            _ state: SheetState, _ step: EmulationStep, _ who: String, _ on: String,
            _ reason: SheetRefusal.Reason?
        ) {
            self.state = state
            self.step = step
            self.who = who
            self.on = on
            self.reason = reason
        }
    }

    @Test(arguments: [
        Turn(.open, .submit, "cert:mx", "01/06", nil),
        Turn(.open, .review, "cert:hd-01", "01/06", .notYet),
        Turn(.open, .decide, "cert:cuc-truong", "01/06", .notYet),
        Turn(.open, .object, "cert:mx", "01/06", .notYet),
        Turn(.submitted, .submit, "cert:mx", "01/06", nil),
        Turn(.submitted, .review, "cert:hd-01", "01/06", nil),
        Turn(.submitted, .review, "cert:mx", "01/06", .sameHands),
        Turn(.submitted, .decide, "cert:cuc-truong", "01/06", .notYet),
        Turn(.submitted, .object, "cert:mx", "01/06", .notYet),
        Turn(.reviewed, .submit, "cert:mx", "08/06", .over),
        Turn(.reviewed, .review, "cert:hd-02", "08/06", nil),
        Turn(.reviewed, .decide, "cert:cuc-truong", "08/06", nil),
        Turn(.reviewed, .decide, "cert:hd-01", "08/06", .sameHands),
        Turn(.reviewed, .decide, "cert:mx", "08/06", .sameHands),
        Turn(.reviewed, .object, "cert:mx", "10/06", nil),
        Turn(.reviewed, .object, "cert:mx", "11/06", .late),
        Turn(.decided, .submit, "cert:mx", "15/06", .locked),
        Turn(.decided, .review, "cert:hd-01", "15/06", .locked),
        Turn(.decided, .decide, "cert:cuc-truong", "15/06", .locked),
        Turn(.decided, .object, "cert:mx", "17/06", nil),
        Turn(.decided, .object, "cert:mx", "18/06", .late),
    ])
    func turns(_ row: Turn) throws {
        let found = try Self.sheet(row.state).refusal(
            of: row.who, row.step, on: try day(row.on), periods: Self.table.objections,
            calendar: try Law2021.calendar())
        #expect(found?.reason == row.reason)
    }

    @Test func anOpenObjectionHoldsTheDecisionUp() throws {
        var sheet = try Self.sheet(.reviewed)
        var objection = SheetObjection(
            number: 1, criterion: "movement", against: .reviewed, text: "có minh chứng",
            author: "cert:mx", atMilliseconds: 2, answerDueOn: try day("10/06"))
        sheet.objections = [objection]
        func decision() throws -> SheetRefusal.Reason? {
            sheet.refusal(
                of: "cert:cuc-truong", .decide, on: try day("09/06"), periods: nil,
                calendar: try Law2021.calendar())?.reason
        }
        #expect(try decision() == .openObjection)
        #expect(!objection.isOverdue(on: try day("10/06")))
        #expect(objection.isOverdue(on: try day("11/06")))
        objection.answer = SheetObjection.Answer(
            outcome: .rejected, text: "không", author: "cert:hd-01", atMilliseconds: 3,
            on: try day("10/06"))
        #expect(!objection.isOverdue(on: try day("30/06")))
        sheet.objections = [objection]
        #expect(try decision() == nil)
    }

    @Test func withoutAPeriodObjectionsHaveNoEnd() throws {
        let sheet = try Self.sheet(.decided)
        let calendar = try Law2021.calendar()
        #expect(sheet.objectUntil(nil, calendar) == nil)
        #expect(sheet.objectUntil(Self.table.objections, calendar) == (try day("17/06")))
        let late = sheet.refusal(
            of: "cert:mx", .object, on: try day("31/12"), periods: nil, calendar: calendar)
        #expect(late == nil)
    }

    @Test func aColumnRanksByItsOwnPoints() throws {
        var plan = try Plan2021.plan()
        plan.emulation = Self.table
        var standing = try TableTests.standing(rate: Ratio(1), level: .province)
        standing.isOfSheet = true
        standing.given = try Self.sheet(.decided).given(.decided)
        var other = standing
        other.given = [:]
        let rows = rank([other, standing], plan: plan)
        #expect(rows[0].score == Ratio(80), "50 + 30 of 100, whatever is counted by now")
        #expect(rows.map(\.rank) == [1, nil])
        #expect(rows[1].undetermined == ["Phiếu điểm chưa có cột này."])
    }

    @Test(arguments: [
        ("12", 1200), ("12.5", 1250), ("12,50", 1250), ("0", 0), ("0.05", 5), ("100.00", 10_000),
    ])
    func pointsAreReadAsTheyStand(_ text: String, _ count: Int) {
        #expect(Hundredths(text: text)?.count == count)
    }

    @Test(arguments: ["", "-1", "1.234", "1e3", "1.", ".5", "1.2.3", "mười", "1 000", "123456"])
    func otherPointsAreRefused(_ text: String) {
        #expect(Hundredths(text: text) == nil)
    }
}
