"""Tables of points as a plan states them: bands, floors, caps, levels, disqualifiers, tie-breaks.

READINGS
- A band holds rates from `from`, below `to`; the last is open. A band's points stand for the whole rate, so
  they carry no deduction; the bonus over the threshold stands beside them.
- Points are kept within floor and base first, then the bonus within the cap less these points. The deduction
  is shown in full.
- A criterion counts for units of its levels (province and district unless it names others). A manual one
  counts only where people gave points; without them it is left out.
- The score is scaled to the table's total. The floor score is compared exactly.
- A target below its share disqualifies from the day after it is due; days late of a report above the number,
  violations from the number on. Without `disqualifiers` a serious violation does, where violations count.
"""

from fractions import Fraction
from types import SimpleNamespace

from numbers_exact import parse_fraction

FEATURES = ("bands", "floor", "cap", "levels", "manual")
PARTS = ("floor_score", "disqualifiers", "labels")
SAMPLE_TIE_BREAKS = ["fewer_violations", "old_resolved_money_rate", "larger_stock", "earlier_report"]


def _whole(value, default=None):
    return default if value is None else int(str(value).replace("_", ""))


class Table:
    def __init__(self, data):
        self.total = Fraction(_whole(data.get("total"), 100))
        self.floor_score = _whole(data.get("floor_score"))
        self.criteria = data["criteria"]
        self.disqualifiers = data.get("disqualifiers")
        self.tie_breaks = data.get("tie_breaks") or []

    @classmethod
    def read(cls, data):
        """The table, or None where the plan has none or only what the sample's table has."""
        if not data:
            return None
        more = any(part in data for part in PARTS) or any(
            part in one for one in data["criteria"] for part in FEATURES
        )
        other = (data.get("tie_breaks") or []) != SAMPLE_TIE_BREAKS
        return cls(data) if more or other else None

    def points(self, level, result_of, late_of, found):
        """Rows of the criteria that apply.

        result_of(id) gives (rate, threshold, is_due) or None; late_of(report) days or None; found the violations.
        """
        rows = []
        for one in self.criteria:
            if level not in (one.get("levels") or ("province", "district")):
                continue
            row = self._row(one, result_of, late_of, found)
            if row is not None:
                rows.append(row)
        return rows

    def _row(self, one, result_of, late_of, found):
        base = _whole(one["base"])
        bonus, off = Fraction(0), Fraction(0)
        if "target" in one:
            known = result_of(one["target"])
            if known is None:
                return None
            rate, threshold, _ = known
            earned, off = _earned(one, Fraction(base), rate, threshold)
            bonus = _bonus(one.get("bonus"), rate, threshold)
        elif "deadlines" in one:
            days = [late_of(kind) for kind in one["deadlines"]["reports"]]
            days = [number for number in days if number is not None]
            if not days:
                return None
            off = Fraction(sum(days) * _whole(one["deadlines"]["per_day"]))
            earned = base - off
        elif "violations" in one:
            off = Fraction(len(found) * _whole(one["violations"]["each"]))
            earned = base - off
        else:
            return None
        earned = min(Fraction(base), max(Fraction(_whole(one.get("floor"), 0)), earned))
        if "cap" in one:
            bonus = min(bonus, max(Fraction(0), _whole(one["cap"]) - earned))
        return SimpleNamespace(id=one["id"], base=base, earned=earned, bonus=bonus, deduction=off)

    def score(self, rows):
        base = sum(row.base for row in rows)
        bonus = sum((row.bonus for row in rows), Fraction(0))
        if base == 0:
            return bonus
        return sum(row.earned for row in rows) * self.total / base + bonus

    def is_out(self, rows, score, result_of, late_of, found):
        if self.floor_score is not None and score < self.floor_score:
            return True
        serious = sum(one.severity == "serious" for one in found)
        if self.disqualifiers is None:
            return serious > 0 and any("violations" in one for one in self.criteria)
        return any(
            self._is_out(one, rows, result_of, late_of, found, serious)
            for one in self.disqualifiers
        )

    @staticmethod
    def _is_out(one, rows, result_of, late_of, found, serious):
        if "serious_violations" in one:
            return serious >= _whole(one["serious_violations"])
        if "violations" in one:
            return len(found) >= _whole(one["violations"])
        if "target" in one:
            known = result_of(one["target"])
            return known is not None and known[2] and known[0] < parse_fraction(one["below"])
        if "report" in one:
            days = late_of(one["report"])
            return days is not None and days > _whole(one["days_late_over"])
        points = [row.earned for row in rows if row.id == one["criterion"]]
        return bool(points) and points[0] < _whole(one["below_points"])


def _earned(one, base, rate, threshold):
    if "bands" in one:
        for band in one["bands"]:
            top = band.get("to")
            if parse_fraction(band["from"]) <= rate and (top is None or rate < parse_fraction(top)):
                return Fraction(_whole(band["points"])), Fraction(0)
        raise ValueError(f"no band holds {rate}")
    if rate >= threshold:
        return base, Fraction(0)
    under = one.get("under", "pro_rata")
    if under == "pro_rata":
        return base * rate / threshold, Fraction(0)
    short = (threshold - rate) * 100
    steps = -(-short // _whole(under["per_started_step"]))
    off = Fraction(steps * _whole(under["deduct"]))
    return base - off, off


def _bonus(bonus, rate, threshold):
    if not bonus or rate < threshold:
        return Fraction(0)
    steps = ((rate - threshold) * 100) // _whole(bonus["per_full_step"])
    return Fraction(min(_whole(bonus["cap"]), steps * _whole(bonus["points"])))
