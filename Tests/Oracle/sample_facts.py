"""Small builders for the tests: rows as CSV text, the sample plan with changes."""

import pathlib
from datetime import date

from facts import Facts
from plan import Plan

UNITS = ("unit_code,name,level,cluster", "P,Province,province,", "A,Branch A,district,", "B,Branch B,district,")
CASE_HEAD = "unit_code,decision_no,decision_on,initiative,amount_due"
PLAN_TEXT = (pathlib.Path(__file__).parent / "sample_plan.yaml").read_text(encoding="utf-8")


def day(text):
    return date.fromisoformat(text)


def csv(head, *rows):
    return "\n".join((head,) + rows) + "\n"


def facts(**kinds):
    """Facts of the three sample units; each kind is (heading, row, row ...) or CSV text."""
    kinds.setdefault("units", UNITS)
    return Facts({kind: text if isinstance(text, str) else csv(*text) for kind, text in kinds.items()})


def cases(*numbers, amount=1000, unit="A"):
    """Plain cases of one unit, all of the same amount."""
    return (CASE_HEAD,) + tuple(f"{unit},{one},2016-01-04,on_request,{amount}" for one in numbers)


def nominations(name, *numbers, unit="A"):
    return ("unit_code,decision_no,list,submitted_on",) + tuple(
        f"{unit},{one},{name},2021-02-18" for one in numbers
    )


def plan(*changes):
    """The sample plan; each change is a pair (old text, new text) that must be found."""
    text = PLAN_TEXT
    for old, new in changes:
        if old not in text:
            raise ValueError(f"not in the sample plan: {old}")
        text = text.replace(old, new)
    return Plan(text)
