"""Our JSON against protobuf's own."""
from __future__ import annotations

import json

import pytest
from google.protobuf import json_format

from demarche.cli.protojson import to_dict, to_line
from demarche.v1.coding_service_pb2 import CodeDocumentsRequest
from demarche.v1.document_pb2 import CodedDocument


def full() -> CodedDocument:
    """A document with every kind of field, set and unset, zero and not."""
    coded = CodedDocument(document_id="ä\"\\\n", text="Peru\u2028met\x85Chile 🦙")
    coded.sentences.add().span.SetInParent()
    coded.sentences.add(starts_paragraph=True).span.end = 5
    event = coded.events.add(id="e", modes=["visit", "phone"], realis=1, standing=99, goldstein=-0.4, confidence=0.25)
    event.actors.add(text="Peru", count=0).span.end = 4
    event.place.latitude = 0.0
    event.magnitudes.killed.min = 0
    event.when.start.year = 2020
    event.when.SetInParent()
    coded.entities.add(sectors=["GOV"]).mentions.add(start=1, end=2)
    return coded


def test_it_says_the_same_as_protobuf_and_writes_zero_numbers() -> None:
    ours = to_dict(full())
    assert json_format.ParseDict(ours, CodedDocument()) == full()
    theirs = json_format.MessageToDict(full(), preserving_proto_field_name=True)

    def contained(part: object, whole: object) -> bool:
        if isinstance(part, dict):
            return isinstance(whole, dict) and all(contained(value, whole.get(key)) for key, value in part.items())
        if isinstance(part, list):
            return isinstance(whole, list) and len(part) == len(whole) and all(map(contained, part, whole))
        return part == whole
    assert contained(theirs, ours)
    assert ours["sentences"][0]["span"] == {"start": 0, "end": 0}
    assert ours["events"][0]["evidence"] if "evidence" in ours["events"][0] else True


def test_a_line_is_a_line_for_every_reader() -> None:
    text = to_line(full())
    assert len(text.splitlines()) == 1 and "🦙" in text
    assert json.loads(text) == to_dict(full())


def test_fields_it_cannot_write_are_refused() -> None:
    with pytest.raises(TypeError, match="chunk_id"):
        to_dict(CodeDocumentsRequest())
