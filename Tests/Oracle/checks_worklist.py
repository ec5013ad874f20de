"""Hand-worked cases: the duties of the worklist."""

import unittest

from law import due, months_after
from sample_facts import PLAN_TEXT, day, facts
from plan import Plan
from worklist import worklist_answer

CASE = ("unit_code,decision_no,decision_on,initiative,amount_due,officer_code,received_on,assigned_on,"
        "debtor_notified_on,state_revenue,address_unknown,prison_until")
DECISIONS = "unit_code,decision_no,kind,decided_on,ground,ground_on,until_on,amount"
VERIFICATIONS = "unit_code,decision_no,verified_on,result"
PAYMENTS = "unit_code,decision_no,receipt_no,paid_on,amount,source,reversed_on"
TOLD = "2021-03-01,on_request,1000,O1,,2021-03-01,2021-03-01,0,0,"
DUTIES = """
duties:
  - { id: repair_violation, due_on: 2021-05-31, paragraph: I }
  - { id: review_file, due_on: 2021-04-15, paragraph: II.2 }
"""
PLAN = Plan(PLAN_TEXT + DUTIES)


def duties(as_of, case=TOLD, decisions=(), verifications=(), payments=(), within=400, **kinds):
    """(duty, rule, trigger, due) of each open duty of the case, without this year."""
    one = facts(
        cases=(CASE, f"A,1,{case}"),
        decisions=(DECISIONS,) + tuple(f"A,1,{row}" for row in decisions),
        verifications=(VERIFICATIONS,) + tuple(f"A,1,{row}" for row in verifications),
        payments=(PAYMENTS,) + tuple(f"A,1,{row}" for row in payments),
        **kinds,
    )
    items = worklist_answer(one, PLAN, day(as_of), "A", within)["items"]
    return [
        (row["duty"], row["rule"], row["trigger_on"].removeprefix("2021-"), row["due_on"].removeprefix("2021-"))
        for row in items if row["decision_no"] is not None
    ]


class LawTest(unittest.TestCase):
    def test_edition_of_the_day(self):
        self.assertEqual(due("E-09", day("2015-06-30")), day("2015-07-15"))
        self.assertEqual(due("E-09", day("2015-07-01")), day("2015-07-13"))  # the 11th is a Saturday
        self.assertIsNone(due("E-11", day("2015-06-30")))

    def test_months(self):
        self.assertEqual(months_after(day("2020-08-31"), 6), day("2021-02-28"))
        self.assertEqual(months_after(day("2020-02-29"), 12), day("2021-02-28"))


class TakeUpTest(unittest.TestCase):
    def test_decision(self):
        case = "2021-06-01,on_request,1000,O1,2021-04-27,,,0,0,"
        # 28, 29/04, 04, 05, 06/05: 30/04, 01/05 and 03/05 are days off
        self.assertEqual(duties("2021-05-31", case), [("issue_decision", "E-03", "04-27", "05-06")])
        self.assertEqual(duties("2021-04-26", case), [])
        self.assertEqual(duties("2021-06-02", case)[0][:2], ("notify_decision", "E-07"))

    def test_verify(self):
        self.assertEqual(duties("2021-03-10"), [])
        self.assertEqual(duties("2021-03-11"), [("verify", "E-11", "03-11", "03-22")])
        self.assertEqual(duties("2021-03-30", payments=["a,2021-03-20,1000,voluntary,"]), [])
        held = ["postpone,2021-03-15,48.1.a,,,"]
        self.assertEqual(duties("2021-03-30", decisions=held), [])
        held.append("resume,2021-03-26,,,,")
        self.assertEqual(duties("2021-03-30", decisions=held), [("verify", "E-11", "03-26", "04-05")])


class MeansTest(unittest.TestCase):
    NOTHING = "2021-03-22,not_enforceable"
    CLASSED = "not_enforceable,2021-03-22,44a.1.a,,,"

    def test_classify(self):
        self.assertEqual(
            duties("2021-03-30", verifications=[self.NOTHING]), [("classify", "E-13", "03-22", "03-29")])
        self.assertEqual(
            duties("2021-04-30", verifications=[self.NOTHING, "2021-04-01,enforceable"]), [])

    def test_cycle(self):
        found = [self.NOTHING]
        self.assertEqual(
            duties("2021-03-30", decisions=[self.CLASSED], verifications=found),
            [("reverify", "E-12", "03-22", "09-22")])
        found.append("2021-09-06,not_enforceable")
        self.assertEqual(
            duties("2021-09-30", decisions=[self.CLASSED], verifications=found),
            [("reverify", "E-12", "09-06", "2022-03-07")])
        found.append("2022-03-01,not_enforceable")
        self.assertEqual(duties("2022-09-30", decisions=[self.CLASSED], verifications=found), [])

    def test_once_a_year(self):
        case = TOLD + "2023-03-22"
        self.assertEqual(
            duties("2021-03-30", case, decisions=[self.CLASSED], verifications=[self.NOTHING])[0][1:],
            ("E-12.prison_or_address_unknown", "03-22", "2022-03-22"))

    def test_exemption(self):
        case = "2016-03-15,ex_officio,1999999,O1,,2016-03-15,2016-03-15,1,0,"
        told = dict(
            decisions=["not_enforceable,2016-06-10,44a.1.a,,,"],
            verifications=[f"{one},not_enforceable" for one in ("2016-06-10", "2016-12-09", "2017-06-08")])
        self.assertEqual(duties("2021-03-14", case, **told), [])
        self.assertEqual(
            duties("2021-03-15", case, **told), [("verify_exemption", "X-10a.verify", "03-15", "03-25")])


class HoldTest(unittest.TestCase):
    DONE = ["2021-03-15,enforceable"]

    def test_resume(self):
        held = ["postpone,2021-03-20,48.1.c,,2021-05-14,"]
        self.assertEqual(duties("2021-05-13", decisions=held, verifications=self.DONE), [])
        self.assertEqual(
            duties("2021-05-14", decisions=held, verifications=self.DONE),
            [("resume", "C-08", "05-14", "05-21")])
        appeal = ["postpone,2021-03-22,48.2,2021-03-19,,"]
        self.assertEqual(
            duties("2021-06-22", decisions=appeal, verifications=self.DONE),
            [("resume", "C-08", "06-21", "06-28")])

    def test_finished_and_delegated(self):
        for kind in ("terminate", "complete", "delegate"):
            self.assertEqual(duties("2021-05-14", decisions=[f"{kind},2021-03-02,,,,"]), [])


class PlanTest(unittest.TestCase):
    def test_violation_outlives_its_case(self):
        violations = ("unit_code,decision_no,found_on,severity,repaired_on", "A,1,2021-05-05,minor,2021-05-20")
        closed = ["terminate,2021-05-06,,,,"]
        self.assertEqual(
            duties("2021-05-19", decisions=closed, violations=violations),
            [("repair_violation", "plan", "05-05", "05-31")])
        self.assertEqual(duties("2021-05-20", decisions=closed, violations=violations), [])

    def test_instalments(self):
        commitments = ("unit_code,decision_no,due_on,amount", "A,1,2021-04-10,100", "A,1,2021-05-10,100")
        paid = ["a,2021-04-09,199,voluntary,", "b,2021-04-09,500,coerced,"]
        self.assertEqual(
            duties("2021-04-15", verifications=HoldTest.DONE, payments=paid, commitments=commitments),
            [("follow_commitment", "plan", "05-10", "05-10")])

    def test_within(self):
        self.assertEqual(duties("2021-03-14", within=7), [])
        self.assertEqual(len(duties("2021-03-15", within=7)), 1)
        self.assertEqual(len(duties("2021-03-31", within=0)), 1)


if __name__ == "__main__":
    unittest.main()
