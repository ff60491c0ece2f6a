"""The words of the date grammar, and the one expression that finds the heads of time phrases in a text."""
import re
from collections.abc import Iterable
from typing import NamedTuple

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT_WEEKDAYS = {"Mon": 0, "Tue": 1, "Tues": 1, "Wed": 2, "Thu": 3, "Thur": 3, "Thurs": 3, "Fri": 4, "Sat": 5, "Sun": 6}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_SHORT_MONTHS = {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Sept": 9, "Oct": 10, "Nov": 11, "Dec": 12}
_UNITS = {"hour": "hours", "day": "days", "week": "weeks", "fortnight": "fortnights", "month": "months", "year": "years",
          "decade": "decades", "century": "centuries"}
_SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
_DEICTIC = ("today", "yesterday", "tomorrow", "tonight", "overnight")
_DAY_PARTS = ("morning", "afternoon", "evening", "night")


class Head(NamedTuple):
    """A word that a time phrase can hang on: what it is, its number or unit, and whether it is a plural or an abbreviation."""
    kind: str
    value: int
    unit: str = ""
    marked: bool = False


def _heads() -> dict[str, Head]:
    heads: dict[str, Head] = {}
    for index, name in enumerate(_WEEKDAYS):
        heads[name] = Head("weekday", index)
        heads[name + "s"] = Head("weekday", index, marked=True)
    heads.update({name: Head("short weekday", index) for name, index in _SHORT_WEEKDAYS.items()})
    heads.update({name: Head("month", index + 1) for index, name in enumerate(_MONTHS)})
    heads.update({name: Head("month", index, marked=True) for name, index in _SHORT_MONTHS.items()})
    for unit, plural in _UNITS.items():
        heads[unit] = Head("unit", 0, unit)
        heads[plural] = Head("unit", 0, unit, True)
    for name in ("weekend", "weekends"):
        heads[name] = Head("weekend", 0, marked=name.endswith("s"))
    heads.update({name: Head("season", index) for name, index in _SEASONS.items()})
    heads.update({name: Head("deictic", index) for index, name in enumerate(_DEICTIC)})
    heads.update({name: Head("day part", index) for index, name in enumerate(_DAY_PARTS)})
    for name in (*_UNITS, *_UNITS.values(), *_DEICTIC):  # the first word of a sentence
        heads[name.capitalize()] = heads[name]
    return heads


HEADS = _heads()


def _trie(words: Iterable[str]) -> str:
    """An alternation that shares prefixes, so that a failing position costs one or two comparisons."""
    branches: dict[str, list[str]] = {}
    ends = False
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    if not branches:
        return ""
    body = "|".join(re.escape(letter) + _trie(rest) for letter, rest in sorted(branches.items()))
    return f"(?:{body})?" if ends else body if len(branches) == 1 else f"(?:{body})"


# Digits are spelled out one by one: alternatives that start with a character of their own are skipped by one comparison.
_NUMBERS = "|".join([
    "1(?:[5-9][0-9][0-9](?:-[0-9][0-9]-[0-9][0-9]|s)?|[0-9]?[/.][0-9]{1,2}[/.][0-9]{4})",
    "2(?:0[0-9][0-9](?:-[0-9][0-9]-[0-9][0-9]|s)?|[0-9]?[/.][0-9]{1,2}[/.][0-9]{4})",
    *(rf"{digit}[0-9]?[/.][0-9]{{1,2}}[/.][0-9]{{4}}" for digit in "03456789"),
])
_WORD = _trie(HEADS)[3:-1] + "|" + _NUMBERS
# The character before is part of the match, for the search then stops only where a word begins; FIRST_HEAD serves the text's first word.
HEAD = re.compile(rf"[^A-Za-z0-9_](?=[{''.join(sorted({word[0] for word in HEADS}))}0-9])(?:{_WORD})")
FIRST_HEAD = re.compile(_WORD)

NUMBERS = {name: value for value, name in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty".split()) if value} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
                                   "hundred": 100}
VAGUE_NUMBERS = {"few": (2, 5), "several": (3, 7), "many": (5, 20), "couple": (2, 2), "dozen": (12, 12)}
TENS = frozenset(name for name, value in NUMBERS.items() if 20 <= value < 100)

# How an approximation widens a number: below, above, or both.
APPROXIMATE = {"nearly": "below", "almost": "below", "under": "below", "about": "both", "around": "both", "roughly": "both",
               "approximately": "both", "some": "both", "over": "above"}
APPROXIMATE_PAIRS = {("more", "than"): "above", ("at", "least"): "above", ("less", "than"): "below", ("fewer", "than"): "below",
                     ("up", "to"): "below", ("at", "most"): "below", ("well", "over"): "above", ("close", "to"): "both"}

PARTS = {"early": "early", "late": "late", "mid": "mid", "earlier": "earlier", "later": "later"}
PARTS_OF = {"end": "end", "start": "start", "beginning": "start", "middle": "mid"}
WHICH = {"last": "last", "next": "next", "this": "this", "coming": "coming", "past": "last"}
BOUNDS = {"since": "since", "until": "until", "till": "until", "by": "until", "before": "before", "after": "after"}
DETERMINERS = frozenset(("the", "a", "an", "its", "his", "her", "their", "our", "this", "that", "whose"))

MONTH_NAMES = "|".join([*_MONTHS, *(rf"{name}\.?" for name in sorted(_SHORT_MONTHS, key=len, reverse=True))])


def month_number(name: str) -> int:
    """1 to 12, for a month's name or abbreviation with or without its full stop."""
    return HEADS[name.rstrip(".")].value
