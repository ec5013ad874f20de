"""Counting of periods: working days, days off, roll-over of the last day.

READINGS
- Days off are those of the rules table for 2021. For 2020 and 2022 only holidays with a fixed solar
  date are known here (with the compensatory days the Labour Code gives when one falls on weekly
  rest). Tet, Hung Kings and the second National Day of 2020/2022 are left out, and every year
  outside 2020-2022 knows Saturdays and Sundays only.
- "n working days": the event day is not counted, the n-th working day after it is the last day.
- "n days": event day + n; when that is no working day the period ends on the next working day.
- "six months before" is counted backwards to the corresponding day (or the last day of a shorter
  month), and that day is inside.
"""

from datetime import date, timedelta

DAYS_OFF = frozenset(
    date.fromisoformat(text)
    for text in (
        # 2020, fixed dates: none fell on weekly rest
        "2020-01-01", "2020-04-30", "2020-05-01", "2020-09-02",
        # 2021
        "2021-01-01",
        "2021-02-10", "2021-02-11", "2021-02-12", "2021-02-15", "2021-02-16",  # Tet
        "2021-04-21",  # Hung Kings
        "2021-04-30", "2021-05-03",  # 01/05 is a Saturday, so 03/05 compensates
        "2021-09-02", "2021-09-03",
        # 2022, fixed dates: 01/01 and 30/04 are Saturdays, 01/05 a Sunday
        "2022-01-03", "2022-05-02", "2022-05-03", "2022-09-02",
    )
)


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
