"""The two commands from outside: printed answers, comparison, exit codes."""

import contextlib
import copy
import io
import json
import pathlib
import tempfile
import unittest

import compare
import oracle
from sample_facts import PLAN_TEXT, UNITS, cases, csv, nominations

TABLES = {
    "units": UNITS,
    "cases": cases("1", "2"),
    "nominations": nominations("old_case", "1"),
    "payments": ("unit_code,decision_no,receipt_no,paid_on,amount,source", "A,1,a,2021-03-02,250,voluntary"),
    "assets": ("unit_code,decision_no,asset_no,asset_kind,seized_on", "A,2,x,movable,2021-03-01"),
}


def run(program, *arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = program(list(arguments))
    return code, out.getvalue()


class CommandsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for kind, rows in TABLES.items():
            (self.folder / f"{kind}.csv").write_text(csv(*rows), encoding="utf-8-sig")
        (self.folder / "plan.yaml").write_text(PLAN_TEXT, encoding="utf-8")
        self.common = ("--csv", folder.name, "--as-of", "2021-05-31")
        self.plan = ("--plan", str(self.folder / "plan.yaml"))

    def printed(self, *arguments):
        code, text = run(oracle.main, *arguments)
        self.assertEqual(code, 0)
        return json.loads(text)

    def compared(self, kind, ours, theirs, *more):
        for name, value in (("a", ours), ("b", theirs)):
            (self.folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
        paths = (str(self.folder / "a.json"), str(self.folder / "b.json"))
        code, text = run(compare.main, *paths, "--kind", kind, *more)
        return code, text.splitlines()

    def test_case(self):
        found = self.printed("case", "A", "1", *self.common)
        self.assertEqual(found, {"remaining": 750, "status": "enforceable", "money_not_enforceable": 0, "rules": []})
        ours = dict(found, schema="x", rules=[{"id": "E-09"}], extra=1)
        self.assertEqual(self.compared("case", ours, found), (0, ["4 compared, 0 different"]))
        theirs = dict(found, status="completed", rules=["M-01"])
        ours = dict(found, status="complete", rules=[{"rule": "M-01"}, {"rule": "E-09"}])
        self.assertEqual(self.compared("case", ours, theirs)[0], 0)
        ours = dict(found, remaining="750")  # text is not an amount
        self.assertEqual(self.compared("case", ours, found)[0], 1)
        self.assertEqual(self.compared("case", ours, found, "--skip", "remaining"), (0, ["3 compared, 0 different"]))
        self.assertEqual(run(oracle.main, "case", "A", "9", *self.common)[0], 1)

    def test_score(self):
        found = self.printed("score", *self.common, *self.plan)
        money = found["units"][1]["targets"][3]
        self.assertEqual((money["numerator"], money["denominator"], money["rate"]), (250, 1000, "0.250000"))
        ours = copy.deepcopy(found)
        ours["law_book"] = "sha256:0"
        ours["units"].reverse()
        for unit in ours["units"]:
            unit["targets"].reverse()
        self.assertEqual(self.compared("score", ours, found)[0], 0)
        ours["units"][1]["targets"][5]["split"]["collected"] = 249
        ours["units"][1]["targets"][5]["threshold"] = "10%"
        ours["units"][1]["targets"][5]["rate"] = "0.25"
        del ours["province"]["targets"][0]["state"]
        code, lines = self.compared("score", ours, found)
        self.assertEqual(code, 1)
        self.assertEqual(lines[:-1], [
            "A | old_resolved_money | rate | ours 0.25 | theirs 0.250000",
            "A | old_resolved_money | split.collected | ours 249 | theirs 250",
            "province | large_value_seized | state | ours (absent) | theirs not_applicable",
        ])
        self.assertTrue(lines[-1].endswith(" compared, 3 different"))
        del ours["units"][0]
        self.assertIn("B | - | unit | ours (absent) | theirs present", self.compared("score", ours, found)[1])

    def test_gaps(self):
        found = self.printed("gaps", "--past", *self.common)
        self.assertEqual([one["step"] for one in found["gaps"]], ["value_contract"])
        self.assertEqual(found["past"], [])
        ours = copy.deepcopy(found)
        ours["gaps"].append(dict(ours["gaps"][0], step="post_again", rule="policy"))
        self.assertEqual(self.compared("gaps", ours, found)[0], 0)
        ours["gaps"].append(copy.deepcopy(ours["gaps"][0]))
        code, lines = self.compared("gaps", ours, found)
        self.assertEqual((code, lines[0]), (
            1, "A | 2 x value_contract V-02 2021-03-01 | gaps | ours 2 times | theirs present"))
        self.assertEqual(self.printed("gaps", "--unit", "B", *self.common)["gaps"], [])

    def test_rank(self):
        found = self.printed("rank", *self.common, *self.plan)
        ours = copy.deepcopy(found)
        ours["rows"].reverse()
        for row in ours["rows"]:
            row["ties_broken_by"] = "anything"
            for criterion in row["criteria"]:
                criterion["base"] = int(criterion["base"].split(".")[0])
        self.assertEqual(self.compared("rank", ours, found)[0], 0)
        ours["rows"][0]["rank"] = None
        ours["rows"][0]["criteria"][0]["points"] = "1"
        self.assertEqual(len(self.compared("rank", ours, found)[1]), 3)

    def test_what_is_no_answer(self):
        self.assertEqual(self.compared("score", [], {})[0], 2)
        self.assertEqual(self.compared("score", {}, {"schema": "caodiem.score/1"})[0], 2)
