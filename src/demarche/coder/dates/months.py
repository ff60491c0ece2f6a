"""Months, dates of the month, seasons, and dates in figures."""
import re
from datetime import date

from demarche.coder.dates.context import Left
from demarche.coder.dates.expressions import Expression, Fixed, Month, MonthDay, Season, month_expression
from demarche.coder.dates.periods import season_interval
from demarche.coder.dates.reading import Reading, finished, possessive
from demarche.coder.dates.words import BOUNDS, DETERMINERS, MONTH_NAMES, PARTS, PARTS_OF, WHICH, Head, month_number

_YEAR = r"(?:,? ?(?:of )?((?:1[5-9]|20)\d\d)(?![\d-])|,? (?:of )?(last|this|next) year(?!['’\w]))?"
_DAYS = r"(\d{1,2})(?:st|nd|rd|th)?(?:(?:\s?[-–—]\s?|\sto\s|\suntil\s)(\d{1,2})(?:st|nd|rd|th)?)?(?![\d:%]|[.,/]\d)"
_COUNTED = r"(?!\s(?:times|people|percent|per cent|points|million|billion|thousand|years|months|votes|seats|soldiers)\b)"
_AFTER_MONTH = re.compile(rf"(?:\s{_DAYS}{_COUNTED})?{_YEAR}")
_AFTER_SEASON = re.compile(_YEAR)
_ATTACHED = re.compile(rf",? (?:the )?(?:({MONTH_NAMES})\s{_DAYS}|{_DAYS}(?: of)? ({MONTH_NAMES})(?!\w)){_YEAR}")
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_RANGE_WORD = re.compile(r"\s(?:to|until|till|through|and|onwards?|on)\s")
_CAPITAL = re.compile(" [A-Z]")
_LAST_THIS_NEXT = {"last": -1, "this": 0, "next": 1}
_NAMES = frozenset((4, 5, 6, 8))         # months that are also the names of people
_BEFORE_MONTH = DETERMINERS.union(BOUNDS, PARTS, ("in", "during", "of", "and", "or", "to", "every", "through", "for"))
_DEFINITE_EVENTS = re.compile(r" (?:elections?|votes?|summit|meeting|talks|referendum|attacks?|deadline|polls?|accord|deal|raid|"
                              r"ceasefire|truce)\b")
_BEFORE_MAY = frozenset(("in", "since", "until", "till", "by", "before", "early", "late", "mid", "last", "next", "this", "during", "every"))


def _day_expression(month: int, first: int, last: int, year: str | None) -> Expression | None:
    if not 1 <= first <= 31 or last and not first < last <= 31:
        return None
    try:
        if year:
            return Fixed(date(int(year), month, first), date(int(year), month, last or first))
        date(2020, month, max(first, last))
    except ValueError:
        return None
    return MonthDay(month, first, last)


def attached_date(text: str, end: int) -> Reading | None:
    """The date right after a weekday: "Tuesday, June 19". Its start is the match's, for the caller to replace."""
    found = _ATTACHED.match(text, end)
    if found is None:
        return None
    name, first, last = (found[1], found[2], found[3]) if found[1] else (found[6], found[4], found[5])
    expression = _day_expression(month_number(name), int(first), int(last or 0), found[7])
    return None if expression is None else Reading(end, found.end(), expression, "day", kind="span" if last else "point", floats=not last)


def _days_before(left: Left) -> tuple[int, int, bool]:
    """Takes "4", "the 4th of", "from 3 to 5", "between 3 and 5", "3-5": first day, last day (0: one day), and whether "from" was taken."""
    back = 2 if left.word() == "of" else 1
    day = _DAY.fullmatch(left.word(back))
    if day is None or left.word(back + 1).rstrip(".") in ("no", "number", "resolution"):
        return 0, 0, False
    joined = left.word(back + 1)
    opening = {"to": "from", "until": "from", "and": "between", "through": "from"}.get(joined)
    before = _DAY.fullmatch(left.word(back + 2)) if opening else None
    if before and left.word(back + 3) == opening:
        left.take(back + 3)
        return int(before[1]), int(day[1]), True
    dashed = _DAY.fullmatch(joined)
    if dashed and int(dashed[1]) < int(day[1]):
        left.take(back + 1)
        return int(dashed[1]), int(day[1]), False
    left.take(back)
    if left.word() == "the":
        left.take()
    return int(day[1]), 0, False


def _bare_month(text: str, head: Head, left: Left, end: int, joined: bool) -> bool:
    """Whether a month's name without a day or year is a time, not a person or a march."""
    word = left.word()
    if text[end:end + 1] == "-" and text[end + 1:end + 2].isalpha():
        return False
    if joined or head.value not in (3, 5) and word in WHICH:
        return True
    opened = word in ("from", "between") and _RANGE_WORD.match(text, end) is not None
    if head.value in (3, 5):
        if word == "of":
            return left.word(2) in PARTS_OF or left.word(2) in ("half", "month", "week", "days", "rest", "part", "weeks")
        if word in ("the", "a"):
            return _DEFINITE_EVENTS.match(text, end) is not None
        return opened or word in _BEFORE_MAY and not (word in ("in", "by") and possessive(text, end))
    if head.value in _NAMES and _CAPITAL.match(text, end):
        return False
    if word in ("from", "between"):
        return opened or head.value not in _NAMES
    if word in _BEFORE_MONTH:
        return True
    return head.value not in _NAMES and (not left.raw()[:1].isupper() or left.starts_sentence())


def month(text: str, head: Head, start: int, end: int, floor: int, joined: bool = False) -> Reading | None:
    """A month with its day, its year, or neither. `joined`: it ends a range or a list whose start was a time."""
    if head.marked and text[end:end + 1] == ".":
        end += 1
    left = Left(text, start, floor)
    found = _AFTER_MONTH.match(text, end)
    assert found is not None
    first, last, year, shifted = int(found[1] or 0), int(found[2] or 0), found[3], found[4]
    opened = False
    if found[1] and _day_expression(head.value, first, last, year) is None:
        return None
    if not first:
        mark = (left.at, left.count)
        first, last, opened = _days_before(left)
        if first and _day_expression(head.value, first, last, year) is None:
            left.at, left.count = mark
            first = last = 0
    if first:
        if shifted:
            year, found_end = None, found.end(2) if found[2] else found.end(1) if found[1] else end
        else:
            found_end = found.end()
        expression = _day_expression(head.value, first, last, year)
        assert expression is not None
        reading = Reading(left.at, found_end, expression, "day", kind="span" if last else "point", floats=not last)
        return reading if opened else finished(text, left, reading)
    end = found.end()
    if year:
        return finished(text, left, Reading(left.at, end, month_expression(int(year), head.value), "month", floats=True))
    if shifted:
        offset = _LAST_THIS_NEXT[shifted]
        reading = Reading(left.at, end, Month(head.value, years=offset), "month", direction=("past", "any", "future")[offset + 1])
        return finished(text, left, reading)
    if head.marked or not _bare_month(text, head, left, end, joined):
        return None
    if left.word() == "every":
        return None
    which = WHICH.get(left.word(), "near")
    if which == "coming":
        which = "next"
    if which != "near":
        left.take()
    direction = {"last": "past", "next": "future"}.get(which, "any")
    return finished(text, left, Reading(left.at, end, Month(head.value, which), "month", direction=direction, floats=True))


def season(text: str, head: Head, start: int, end: int, floor: int) -> Reading | None:
    """A season whose words make it a time: "last summer", "in the spring", "the winter of 1979". Northern hemisphere, so approximate."""
    left = Left(text, start, floor)
    found = _AFTER_SEASON.match(text, end)
    assert found is not None
    word = left.word()
    if found[1]:
        first, last = season_interval(int(found[1]), head.value)
        assert first is not None and last is not None
        if word == "the":
            left.take()
        return finished(text, left, Reading(left.at, found.end(), Fixed(first, last), "season", True))
    which = WHICH.get(word)
    if which is not None:
        left.take()
        which = "next" if which == "coming" else which
        direction = {"last": "past", "next": "future"}.get(which, "any")
        return finished(text, left, Reading(left.at, end, Season(head.value, which), "season", True, direction=direction))
    if text[start:end] == "fall" or text.startswith(" of ", end):
        return None
    steps = 1 if word == "the" else 0
    if left.word(steps + 1) in ("in", "by", "since", "until", "before", "during", "early", "late", "mid"):
        left.take(steps)
        return finished(text, left, Reading(left.at, end, Season(head.value), "season", True))
    return None
