"""Hand-worked cases: points of each criterion, scores, ranks, tie-breaks."""

import unittest
from fractions import Fraction

from emulation import deadlines, of_rate, rank_answer, sheet
from numbers_exact import parse_fraction
from sample_facts import CASE_HEAD, day, facts, plan

REPORTS = "unit_code,kind,submitted_on,emailed_on"
VIOLATIONS = "unit_code,decision_no,found_on,severity"
LISTED = "unit_code,decision_no,list,submitted_on"
DECISIONS = "unit_code,decision_no,kind,decided_on"
IN_TIME = (REPORTS, "P,lists,2021-02-19,", "A,lists,2021-02-19,", "B,lists,2021-02-19,",
           "A,summary,2021-06-03,", "B,summary,2021-06-03,")
END = day("2021-06-30")


def points(name, rate, threshold):
    one = of_rate(name, parse_fraction(rate), parse_fraction(threshold))
    return one.earned, one.bonus, one.deduction


class CriteriaTest(unittest.TestCase):
    def test_large_value_seized(self):
        for rate, expected in (
            ("80%", (30, 0, 0)),
            ("84.9%", (30, 0, 0)),  # less than 5 full points over
            ("85%", (30, 1, 0)),
            ("100%", (30, 4, 0)),  # 20 points over
            ("79%", (29, 0, 1)),  # 1 point under: one started pair
            ("78%", (29, 0, 1)),  # exactly 2
            ("77.9%", (28, 0, 2)),
            ("5/7", (25, 0, 5)),  # 80 - 71.43 = 8.57 under: five started pairs
            ("20%", (0, 0, 30)),  # 60 under: the whole base
            ("0", (0, 0, 40)),
        ):
            self.assertEqual(points("large_value_seized", rate, "80%"), expected, rate)
        self.assertEqual(points("large_value_seized", "100%", "70%"), (30, 5, 0))  # 6, at most 5

    def test_large_value_classified(self):
        self.assertEqual(points("large_value_classified", "100%", "1"), (15, 0, 0))
        self.assertEqual(points("large_value_classified", "1/3", "1"), (5, 0, 0))
        self.assertEqual(points("large_value_classified", "1", "50%"), (15, 0, 0))  # no bonus here

    def test_old_cases(self):
        for name in ("old_resolved_count", "old_resolved_money"):
            self.assertEqual(points(name, "15%", "15%"), (20, 0, 0))
            self.assertEqual(points(name, "15.99%", "15%"), (20, 0, 0))
            self.assertEqual(points(name, "16%", "15%"), (20, 1, 0))
            self.assertEqual(points(name, "19.5%", "15%"), (20, 4, 0))
            self.assertEqual(points(name, "90%", "15%"), (20, 5, 0))
            self.assertEqual(points(name, "7%", "15%"), (Fraction(28, 3), 0, 0))  # 20 * 7/15

    def test_deadlines(self):
        # lists due Sat 20/02, sent Tue 23/02: 2; summary due Fri 04/06, sent Tue 08/06: 2; together 4
        one = facts(reports=(REPORTS, "A,lists,2021-02-23,", "A,summary,2021-06-08,"))
        found = deadlines(one, one.units["A"], plan(), END)
        self.assertEqual((found.earned, found.deduction), (6, 4))
        # both missing on 09/06: lists 22-26/02 (5) + March 23 + 20 + May 20 + 1-9/06 (7) = 75; summary 7, 8, 9/06 = 3
        found = deadlines(facts(), one.units["A"], plan(), day("2021-06-09"))
        self.assertEqual((found.earned, found.deduction), (0, 78))
        # the province has no summary to send: only the lists
        one = facts(reports=(REPORTS, "P,lists,2021-02-23,"))
        self.assertEqual(deadlines(one, one.units["P"], plan(), END).deduction, 2)
        # not yet due
        self.assertEqual(deadlines(one, one.units["A"], plan(), day("2021-02-20")).deduction, 0)


def case_rows(*places):
    return (CASE_HEAD,) + tuple(f"{unit},{number},2016-01-04,on_request,1000" for unit, number in places)


class SheetTest(unittest.TestCase):
    def test_not_applicable_is_left_out(self):
        # no lists of cases: deadlines 10 and violations 5 - 2 = 3 remain; 13 * 100 / 15 = 86.67
        one = facts(cases=case_rows("A1"), reports=IN_TIME,
                    violations=(VIOLATIONS, "A,1,2021-03-01,minor", "A,1,2021-06-30,minor",
                                "A,1,2021-02-28,serious", "A,1,2021-07-01,serious"))
        rows = {row["unit"]: row for row in rank_answer(one, plan(), END)["rows"]}
        self.assertEqual(
            rows["A"],
            {"rank": 3, "unit": "A", "cluster": None, "score": "86.67", "disqualified": False, "ties_broken_by": None,
             "criteria": [
                 {"id": "deadlines", "points": "10.00", "base": "10.00", "bonus": "0.00", "deduction": "0.00"},
                 {"id": "violations", "points": "3.00", "base": "5.00", "bonus": "0.00", "deduction": "2.00"}]},
        )
        self.assertEqual((rows["B"]["score"], rows["P"]["score"]), ("100.00", "100.00"))

    def test_floor_of_violations(self):
        rows = tuple(f"A,1,2021-03-0{number},minor" for number in range(1, 8))
        one = facts(cases=case_rows("A1"), violations=(VIOLATIONS,) + rows)
        found = sheet(one, one.units["A"], plan(), END).criteria[-1]
        self.assertEqual((found.earned, found.deduction), (0, 7))

    def test_full_sheet(self):
        # Large list: 3 cases, 2 seized (66.67%, 13.33 under: 7 pairs -> 23); 1 of 3 not enforceable -> 5.
        # Old list: 1 of 5 completed (20%, 5 over -> 20 + 5); money 800 of 5000 (16%, 6 over -> 20 + 5).
        # In time 10, no violation 5. (23 + 5 + 20 + 20 + 10 + 5) * 100/100 + 10 = 93
        places = [("A", str(number)) for number in range(1, 9)]
        one = facts(
            cases=case_rows(*places), reports=IN_TIME,
            nominations=(LISTED,) + tuple(f"A,{number},large_value,2021-02-19" for number in "123")
            + tuple(f"A,{number},old_case,2021-02-19" for number in "45678"),
            assets=("unit_code,decision_no,asset_no,asset_kind,seized_on", "A,1,x,movable,2021-03-02", "A,2,x,movable,2021-03-02"),
            decisions=(DECISIONS, "A,3,not_enforceable,2021-03-02", "A,4,complete,2021-04-01"),
            payments=("unit_code,decision_no,receipt_no,paid_on,amount,source", "A,4,a,2021-04-01,800,voluntary"),
        )
        found = sheet(one, one.units["A"], plan(), END)
        self.assertEqual([one.earned for one in found.criteria], [23, 5, 20, 20, 10, 5])
        self.assertEqual([one.bonus for one in found.criteria], [0, 0, 5, 5, 0, 0])
        self.assertEqual(found.score, 93)


class RankTest(unittest.TestCase):
    UNITS = ("unit_code,name,level,cluster",) + tuple(f"{code},{code},district,{{}}" for code in "ABCD")

    def ranks(self, cluster="", only=None, the_plan=None, **kinds):
        kinds.setdefault("units", tuple(row.format(cluster) for row in self.UNITS))
        kinds.setdefault("reports", (REPORTS,) + tuple(
            f"{code},{kind},2021-02-19," for code in "ABCD" for kind in ("lists", "summary")))
        answer = rank_answer(facts(**kinds), the_plan or plan(), END, only)
        return [(row["unit"], row["rank"], row["ties_broken_by"]) for row in answer["rows"]]

    def test_shared_ranks(self):
        # A and B late by one working day each (Mon 22/02), C in time, D late by two: 1, 2, 2, 4
        reports = (REPORTS,) + tuple(f"{code},summary,2021-02-19," for code in "ABCD") + (
            "A,lists,2021-02-22,", "B,lists,2021-02-22,", "C,lists,2021-02-19,", "D,lists,2021-02-23,")
        self.assertEqual(self.ranks(reports=reports),
                         [("C", 1, None), ("A", 2, "shared"), ("B", 2, "shared"), ("D", 4, None)])

    def test_disqualified_come_last(self):
        # A has one serious violation (14/15 of the points), B two minor ones (13/15)
        found = (VIOLATIONS, "A,1,2021-03-01,serious", "B,1,2021-03-01,minor", "B,1,2021-03-02,minor")
        self.assertEqual([one[:2] for one in self.ranks(cases=case_rows("A1", "B1"), violations=found)],
                         [("C", 1), ("D", 1), ("B", 3), ("A", None)])

    def test_tie_break_violations(self):
        # A: a violation (-1) and in time; B: no violation, one day late (-1): same score
        reports = (REPORTS,) + tuple(f"{code},summary,2021-02-19," for code in "ABCD") + (
            "A,lists,2021-02-19,", "B,lists,2021-02-22,", "C,lists,2021-02-23,", "D,lists,2021-02-24,")
        found = (VIOLATIONS, "A,1,2021-03-01,minor")
        self.assertEqual(self.ranks(cases=case_rows("A1"), violations=found, reports=reports),
                         [("B", 1, "violations"), ("A", 2, "violations"), ("C", 3, None), ("D", 4, None)])

    def test_tie_break_money(self):
        # A 20% and B 30% of the old money: both get the full bonus of 5; C and D have no list
        one = dict(
            cases=case_rows("A1", "B1"), nominations=(LISTED, "A,1,old_case,2021-02-01", "B,1,old_case,2021-02-01"),
            payments=("unit_code,decision_no,receipt_no,paid_on,amount,source",
                      "A,1,a,2021-04-01,200,voluntary", "B,1,a,2021-04-01,300,voluntary"),
        )
        # both: (0 of 20 for count + 20 + 10 + 5) * 100 / 55 + 5 = 68.64
        self.assertEqual(self.ranks(**one)[2:], [("B", 3, "old_resolved_money"), ("A", 4, "old_resolved_money")])

    def test_tie_break_stock(self):
        # same score everywhere; stock A 1 (a finished and an M-01 case beside it), B 2, C 0, D 0
        one = dict(cases=case_rows("A1", "A2", "A3", "B1", "B2"),
                   decisions=(DECISIONS, "A,2,complete,2021-04-01", "A,3,not_enforceable,2021-04-01"))
        self.assertEqual(self.ranks(**one),
                         [("B", 1, "stock"), ("A", 2, "stock"), ("C", 3, "stock"), ("D", 3, "shared")])

    def test_tie_break_report(self):
        # none is late: A on 02/06, B on 01/06, C and D on 03/06
        reports = (REPORTS,) + tuple(f"{code},lists,2021-02-19," for code in "ABCD") + (
            "A,summary,2021-06-02,", "B,summary,2021-06-01,", "C,summary,2021-06-03,", "D,summary,2021-06-03,")
        self.assertEqual([one[:2] for one in self.ranks(reports=reports)], [("B", 1), ("A", 2), ("C", 3), ("D", 3)])

    def test_scores_are_compared_exactly(self):
        # large lists of 300 and 301, none seized (0 points), one not enforceable on each:
        # pro rata 15 * 1/300 = 0.0500 and 15 * 1/301 = 0.0498, both printed as 0.05
        places = [("A", str(number)) for number in range(300)] + [("B", str(number)) for number in range(301)]
        one = facts(
            units=tuple(row.format("") for row in self.UNITS[:3]), cases=case_rows(*places),
            nominations=(LISTED,) + tuple(f"{unit},{number},large_value,2021-02-01" for unit, number in places),
            decisions=(DECISIONS, "A,0,not_enforceable,2021-03-01", "B,0,not_enforceable,2021-03-01"),
            reports=IN_TIME[:1] + IN_TIME[2:],
        )
        rows = rank_answer(one, plan(), END)["rows"]
        # (0 + 0.05 + 10 + 5) * 100 / 60 = 25.0833 and 25.0831: printed alike, ranked apart, no tie
        self.assertEqual([(row["unit"], row["rank"], row["score"], row["ties_broken_by"]) for row in rows],
                         [("A", 1, "25.08", None), ("B", 2, "25.08", None)])

    def test_a_named_cluster_ranks_apart(self):
        units = (self.UNITS[0], "A,A,district,x", "B,B,district,x", "C,C,district,y", "D,D,district,")
        reports = (REPORTS, "A,lists,2021-02-19,", "A,summary,2021-06-01,")  # the others sent nothing
        self.assertEqual([one[:2] for one in self.ranks(units=units, reports=reports)],
                         [("A", 1), ("B", 2), ("C", 2), ("D", 2)])
        self.assertEqual([one[:2] for one in self.ranks(units=units, reports=reports, only="y")], [("C", 1)])

    def test_province_as_unit(self):
        units = ("unit_code,name,level,cluster", "P,P,province,", "A,A,district,")
        self.assertEqual(len(self.ranks(units=units, reports=(REPORTS,))), 2)
        without = plan(("province_is_unit: true", "province_is_unit: false"))
        self.assertEqual([one[0] for one in self.ranks(units=units, reports=(REPORTS,), the_plan=without)], ["A"])
