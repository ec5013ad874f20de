"""Statutory steps between seizure and hand-over: which are overdue, which were done late.

READINGS
- Only what has happened by D is seen; a step exists once its trigger has happened by D.
- Overdue means due_on < D; a step done on its due day, or asked for on it, is in time.
- `past`: a step whose day of doing is after its due day and not after D. Its days_late is
  done_on - due_on. History stays history: it is listed for disposed assets and finished cases too,
  and when another step had overtaken it meanwhile.
- The first valuation may stand on the asset or in `valuations`: V-02 is done by the earliest
  contract or valuation day of both, V-09 starts from the earliest valuation day of both. A
  revaluation starts no new period.
- "Over 10 million": the latest valuation by D, reductions left aside. A movable without a known
  value is not over 10 million.
- V-10 is done by the earliest held_on of any round, whatever its outcome.
- "Failed round 1" is the round numbered 1. A failed round without notified_on triggers nothing.
- R-04b, "the next reduction": the first one decided on or after the day of the notice of the failed
  round, or after the day the round was held (numbers are not used). Each failed round has its own.
- An accepted offer counts from answered_on (from offered_on when that is empty). Whenever it was
  accepted, it closes notify_reduction and decide_reduction of the asset, and overtakes the steps
  before them. Failed rounds held after it open nothing new.
- "The failed round before an accepted offer": the latest failed round held on or before the day of
  the offer (day of notice when held_on is empty). If that one has no notice, R-06 has no trigger.
  The due day may lie before the acceptance; the gap opens with the acceptance.
- Of several accepted offers the later one overtakes R-06 and R-07 of the earlier.
- Overtaken (whatever the order of days, all by D):
    value_contract    by a contract, posting, holding or notice of any round, or what overtakes V-09
    auction_contract  by a posting, holding or notice of any round, a contract of a later round,
                      or what overtakes V-10
    hold_auction      by a notice of failure, a notice or decision of any reduction, an acceptance
    notify_reduction  by a decided reduction, a notice of a later one, an acceptance, or a later
                      round posted, held or notified
    decide_reduction  by a notice or decision of a later reduction (R-03), an acceptance, or a later
                      round posted, held or notified
- Postponed, suspended or delegated cases keep their gaps; only a finished case has none.
"""

from types import SimpleNamespace

from calendar_vn import after_days, after_working_days
from case_state import FAILED, by, is_disposed, is_finished, latest_value

CHEAP_MOVABLE = 10_000_000  # up to and including: Art. 101.3-4


def _earliest(moments, day):
    return min((one for one in moments if by(one, day)), default=None)


class Track:
    """The events of one asset that have happened by a day, and the steps they make."""

    def __init__(self, case, asset, day):
        self.case, self.asset, self.day = case, asset, day
        self.rounds = sorted(asset.rounds, key=lambda one: one.round)
        self.reductions = sorted(asset.reductions, key=lambda one: one.number)
        self.accepted = sorted(
            (one for one in asset.offers if one.answer == "accepted" and self.seen(accepted_on(one))),
            key=lambda one: (accepted_on(one), one.offered_on),
        )

    def seen(self, moment):
        return by(moment, self.day)

    def any_round(self, *columns, after=0):
        return any(
            self.seen(getattr(one, column))
            for one in self.rounds if one.round > after for column in columns
        )

    def any_reduction(self, *columns, after=0):
        return any(
            self.seen(getattr(one, column))
            for one in self.reductions if one.number > after for column in columns
        )

    def first_round(self):
        return next((one for one in self.rounds if one.round == 1), None)

    def first_reduction(self):
        return next((one for one in self.reductions if one.number == 1), None)

    def failed_rounds(self):
        return [one for one in self.rounds if one.outcome in FAILED]

    def step(self, name, rule, trigger, due, done, overtaken):
        """None when the trigger has not happened; `due` is a function of the trigger."""
        if not self.seen(trigger):
            return None
        return SimpleNamespace(
            step=name, rule=rule, trigger_on=trigger, due_on=due(trigger),
            done_on=done if self.seen(done) else None, overtaken=overtaken,
        )

    # Steps up to the first auction

    def value_contract(self):
        asset = self.asset
        moments = [asset.valuation_contract_on, asset.valued_on]
        moments += [one.contract_on for one in asset.valuations]
        moments += [one.valued_on for one in asset.valuations]
        overtaken = self.any_round("contract_on") or self._past_contract()
        return self.step(
            "value_contract", "V-02", asset.seized_on, lambda start: after_working_days(start, 5),
            _earliest(moments, self.day), overtaken,
        )

    def _past_contract(self):
        return (
            self.any_round("posted_on", "held_on", "notified_on")
            or self.any_round("contract_on", after=1)
            or self._past_holding()
        )

    def _past_holding(self):
        return (
            self.any_round("notified_on")
            or self.any_reduction("notice_on", "reduced_on")
            or bool(self.accepted)
        )

    def needs_auction_house(self):
        if self.asset.asset_kind == "real_estate":
            return True
        value = latest_value(self.asset, self.day)
        return value is not None and value > CHEAP_MOVABLE

    def auction_contract(self):
        if not self.needs_auction_house():
            return None
        moments = [self.asset.valued_on] + [one.valued_on for one in self.asset.valuations]
        first = self.first_round()
        return self.step(
            "auction_contract", "V-09", _earliest(moments, self.day),
            lambda start: after_days(start, 10), first and first.contract_on, self._past_contract(),
        )

    def hold_auction(self):
        first = self.first_round()
        if first is None or not self.needs_auction_house():
            return None
        period = 45 if self.asset.asset_kind == "real_estate" else 30
        held = _earliest([one.held_on for one in self.rounds], self.day)
        return self.step(
            "hold_auction", "V-10", first.contract_on, lambda start: after_days(start, period),
            held, self._past_holding(),
        )

    # Steps after a failed round

    def notify_reduction(self):
        first = self.first_round()
        if self.case.state_revenue or first is None or first.outcome not in FAILED:
            return None
        reduction = self.first_reduction()
        overtaken = (
            self.any_reduction("reduced_on")
            or self.any_reduction("notice_on", after=1)
            or bool(self.accepted)
            or self._auctioned_again(1)
        )
        return self.step(
            "notify_reduction", "R-01", first.notified_on,
            lambda start: after_working_days(start, 5), reduction and reduction.notice_on, overtaken,
        )

    def _auctioned_again(self, number):
        return self.any_round("posted_on", "held_on", "notified_on", after=number)

    def decide_first_reduction(self):
        reduction = self.first_reduction()
        if self.case.state_revenue or reduction is None:
            return None
        overtaken = (
            self.any_reduction("notice_on", "reduced_on", after=1)
            or bool(self.accepted)
            or self._auctioned_again(1)
        )
        return self.step(
            "decide_reduction", "R-03", reduction.notice_on, lambda start: after_days(start, 10),
            reduction.reduced_on, overtaken,
        )

    def decide_state_reduction(self, failed):
        decided = [
            one.reduced_on
            for one in self.reductions
            if one.reduced_on is not None
            and (by(failed.notified_on, one.reduced_on)
                 or (failed.held_on is not None and failed.held_on < one.reduced_on))
        ]
        return self.step(
            "decide_reduction", "R-04b", failed.notified_on, lambda start: after_days(start, 10),
            _earliest(decided, self.day),
            bool(self.accepted) or self._auctioned_again(failed.round),
        )

    # Steps after an accepted offer

    def notify_debtor(self, offer):
        before = [
            one for one in self.failed_rounds() if by(one.held_on or one.notified_on, offer.offered_on)
        ]
        if not before:
            return None
        last = max(before, key=lambda one: (one.held_on or one.notified_on, one.round))
        return self.step(
            "notify_debtor", "R-06", last.notified_on, lambda start: after_days(start, 10),
            offer.debtor_notified_on, offer is not self.accepted[-1],
        )

    def hand_over(self, offer):
        handed = self.asset.disposed_on if is_disposed(self.asset, self.day) else None
        return self.step(
            "hand_over", "R-07", offer.debtor_notified_on, lambda start: after_days(start, 30),
            handed, offer is not self.accepted[-1],
        )

    def steps(self):
        if not self.seen(self.asset.seized_on):
            return []
        found = [
            self.value_contract(), self.auction_contract(), self.hold_auction(),
            self.notify_reduction(), self.decide_first_reduction(),
        ]
        if self.case.state_revenue:
            found += [self.decide_state_reduction(one) for one in self.failed_rounds()]
        for offer in self.accepted:
            found += [self.notify_debtor(offer), self.hand_over(offer)]
        return [one for one in found if one is not None]


def accepted_on(offer):
    return offer.answered_on or offer.offered_on


def _shown(asset, step, until):
    return {
        "unit": asset.unit_code,
        "decision_no": asset.decision_no,
        "asset_no": asset.asset_no,
        "step": step.step,
        "rule": step.rule,
        "trigger_on": step.trigger_on.isoformat(),
        "due_on": step.due_on.isoformat(),
        "days_late": (until - step.due_on).days,
    }


def gaps_answer(facts, day, only_unit=None, past=False):
    gaps, done_late = [], []
    for case in facts.cases.values():
        if only_unit not in (None, case.unit_code):
            continue
        finished = is_finished(case, day)
        for asset in case.assets:
            closed = finished or is_disposed(asset, day)
            for step in Track(case, asset, day).steps():
                if step.done_on is not None:
                    if step.done_on > step.due_on:
                        shown = _shown(asset, step, step.done_on)
                        done_late.append({**shown, "done_on": step.done_on.isoformat()})
                elif not closed and not step.overtaken and step.due_on < day:
                    gaps.append(_shown(asset, step, day))
    answer = {"schema": "caodiem.auction-gaps/1", "as_of": day.isoformat(), "gaps": _ordered(gaps)}
    if past:
        answer["past"] = _ordered(done_late)
    return answer


def _ordered(rows):
    names = ("due_on", "unit", "decision_no", "asset_no", "step", "trigger_on")
    return sorted(rows, key=lambda row: [row[name] for name in names])
