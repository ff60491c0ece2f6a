"""How well whole reports are coded, against the coding by hand beside them: python tests/bench/reports.py [--details] > result.json

tests/reports holds reports written for this and coded by hand before any program had read them. A row of the hand coding is found when an
event has one of its types, its trigger stands near the row's words in their sentence, and every actor and recipient of the row is among the
event's; in mutual acts the two sides count together. Rows and events are matched one to one, as many as possible; an event that matches no
row, not even an optional one, is a false one.
"""
from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from demarche.coder.coder import Coder
from demarche.reading import read_path
from demarche.v1.document_pb2 import CodedDocument
from demarche.v1.event_pb2 import Event, Participant, Realis, Standing

REPORTS = Path(__file__).parents[1] / "reports"
REACH = 80              # characters between a trigger and the words of its row
MUTUAL = ("CONSULT", "AGREE", "SUPPORT", "COOPERATE", "ASSAULT")
SENTENCE_END = re.compile(r"\n\s*\n|[.!?][\"”’')\]]*\s+[\"“‘'(\[]?[A-Z0-9]")
ABBREVIATION = re.compile(r"\b(?:U\.S|U\.K|U\.N|[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|St|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.")

Key = dict[str, str]
Row = dict[str, Any]


def is_named(key: Key, person: Participant) -> bool:
    """Whether a participant is the one of a row: by country, or by a fragment of its words, name, entity or role."""
    if key.get("country") and person.country == key["country"]:
        return True
    words = f"{person.text} {person.entity_id} {person.name} {person.role}".lower()
    return any(re.search(rf"(?<!\w){re.escape(fragment)}", words)
               for name in ("text", "entity") if name in key for fragment in {key[name].lower(), key[name].lower().replace(" ", "-")})


def all_named(keys: list[Key], people: list[Participant]) -> bool:
    """Whether every key has a participant of its own."""
    if not keys:
        return True
    return any(is_named(keys[0], person) and all_named(keys[1:], people[:i] + people[i + 1:]) for i, person in enumerate(people))


def is_near(coded: CodedDocument, event: Event, row: Row) -> bool:
    start, end = event.evidence.trigger.start, event.evidence.trigger.end
    for words in row["near"]:
        for match in re.finditer(re.escape(words), coded.text, re.IGNORECASE):
            between = coded.text[min(start, match.start()):max(start, match.start())]
            if max(match.start() - end, start - match.end()) <= REACH and not SENTENCE_END.search(ABBREVIATION.sub(" ", between)):
                return True
    return False


def is_found(coded: CodedDocument, event: Event, row: Row) -> bool:
    """Whether an event tells the act of a row."""
    if event.type not in row["type"] or not is_near(coded, event, row):
        return False
    by, to = row.get("actors") or [], row.get("recipients") or []
    actors, recipients = list(event.actors), list(event.recipients)
    strangers = sum(not any(is_named(key, person) for key in by + to) for person in actors + recipients)
    if strangers > max(2, len(by + to)):
        return False
    if event.type == "CONSULT" or event.type in MUTUAL and len(by) > 1 and not to:
        return all_named(by + to, actors + recipients)
    return all_named(by, actors) and all_named(to, recipients)


def facets(event: Event, row: Row) -> dict[str, bool]:
    """What a row says beyond who did what to whom, and whether the event has it."""
    found = {}
    if row.get("mode"):
        found["mode"] = bool(set(event.modes) & set(row["mode"]))
    if row.get("date"):
        days = [f"{d.year:04}-{d.month:02}-{d.day:02}" for d in (event.when.start, event.when.end) if d.year]
        found["date"] = any(day.startswith(wanted) for day in days for wanted in row["date"])
    if row.get("place"):
        found["place"] = row["place"].lower() in f"{event.place.name} {event.place.text}".lower()
    if row.get("status"):
        found["status"] = bool({Realis.Name(event.realis).removeprefix("REALIS_"), Standing.Name(event.standing).removeprefix("STANDING_")} & set(row["status"]))
    if row.get("said_by"):
        found["said_by"] = any(all_named([key], [a.speaker for a in event.attributions]) for key in row["said_by"])
    for name in ("killed", "injured", "arrested"):
        if row.get(name):
            number = getattr(event.magnitudes, name)
            found[name] = number.HasField("min") and row[name][0] <= number.min and (not number.HasField("max") or number.max <= row[name][1])
    return found


def matching(edges: dict[int, list[int]]) -> dict[int, int]:
    """The largest one-to-one matching of rows and events (Kuhn's algorithm): event -> row."""
    taken: dict[int, int] = {}

    def place(row: int, tried: set[int]) -> bool:
        for event in edges[row]:
            if event not in tried:
                tried.add(event)
                if event not in taken or place(taken[event], tried):
                    taken[event] = row
                    return True
        return False

    for row in edges:
        place(row, set())
    return taken


def matched(coded: CodedDocument, gold: dict[str, Any]) -> dict[int, int]:
    """event -> row; the rows that must be there first."""
    order = sorted(range(len(gold["rows"])), key=lambda r: bool(gold["rows"][r].get("optional")))
    edges = {}
    for r in order:
        row = gold["rows"][r]
        candidates = [i for i, event in enumerate(coded.events) if is_found(coded, event, row)]
        edges[r] = sorted(candidates, key=lambda i: -sum(facets(coded.events[i], row).values()))
    return matching(edges)


def coded_reports(coder: Coder) -> list[tuple[str, CodedDocument, dict[str, Any]]]:
    """Name, coding and hand coding of every report."""
    found = []
    for path in sorted(REPORTS.glob("*.md")):
        (report,) = read_path(path)
        found.append((path.stem, coder.code([report.to_proto()])[0], json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))))
    return found


def score(coder: Coder, details: bool = False) -> dict[str, Any]:
    """Precision, recall and F1 over all reports, and the facets of the rows that were found."""
    rows = found = events = right = 0
    counts: dict[str, list[int]] = {}
    for name, coded, gold in coded_reports(coder):
        match = matched(coded, gold)
        needed = {r for r, row in enumerate(gold["rows"]) if not row.get("optional")}
        rows, found, events, right = rows + len(needed), found + len(needed & set(match.values())), events + len(coded.events), right + len(match)
        for event, r in match.items():
            for facet, holds in facets(coded.events[event], gold["rows"][r]).items() if r in needed else ():
                count = counts.setdefault(facet, [0, 0])
                count[0] += holds
                count[1] += 1
        if details:
            for r in sorted(needed - set(match.values())):
                print(f"{name} missed {gold['rows'][r]['id']} {gold['rows'][r]['says']}")
            for i, event in enumerate(coded.events):
                if i not in match:
                    print(f"{name} false {event.type} {[p.text for p in event.actors]} > {[p.text for p in event.recipients]}")
    precision, recall = right / events, found / rows
    return {"reports": len(list(REPORTS.glob("*.md"))), "rows": rows, "found": found, "events": events, "false": events - right,
            "precision": round(precision, 3), "recall": round(recall, 3), "f1": round(2 * precision * recall / (precision + recall), 3),
            "facets": {name: f"{a}/{b}" for name, (a, b) in sorted(counts.items())}}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--details", action="store_true", help="name every row that was missed and every false event")
    print(json.dumps(score(Coder.load(), options.parse_args().details)))


if __name__ == "__main__":
    main()
