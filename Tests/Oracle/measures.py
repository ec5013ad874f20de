"""The measures of a campaign, per unit and for the province.

READINGS
- A nomination withdrawn by D is off the list at D (and was on it before); nothing else takes a
  case off its list. The day of submission never matters.
- Stages `contracted` and `auctioned` replace the test on seizure. A round counts as held by its
  `held_on` alone, whatever its outcome says.
- "Completed or terminated within the window": some complete or terminate decision of the case has
  its day there, also when the case was finished before.
- old_resolved_money: a payment of the window counts while it is not reversed by D (D itself, not
  the end of the window). Of equal days: payments in file order, then write-offs in file order.
  Everything uses up the remainder, also what the plan does not count. The remainders are those of
  the day before the window, also when D is earlier than that.
- classification_right counts decisions, not cases. A violation "after" the decision has a later
  day; one found on the same day does no harm.
- decisions_timely: a case is late only by its recorded decision day; a case still within its five
  days with a later decision recorded is late already.
- violations_repaired has no window: everything found by D, before the campaign too.
- lists_submitted / report_submitted: a duty "trước ngày X" is met on X itself at the latest, so the
  numerator is 1 when it was submitted by min(D, due day); a late one stays 0 and shows in days_late.
  With email_copy the day is the later of the two days.
- The province's figures are the sums of numerators, denominators and splits over the scored units;
  its state follows from these by the same rule. A province-level unit that is no unit of the plan
  is left out of the sums too. Asking for one unit does not change the province's figures.
- The state `undetermined` never arises from these measures.
"""

from datetime import timedelta
from fractions import Fraction
from types import SimpleNamespace

from calendar_vn import after_working_days, months_before, working_days_between
from case_state import (
    CLASSIFYING, FINISHING, by, is_finished, payment_counts, remaining, rules_met, written_off,
)
from numbers_exact import decimals
from plan import CATEGORIES, DUTIES

DAYS_TO_DECIDE = 5  # working days, E-03 and E-04


def listed(facts, unit, name, day):
    """Cases of the unit that stand on the list on the day."""
    return [
        case
        for case in facts.by_unit[unit.unit_code]
        if any(one.list == name and not by(one.withdrawn_on, day) for one in case.nominations)
    ]


def within(moment, target, day):
    """Whether a day lies in [S, min(D, E)]."""
    start, end = target.window
    return moment is not None and start <= moment <= min(day, end)


def _stage_reached(case, stage, limit):
    if stage == "seized":
        return any(by(asset.seized_on, limit) for asset in case.assets)
    rounds = [one for asset in case.assets for one in asset.rounds]
    if stage == "contracted":
        return any(one.round == 1 and by(one.contract_on, limit) for one in rounds)
    return any(by(one.held_on, limit) for one in rounds)


def large_value_seized(facts, unit, target, day, plan):
    cases = listed(facts, unit, target.list, day)
    limit = min(day, target.window[1])
    return sum(_stage_reached(case, target.stage, limit) for case in cases), len(cases)


def large_value_classified(facts, unit, target, day, plan):
    cases = [one for one in listed(facts, unit, target.list, day) if not is_finished(one, day)]
    return sum(bool(rules_met(case, day)) for case in cases), len(cases)


def old_resolved_count(facts, unit, target, day, plan):
    cases = listed(facts, unit, target.list, day)
    done = sum(
        any(one.kind in FINISHING and within(one.decided_on, target, day) for one in case.decisions)
        for case in cases
    )
    return done, len(cases)


def _category(event, is_payment):
    if is_payment:
        return "exempted" if event.source == "exempted" else "collected"
    return "terminated" if event.kind == "terminate" else "exempted"


def split_of_case(case, target, day):
    """What the window did to the remainder of the day before it, and that remainder."""
    events = [
        (one.paid_on, 0, one.row, _category(one, True), one.amount)
        for one in case.payments
        if within(one.paid_on, target, day) and payment_counts(one, day)
    ]
    events += [
        (one.decided_on, 1, one.row, _category(one, False), written_off(one))
        for one in case.decisions
        if within(one.decided_on, target, day) and written_off(one)
    ]
    base = remaining(case, target.window[0] - timedelta(days=1))
    split, left = dict.fromkeys(CATEGORIES, 0), base
    for _, _, _, category, amount in sorted(events):
        part = min(amount, left)
        split[category] += part
        left -= part
    return split, base


def old_resolved_money(facts, unit, target, day, plan):
    total, denominator = dict.fromkeys(CATEGORIES, 0), 0
    for case in listed(facts, unit, target.list, day):
        split, base = split_of_case(case, target, day)
        denominator += base
        for category in CATEGORIES:
            total[category] += split[category]
    return sum(total[one] for one in target.counts), denominator, total


def decisions_timely(facts, unit, target, day, plan):
    cases = [one for one in facts.by_unit[unit.unit_code] if within(one.received_on, target, day)]
    timely = sum(
        one.decision_on <= after_working_days(one.received_on, DAYS_TO_DECIDE) for one in cases
    )
    return timely, len(cases)


def _classified_rightly(case, decision, day):
    since = months_before(decision.decided_on, 6)
    verified = any(
        one.result == decision.kind and since <= one.verified_on <= decision.decided_on
        for one in case.verifications
    )
    return verified and not any(decision.decided_on < one.found_on <= day for one in case.violations)


def classification_right(facts, unit, target, day, plan):
    found = [
        (case, one)
        for case in facts.by_unit[unit.unit_code]
        for one in case.decisions
        if one.kind in CLASSIFYING and within(one.decided_on, target, day)
    ]
    return sum(_classified_rightly(case, one, day) for case, one in found), len(found)


def violations_repaired(facts, unit, target, day, plan):
    found = [
        one
        for case in facts.by_unit[unit.unit_code]
        for one in case.violations
        if by(one.found_on, day)
    ]
    return sum(by(one.repaired_on, day) for one in found), len(found)


def has_duty(unit, measure):
    """The summary report is a duty of the branches only."""
    return not (measure == "report_submitted" and unit.level == "province")


def submitted_on(facts, unit, measure, day, plan):
    """The day on which the duty was done, if that is not after the day."""
    row = facts.reports.get((unit.unit_code, DUTIES[measure]))
    if row is None or row.submitted_on is None:
        return None
    moment = row.submitted_on
    if plan.email_copy:
        if row.emailed_on is None:
            return None
        moment = max(moment, row.emailed_on)
    return moment if moment <= day else None


def days_late(facts, unit, measure, day, plan):
    """Working days after the due day up to the submission, or up to the day while it is missing."""
    due = plan.duty_due(measure)
    return working_days_between(due, submitted_on(facts, unit, measure, day, plan) or day)


def duty_submitted(facts, unit, target, day, plan):
    if not has_duty(unit, target.measure):
        return 0, 0
    done = submitted_on(facts, unit, target.measure, day, plan)
    return int(done is not None and done <= target.due_on), 1


MEASURES = {
    "large_value_seized": large_value_seized,
    "large_value_classified": large_value_classified,
    "old_resolved_count": old_resolved_count,
    "old_resolved_money": old_resolved_money,
    "decisions_timely": decisions_timely,
    "classification_right": classification_right,
    "violations_repaired": violations_repaired,
    "lists_submitted": duty_submitted,
    "report_submitted": duty_submitted,
}


def state(rate, target, day):
    if rate is None:
        return "not_applicable"
    if rate >= target.threshold:
        return "met"
    return "in_progress" if day <= target.due_on else "not_met"


def _result(target, numerator, denominator, split, day):
    rate = Fraction(numerator, denominator) if denominator else None
    return SimpleNamespace(
        target=target, numerator=numerator, denominator=denominator, split=split, rate=rate,
        state=state(rate, target, day),
    )


def measure(facts, unit, target, day, plan):
    numerator, denominator, *split = MEASURES[target.measure](facts, unit, target, day, plan)
    return _result(target, numerator, denominator, split[0] if split else None, day)


def total(target, results, day):
    splits = [one.split for one in results if one.split is not None]
    split = {key: sum(one[key] for one in splits) for key in CATEGORIES} if splits else None
    numerator = sum(one.numerator for one in results)
    return _result(target, numerator, sum(one.denominator for one in results), split, day)


def _shown(result):
    shown = {
        "id": result.target.id,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "rate": None if result.rate is None else decimals(result.rate, 6),
        "threshold": decimals(result.target.threshold, 6),
        "state": result.state,
        "due_on": result.target.due_on.isoformat(),
    }
    if result.split is not None:
        shown["split"] = result.split
    return shown


def score_answer(facts, plan, day, only_unit=None):
    units = plan.counted_units(facts)
    results = {
        unit.unit_code: [measure(facts, unit, target, day, plan) for target in plan.targets]
        for unit in units
    }
    columns = zip(*results.values()) if units else [[] for _ in plan.targets]
    province = [total(target, column, day) for target, column in zip(plan.targets, columns)]
    return {
        "schema": "caodiem.score/1",
        "campaign": plan.id,
        "as_of": day.isoformat(),
        "units": [
            {
                "unit": unit.unit_code,
                "name": unit.name,
                "targets": [_shown(one) for one in results[unit.unit_code]],
            }
            for unit in units
            if only_unit in (None, unit.unit_code)
        ],
        "province": {"targets": [_shown(one) for one in province]},
    }
