"""The reporting year worked by hand, and imports that correct each other."""

import unittest

from facts import Facts
from sample_facts import CASE_HEAD, UNITS, cases, csv, day, facts, plan
from year_statistics import statistics_answer, year_of

DECISIONS = "unit_code,decision_no,kind,decided_on,amount,ground"
PAYMENTS = "unit_code,decision_no,receipt_no,paid_on,amount,source,reversed_on"


def column(found, name="money", row=0):
    return {key: value for key, value in found["rows"][row][name].items() if value}


class StatisticsTest(unittest.TestCase):
    def answer(self, on="2021-05-31", unit="A", **kinds):
        return statistics_answer(facts(**kinds), plan(), day(on), unit)

    def test_a_mixed_unit(self):
        found = self.answer(
            cases=cases("1", "2", "3", "4", "5"),
            decisions=(
                DECISIONS, "A,1,terminate,2021-03-05,400,", "A,2,not_enforceable,2021-03-05,,",
                "A,3,postpone,2021-03-05,,48.1.c", "A,4,delegate,2021-03-05,,",
            ),
            payments=(PAYMENTS, "A,1,a,2021-03-04,500,voluntary,", "A,5,b,2020-09-30,300,auction,"),
        )
        self.assertEqual(column(found, "cases"), {
            "carried_over": 5, "received": 5, "delegated": 1, "to_enforce": 4, "enforceable": 3,
            "done": 1, "terminated": 1, "under_way": 1, "postponed_by_agreement": 1,
            "not_enforceable": 1, "carried_forward": 3, "done_rate": "0.333333",
            "enforceable_rate": "0.750000",
        })
        self.assertEqual(column(found), {
            "carried_over": 4700, "received": 4700, "delegated": 1000, "to_enforce": 3700,
            "enforceable": 2700, "done": 900, "completed": 500, "terminated": 400,
            "left_by_finished": 100, "under_way": 700, "postponed_by_agreement": 1000,
            "not_enforceable": 1000, "carried_forward": 2800, "done_rate": "0.333333",
            "enforceable_rate": "0.729730",
        })

    def test_officers_make_up_the_unit(self):
        head = CASE_HEAD + ",officer_code"
        found = self.answer(cases=(
            head, "A,1,2016-01-04,on_request,5,x", "A,2,2016-01-04,on_request,7,",
            "A,3,2016-01-04,on_request,9,x",
        ))
        rows = {row.get("officer", "*"): row["money"]["carried_over"] for row in found["rows"]}
        self.assertEqual(rows, {"*": 21, "x": 14, None: 7})

    def test_the_year_of_a_day(self):
        for on, start in (("2020-09-30", "2019-10-01"), ("2020-10-01", "2020-10-01"), ("2022-01-01", "2021-10-01")):
            self.assertEqual(year_of(plan(), day(on))[0], day(start))

    def test_a_payment_of_last_year_reversed_in_this_one_was_never_made(self):
        paid = (PAYMENTS, "A,1,a,2020-03-04,300,voluntary,2021-03-04")
        found = self.answer(cases=cases("1"), payments=paid)
        self.assertEqual(column(found)["carried_over"], 1000)
        found = self.answer(cases=cases("1"), payments=paid, on="2021-03-03")
        self.assertEqual(column(found)["carried_over"], 700)


class CorrectionsTest(unittest.TestCase):
    def test_later_imports_correct_columns_that_they_have(self):
        head = CASE_HEAD + ",officer_code"
        found = Facts({
            "units": csv(*UNITS),
            "cases": [
                csv(head, "A,1,2016-01-04,on_request,5,x", "A,2,2016-01-04,on_request,6,y"),
                csv("unit_code,decision_no,decision_on,initiative,amount_due", "A,1,2016-01-05,on_request,7"),
                csv(head, "A,2,2016-01-04,on_request,6,", "A,3,2016-01-04,on_request,8,z"),
            ],
        })
        rows = [(one.decision_no, one.amount_due, one.officer_code) for one in found.by_unit["A"]]
        self.assertEqual(rows, [("1", 7, "x"), ("2", 6, None), ("3", 8, "z")])
