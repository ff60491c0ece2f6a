"""The client, against a real server."""
from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from demarche.client import Client, DemarcheError, make_document
from demarche.server.app import Server
from demarche.server.config import ServerConfig
from demarche.v1.document_pb2 import Document


@pytest.fixture
def server(fake_coder: Any) -> Iterator[Server]:
    server = Server(ServerConfig(address="127.0.0.1:0", workers=2, grace_seconds=0.2), fake_coder)
    server.start()
    yield server
    server.stop(0)


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    with Client(server.address) as client:
        yield client


def test_code_takes_text_and_what_is_known_about_it(client: Client) -> None:
    coded = client.code("Peru met Chile.", id="a1", published="2018-08-22")
    assert coded.document_id == "a1" and coded.events[0].when.start.day == 22


def test_analyze(client: Client) -> None:
    assert len(client.analyze("Peru met Chile").sentences[0].tokens) == 3


def test_a_refusal_says_reason_and_field(client: Client) -> None:
    with pytest.raises(DemarcheError) as caught:
        client.code("  ")
    error = caught.value
    assert (error.code, error.reason, error.field) == ("INVALID_ARGUMENT", "DOCUMENT_EMPTY", "document.text")
    assert str(error) == "the document has no text [DOCUMENT_EMPTY in document.text]"


def test_an_unreachable_server_is_said_to_be_so() -> None:
    with Client("127.0.0.1:1", timeout=0.5) as client:
        with pytest.raises(DemarcheError) as caught:
            client.code("x")
        assert caught.value.code in ("UNAVAILABLE", "DEADLINE_EXCEEDED") and caught.value.reason == ""
        with pytest.raises(DemarcheError, match="no server answers at 127.0.0.1:1"):
            client.wait_ready(0.2)


@pytest.mark.parametrize("count, chunk_size, window", [(0, 16, 6), (1, 1, 1), (7, 3, 1), (64, 64, 2), (200, 16, 6)])
def test_code_many_keeps_the_order(client: Client, count: int, chunk_size: int, window: int) -> None:
    documents = (Document(id=str(number), text="Peru") for number in range(count))
    results = client.code_many(documents, chunk_size=chunk_size, window=window)
    assert [coded.document_id for coded in results] == [str(number) for number in range(count)]


def test_code_many_raises_for_a_bad_document_or_hands_it_over(client: Client) -> None:
    documents = ["Peru", "", "Chile", "REFUSE"]
    with pytest.raises(DemarcheError, match="DOCUMENT_EMPTY"):
        list(client.code_many(documents))
    failed: list[tuple[int, str]] = []
    coded = list(client.code_many(documents, chunk_size=2, on_error=lambda index, error: failed.append((index, error.reason))))
    assert [item.text for item in coded] == ["Peru", "Chile"]
    assert failed == [(1, "DOCUMENT_EMPTY"), (3, "NOT_TEXT")]


def test_code_many_draws_no_more_than_its_window(client: Client) -> None:
    drawn = []

    def documents() -> Iterator[str]:
        for number in range(1000):
            drawn.append(number)
            yield "Peru"
    results = client.code_many(documents(), chunk_size=4, window=3)
    next(results)
    assert len(drawn) <= 4 * 3 + 1
    results.close()


def test_code_many_passes_on_what_its_documents_raise(client: Client) -> None:
    def documents() -> Iterator[str]:
        yield "Peru"
        raise LookupError("the caller's own")
    with pytest.raises(LookupError, match="the caller's own"):
        list(client.code_many(documents(), chunk_size=1))


@pytest.mark.parametrize("settings", [{"chunk_size": 0}, {"chunk_size": 65}, {"window": 0}])
def test_code_many_refuses_bad_sizes(client: Client, settings: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        next(client.code_many(["x"], **settings))


def test_one_client_serves_several_threads(client: Client) -> None:
    counts: list[int] = []
    threads = [threading.Thread(target=lambda: counts.append(len(list(client.code_many(["Peru"] * 50))))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert counts == [50] * 4


def test_make_document_takes_dates_of_every_kind() -> None:
    for published in ("2020-06-15", date(2020, 6, 15)):
        document = make_document("x", published=published)
        assert (document.published.year, document.published.month, document.published.day) == (2020, 6, 15)
    instant = datetime(2020, 6, 15, 12, tzinfo=timezone(timedelta(hours=2)))
    for published in (instant, instant.isoformat(), datetime(2020, 6, 15, 10)):
        assert make_document("x", published=published).published_time.ToDatetime() == datetime(2020, 6, 15, 10)
    with pytest.raises(ValueError):
        make_document("x", published="June 2020")


def test_make_document_changes_a_copy() -> None:
    original = Document(text="x", id="a")
    changed = make_document(original, id="b", mentions=[{"start": 0, "end": 1, "entity_id": "PER"}])
    assert original.id == "a" and changed.id == "b" and changed.text == "x" and changed.mentions[0].entity_id == "PER"
    assert make_document("<p>x", html=True).html == "<p>x"
