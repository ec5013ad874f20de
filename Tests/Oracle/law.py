"""Periods, counts and shares of the law book, by rule and day.

READINGS
- The edition of a rule is the one in force on the day that starts the period (from <= day <= to).
- A rule without a value for that day gives None: nobody can say by when it is due.
- Files of the subfolders (headings, classes) are no rules.
"""

from datetime import date, timedelta
from pathlib import Path

import yaml

from calendar_vn import after_days, after_working_days, roll_forward
from numbers_exact import parse_fraction

FOLDER = Path(__file__).resolve().parents[2] / "Sources/LawBook/Law"


def _rules():
    found = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for rule in (data or {}).get("rules") or []:
            found[rule["id"]] = rule
    return found


RULES = _rules()


def _edition(rule_id, day):
    rule = RULES.get(rule_id)
    for value in (rule or {}).get("values") or []:
        start = date.fromisoformat(value["from"])
        end = date.fromisoformat(value["to"]) if "to" in value else None
        if start <= day and (end is None or day <= end):
            return {**rule, **value}
    return None


def number(rule_id, day):
    """The whole number that the rule sets on that day, or None."""
    found = _edition(rule_id, day)
    return None if found is None or "value" not in found else int(found["value"].replace("_", ""))


def share(rule_id, day):
    """The exact share that the rule sets on that day, or None."""
    found = _edition(rule_id, day)
    return None if found is None else parse_fraction(found["value"])


def months_after(day, months):
    """The corresponding day so many months later, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))


def due(rule_id, event):
    """Last day of the period that the event starts; None when the book has none for that day."""
    found = _edition(rule_id, event)
    if found is None or found["kind"] != "period":
        return None
    count, unit = int(found["value"]), found["unit"]
    if unit == "working_days":
        return after_working_days(event, count)
    if unit == "calendar_days":
        return after_days(event, count)
    return roll_forward(months_after(event, count * (12 if unit == "years" else 1)))
