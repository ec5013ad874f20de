"""The statistics of the reporting year, in cases and in money, by unit and by officer.

READINGS
- A case belongs to the year when its decision has been issued by the day and it was neither finished
  nor delegated away when the year began. One that was delegated away then and no longer is on the day
  has come back: it is new.
- The money of a case is what stood open on the eve of the year. A payment reversed by the day has
  never been made, in whichever year it was paid.
- What was resolved within the year fills the money of the case in order of days, payments before
  decisions on one day, and never beyond it. Source `exempted` and `reduce_obligation` are `reduced`.
- A delegated case is out with all that remains; what was resolved before counts.
- Not enforceable: a case by its latest classification alone; money by M-01, M-02 and M-04.
- Postponed under 48.1.c is enforceable; any other postponement, and suspension, is held.
- A finished case may leave money: it is enforceable, neither done nor under way, and carried forward.
"""

from datetime import date, timedelta

from case_state import (
    FINISHING, by, classification, is_finished, money_not_enforceable, payment_counts, remaining,
    status, written_off,
)
from numbers_exact import rate_text

CASE_COLUMNS = """carried_over new received delegated to_enforce enforceable done completed
    terminated under_way postponed_by_agreement not_enforceable held carried_forward""".split()
MONEY_COLUMNS = CASE_COLUMNS + ["reduced", "left_by_finished"]


def year_of(plan, day):
    """The plan's reporting year, moved by whole years so that it holds the day."""
    start, end = plan.reporting_year
    while day < start:
        start, end = _moved(start, -1), _moved(end, -1)
    while day > end:
        start, end = _moved(start, 1), _moved(end, 1)
    return start, end


def _moved(day, years):
    return date(day.year + years, day.month, day.day)


def case_classes(case, start, day):
    """(column, part) of the case and of its money, as two lists of (name, amount); None when out."""
    eve = start - timedelta(days=1)
    if not by(case.decision_on, day) or is_finished(case, eve):
        return None
    was_there = by(case.decision_on, eve)
    was_away = was_there and status(case, eve) == "delegated"
    now = status(case, day)
    if was_away and now == "delegated":
        return None
    money = _money(case, start, day)
    origin = "carried_over" if was_there and not was_away else "new"
    cases = [(origin, 1)]
    sums = [(origin, money["opening"])]
    sums += [(name, money[name]) for name in ("completed", "terminated", "reduced")]
    left = money["opening"] - sum(money[name] for name in ("completed", "terminated", "reduced"))
    if now == "delegated":
        return cases + [("delegated", 1)], sums + [("delegated", left)]
    sums.append(("carried_forward", left))
    if is_finished(case, day):
        return cases + [(now, 1)], sums + [("left_by_finished", left)]
    cases.append(("carried_forward", 1))
    hopeless = money_not_enforceable(case, day)
    sums.append(("not_enforceable", hopeless))
    if classification(case, day) == "not_enforceable":
        return cases + [("not_enforceable", 1)], sums
    name = _working_class(case, now, day)
    return cases + [(name, 1)], sums + [(name, left - hopeless)]


def _working_class(case, now, day):
    if now == "suspended":
        return "held"
    if now != "postponed":
        return "under_way"
    grounds = [one.ground for one in case.decisions if one.kind == "postpone" and by(one.decided_on, day)]
    return "postponed_by_agreement" if grounds[-1] == "48.1.c" else "held"


def _money(case, start, day):
    events = []
    for one in case.payments:
        if payment_counts(one, day):
            name = "reduced" if one.source == "exempted" else "completed"
            events.append((one.paid_on, 0, name, one.amount))
    for one in case.decisions:
        if by(one.decided_on, day) and written_off(one):
            name = "terminated" if one.kind == "terminate" else "reduced"
            events.append((one.decided_on, 1, name, written_off(one)))
    before = sum(amount for when, _, _, amount in events if when < start)
    opening = max(0, case.amount_due - before)
    found = {"opening": opening, "completed": 0, "terminated": 0, "reduced": 0}
    left = opening
    for when, _, name, amount in sorted(events, key=lambda event: event[:2]):
        if when >= start:
            part = min(left, amount)
            found[name] += part
            left -= part
    assert left == remaining(case, day), vars(case)
    return found


class Row:
    def __init__(self):
        self.cases = dict.fromkeys(CASE_COLUMNS, 0)
        self.money = dict.fromkeys(MONEY_COLUMNS, 0)

    def add(self, classes):
        for column, parts in zip((self.cases, self.money), classes):
            for name, amount in parts:
                column[name] += amount

    def printed(self):
        return {"cases": _finished(dict(self.cases)), "money": _finished(dict(self.money))}


def _finished(column):
    column["received"] = column["carried_over"] + column["new"]
    column["to_enforce"] = column["received"] - column["delegated"]
    column["done"] = column["completed"] + column["terminated"] + column.get("reduced", 0)
    column["enforceable"] = column["to_enforce"] - column["not_enforceable"] - column["held"]
    column["done_rate"] = rate_text(column["done"], column["enforceable"])
    column["enforceable_rate"] = rate_text(column["enforceable"], column["to_enforce"])
    return column


def statistics_answer(facts, plan, day, unit=None):
    start, end = year_of(plan, day)
    rows, province = [], Row()
    for code in sorted(facts.units):
        total, officers = Row(), {}
        for case in facts.by_unit[code]:
            classes = case_classes(case, start, day)
            if classes is None:
                continue
            for row in (total, province, officers.setdefault(case.officer_code, Row())):
                row.add(classes)
        if unit in (None, code):
            rows.append(dict(total.printed(), unit=code))
            for officer, row in officers.items():
                rows.append(dict(row.printed(), unit=code, officer=officer))
    return {
        "schema": "caodiem.statistics/1",
        "as_of": day.isoformat(),
        "year": {"start": start.isoformat(), "end": end.isoformat()},
        "rows": rows,
        "province": province.printed(),
    }
