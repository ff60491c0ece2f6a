"""A time phrase of a text, and its resolution against the publication day."""
from datetime import date
from typing import NamedTuple

from demarche.coder.dates.expressions import Expression
from demarche.coder.dates.periods import UNKNOWN, Interval


class TimePhrase(NamedTuple):
    """The words that say when. `start`, `end` and `head` are code points of the text; `first` and `last` are inclusive, None if open.

    The span leaves out prepositions that add nothing ("on Tuesday" is "Tuesday") and keeps those that do ("since Tuesday").
    """
    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    precision: str      # day, week, month, season, year, decade, unknown
    approximate: bool
    kind: str           # point, span, duration, frequency
    direction: str      # past, future, any: what the words alone say
    head: int           # where the word stands that the phrase hangs on: "week" in "last week"
    expression: Expression


def interval_of(expression: Expression, published: date | None, future: bool | None, anchor: date | None) -> Interval:
    """The interval, or (None, None) where it falls outside the calendar."""
    try:
        return expression.interval(published, future, anchor)
    except (OverflowError, ValueError):
        return UNKNOWN


def resolve(phrase: TimePhrase, published: date | None, future: bool | None = None, anchor: date | None = None) -> TimePhrase:
    """The phrase again, read in its context.

    `future=True` takes the next Tuesday or September, `False` the latest one, None the default: weekdays look back, dates without a year
    take the nearest. `anchor` is the day from which "three days later" counts.
    """
    first, last = interval_of(phrase.expression, published, future, anchor)
    return phrase._replace(first=first, last=last)
