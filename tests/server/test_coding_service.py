"""Every method of CodingService against every error it documents, over a real channel."""
from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

from demarche import limits
from demarche.server.app import Server
from demarche.server.config import ServerConfig
from demarche.server.errors import DOMAIN, REASONS
from demarche.v1 import coding_service_pb2 as pb
from demarche.v1 import coding_service_pb2_grpc as rpc
from demarche.v1.document_pb2 import ENCODING_TYPE_UTF8, ENCODING_TYPE_UTF16, Document, Mention

METHOD = "/demarche.v1.CodingService/"


@pytest.fixture
def server(fake_coder: Any) -> Iterator[Server]:
    server = Server(ServerConfig(address="127.0.0.1:0", workers=2, streams=2, grace_seconds=0.2), fake_coder)
    server.start()
    yield server
    server.stop(0)


@pytest.fixture
def channel(server: Server) -> Iterator[grpc.Channel]:
    unlimited = [("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1)]
    with grpc.insecure_channel(server.address, options=unlimited) as channel:
        yield channel


@pytest.fixture
def stub(channel: grpc.Channel) -> rpc.CodingServiceStub:
    return rpc.CodingServiceStub(channel)


def reason_and_field(status: status_pb2.Status) -> tuple[str, str]:
    """The reason, and the field; checks on the way that the two details agree and that the code is the reason's."""
    info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    for detail in status.details:
        detail.Unpack(info) if detail.Is(info.DESCRIPTOR) else detail.Unpack(bad) if detail.Is(bad.DESCRIPTOR) else None
    assert info.domain == DOMAIN
    assert status.code == REASONS[info.reason].code
    field = bad.field_violations[0].field if bad.field_violations else ""
    assert info.metadata.get("field", "") == field
    return info.reason, field


def refusal(call: Callable[[], Any]) -> tuple[str, str]:
    with pytest.raises(grpc.RpcError) as caught:
        call()
    status = rpc_status.from_call(caught.value)
    assert status is not None, caught.value
    return reason_and_field(status)


def test_code_document_codes(stub: rpc.CodingServiceStub) -> None:
    document = Document(id="d1", text="Peru met Chile.")
    document.published.year, document.published.month, document.published.day = 2021, 3, 4
    reply = stub.CodeDocument(pb.CodeDocumentRequest(document=document)).document
    assert reply.document_id == "d1" and reply.text == document.text
    assert [event.type for event in reply.events] == ["CONSULT"]
    assert reply.events[0].when.start.year == 2021


@pytest.mark.parametrize("encoding, text, end", [
    (0, "Ñandú é", 7), (ENCODING_TYPE_UTF8, "Ñandú é", 10), (ENCODING_TYPE_UTF16, "x 🦙", 4)])
def test_mentions_are_counted_in_the_unit_of_the_request(stub: rpc.CodingServiceStub, encoding: Any, text: str, end: int) -> None:
    document = Document(text=text, mentions=[Mention(start=0, end=end)])
    stub.CodeDocument(pb.CodeDocumentRequest(document=document, encoding_type=encoding))
    document.mentions[0].end += 1
    assert refusal(lambda: stub.CodeDocument(pb.CodeDocumentRequest(document=document, encoding_type=encoding))) == (
        "INVALID_MENTION", "document.mentions[0]")


def bad_date() -> Document:
    document = Document(text="Peru met Chile.")
    document.published.year, document.published.month, document.published.day = 2021, 2, 30
    return document


def bad_time() -> Document:
    document = Document(text="Peru met Chile.")
    document.published_time.seconds = 1 << 60
    return document


BAD_DOCUMENTS = {
    "no content": (Document(id="x"), "DOCUMENT_EMPTY", "text"),
    "blank": (Document(text=" \n\ufeff\t"), "DOCUMENT_EMPTY", "text"),
    "long": (Document(text="word " * 300_000), "DOCUMENT_TOO_LONG", "text"),
    "ten megabytes": (Document(text="x" * 10_000_000), "DOCUMENT_TOO_LONG", "text"),
    "binary": (Document(text="\x7fELF\0\0"), "NOT_TEXT", "text"),
    "long title": (Document(text="x", title="t" * 5000), "FIELD_TOO_LONG", "title"),
    "long id": (Document(text="x", id="ü" * 300), "FIELD_TOO_LONG", "id"),
    "date": (bad_date(), "INVALID_DATE", "published"),
    "time": (bad_time(), "INVALID_DATE", "published_time"),
    "mention": (Document(text="x", mentions=[Mention(start=0, end=1), Mention(start=1, end=1)]), "INVALID_MENTION", "mentions[1]"),
    "mentions": (Document(text="x", mentions=[Mention(start=0, end=1)] * (limits.MAX_MENTIONS + 1)), "TOO_MANY_MENTIONS", "mentions"),
    "coder": (Document(text="REFUSE this"), "NOT_TEXT", "text"),
    "html": (Document(html=" "), "DOCUMENT_EMPTY", "html"),
    "long html": (Document(html="x" * (limits.MAX_HTML_BYTES + 1)), "DOCUMENT_TOO_LONG", "html"),
    "html mentions": (Document(html="<p>x", mentions=[Mention(start=0, end=1)]), "INVALID_MENTION", "mentions"),
}


@pytest.mark.parametrize("case", BAD_DOCUMENTS)
def test_code_document_refuses(stub: rpc.CodingServiceStub, case: str) -> None:
    document, reason, field = BAD_DOCUMENTS[case]
    assert refusal(lambda: stub.CodeDocument(pb.CodeDocumentRequest(document=document))) == (reason, f"document.{field}")


def test_a_request_without_a_document_is_refused(stub: rpc.CodingServiceStub) -> None:
    assert refusal(lambda: stub.CodeDocument(pb.CodeDocumentRequest())) == ("DOCUMENT_MISSING", "document")


def test_an_unknown_encoding_is_refused_everywhere(stub: rpc.CodingServiceStub) -> None:
    document, expected = Document(text="x"), ("INVALID_ENCODING_TYPE", "encoding_type")
    assert refusal(lambda: stub.CodeDocument(pb.CodeDocumentRequest(document=document, encoding_type=9))) == expected
    assert refusal(lambda: stub.AnalyzeText(pb.AnalyzeTextRequest(text="x", encoding_type=9))) == expected
    assert refusal(lambda: list(stub.CodeDocuments(iter([pb.CodeDocumentsRequest(documents=[document], encoding_type=9)])))) == expected


def test_html_without_its_extra_is_a_failed_precondition(stub: rpc.CodingServiceStub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert refusal(lambda: stub.CodeDocument(pb.CodeDocumentRequest(document=Document(html="<p>Peru met Chile.")))) == (
        "HTML_UNSUPPORTED", "document.html")


def test_a_web_page_is_read_and_the_fields_given_win(stub: rpc.CodingServiceStub) -> None:
    pytest.importorskip("trafilatura")
    words = "Peru and Chile signed a fishing pact in Lima on Monday after long talks, officials of both governments said."
    page = ("<html><head><title>Peru and Chile sign pact</title><meta property='article:published_time' content='2021-03-04'></head>"
            f"<body><nav>Home | World</nav><article><h1>Peru and Chile sign pact</h1><p>{words}</p></article></body></html>")
    coded = stub.CodeDocument(pb.CodeDocumentRequest(document=Document(id="page", html=page))).document
    assert coded.document_id == "page" and words in coded.text and "Home" not in coded.text
    assert coded.events[0].when.start.year == 2021
    given = Document(html=page)
    given.published.year, given.published.month, given.published.day = 2020, 1, 2
    assert stub.CodeDocument(pb.CodeDocumentRequest(document=given)).document.events[0].when.start.year == 2020
    bare = pb.CodeDocumentRequest(document=Document(html="<html></html>"))
    assert refusal(lambda: stub.CodeDocument(bare)) == ("INVALID_HTML", "document.html")


def raw(channel: grpc.Channel, name: str) -> Callable[[bytes], bytes]:
    return channel.unary_unary(METHOD + name, lambda data: data, lambda data: data)


@pytest.mark.parametrize("data, reason, field", [
    (b"\x0a\x04\x1a\x02\xff\xfe", "INVALID_UTF8", "document.text"),
    (b"\x0a\x09\x1a\x01x\x52\x04\x1a\x02\xc3\x28", "INVALID_UTF8", "document.mentions[0].entity_id"),
    (b"\xff\xff\xff", "MALFORMED_REQUEST", ""),
    (b"\x0a\x05\x1a", "MALFORMED_REQUEST", ""),
])
def test_bytes_that_are_not_a_request_are_named(channel: grpc.Channel, data: bytes, reason: str, field: str) -> None:
    assert refusal(lambda: raw(channel, "CodeDocument")(data)) == (reason, field)


def test_a_fault_shows_an_id_and_nothing_else(stub: rpc.CodingServiceStub, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        stub.CodeDocument(pb.CodeDocumentRequest(document=Document(text="FAULT here")))
    status = rpc_status.from_call(caught.value)
    assert reason_and_field(status) == ("INTERNAL", "")
    assert "secret" not in str(status) and "secret" in caplog.text
    assert status.message.rsplit(" ", 1)[1] in caplog.text


def test_chunks_are_answered_in_order_and_bad_documents_alone(stub: rpc.CodingServiceStub) -> None:
    documents = [document for document, _, _ in BAD_DOCUMENTS.values() if document.ByteSize() < 1 << 20]
    mixed = [Document(id="first", text="Peru"), *documents, Document(id="last", text="Chile")]
    chunks = [pb.CodeDocumentsRequest(chunk_id=-7, documents=mixed), pb.CodeDocumentsRequest(chunk_id=8, documents=mixed[:1])]
    replies = list(stub.CodeDocuments(iter(chunks)))
    assert [reply.chunk_id for reply in replies] == [-7, 8]
    results = replies[0].results
    assert [result.status.code == 0 for result in results] == [True, *[False] * len(documents), True]
    assert results[0].HasField("status") and results[0].document.document_id == "first" and results[-1].document_id == "last"
    wanted = [(reason, f"document.{field}") for document, reason, field in BAD_DOCUMENTS.values() if document in documents]
    assert [reason_and_field(result.status) for result in results[1:-1]] == wanted
    assert not any(result.HasField("document") for result in results[1:-1])


def test_a_chunk_with_invalid_utf8_loses_only_that_document(channel: grpc.Channel) -> None:
    good, bad = Document(id="a", text="Peru").SerializeToString(), b"\x0a\x01b\x1a\x02\xff\xfe"
    data = b"\x08\x05" + b"".join(b"\x12" + bytes([len(part)]) + part for part in (good, bad, good))
    call = channel.stream_stream(METHOD + "CodeDocuments", lambda data: data, pb.CodeDocumentsResponse.FromString)
    (reply,) = call(iter([data]))
    assert reply.chunk_id == 5 and [result.document_id for result in reply.results] == ["a", "b", "a"]
    assert [bool(result.status.code) for result in reply.results] == [False, True, False]
    assert reason_and_field(reply.results[1].status) == ("INVALID_UTF8", "document.text")


@pytest.mark.parametrize("count, reason", [(0, "CHUNK_EMPTY"), (65, "CHUNK_TOO_LARGE")])
def test_a_chunk_of_wrong_size_ends_the_stream(stub: rpc.CodingServiceStub, count: int, reason: str) -> None:
    good = pb.CodeDocumentsRequest(documents=[Document(text="x")] * 64)
    replies = stub.CodeDocuments(iter([good, pb.CodeDocumentsRequest(documents=[Document(text="x")] * count)]))
    assert len(next(replies).results) == 64
    assert refusal(lambda: next(replies)) == (reason, "documents")


def test_bytes_that_are_not_a_chunk_end_the_stream(channel: grpc.Channel) -> None:
    call = channel.stream_stream(METHOD + "CodeDocuments", lambda data: data, lambda data: data)
    assert refusal(lambda: list(call(iter([b"\xff\xff\xff"])))) == ("MALFORMED_REQUEST", "")


def test_a_fault_in_the_middle_of_a_stream_is_a_status(stub: rpc.CodingServiceStub) -> None:
    replies = stub.CodeDocuments(iter([pb.CodeDocumentsRequest(documents=[Document(text=word)]) for word in ("Peru", "FAULT")]))
    assert len(next(replies).results) == 1
    assert refusal(lambda: next(replies)) == ("INTERNAL", "")


def test_more_streams_than_allowed_are_refused_with_a_retry_delay(stub: rpc.CodingServiceStub) -> None:
    hold = threading.Event()

    def requests() -> Iterator[pb.CodeDocumentsRequest]:
        yield pb.CodeDocumentsRequest(documents=[Document(text="x")])
        hold.wait(5)
    open_streams = [stub.CodeDocuments(requests()) for _ in range(2)]
    for stream in open_streams:
        next(stream)
    with pytest.raises(grpc.RpcError) as caught:
        next(stub.CodeDocuments(requests()))
    status = rpc_status.from_call(caught.value)
    assert reason_and_field(status) == ("OVERLOADED", "")
    assert any(detail.Is(error_details_pb2.RetryInfo.DESCRIPTOR) for detail in status.details)
    # Single calls have threads of their own.
    assert stub.CodeDocument(pb.CodeDocumentRequest(document=Document(text="x")), timeout=2).document.events
    hold.set()
    for stream in open_streams:
        assert list(stream) == []


def test_a_deadline_ends_a_chunk_between_documents(stub: rpc.CodingServiceStub, fake_coder: Any, server: Server) -> None:
    chunk = pb.CodeDocumentsRequest(documents=[Document(text="SLOW " + "x" * 40_000)] * 64)
    with pytest.raises(grpc.RpcError) as caught:
        list(stub.CodeDocuments(iter([chunk]), timeout=0.25))
    assert caught.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
    server.stop(2)
    assert 1 <= len(fake_coder.batches) <= 10


def test_a_deadline_without_room_is_refused_before_any_work(stub: rpc.CodingServiceStub, fake_coder: Any) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        stub.CodeDocument(pb.CodeDocumentRequest(document=Document(text="word " * 200_000)), timeout=0.15)
    assert caught.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
    assert fake_coder.batches == []


def test_a_message_over_the_limit_is_refused_by_the_transport(stub: rpc.CodingServiceStub) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        stub.CodeDocument(pb.CodeDocumentRequest(document=Document(text="x" * (limits.MAX_REQUEST_BYTES + 1))))
    assert caught.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED


def test_analyze_text(stub: rpc.CodingServiceStub) -> None:
    reply = stub.AnalyzeText(pb.AnalyzeTextRequest(text="Peru met Chile"))
    assert [token.text for token in reply.sentences[0].tokens] == ["Peru", "met", "Chile"]


@pytest.mark.parametrize("text, reason", [
    ("", "DOCUMENT_EMPTY"), ("a\0b", "NOT_TEXT"), ("x" * (limits.MAX_TEXT_BYTES + 1), "DOCUMENT_TOO_LONG")])
def test_analyze_text_refuses(stub: rpc.CodingServiceStub, text: str, reason: str) -> None:
    assert refusal(lambda: stub.AnalyzeText(pb.AnalyzeTextRequest(text=text))) == (reason, "text")


def test_calls_are_counted_by_method_and_code(stub: rpc.CodingServiceStub, server: Server) -> None:
    stub.CodeDocument(pb.CodeDocumentRequest(document=Document(text="x")))
    refusal(lambda: stub.CodeDocument(pb.CodeDocumentRequest()))
    assert server.counts.calls == {(METHOD + "CodeDocument", "OK"): 1, (METHOD + "CodeDocument", "INVALID_ARGUMENT"): 1}
