"""From drafts and resolved words to the messages of the contract."""
from __future__ import annotations

import hashlib
from datetime import date

from google.type import date_pb2

from demarche._native.read import Reading
from demarche.coder.drafts import Draft
from demarche.coder.offsets import Offsets
from demarche.coder.parties import Parties, Party
from demarche.coder.when import PlacedTime
from demarche.coder.where import PlacedPlace
from demarche.knowledge.ontology import Ontology
from demarche.v1 import document_pb2, event_pb2

_PRECISION = {"day": event_pb2.PRECISION_DAY, "week": event_pb2.PRECISION_WEEK, "month": event_pb2.PRECISION_MONTH, "year": event_pb2.PRECISION_YEAR,
              "decade": event_pb2.PRECISION_DECADE, "season": event_pb2.PRECISION_QUARTER}


class MessageMaker:
    """Writes the messages of one document; offsets in the caller's unit."""

    def __init__(self, reading: Reading, parties: Parties, offsets: Offsets, ontology: Ontology, published: date | None) -> None:
        self.reading, self.parties, self.offsets, self.ontology, self.published = reading, parties, offsets, ontology, published
        self._participants: dict[int, event_pb2.Participant] = {}     # by identity: the parties live as long as this

    def span(self, start: int, end: int) -> event_pb2.Span:
        """A Span from bytes."""
        return event_pb2.Span(start=self.offsets.unit(start), end=self.offsets.unit(end))

    def token_span(self, first: int, last: int) -> event_pb2.Span:
        return self.span(self.reading.span(first)[0], self.reading.span(last - 1)[1])

    def participant(self, party: Party) -> event_pb2.Participant:
        message = self._participants.get(id(party))
        if message is not None:
            return message
        message = event_pb2.Participant(span=self.token_span(party.first, party.last), text=self.parties.words(party.first, party.last),
                                        entity_id=party.entity_id, name=party.name, country=party.country, sectors=party.sectors,
                                        role=party.role, cameo=party.cameo)
        if party.count:
            message.count = party.count
        self._participants[id(party)] = message
        return message

    def when(self, placed: PlacedTime | None, draft_realis_past: bool) -> event_pb2.When | None:
        """The act's time; without a phrase a past act is dated by the report."""
        if placed is None:
            if self.published is None or not draft_realis_past:
                return None
            day = _day(self.published)
            return event_pb2.When(start=day, end=day, precision=event_pb2.PRECISION_DAY, approximate=True)
        phrase = placed.phrase
        return event_pb2.When(start=_day(phrase.first), end=_day(phrase.last), precision=_PRECISION.get(phrase.precision, event_pb2.PRECISION_PERIOD),
                              approximate=phrase.approximate, span=self.span(placed.start, placed.end), text=phrase.text)

    def place(self, placed: PlacedPlace) -> event_pb2.Place:
        return event_pb2.Place(name=placed.name, country=placed.country, span=self.token_span(placed.first, placed.last),
                               text=self.parties.words(placed.first, placed.last))

    def event(self, draft: Draft, placed_time: PlacedTime | None, placed_place: PlacedPlace | None, document_id: str, versions: str,
              said: dict[int, PlacedTime | None]) -> event_pb2.Event:
        """The event of a draft. `said`: the time of each word of saying."""
        trigger = self.reading.span(draft.trigger)
        event = event_pb2.Event(
            id=hashlib.sha256(f"{document_id}\0{versions}\0{draft.type}\0{trigger[0]}".encode()).hexdigest()[:20], type=draft.type, modes=draft.modes,
            cameo_code=draft.cameo, quad_class=self.ontology.quad_class(draft.type), goldstein=self.ontology.goldstein(draft.cameo) if draft.cameo else 0.0,
            plover_score=self.ontology.plover_score(draft.type, draft.modes), actors=[self.participant(p) for p in draft.actors],
            recipients=[self.participant(p) for p in draft.recipients], third_parties=[self.participant(p) for p in draft.third],
            realis=draft.realis, standing=draft.standing,
            evidence=event_pb2.Evidence(sentence_index=self.reading.sentence_of(draft.trigger), trigger=self.span(*trigger), pattern_id=draft.pattern_id),
            confidence=_confidence(draft))
        for says, speaker in draft.speakers:
            attribution = event.attributions.add(speaker=self.participant(speaker), span=self.token_span(says, says + 1))
            when = said.get(says)
            if when is not None:
                attribution.when.CopyFrom(self.when(when, True))
        when = self.when(placed_time, draft.realis <= 2)
        if when is not None:
            event.when.CopyFrom(when)
        if placed_place is not None:
            event.place.CopyFrom(self.place(placed_place))
        return event

    def entities(self) -> list[document_pb2.Entity]:
        """Every political actor of the report with its mentions, in order of first mention."""
        found: dict[tuple, tuple[Party, list[Party]]] = {}
        for head in self.parties.mention_heads():
            party = self.parties.at(head)
            if party is not None and (party.entity_id or party.country):
                found.setdefault(party.key, (party, []))[1].append(party)
        return [document_pb2.Entity(entity_id=party.entity_id, name=party.name, country=party.country, sectors=party.sectors, role=party.role,
                                    mentions=[self.token_span(p.first, p.last) for p in mentions]) for party, mentions in found.values()]


def _day(day: date | None) -> date_pb2.Date | None:
    return date_pb2.Date(year=day.year, month=day.month, day=day.day) if day is not None else None


def _confidence(draft: Draft) -> float:
    """A first estimate from how complete and how certain the act is; not yet calibrated."""
    value = 0.75 + 0.1 * bool(draft.actors and draft.recipients) - 0.15 * (draft.realis > 3) - 0.1 * (draft.standing > 1)
    return round(value - 0.15 * any(not p.known for p in draft.actors + draft.recipients), 2)
