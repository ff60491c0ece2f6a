"""Events as rows of plain cells, for spreadsheets and for the table on the screen."""
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from google.type.date_pb2 import Date

    from demarche.v1.document_pb2 import CodedDocument
    from demarche.v1.event_pb2 import Event, Magnitude, Participant, Span, When

PARTIES = ("actors", "recipients", "third_parties")
COUNTS = ("killed", "injured", "arrested", "displaced", "crowd")
COLUMNS = ("document_id", "event_id", "type", "modes", "contexts", "cameo_code", "quad_class", "goldstein", "plover_score",
           *(f"{party}{suffix}" for party in PARTIES for suffix in ("", "_ids", "_countries", "_sectors")),
           "realis", "standing", "said_by", "start_date", "end_date", "date_text", "place", "place_country", "latitude", "longitude",
           "geonames_id", *(f"{count}_{end}" for count in COUNTS for end in ("min", "max")), "parent_event_id", "trigger", "pattern_id",
           "sentence", "confidence")


def row(coded: CodedDocument, event: Event) -> dict[str, Any]:
    """The event under COLUMNS; several values of a cell are apart by `; `, and parties keep their place in each of their columns."""
    start, end = dates(event.when)
    cells: dict[str, Any] = {
        "document_id": coded.document_id, "event_id": event.id, "type": event.type, "modes": "; ".join(event.modes),
        "contexts": "; ".join(event.contexts), "cameo_code": event.cameo_code, "quad_class": event.quad_class, "goldstein": event.goldstein,
        "plover_score": event.plover_score, "realis": realis(event), "standing": standing(event), "said_by": "; ".join(speakers(event)),
        "start_date": start, "end_date": end, "date_text": event.when.text, "place": event.place.name, "place_country": event.place.country,
        "parent_event_id": event.parent_event_id, "trigger": words(coded, event.evidence.trigger), "pattern_id": event.evidence.pattern_id,
        "sentence": sentence(coded, event), "confidence": event.confidence}
    for party in PARTIES:
        people = getattr(event, party)
        cells[party] = "; ".join(who(person) for person in people)
        cells[f"{party}_ids"] = "; ".join(person.entity_id for person in people)
        cells[f"{party}_countries"] = "; ".join(person.country for person in people)
        cells[f"{party}_sectors"] = "; ".join(" ".join(person.sectors) for person in people)
    for name in ("latitude", "longitude", "geonames_id"):
        cells[name] = getattr(event.place, name) if event.place.HasField(name) else ""
    for count in COUNTS:
        magnitude = getattr(event.magnitudes, count)
        for name in ("min", "max"):
            cells[f"{count}_{name}"] = getattr(magnitude, name) if magnitude.HasField(name) else ""
    return cells


def realis(event: Event) -> str:
    """`ACTUAL` and so on, without the enumeration's prefix."""
    return _short(event, "realis")


def standing(event: Event) -> str:
    """`REPORTED` and so on, without the enumeration's prefix."""
    return _short(event, "standing")


def _short(event: Event, field: str) -> str:
    values = event.DESCRIPTOR.fields_by_name[field].enum_type.values_by_number
    value = values.get(getattr(event, field))
    return value.name.removeprefix(f"{field.upper()}_") if value else str(getattr(event, field))


def who(person: Participant) -> str:
    """The usual name, or the words of the report if they name nobody known."""
    return person.name or person.text


def speakers(event: Event) -> list[str]:
    """Who says so, outermost first."""
    return [who(attribution.speaker) for attribution in event.attributions if attribution.HasField("speaker")]


def dates(when: When) -> tuple[str, str]:
    """First and last day in ISO form, as far as they are known; empty where they are not."""
    return tuple(_iso(getattr(when, name)) if when.HasField(name) else "" for name in ("start", "end"))  # type: ignore[return-value]


def _iso(day: Date) -> str:
    parts = [f"{day.year:04d}"]
    if day.month:
        parts.append(f"{day.month:02d}")
        if day.day:
            parts.append(f"{day.day:02d}")
    return "-".join(parts)


def words(coded: CodedDocument, span: Span) -> str:
    """The text of a span in code points."""
    return coded.text[span.start:span.end]


def sentence(coded: CodedDocument, event: Event) -> str:
    """The text of the event's sentence, on one line."""
    index = event.evidence.sentence_index
    return " ".join(words(coded, coded.sentences[index].span).split()) if index < len(coded.sentences) else ""


def amounts(event: Event) -> list[str]:
    """`killed 12`, `injured 100-999`, `arrested 20+` and so on."""
    found = []
    for name in COUNTS:
        if event.magnitudes.HasField(name):
            found.append(f"{name} {_interval(getattr(event.magnitudes, name))}")
    return found


def _interval(magnitude: Magnitude) -> str:
    least = f"{magnitude.min:,}" if magnitude.HasField("min") else ""
    most = f"{magnitude.max:,}" if magnitude.HasField("max") else ""
    if least == most:
        return least
    return f"{least}-{most}" if least and most else f"{least}+" if least else f"up to {most}"


def listed(names: Iterable[str]) -> str:
    """Names as people list them."""
    return ", ".join(name for name in names if name)
