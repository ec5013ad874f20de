import Rules
import Testing

/// When coercion may not be held (LTHADS Art. 46.2; Decree 62/2015 Art. 13.2), as a jurist reads it.
struct CoercionBanTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let day: String
        let begins: (Int, Int)?
        let ends: (Int, Int)?
        let forces: Bool?
        let verdict: CoercionVerdict
        let article: String
        let why: String

        init(
            _ day: String, _ verdict: CoercionVerdict, _ article: String, _ why: String,
            forces: Bool? = true, begins: (Int, Int)? = nil, ends: (Int, Int)? = nil
        ) {
            self.day = day
            self.begins = begins
            self.ends = ends
            self.forces = forces
            self.verdict = verdict
            self.article = article
            self.why = why
        }

        var testDescription: String { "\(day) → \(verdict): \(why)" }
    }

    private static let offDay = "LTHADS Điều 46.2"
    private static let tet = "NĐ 62/2015 Điều 13.2"

    static let rows: [Row] = [
        Row("02/03", .allowed, "", "first day after the days around Tết 2021"),
        Row("01/03", .forbidden, tet, "15th day after mùng 3, the campaign's first day"),
        Row("01/03", .allowed, "", "no forces called out", forces: false),
        Row("01/03", .undetermined, tet, "nobody said whether forces are called out", forces: nil),
        Row("28/01", .forbidden, tet, "15th day before mùng 1, 12/02"),
        Row("27/01", .allowed, "", "16th day before mùng 1"),
        Row("17/02", .forbidden, tet, "a working day between"),
        Row("17/02", .allowed, "", "a working day between, without forces", forces: false),
        Row("12/02", .forbidden, offDay, "Tết itself is a day off, forces or none", forces: false),
        Row("21/04", .forbidden, offDay, "Giỗ Tổ Hùng Vương, a Wednesday"),
        Row("30/04", .forbidden, offDay, "a Friday off"),
        Row("03/05", .forbidden, offDay, "compensation for 01/05, a Saturday"),
        Row("04/05", .allowed, "", "the working day after"),
        Row("13/03", .forbidden, offDay, "a Saturday"),
        Row("14/03", .forbidden, offDay, "a Sunday"),
        Row("03/09", .forbidden, offDay, "the second day of National Day 2021"),
        Row("04/05/2019", .allowed, "", "a Saturday worked in exchange for 29/04"),
        Row("29/04/2019", .forbidden, offDay, "a Monday off in exchange"),
        Row("15/03", .forbidden, offDay, "22:00 on the stroke", begins: (22, 0)),
        Row("15/03", .allowed, "", "21:59, over by 22:00", begins: (21, 59), ends: (22, 0)),
        Row("15/03", .forbidden, offDay, "lasts beyond 22:00", begins: (20, 0), ends: (22, 1)),
        Row("15/03", .forbidden, offDay, "05:59", begins: (5, 59)),
        Row("15/03", .allowed, "", "06:00 on the stroke", begins: (6, 0), ends: (11, 30)),
        Row("04/02/2015", .undetermined, "", "before the decree: the book cannot say"),
        Row("31/01/2018", .allowed, "", "the day before the window of 2018"),
        Row("01/02/2018", .forbidden, tet, "first day of the window of 2018, as its order said"),
        Row("05/03/2018", .forbidden, tet, "last day of the window of 2018"),
        Row("06/03/2018", .allowed, "", "the day after"),
        Row("15/02/2030", .undetermined, "", "no Tết of 2030 in the calendar"),
        Row("16/07/2030", .allowed, "", "July is far from any Tết"),
    ]

    @Test("may coercion be held?", arguments: rows)
    func ban(_ row: Row) throws {
        let planned = PlannedCoercion(
            begins: row.begins.flatMap { ClockTime(hour: $0.0, minute: $0.1) },
            ends: row.ends.flatMap { ClockTime(hour: $0.0, minute: $0.1) },
            mobilisesForces: row.forces)
        let answer = try RealLaw.table().coercionBan(on: try day(row.day), planned)
        #expect(answer.verdict == row.verdict)
        #expect(answer.bans.isEmpty == (row.verdict != .forbidden))
        let reasons = answer.bans + answer.questions
        if !row.article.isEmpty {
            #expect(reasons.contains { $0.citation.description == row.article })
        }
        #expect(row.verdict == .allowed ? reasons.isEmpty : !reasons.isEmpty)
    }

    @Test("2021 is certain, other years are marked")
    func certainty() throws {
        let book = try RealLaw.table()
        #expect(book.coercionBan(on: try day("15/03")).certain)
        #expect(!book.coercionBan(on: try day("16/03/2020")).certain)
    }

    @Test("the first day for coercion with forces after Tết 2021 is 02/03; without, 17/02")
    func firstDay() throws {
        let book = try RealLaw.table()
        let from = try day("01/02")
        let first = book.firstCoercionDay(
            onOrAfter: try day("09/02"), PlannedCoercion(mobilisesForces: true))
        #expect(first == (try day("02/03")))
        let without = PlannedCoercion(mobilisesForces: false)
        #expect(
            book.firstCoercionDay(onOrAfter: try day("10/02"), without) == (try day("17/02")))
        #expect(book.firstCoercionDay(onOrAfter: from, without) == from)
    }

    @Test("calling out forces, or an hour more, never lifts a ban")
    func moreIsNeverLess() throws {
        let book = try RealLaw.table()
        var random = Seeded(46)
        for _ in 0..<1_000 {
            let at = try day("01/01/2016") + random.below(3_600)
            let begins = ClockTime(hour: random.below(24), minute: random.below(60))
            let plain = book.coercionBan(on: at, PlannedCoercion(mobilisesForces: false))
            let forces = book.coercionBan(on: at, PlannedCoercion(mobilisesForces: true))
            let hour = book.coercionBan(
                on: at, PlannedCoercion(begins: begins, mobilisesForces: false))
            guard plain.verdict == .forbidden else { continue }
            #expect(forces.verdict == .forbidden)
            #expect(hour.verdict == .forbidden)
        }
    }
}
