import Rules

private let start = EdgeCase.start
private let end = EdgeCase.end

extension EdgeRecipe {
    /// The day of receipt and the day of the decision (E-03, E-04; window and holidays).
    static let receiving: [EdgeRecipe] = [
        EdgeRecipe("received_and_decided_on_start") { $0.received(start, decided: start) },
        EdgeRecipe("received_on_start_decided_fifth_day") { $0.received(start, decidedAfter: 5) },
        EdgeRecipe("received_on_start_decided_sixth_day") { $0.received(start, decidedAfter: 6) },
        EdgeRecipe("received_on_end_decided_on_end") { $0.received(end, decided: end) },
        EdgeRecipe("received_on_end_decided_fifth_day") { $0.received(end, decidedAfter: 5) },
        EdgeRecipe("received_on_end_decided_sixth_day") { $0.received(end, decidedAfter: 6) },
        EdgeRecipe("received_day_before_start") { $0.received(start - 1, decidedAfter: 5) },
        EdgeRecipe("received_day_after_end") { $0.received(end + 1, decidedAfter: 5) },
        EdgeRecipe("received_unknown") { $0.received(nil, decided: date(2021, 4, 1)) },
        EdgeRecipe("received_before_tet") { $0.received(date(2021, 2, 9), decidedAfter: 5) },
        EdgeRecipe("received_within_tet") { $0.received(date(2021, 2, 13), decidedAfter: 5) },
        EdgeRecipe("received_before_hung_kings") {
            $0.received(date(2021, 4, 20), decidedAfter: 5)
        },
        EdgeRecipe("received_on_hung_kings") { $0.received(date(2021, 4, 21), decidedAfter: 5) },
        EdgeRecipe("received_before_reunification") {
            $0.received(date(2021, 4, 29), decidedAfter: 5)
        },
        EdgeRecipe("received_before_reunification_late") {
            $0.received(date(2021, 4, 29), decidedAfter: 6)
        },
        EdgeRecipe("decided_on_compensatory_day") {
            $0.received(date(2021, 4, 29), decided: date(2021, 5, 3))
        },
        EdgeRecipe("received_on_saturday") { $0.received(date(2021, 3, 6), decidedAfter: 5) },
        EdgeRecipe("decided_before_received") {
            $0.received(date(2021, 3, 10), decided: date(2021, 3, 9))
        },
    ]

    /// Payments and write-offs of old cases around the window.
    static let oldMoney: [EdgeRecipe] = [
        EdgeRecipe("old_decided_on_last_day", .old) {
            $0.received(date(2017, 12, 29), decided: Season.oldUntil)
            $0.pay($0.due, start + 10)
            $0.decide(.complete, start + 10)
        },
        EdgeRecipe("old_decided_day_after", .old) {
            $0.received(date(2017, 12, 29), decided: Season.oldUntil + 1)
        },
        EdgeRecipe("paid_on_start", .old) { $0.pay($0.due / 4, start) },
        EdgeRecipe("paid_on_end", .old) { $0.pay($0.due / 4, end) },
        EdgeRecipe("paid_day_before_start", .old) { $0.pay($0.due / 4, start - 1) },
        EdgeRecipe("paid_day_after_end", .old) { $0.pay($0.due / 4, end + 1) },
        EdgeRecipe("paid_around_the_window", .old) {
            $0.pay($0.due / 4, start - 1)
            $0.pay($0.due / 4, start, .coerced)
            $0.pay($0.due / 4, end + 1)
        },
        EdgeRecipe("payment_equals_remaining", .old) {
            $0.pay($0.due / 3, start - 30)
            $0.pay($0.due - $0.due / 3, date(2021, 4, 12))
            $0.decide(.complete, date(2021, 4, 12))
        },
        EdgeRecipe("payment_above_remaining", .old) { $0.pay($0.due + 1, date(2021, 4, 12)) },
        EdgeRecipe("payment_one_dong_short", .old) { $0.pay($0.due - 1, date(2021, 4, 12)) },
        EdgeRecipe("paid_and_written_off_on_one_day", .old) {
            $0.pay($0.due / 2, date(2021, 5, 5))
            $0.decide(.terminate, date(2021, 5, 5), amount: $0.due)
        },
        EdgeRecipe("terminated_whole", .old) { $0.decide(.terminate, end, amount: $0.due) },
        EdgeRecipe("terminated_on_start", .old) { $0.decide(.terminate, start, amount: $0.due) },
        EdgeRecipe("terminated_day_before_start", .old) {
            $0.decide(.terminate, start - 1, amount: $0.due)
        },
        EdgeRecipe("terminated_without_amount", .old) { $0.decide(.terminate, date(2021, 4, 2)) },
        EdgeRecipe("written_off_twice", .old) {
            $0.decide(.reduceObligation, date(2021, 3, 15), amount: $0.due * 2 / 3)
            $0.decide(.reduceObligation, date(2021, 4, 15), amount: $0.due * 2 / 3)
        },
        EdgeRecipe("obligation_reduced_by_a_quarter", .old) {
            $0.makeStateRevenue()
            $0.pay(($0.due + 49) / 50, date(2021, 3, 3))
            $0.decide(.reduceObligation, date(2021, 5, 14), amount: $0.due / 4)
        },
        EdgeRecipe("exempted_within_window", .old) {
            $0.makeStateRevenue()
            $0.pay(($0.due + 49) / 50, start - 40)
            $0.pay($0.due - ($0.due + 49) / 50, date(2021, 5, 20), .exempted)
            $0.decide(.complete, date(2021, 5, 20))
        },
        EdgeRecipe("completed_on_start", .old) {
            $0.pay($0.due, start)
            $0.decide(.complete, start)
        },
        EdgeRecipe("completed_on_end", .old) {
            $0.pay($0.due, end)
            $0.decide(.complete, end)
        },
        EdgeRecipe("completed_day_before_start", .old) {
            $0.pay($0.due, start - 1)
            $0.decide(.complete, start - 1)
        },
        EdgeRecipe("completed_day_after_end", .old) {
            $0.pay($0.due, end)
            $0.decide(.complete, end + 1)
        },
        EdgeRecipe("paid_whole_before_start", .old) { $0.pay($0.due, start - 60) },
        EdgeRecipe("several_sources", .old) {
            for (index, source) in PaymentSource.allCases.enumerated() {
                $0.pay($0.due / 8, date(2021, 3, 8) + index * 7, source)
            }
        },
        EdgeRecipe("reversed_before_end", .old) {
            $0.draft.pay($0.due / 2, on: start + 7, .voluntary, reversedOn: end - 1)
        },
        EdgeRecipe("reversed_on_end", .old) {
            $0.draft.pay($0.due / 2, on: start + 7, .voluntary, reversedOn: end)
        },
        EdgeRecipe("reversed_day_after_end", .old) {
            $0.draft.pay($0.due / 2, on: start + 7, .voluntary, reversedOn: end + 1)
        },
        EdgeRecipe("reversed_on_its_day", .old) {
            $0.draft.pay($0.due / 2, on: start + 7, .voluntary, reversedOn: start + 7)
        },
        EdgeRecipe("paid_before_start_reversed_within", .old) {
            $0.draft.pay($0.due / 2, on: start - 7, .voluntary, reversedOn: start + 7)
        },
    ]

    /// Sums that should not be, and sums at a threshold.
    static let moneyOddities: [EdgeRecipe] = [
        EdgeRecipe("completed_with_debt_left") {
            $0.pay($0.due / 2, date(2021, 3, 30))
            $0.decide(.complete, date(2021, 3, 31))
        },
        EdgeRecipe("completed_without_payment") { $0.decide(.complete, date(2021, 3, 31)) },
        EdgeRecipe("payment_before_decision") { $0.pay(1_000_000, $0.draft.file.decisionOn - 1) },
        EdgeRecipe("paid_one_fiftieth") {
            $0.makeStateRevenue()
            $0.draft.file.amountDue = Dong($0.due + 1)
            $0.pay(($0.due + 49) / 50, date(2021, 4, 8))
        },
        EdgeRecipe("paid_one_fiftieth_less_one") {
            $0.makeStateRevenue()
            $0.draft.file.amountDue = Dong($0.due + 1)
            $0.pay(($0.due + 49) / 50 - 1, date(2021, 4, 8))
        },
        EdgeRecipe("amount_of_one_dong") { $0.draft.file.amountDue = Dong(1) },
        EdgeRecipe("amount_of_nine_thousand_billion") {
            $0.draft.file.amountDue = Dong(9_000_000_000_000)
            $0.pay(1, date(2021, 4, 8))
        },
        EdgeRecipe("nothing_due_in_money") {
            $0.draft.file.amountDue = .zero
            $0.draft.obligation = Bytes("Giao trả quyền sử dụng đất".utf8)
        },
        EdgeRecipe("nothing_due_and_completed") {
            $0.draft.file.amountDue = .zero
            $0.decide(.complete, date(2021, 4, 8))
        },
    ]
}
