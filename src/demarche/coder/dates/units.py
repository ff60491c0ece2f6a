"""Hours to centuries: "40 years ago", "this week", "over the past two months", "three days later", "for decades"."""
import re

from demarche.coder.dates.context import Left, left_of_dash
from demarche.coder.dates.expressions import REACH, Ago, Current, Quantity, Relative, Trailing, Unplaced
from demarche.coder.dates.reading import Reading, finished
from demarche.coder.dates.words import PARTS, PARTS_OF, WHICH, Head

_PRECISION = {"hour": "day", "fortnight": "week", "century": "decade"}
_AFTER = re.compile(r"(?P<old>[ -](?:old|older|younger)\b)|(?P<ago> ago\b)|(?P<passed> (?:have|has) (?:passed|gone by|elapsed) since\b)"
                    r"|(?P<ahead> from (?:now|today)\b)|(?P<later> (?:later|afterwards?|on(?=[,.]))\b(?! in\b))|(?P<after> after\b)"
                    r"|(?P<earlier> (?:earlier|previously|prior|before)\b)|(?P<long>-long\b)|(?P<of> of\b)")
_ONE = Quantity(1, 1)
_DETERMINED = frozenset(("the", "these", "this", "its", "their", "his", "her"))
_AGAIN = frozenset("""first worst time deadliest bloodiest highest lowest largest biggest heaviest longest best second third fourth
    fifth""".split())


def unit(text: str, head: Head, start: int, end: int, floor: int) -> Reading | None:
    """A unit of time with the words that make it a time; None for a bare one."""
    left = Left(text, start, floor)
    if text[start].isupper() and (not head.marked or not left.starts_sentence()):
        return None
    after = _AFTER.match(text, end)
    link = after.lastgroup if after else None
    precision = _PRECISION.get(head.unit, head.unit)
    if link == "old":
        return None
    hyphenated = left_of_dash(text, start)
    if link == "long" and not hyphenated:  # "a decade-long war": the article is the noun's
        return _compound(left, None, after.end() if after else end, precision)
    counted = left.quantity()
    if hyphenated or link == "long":
        return _compound(left, counted, after.end() if after and link == "long" else end, precision)
    if counted is None:
        return _uncounted(text, head, left, end, after, precision)
    return _counted(text, head, left, end, after, counted, precision)


def _compound(left: Left, counted: tuple[Quantity, bool] | None, end: int, precision: str) -> Reading | None:
    """ "a three-month truce", "a decade-long war"."""
    if counted is None and left.text[end - 5:end] != "-long":
        return None
    return Reading(left.at, end, Unplaced(), precision, counted is not None and counted[1], "duration")


def _again(left: Left) -> bool:
    """Whether "in seven years" measures a first time since: "the deadliest raid in seven years"."""
    return any(left.word(back) in _AGAIN for back in range(1, 6))


def _counted(text: str, head: Head, left: Left, end: int, after: re.Match[str] | None, counted: tuple[Quantity, bool],
             precision: str) -> Reading | None:
    quantity, vague = counted
    number_start = left.at
    word = left.word()
    link = after.lastgroup if after else None
    stop = after.end() if after else end
    if word in ("times", "once", "twice") and quantity == _ONE:
        left.take(2 if word == "times" and left.word(2) else 1)
        return Reading(left.at, end, Unplaced(), precision, kind="frequency")
    approximate = vague or head.unit in ("decade", "century", "hour")
    if link in ("ago", "passed"):
        reading = Reading(number_start, stop if link == "ago" else end, Ago(quantity, head.unit), precision, approximate, direction="past")
        return finished(text, left, reading)
    if link == "ahead":
        return Reading(number_start, stop, Ago(quantity, head.unit, 1), precision, approximate, direction="future")
    if word in ("past", "last", "next") and quantity.high > 1 and left.word(2) not in _DETERMINED:
        return _trailing(left, word, quantity, head, end, vague, precision)
    if word in ("past", "last", "previous", "next", "coming", "following") and left.word(2) in _DETERMINED:
        return _trailing(left, word, quantity, head, end, vague, precision)
    if word == "every":
        left.take()
        return Reading(left.at, end, Unplaced(), precision, kind="frequency")
    if word == "for":
        left.take()
        return Reading(left.at, end, Unplaced(), precision, vague, "duration")
    if link in ("later", "after", "earlier") and not (link == "later" and text.startswith(" on ", end)):
        sign = -1 if link == "earlier" else 1
        return Reading(number_start, stop, Relative(quantity, head.unit, sign), precision, approximate)
    if word == "in":
        left.take()
        if _again(left) or link == "of":
            return Reading(left.at, end, Unplaced(), precision, vague, "duration")
        return Reading(left.at, end, Ago(quantity, head.unit, 1, only_future=True), precision, approximate, direction="future")
    if word == "within":
        left.take()
        return Reading(left.at, end, Trailing(quantity.high, head.unit, 1, only_future=True), precision, vague, "span", "future")
    if word in ("after", "during", "over", "throughout", "lasted", "lasting", "took", "spent", "than") or link == "of":
        return Reading(number_start, end, Unplaced(), precision, vague, "duration")
    if text[number_start:number_start + 4].lower() == "over":
        return Reading(number_start, end, Unplaced(), precision, vague, "duration")
    return None


def _trailing(left: Left, word: str, quantity: Quantity, head: Head, end: int, approximate: bool, precision: str) -> Reading:
    """ "the past two months", "the next few days"; "the following two years" counts from another event."""
    left.take(2 if left.word(2) in _DETERMINED else 1)
    if word in ("following", "previous"):
        return Reading(left.at, end, Relative(None, head.unit, 1 if word == "following" else -1), precision, approximate, "span")
    sign = 1 if word in ("next", "coming") else -1
    return Reading(left.at, end, Trailing(quantity.high, head.unit, sign), precision, approximate, "span", "future" if sign > 0 else "past")


def _plural(head: Head, left: Left, end: int, after: re.Match[str] | None, precision: str) -> Reading | None:
    """ "recent months", "the coming weeks", "decades ago", "years later", "for centuries", "weeks of fighting", "over the years"."""
    word = left.word()
    link = after.lastgroup if after else None
    if word in ("recent", "past", "last", "previous", "next", "coming"):
        left.take()
        if left.word() in ("the", "these"):
            left.take()
        if word == "previous":
            return Reading(left.at, end, Unplaced(), precision, True, "span", "past")
        sign = 1 if word in ("next", "coming") else -1
        reach = Trailing(REACH[head.unit], head.unit, sign)
        return Reading(left.at, end, reach, precision, True, "span", "future" if sign > 0 else "past")
    if word == "the" and left.word(2) in ("over", "through", "down"):
        left.take(2)
        return Reading(left.at, end, Unplaced(), precision, False, "span", "past")
    start = left.at
    if word == "of" and left.word(2) in ("hundreds", "thousands", "dozens", "scores", "tens"):
        left.take(2)
        start = left.at
    if after and link == "ago":
        return Reading(start, after.end(), Unplaced(), precision, True, direction="past")
    if after and link in ("later", "after", "earlier"):
        return Reading(start, after.end(), Relative(None, head.unit, -1 if link == "earlier" else 1), precision, True)
    if word == "for":
        left.take()
        return Reading(left.at, end, Unplaced(), precision, False, "duration")
    if word == "in" and _again(left):
        left.take()
        return Reading(left.at, end, Unplaced(), precision, False, "duration")
    if word == "within":
        left.take()
        return Reading(left.at, end, Trailing(REACH[head.unit], head.unit, 1, only_future=True), precision, True, "span", "future")
    return Reading(start, end, Unplaced(), precision, False, "duration") if link == "of" else None


_SIDES = {"previous": -1, "preceding": -1, "next": 1, "following": 1, "same": 0}


def _uncounted(text: str, head: Head, left: Left, end: int, after: re.Match[str] | None, precision: str) -> Reading | None:
    if head.marked:
        return _plural(head, left, end, after, precision)
    word, two = left.word(), left.word(2)
    name = head.unit if head.unit != "fortnight" else "week"
    if word in ("every", "each", "per"):
        left.take()
        return Reading(left.at, end, Unplaced(), precision, kind="frequency")
    if word in ("past", "last", "coming") and two in ("the", "its", "their") and head.unit != "day":
        left.take(2)
        sign = 1 if word == "coming" else -1
        return Reading(left.at, end, Trailing(REACH["hour"] if name == "hour" else 1, name, sign), precision, False, "span",
                       "future" if sign > 0 else "past")
    if word in ("same", "following", "previous", "preceding", "next") and two in ("the", "that") or word == "that" and name != "hour":
        sign = _SIDES.get(word, 0)
        left.take(1 if word == "that" else 2)
        return Reading(left.at, end, Relative(Quantity(abs(sign), abs(sign)), name, sign), precision)
    if word in WHICH or word == "current":
        return _current(text, name, left, end, precision)
    if word != "the":
        return None
    if (two in ("in", "on") and left.word(3) in PARTS) or (two == "of" and left.word(3) in PARTS_OF):
        reading = Reading(left.at, end, Current(name), precision)
        return finished(text, left, reading)
    if after and after.lastgroup in ("after", "earlier") and not text.startswith((" before yesterday", " after tomorrow"), end):
        left.take()
        return Reading(left.at, after.end(), Relative(_ONE, name, -1 if after.lastgroup == "earlier" else 1), precision)
    return None


def _current(text: str, name: str, left: Left, end: int, precision: str) -> Reading | None:
    """this, last, next, this past, this coming."""
    which = WHICH.get(left.word(), "this")
    if name in ("hour", "day"):
        return None
    left.take()
    if which in ("last", "coming") and left.word() == "this":
        left.take()
    elif which == "this" and left.word() == "the":  # "the current year"
        left.take()
    offset = {"last": -1, "next": 1, "coming": 1}.get(which, 0)
    reading = Reading(left.at, end, Current(name, offset), precision, direction=("past", "any", "future")[offset + 1])
    return finished(text, left, reading)
