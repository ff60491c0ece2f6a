"""From request bytes to messages, without giving up on bad ones: what is wrong is found and named.

gRPC answers bytes that do not parse with INTERNAL and no word about the cause. Here a request that does not parse becomes a ServiceError
value with the path of the string that is not UTF-8, and in a chunk only the documents concerned are lost.
"""
from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.empty_pb2 import Empty
from google.protobuf.message import DecodeError
from google.protobuf.unknown_fields import UnknownFieldSet

from demarche.coder.errors import DocumentError
from demarche.server.errors import ServiceError
from demarche.v1.coding_service_pb2 import CodeDocumentsRequest
from demarche.v1.document_pb2 import Document

_LENGTH_DELIMITED = 2
_DEPTH = 16  # the contract nests three deep


class Chunk(NamedTuple):
    """A chunk as far as it could be read: `broken` has the documents that could not, which stand empty in `request`."""

    request: CodeDocumentsRequest
    broken: dict[int, DocumentError]


def decoder(message: Any) -> Callable[[bytes], Any]:
    """A deserialiser for `message`, a generated class; it returns the message, or a ServiceError as a value."""
    def decode(data: bytes) -> Any:
        try:
            return message.FromString(data)
        except DecodeError:
            path = find_bad_string(message.DESCRIPTOR, data)
        if path is None:
            return ServiceError("MALFORMED_REQUEST", f"the request is not a {message.DESCRIPTOR.full_name}")
        return ServiceError("INVALID_UTF8", f"{path} is not valid UTF-8", path)
    return decode


def decode_chunk(data: bytes) -> Chunk | ServiceError:
    """A deserialiser for CodeDocumentsRequest that loses only the documents that cannot be read."""
    try:
        return Chunk(CodeDocumentsRequest.FromString(data), {})
    except DecodeError:
        pass
    malformed = ServiceError("MALFORMED_REQUEST", "the request is not a demarche.v1.CodeDocumentsRequest")
    fields = _fields(data)
    if fields is None:
        return malformed
    chunk = Chunk(CodeDocumentsRequest(), {})
    for number, wire_type, value in fields:
        if number == CodeDocumentsRequest.DOCUMENTS_FIELD_NUMBER and wire_type == _LENGTH_DELIMITED:
            _add_document(chunk, value)
        elif number == CodeDocumentsRequest.CHUNK_ID_FIELD_NUMBER and wire_type == 0:
            chunk.request.chunk_id = value - (1 << 64) if value >> 63 else value
        elif number == CodeDocumentsRequest.ENCODING_TYPE_FIELD_NUMBER and wire_type == 0:
            chunk.request.encoding_type = value & 0x7FFFFFFF
    return chunk if chunk.broken else malformed


def _add_document(chunk: Chunk, data: bytes) -> None:
    try:
        chunk.request.documents.append(Document.FromString(data))
        return
    except DecodeError:
        path = find_bad_string(Document.DESCRIPTOR, data)
    index = len(chunk.request.documents)
    chunk.request.documents.append(Document(id=_readable_id(data)))
    if path is None:
        chunk.broken[index] = DocumentError("MALFORMED_REQUEST", "", "not a demarche.v1.Document", index)
    else:
        chunk.broken[index] = DocumentError("INVALID_UTF8", path, f"{path} is not valid UTF-8", index)


def _readable_id(data: bytes) -> str:
    for number, wire_type, value in _fields(data) or ():
        if number == Document.ID_FIELD_NUMBER and wire_type == _LENGTH_DELIMITED:
            return value.decode("utf-8", "replace")
    return ""


def find_bad_string(descriptor: Descriptor, data: bytes, depth: int = 0) -> str | None:
    """Path of the first string of `data`, a message of type `descriptor`, that is not UTF-8; None if that is not what is wrong."""
    fields = _fields(data)
    if fields is None or depth > _DEPTH:
        return None
    seen: dict[int, int] = {}
    for number, wire_type, value in fields:
        field = descriptor.fields_by_number.get(number)
        if field is None or wire_type != _LENGTH_DELIMITED:
            continue
        name = f"{field.name}[{seen.get(number, 0)}]" if field.is_repeated else field.name
        seen[number] = seen.get(number, 0) + 1
        if field.type == FieldDescriptor.TYPE_STRING:
            try:
                value.decode()
            except UnicodeDecodeError:
                return name
        elif field.type == FieldDescriptor.TYPE_MESSAGE:
            inner = find_bad_string(field.message_type, value, depth + 1)
            if inner is not None:
                return f"{name}.{inner}"
    return None


def _fields(data: bytes) -> list[tuple[int, int, Any]] | None:
    """(number, wire type, value) of every field; None if `data` is not a message of any type."""
    try:
        holder = Empty.FromString(data)
    except DecodeError:
        return None
    return [(field.field_number, field.wire_type, field.data) for field in UnknownFieldSet(holder)]
