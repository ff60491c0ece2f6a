"""Calendar arithmetic: intervals of whole days, and the unit of the calendar that holds a day.

An `Interval` is (first, last), both inclusive; None means open or unknown. Weeks run from Monday to Sunday.
"""
from calendar import monthrange
from datetime import date, timedelta

Interval = tuple[date | None, date | None]
UNKNOWN: Interval = (None, None)

_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120, "century": 1200}


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` away, or that month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift(day: date, count: int, unit: str) -> date:
    """`day` moved by `count` units. Raises OverflowError or ValueError outside the calendar."""
    if unit == "hour":
        return day + timedelta(days=count // 24 if count >= 0 else -(-count // 24))
    if unit in _DAYS:
        return day + timedelta(days=count * _DAYS[unit])
    return add_months(day, count * _MONTHS[unit])


def month_interval(year: int, month: int) -> Interval:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_interval(year: int) -> Interval:
    return date(year, 1, 1), date(year, 12, 31)


def season_interval(year: int, season: int) -> Interval:
    """Seasons of the northern hemisphere: 0 spring, 1 summer, 2 autumn, 3 winter (December of `year` to February)."""
    start = 3 + 3 * season
    if season == 3:
        return date(year, 12, 1), month_interval(year + 1, 2)[1]
    return date(year, start, 1), month_interval(year, start + 2)[1]


def weekend_of(day: date) -> Interval:
    """The Saturday and Sunday of the week of `day`."""
    saturday = day + timedelta(days=5 - day.weekday())
    return saturday, saturday + timedelta(days=1)


def unit_interval(day: date, unit: str) -> Interval:
    """The calendar unit that holds `day`."""
    if unit in ("day", "hour"):
        return day, day
    if unit in ("week", "fortnight"):
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return month_interval(day.year, day.month)
    if unit == "year":
        return year_interval(day.year)
    size = 10 if unit == "decade" else 100
    start = day.year - day.year % size
    return date(max(start, 1), 1, 1), date(start + size - 1, 12, 31)


def _months_of(first: date, start: int, end: int) -> Interval:
    """Months `start` to `end` (inclusive, counted from 0) of the period that begins at `first`."""
    return add_months(first, start), add_months(first, end + 1) - timedelta(days=1)


def part_of(interval: Interval, precision: str, part: str) -> Interval:
    """The early, mid, late third, or the start or end, of a period of the given precision."""
    first, last = interval
    if first is None or last is None or precision == "day":
        return interval
    if precision == "year":
        start, end = {"early": (0, 3), "mid": (4, 7), "late": (8, 11), "start": (0, 0), "end": (11, 11)}[part]
        return _months_of(first, start, end)
    if precision == "season":
        start, end = {"early": (0, 0), "mid": (1, 1), "late": (2, 2), "start": (0, 0), "end": (2, 2)}[part]
        return _months_of(first, start, end)
    if precision == "decade":
        start, end = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "start": (0, 1), "end": (8, 9)}[part]
        return _months_of(first, start * 12, end * 12 + 11)
    if precision == "month":
        start, end = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day), "start": (1, 7), "end": (last.day - 6, last.day)}[part]
        return first.replace(day=start), last.replace(day=end)
    start, end = {"early": (0, 1), "mid": (2, 3), "late": (3, 6), "start": (0, 1), "end": (4, 6)}[part]
    return first + timedelta(days=start), first + timedelta(days=end)
