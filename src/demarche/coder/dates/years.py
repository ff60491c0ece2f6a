"""Years, decades of a century, ISO dates and dates in figures."""
import re
from datetime import date

from demarche.coder.dates.context import Left, left_of_dash
from demarche.coder.dates.expressions import Between, Fixed, decade_expression, year_expression
from demarche.coder.dates.reading import Reading, finished
from demarche.coder.dates.words import APPROXIMATE, BOUNDS, DETERMINERS, NUMBERS, PARTS

_RANGE = re.compile(r"\s?[-–—/]\s?((?:1[5-9]|20)?\d\d)(?![\d\w-])")
_COUNTABLE = re.compile(r"\s(?:[a-z]+ )?(?:people|troops|soldiers|civilians|refugees|homes|houses|members|police|policemen|men|women|"
                        r"children|"
                        r"migrants|fighters|protesters|prisoners|km|kilomet(?:er|re)s|miles|dollars|euros|tonnes|tons|met(?:er|re)s|"
                        r"feet|employees|"
                        r"workers|others|more|families|villages|personnel|jobs|seats|votes|percent|votes|pages|barrels|vehicles|students|"
                        r"delegates|officers|rockets|missiles|and a half|-strong|hectares|acres|m|ft|kg)\b")
_DECIMALS = re.compile(r"[.,]\d")
_BEFORE_YEAR = frozenset(("in", "of", "during", "from", "between", "through", "throughout", "for", "to", "until", "circa", "year", "spring",
                          "summer", "autumn", "fall", "winter", *BOUNDS, *PARTS)) - {"for", "to"}
_MODIFIER_REACH = 3  # words between a determiner and a year that qualifies a noun: "the failed 2016 coup"


def figures(text: str, word: str, start: int, end: int, floor: int, joined: bool) -> Reading | None:
    """A match of the digits of the head expression."""
    if start and (text[start - 1] in ".,$€£/:#°" and (start == 1 or text[start - 2].isdigit() or text[start - 1] in "$€£/:#°")):
        return None
    if len(word) == 10 and word[4] == "-":
        return _day(text, (word[:4], word[5:7], word[8:]), start, end, floor)
    if "/" in word or "." in word:
        return _numeric(text, word, start, end, floor)
    if word.endswith("s"):
        left = Left(text, start, floor)
        return finished(text, left, Reading(start, end, decade_expression(int(word[:4])), "decade"))
    return _year(text, int(word), start, end, floor, joined)


def _day(text: str, parts: tuple[str, str, str], start: int, end: int, floor: int) -> Reading | None:
    try:
        day = date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
    if text[end:end + 1] == "T":  # the time of an ISO timestamp is no part of the phrase
        pass
    elif end < len(text) and (text[end].isalnum() or text[end] == "_"):
        return None
    return finished(text, Left(text, start, floor), Reading(start, end, Fixed(day, day), "day", floats=True))


def _numeric(text: str, word: str, start: int, end: int, floor: int) -> Reading | None:
    """22/08/2018 and 08/22/2018 are clear; where both readings are days of the calendar, no date is better than a wrong one."""
    if "/" in word and "." in word:
        return None
    first, second, year = word.replace(".", "/").split("/")
    if int(first) > 12 or "." in word or first == second:
        return _day(text, (year, second, first), start, end, floor)
    if int(second) > 12:
        return _day(text, (year, first, second), start, end, floor)
    return None


def _dated_noun(left: Left) -> bool:
    """Whether a determiner or a possessor stands within reach, so that the year qualifies a noun: "Russia's 2014 annexation"."""
    for back in range(1, _MODIFIER_REACH + 1):
        word = left.word(back)
        if word in DETERMINERS or word.endswith(("'s", "’s", "s'", "s’")):
            return True
        if not word.isalpha() or word in APPROXIMATE or word in NUMBERS or word in ("than", "least", "of") or left.raw(back)[0].isupper():
            return False
    return False


def _year(text: str, year: int, start: int, end: int, floor: int, joined: bool) -> Reading | None:
    if _COUNTABLE.match(text, end) or text[end:end + 1] in "%°" and end < len(text) or _DECIMALS.match(text, end):
        return None
    left = Left(text, start, floor)
    word = left.word()
    if left_of_dash(text, start) and word not in PARTS and word not in ("pre", "post"):
        return None
    span = _RANGE.match(text, end)
    if span is not None:
        last = int(span[1]) if len(span[1]) == 4 else year - year % 100 + int(span[1])
        if last > year:
            reading = Reading(start, span.end(), Between(year_expression(year), year_expression(last)), "year", kind="span")
            return reading if word not in BOUNDS else finished(text, left, reading._replace(kind="span"))
    if not joined and word not in _BEFORE_YEAR and not _dated_noun(left):
        if not (start and text[start - 1] == "(" and text[end:end + 1] in tuple("),;–-")):
            return None
    return finished(text, left, Reading(start, end, year_expression(year), "year", floats=True))
