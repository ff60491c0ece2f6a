"""Documents that come as web pages, read into text before they are coded."""
from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from demarche import limits
from demarche.coder.errors import DocumentError
from demarche.server.errors import ServiceError

if TYPE_CHECKING:
    from demarche.v1.document_pb2 import Document


def read_page(document: Document) -> Document:
    """`document` itself if it is text; otherwise one with the page's text, where the caller's own fields win over the page's.

    Raises DocumentError for a page that is too long or has no report in it, ServiceError where this server cannot read pages.
    """
    if document.WhichOneof("content") != "html":
        return document
    size = len(document.html.encode())
    if size > limits.MAX_HTML_BYTES:
        raise DocumentError("DOCUMENT_TOO_LONG", "html", f"the page has {size:,} bytes, the limit is {limits.MAX_HTML_BYTES:,}")
    if not document.html.strip():
        raise DocumentError("DOCUMENT_EMPTY", "html", "the document has no text")
    if document.mentions:
        raise DocumentError("INVALID_MENTION", "mentions", "mentions index plain text and cannot come with a web page")
    if importlib.util.find_spec("trafilatura") is None:
        message = "this server cannot read web pages: it was installed without the html extra"
        raise ServiceError("HTML_UNSUPPORTED", message, "document.html")
    from demarche.reading import ReadingError, read_html
    try:
        result = read_html(document.html).to_proto()
    except ReadingError as error:
        raise DocumentError("INVALID_HTML", "html", error.message) from None
    for field in ("id", "title", "url", "publisher", "language"):
        if getattr(document, field):
            setattr(result, field, getattr(document, field))
    if not document.id:
        result.ClearField("id")
    publication = document.WhichOneof("publication")
    if publication:
        getattr(result, publication).CopyFrom(getattr(document, publication))
    return result
