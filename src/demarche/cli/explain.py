"""`demarche explain`: why each event was coded, sentence by sentence."""
from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from demarche.coder.coder import Coder
    from demarche.coder.drafts import Draft
    from demarche.v1.document_pb2 import CodedDocument, Document
    from demarche.v1.event_pb2 import Event, Participant

# slots and marks of the core (patterns.pxd, arguments.pxd)
ACTOR, RECIPIENT, PARTNER = 1, 2, 3
UNKNOWN_NAME = 4
LONGEST_WAY = 12
MOST_OTHERS = 4
MOST_EVIDENCE = 5


@click.command("explain")
@click.argument("file", metavar="FILE|-")
def command(file: str) -> int:
    """Show why each event of a report was coded, and what was seen and not coded.

    Every sentence is printed with its events: the words that told them, the pattern that fired, and how each party, time and place was
    resolved, the way through the tree to each party, and the patterns that lost; and with the acts that were seen and not coded, and why.
    Sentences without an event show the actors seen in them, the names that nobody knows and the verbs that no pattern begins with: the list
    from which knowledge grows.
    """
    from demarche.cli.code import heading
    from demarche.cli.coding import code_reports, load_coder
    from demarche.cli.inputs import Complaints, reports
    from demarche.cli.table import screen_width
    complaints = Complaints()
    width = screen_width()
    coder = load_coder()
    for report, coded in code_reports(coder, reports((file,), complaints), complaints):
        print(heading(report), end="\n\n")
        for line in explanation(coded, Reasons(coder, report.document), width):
            print(line)
    return complaints.status


class Reasons:
    """Why the acts of one document were told, and why others were not: what a CodedDocument does not carry."""

    def __init__(self, coder: Coder, document: Document) -> None:
        self.coder = coder
        self.reading, self.drafts = coder.decisions(document)
        self._firsts = [sentence[0] for sentence in self.reading.sentences]

    def dropped(self, sentence: int) -> Iterator[str]:
        """The acts of a sentence that were seen and not coded, with the reason."""
        for draft in self.drafts:
            if draft.dropped and draft.sentence == sentence:
                yield f'not coded: {draft.type} "{self.word(draft.trigger)}", pattern {draft.pattern_id}: {draft.dropped}'

    def of(self, event: Event) -> Iterator[str]:
        """The way through the tree to the parties, the readings of the word that lost, and what the learned judge went by."""
        number = self._number(event)
        if number is None:
            return
        draft, act = self.drafts[number], self.reading.acts[number]
        parties = [(token, slot) for token, slot, _ in act[8] if slot in (ACTOR, RECIPIENT, PARTNER)]
        for token, _ in parties:
            if way := self._way(draft.trigger, token):
                yield f"way: {way}"
        if draft.learned:
            yield from self._evidence(draft, parties)
        elif others := self._others(draft):
            yield f"other readings of the word: {'; '.join(others)}"

    def unknown(self, sentence: int) -> Iterator[str]:
        """What a sentence without events has that the knowledge might learn: names that it does not have, and verbs that begin no pattern."""
        first, last = self.reading.sentences[sentence][:2]
        names = [self.word(token) for token in range(first, last) if self.reading.who(token) == UNKNOWN_NAME]
        verbs = [self.reading.lemma(token) for token in range(first, last)
                 if self.reading.upos(token) == "VERB" and self.coder.reader.readings_of(self.reading, token) is None]
        if names:
            yield f"names nobody knows: {', '.join(dict.fromkeys(names))}"
        if verbs:
            yield f"verbs of no pattern: {', '.join(dict.fromkeys(verbs))}"

    def word(self, token: int) -> str:
        start, end = self.reading.span(token)
        return self.reading.text[start:end].decode()

    def _number(self, event: Event) -> int | None:
        """Which draft became the event: the one of its sentence, type and pattern; the first of several."""
        for number, draft in enumerate(self.drafts):
            if not draft.dropped and (draft.sentence, draft.type, draft.pattern_id) == (
                    event.evidence.sentence_index, event.type, event.evidence.pattern_id):
                return number
        return None

    def _way(self, trigger: int, party: int) -> str:
        """From the trigger to a party, each step with its relation; empty where they are one or far apart."""
        up, down = [trigger], [party]
        while self.reading.head(up[-1]) >= 0 and len(up) < LONGEST_WAY:
            up.append(self.reading.head(up[-1]))
        while down[-1] not in up and self.reading.head(down[-1]) >= 0 and len(down) < LONGEST_WAY:
            down.append(self.reading.head(down[-1]))
        if down[-1] not in up or party == trigger:
            return ""
        steps = [self.word(trigger)]
        for token in up[:up.index(down[-1])]:
            steps.append(f"< {self.reading.relation(token)} < {self.word(self.reading.head(token))}")
        for token in reversed(down[:-1]):
            steps.append(f"> {self.reading.relation(token)} > {self.word(token)}")
        return " ".join(steps)

    def _others(self, draft: Draft) -> list[str]:
        """The patterns that the word might have told as well, and those that would have held."""
        found: dict[str, str] = {}
        for pattern, holds in self.coder.reader.readings_of(self.reading, draft.trigger) or ():
            id_, type_ = self.coder.patterns[pattern][:2]
            if id_ != draft.pattern_id and (holds or id_ not in found):
                found[id_] = f"{id_} ({type_}{', holds too, less specific' if holds else ''})"
        return sorted(found.values(), key=lambda text: "holds" not in text)[:MOST_OTHERS]

    def _evidence(self, draft: Draft, parties: list[tuple[int, int]]) -> Iterator[str]:
        from demarche.knowledge.patterns import TYPES
        actor = next((token for token, slot in parties if slot != RECIPIENT), None)
        recipient = next((token for token, slot in parties if slot == RECIPIENT), None)
        if actor is None or recipient is None:
            return
        type_ = draft.pattern_id.removeprefix("learned-").upper()
        for weight, what, first, second in self.coder.reader.evidence(self.reading, actor, recipient, TYPES.index(type_))[:MOST_EVIDENCE]:
            words = " and ".join(f'"{self.word(token)}"' for token in (first, second) if token >= 0)
            yield f"the judge goes by: {what}{': ' + words if words else ''} ({weight:+.2f})"


def explanation(coded: CodedDocument, reasons: Reasons, width: int) -> Iterator[str]:
    """Lines about every sentence, then the diagnostics and versions."""
    from demarche.cli import rows
    by_sentence: dict[int, list[Event]] = {}
    for event in coded.events:
        by_sentence.setdefault(event.evidence.sentence_index, []).append(event)
    for index, sentence in enumerate(coded.sentences):
        text = " ".join(rows.words(coded, sentence.span).split())
        yield from textwrap.wrap(f"[{index}] {text}", width, subsequent_indent="    ")
        for event in by_sentence.get(index, ()):
            yield from _event(coded, event)
            for line in reasons.of(event):
                yield from textwrap.wrap(f"      {line}", width, subsequent_indent="        ")
        for line in reasons.dropped(index):
            yield f"    {line}"
        if index not in by_sentence:
            seen = _actors_in(coded, sentence.span.start, sentence.span.end)
            yield f"    no event{'; actors seen: ' + rows.listed(seen) if seen else ''}"
            for line in reasons.unknown(index):
                yield from textwrap.wrap(f"    {line}", width, subsequent_indent="      ")
        yield ""
    for diagnostic in coded.diagnostics:
        about = f' at "{rows.words(coded, diagnostic.span)}"' if diagnostic.HasField("span") else ""
        yield f"note: {diagnostic.code}{about}: {diagnostic.message}"
    versions = coded.versions
    yield f"coded with demarche {versions.program}, model {versions.model}, knowledge {versions.knowledge}, ontology {versions.ontology}"


def _event(coded: CodedDocument, event: Event) -> Iterator[str]:
    from demarche.cli import rows
    modes = f" ({rows.listed(event.modes)})" if event.modes else ""
    yield (f"    {event.type}{modes}, CAMEO {event.cameo_code or '-'}: {rows.realis(event).lower()}, {rows.standing(event).lower()}, "
           f"confidence {event.confidence:.2f}")
    yield f'      because of "{rows.words(coded, event.evidence.trigger)}", pattern {event.evidence.pattern_id or "-"}'
    for label, people in (("actor", event.actors), ("recipient", event.recipients), ("third party", event.third_parties)):
        for person in people:
            yield f"      {label}: {_person(person)}"
    for attribution in event.attributions:
        told = f" told {_person(attribution.told_to)}" if attribution.HasField("told_to") else " says so"
        yield f"      {_person(attribution.speaker)}{told}"
    if event.HasField("when"):
        start, end = rows.dates(event.when)
        days = (start or "not resolved") if start == end else f"{start or '?'} to {end or '?'}"
        source = f'"{event.when.text}"' if event.when.text else "from the sentences around or the date of publication"
        yield f"      when: {days}{', about' if event.when.approximate else ''} ({source})"
    if event.HasField("place"):
        parts = rows.listed([event.place.name, event.place.admin1, event.place.country])
        yield f"      where: {parts} ({_quoted(event.place.text) or 'from the dateline or the sentences around'})"
    for amount in rows.amounts(event):
        yield f"      {amount}"
    if event.parent_event_id:
        yield f"      content of event {event.parent_event_id}"


def _person(person: Participant) -> str:
    from demarche.cli import rows
    known = rows.listed([person.entity_id, person.country if person.country != person.entity_id else "", " ".join(person.sectors), person.role])
    name = f" = {person.name}" if person.name and person.name != person.text else ""
    return f"{_quoted(person.text)}{name}{f' ({known})' if known else ' (nobody known)'}"


def _actors_in(coded: CodedDocument, start: int, end: int) -> list[str]:
    return [entity.name for entity in coded.entities if any(start <= mention.start < end for mention in entity.mentions)]


def _quoted(text: str) -> str:
    return f'"{" ".join(text.split())}"' if text else ""
