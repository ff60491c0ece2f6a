"""The service with the coder as it ships: real channel, real client, real reading of English."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from demarche.client import Client, make_document
from demarche.coder.coder import Coder
from demarche.server.app import Server
from demarche.server.config import ServerConfig
from demarche.v1 import coding_service_pb2 as pb
from demarche.v1 import coding_service_pb2_grpc as rpc
from demarche.v1.document_pb2 import ENCODING_TYPE_UTF8, ENCODING_TYPE_UTF16, ENCODING_TYPE_UTF32, Document, Mention

SIMPLE = "Kenya condemned Uganda on Monday."
RICH = "\U0001f54a Kenya\u2019s president condemned \u201cthe raid\u201d by Uganda \U0001f1fa\U0001f1ec on Monday. Peru met Chile in Bogot\u00e1."
SLICE = {ENCODING_TYPE_UTF8: lambda text, start, end: text.encode()[start:end].decode(),
         ENCODING_TYPE_UTF16: lambda text, start, end: text.encode("utf-16-le")[2 * start:2 * end].decode("utf-16-le"),
         ENCODING_TYPE_UTF32: lambda text, start, end: text[start:end]}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(ServerConfig(address="127.0.0.1:0", workers=2, grace_seconds=1.0), Coder.load()) as server:
        yield server


@pytest.fixture(scope="module")
def stub(server: Server) -> Iterator[rpc.CodingServiceStub]:
    with grpc.insecure_channel(server.address, options=[("grpc.max_send_message_length", -1)]) as channel:
        yield rpc.CodingServiceStub(channel)


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[Client]:
    with Client(server.address) as client:
        yield client


def code(stub: rpc.CodingServiceStub, document: Document, encoding_type: Any = 0) -> Any:
    return stub.CodeDocument(pb.CodeDocumentRequest(document=document, encoding_type=encoding_type)).document


def reason_and_field(status: Any) -> tuple[str, str]:
    info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    for detail in status.details:
        for message in (info, bad):
            if detail.Is(message.DESCRIPTOR):
                detail.Unpack(message)
    return info.reason, bad.field_violations[0].field


def test_a_report_is_coded(client: Client) -> None:
    coded = client.code(SIMPLE, published="2024-03-06")
    (event,) = coded.events
    assert (event.type, [actor.country for actor in event.actors], [party.country for party in event.recipients]) == ("ACCUSE", ["KEN"], ["UGA"])
    assert (event.when.start.year, event.when.start.month, event.when.start.day) == (2024, 3, 4)
    assert coded.text == SIMPLE and not coded.diagnostics and coded.versions.model and coded.versions.knowledge


def test_the_same_report_gives_the_same_bytes(stub: rpc.CodingServiceStub) -> None:
    document = make_document(RICH, published="2024-03-06")
    replies = {code(stub, document).SerializeToString(deterministic=True) for _ in range(5)}
    assert len(replies) == 1


def test_an_identifier_is_derived_from_the_content(client: Client) -> None:
    first, again, other = (client.code(text) for text in (SIMPLE, SIMPLE, "Peru condemned Uganda on Monday."))
    assert first.document_id == again.document_id != other.document_id
    assert first.events[0].id == again.events[0].id != other.events[0].id
    assert client.code(SIMPLE, id="mine").document_id == "mine"


def test_chunks_are_answered_in_order_and_a_bad_document_alone(stub: rpc.CodingServiceStub) -> None:
    good, bad = Document(id="good", text=SIMPLE), Document(id="bad", text=" ")
    chunks = [pb.CodeDocumentsRequest(chunk_id=number, documents=[good, bad, good]) for number in (3, 1, 2)]
    replies = list(stub.CodeDocuments(iter(chunks)))
    assert [reply.chunk_id for reply in replies] == [3, 1, 2]
    for reply in replies:
        assert [result.status.code for result in reply.results] == [0, 3, 0]
        assert reason_and_field(reply.results[1].status) == ("DOCUMENT_EMPTY", "document.text")
        assert [event.type for event in reply.results[2].document.events] == ["ACCUSE"]


def test_spans_give_the_same_words_in_every_unit(stub: rpc.CodingServiceStub) -> None:
    document = make_document(RICH, title="Talks \U0001f91d \u201cnear\u201d", published="2024-03-06")
    found = []
    for encoding, cut in SLICE.items():
        coded = code(stub, document, encoding)
        assert coded.text == f"{document.title}\n\n{RICH}"
        words: list[str] = [cut(coded.text, item.span.start, item.span.end) for item in coded.sentences]
        for event in coded.events:
            words.append(cut(coded.text, event.evidence.trigger.start, event.evidence.trigger.end))
            for person in (*event.actors, *event.recipients):
                assert cut(coded.text, person.span.start, person.span.end) == person.text
                words.append(person.text)
        for item in (*coded.times, *coded.places):
            assert cut(coded.text, item.span.start, item.span.end) == item.text
        words += [cut(coded.text, span.start, span.end) for entity in coded.entities for span in entity.mentions]
        found.append(words)
    assert found[0] == found[1] == found[2] and len(found[0]) > 10


def test_mentions_come_in_every_unit(stub: rpc.CodingServiceStub) -> None:
    text = "\U0001f54a The Blue Shield condemned Uganda on Monday."
    for encoding, units in ((ENCODING_TYPE_UTF8, 4), (ENCODING_TYPE_UTF16, 2), (ENCODING_TYPE_UTF32, 1)):
        mention = Mention(start=units + 5, end=units + 16, entity_id="blue-shield")
        (event,) = code(stub, Document(text=text, mentions=[mention]), encoding).events
        assert [actor.entity_id for actor in event.actors] == ["blue-shield"]


def test_analyzed_text_has_trees_and_true_spans(stub: rpc.CodingServiceStub) -> None:
    for encoding, cut in SLICE.items():
        reply = stub.AnalyzeText(pb.AnalyzeTextRequest(text=RICH, encoding_type=encoding))
        assert len(reply.sentences) == 2 and reply.entities
        for sentence in reply.sentences:
            assert [token.head for token in sentence.tokens].count(0) == 1
            assert all(cut(RICH, token.span.start, token.span.end) == token.text for token in sentence.tokens)


@pytest.mark.parametrize("document, expected", [
    (Document(text=SIMPLE), {"NO_PUBLICATION_DATE"}),
    (make_document("Der Minister sagte am Montag, dass sein Land an den Verhandlungen \u00fcber den Frieden nicht teilnehmen werde, weil die "
                   "andere Seite alle Zusagen gebrochen habe.", published="2024-03-06"), {"LANGUAGE_NOT_ENGLISH"}),
    (make_document(SIMPLE, published="2024-03-06", language="fr"), {"LANGUAGE_NOT_ENGLISH"}),
    (make_document(SIMPLE, published="2024-03-06", language="en-GB"), set()),
    (make_document(SIMPLE, published="2024-03-06", language="und"), set()),
])
def test_diagnostics(stub: rpc.CodingServiceStub, document: Document, expected: set[str]) -> None:
    assert {diagnostic.code for diagnostic in code(stub, document).diagnostics} == expected


@pytest.mark.parametrize("document, expected", [
    (Document(), ("DOCUMENT_EMPTY", "document.text")),
    (Document(text="\x7fELF\0"), ("NOT_TEXT", "document.text")),
    (Document(text="x" * 10_000_000), ("DOCUMENT_TOO_LONG", "document.text")),
    (Document(text=SIMPLE, mentions=[Mention(start=0, end=99)]), ("INVALID_MENTION", "document.mentions[0]")),
])
def test_bad_documents_have_a_reason_and_a_field(stub: rpc.CodingServiceStub, document: Document, expected: tuple[str, str]) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        code(stub, document)
    assert reason_and_field(rpc_status.from_call(caught.value)) == expected
