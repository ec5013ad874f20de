"""Counting of periods: working days, days off, roll-over of the last day.

READINGS
- Days off are data and come from the law book's calendar; how periods run over them is counted here.
- "n working days": the event day is not counted, the n-th working day after it is the last day.
- "n days": event day + n; when that is no working day the period ends on the next working day.
- "six months before" is counted backwards to the corresponding day (or the last day of a shorter
  month), and that day is inside.
"""

from datetime import date, timedelta
from pathlib import Path

import yaml

CALENDAR = Path(__file__).resolve().parents[2] / "Sources/LawBook/Law/calendar.yaml"


def _days_off():
    days = set()
    text = CALENDAR.read_text(encoding="utf-8")
    for year in yaml.load(text, Loader=yaml.BaseLoader)["calendar"]:  # all scalars as text
        for one in year["off"]:
            day = date.fromisoformat(one.get("day") or one["from"])
            last = date.fromisoformat(one.get("day") or one["to"])
            while day <= last:
                days.add(day)
                day += timedelta(days=1)
    return frozenset(days)


DAYS_OFF = _days_off()


def is_working_day(day):
    return day.weekday() < 5 and day not in DAYS_OFF


def roll_forward(day):
    """The day itself, or the next working day."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def after_days(event, count):
    """Last day of a period of calendar days that begins with an event."""
    return roll_forward(event + timedelta(days=count))


def after_working_days(event, count):
    """Last day of a period of working days that begins with an event."""
    day = event
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def working_days_between(after, until):
    """How many working days lie after the first day, up to and including the second."""
    count = 0
    day = after + timedelta(days=1)
    while day <= until:
        count += is_working_day(day)
        day += timedelta(days=1)
    return count


def months_before(day, months):
    """The corresponding day so many months earlier, or that month's last day."""
    index = day.year * 12 + (day.month - 1) - months
    year, month = divmod(index, 12)
    month += 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def working_days_before(event, count):
    """The day that lies so many working days before an event; it never moves."""
    day = event
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day
