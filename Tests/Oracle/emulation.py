"""The sample table of points, and the ranking of the units.

READINGS
- A criterion takes its rate from the first target of the plan with that measure; without such a
  target it is left out, like one that is not applicable. It is left out of `criteria` as well.
- `points` is what was earned of the base (bonus apart); `deduction` is the full deduction, also
  where it exceeds the base, and 0 for criteria that are pro rata.
- The bonus is kept within 0..5, the percentage points are exact: a started 2 points under costs 1.
- Of the duties only those count that the plan has (a target or a report with a due day); when the
  unit has none of them the criterion is left out.
- Violations: those found from the first day of the campaign window to D, not to the end of it. A
  serious one among these disqualifies.
- Scores are compared exactly, not as printed. Ranks are given over the whole province, or among the
  units of one cluster where it is named. The disqualified take up no rank.
- Tie-breaks: a missing rate of old_resolved_money is below 0%, a missing valid summary report comes
  after every date; valid is what counts for report_submitted (by D, e-mailed if the plan asks).
- Stock counts all cases of the unit in the store, delegated ones and later decisions included.
- ties_broken_by: null unless another ranked unit has the same score; else the
  tie-break that parts the unit from its neighbour above among these (the first: from the one
  below), or "shared". The specification names no values, so it is not compared.
- base, bonus and deduction are printed like points, with two decimals.
"""

from fractions import Fraction
from types import SimpleNamespace

from case_state import is_finished, rules_met
from measures import days_late, has_duty, measure, submitted_on
from numbers_exact import decimals
from plan import DUTIES

BASES = {
    "large_value_seized": 30,
    "large_value_classified": 15,
    "old_resolved_count": 20,
    "old_resolved_money": 20,
    "deadlines": 10,
    "violations": 5,
}
BONUS_AT_MOST = 5
POINTS_OF_BONUS = {"large_value_seized": 5, "old_resolved_count": 1, "old_resolved_money": 1}
POINTS_OF_DEDUCTION = 2  # large_value_seized only
TIE_BREAKS = ("violations", "old_resolved_money", "stock", "report")


def _criterion(name, bonus=0, deduction=0, earned=None):
    base = BASES[name]
    if earned is None:
        earned = base - deduction
    earned = max(Fraction(0), min(Fraction(base), Fraction(earned)))
    return SimpleNamespace(id=name, earned=earned, base=base, bonus=bonus, deduction=deduction)


def of_rate(name, rate, threshold):
    """A criterion that follows the rate of a target."""
    over = (rate - threshold) * 100  # percentage points
    bonus = 0
    if name in POINTS_OF_BONUS and over > 0:
        bonus = min(BONUS_AT_MOST, over // POINTS_OF_BONUS[name])
    if name == "large_value_seized":
        return _criterion(name, bonus, max(0, -(over // POINTS_OF_DEDUCTION)))
    earned = BASES[name] if rate >= threshold else BASES[name] * rate / threshold
    return _criterion(name, bonus, earned=earned)


def deadlines(facts, unit, plan, day):
    duties = [
        one for one in DUTIES if has_duty(unit, one) and plan.duty_due(one) is not None
    ]
    if not duties:
        return None
    late = sum(days_late(facts, unit, one, day, plan) for one in duties)
    return _criterion("deadlines", deduction=late)


def violations_found(facts, unit, plan, day):
    return [
        one
        for case in facts.by_unit[unit.unit_code]
        for one in case.violations
        if plan.window[0] <= one.found_on <= day
    ]


def stock(facts, unit, day):
    return sum(
        not is_finished(case, day) and "M-01" not in rules_met(case, day)
        for case in facts.by_unit[unit.unit_code]
    )


def sheet(facts, unit, plan, day):
    """Everything that decides the rank of one unit."""
    return sheet_by_table(facts, unit, plan, day) if plan.table else _sheet(facts, unit, plan, day)


def sheet_by_table(facts, unit, plan, day):
    """As `_sheet`, by the table that the plan states."""
    table, found = plan.table, violations_found(facts, unit, plan, day)
    targets = {one.id: one for one in plan.targets}
    reports = {kind: duty for duty, kind in DUTIES.items()}

    def result_of(name):
        target = targets[name]
        rate = measure(facts, unit, target, day, plan).rate
        return None if rate is None else (rate, target.threshold, day > target.due_on)

    def late_of(kind):
        duty = reports[kind]
        if not has_duty(unit, duty) or plan.duty_due(duty) is None:
            return None
        return days_late(facts, unit, duty, day, plan)

    rows = table.points(unit.level, result_of, late_of, found)
    score = table.score(rows)
    report = None
    if has_duty(unit, "report_submitted"):
        report = submitted_on(facts, unit, "report_submitted", day, plan)
    late = sum(late_of(kind) or 0 for kind in reports)

    def rate_of(name):
        target = plan.target_of(name)
        rate = None if target is None else measure(facts, unit, target, day, plan).rate
        return Fraction(1) if rate is None else -rate

    keys = {
        "fewer_violations": lambda: len(found),
        "old_resolved_money_rate": lambda: rate_of("old_resolved_money"),
        "old_resolved_count_rate": lambda: rate_of("old_resolved_count"),
        "large_value_seized_rate": lambda: rate_of("large_value_seized"),
        "larger_stock": lambda: -stock(facts, unit, day),
        "fewer_days_late": lambda: late,
        "earlier_report": lambda: (report is None, report.toordinal() if report else 0),
    }
    return SimpleNamespace(
        unit=unit,
        criteria=rows,
        score=score,
        disqualified=table.is_out(rows, score, result_of, late_of, found),
        breaks=tuple(keys[name]() for name in table.tie_breaks),
        rank=None,
        ties_broken_by=None,
    )


def _sheet(facts, unit, plan, day):
    criteria, rates = [], {}
    for name in BASES:
        target = plan.target_of(name)
        if target is None:
            continue
        rate = rates[name] = measure(facts, unit, target, day, plan).rate
        if rate is not None:
            criteria.append(of_rate(name, rate, target.threshold))
    late = deadlines(facts, unit, plan, day)
    if late is not None:
        criteria.append(late)
    found = violations_found(facts, unit, plan, day)
    criteria.append(_criterion("violations", deduction=len(found)))
    earned = sum(one.earned for one in criteria) * 100 / sum(one.base for one in criteria)
    score = earned + sum(one.bonus for one in criteria)
    money = rates.get("old_resolved_money")
    report = None
    if has_duty(unit, "report_submitted"):
        report = submitted_on(facts, unit, "report_submitted", day, plan)
    return SimpleNamespace(
        unit=unit,
        criteria=criteria,
        score=score,
        disqualified=any(one.severity == "serious" for one in found),
        # smaller is better
        breaks=(
            len(found),
            Fraction(1) if money is None else -money,
            -stock(facts, unit, day),
            (report is None, report.toordinal() if report else 0),
        ),
        rank=None,
        ties_broken_by=None,
    )


def _parted_by(one, other):
    for name, mine, theirs in zip(TIE_BREAKS, one.breaks, other.breaks):
        if mine != theirs:
            return name
    return "shared"


def ranked(sheets):
    """The sheets in order, with ranks."""
    key = lambda one: (-one.score, one.breaks)
    placed = sorted((one for one in sheets if not one.disqualified), key=key)
    for position, one in enumerate(placed):
        same = position > 0 and key(one) == key(placed[position - 1])
        one.rank = placed[position - 1].rank if same else position + 1
        for neighbour in (position - 1, position + 1):
            if 0 <= neighbour < len(placed) and placed[neighbour].score == one.score:
                one.ties_broken_by = _parted_by(one, placed[neighbour])
                break
    return placed + sorted((one for one in sheets if one.disqualified), key=key)


def rank_answer(facts, plan, day, cluster=None):
    sheets = [
        sheet(facts, unit, plan, day)
        for unit in plan.counted_units(facts)
        if cluster in (None, unit.cluster)
    ]
    return {"schema": "caodiem.emulation-rank/1", "rows": [_shown(one) for one in ranked(sheets)]}


def _shown(one):
    return {
        "rank": one.rank,
        "unit": one.unit.unit_code,
        "cluster": one.unit.cluster,
        "score": decimals(one.score, 2),
        "criteria": [
            {
                "id": row.id,
                "points": decimals(row.earned, 2),
                "base": decimals(row.base, 2),
                "bonus": decimals(row.bonus, 2),
                "deduction": decimals(row.deduction, 2),
            }
            for row in one.criteria
        ],
        "disqualified": one.disqualified,
        "ties_broken_by": one.ties_broken_by,
    }
