"""Reads a campaign plan.

READINGS
- Every scalar is taken as the text that stands in the file, so 0.80 stays exact.
- `list` of a target names the list as nominations do (large_value, old_case); when it is left out
  the measure implies it.
- A target without due_on: large_value_classified is due at the end of the reporting year, a duty
  to submit on the day of its report (else the latest day of the lists), all others at the end of
  their window.
- strict_deadlines touches what the plan words as "before day X": the submission of the lists and
  of the summary. Their due day is then the calendar day before X, and is shown so.
- A target's window replaces the campaign window entirely, for the start as well as for the end.
"""

import pathlib
from datetime import date, timedelta
from types import SimpleNamespace

import yaml

from numbers_exact import parse_fraction

LIST_OF = {
    "large_value_seized": "large_value",
    "large_value_classified": "large_value",
    "old_resolved_count": "old_case",
    "old_resolved_money": "old_case",
}
DUTIES = {"lists_submitted": "lists", "report_submitted": "summary"}
CATEGORIES = ("collected", "terminated", "exempted")
STAGES = ("seized", "contracted", "auctioned")


def _flag(value, default):
    if value is None or value in ("", "null", "~"):
        return default
    text = str(value).lower()
    if text in ("true", "yes", "on", "1"):
        return True
    if text in ("false", "no", "off", "0"):
        return False
    raise ValueError(f"not yes or no: {value}")


def _day(value):
    return date.fromisoformat(str(value).strip()) if value not in (None, "", "null", "~") else None


def _window(value, default):
    if value in (None, "", "null", "~"):
        return default
    start, end = _day(value.get("start")), _day(value.get("end"))
    return (start or default[0], end or default[1])


def _is_old(population):
    """A list whose population ends with a day of decision: its files are reviewed."""
    return population == "old_case" or (
        isinstance(population, dict) and "decision_until" in population)


class Plan:
    def __init__(self, text):
        data = yaml.load(text, Loader=yaml.BaseLoader) or {}
        self.id = data["id"]
        self.window = (_day(data["window"]["start"]), _day(data["window"]["end"]))
        year = data.get("reporting_year") or {}
        self.reporting_year = (_day(year.get("start")), _day(year.get("end")))
        settings = data.get("settings") or {}
        self.province_is_unit = _flag(settings.get("province_is_unit"), True)
        self.strict_deadlines = _flag(settings.get("strict_deadlines"), False)
        self.email_copy = _flag(settings.get("email_copy"), False)
        self._report_days = {
            report["kind"]: _day(report.get("due_on")) for report in data.get("reports") or []
        }
        self.old_lists = {
            one["id"] for one in data.get("lists") or [] if _is_old(one.get("population"))
        }
        days = [_day(one.get("due_on")) for one in data.get("lists") or []]
        self._list_day = max((day for day in days if day), default=None)
        self.duties = {
            one["id"]: SimpleNamespace(
                due_on=_day(one.get("due_on")), days=one.get("days"), paragraph=one["paragraph"])
            for one in data.get("duties") or []
        }
        self.targets = [self._target(one) for one in data.get("targets") or []]

    @classmethod
    def from_file(cls, path):
        return cls(pathlib.Path(path).read_text(encoding="utf-8-sig"))

    def _target(self, data):
        measure = data["measure"]
        window = _window(data.get("window"), self.window)
        options = data.get("options") or {}
        stage = options.get("stage") or "seized"
        counts = options.get("counts") or list(CATEGORIES)
        if stage not in STAGES or not set(counts) <= set(CATEGORIES):
            raise ValueError(f"target {data['id']}: unknown option {options}")
        due = _day(data.get("due_on"))
        if measure in DUTIES:
            due = self._strict(due or self._duty_day(DUTIES[measure]))
        elif due is None:
            late = measure == "large_value_classified"
            due = self.reporting_year[1] if late else window[1]
        return SimpleNamespace(
            id=data["id"],
            measure=measure,
            list=data.get("list") or LIST_OF.get(measure),
            threshold=parse_fraction(data.get("threshold") or "100%"),
            due_on=due,
            window=window,
            stage=stage,
            counts=frozenset(counts),
        )

    def _duty_day(self, kind):
        return self._report_days.get(kind) or (self._list_day if kind == "lists" else None)

    def _strict(self, day):
        return day - timedelta(days=1) if day and self.strict_deadlines else day

    def report_due(self, kind):
        """The last day to hand in a report; None where `reports` does not ask for it."""
        return self._strict(self._report_days.get(kind))

    def target_of(self, measure):
        """The first target with this measure, or None."""
        return next((one for one in self.targets if one.measure == measure), None)

    def duty_due(self, measure):
        """Due day of a duty to submit, from its target or from the reports of the plan."""
        target = self.target_of(measure)
        return target.due_on if target else self._strict(self._duty_day(DUTIES[measure]))

    def counted_units(self, facts):
        """The units that are scored, in file order."""
        return [
            unit
            for unit in facts.units.values()
            if self.province_is_unit or unit.level != "province"
        ]
