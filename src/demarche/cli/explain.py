"""`demarche explain`: why each event was coded, sentence by sentence."""
from __future__ import annotations

import bisect
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from demarche.coder.coder import Coder
    from demarche.v1.document_pb2 import CodedDocument, Document
    from demarche.v1.event_pb2 import Event, Participant

    Dropped = dict[int, list[str]]  # by sentence, a line each


@click.command("explain")
@click.argument("file", metavar="FILE|-")
def command(file: str) -> int:
    """Show why each event of a report was coded, and what was seen and not coded.

    Every sentence is printed with its events: the words that told them, the pattern that fired, and how each party, time and place was
    resolved; and with the acts that were seen and not coded, and why. Sentences without an event show the actors that were seen in them.
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
        for line in explanation(coded, dropped_acts(coder, report.document), width):
            print(line)
    return complaints.status


def dropped_acts(coder: Coder, document: Document) -> Dropped:
    """The acts that were seen and not coded, with the reason, by sentence."""
    reading, drafts = coder.decisions(document)
    firsts = [sentence[0] for sentence in reading.sentences]
    found: Dropped = {}
    for draft in drafts:
        if draft.dropped:
            start, end = reading.span(draft.trigger)
            word = reading.text[start:end].decode()
            line = f'not coded: {draft.type} "{word}", pattern {draft.pattern_id}: {draft.dropped}'
            found.setdefault(bisect.bisect_right(firsts, draft.trigger) - 1, []).append(line)
    return found


def explanation(coded: CodedDocument, dropped: Dropped, width: int) -> Iterator[str]:
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
        for line in dropped.get(index, ()):
            yield f"    {line}"
        if index not in by_sentence:
            seen = _actors_in(coded, sentence.span.start, sentence.span.end)
            yield f"    no event{'; actors seen: ' + rows.listed(seen) if seen else ''}"
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
