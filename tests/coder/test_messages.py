"""The native writer of messages gives protobuf's own bytes."""
from google.type.date_pb2 import Date
import pytest

from demarche.coder.coder import Coder
from demarche.v1 import document_pb2

TEXT = ("Perú’s foreign minister, Ana Ortiz, said on Tuesday that Chile had rejected the offer of 40 states, Reuters reported.\n\n"
        "“Bolivia” expelled two Chilean diplomats in La Paz on May 3, 2012. " + "Zambia condemned the raid, and Kenya thanked it for that. " * 40)


@pytest.fixture(scope="module")
def coder():
    return Coder.load()


@pytest.mark.parametrize("encoding_type", document_pb2.EncodingType.values())
def test_bytes_are_protobufs_own(coder, encoding_type):
    """Numbers of fields, their order, lengths of one and more bytes, and defaults left out: parsed and written again, nothing changes."""
    captured = []

    class Recorder:
        def coded_document(self, *arguments):
            captured.append(writer.coded_document(*arguments))
            return captured[-1]

    writer, coder._writer = coder._writer, Recorder()
    try:
        coded = coder.code([document_pb2.Document(id="é1", title="Talks", text=TEXT, published=Date(year=2018, month=8, day=22))], encoding_type)[0]
    finally:
        coder._writer = writer
    assert captured[0] == coded.SerializeToString(deterministic=True)
    assert len(captured[0]) > 1 << 14 and coded.text == "Talks\n\n" + TEXT
    assert len(coded.events) > 40 and coded.entities and coded.times and coded.places and coded.sentences


def test_spans_slice_back(coder):
    """A participant's, time's and place's span is its text, white space folded."""
    coded = coder.code([document_pb2.Document(text=TEXT, published=Date(year=2018, month=8, day=22))])[0]
    people = [p for e in coded.events for p in (*e.actors, *e.recipients, *(a.speaker for a in e.attributions))]
    for part in [*people, *coded.times, *coded.places]:
        assert " ".join(coded.text[part.span.start:part.span.end].split()) == part.text
