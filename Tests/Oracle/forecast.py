"""The earliest day on which an asset can be reduced twice and fail again, checked against `auction simulate`.

    python3 forecast.py --csv DIR --as-of 2021-04-15 --answers FILE      a list of caodiem.auction-simulation/1

READINGS
- What the office or the auction house does happens the next working day: posting, notice of failure, contract
  once the parties' five working days from the valuation are over. A certificate takes ten working days.
- Ordinary round: posting, then a second notice two working days after the first, then the opening 15 days (real
  estate) or 7 working days (movable) after the second; a movable below 50 million has no notices and is opened
  7 working days after the posting. Shortened (after two failed auctions, or a movable below 50 million): 5
  working days after the posting for real estate, 3 for a movable.
- First and second reduction: agreed on the day the office hears of the failure; decided 5 working days after it,
  then 10 days. State revenue: on the day the office hears of it.
- Co-owners: told the next working day after the valuation, 3 months (1 month for a movable); before later sales
  told the next working day after the reduction, 15 days.
- No step lies before the as-of day or on a day off.
- An asset that failed after its second reduction is there already: on the as-of day.
- Assets whose rows contradict each other are left out: how they stand is another test's business.
"""

import argparse
import json
import sys
from datetime import date

from calendar_vn import after_days, after_working_days, roll_forward
from case_state import by, is_disposed, is_finished, latest_value, twice_reduced_and_failed
from facts import Facts

FAILED = ("no_participants", "no_bids", "failed")


def add_months(day, months):
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


class Way:
    """One asset, walked forward from a day."""

    def __init__(self, case, asset, day, agreed, shortened):
        self.case, self.asset, self.day = case, asset, day
        self.agreed, self.shortened = agreed, shortened
        self.movable = asset.asset_kind == "movable"
        self.rounds = sorted((r for r in asset.rounds), key=lambda r: r.round)
        self.failures = [r for r in self.rounds if r.outcome in FAILED and by(r.held_on, day)]
        self.reductions = sorted(
            (r for r in asset.reductions if by(r.reduced_on, day)), key=lambda r: r.number)
        self.price = latest_value(asset, day)
        for reduction in self.reductions:
            self.price = reduction.reduced_price or self.price
        self.failed = len(self.failures)
        self.reduced = len(self.reductions)

    def not_before(self, day):
        return roll_forward(max(day, self.day))

    def next_day(self, day):
        return self.not_before(after_working_days(day, 1))

    def opening(self, posted, notice1, notice2, shortened):
        if shortened:
            return self.not_before(after_working_days(posted, 3 if self.movable else 5))
        if self.movable and self.price is not None and self.price < 50_000_000:
            return self.not_before(after_working_days(posted, 7))
        second = notice2 or self.not_before(after_working_days(notice1 or posted, 2))
        by_notice = (
            after_working_days(second, 7) if self.movable else after_days(second, 15))
        by_posting = after_working_days(posted, 7) if self.movable else after_days(posted, 15)
        return self.not_before(max(by_notice, by_posting))

    def may_shorten(self):
        cheap = self.movable and self.price is not None and self.price < 50_000_000
        return self.shortened and (self.failed >= 2 or cheap)

    def posted_round(self, start):
        posted = self.next_day(start)
        return self.opening(posted, None, None, self.may_shorten())

    def reduction(self, told, invited):
        if self.case.state_revenue:
            on = self.not_before(told)
        elif self.reduced >= 2:
            return None  # beyond M-04 already
        elif self.agreed:
            on = self.not_before(invited or told)
        else:
            start = invited or self.not_before(after_working_days(told, 5))
            on = self.not_before(after_days(start, 10))
        self.reduced += 1
        if self.price is not None:
            self.price = -(-self.price * 9 // 10)
        if self.asset.co_owned:
            told = self.next_day(on)
            on = self.not_before(after_days(told, 15))
        return on

    def to_contract(self, valued):
        free = after_working_days(valued, 5)
        if self.asset.co_owned:
            told = self.next_day(valued)
            last = roll_forward(add_months(told, 1 if self.movable else 3))
            free = max(free, self.not_before(last))
        if self.movable and self.price is not None and self.price <= 10_000_000:
            return self.not_before(free)
        return self.next_day(free)

    def walk(self, held):
        """From a failed opening on: until one fails after the second reduction."""
        while True:
            self.failed += 1
            if self.reduced >= 2:
                return held
            told = self.next_day(held)
            held = self.posted_round(self.reduction(told, None))


def stage(way):
    """(kind, facts) of the latest event, or None where the rows contradict each other."""
    asset, day = way.asset, way.day
    events = [(asset.seized_on, 0, "seized", None)]
    valued = [one.valued_on for one in [asset] + asset.valuations if by(one.valued_on, day)]
    events += [(one, 1, "valued", None) for one in valued]
    for one in way.rounds:
        place = one.round * 10
        if by(one.cancelled_on, day) or one.outcome == "cancelled":
            return None
        for moment, rank, name in (
            (one.contract_on, 0, "contracted"), (one.posted_on, 1, "posted"), (one.held_on, 2, "held"),
        ):
            if by(moment, day):
                events.append((moment, place + rank, name, one))
        if by(one.notified_on, day) and not by(one.held_on, day):
            return None
    for one in way.reductions:
        events.append((one.reduced_on, one.number * 10 + 6, "reduced", one))
    for one in asset.offers:
        if by(one.offered_on, day):
            return None
    in_order = sorted(events, key=lambda event: event[1])
    if any(a[0] > b[0] for a, b in zip(in_order, in_order[1:])):
        return None
    numbers = [one.number for one in way.reductions]
    if numbers != list(range(1, len(numbers) + 1)):
        return None
    return max(events, key=lambda event: (event[0], event[1]))[2:]


def earliest(way):
    """The day of M-04; None where it is not this calculation's business."""
    asset, day = way.asset, way.day
    if twice_reduced_and_failed(asset, day):
        return day
    found = stage(way)
    if found is None or way.reduced > way.failed:
        return None
    kind, fact = found
    if kind == "held" and fact.outcome not in FAILED:
        return None
    if kind == "held" and way.reduced >= 2:
        return None
    if kind == "seized":
        contracts = [
            one for one in [asset.valuation_contract_on] + [v.contract_on for v in asset.valuations]
            if by(one, day)]
        signed = max(contracts) if contracts else way.next_day(asset.seized_on)
        valued = way.not_before(after_working_days(signed, 10))
        return way.walk(way.posted_round(way.to_contract(valued)))
    if kind == "valued":
        if way.price is not None and way.movable and way.price < 2_000_000:
            return None
        latest = max(v.valued_on for v in [asset] + asset.valuations if by(v.valued_on, day))
        return way.walk(way.posted_round(way.to_contract(latest)))
    if kind == "contracted":
        return way.walk(way.posted_round(fact.contract_on))
    if kind == "posted":
        way.price = fact.starting_price if fact.starting_price is not None else way.price
        notices = [n if by(n, day) else None for n in (fact.notice_1_on, fact.notice_2_on)]
        return way.walk(way.opening(fact.posted_on, *notices, fact.procedure == "shortened"))
    if kind == "held":
        way.failed -= 1
        told = fact.notified_on if by(fact.notified_on, day) else way.next_day(fact.held_on)
        way.failed += 1
        invited = [
            one.notice_on for one in asset.reductions
            if by(one.notice_on, day) and not by(one.reduced_on, day)]
        invited = [one for one in invited if one >= fact.held_on]
        return way.walk(way.posted_round(way.reduction(told, invited[-1] if invited else None)))
    start = fact.reduced_on
    return way.walk(way.posted_round(start))


def ours(paths, agreed, shortened):
    """The path of that way; two ways that coincide stand once."""
    reductions = "agreed" if agreed else "decided"
    procedure = "shortened" if shortened else "ordinary"
    m04 = [path for path in paths if path["goal"] == "m04"]
    for wanted in (
        (procedure, reductions), ("ordinary", reductions), (procedure, None), ("ordinary", None),
        ("shortened", None), (None, None),
    ):
        for path in m04:
            if (path["procedure"], path["reductions"]) == wanted:
                return path["reached_on"]
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--csv", required=True)
    parser.add_argument("--as-of", required=True, type=date.fromisoformat)
    parser.add_argument("--answers", required=True, type=argparse.FileType(encoding="utf-8"))
    options = parser.parse_args()
    facts, day = Facts.from_folders([options.csv]), options.as_of
    compared, wrong = 0, []
    for answer in json.load(options.answers):
        case = facts.cases[answer["unit"], answer["decision_no"]]
        asset = next(a for a in case.assets if a.asset_no == answer["asset_no"])
        if is_finished(case, day) or is_disposed(asset, day):
            if answer["paths"]:
                wrong.append(f"{answer['decision_no']}: paths of a closed asset")
            continue
        for agreed in (False, True):
            if agreed and case.state_revenue:
                continue
            for shortened in (False, True):
                expected = earliest(Way(case, asset, day, agreed, shortened))
                if expected is None:
                    continue
                compared += 1
                found = ours(answer["paths"], agreed, shortened)
                if found != expected.isoformat():
                    wrong.append(
                        f"{answer['unit']} {answer['decision_no']} {answer['asset_no']} "
                        f"{answer['state']} agreed={agreed} shortened={shortened}: "
                        f"{found}, expected {expected}")
    print("\n".join(wrong + [f"{compared} compared, {len(wrong)} wrong"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
