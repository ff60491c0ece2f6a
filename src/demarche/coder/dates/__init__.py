"""Time phrases of English news text, and the days they mean seen from the day of publication.

One expression finds the words that a time phrase can hang on; a small grammar reads the words around each of them.
"""
import re
from datetime import date

from demarche.coder.dates.days import day_part, deictic, short_weekday, weekday, weekend
from demarche.coder.dates.expressions import Between, Bound
from demarche.coder.dates.months import month, season
from demarche.coder.dates.phrase import TimePhrase, interval_of, resolve
from demarche.coder.dates.reading import Reading
from demarche.coder.dates.units import unit
from demarche.coder.dates.words import FIRST_HEAD, HEAD, HEADS
from demarche.coder.dates.years import figures

__all__ = ["TimePhrase", "find_times", "resolve"]

_READERS = {"weekday": weekday, "short weekday": short_weekday, "deictic": deictic, "day part": day_part, "weekend": weekend, "unit": unit,
            "season": season}
_JOIN = re.compile(r"\s(?:to|until|till|through|and|or)\s$|\s?[-–—]\s?$")
_OPENING = re.compile(r"(?:^|(?<=\W))(?:[Ff]rom|[Bb]etween)\s$")


def _joins(text: str, previous_end: int, start: int) -> bool:
    """Whether only "to", "and" or a dash stands between the previous phrase and this word."""
    return 0 < start - previous_end <= 9 and previous_end > 0 and _JOIN.fullmatch(text, previous_end, start) is not None


def _range(text: str, previous: Reading, reading: Reading) -> Reading | None:
    """ "from A to B", "between A and B", "A-B" as one reading, where the two belong together."""
    if previous.floats and isinstance(reading.expression, Bound) and text[reading.start:reading.start + 6] == "until ":
        reading = reading._replace(start=reading.start + 6, expression=reading.expression.inner, floats=True)  # "from A until B"
    if not (previous.floats and reading.floats) or not _joins(text, previous.end, reading.start):
        return None
    word = text[previous.end:reading.start].strip()
    opening = _OPENING.search(text, max(previous.start - 9, 0), previous.start)
    if word in ("and", "or") and (opening is None or "etween" not in opening[0] or word == "or") or word.isalpha() and opening is None:
        return None
    start = opening.start() if opening else previous.start
    return Reading(start, reading.end, Between(previous.expression, reading.expression), reading.precision,
                   previous.approximate or reading.approximate, "span", reading.direction)


def find_times(text: str, published: date | None) -> list[TimePhrase]:
    """The time phrases of `text` in order, disjoint, with their intervals seen from `published`.

    Offsets are code points. Without a publication day only absolute phrases ("in 2001", "4 September 2018") have an interval.
    """
    readings: list[tuple[Reading, int]] = []
    done = 0
    spans = [(match.start() + 1, match.end()) for match in HEAD.finditer(text)]
    if first := FIRST_HEAD.match(text):
        spans.insert(0, first.span())
    for start, end in spans:
        if start < done or start and text[start - 1].isalnum():
            continue
        word = text[start:end]
        after = text[end:end + 1]
        head = HEADS.get(word)
        if after.isalnum() and not (head is None and after == "T"):
            continue
        joined = _joins(text, done, start)
        if head is None:
            reading = figures(text, word, start, end, done, joined)
        elif head.kind == "month":
            reading = month(text, head, start, end, done, joined)
        else:
            reading = _READERS[head.kind](text, head, start, end, done)
        if reading is None:
            continue
        if readings and (whole := _range(text, readings[-1][0], reading)):
            readings[-1] = (whole, readings[-1][1])
        else:
            readings.append((reading, start))
        done = reading.end
    return [_phrase(text, reading, head_at, published) for reading, head_at in readings]


def _phrase(text: str, reading: Reading, head: int, published: date | None) -> TimePhrase:
    first, last = interval_of(reading.expression, published, None, None)
    return TimePhrase(reading.start, reading.end, text[reading.start:reading.end], first, last, reading.precision, reading.approximate,
                      reading.kind, reading.direction, head, reading.expression)
