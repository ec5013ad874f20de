import Rules
import Testing
import Wire

@testable import DashboardWorker

@Suite struct PaceTests {
    private func start() throws -> Day { try #require(Day(2021, 3, 1)) }

    private func target(
        _ measure: String, _ numerator: Int64, _ denominator: Int64, _ state: String = "in_progress"
    ) -> ScoringV1.TargetResult {
        .with {
            $0.measure = measure
            $0.numerator = numerator
            $0.denominator = denominator
            $0.state = state
            $0.threshold = "0.800000"
            $0.dueOn = "2021-05-31"
        }
    }

    /// 92 days from 1/3 to 31/5, both counted: on the 46th (15/4) half of 80% is due.
    @Test(arguments: [
        ("2021-02-28", Ratio(0)), ("2021-03-01", Ratio(4, 460)), ("2021-04-15", Ratio(2, 5)),
        ("2021-05-31", Ratio(4, 5)), ("2021-09-30", Ratio(4, 5)),
    ])
    func theLineRisesEvenlyToTheDueDay(day: String, expected: Ratio) throws {
        let first = try start()
        let pace = try #require(Pace(target("large_value_seized", 0, 1), start: first))
        #expect(pace.expected(on: try #require(Day(iso: day))) == expected)
    }

    @Test(arguments: [
        (39, 100, "in_progress", Pace.Position.behind), (40, 100, "in_progress", .ahead),
        (41, 100, "in_progress", .ahead), (0, 0, "in_progress", nil), (39, 100, "not_met", nil),
        (90, 100, "met", nil),
    ])
    func aheadBeginsOnTheLine(
        numerator: Int64, denominator: Int64, state: String, position: Pace.Position?
    ) throws {
        let target = target("large_value_seized", numerator, denominator, state)
        let first = try start()
        let pace = try #require(Pace(target, start: first))
        let day = try #require(Day(2021, 4, 15))
        #expect(pace.position(of: target, on: day) == position)
    }

    @Test(arguments: ["decisions_timely", "lists_submitted", "something_new"])
    func whatMustHoldAtAnyTimeHasNoLine(measure: String) throws {
        let first = try start()
        #expect(Pace(target(measure, 0, 1), start: first) == nil)
    }

    @Test(arguments: [
        ("2021-02-20", "2021-05-31", 0), ("2021-03-01", "2021-05-31", 1),
        ("2021-03-08", "2021-05-31", 2), ("2021-05-31", "2021-05-31", 14),
        ("2021-12-31", "2021-09-30", 28),
    ])
    func theChartHasADayAWeekAndTheLastOne(day: String, due: String, count: Int) throws {
        let first = try start()
        let days = Chart.days(
            from: first, to: try #require(Day(iso: day)),
            due: try #require(Day(iso: due)))
        #expect(days.count == count)
        #expect(days.last == min(Day(iso: day), Day(iso: due)) || count == 0)
    }

    @Test(arguments: [
        ("0.800000", Ratio(4, 5)), ("1", Ratio(1)), ("12.5", Ratio(25, 2)),
    ])
    func decimalsAreExact(text: String, value: Ratio) {
        #expect(Ratio(decimal: text) == value)
    }

    @Test(arguments: ["", "x", "1.2.3", "-0.5", "1.x"])
    func otherTextIsNoDecimal(text: String) {
        #expect(Ratio(decimal: text) == nil)
    }
}

private func min(_ a: Day?, _ b: Day?) -> Day? {
    guard let a, let b else { return nil }
    return Swift.min(a, b)
}
