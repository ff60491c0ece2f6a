"""What a time phrase means: small immutable expressions that give an interval once the publication day is known.

Every expression answers `interval(reference, future, anchor)`: `reference` is the publication day or None, `future` is True where the
context looks forward, False where it looks back, None where it does not say, and `anchor` is the day of another event that relative
phrases ("three days later") count from. A missing reference gives (None, None), except where the words are absolute.
"""
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from demarche.coder.dates.periods import (UNKNOWN, Interval, add_months, month_interval, part_of, season_interval, shift, unit_interval,
                                          weekend_of, year_interval)

# How far "recent weeks" or "the coming months" reach, in units.
REACH = {"hour": 24, "day": 7, "week": 4, "fortnight": 2, "month": 3, "year": 3, "decade": 3, "century": 2}


class Expression(Protocol):
    """The meaning of a phrase; see the module's text."""

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval: ...


class Quantity(NamedTuple):
    """A number of units, as a range: "a few" is 2 to 5, "nearly 40" is 36 to 40."""
    low: int
    high: int


class Fixed(NamedTuple):
    """A day, month, year or decade that the words give in full."""
    first: date
    last: date

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        return self.first, self.last


class Unplaced(NamedTuple):
    """Durations, frequencies, and phrases such as "decades ago" that no interval can be given for."""

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        return UNKNOWN


def _clipped(interval: Interval, reference: date, future: bool | None) -> Interval:
    """A current period, cut at the reference where the context says which side is meant."""
    first, last = interval
    if first is not None and last is not None and future is not None and first <= reference <= last:
        return (reference, last) if future else (first, reference)
    return interval


class Current(NamedTuple):
    """The calendar unit of the reference, or one `offset` units away: this week, last month, tomorrow."""
    unit: str
    offset: int = 0

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        if reference is None:
            return UNKNOWN
        found = unit_interval(shift(reference, self.offset, self.unit), self.unit)
        return found if self.offset or self.unit == "day" else _clipped(found, reference, future)


class Overnight(NamedTuple):
    """The night before the reference day."""

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        if reference is None:
            return UNKNOWN
        return (reference, reference + timedelta(days=1)) if future else (reference - timedelta(days=1), reference)


class Weekday(NamedTuple):
    """A day of the week, 0 = Monday. `which`: near, last, next, this, coming; `weeks` counts from the reference's week where not None."""
    day: int
    which: str = "near"
    weeks: int | None = None

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        if reference is None:
            return UNKNOWN
        in_week = reference + timedelta(days=self.day - reference.weekday())
        if self.weeks is not None:
            found = in_week + timedelta(days=7 * self.weeks)
        elif self.which == "this":
            found = in_week
        elif self.which == "next":
            found = in_week + timedelta(days=7)
        elif self.which == "coming":
            found = in_week if in_week > reference else in_week + timedelta(days=7)
        elif self.which == "last":
            found = in_week if in_week < reference else in_week - timedelta(days=7)
        elif future:
            found = in_week if in_week >= reference else in_week + timedelta(days=7)
        else:
            found = in_week if in_week <= reference else in_week - timedelta(days=7)
        return found, found


class Weekend(NamedTuple):
    """`which`: last, next, this, near (the latest one unless the context looks forward)."""
    which: str = "near"

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        if reference is None:
            return UNKNOWN
        here = weekend_of(reference)
        started = reference.weekday() >= 5
        if self.which == "next":
            return weekend_of(reference + timedelta(days=7))
        if self.which == "last" or (not started and (future is False or self.which == "near" and future is None)):
            return weekend_of(reference - timedelta(days=7))
        return here


def _distance(first: date, last: date, reference: date) -> int:
    """Days from the reference to a period; days ahead count double, for reports speak of the past unless their verbs say otherwise."""
    return max(2 * (first - reference).days, (reference - last).days, 0)


def _chosen(candidates: list[Interval], reference: date, which: str, future: bool | None) -> Interval:
    """One of the same period in several years: the nearest, the latest begun, or the first not yet over, as words and context ask."""
    spans = [(first, last) for first, last in candidates if first is not None and last is not None]
    if which == "last":
        return max((span for span in spans if span[1] < reference), default=UNKNOWN)
    if which == "next":
        return min((span for span in spans if span[0] > reference), default=UNKNOWN)
    if future is False:
        return _clipped(max((span for span in spans if span[0] <= reference), default=UNKNOWN), reference, future)
    if future:
        return _clipped(min((span for span in spans if span[1] >= reference), default=UNKNOWN), reference, future)
    return min(spans, key=lambda span: _distance(span[0], span[1], reference), default=UNKNOWN)


class MonthDay(NamedTuple):
    """A day of a month without its year, or several days of it."""
    month: int
    day: int
    last_day: int = 0

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        if reference is None:
            return UNKNOWN
        spans: list[Interval] = []
        leap = (self.month, self.day) == (2, 29) or (self.month, self.last_day) == (2, 29)
        for year in range(reference.year - (8 if leap else 1), reference.year + (9 if leap else 2)):
            if 1 <= year <= 9999 and max(self.day, self.last_day) <= month_interval(year, self.month)[1].day:  # type: ignore[union-attr]
                spans.append((date(year, self.month, self.day), date(year, self.month, self.last_day or self.day)))
        return _chosen(spans, reference, "near", future)


class Month(NamedTuple):
    """A month without its year. `which`: near, last, next, this; `years` counts from the reference's year where not None."""
    month: int
    which: str = "near"
    years: int | None = None

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        if reference is None:
            return UNKNOWN
        if self.years is not None or self.which == "this":
            return month_interval(reference.year + (self.years or 0), self.month)
        spans = [month_interval(year, self.month) for year in range(max(reference.year - 1, 1), min(reference.year + 1, 9999) + 1)]
        return _chosen(spans, reference, self.which, future)


class Season(NamedTuple):
    """A season without its year, 0 = spring. `which` as for Month."""
    season: int
    which: str = "near"
    years: int | None = None

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        if reference is None:
            return UNKNOWN
        if self.years is not None:
            return season_interval(reference.year + self.years, self.season)
        years = range(max(reference.year - 2, 1), min(reference.year + 2, 9998) + 1)
        spans = [season_interval(year, self.season) for year in years]
        if self.which == "this":
            return _chosen(spans, reference, "near", None)
        return _chosen(spans, reference, self.which, future)


class Ago(NamedTuple):
    """A number of units before (sign -1) or after (sign 1) the reference, as the calendar unit that the day falls in."""
    quantity: Quantity
    unit: str
    sign: int = -1
    only_future: bool = False

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        if reference is None or (self.only_future and future is False):
            return UNKNOWN
        return _away(reference, self.quantity, self.unit, self.sign)


def _away(day: date, quantity: Quantity, unit: str, sign: int) -> Interval:
    near, far = quantity
    holder = unit
    if unit in ("decade", "century"):  # "two decades ago" is a year known to about a tenth
        size = 10 if unit == "decade" else 100
        near, far, unit, holder = near * size * 9 // 10, -(-far * size * 11 // 10), "year", "year"
    ends = [unit_interval(shift(day, sign * count, unit), holder) for count in (near, far)]
    if unit == "hour":
        ends = [(day + timedelta(days=sign * count), day + timedelta(days=sign * count)) for count in (near // 24, -(-far // 24))]
    return min(e[0] for e in ends if e[0]), max(e[1] for e in ends if e[1])


class Relative(NamedTuple):
    """A number of units before or after another event; `quantity` None where it is not said how many."""
    quantity: Quantity | None
    unit: str
    sign: int

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        if anchor is None or self.quantity is None:
            return (anchor, anchor) if anchor and self.unit == "hour" else UNKNOWN      # "hours later" is the same day
        return _away(anchor, self.quantity, self.unit, self.sign or 1)


class Trailing(NamedTuple):
    """The last (sign -1) or the coming (sign 1) units up to, or from, the reference."""
    count: int
    unit: str
    sign: int = -1
    only_future: bool = False

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        if reference is None or (self.only_future and future is False):
            return UNKNOWN
        other = shift(reference, self.sign * self.count, self.unit)
        return (other, reference) if self.sign < 0 else (reference, other)


class Part(NamedTuple):
    """The early, mid, late, start or end part of a period; `earlier` and `later` cut it at the reference."""
    inner: Expression
    precision: str
    part: str

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        first, last = self.inner.interval(reference, None if isinstance(self.inner, Current) else future, anchor)
        if first is None or last is None:
            return UNKNOWN
        if self.part not in ("earlier", "later"):
            return part_of((first, last), self.precision, self.part)
        if reference is None or not first <= reference <= last:
            return first, last
        return (first, reference) if self.part == "earlier" else (reference, last)


class Bound(NamedTuple):
    """since, until, before or after another expression."""
    inner: Expression
    word: str

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        looks = {"since": False, "until": True}.get(self.word, future)
        first, last = self.inner.interval(reference, None if isinstance(self.inner, Current | Part) else looks, anchor)
        if first is None or last is None:
            return UNKNOWN
        if self.word == "since":
            return first, reference if reference is not None and reference >= first else None
        if self.word == "until":
            return reference if reference is not None and reference <= last else None, last
        if self.word == "before":
            return None, first - timedelta(days=1)
        return last + timedelta(days=1), None


class Between(NamedTuple):
    """From the start of one expression to the end of another; what the first leaves open it takes from the second."""
    start: Expression
    end: Expression

    def interval(self, reference: date | None, future: bool | None, anchor: date | None) -> Interval:
        _, last = self.end.interval(reference, future, anchor)
        if last is None:
            return UNKNOWN
        floating = isinstance(self.start, MonthDay | Month | Season | Weekday)
        first, _ = self.start.interval(last, False, anchor) if floating else self.start.interval(reference, future, anchor)
        return (first, last) if first is not None and first <= last else UNKNOWN


def year_expression(year: int) -> Fixed:
    first, last = year_interval(year)
    assert first is not None and last is not None
    return Fixed(first, last)


def month_expression(year: int, month: int) -> Fixed:
    first, last = month_interval(year, month)
    assert first is not None and last is not None
    return Fixed(first, last)


def decade_expression(year: int) -> Fixed:
    return Fixed(date(year, 1, 1), add_months(date(year, 12, 31), 108))
