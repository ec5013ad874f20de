"""What a single case is worth on a day: remainder, status, statistical rules M-01, M-02, M-04.

READINGS
- A reversed payment counts on the days from paid_on to the day before reversed_on. So
  remaining(c, S - 1 day) still counts a payment that is reversed only later.
- Only `terminate` and `reduce_obligation` write off, and exactly their `amount`; a termination
  without an amount writes off nothing.
- Names of states are not fixed by the specification; used here: enforceable, not_enforceable,
  postponed, suspended, delegated, completed, terminated. `resume` brings back the classification
  that stood before; `reduce_obligation` changes no state; the end of a postponement's term changes
  nothing without a decision. Of several finishing decisions the latest names the state.
- The two reductions of M-04 are counted by their days (then numbers), not by the number 2; a
  reduction that is only announced (no reduced_on) is none.
- Revaluation never outweighs a reduction: the current price is the latest reduced price if there
  is one, whatever was valued afterwards. Of two valuations of one day the one in `valuations`
  with the highest number wins. An open asset without any price counts as 0.
- A disposal needs both its day and its kind.
- `rules` of a case names every rule among M-01, M-02, M-04 that it meets on the day; a finished
  case names none.
"""

FAILED = ("no_participants", "no_bids", "failed")
WRITE_OFF = ("terminate", "reduce_obligation")
FINISHING = ("complete", "terminate")
CLASSIFYING = ("enforceable", "not_enforceable")
STATE_NAMES = {
    "complete": "completed",
    "terminate": "terminated",
    "postpone": "postponed",
    "suspend": "suspended",
    "delegate": "delegated",
    "enforceable": "enforceable",
    "not_enforceable": "not_enforceable",
}


def by(day, limit):
    """Whether something has happened by the limit."""
    return day is not None and day <= limit


def payment_counts(payment, day):
    return by(payment.paid_on, day) and not by(payment.reversed_on, day)


def written_off(decision):
    return (decision.amount or 0) if decision.kind in WRITE_OFF else 0


def remaining(case, day):
    paid = sum(payment.amount for payment in case.payments if payment_counts(payment, day))
    off = sum(written_off(one) for one in case.decisions if by(one.decided_on, day))
    return max(0, case.amount_due - paid - off)


def is_finished(case, day):
    return any(one.kind in FINISHING and by(one.decided_on, day) for one in case.decisions)


def classification(case, day):
    """The latest classification decision by the day; a case never classified is enforceable."""
    kinds = [one.kind for one in case.decisions if one.kind in CLASSIFYING and by(one.decided_on, day)]
    return kinds[-1] if kinds else "enforceable"


def status(case, day):
    kinds = [one.kind for one in case.decisions if by(one.decided_on, day)]
    finishing = [kind for kind in kinds if kind in FINISHING]
    if finishing:
        return STATE_NAMES[finishing[-1]]
    bearing = [kind for kind in kinds if kind in STATE_NAMES or kind == "resume"]
    if not bearing or bearing[-1] == "resume":
        return classification(case, day)
    return STATE_NAMES[bearing[-1]]


def is_disposed(asset, day):
    return asset.disposal is not None and by(asset.disposed_on, day)


def is_open(asset, day):
    return by(asset.seized_on, day) and not is_disposed(asset, day)


def reductions_by(asset, day):
    """Decided reductions in order of time."""
    decided = [one for one in asset.reductions if by(one.reduced_on, day)]
    return sorted(decided, key=lambda one: (one.reduced_on, one.number))


def valuations_by(asset, day):
    """(day, number, value) in order of time; the valuation on the asset itself has number 0."""
    found = [(one.valued_on, one.number, one.value) for one in asset.valuations]
    found.append((asset.valued_on, 0, asset.value))
    return sorted((one for one in found if by(one[0], day)), key=lambda one: one[:2])


def latest_value(asset, day):
    values = [value for _, _, value in valuations_by(asset, day) if value is not None]
    return values[-1] if values else None


def current_price(asset, day):
    prices = [one.reduced_price for one in reductions_by(asset, day) if one.reduced_price is not None]
    if prices:
        return prices[-1]
    value = latest_value(asset, day)
    return 0 if value is None else value


def twice_reduced_and_failed(asset, day):
    reductions = reductions_by(asset, day)
    if len(reductions) < 2:
        return False
    second = reductions[1].reduced_on
    return any(
        one.outcome in FAILED and by(one.held_on, day) and one.held_on >= second
        for one in asset.rounds
    )


def rules_met(case, day):
    if is_finished(case, day):
        return []
    rules = []
    open_assets = [asset for asset in case.assets if is_open(asset, day)]
    if classification(case, day) == "not_enforceable":
        rules.append("M-01")
    if not open_assets and any(
        is_disposed(asset, day) and asset.disposal in ("sold", "taken") for asset in case.assets
    ):
        rules.append("M-02")
    if open_assets and all(twice_reduced_and_failed(asset, day) for asset in open_assets):
        rules.append("M-04")
    return rules


def money_not_enforceable(case, day):
    rules = rules_met(case, day)
    left = remaining(case, day)
    if "M-01" in rules or "M-02" in rules:
        return left
    if "M-04" in rules:
        prices = sum(current_price(asset, day) for asset in case.assets if is_open(asset, day))
        return max(0, left - prices)
    return 0


def case_answer(case, day):
    return {
        "remaining": remaining(case, day),
        "status": status(case, day),
        "money_not_enforceable": money_not_enforceable(case, day),
        "rules": rules_met(case, day),
    }
