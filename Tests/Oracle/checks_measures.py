"""Hand-worked cases: every measure, its window, its options, its state."""

import unittest
from fractions import Fraction

from measures import days_late, measure, score_answer, total
from sample_facts import CASE_HEAD, UNITS, cases, day, facts, nominations, plan

DECISIONS = "unit_code,decision_no,kind,decided_on,amount"
PAYMENTS = "unit_code,decision_no,receipt_no,paid_on,amount,source,reversed_on"
ASSETS = "unit_code,decision_no,asset_no,asset_kind,seized_on,disposed_on,disposal"
ROUNDS = "unit_code,decision_no,asset_no,round,starting_price,contract_on,held_on,outcome"
REPORTS = "unit_code,kind,submitted_on,emailed_on"
SPLIT = ("collected", "terminated", "exempted")


def result(name, one, as_of, the_plan=None, unit="A"):
    the_plan = the_plan or plan()
    return measure(one, one.units[unit], the_plan.target_of(name), day(as_of), the_plan)


def figures(name, one, as_of, the_plan=None, unit="A"):
    found = result(name, one, as_of, the_plan, unit)
    return found.numerator, found.denominator, found.state


class SeizedTest(unittest.TestCase):
    def seized(self, count, listed=10):
        numbers = [str(one) for one in range(1, listed + 1)]
        return facts(
            cases=cases(*numbers), nominations=nominations("large_value", *numbers),
            assets=(ASSETS,) + tuple(f"A,{one},x,movable,2021-05-31,," for one in numbers[:count]),
        )

    def test_exact_threshold(self):
        # 8 of 10 meets 80%; of 7, 5 is 71.4% and 6 is 85.7%
        self.assertEqual(figures("large_value_seized", self.seized(8), "2021-05-31"), (8, 10, "met"))
        self.assertEqual(figures("large_value_seized", self.seized(5, 7), "2021-05-31"), (5, 7, "in_progress"))
        self.assertEqual(figures("large_value_seized", self.seized(5, 7), "2021-06-01"), (5, 7, "not_met"))
        self.assertEqual(figures("large_value_seized", self.seized(6, 7), "2021-06-01"), (6, 7, "met"))

    def test_days(self):
        one = self.seized(8)
        self.assertEqual(figures("large_value_seized", one, "2021-05-30"), (0, 10, "in_progress"))
        late = facts(cases=cases("1"), nominations=nominations("large_value", "1"),
                     assets=(ASSETS, "A,1,x,movable,2021-06-01,,"))
        self.assertEqual(figures("large_value_seized", late, "2021-06-30"), (0, 1, "not_met"))

    def test_early_seizure_and_disposed_assets_count(self):
        one = facts(cases=cases("1"), nominations=nominations("large_value", "1"),
                    assets=(ASSETS, "A,1,x,movable,2019-06-03,2020-06-01,returned"))
        self.assertEqual(figures("large_value_seized", one, "2021-03-01"), (1, 1, "met"))

    def test_stages(self):
        one = facts(
            cases=cases("1", "2", "3"), nominations=nominations("large_value", "1", "2", "3"),
            assets=(ASSETS, "A,1,x,movable,2021-03-01,,", "A,2,x,movable,2021-03-01,,", "A,3,x,movable,2021-03-01,,"),
            rounds=(ROUNDS, "A,1,x,1,9,2021-04-01,2021-04-20,failed", "A,2,x,1,9,2021-04-02,,scheduled",
                    "A,3,x,2,9,2021-04-02,2021-06-01,failed"),
        )
        # by 31/05: seized 1, 2, 3; contract of round 1: 1, 2; held: only 1 (case 3 on 01/06)
        for stage, count in (("seized", 3), ("contracted", 2), ("auctioned", 1)):
            changed = plan(("stage: seized", f"stage: {stage}"))
            self.assertEqual(figures("large_value_seized", one, "2021-06-30", changed)[:2], (count, 3), stage)

    def test_withdrawn_and_empty_list(self):
        one = facts(cases=cases("1"), nominations=("unit_code,decision_no,list,submitted_on,withdrawn_on",
                                                   "A,1,large_value,2021-02-01,2021-04-01"))
        self.assertEqual(figures("large_value_seized", one, "2021-03-31"), (0, 1, "in_progress"))
        self.assertEqual(figures("large_value_seized", one, "2021-04-01"), (0, 0, "not_applicable"))
        self.assertIsNone(result("large_value_seized", one, "2021-04-01").rate)

    def test_target_window(self):
        changed = plan(("options: {stage: seized}", "window: {start: 2021-03-01, end: 2021-06-30}"))
        late = facts(cases=cases("1"), nominations=nominations("large_value", "1"),
                     assets=(ASSETS, "A,1,x,movable,2021-06-01,,"))
        self.assertEqual(figures("large_value_seized", late, "2021-06-30", changed), (1, 1, "met"))


class ClassifiedTest(unittest.TestCase):
    def test_finished_leave_both_sides(self):
        # 1 not enforceable (M-01), 2 completed, 3 nothing: 1 of 2
        one = facts(cases=cases("1", "2", "3"), nominations=nominations("large_value", "1", "2", "3"),
                    decisions=(DECISIONS, "A,1,not_enforceable,2021-03-01,", "A,2,complete,2021-03-01,"))
        self.assertEqual(figures("large_value_classified", one, "2021-09-30"), (1, 2, "in_progress"))
        self.assertEqual(figures("large_value_classified", one, "2021-10-01"), (1, 2, "not_met"))

    def test_all_finished(self):
        one = facts(cases=cases("1"), nominations=nominations("large_value", "1"),
                    decisions=(DECISIONS, "A,1,terminate,2021-03-01,1000"))
        self.assertEqual(figures("large_value_classified", one, "2021-09-30"), (0, 0, "not_applicable"))


class OldCasesTest(unittest.TestCase):
    def old(self, *decisions, payments=(), numbers=("1",), amount=1000):
        return facts(cases=cases(*numbers, amount=amount), nominations=nominations("old_case", *numbers),
                     decisions=(DECISIONS,) + decisions, payments=(PAYMENTS,) + payments)

    def money(self, one, as_of="2021-05-31", the_plan=None):
        found = result("old_resolved_money", one, as_of, the_plan)
        return found.numerator, found.denominator, tuple(found.split[key] for key in SPLIT)

    def test_count_window(self):
        # 1 on the first day, 2 on the last, 3 a day before, 4 a day after, 5 open: 2 of 5
        one = self.old("A,1,complete,2021-03-01,", "A,2,terminate,2021-05-31,5", "A,3,complete,2021-02-28,",
                       "A,4,complete,2021-06-01,", numbers="12345")
        self.assertEqual(figures("old_resolved_count", one, "2021-06-30"), (2, 5, "met"))
        self.assertEqual(figures("old_resolved_count", one, "2021-05-30"), (1, 5, "met"))  # 20% >= 15%
        self.assertEqual(figures("old_resolved_count", one, "2021-02-28"), (0, 5, "in_progress"))

    def test_count_once_a_case(self):
        one = self.old("A,1,complete,2021-03-01,", "A,1,terminate,2021-03-02,5")
        self.assertEqual(figures("old_resolved_count", one, "2021-05-31")[:2], (1, 1))

    def test_money_before_inside_after(self):
        # 1000 - 300 before S = 700 left; inside 40 + 60 exempted; 500 after the window does not count
        one = self.old(payments=("A,1,a,2021-02-28,300,voluntary,", "A,1,b,2021-03-01,40,voluntary,",
                                 "A,1,c,2021-05-31,60,exempted,", "A,1,d,2021-06-01,500,auction,"))
        self.assertEqual(self.money(one, "2021-06-30"), (100, 700, (40, 0, 60)))
        self.assertEqual(result("old_resolved_money", one, "2021-06-30").rate, Fraction(1, 7))

    def test_money_cap_in_order_of_time(self):
        # 100 left. 10/03: termination of 80 (row earlier) and payment of 50: payment first.
        # 50 collected, 50 of the 80 terminated, nothing left for the reduction on 11/03.
        one = self.old("A,1,reduce_obligation,2021-03-11,30", "A,1,terminate,2021-03-10,80", amount=100,
                       payments=("A,1,a,2021-03-10,50,coerced,",))
        self.assertEqual(self.money(one), (100, 100, (50, 50, 0)))

    def test_money_counts_option(self):
        # as above the cap is used up by what does not count: 90 terminated, then 10 of 40 collected
        one = self.old("A,1,terminate,2021-03-10,90", amount=100, payments=("A,1,a,2021-03-11,40,in_lieu,",))
        only = plan(("counts: [collected, terminated, exempted]", "counts: [collected]"))
        self.assertEqual(self.money(one, the_plan=only), (10, 100, (10, 90, 0)))
        two = plan(("counts: [collected, terminated, exempted]", "counts: [terminated, exempted]"))
        self.assertEqual(self.money(one, the_plan=two), (90, 100, (10, 90, 0)))

    def test_money_reversed(self):
        # reversed on 10/06: counts on 31/05 and 09/06, not on 10/06 although the window is over
        one = self.old(payments=("A,1,a,2021-03-10,50,coerced,2021-06-10",))
        self.assertEqual(self.money(one, "2021-05-31")[0], 50)
        self.assertEqual(self.money(one, "2021-06-09")[0], 50)
        self.assertEqual(self.money(one, "2021-06-10")[0], 0)

    def test_money_paid_before_and_reversed_inside(self):
        # on the day before S the 400 counted: base 600, whatever is reversed later
        one = self.old(payments=("A,1,a,2021-02-01,400,voluntary,2021-04-01",))
        self.assertEqual(self.money(one), (0, 600, (0, 0, 0)))

    def test_money_sum_caps_each_case(self):
        # 1: 1500 paid on 1000 -> 1000; 2: 100 of 1000; together 1100 of 2000
        one = self.old(numbers="12", payments=("A,1,a,2021-03-10,1500,auction,", "A,2,a,2021-03-10,100,auction,"))
        self.assertEqual(self.money(one), (1100, 2000, (1100, 0, 0)))

    def test_money_nothing_left(self):
        one = self.old(payments=("A,1,a,2021-02-01,1000,voluntary,", "A,1,b,2021-03-01,5,voluntary,"))
        self.assertEqual(self.money(one), (0, 0, (0, 0, 0)))
        self.assertEqual(result("old_resolved_money", one, "2021-05-31").state, "not_applicable")


class TimelyTest(unittest.TestCase):
    def received(self, received, decided):
        head = "unit_code,decision_no,decision_on,initiative,amount_due,received_on"
        return facts(cases=(head, f"A,1,{decided},ex_officio,1,{received}"))

    def test_five_working_days(self):
        # received Tue 27/04: Wed 28 (1), Thu 29 (2), Fri 30 off, Mon 03/05 off, Tue 4 (3), Wed 5 (4), Thu 6 (5)
        for decided, count in (("2021-05-06", 1), ("2021-05-07", 0), ("2021-04-27", 1)):
            one = self.received("2021-04-27", decided)
            self.assertEqual(figures("decisions_timely", one, "2021-05-31")[:2], (count, 1), decided)
        # the recorded decision is later than D: counts as recorded
        self.assertEqual(figures("decisions_timely", self.received("2021-04-27", "2021-05-06"), "2021-04-28")[:2], (1, 1))

    def test_window(self):
        for received in ("2021-02-28", "2021-06-01", ""):
            one = self.received(received, "2021-03-01")
            self.assertEqual(figures("decisions_timely", one, "2021-06-30"), (0, 0, "not_applicable"))
        self.assertEqual(figures("decisions_timely", self.received("2021-03-02", "2021-03-02"), "2021-03-01")[1], 0)


class ClassificationTest(unittest.TestCase):
    def right(self, verified, result_="not_enforceable", found=None, as_of="2021-05-31", decided="2021-03-15"):
        violations = (f"A,1,{found},minor",) if found else ()
        one = facts(cases=cases("1"), decisions=(DECISIONS, f"A,1,not_enforceable,{decided},"),
                    verifications=("unit_code,decision_no,verified_on,result", f"A,1,{verified},{result_}"),
                    violations=("unit_code,decision_no,found_on,severity",) + violations)
        return figures("classification_right", one, as_of)[:2]

    def test_six_months(self):
        # decided 15/03/2021: from 15/09/2020 to the day itself
        for verified, count in (("2020-09-14", 0), ("2020-09-15", 1), ("2021-03-15", 1), ("2021-03-16", 0)):
            self.assertEqual(self.right(verified), (count, 1), verified)
        self.assertEqual(self.right("2021-03-01", "enforceable"), (0, 1))

    def test_violation_after(self):
        # the same day is not after; 16/03 is, once D has reached it
        self.assertEqual(self.right("2021-03-01", found="2021-03-15"), (1, 1))
        self.assertEqual(self.right("2021-03-01", found="2021-03-16"), (0, 1))
        self.assertEqual(self.right("2021-03-01", found="2021-03-16", as_of="2021-03-15"), (1, 1))

    def test_window(self):
        self.assertEqual(self.right("2021-02-01", decided="2021-02-28"), (0, 0))
        self.assertEqual(self.right("2021-05-01", decided="2021-06-01", as_of="2021-06-30"), (0, 0))


class ViolationsTest(unittest.TestCase):
    def test_repaired(self):
        # found 2020 and repaired 10/04; found 01/04 open; found after D
        one = facts(cases=cases("1"), violations=("unit_code,decision_no,found_on,severity,repaired_on",
                    "A,1,2020-12-01,minor,2021-04-10", "A,1,2021-04-01,serious,", "A,1,2021-06-01,minor,2021-06-01"))
        self.assertEqual(figures("violations_repaired", one, "2021-04-09")[:2], (0, 2))
        self.assertEqual(figures("violations_repaired", one, "2021-04-10")[:2], (1, 2))
        self.assertEqual(figures("violations_repaired", one, "2020-11-30"), (0, 0, "not_applicable"))


class DutiesTest(unittest.TestCase):
    def late(self, measure_, one, as_of, the_plan=None, unit="A"):
        return days_late(one, one.units[unit], measure_, day(as_of), the_plan or plan())

    def test_lists(self):
        # due Sat 20/02. Submitted Sun 21/02: no working day late; Tue 23/02: Mon and Tue.
        one = facts(reports=(REPORTS, "A,lists,2021-02-23,", "B,lists,2021-02-21,"))
        self.assertEqual(self.late("lists_submitted", one, "2021-02-20"), 0)
        self.assertEqual(self.late("lists_submitted", one, "2021-02-22"), 1)  # still missing
        self.assertEqual(self.late("lists_submitted", one, "2021-05-31"), 2)
        self.assertEqual(self.late("lists_submitted", one, "2021-05-31", unit="B"), 0)
        self.assertEqual(figures("lists_submitted", one, "2021-02-20"), (0, 1, "in_progress"))
        self.assertEqual(figures("lists_submitted", one, "2021-02-22"), (0, 1, "not_met"))
        self.assertEqual(figures("lists_submitted", one, "2021-02-23"), (0, 1, "not_met"))  # late

    def test_strict(self):
        # strict: due Fri 19/02, so on the Saturday it is no longer in progress
        strict = plan(("strict_deadlines: false", "strict_deadlines: true"))
        self.assertEqual(figures("lists_submitted", facts(), "2021-02-20", strict), (0, 1, "not_met"))
        # report: due Thu 03/06, submitted Fri 04/06: one day late; not strict: none
        one = facts(reports=(REPORTS, "A,summary,2021-06-04,"))
        self.assertEqual(self.late("report_submitted", one, "2021-06-30", strict), 1)
        self.assertEqual(self.late("report_submitted", one, "2021-06-30"), 0)

    def test_report_is_no_duty_of_the_province(self):
        self.assertEqual(figures("report_submitted", facts(), "2021-06-30", unit="P"), (0, 0, "not_applicable"))
        self.assertEqual(figures("lists_submitted", facts(), "2021-06-30", unit="P"), (0, 1, "not_met"))

    def test_email_copy(self):
        mail = plan(("email_copy: false", "email_copy: true"))
        one = facts(reports=(REPORTS, "A,summary,2021-06-03,2021-06-07", "B,summary,2021-06-03,"))
        self.assertEqual(figures("report_submitted", one, "2021-06-04"), (1, 1, "met"))
        self.assertEqual(figures("report_submitted", one, "2021-06-04", mail), (0, 1, "in_progress"))
        self.assertEqual(figures("report_submitted", one, "2021-06-07", mail), (0, 1, "not_met"))  # late
        self.assertEqual(self.late("report_submitted", one, "2021-06-30", mail), 1)  # Mon 07/06
        self.assertEqual(figures("report_submitted", one, "2021-06-30", mail, "B"), (0, 1, "not_met"))


class ProvinceTest(unittest.TestCase):
    def setUp(self):
        rows = [f"{unit},1,2016-01-04,on_request,1000" for unit in "PAB"]
        listed = tuple(f"{unit},1,old_case,2021-02-01" for unit in "PAB")
        self.facts = facts(
            units=UNITS, cases=(CASE_HEAD, *rows),
            nominations=("unit_code,decision_no,list,submitted_on",) + listed,
            payments=(PAYMENTS, "P,1,a,2021-03-01,300,voluntary,", "A,1,a,2021-03-01,50,voluntary,"),
        )

    def test_sums(self):
        # with the province's own unit 350 of 3000, without it 50 of 2000
        answer = score_answer(self.facts, plan(), day("2021-05-31"))
        self.assertEqual([one["unit"] for one in answer["units"]], ["P", "A", "B"])
        money = answer["province"]["targets"][3]
        self.assertEqual(
            money,
            {"id": "old_resolved_money", "numerator": 350, "denominator": 3000, "rate": "0.116667",
             "threshold": "0.100000", "state": "met", "due_on": "2021-05-31",
             "split": {"collected": 350, "terminated": 0, "exempted": 0}},
        )
        without = plan(("province_is_unit: true", "province_is_unit: false"))
        answer = score_answer(self.facts, without, day("2021-06-01"), "B")
        self.assertEqual([one["unit"] for one in answer["units"]], ["B"])
        money = answer["province"]["targets"][3]
        self.assertEqual((money["numerator"], money["denominator"], money["state"]), (50, 2000, "not_met"))

    def test_no_units(self):
        target = plan().target_of("lists_submitted")
        self.assertEqual(total(target, [], day("2021-05-31")).state, "not_applicable")
