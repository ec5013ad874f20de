"""Hand-worked cases: calendar, numbers, reading of facts and plan."""

import unittest
from fractions import Fraction

from calendar_vn import (
    after_days, after_working_days, is_working_day, months_before, working_days_between,
)
from facts import FactsError
from numbers_exact import decimals, parse_fraction
from sample_facts import cases, day, facts, plan


class CalendarTest(unittest.TestCase):
    def test_days_off(self):
        for text in ("2021-02-16", "2021-04-21", "2021-05-03", "2021-05-29", "2021-09-03"):
            self.assertFalse(is_working_day(day(text)), text)
        for text in ("2021-02-17", "2021-05-04", "2021-09-06"):
            self.assertTrue(is_working_day(day(text)), text)

    def test_campaign_has_63_working_days(self):
        # March 23, April 22 - 2 (21/04, 30/04) = 20, May 21 - 1 (03/05) = 20
        self.assertEqual(working_days_between(day("2021-02-28"), day("2021-05-31")), 63)

    def test_calendar_days_roll(self):
        # 20/04 + 10 = Fri 30/04 holiday; 01-02/05 weekend; Mon 03/05 off; so Tue 04/05
        self.assertEqual(after_days(day("2021-04-20"), 10), day("2021-05-04"))
        # 01/03 + 10 = Thu 11/03
        self.assertEqual(after_days(day("2021-03-01"), 10), day("2021-03-11"))
        # 30/03 + 45 = Fri 14/05, as in the rules' worked chain
        self.assertEqual(after_days(day("2021-03-30"), 45), day("2021-05-14"))

    def test_working_days(self):
        # event Fri 05/02; Mon 8 (1), Tue 9 (2), Tet 10-16, Wed 17 (3), Thu 18 (4), Fri 19 (5)
        self.assertEqual(after_working_days(day("2021-02-05"), 5), day("2021-02-19"))
        # event on Saturday 06/03: Mon 8 is the first, Fri 12 the fifth
        self.assertEqual(after_working_days(day("2021-03-06"), 5), day("2021-03-12"))

    def test_months(self):
        self.assertEqual(months_before(day("2021-08-31"), 6), day("2021-02-28"))
        self.assertEqual(months_before(day("2021-03-15"), 6), day("2020-09-15"))
        self.assertEqual(months_before(day("2021-06-30"), 6), day("2020-12-30"))
        self.assertEqual(months_before(day("2020-12-31"), 12), day("2019-12-31"))


class NumbersTest(unittest.TestCase):
    def test_thresholds(self):
        for text in ("80%", "0.80", "4/5", "80 %"):
            self.assertEqual(parse_fraction(text), Fraction(4, 5), text)
        self.assertEqual(parse_fraction("1"), 1)

    def test_half_up(self):
        self.assertEqual(decimals(Fraction(2, 3), 6), "0.666667")
        self.assertEqual(decimals(Fraction(1, 8), 2), "0.13")  # 0.125, half goes up
        self.assertEqual(decimals(Fraction(1, 3), 2), "0.33")
        self.assertEqual(decimals(Fraction(199999, 2000), 2), "100.00")  # 99.9995
        self.assertEqual(decimals(5, 2), "5.00")


class ReadingTest(unittest.TestCase):
    def test_optional_cells_columns_and_files(self):
        one = facts(cases=cases("1"), payments=("receipt_no,decision_no,unit_code,paid_on,amount,source,x",
                                                "R1,1,A,2021-03-01,5,voluntary,y"))
        case = one.cases["A", "1"]
        self.assertEqual((case.amount_due, case.received_on, case.state_revenue), (1000, None, False))
        self.assertEqual((case.payments[0].amount, case.payments[0].reversed_on), (5, None))
        self.assertEqual(case.assets, [])

    def test_refusals(self):
        with self.assertRaises(FactsError):
            facts(cases=cases("1", "1"))
        with self.assertRaises(FactsError):
            facts(cases=cases("1", unit="Z"))
        with self.assertRaises(FactsError):
            facts(cases=cases("1"), nominations=("unit_code,decision_no,list,submitted_on",
                                                 "A,2,old_case,2021-02-01"))

    def test_plan_defaults(self):
        # without due days: end of the window, end of the reporting year, day of the report
        bare = plan(
            ('threshold: "80%"\n    due_on: 2021-05-31', 'threshold: "80%"'),
            ('    due_on: 2021-09-30\n', ''),
            ('threshold: "1", due_on: 2021-02-20', 'threshold: 1.00'),
        )
        self.assertEqual(bare.target_of("large_value_seized").due_on, day("2021-05-31"))
        self.assertEqual(bare.target_of("large_value_classified").due_on, day("2021-09-30"))
        self.assertEqual(bare.target_of("lists_submitted").due_on, day("2021-02-20"))
        self.assertEqual(bare.target_of("lists_submitted").threshold, 1)

    def test_strict_deadlines(self):
        strict = plan(("strict_deadlines: false", "strict_deadlines: true"))
        self.assertEqual(strict.target_of("lists_submitted").due_on, day("2021-02-19"))
        self.assertEqual(strict.duty_due("report_submitted"), day("2021-06-03"))
        self.assertEqual(strict.target_of("large_value_seized").due_on, day("2021-05-31"))
