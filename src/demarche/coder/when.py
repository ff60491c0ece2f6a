"""When an act happened: the time phrase of its own clause, else the day of the report."""
from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from demarche._native.read import Reading
from demarche.coder.dates import TimePhrase, find_times, resolve
from demarche.coder.governors import nearest, path_up
from demarche.coder.offsets import Offsets


class PlacedTime(NamedTuple):
    """A time phrase and where it hangs: its head token, its tokens, the words above it."""
    phrase: TimePhrase
    token: int
    start: int     # bytes
    end: int


class Times:
    """The time phrases of one reading."""

    def __init__(self, reading: Reading, text: str, published: date | None, code_points: Offsets) -> None:
        self.reading, self.published = reading, published
        self.placed: list[PlacedTime] = []
        self._by_sentence: dict[int, list[PlacedTime]] = {}
        for phrase in find_times(text, published):
            if phrase.kind in ("frequency", "duration"):
                continue
            token = reading.token_at(code_points.byte(phrase.head))
            if token >= 0:
                placed = PlacedTime(phrase, token, code_points.byte(phrase.start), code_points.byte(phrase.end))
                self.placed.append(placed)
                self._by_sentence.setdefault(reading.sentence_of(token), []).append(placed)

    def of(self, trigger: int, clause: int, future: bool) -> PlacedTime | None:
        """The phrase that dates an act: the one nearest below its trigger or its clause."""
        sentence = self.reading.sentence_of(trigger)
        placed = nearest(self.reading, self._by_sentence.get(sentence, ()), trigger, clause)
        if placed is None:
            return self._matrix_clause(clause, sentence)
        return placed._replace(phrase=resolve(placed.phrase, self.published, future or None))

    def _matrix_clause(self, clause: int, sentence: int) -> PlacedTime | None:
        """ "40 years have passed since X did": the time of the clause that the act's clause only completes."""
        reading = self.reading
        head = reading.head(clause)
        if head < 0 or reading.relation(clause) != "advcl" or not any(reading.norm(c) == "since" for c in reading.children(clause)):
            return None
        return next((placed for placed in self._by_sentence.get(sentence, ()) if head in (placed.token, *path_up(reading, placed.token))), None)


def is_history(phrase: TimePhrase | None, published: date | None) -> bool:
    """Whether the time lies so far back that the act is background: more than a year before the report."""
    return phrase is not None and phrase.last is not None and published is not None and phrase.last < published - timedelta(days=365)
