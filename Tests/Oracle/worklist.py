"""Open duties of cases and units on a day: the worklist, counted apart from the product.

READINGS
- Only what has happened by D is seen; a case whose decision is dated after D has not been decided.
- A duty opens on its trigger. It is listed when it is overdue (due < D) or due within so many days
  after D. What is done by D, overtaken, or belongs to a finished or delegated case is not listed;
  a violation outlives its case, and auction steps outlive a delegation.
- The edition of a rule is that of the trigger. Where the book has none, the duty is left out here.
- Owing: the sum due is 0 (an act is owed), or something remains on that day.
- Duties whose period is the plan's own ("policy") are no part of this calculation; days that the
  plan sets are (rule "plan").
- The rest stands in docs/worklist.md, duty by duty.
"""

from datetime import timedelta
from types import SimpleNamespace

from auction import Track
from case_state import FINISHING, by, is_disposed, is_finished, remaining, status
from law import due, months_after, number

HOLDING = ("postpone", "suspend")
CLASSIFYING = ("enforceable", "not_enforceable")
ENDS_HOLD = HOLDING + FINISHING + ("resume", "enforceable")
USUAL_DAYS = 7


def _first(moments):
    return min(moments, default=None)


class Case:
    """One case as it stood on a day."""

    def __init__(self, case, plan, day):
        self.case, self.plan, self.day = case, plan, day
        self.decisions = [one for one in case.decisions if by(one.decided_on, day)]
        found = [one for one in case.verifications if by(one.verified_on, day)]
        self.verifications = sorted(found, key=lambda one: one.verified_on)
        self.closed = is_finished(case, day) or self._delegated()
        self.found = []

    def _delegated(self):
        """Delegation stands until enforcement continues here."""
        stands = False
        for one in self.decisions:
            if one.kind == "delegate":
                stands = True
            elif one.kind in ("enforceable", "not_enforceable") + HOLDING:
                # Whatever is decided here afterwards shows that the case is in this office.
                stands = False
            elif one.kind == "resume":
                pass
        return stands

    def owing(self, day):
        return self.case.amount_due == 0 or remaining(self.case, day) > 0

    def seized(self, since=None):
        return any(
            by(one.seized_on, self.day) and (since is None or since <= one.seized_on)
            for one in self.case.assets
        )

    def add(self, duty, rule, trigger, done, still=True, due_on=None, outlives=False, asset=None):
        """Lists an open duty; `due_on` where a person or the plan set the day."""
        if done is not None and done <= self.day:
            return
        if not still or (self.closed and not outlives):
            return
        if due_on is None and trigger > self.day:
            return
        last = due_on or due(rule, trigger)
        if last is not None:
            self.found.append(SimpleNamespace(
                duty=duty, rule=rule, trigger_on=trigger, due_on=last, asset_no=asset))

    # Taking the case up

    def issue_decision(self):
        case = self.case
        if case.received_on is not None:
            rule = "E-03" if case.initiative == "on_request" else "E-04"
            self.add("issue_decision", rule, case.received_on, case.decision_on)

    def assign_officer(self):
        case = self.case
        if case.officer_code is None:
            self.add("assign_officer", "E-06.assign", case.decision_on, case.assigned_on)

    def notify_decision(self):
        case = self.case
        past = (
            self.verifications or any(one.kind in CLASSIFYING for one in self.decisions)
            or self.seized() or not self.owing(self.day)
        )
        self.add("notify_decision", "E-07", case.decision_on, case.debtor_notified_on, not past)

    def verify(self):
        told = self.case.debtor_notified_on
        if not by(told, self.day) or self.verifications:
            return
        over = due("E-09", told)
        if over is None or over > self.day or not self.owing(over):
            return
        trigger = self._after_holds(over)
        past = (
            any(one.kind in CLASSIFYING for one in self.decisions) or self.seized()
            or not self.owing(self.day)
        )
        if trigger is not None:
            self.add("verify", "E-11", trigger, None, not past)

    def _holds(self):
        start, found = None, []
        for one in self.decisions:
            if one.kind in HOLDING:
                start = start or one.decided_on
            elif one.kind in ("resume", "enforceable") and start:
                found.append((start, one.decided_on))
                start = None
        return found + ([(start, None)] if start else [])

    def _after_holds(self, trigger):
        for start, end in self._holds():
            last = due("E-11", trigger)
            if last is None or start > last:
                continue
            if end is None:
                return None
            trigger = max(trigger, end)
        return trigger

    # The debtor's means

    def _unenforceable_before(self, moment):
        kinds = [
            one.kind for one in self.decisions
            if one.kind in CLASSIFYING and one.decided_on < moment
        ]
        return bool(kinds) and kinds[-1] == "not_enforceable"

    def classify(self):
        for index, one in enumerate(self.verifications):
            if one.result != "not_enforceable" or self._unenforceable_before(one.verified_on):
                continue
            before = self.verifications[index - 1] if index else None
            if before is not None and before.result == "not_enforceable" and not any(
                other.kind in CLASSIFYING and before.verified_on <= other.decided_on < one.verified_on
                for other in self.decisions
            ):
                continue
            turned = any(other.result == "enforceable" for other in self.verifications[index:])
            done = _first([
                other.decided_on for other in self.decisions
                if other.kind == "not_enforceable" and other.decided_on >= one.verified_on
            ])
            still = not turned and self.owing(self.day) and not self.seized(one.verified_on)
            self.add("classify", "E-13", one.verified_on, done, still)

    def reverify(self):
        start = None
        for one in self.decisions:
            if one.kind == "not_enforceable":
                start = start or one.decided_on
            elif one.kind in FINISHING + ("enforceable",):
                start = None
        if start is None:
            return
        earlier = [one.verified_on for one in self.verifications if one.verified_on <= start]
        anchor, rounds = (earlier[-1] if earlier else start), 0
        for one in self.verifications:
            if one.verified_on <= start:
                continue
            if one.result == "not_enforceable":
                anchor, rounds = one.verified_on, rounds + 1
            else:
                anchor, rounds = None, 0
        if anchor is None:
            return
        enough = number("E-12.rounds", anchor)
        if enough is None or rounds < enough:
            rule = "E-12.prison_or_address_unknown" if self._yearly(anchor) else "E-12"
            self.add("reverify", rule, anchor, None, self.owing(self.day))

    def _yearly(self, anchor):
        if self.case.address_unknown:
            return True
        years, until = number("E-12.prison_years", anchor), self.case.prison_until
        return None not in (years, until) and months_after(anchor, 12 * years) <= until

    # What holds a case up

    def resume(self):
        for index, one in enumerate(self.decisions):
            if one.kind != "postpone":
                continue
            until = one.until_on
            if until is None and (one.ground or "").startswith("48.2"):
                until = due("C-06", one.ground_on or one.decided_on)
            if until is None:
                continue
            trigger = max(until, one.decided_on)
            if any(other.kind in ENDS_HOLD for other in self.decisions[index + 1:]):
                continue
            self.add("resume", "C-08", trigger, None)

    # What the plan sets a day for

    def repair_violation(self):
        own = self.plan.duties.get("repair_violation")
        if own is None or own.due_on is None:
            return
        for one in self.case.violations:
            if by(one.found_on, self.day):
                self.add(
                    "repair_violation", "plan", one.found_on, one.repaired_on,
                    due_on=max(one.found_on, own.due_on), outlives=True)

    def auction(self):
        if is_finished(self.case, self.day):
            return
        for asset in self.case.assets:
            if is_disposed(asset, self.day):
                continue
            for step in Track(self.case, asset, self.day).steps():
                if step.done_on is None and not step.overtaken:
                    self.found.append(SimpleNamespace(
                        duty=step.step, rule=step.rule, trigger_on=step.trigger_on,
                        due_on=step.due_on, asset_no=asset.asset_no))

    def duties(self):
        self.issue_decision()
        if by(self.case.decision_on, self.day):
            self.assign_officer()
            self.notify_decision()
            self.verify()
        self.classify()
        self.reverify()
        self.resume()
        self.repair_violation()
        self.auction()
        return self.found


def _unit_duties(facts, plan, unit, day):
    for kind, duty in (("lists", "send_lists"), ("summary", "send_summary")):
        last = plan.report_due(kind)
        counted = plan.province_is_unit or unit.level != "province"
        if last is None or not counted or (kind == "summary" and unit.level == "province"):
            continue
        report = facts.reports.get((unit.unit_code, kind))
        done = report and report.submitted_on
        if done and plan.email_copy:
            done = report.emailed_on and max(done, report.emailed_on)
        if not by(done, day):
            yield SimpleNamespace(
                duty=duty, rule="plan", trigger_on=last, due_on=last, asset_no=None)


def worklist_answer(facts, plan, day, only_unit=None, within=USUAL_DAYS):
    items = []
    for unit in facts.units.values():
        if only_unit not in (None, unit.unit_code):
            continue
        found = [(None, None, one) for one in _unit_duties(facts, plan, unit, day)]
        for case in facts.by_unit[unit.unit_code]:
            for one in Case(case, plan, day).duties():
                found.append((case.decision_no, case.officer_code, one))
        for number_, officer, one in found:
            if one.due_on <= day + timedelta(days=within):
                items.append({
                    "unit": unit.unit_code, "officer": officer, "decision_no": number_,
                    "asset_no": one.asset_no, "duty": one.duty, "rule": one.rule,
                    "trigger_on": one.trigger_on.isoformat(), "due_on": one.due_on.isoformat(),
                    "days_left": (one.due_on - day).days, "overdue": one.due_on < day,
                })
    items.sort(key=lambda row: [str(row[name]) for name in ("due_on", "unit", "decision_no", "duty")])
    return {"schema": "caodiem.worklist/1", "as_of": day.isoformat(), "items": items}
