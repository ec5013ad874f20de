"""Hand-worked cases: remainder, status, M-01, M-02, M-04, money that is not enforceable."""

import unittest

from case_state import (
    case_answer, current_price, is_finished, money_not_enforceable, remaining, rules_met, status,
)
from sample_facts import cases, day, facts

DECISIONS = "unit_code,decision_no,kind,decided_on,number,amount"
PAYMENTS = "unit_code,decision_no,receipt_no,paid_on,amount,source,reversed_on"
ASSETS = "unit_code,decision_no,asset_no,asset_kind,seized_on,valued_on,value,disposed_on,disposal"
ROUNDS = "unit_code,decision_no,asset_no,round,starting_price,held_on,outcome"
REDUCTIONS = "unit_code,decision_no,asset_no,number,notice_on,reduced_on,reduced_price"
VALUATIONS = "unit_code,decision_no,asset_no,number,valued_on,value"


def case_of(amount=1000, **kinds):
    return facts(cases=cases("1", amount=amount), **kinds).cases["A", "1"]


def decided(*rows):
    return case_of(decisions=(DECISIONS,) + rows)


class RemainingTest(unittest.TestCase):
    def test_every_source_and_write_off(self):
        case = case_of(
            payments=(PAYMENTS, "A,1,a,2021-03-01,100,voluntary,", "A,1,b,2021-03-02,50,exempted,"),
            decisions=(DECISIONS, "A,1,reduce_obligation,2021-03-03,7,200", "A,1,not_enforceable,2021-03-04,8,999"),
        )
        # 1000, -100 on 01/03, -50 on 02/03, -200 on 03/03; a 44a decision writes nothing off
        for text, left in (("2021-02-28", 1000), ("2021-03-01", 900), ("2021-03-02", 850),
                           ("2021-03-03", 650), ("2021-03-04", 650)):
            self.assertEqual(remaining(case, day(text)), left, text)

    def test_floor(self):
        case = case_of(payments=(PAYMENTS, "A,1,a,2021-03-01,1001,auction,"))
        self.assertEqual(remaining(case, day("2021-03-01")), 0)

    def test_reversed_payment(self):
        case = case_of(payments=(PAYMENTS, "A,1,a,2021-03-01,100,coerced,2021-03-10"))
        # counts on 01/03 ... 09/03, no longer on 10/03
        self.assertEqual(remaining(case, day("2021-03-09")), 900)
        self.assertEqual(remaining(case, day("2021-03-10")), 1000)

    def test_termination_without_amount_writes_nothing_off(self):
        case = decided("A,1,terminate,2021-03-01,1,")
        self.assertEqual(remaining(case, day("2021-03-01")), 1000)
        self.assertTrue(is_finished(case, day("2021-03-01")))


class StatusTest(unittest.TestCase):
    def test_same_day_later_row_wins(self):
        case = decided("A,1,enforceable,2021-03-01,1,", "A,1,not_enforceable,2021-03-01,2,")
        self.assertEqual(status(case, day("2021-03-01")), "not_enforceable")
        case = decided("A,1,not_enforceable,2021-03-01,2,", "A,1,enforceable,2021-03-01,1,")
        self.assertEqual(status(case, day("2021-03-01")), "enforceable")

    def test_row_order_does_not_beat_days(self):
        case = decided("A,1,not_enforceable,2021-03-05,2,", "A,1,enforceable,2021-03-01,1,")
        self.assertEqual(status(case, day("2021-03-05")), "not_enforceable")
        self.assertEqual(status(case, day("2021-03-04")), "enforceable")

    def test_resume_ends_only_postponement(self):
        case = decided("A,1,not_enforceable,2021-01-04,1,", "A,1,postpone,2021-02-01,2,", "A,1,resume,2021-03-01,3,")
        self.assertEqual(status(case, day("2021-02-01")), "postponed")
        self.assertEqual(status(case, day("2021-03-01")), "not_enforceable")
        self.assertEqual(rules_met(case, day("2021-03-01")), ["M-01"])

    def test_finished_stays_finished(self):
        case = decided("A,1,complete,2021-03-01,1,", "A,1,enforceable,2021-03-02,2,", "A,1,reduce_obligation,2021-03-03,3,1")
        self.assertEqual(status(case, day("2021-03-03")), "completed")
        self.assertFalse(is_finished(case, day("2021-02-28")))

    def test_no_decision(self):
        case = case_of()
        self.assertEqual(
            case_answer(case, day("2021-03-01")),
            {"remaining": 1000, "status": "enforceable", "money_not_enforceable": 0, "rules": []},
        )


class RulesTest(unittest.TestCase):
    def track(self, *rounds, reductions=(), assets=("A,1,x,real_estate,2021-01-04,2021-01-11,900,,",), **kinds):
        return case_of(assets=(ASSETS,) + assets, rounds=(ROUNDS,) + rounds,
                       reductions=(REDUCTIONS,) + reductions, **kinds)

    TWO = ("A,1,x,1,,2021-03-02,810", "A,1,x,2,,2021-04-01,729")

    def test_m04_example_of_the_rules(self):
        # due 1000, 900 -> 810 -> 729, third auction fails on 26/04: 1000 - 729 = 271
        case = self.track("A,1,x,3,729,2021-04-26,no_bids",
                          reductions=self.TWO + ("A,1,x,3,,2021-05-10,656",))
        self.assertEqual(money_not_enforceable(case, day("2021-04-25")), 0)
        self.assertEqual(money_not_enforceable(case, day("2021-04-26")), 271)
        self.assertEqual(money_not_enforceable(case, day("2021-05-10")), 344)  # 1000 - 656

    def test_m04_round_on_the_day_of_the_second_reduction(self):
        case = self.track("A,1,x,3,729,2021-04-01,failed", reductions=self.TWO)
        self.assertEqual(rules_met(case, day("2021-04-01")), ["M-04"])
        case = self.track("A,1,x,2,810,2021-03-31,failed", reductions=self.TWO)
        self.assertEqual(rules_met(case, day("2021-05-31")), [])

    def test_m04_needs_a_failed_round(self):
        for outcome in ("sold", "scheduled", "cancelled"):
            case = self.track(f"A,1,x,3,729,2021-04-26,{outcome}", reductions=self.TWO)
            self.assertEqual(rules_met(case, day("2021-05-31")), [], outcome)

    def test_m04_announced_reduction_is_none(self):
        case = self.track("A,1,x,3,729,2021-04-26,failed",
                          reductions=(self.TWO[0], "A,1,x,2,2021-04-01,,"))
        self.assertEqual(rules_met(case, day("2021-05-31")), [])

    def test_m04_two_assets(self):
        second = "A,1,y,movable,2021-02-01,2021-02-08,100,{}"
        third = ("A,1,x,3,729,2021-04-26,failed",)
        first = "A,1,x,real_estate,2021-01-04,2021-01-11,900,,"
        # y is open and not reduced: no M-04. y released on 01/05: only x counts, 1000 - 729.
        case = self.track(*third, reductions=self.TWO, assets=(first, second.format(",")))
        self.assertEqual(money_not_enforceable(case, day("2021-05-31")), 0)
        case = self.track(*third, reductions=self.TWO, assets=(first, second.format("2021-05-01,released")))
        self.assertEqual(money_not_enforceable(case, day("2021-04-30")), 0)
        self.assertEqual(money_not_enforceable(case, day("2021-05-01")), 271)
        # y seized only after the day does not disturb: 1000 - 729
        self.assertEqual(money_not_enforceable(case, day("2021-05-31")), 271)
        # y twice reduced to 81 and failed as well: 1000 - 729 - 81 = 190
        case = self.track(*third, "A,1,y,3,81,2021-04-27,failed",
                          reductions=self.TWO + ("A,1,y,1,,2021-03-02,90", "A,1,y,2,,2021-04-01,81"),
                          assets=(first, second.format(",")))
        self.assertEqual(money_not_enforceable(case, day("2021-05-31")), 190)

    def test_m04_asset_worth_more(self):
        case = self.track("A,1,x,3,729,2021-04-26,failed", reductions=self.TWO, amount=700)
        self.assertEqual((rules_met(case, day("2021-05-31")), money_not_enforceable(case, day("2021-05-31"))), (["M-04"], 0))

    def test_m02(self):
        # sold on 01/04 for less than the debt: all that remains (1000 - 600)
        sold = "A,1,x,real_estate,2021-01-04,2021-01-11,900,2021-04-01,sold"
        paid = (PAYMENTS, "A,1,a,2021-04-05,600,auction,")
        case = self.track(assets=(sold,), payments=paid)
        self.assertEqual(rules_met(case, day("2021-03-31")), [])
        self.assertEqual(rules_met(case, day("2021-04-01")), ["M-02"])
        self.assertEqual(money_not_enforceable(case, day("2021-04-30")), 400)
        # another asset still open: no M-02; released alone gives none either; day without kind is open
        case = self.track(assets=(sold, "A,1,y,movable,2021-04-01,,,,"))
        self.assertEqual(rules_met(case, day("2021-04-30")), [])
        case = self.track(assets=("A,1,x,movable,2021-01-04,,,2021-04-01,released",))
        self.assertEqual(rules_met(case, day("2021-04-30")), [])
        case = self.track(assets=("A,1,x,movable,2021-01-04,,,2021-04-01,",))
        self.assertEqual(rules_met(case, day("2021-04-30")), [])

    def test_finished_case_has_no_such_money(self):
        case = decided("A,1,not_enforceable,2021-01-04,1,", "A,1,complete,2021-03-01,2,")
        self.assertEqual(money_not_enforceable(case, day("2021-02-28")), 1000)
        self.assertEqual(money_not_enforceable(case, day("2021-03-01")), 0)
        self.assertEqual(rules_met(case, day("2021-03-01")), [])

    def test_price_of_a_revaluation(self):
        # 900 on 11/01, revalued to 950 on 01/02, reduced to 855 on 01/03, revalued to 990 on 01/04
        case = self.track(
            reductions=("A,1,x,1,,2021-03-01,855",),
            valuations=(VALUATIONS, "A,1,x,2,2021-02-01,950", "A,1,x,3,2021-04-01,990"),
        )
        asset = case.assets[0]
        for text, price in (("2021-01-10", 0), ("2021-01-11", 900), ("2021-02-01", 950),
                            ("2021-03-01", 855), ("2021-04-01", 855)):
            self.assertEqual(current_price(asset, day(text)), price, text)
