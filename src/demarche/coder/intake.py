"""What a document must be like before it is coded; the same for the service and the command line."""
from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from demarche import limits
from demarche.coder.errors import DocumentError
from demarche.v1 import document_pb2

if TYPE_CHECKING:
    from demarche.v1.document_pb2 import CodedDocument, Document

BLANK = "\ufeff\u200b\u200c\u200d\u2060"  # nothing to read, though str.strip keeps them
_UTF8, _UTF16 = document_pb2.ENCODING_TYPE_UTF8, document_pb2.ENCODING_TYPE_UTF16
_NAMED = (("id", limits.MAX_NAME_BYTES), ("title", limits.MAX_TITLE_BYTES), ("url", limits.MAX_URL_BYTES),
          ("publisher", limits.MAX_NAME_BYTES), ("language", limits.MAX_NAME_BYTES))


class EachCoder(Protocol):
    """What this module asks of a coder."""

    def code_each(self, documents: Sequence[Document], encoding_type: int) -> list[CodedDocument | DocumentError]: ...


def code_checked(coder: EachCoder, documents: Sequence[Document], encoding_type: int = 0) -> list[CodedDocument | DocumentError]:
    """Check all documents, code the good ones in one batch; one result a document, in order, never an exception for a bad one."""
    results: list[CodedDocument | DocumentError | None] = []
    for index, document in enumerate(documents):
        try:
            check_document(document, encoding_type)
            results.append(None)
        except DocumentError as error:
            results.append(error.at(index))
    good = [index for index, result in enumerate(results) if result is None]
    if good:
        for index, result in zip(good, coder.code_each([identified(documents[i]) for i in good], encoding_type), strict=True):
            results[index] = result.at(index) if isinstance(result, DocumentError) else result
    return results  # type: ignore[return-value]  # every None has been filled


def identified(document: Document) -> Document:
    """The document itself if the caller named it; otherwise a copy whose `id` is derived from title, text and publication date."""
    if document.id:
        return document
    copy = document_pb2.Document()
    copy.CopyFrom(document)
    digest = hashlib.sha256(f"{document.title}\0{document.text}\0".encode())
    publication = document.WhichOneof("publication")
    if publication:
        digest.update(getattr(document, publication).SerializeToString(deterministic=True))
    copy.id = digest.hexdigest()[:20]
    return copy


def check_document(document: Document, encoding_type: int = 0) -> None:
    """Raise DocumentError for the first thing that the contract forbids. Web pages must have been read into text before."""
    for field, limit in _NAMED:
        size = _size(getattr(document, field), limit)
        if size > limit:
            raise DocumentError("FIELD_TOO_LONG", field, f"{field} has {size:,} bytes, the limit is {limit:,}")
    check_text(document.text)
    if document.WhichOneof("publication") == "published":
        _check_date(document.published)
    elif document.HasField("published_time"):
        _check_time(document.published_time)
    if document.mentions:
        _check_mentions(document, encoding_type)


def check_text(text: str, field: str = "text") -> None:
    """Raise DocumentError unless the text is something to read, of bounded length."""
    if not text.strip().strip(BLANK):
        raise DocumentError("DOCUMENT_EMPTY", field, "the document has no text")
    size = _size(text, limits.MAX_TEXT_BYTES)
    if size > limits.MAX_TEXT_BYTES:
        raise DocumentError("DOCUMENT_TOO_LONG", field, f"the text has {size:,} bytes, the limit is {limits.MAX_TEXT_BYTES:,}")
    at = text.find("\0")
    if at >= 0:
        raise DocumentError("NOT_TEXT", field, f"binary data: a NUL character at offset {at:,}")


def _size(text: str, limit: int) -> int:
    """Bytes of UTF-8; a text that cannot pass the limit is not encoded to find out."""
    return len(text) if 4 * len(text) <= limit else len(text.encode())


def _check_date(published: object) -> None:
    year, month, day = published.year, published.month, published.day  # type: ignore[attr-defined]
    try:
        date(year, month, day)
    except ValueError:
        raise DocumentError("INVALID_DATE", "published", f"{year:04d}-{month:02d}-{day:02d} is not a day of the calendar") from None


def _check_time(published: object) -> None:
    try:
        published.ToDatetime()  # type: ignore[attr-defined]
    except (ValueError, OverflowError):
        raise DocumentError("INVALID_DATE", "published_time", "the instant is outside of the years 1 to 9999") from None


def _check_mentions(document: Document, encoding_type: int) -> None:
    count = len(document.mentions)
    if count > limits.MAX_MENTIONS:
        raise DocumentError("TOO_MANY_MENTIONS", "mentions", f"{count:,} mentions, the limit is {limits.MAX_MENTIONS:,}")
    text = document.text
    length = len(text.encode()) if encoding_type == _UTF8 else len(text.encode("utf-16-le")) // 2 if encoding_type == _UTF16 else len(text)
    for number, mention in enumerate(document.mentions):
        if not 0 <= mention.start < mention.end <= length:
            raise DocumentError("INVALID_MENTION", f"mentions[{number}]",
                                f"mention {mention.start} to {mention.end} is not a stretch of a text of length {length}")
