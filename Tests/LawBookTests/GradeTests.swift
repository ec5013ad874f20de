import LawBook
import Rules
import Testing

/// Grades by Decree 90/2020, from 2026 by Decree 335/2025, with the law book that ships.
@Suite("Grades of officers and heads")
struct GradeTests {
    static let law = RealFiles.book

    static func on(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    struct OfficerCase: Sendable, CustomTestStringConvertible {
        let total: Int
        let full: Int
        let exceeded: Int
        let late: Int
        let grade: Grade?
        let why: String
        var disciplined = false
        var declined = false
        var open = 0
        var testDescription: String { why }

        init(
            _ total: Int, full: Int, exceeded: Int, late: Int, _ grade: Grade?, _ why: String
        ) {
            self.total = total
            self.full = full
            self.exceeded = exceeded
            self.late = late
            self.grade = grade
            self.why = why
        }

        func with(_ change: (inout OfficerCase) -> Void) -> OfficerCase {
            var copy = self
            change(&copy)
            return copy
        }
    }

    static let officers = [
        OfficerCase(10, full: 10, exceeded: 5, late: 0, .excellent, "all on time, half exceeded"),
        OfficerCase(10, full: 10, exceeded: 10, late: 0, .excellent, "all exceeded"),
        OfficerCase(10, full: 10, exceeded: 4, late: 0, .good, "40% exceeded: good only"),
        OfficerCase(9, full: 9, exceeded: 4, late: 0, .good, "4/9 is under 50%"),
        OfficerCase(9, full: 9, exceeded: 5, late: 0, .excellent, "5/9 is over 50%"),
        OfficerCase(1, full: 1, exceeded: 1, late: 0, .excellent, "a single task, exceeded"),
        OfficerCase(1, full: 1, exceeded: 0, late: 0, .good, "a single task"),
        OfficerCase(10, full: 9, exceeded: 9, late: 1, .completed, "one late: no longer good"),
        OfficerCase(10, full: 8, exceeded: 0, late: 2, .completed, "just 20% short"),
        OfficerCase(10, full: 7, exceeded: 0, late: 3, nil, "30% short: the decree has a gap"),
        OfficerCase(100, full: 79, exceeded: 0, late: 21, nil, "21% short: the gap"),
        OfficerCase(100, full: 80, exceeded: 0, late: 20, .completed, "20 of 100 short"),
        OfficerCase(10, full: 5, exceeded: 5, late: 5, nil, "just 50% short: still the gap"),
        OfficerCase(100, full: 49, exceeded: 0, late: 51, .notCompleted, "51% short"),
        OfficerCase(10, full: 4, exceeded: 4, late: 6, .notCompleted, "60% short"),
        OfficerCase(10, full: 0, exceeded: 0, late: 10, .notCompleted, "all late"),
        OfficerCase(10, full: 0, exceeded: 0, late: 0, .notCompleted, "nothing done"),
        OfficerCase(10, full: 9, exceeded: 0, late: 0, nil, "one not done at all: not all done"),
        OfficerCase(10, full: 8, exceeded: 0, late: 1, nil, "one late, one undone"),
        OfficerCase(0, full: 0, exceeded: 0, late: 0, nil, "no task on record"),
        OfficerCase(10, full: 10, exceeded: 10, late: 0, .notCompleted, "disciplined").with {
            $0.disciplined = true
        },
        OfficerCase(10, full: 10, exceeded: 10, late: 0, .notCompleted, "ideological decline").with
        {
            $0.declined = true
        },
        OfficerCase(0, full: 0, exceeded: 0, late: 0, .notCompleted, "disciplined, no tasks").with {
            $0.disciplined = true
        },
        OfficerCase(10, full: 10, exceeded: 10, late: 0, nil, "one more task is open").with {
            $0.open = 1
        },
    ]

    @Test("an officer without a post of command", arguments: officers)
    func officer(_ row: OfficerCase) throws {
        var year = OfficerYear(
            tasks: TaskRecord(
                total: row.total, full: row.full, exceeded: row.exceeded, late: row.late))
        year.isDisciplined = row.disciplined
        year.hasDeclined = row.declined
        year.openTasks = row.open
        let verdict = year.grade(law: try Self.law.get(), on: try Self.on("2021-09-30"))
        #expect(verdict.grade == row.grade)
        #expect(!verdict.conditions.isEmpty)
        #expect(verdict.conditions.allSatisfy { $0.citation?.instrument == "NĐ 90/2020" })
    }

    struct HeadCase: Sendable, CustomTestStringConvertible {
        let targets: Int
        let met: Int
        let exceeded: Int
        let onTime: Int
        let under: HeadYear.SubUnits
        let grade: Grade?
        let why: String
        var corrupt = false
        var disciplined = false
        var open = 0
        var testDescription: String { why }

        init(
            _ targets: Int, met: Int, exceeded: Int, onTime: Int? = nil,
            under: HeadYear.SubUnits = .none, _ grade: Grade?, _ why: String
        ) {
            self.targets = targets
            self.met = met
            self.exceeded = exceeded
            self.onTime = onTime ?? met
            self.under = under
            self.grade = grade
            self.why = why
        }

        func with(_ change: (inout HeadCase) -> Void) -> HeadCase {
            var copy = self
            change(&copy)
            return copy
        }
    }

    private static func under(
        _ total: Int, _ completed: Int, _ good: Int, open: Int = 0
    ) -> HeadYear.SubUnits {
        HeadYear.SubUnits(total: total, completed: completed, good: good, open: open)
    }

    static let heads = [
        HeadCase(8, met: 8, exceeded: 4, .excellent, "all met, half exceeded, no sub-units"),
        HeadCase(8, met: 8, exceeded: 3, .good, "3/8 exceeded"),
        HeadCase(8, met: 8, exceeded: 8, onTime: 7, .excellent, "exceeding needs no 80% rule"),
        HeadCase(10, met: 10, exceeded: 0, onTime: 8, .good, "just 80% on time"),
        HeadCase(10, met: 10, exceeded: 0, onTime: 7, .completed, "70% on time: completed"),
        HeadCase(10, met: 9, exceeded: 9, .completed, "one target missed: no longer good"),
        HeadCase(10, met: 8, exceeded: 0, .completed, "80% met"),
        HeadCase(100, met: 71, exceeded: 0, .completed, "71% is more than 70%"),
        HeadCase(10, met: 7, exceeded: 0, nil, "just 70%: no class"),
        HeadCase(100, met: 70, exceeded: 70, nil, "70 of 100: no class"),
        HeadCase(10, met: 6, exceeded: 0, nil, "60%: the decree's gap"),
        HeadCase(10, met: 5, exceeded: 0, nil, "just 50%: not under 50%, no class"),
        HeadCase(100, met: 50, exceeded: 0, nil, "50 of 100: no class"),
        HeadCase(100, met: 49, exceeded: 0, .notCompleted, "49% met"),
        HeadCase(9, met: 4, exceeded: 4, .notCompleted, "4/9 is under 50%"),
        HeadCase(9, met: 5, exceeded: 0, nil, "5/9 is in the gap"),
        HeadCase(7, met: 5, exceeded: 0, .completed, "5/7 is 71.4%"),
        HeadCase(3, met: 2, exceeded: 0, nil, "2/3 is in the gap"),
        HeadCase(8, met: 0, exceeded: 0, .notCompleted, "nothing met"),
        HeadCase(0, met: 0, exceeded: 0, nil, "no targets"),
        HeadCase(8, met: 8, exceeded: 8, under: under(11, 11, 8), .excellent, "8/11 good: 72.7%"),
        HeadCase(8, met: 8, exceeded: 8, under: under(10, 10, 7), .excellent, "just 70% good"),
        HeadCase(8, met: 8, exceeded: 8, under: under(10, 10, 6), .completed, "60% good"),
        HeadCase(8, met: 8, exceeded: 8, under: under(10, 9, 9), .completed, "one unit failed"),
        HeadCase(8, met: 8, exceeded: 8, under: under(10, 7, 7), .completed, "70% completed"),
        HeadCase(8, met: 8, exceeded: 8, under: under(10, 6, 6), nil, "60% completed: no class"),
        HeadCase(8, met: 7, exceeded: 0, under: under(10, 6, 0), nil, "met enough, units did not"),
        HeadCase(
            8, met: 8, exceeded: 8, under: under(10, 9, 9, open: 1), nil,
            "one unit not classed yet may tip it"),
        HeadCase(
            8, met: 8, exceeded: 8, under: under(10, 8, 8, open: 1), .completed,
            "one failed: the open one cannot help"),
        HeadCase(
            8, met: 8, exceeded: 8, under: under(10, 10, 6, open: 0), .completed, "none open"),
        HeadCase(
            8, met: 3, exceeded: 0, under: under(10, 5, 5, open: 5), .notCompleted,
            "under 50%, whatever the units"),
        HeadCase(8, met: 8, exceeded: 8, .notCompleted, "corruption in the unit").with {
            $0.corrupt = true
        },
        HeadCase(8, met: 8, exceeded: 8, .notCompleted, "the head was disciplined").with {
            $0.disciplined = true
        },
        HeadCase(8, met: 8, exceeded: 8, nil, "a target is not due yet").with { $0.open = 1 },
    ]

    @Test("the head of a unit", arguments: heads)
    func head(_ row: HeadCase) throws {
        var year = HeadYear(
            targets: row.targets, met: row.met, exceeded: row.exceeded, onTime: row.onTime)
        year.subUnits = row.under
        year.hasCorruption = row.corrupt
        year.isDisciplined = row.disciplined
        year.openTargets = row.open
        let verdict = year.grade(law: try Self.law.get(), on: try Self.on("2021-09-30"))
        #expect(verdict.grade == row.grade)
        #expect(verdict.conditions.allSatisfy { $0.citation != nil })
    }

    @Test("the gap is explained by the two rules that leave it")
    func gap() throws {
        let verdict = HeadYear(targets: 10, met: 6, exceeded: 0, onTime: 6)
            .grade(law: try Self.law.get(), on: try Self.on("2021-09-30"))
        let texts = verdict.conditions.map(\.text)
        #expect(
            texts.contains(
                "Chỉ tiêu của đơn vị hoàn thành (hoàn thành): 6/10 (60%), yêu cầu trên 70%."))
        #expect(
            texts.contains(
                "Chỉ tiêu của đơn vị hoàn thành (không hoàn thành khi dưới): 6/10 (60%), "
                    + "yêu cầu từ 50%."))
    }

    @Test(
        "from 2026 grades go by points",
        arguments: [
            ("100", Grade.excellent), ("90", .excellent), ("89.99", .good), ("70", .good),
            ("69.99", .completed), ("50", .completed), ("49.99", .notCompleted),
            ("0", .notCompleted),
        ] as [(String, Grade)])
    func points(_ points: String, _ grade: Grade) throws {
        var year = OfficerYear(tasks: TaskRecord(total: 0, full: 0, exceeded: 0, late: 0))
        year.points = try #require(Hundredths(text: points)).ratio
        let verdict = year.grade(law: try Self.law.get(), on: try Self.on("2026-09-30"))
        #expect(verdict.grade == grade)
        #expect(verdict.conditions.last?.citation?.instrument == "NĐ 335/2025")
        year.points = nil
        #expect(year.grade(law: try Self.law.get(), on: try Self.on("2026-09-30")).isUndetermined)
    }

    @Test("before the decree a person decides: the law book has no value")
    func beforeTheDecree() throws {
        let year = OfficerYear(tasks: TaskRecord(total: 1, full: 1, exceeded: 1, late: 0))
        let verdict = year.grade(law: try Self.law.get(), on: try Self.on("2020-08-19"))
        #expect(verdict.isUndetermined)
        #expect(verdict.conditions.contains { $0.citation == nil })
    }
}
