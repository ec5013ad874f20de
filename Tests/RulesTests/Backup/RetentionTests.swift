import Rules
import Testing

/// Which backups stay: docs/operating/backup.md. Days of 2021; 31 May is a Monday.
@Suite struct RetentionTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let keep: Retention
        /// Days of the backups, oldest first; two of one day are told apart by their order.
        let made: [String]
        /// Places in `made` of those that stay.
        let stay: [Int]

        init(_ name: String, _ keep: (Int, Int, Int), _ made: [String], _ stay: [Int]) {
            testDescription = name
            self.keep = Retention(daily: keep.0, weekly: keep.1, monthly: keep.2)
            self.made = made
            self.stay = stay
        }
    }

    static let cases = [
        Case("nothing there, nothing goes", (1, 1, 1), [], []),
        Case("the newest stays whatever is asked", (0, 0, 0), ["2021-05-30", "2021-05-31"], [1]),
        Case("two days", (2, 0, 0), ["2021-05-29", "2021-05-30", "2021-05-31"], [1, 2]),
        Case(
            "the newest of a day stands for it", (2, 0, 0),
            ["2021-05-30", "2021-05-30", "2021-05-31", "2021-05-31"], [1, 3]),
        Case(
            "days without a backup are not counted", (2, 0, 0),
            ["2021-01-05", "2021-05-01", "2021-05-31"], [1, 2]),
        Case(
            "a week begins on Monday", (0, 2, 0),
            ["2021-05-23", "2021-05-24", "2021-05-30", "2021-05-31"], [2, 3]),
        Case(
            "Sunday belongs to the week before Monday", (0, 1, 0),
            ["2021-05-30", "2021-05-31"], [1]),
        Case(
            "a week over the turn of the year is one", (0, 1, 0),
            ["2020-12-31", "2021-01-01", "2021-01-03"], [2]),
        Case(
            "the newest of a month stands for it", (0, 0, 2),
            ["2021-03-31", "2021-04-01", "2021-04-30", "2021-05-01"], [2, 3]),
        Case(
            "May of two years are two months", (0, 0, 2), ["2020-05-31", "2021-05-31"], [0, 1]),
        Case(
            "rules add up", (1, 2, 2),
            ["2021-04-30", "2021-05-20", "2021-05-23", "2021-05-29", "2021-05-31"], [0, 3, 4]
        ),
        Case("a negative count is none", (-3, 0, 0), ["2021-05-30", "2021-05-31"], [1]),
    ]

    @Test(arguments: cases) func stays(_ row: Case) throws {
        let made = try row.made.enumerated().map { index, text in
            Retention.Made(day: try #require(Day(iso: text)), atMilliseconds: Int64(index))
        }
        let staying = row.keep.judged(made).filter(\.stays).map(\.index)
        #expect(staying == row.stay)
    }

    /// What stays once stays when the rule is applied again, and the order of the list says nothing.
    @Test func isStableAndBlindToOrder() {
        let keep = Retention(daily: 3, weekly: 2, monthly: 2)
        let made = (0..<120).map { (index: Int) -> Retention.Made in
            let place = index * 7 % 97
            return Retention.Made(
                day: Day(number: 18_700 + Int32(place)), atMilliseconds: Int64(place))
        }
        let first = keep.judged(made).filter(\.stays).map { made[$0.index] }
        let again = keep.judged(first).filter(\.stays).map { first[$0.index] }
        #expect(again.map(\.atMilliseconds) == first.map(\.atMilliseconds))
        let turned = Array(made.reversed())
        let other = keep.judged(turned).filter(\.stays).map { turned[$0.index].day }
        #expect(Set(other) == Set(first.map(\.day)))
    }
}
