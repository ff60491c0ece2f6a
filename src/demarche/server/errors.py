"""From what went wrong to what the caller is told: the one table of reasons, and the statuses made from it."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from google.protobuf import any_pb2, duration_pb2
from google.rpc import code_pb2, error_details_pb2, status_pb2

from demarche.coder.errors import DocumentError

DOMAIN: Final = "demarche"


class Reason(NamedTuple):
    """A reason's status code and what it means."""

    code: int
    meaning: str


_INVALID = code_pb2.INVALID_ARGUMENT
REASONS: Final[Mapping[str, Reason]] = {
    "DOCUMENT_MISSING": Reason(_INVALID, "the request has no document"),
    "DOCUMENT_EMPTY": Reason(_INVALID, "the document has no text"),
    "DOCUMENT_TOO_LONG": Reason(_INVALID, "the text is longer than a document may be"),
    "FIELD_TOO_LONG": Reason(_INVALID, "another field is longer than it may be"),
    "NOT_TEXT": Reason(_INVALID, "the text is binary data"),
    "INVALID_UTF8": Reason(_INVALID, "a string of the request is not UTF-8"),
    "MALFORMED_REQUEST": Reason(_INVALID, "the request is not the message that the method takes"),
    "INVALID_DATE": Reason(_INVALID, "the publication date is not a day of the calendar"),
    "INVALID_MENTION": Reason(_INVALID, "a mention is not a stretch of the text"),
    "TOO_MANY_MENTIONS": Reason(_INVALID, "the document has more mentions than it may have"),
    "INVALID_ENCODING_TYPE": Reason(_INVALID, "the encoding type is none that this version knows"),
    "INVALID_HTML": Reason(_INVALID, "no report could be found in the web page"),
    "CHUNK_EMPTY": Reason(_INVALID, "the chunk has no documents"),
    "CHUNK_TOO_LARGE": Reason(_INVALID, "the chunk has more documents than it may have"),
    "HTML_UNSUPPORTED": Reason(code_pb2.FAILED_PRECONDITION, "this server was installed without what it takes to read web pages"),
    "TOKEN_MISSING": Reason(code_pb2.UNAUTHENTICATED, "the call carries no bearer token"),
    "TOKEN_INVALID": Reason(code_pb2.UNAUTHENTICATED, "the bearer token is not one of this server's"),
    "RESOURCE_EXHAUSTED": Reason(code_pb2.RESOURCE_EXHAUSTED, "the document does not fit into the server's memory at this time"),
    "OVERLOADED": Reason(code_pb2.RESOURCE_EXHAUSTED, "too many streams are open; try again after the time given, or elsewhere"),
    "DEADLINE_TOO_SHORT": Reason(code_pb2.DEADLINE_EXCEEDED, "the deadline left no time to begin, or passed between two documents"),
    "CANCELLED": Reason(code_pb2.CANCELLED, "the caller gave up between two documents"),
    "INTERNAL": Reason(code_pb2.INTERNAL, "a fault of the server; its log has the details under the id given"),
}
assert len(REASONS) == len({reason.meaning for reason in REASONS.values()})


class ServiceError(Exception):
    """A call cannot be answered. `reason` is a key of REASONS, `field` a path in the request or empty."""

    def __init__(self, reason: str, message: str, field: str = "", metadata: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.field = field
        self.metadata = dict(metadata or {})


def status_of(error: ServiceError | DocumentError) -> status_pb2.Status:
    """The status for either kind of error; a document's fields are given by their path in the request."""
    if isinstance(error, DocumentError):
        field = error.field if error.field.startswith("document") else f"document.{error.field}".rstrip(".")
        return make_status(error.reason, error.message, field)
    return make_status(error.reason, error.message, error.field, error.metadata)


def make_status(reason: str, message: str, field: str = "", metadata: Mapping[str, str] | None = None) -> status_pb2.Status:
    """A google.rpc.Status with one ErrorInfo and, where a field is to blame, one BadRequest; under overload one RetryInfo."""
    code = REASONS[reason].code if reason in REASONS else _INVALID
    status = status_pb2.Status(code=code, message=message)
    info = error_details_pb2.ErrorInfo(reason=reason, domain=DOMAIN, metadata={**(metadata or {}), **({"field": field} if field else {})})
    status.details.append(_packed(info))
    if field:
        violation = error_details_pb2.BadRequest.FieldViolation(field=field, description=message, reason=reason)
        status.details.append(_packed(error_details_pb2.BadRequest(field_violations=[violation])))
    if code == code_pb2.RESOURCE_EXHAUSTED:
        status.details.append(_packed(error_details_pb2.RetryInfo(retry_delay=duration_pb2.Duration(seconds=1))))
    return status


def _packed(message: object) -> any_pb2.Any:
    packed = any_pb2.Any()
    packed.Pack(message)  # type: ignore[arg-type]
    return packed
