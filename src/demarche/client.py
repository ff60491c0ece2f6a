"""A client for the coding service.

    with Client("localhost:50051") as client:
        report = client.code("Kenya and Uganda signed a border treaty on Monday.", published="2024-03-06")
        for event in report.events:
            print(event.type, [actor.name for actor in event.actors])
"""
from __future__ import annotations

import json
import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

import grpc
from google.rpc import error_details_pb2, status_pb2
from google.type import date_pb2
from grpc_status import rpc_status

from demarche import limits
from demarche.v1 import coding_service_pb2 as pb
from demarche.v1 import coding_service_pb2_grpc as rpc
from demarche.v1.document_pb2 import ENCODING_TYPE_UTF32, CodedDocument, Document

# Only calls that failed before anything was done are repeated, and only by the transport, which knows.
_RETRIES = {"methodConfig": [{"name": [{"service": "demarche.v1.CodingService"}], "retryPolicy": {
    "maxAttempts": 4, "initialBackoff": "0.1s", "maxBackoff": "2s", "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]}}]}
_LOCAL = ("localhost", "127.", "[::1]", "unix:")
_CHUNK_BYTES = 4 << 20


class DemarcheError(Exception):
    """The service refused, or could not be reached.

    `code` is the gRPC status code by name ("INVALID_ARGUMENT"), `reason` the contract's reason ("DOCUMENT_EMPTY") or empty if the failure
    is the network's, `field` the path of the bad field ("document.text") or empty, `document_id` the document concerned, if one is.
    """

    def __init__(self, message: str, code: str = "UNKNOWN", reason: str = "", field: str = "", document_id: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.reason = reason
        self.field = field
        self.document_id = document_id

    def __str__(self) -> str:
        return f"{self.message} [{self.reason or self.code}{' in ' + self.field if self.field else ''}]"


class Client:
    """One connection to a server; may be used from several threads.

    `tls`: True for TLS with the system's authorities, or the path of a PEM file with others. Default: TLS unless the server is on this
    machine. `token`: a bearer token. `timeout`: seconds for a single call; streams have none. Offsets in requests and replies are code
    points, as Python indexes strings.
    """

    def __init__(self, target: str = "localhost:50051", *, tls: bool | str | Path | None = None, token: str | None = None,
                 timeout: float = 30.0, options: Sequence[tuple[str, Any]] = ()) -> None:
        self.target = target
        self._timeout = timeout
        self._metadata = (("authorization", f"Bearer {token}"),) if token else ()
        settings = [("grpc.max_send_message_length", limits.MAX_REQUEST_BYTES), ("grpc.max_receive_message_length", limits.MAX_REPLY_BYTES),
                    ("grpc.service_config", json.dumps(_RETRIES)), *options]
        if tls is None:
            tls = not target.startswith(_LOCAL)
        if tls is False:
            self._channel = grpc.insecure_channel(target, options=settings)
        else:
            roots = None if tls is True else Path(tls).read_bytes()
            self._channel = grpc.secure_channel(target, grpc.ssl_channel_credentials(roots), options=settings)
        self._stub = rpc.CodingServiceStub(self._channel)

    def code(self, document: str | Document, *, timeout: float | None = None, **fields: Any) -> CodedDocument:
        """Code one report: a Document, or its text with any of the fields that `make_document` takes."""
        request = pb.CodeDocumentRequest(document=make_document(document, **fields), encoding_type=ENCODING_TYPE_UTF32)
        return self._call(self._stub.CodeDocument, request, timeout).document

    def code_many(self, documents: Iterable[str | Document], *, on_error: Callable[[int, DemarcheError], None] | None = None,
                  chunk_size: int = 16, window: int = 6, timeout: float | None = None) -> Iterator[CodedDocument]:
        """Code many reports over one stream; yields them in order while later ones are under way.

        `on_error(index, error)` is called for a report that cannot be coded, which is then left out; without it the error is raised.
        `chunk_size` reports (1 to 64) go in one message, `window` messages are under way at most, and `documents` is drawn no faster.
        """
        if not 1 <= chunk_size <= limits.MAX_CHUNK_DOCUMENTS or window < 1:
            raise ValueError(f"chunk_size must be 1 to {limits.MAX_CHUNK_DOCUMENTS} and window at least 1")
        outbox: queue.SimpleQueue[pb.CodeDocumentsRequest | None] = queue.SimpleQueue()
        call = self._stub.CodeDocuments(iter(outbox.get, None), timeout=timeout, metadata=self._metadata)
        chunks = _chunks(documents, chunk_size)
        under_way: deque[int] = deque()
        first = 0
        try:
            while True:
                for request in islice(chunks, window - len(under_way)):
                    under_way.append(len(request.documents))
                    outbox.put(request)
                if not under_way:
                    outbox.put(None)
                    for _ in call:  # nothing more comes, but the stream ends in order
                        pass
                    return
                response = next(call)
                for index, result in enumerate(response.results, first):
                    if not result.status.code:
                        yield result.document
                        continue
                    error = _from_status(result.status, result.document_id)
                    if on_error is None:
                        raise error
                    on_error(index, error)
                first += under_way.popleft()
        except grpc.RpcError as error:
            raise _from_call(error) from None
        finally:
            outbox.put(None)
            call.cancel()

    def analyze(self, text: str, *, timeout: float | None = None) -> pb.AnalyzeTextResponse:
        """Sentences, words and syntax of a text."""
        return self._call(self._stub.AnalyzeText, pb.AnalyzeTextRequest(text=text, encoding_type=ENCODING_TYPE_UTF32), timeout)

    def wait_ready(self, timeout: float = 10.0) -> None:
        """Wait until the server can be reached; DemarcheError if it cannot within `timeout` seconds."""
        try:
            grpc.channel_ready_future(self._channel).result(timeout)
        except grpc.FutureTimeoutError:
            raise DemarcheError(f"no server answers at {self.target}", "UNAVAILABLE") from None

    def close(self) -> None:
        """Close the connection; calls under way end with CANCELLED."""
        self._channel.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _call(self, method: Any, request: Any, timeout: float | None) -> Any:
        try:
            return method(request, timeout=self._timeout if timeout is None else timeout, metadata=self._metadata)
        except grpc.RpcError as error:
            raise _from_call(error) from None


def make_document(content: str | Document, *, id: str = "", title: str = "", published: str | date | datetime | None = None, url: str = "",
                  publisher: str = "", language: str = "", html: bool = False, mentions: Iterable[Mapping[str, Any]] = ()) -> Document:
    """A Document from text (or, with `html`, a web page) and what is known about it.

    `published`: an ISO date or date and time as text, or a date or datetime; a time without a zone is taken as UTC. `mentions`: mappings
    with `start`, `end` and, if known, `entity_id`. Given a Document, the fields named are changed in a copy. ValueError for a bad date.
    """
    if isinstance(content, Document):
        document = Document()
        document.CopyFrom(content)
    else:
        document = Document(html=content) if html else Document(text=content)
    for field, value in (("id", id), ("title", title), ("url", url), ("publisher", publisher), ("language", language)):
        if value:
            setattr(document, field, value)
    for mention in mentions:
        document.mentions.add(**mention)
    if isinstance(published, str):
        published = date.fromisoformat(published) if len(published) <= 10 else datetime.fromisoformat(published)
    if isinstance(published, datetime):
        document.published_time.FromDatetime(published if published.tzinfo else published.replace(tzinfo=UTC))
    elif published is not None:
        document.published.CopyFrom(date_pb2.Date(year=published.year, month=published.month, day=published.day))
    return document


def _chunks(documents: Iterable[str | Document], size: int) -> Iterator[pb.CodeDocumentsRequest]:
    """Requests of at most `size` documents and, unless a single one is longer, _CHUNK_BYTES."""
    chunk, length, number = pb.CodeDocumentsRequest(encoding_type=ENCODING_TYPE_UTF32), 0, 0
    for item in documents:
        document = make_document(item)
        more = document.ByteSize()
        if chunk.documents and (len(chunk.documents) == size or length + more > _CHUNK_BYTES):
            yield chunk
            number += 1
            chunk, length = pb.CodeDocumentsRequest(chunk_id=number, encoding_type=ENCODING_TYPE_UTF32), 0
        chunk.documents.append(document)
        length += more
    if chunk.documents:
        yield chunk


def _from_call(error: Any) -> DemarcheError:
    try:
        status = rpc_status.from_call(error)
    except ValueError:  # the details contradict the call's own status: a proxy in between changed it
        status = None
    if status is not None:
        return _from_status(status)
    return DemarcheError(error.details() or "the call failed", error.code().name)


def _from_status(status: status_pb2.Status, document_id: str = "") -> DemarcheError:
    reason = field = ""
    for detail in status.details:
        if detail.Is(error_details_pb2.ErrorInfo.DESCRIPTOR):
            info = error_details_pb2.ErrorInfo()
            detail.Unpack(info)
            reason = info.reason
        elif detail.Is(error_details_pb2.BadRequest.DESCRIPTOR):
            bad = error_details_pb2.BadRequest()
            detail.Unpack(bad)
            field = bad.field_violations[0].field
    code = next((known.name for known in grpc.StatusCode if known.value[0] == status.code), "UNKNOWN")
    return DemarcheError(status.message, code, reason, field, document_id)
