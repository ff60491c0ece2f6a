"""Where an act happened: the place of its own clause, not any place of the sentence."""
from __future__ import annotations

from typing import NamedTuple

from demarche._native.read import Reading
from demarche.coder.governors import nearest
from demarche.coder.parties import CAPITAL, ENTITY, SEAT, STATE, WHO_PLACE, Parties
from demarche.knowledge.model import Knowledge


class PlacedPlace(NamedTuple):
    name: str
    country: str
    token: int
    first: int
    last: int


class Places:
    """The places of one reading: states, capitals and seats where they stand for places."""

    def __init__(self, reading: Reading, parties: Parties, knowledge: Knowledge) -> None:
        self.reading = reading
        self.placed: list[PlacedPlace] = []
        self._by_sentence: dict[int, list[PlacedPlace]] = {}
        for head, first, last, entity, _, kind, _ in parties.mentions():
            if kind in (STATE, CAPITAL, SEAT, ENTITY) and reading.who(head) == WHO_PLACE:
                known = knowledge.entity(entity)
                name = parties.words(first, last) if kind in (CAPITAL, SEAT) else known.name
                placed = PlacedPlace(name, known.country, head, first, last)
                self.placed.append(placed)
                self._by_sentence.setdefault(reading.sentence_of(head), []).append(placed)

    def of(self, trigger: int, clause: int) -> PlacedPlace | None:
        """The place nearest below the act's trigger or clause."""
        return nearest(self.reading, self._by_sentence.get(self.reading.sentence_of(trigger), ()), trigger, clause)
