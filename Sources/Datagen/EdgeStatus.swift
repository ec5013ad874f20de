import Rules

private let start = EdgeCase.start
private let end = EdgeCase.end

extension EdgeRecipe {
    /// Decisions that meet on one day, and cases that come back.
    static let statuses: [EdgeRecipe] = [
        EdgeRecipe("not_enforceable_then_enforceable_on_one_day") {
            $0.decide(.notEnforceable, date(2021, 4, 6))
            $0.decide(.enforceable, date(2021, 4, 6))
        },
        EdgeRecipe("enforceable_then_not_enforceable_on_one_day") {
            $0.decide(.notEnforceable, date(2021, 3, 2))
            $0.decide(.enforceable, date(2021, 4, 6))
            $0.decide(.notEnforceable, date(2021, 4, 6))
        },
        EdgeRecipe("postponed_then_resumed_on_one_day") {
            $0.decide(.postpone, date(2021, 4, 6))
            $0.decide(.resume, date(2021, 4, 6))
        },
        EdgeRecipe("resumed_then_postponed_on_one_day") {
            $0.decide(.postpone, date(2021, 3, 2))
            $0.decide(.resume, date(2021, 4, 6))
            $0.decide(.postpone, date(2021, 4, 6))
        },
        EdgeRecipe("completed_then_resumed_on_one_day", .old) {
            $0.decide(.complete, date(2021, 4, 6))
            $0.decide(.resume, date(2021, 4, 6))
        },
        EdgeRecipe("resumed_then_completed_on_one_day", .old) {
            $0.decide(.postpone, date(2021, 3, 2))
            $0.decide(.resume, date(2021, 4, 6))
            $0.decide(.complete, date(2021, 4, 6))
        },
        EdgeRecipe("reopened_after_completion", .both) {
            $0.decide(.complete, date(2021, 4, 1))
            $0.decide(.enforceable, date(2021, 5, 10))
        },
        EdgeRecipe("completed_twice", .old) {
            $0.decide(.complete, start - 1)
            $0.decide(.complete, date(2021, 4, 1))
        },
        EdgeRecipe("not_enforceable_then_completed") {
            $0.decide(.notEnforceable, date(2021, 3, 9))
            $0.pay($0.due, date(2021, 4, 9))
            $0.decide(.complete, date(2021, 4, 9))
        },
        EdgeRecipe("resume_does_not_end_44a", .large) {
            $0.decide(.notEnforceable, date(2021, 3, 9))
            $0.decide(.resume, date(2021, 4, 9))
        },
        EdgeRecipe("postponed_past_its_term") {
            $0.draft.decide(
                .postpone, on: date(2021, 1, 5), ground: "48.1.c", groundOn: date(2021, 1, 4),
                until: date(2021, 4, 5))
        },
        EdgeRecipe("postponed_until_end") {
            $0.draft.decide(
                .postpone, on: date(2021, 3, 5), ground: "48.1.a", groundOn: date(2021, 3, 1),
                until: end)
        },
        EdgeRecipe("suspended_and_resumed") {
            $0.decide(.suspend, date(2021, 3, 5))
            $0.decide(.resume, date(2021, 5, 5))
        },
        EdgeRecipe("suspended_still") { $0.decide(.suspend, date(2021, 5, 28)) },
        EdgeRecipe("delegated", .old) { $0.decide(.delegate, date(2021, 4, 14)) },
    ]

    /// Classification and the verification that carries it (six months; Art. 44, 44a).
    static let classifications: [EdgeRecipe] = [
        classified("classified_on_start", on: start, verifiedOn: start),
        classified("classified_on_end", on: end, verifiedOn: end - 3),
        classified("classified_day_before_start", on: start - 1, verifiedOn: start - 4),
        classified("classified_day_after_end", on: end + 1, verifiedOn: end),
        classified(
            "verified_exactly_six_months_before", on: date(2021, 4, 15),
            verifiedOn: date(2020, 10, 15)),
        classified(
            "verified_six_months_and_a_day_before", on: date(2021, 4, 15),
            verifiedOn: date(2020, 10, 14)),
        classified(
            "verified_after_classification", on: date(2021, 4, 15), verifiedOn: date(2021, 4, 16)),
        classified("classified_without_verification", on: date(2021, 4, 15), verifiedOn: nil),
        EdgeRecipe("verified_with_the_other_result") {
            $0.draft.verify(.enforceable, on: date(2021, 4, 12))
            $0.decide(.notEnforceable, date(2021, 4, 15))
        },
        EdgeRecipe("found_enforceable_again") {
            $0.draft.verify(.notEnforceable, on: date(2020, 9, 1), ground: "44a.1.c")
            $0.decide(.notEnforceable, date(2020, 9, 4))
            $0.draft.verify(.enforceable, on: date(2021, 3, 18))
            $0.decide(.enforceable, date(2021, 3, 22))
        },
        EdgeRecipe("enforceable_without_verification") {
            $0.draft.verify(.notEnforceable, on: date(2020, 9, 1))
            $0.decide(.notEnforceable, date(2020, 9, 4))
            $0.decide(.enforceable, date(2021, 3, 22))
        },
        EdgeRecipe("reclassified_back_and_forth", .large) {
            for (month, kind) in [
                (3, DecisionKind.notEnforceable), (4, .enforceable), (5, .notEnforceable),
                (6, .enforceable),
            ] {
                let day = date(2021, month, 11)
                $0.draft.verify(kind == .enforceable ? .enforceable : .notEnforceable, on: day)
                $0.decide(kind, day)
            }
        },
        EdgeRecipe("violation_after_classification") {
            $0.draft.verify(.notEnforceable, on: date(2021, 4, 12))
            $0.decide(.notEnforceable, date(2021, 4, 15))
            $0.draft.find(.minor, on: date(2021, 4, 16))
        },
        EdgeRecipe("violation_on_day_of_classification") {
            $0.draft.verify(.notEnforceable, on: date(2021, 4, 12))
            $0.decide(.notEnforceable, date(2021, 4, 15))
            $0.draft.find(.minor, on: date(2021, 4, 15), repairedOn: end)
        },
        EdgeRecipe("reverified_on_last_day_of_six_months") {
            $0.draft.verify(.notEnforceable, on: date(2020, 10, 30))
            $0.decide(.notEnforceable, date(2020, 11, 4))
            $0.draft.verify(.notEnforceable, on: date(2021, 4, 30))
        },
        EdgeRecipe("not_reverified_for_a_year") {
            $0.draft.verify(.notEnforceable, on: date(2020, 5, 28))
            $0.decide(.notEnforceable, date(2020, 6, 1))
        },
        EdgeRecipe("address_unknown_verified_yearly") {
            $0.draft.file.addressUnknown = true
            $0.draft.verify(.notEnforceable, on: date(2020, 6, 29), ground: "44a.1.c")
            $0.draft.decide(.notEnforceable, on: date(2020, 7, 1), ground: "44a.1.c")
        },
        EdgeRecipe("in_prison_for_two_more_years") {
            $0.draft.file.prisonUntil = date(2023, 5, 31)
            $0.draft.verify(.notEnforceable, on: date(2020, 6, 29))
            $0.decide(.notEnforceable, date(2020, 7, 1))
        },
        EdgeRecipe("ready_for_the_separate_ledger") {
            $0.draft.verify(.notEnforceable, on: date(2019, 11, 4))
            $0.decide(.notEnforceable, date(2019, 11, 8))
            $0.draft.verify(.notEnforceable, on: date(2020, 5, 4))
            $0.draft.verify(.notEnforceable, on: date(2020, 11, 4))
            $0.received(date(2019, 9, 3), decided: date(2019, 9, 6))
        },
    ]

    private static func classified(_ name: String, on day: Day, verifiedOn: Day?) -> EdgeRecipe {
        EdgeRecipe(name) {
            if let verifiedOn {
                $0.draft.verify(.notEnforceable, on: verifiedOn, ground: "44a.1.a")
            }
            $0.decide(.notEnforceable, day)
        }
    }

    /// Cases that went onto a list wrongly, late, twice, or came off it.
    static let nominations: [EdgeRecipe] = [
        EdgeRecipe("nomination_withdrawn_before_window", .large) {
            $0.withdrawnOn = date(2021, 2, 25)
            $0.reason = "Đương sự đã nộp đủ"
        },
        EdgeRecipe("nomination_withdrawn_within_window", .large) {
            $0.withdrawnOn = date(2021, 4, 5)
            $0.reason = "Trùng hồ sơ, đã lập danh sách ở đơn vị khác"
        },
        EdgeRecipe("nomination_withdrawn_on_end", .old) {
            $0.withdrawnOn = end
            $0.reason = "Rút theo chỉ đạo"
        },
        EdgeRecipe("nomination_withdrawn_after_end", .old) { $0.withdrawnOn = end + 1 },
        EdgeRecipe("not_enforceable_when_nominated", .old) {
            $0.decide(.notEnforceable, date(2020, 12, 1))
        },
        EdgeRecipe("not_enforceable_after_nomination", .old) {
            $0.decide(.notEnforceable, Season.listsDue + 2)
        },
        EdgeRecipe("not_enforceable_large", .large) {
            $0.decide(.notEnforceable, date(2020, 12, 1))
        },
        EdgeRecipe("finished_when_nominated", .large) {
            $0.pay($0.due, date(2021, 1, 15))
            $0.decide(.complete, date(2021, 1, 15))
        },
        EdgeRecipe("nominated_on_both_lists", .both) { $0.pay($0.due / 10, date(2021, 4, 1)) },
        EdgeRecipe("nominated_late", .large) { $0.submittedOn = Season.listsDue + 2 },
        EdgeRecipe("nominated_after_window", .large) { $0.submittedOn = end + 1 },
        EdgeRecipe("nominated_after_decision_in_window", .large) {
            $0.received(date(2021, 3, 8), decided: date(2021, 3, 10))
        },
        EdgeRecipe("nominated_with_little_due", .large) { $0.draft.file.amountDue = Dong(150_000) },
    ]

    /// Violations at the ends of the window; no serious one in the first unit and in the twins.
    static let violations: [EdgeRecipe] = [
        EdgeRecipe("violation_day_before_start") { $0.draft.find(.minor, on: start - 1) },
        EdgeRecipe("violation_on_start") { $0.draft.find(.minor, on: start, repairedOn: end) },
        EdgeRecipe("violation_on_end") { $0.draft.find(.minor, on: end) },
        EdgeRecipe("violation_day_after_end") { $0.draft.find(.minor, on: end + 1) },
        EdgeRecipe("violation_repaired_on_its_day") {
            $0.draft.find(.minor, on: date(2021, 4, 7), repairedOn: date(2021, 4, 7))
        },
        EdgeRecipe("violation_repaired_day_after_end") {
            $0.draft.find(.minor, on: date(2021, 4, 7), repairedOn: end + 1)
        },
        EdgeRecipe("two_violations_on_a_case") {
            $0.draft.find(.minor, on: date(2021, 3, 7), repairedOn: date(2021, 3, 9))
            $0.draft.find(.minor, on: date(2021, 5, 7))
        },
        EdgeRecipe("serious_violation_before_window") {
            $0.draft.find(.serious, on: start - 1, repairedOn: start)
        },
        EdgeRecipe("serious_violation_after_end") { $0.draft.find(.serious, on: end + 1) },
        EdgeRecipe("serious_violation_in_window") {
            let severity: Severity = $0.unitStream >= 2 ? .serious : .minor
            $0.draft.find(severity, on: date(2021, 5, 11))
        },
    ]

    /// Instalments promised, and what came of them.
    static let commitments: [EdgeRecipe] = [
        promised("promise_kept_on_the_day", paid: [(0, 100), (31, 100)]),
        promised("promise_kept_the_day_before", paid: [(-1, 100), (30, 100)]),
        promised("promise_kept_a_day_late", paid: [(1, 100), (32, 100)]),
        promised("promise_kept_in_part", paid: [(0, 40)]),
        promised("promise_kept_in_one_sum", paid: [(-5, 200)]),
        promised("promise_broken", paid: []),
        promised("promise_kept_by_a_reversed_payment", paid: [(0, 100)], reversed: true),
    ]

    /// Two instalments of 1,000,000 đồng, on 15/03 and 15/04/2021; payments as day offset and percent.
    private static func promised(
        _ name: String, paid: [(offset: Int, percent: Int64)], reversed: Bool = false
    ) -> EdgeRecipe {
        EdgeRecipe(name) {
            let first = date(2021, 3, 15)
            for day in [first, date(2021, 4, 15)] {
                $0.draft.file.commitments.append(Commitment(dueOn: day, amount: Dong(1_000_000)))
            }
            for payment in paid {
                let day = first + payment.offset
                $0.draft.pay(
                    payment.percent * 10_000, on: day, .voluntary,
                    reversedOn: reversed ? day + 3 : nil)
            }
        }
    }
}
