"""Weekdays, today and its kin, parts of the day, weekends."""
import re

from demarche.coder.dates.context import Left
from demarche.coder.dates.expressions import Current, Overnight, Quantity, Relative, Unplaced, Weekday, Weekend
from demarche.coder.dates.months import attached_date
from demarche.coder.dates.reading import Reading, finished
from demarche.coder.dates.words import WHICH, Head

_DIRECTION = {"last": "past", "next": "future", "coming": "future"}
_NOT_DAYS = frozenset(("black", "bloody", "good", "palm", "super", "ash", "fat", "cyber", "giving", "shrove", "holy", "maundy"))
_NEWSPAPERS = re.compile(r" (?:Times|Telegraph|Mail|Mirror|Express|Herald|World|Post|Business|Night|Star|Star-|Agreement)\b")
_DAY_PART = re.compile(r" (?:morning|afternoon|evening|night)(?!\w)")
_WEEK = re.compile(r",? (?:of )?(last|this|next) week(?!\w|['’]s)")


def weekday(text: str, head: Head, start: int, end: int, floor: int) -> Reading | None:
    """A day of the week with its date, its part of the day, or its week."""
    left = Left(text, start, floor)
    word = left.word()
    if word in _NOT_DAYS or _NEWSPAPERS.match(text, end):
        return None
    if word in ("every", "each"):
        left.take()
        return Reading(left.at, end, Unplaced(), "day", kind="frequency")
    if head.marked:
        return Reading(start, end, Unplaced(), "day", kind="frequency") if word in ("on", "most", "of", "and") else None
    dated = attached_date(text, end)
    if dated is not None:
        return finished(text, left, dated._replace(start=start))
    if head.kind == "short weekday":
        return None
    if part := _DAY_PART.match(text, end):
        end = part.end()
    if week := _WEEK.match(text, end):
        offset = {"last": -1, "this": 0, "next": 1}[week[1]]
        direction = ("past", "any", "future")[offset + 1]
        return finished(text, left, Reading(left.at, week.end(), Weekday(head.value, weeks=offset), "day", direction=direction))
    which = WHICH.get(word, "near")
    if which != "near":
        left.take()
        if which in ("coming", "last") and left.word() == "this":
            left.take()
    elif word == "overnight" or word in ("on", "into") and left.word(2) == "overnight":
        left.take(1 if word == "overnight" else 2)
    reading = Reading(left.at, end, Weekday(head.value, which), "day", direction=_DIRECTION.get(which, "any"), floats=True)
    return finished(text, left, reading)


def short_weekday(text: str, head: Head, start: int, end: int, floor: int) -> Reading | None:
    """ "Mon." or "Sun," is a day only before its date: "Tue., Sept. 4"."""
    return weekday(text, head, start, end + (text[end:end + 1] == "."), floor)


_DEICTIC = {"today": (Current("day"), "any"), "yesterday": (Current("day", -1), "past"), "tomorrow": (Current("day", 1), "future"),
            "tonight": (Current("day"), "any"), "overnight": (Overnight(), "past")}
_WEEKDAY_AFTER = re.compile(r" (?:(?:on|into) )?(?:late |early )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?!\w)")


def deictic(text: str, head: Head, start: int, end: int, floor: int) -> Reading | None:
    """today, yesterday, tomorrow, tonight, overnight."""
    left = Left(text, start, floor)
    name = text[start:end].lower()
    if text[start].isupper() and not left.starts_sentence():
        return None  # a name: Russia Today
    if name == "overnight":
        if _WEEKDAY_AFTER.match(text, end):
            return None  # the weekday takes it in
        return Reading(start, end, Overnight(), "day", direction="past")
    if part := _DAY_PART.match(text, end):
        end = part.end()
    expression, direction = _DEICTIC[name]
    sides = {("day", "before", "yesterday"): -2, ("day", "after", "tomorrow"): 2}
    offset = sides.get((left.word(2), left.word(), name))
    if offset:
        left.take(2)
        if left.word() == "the":
            left.take()
        return Reading(left.at, end, Current("day", offset), "day", direction=direction)
    return finished(text, left, Reading(start, end, expression, "day", direction=direction))


def day_part(text: str, head: Head, start: int, end: int, floor: int) -> Reading | None:
    """this morning, last night, the night before; a bare "night" says nothing."""
    left = Left(text, start, floor)
    word = left.word()
    if word == "this" or word == "last" and text[start:end] in ("night", "evening"):
        left.take()
        offset = -1 if word == "last" else 0
        return Reading(left.at, end, Current("day", offset), "day", direction="past" if offset else "any")
    if word in ("every", "each"):
        left.take()
        return Reading(left.at, end, Unplaced(), "day", kind="frequency")
    sign = {"previous": -1, "next": 1, "following": 1, "same": 0}.get(word)
    if sign is not None and left.word(2) == "the":
        left.take(2)
        return Reading(left.at, end, Relative(Quantity(abs(sign), abs(sign)), "day", sign), "day")
    if word == "the" and text.startswith(" before", end) and not text.startswith(" before the", end):
        left.take()
        return Reading(left.at, end + 7, Relative(Quantity(1, 1), "day", -1), "day")
    return None


def weekend(text: str, head: Head, start: int, end: int, floor: int) -> Reading | None:
    """this, last, next weekend; over, at, on the weekend; every weekend."""
    left = Left(text, start, floor)
    word = left.word()
    if head.marked:
        return Reading(start, end, Unplaced(), "day", kind="frequency") if word in ("on", "at", "over", "most") else None
    if word in ("every", "each"):
        left.take()
        return Reading(left.at, end, Unplaced(), "day", kind="frequency")
    which = WHICH.get(word)
    if which is None:
        if word != "the" or left.word(2) not in ("over", "at", "on", "during", "by", "since", "of", "until", "throughout"):
            return None
        left.take()
        return finished(text, left, Reading(left.at, end, Weekend(), "day"))
    left.take()
    if left.word() == "this" and which in ("coming", "last"):
        left.take()
    elif left.word() == "the" and which in ("coming", "last", "next"):
        left.take()
    reading = Reading(left.at, end, Weekend("this" if which == "coming" else which), "day", direction=_DIRECTION.get(which, "any"))
    return finished(text, left, reading)

