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
from calendar_vn import working_days_before
from case_state import (
    FINISHING, by, classification, is_disposed, is_finished, is_open, payment_counts, remaining,
)
from law import due, months_after, number, share

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

    def add(
        self, duty, rule, trigger, done, still=True, due_on=None, outlives=False, officer=None,
    ):
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
                duty=duty, rule=rule, trigger_on=trigger, due_on=last, asset_no=None,
                officer=officer or self.case.officer_code))

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

    # Exemption and reduction of what is owed to the State budget

    def verify_exemption(self):
        case = self.case
        if not case.state_revenue or self._exemption_rule(self.day) is None:
            return
        # Day by day back to the first of the unbroken run; nothing changes between two moments.
        opened = None
        for moment in sorted(self._moments(), reverse=True):
            if moment > self.day:
                continue
            if self._exemption_rule(moment) is None:
                break
            opened = moment
        if opened is not None:
            self.add("verify_exemption", "X-10a.verify", opened, None)

    def _base(self):
        return self.case.first_decision_on or self.case.decision_on

    def _moments(self):
        case = self.case
        found = {one.decided_on for one in case.decisions}
        for one in case.payments:
            found |= {one.paid_on, one.reversed_on}
        for rule in ("X-01.after", "X-02.after"):
            years = number(rule, self.day)
            if years is not None:
                found.add(months_after(self._base(), 12 * years))
        for one in case.assets:
            found |= {one.seized_on, one.disposed_on}
        for one in case.exemptions:
            found |= {one.proposed_on, one.decided_on}
            if one.decided_on is not None:
                found.add(self._again(one.decided_on))
        return found - {None}

    def _again(self, decided):
        years = number("X-08", decided)
        return None if years is None else months_after(decided, 12 * years)

    def _barred(self, day):
        for one in self.case.exemptions:
            if not by(one.proposed_on, day):
                continue
            if not by(one.decided_on, day):
                return True
            again = self._again(one.decided_on)
            if one.outcome != "returned" and again is not None and day < again:
                return True
        return False

    def _exemption_rule(self, day):
        case, left = self.case, remaining(self.case, day)
        if classification(case, day) != "not_enforceable" or is_finished(case, day):
            return None
        if left <= 0 or self._barred(day) or any(is_open(one, day) for one in case.assets):
            return None
        years = {rule: number(f"{rule}.after", day) for rule in ("X-01", "X-02", "X-03", "X-04", "X-05", "X-06")}
        old = {
            rule: count is not None and months_after(self._base(), 12 * count) <= day
            for rule, count in years.items()
        }
        if any(number(f"{rule}.below", day) is None for rule in ("X-01", "X-02", "X-03", "X-04")):
            return None
        if old["X-01"] and case.amount_due < number("X-01.below", day):
            return "X-01"
        if old["X-02"] and number("X-01.below", day) <= case.amount_due < number("X-02.below", day):
            return "X-02"
        paid = sum(
            one.amount for one in case.payments
            if payment_counts(one, day) and one.source != "exempted"
        )
        least = share("X-09", day)
        if least is None or paid < case.amount_due * least:
            return None
        if old["X-03"] and left < number("X-03.below", day):
            return "X-03"
        if old["X-04"] and number("X-03.below", day) <= left < number("X-04.below", day):
            return "X-04"
        if old["X-05"] and number("X-05.from", day) <= left <= number("X-05.to", day):
            return "X-05"
        return "X-06" if old["X-06"] and left > number("X-06.above", day) else None

    # What the plan or a person sets a day for

    def planned(self, duty, trigger, done, still=True, outlives=False):
        """A duty for which the plan sets a day; its own periods are no part of this."""
        own = self.plan.duties.get(duty)
        if own is not None and own.due_on is not None and by(trigger, self.day):
            self.add(
                duty, "plan", trigger, done, still, due_on=max(trigger, own.due_on),
                outlives=outlives)

    def repair_violations(self):
        for one in self.case.violations:
            self.planned("repair_violation", one.found_on, one.repaired_on, outlives=True)

    def nominated(self):
        case = self.case
        standing = [
            one for one in case.nominations
            if by(one.submitted_on, self.day) and not by(one.withdrawn_on, self.day)
        ]
        if not standing:
            return
        first = min(one.submitted_on for one in standing)
        self.planned("plan_case", first, None, not case.plan_steps)
        coerced = self.seized() or any(by(one.decided_on, self.day) for one in case.coercions)
        self.planned(
            "persuade", first, _first([one.held_on for one in case.persuasions]), not coerced)
        old = [one.submitted_on for one in standing if one.list in self.plan.old_lists]
        if old:
            reviews = [
                one.reviewed_on for one in case.file_reviews
                if one.reviewed_on >= self.plan.reporting_year[0]
            ]
            self.planned("review_file", min(old), _first(reviews))

    def follow_commitments(self):
        """Voluntary payments, oldest first, fill the instalments, earliest first."""
        paid = sum(
            one.amount for one in self.case.payments
            if one.source == "voluntary" and payment_counts(one, self.day)
        )
        for one in sorted(self.case.commitments, key=lambda row: row.due_on):
            if paid >= one.amount:
                paid -= one.amount
                continue
            paid = 0
            self.add(
                "follow_commitment", "plan", one.due_on, None, self.owing(self.day),
                due_on=one.due_on)

    def _done(self, row):
        return _first([
            one for one in (row.done_on, row.obstacle_reported_on) if by(one, self.day)
        ])

    def set_by_people(self):
        case, day = self.case, self.day
        for one in case.plan_steps:
            self.add("plan_step", "plan", one.due_on, one.done_on, due_on=one.due_on, officer=one.owner)
        for one in case.file_reviews:
            if by(one.reviewed_on, day) and one.result == "violation" and one.repair_due_on:
                self.add("repair_file", "plan", one.reviewed_on, one.repaired_on, due_on=one.repair_due_on)
        for one in case.directions:
            if by(one.issued_on, day):
                self.add("carry_out_direction", "plan", one.issued_on, self._done(one), due_on=one.due_on)
        for one in case.guidance:
            start = one.answered_on or one.asked_on
            if by(start, day) and one.due_on:
                self.add("carry_out_guidance", "plan", start, self._done(one), due_on=one.due_on)
        for one in case.coordination:
            if by(one.held_on, day) and one.due_on:
                self.add("carry_out_agreement", "plan", one.held_on, one.done_on, due_on=one.due_on)
        for one in case.coercions:
            if by(one.decided_on, day) and one.planned_on:
                self._coercion(one)

    def _coercion(self, one):
        off = by(one.carried_out_on, self.day) or (one.carried_out_on is None and one.outcome is not None)
        notice = number("C-03c", one.decided_on)
        if notice is not None:
            last = max(one.decided_on, working_days_before(one.planned_on, notice))
            self.add("notify_coercion", "C-03c", one.decided_on, one.notified_on, not off, due_on=last)
        self.add("carry_out_coercion", "plan", one.decided_on, one.carried_out_on, not off, due_on=one.planned_on)

    def after_sale(self):
        """A sold asset: the buyer pays, the office delivers; whatever became of the case."""
        day = self.day
        for asset in self.case.assets:
            if not is_disposed(asset, day) or asset.disposal != "sold":
                continue
            sales = [
                one for one in sorted(asset.rounds, key=lambda row: row.round)
                if one.outcome == "sold" and by(one.held_on, day) and not by(one.cancelled_on, day)
            ]
            if not sales:
                continue
            sale, found = sales[-1], []
            if not by(sale.paid_in_full_on, day) and not by(sale.delivered_on, day):
                found.append(("pay_price", "P-01", sale.held_on))
            elif by(sale.paid_in_full_on, day) and not by(sale.delivered_on, day):
                found.append(("deliver", "P-02", sale.paid_in_full_on))
            for duty, rule, trigger in found:
                last = due(rule, trigger)
                if last is not None:
                    self.found.append(SimpleNamespace(
                        duty=duty, rule=rule, trigger_on=trigger, due_on=last,
                        asset_no=asset.asset_no, officer=self.case.officer_code))

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
                        due_on=step.due_on, asset_no=asset.asset_no,
                        officer=self.case.officer_code))

    def duties(self):
        self.issue_decision()
        if by(self.case.decision_on, self.day):
            self.assign_officer()
            self.notify_decision()
            self.verify()
        self.classify()
        self.reverify()
        self.resume()
        self.verify_exemption()
        self.repair_violations()
        self.nominated()
        self.follow_commitments()
        self.set_by_people()
        self.auction()
        self.after_sale()
        return self.found


def _unit_duties(facts, plan, unit, day):
    for one in facts.unit_duties:
        if one.unit_code == unit.unit_code and not by(one.done_on, day):
            yield _of_unit("unit_duty", one.due_on)
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
            yield _of_unit(duty, last)


def _of_unit(duty, last):
    return SimpleNamespace(
        duty=duty, rule="plan", trigger_on=last, due_on=last, asset_no=None, officer=None)


def worklist_answer(facts, plan, day, only_unit=None, within=USUAL_DAYS):
    items = []
    for unit in facts.units.values():
        if only_unit not in (None, unit.unit_code):
            continue
        found = [(None, one) for one in _unit_duties(facts, plan, unit, day)]
        for case in facts.by_unit[unit.unit_code]:
            found += [(case.decision_no, one) for one in Case(case, plan, day).duties()]
        for decision_no, one in found:
            if one.due_on <= day + timedelta(days=within):
                items.append({
                    "unit": unit.unit_code, "officer": one.officer, "decision_no": decision_no,
                    "asset_no": one.asset_no, "duty": one.duty, "rule": one.rule,
                    "trigger_on": one.trigger_on.isoformat(), "due_on": one.due_on.isoformat(),
                    "days_left": (one.due_on - day).days, "overdue": one.due_on < day,
                })
    items.sort(key=lambda row: [str(row[name]) for name in ("due_on", "unit", "decision_no", "duty")])
    return {"schema": "caodiem.worklist/1", "as_of": day.isoformat(), "items": items}
