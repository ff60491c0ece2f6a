"""What one head and its surroundings were read as, and the words around any phrase that cut or bound it."""
import re
from typing import NamedTuple

from demarche.coder.dates.context import Left
from demarche.coder.dates.expressions import Bound, Expression, Part
from demarche.coder.dates.words import BOUNDS, PARTS, PARTS_OF


class Reading(NamedTuple):
    """A phrase before its interval is known. `start` and `end` are code points."""
    start: int
    end: int
    expression: Expression
    precision: str
    approximate: bool = False
    kind: str = "point"
    direction: str = "any"
    floats: bool = False  # may begin a range: "from May to July"


_POSSESSIVE = re.compile(r"['’`]s?(?!\w)")


def possessive(text: str, end: int) -> bool:
    """Whether "'s" follows: then a preposition before the phrase belongs to another noun ("after Monday's raid")."""
    return end < len(text) and text[end] in "'’`" and _POSSESSIVE.match(text, end) is not None


def _with_part(left: Left, reading: Reading) -> Reading:
    word = left.word()
    if word in ("in", "on", "of"):
        back, word = 2, left.word(2)
    elif word == "the" and left.word(2) in ("of", "in"):
        back, word = 3, left.word(3)
    else:
        back = 1
    part = PARTS.get(word) if back == 1 or left.word(back - 1) in ("in", "on") else PARTS_OF.get(word)
    if part is None:
        return reading
    left.take(back)
    if back > 1 and left.word() in ("the", "very"):
        left.take()
    exact = part in ("earlier", "later") or reading.precision == "day"
    direction = {"earlier": "past", "later": "future"}.get(part, reading.direction)
    if reading.direction == "past":
        direction = "past"
    return reading._replace(start=left.at, expression=Part(reading.expression, reading.precision, part), direction=direction,
                            approximate=reading.approximate or not exact)


def finished(text: str, left: Left, reading: Reading) -> Reading:
    """The reading with the words before it: "early", "the end of", and the bounds "since", "until", "by", "before", "after"."""
    reading = _with_part(left, reading)
    if reading.precision == "decade" and left.word() == "the" and reading.kind == "point":
        left.take()
        reading = reading._replace(start=left.at)
    word = left.word()
    steps = 1
    if word == "the" and left.word(2) in BOUNDS and isinstance(reading.expression, Part):
        word, steps = left.word(2), 2
    bound = BOUNDS.get(word)
    if bound is None or possessive(text, reading.end):
        return reading
    left.take(steps)
    direction = {"since": "past", "until": "future"}.get(bound, reading.direction)
    return reading._replace(start=left.at, expression=Bound(reading.expression, bound), kind="span", direction=direction, floats=False,
                            approximate=False if isinstance(reading.expression, Part) else reading.approximate)
