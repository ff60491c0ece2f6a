"""CodingService: checks what it is asked, hands it to the coder, and returns."""
from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import grpc

from demarche import limits
from demarche.coder.errors import DocumentError
from demarche.coder.intake import check_text, code_checked
from demarche.server.errors import ServiceError, status_of
from demarche.server.interceptors import CallCounts, guard_stream, guard_unary
from demarche.server.pages import read_page
from demarche.server.requests import Chunk, decode_chunk, decoder
from demarche.v1 import coding_service_pb2 as pb
from demarche.v1 import document_pb2
from demarche.v1.document_pb2 import CodedDocument, Document

SERVICE = pb.DESCRIPTOR.services_by_name["CodingService"].full_name
# A slice of a chunk is one call into the core; between two slices the deadline is looked at. Small enough that a caller who has left
# costs little more, large enough that the call itself costs nothing.
SLICE_DOCUMENTS = 8
SLICE_CHARACTERS = 1 << 15
# Nobody codes faster than this; a call that leaves less time than that is not begun.
FASTEST_CHARACTERS_PER_SECOND = 5e6
LEAST_SECONDS = 0.001


class ServedCoder(Protocol):
    """What the service asks of a coder; both may be called from several threads at once."""

    def code_each(self, documents: Sequence[Document], encoding_type: int) -> list[CodedDocument | DocumentError]: ...

    def analyze(self, text: str, encoding_type: int) -> pb.AnalyzeTextResponse: ...


class CodingService:
    """The three methods. Errors are raised; the guards make statuses of them."""

    def __init__(self, coder: ServedCoder, streams: int) -> None:
        self._coder = coder
        self._free_streams = threading.BoundedSemaphore(streams)

    def code_document(self, request: pb.CodeDocumentRequest, context: grpc.ServicerContext) -> pb.CodeDocumentResponse:
        """Code one document."""
        _check_encoding(request.encoding_type)
        if not request.HasField("document"):
            raise ServiceError("DOCUMENT_MISSING", "the request has no document", "document")
        _check_time(context, _length(request.document))
        result = code_checked(self._coder, [read_page(request.document)], request.encoding_type)[0]
        if isinstance(result, DocumentError):
            raise result
        return pb.CodeDocumentResponse(document=result)

    def code_documents(self, chunks: Iterator[Chunk], context: grpc.ServicerContext) -> Iterator[pb.CodeDocumentsResponse]:
        """Code chunk after chunk, each answered before the next is drawn."""
        if not self._free_streams.acquire(blocking=False):
            raise ServiceError("OVERLOADED", "as many streams are open as this server serves at once")
        try:
            for chunk in chunks:
                yield self._code_chunk(chunk, context)
        finally:
            self._free_streams.release()

    def analyze_text(self, request: pb.AnalyzeTextRequest, context: grpc.ServicerContext) -> pb.AnalyzeTextResponse:
        """Sentences, words and syntax of one text."""
        _check_encoding(request.encoding_type)
        try:
            check_text(request.text)
        except DocumentError as error:
            raise ServiceError(error.reason, error.message, error.field) from None
        _check_time(context, len(request.text))
        return self._coder.analyze(request.text, request.encoding_type)

    def _code_chunk(self, chunk: Chunk, context: grpc.ServicerContext) -> pb.CodeDocumentsResponse:
        request = chunk.request
        _check_encoding(request.encoding_type)
        if not request.documents:
            raise ServiceError("CHUNK_EMPTY", "the chunk has no documents", "documents")
        if len(request.documents) > limits.MAX_CHUNK_DOCUMENTS:
            message = f"the chunk has {len(request.documents)} documents, the limit is {limits.MAX_CHUNK_DOCUMENTS}"
            raise ServiceError("CHUNK_TOO_LARGE", message, "documents")
        response = pb.CodeDocumentsResponse(chunk_id=request.chunk_id)
        for first, last in slices(request.documents):
            _check_time(context, sum(_length(document) for document in request.documents[first:last]))
            for index, result in enumerate(self._code_slice(chunk, first, last), first):
                answer = response.results.add(document_id=request.documents[index].id)
                if isinstance(result, DocumentError):
                    answer.status.CopyFrom(status_of(result))
                else:
                    answer.status.SetInParent()  # code 0 is said, not left out
                    answer.document.CopyFrom(result)
                    answer.document_id = answer.document_id or result.document_id
        return response

    def _code_slice(self, chunk: Chunk, first: int, last: int) -> Iterator[CodedDocument | DocumentError]:
        """Results for documents first..last-1 of the chunk, in order."""
        ready: list[Document] = []
        failed: dict[int, DocumentError] = {}
        for index in range(first, last):
            try:
                if index in chunk.broken:
                    raise chunk.broken[index]
                ready.append(read_page(chunk.request.documents[index]))
            except DocumentError as error:
                failed[index] = error
        coded = iter(code_checked(self._coder, ready, chunk.request.encoding_type))
        for index in range(first, last):
            yield failed[index] if index in failed else next(coded)


def slices(documents: Sequence[Document]) -> Iterator[tuple[int, int]]:
    """Cut a chunk into stretches (first, after the last) of bounded work."""
    first = size = 0
    for index, document in enumerate(documents):
        length = _length(document)
        if index > first and (index - first >= SLICE_DOCUMENTS or size + length > SLICE_CHARACTERS):
            yield first, index
            first, size = index, 0
        size += length
    yield first, len(documents)


def handler(service: CodingService, counts: CallCounts, streams: ThreadPoolExecutor) -> grpc.GenericRpcHandler:
    """The service as gRPC takes it. Streams run on threads of their own, so that they never starve single calls."""
    def path(name: str) -> str:
        return f"/{SERVICE}/{name}"
    code_documents: Any = guard_stream(path("CodeDocuments"), service.code_documents, counts)
    code_documents.experimental_thread_pool = streams
    return grpc.method_handlers_generic_handler(SERVICE, {
        "CodeDocument": grpc.unary_unary_rpc_method_handler(
            guard_unary(path("CodeDocument"), service.code_document, counts),
            decoder(pb.CodeDocumentRequest), pb.CodeDocumentResponse.SerializeToString),
        "CodeDocuments": grpc.stream_stream_rpc_method_handler(code_documents, decode_chunk, pb.CodeDocumentsResponse.SerializeToString),
        "AnalyzeText": grpc.unary_unary_rpc_method_handler(
            guard_unary(path("AnalyzeText"), service.analyze_text, counts),
            decoder(pb.AnalyzeTextRequest), pb.AnalyzeTextResponse.SerializeToString),
    })


def _length(document: Document) -> int:
    return len(document.text) or len(document.html)


def _check_encoding(encoding_type: int) -> None:
    if encoding_type not in document_pb2.EncodingType.values():
        raise ServiceError("INVALID_ENCODING_TYPE", f"{encoding_type} is not an encoding type", "encoding_type")


def _check_time(context: grpc.ServicerContext, characters: int) -> None:
    """Refuse work that nobody waits for."""
    remaining = context.time_remaining()
    needed = max(LEAST_SECONDS, characters / FASTEST_CHARACTERS_PER_SECOND)
    if remaining is not None and remaining < needed:
        raise ServiceError("DEADLINE_TOO_SHORT", f"{max(0.0, remaining):.3f} seconds are left, the work takes at least {needed:.3f}")
    if not context.is_active():
        raise ServiceError("CANCELLED", "the caller has gone")
