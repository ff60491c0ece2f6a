"""Articles as people have them, read into `SourceDocument`s: text, Markdown, web pages, JSON Lines."""
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from demarche.coder.dateline import Dateline, find_dateline
from demarche.coder.language import detect_language
from demarche.reading.decoding import LIMITS, check_size, decode
from demarche.reading.errors import ReadingError
from demarche.reading.html import decode_page, read_html
from demarche.reading.jsonl import read_lines
from demarche.reading.markdown import read_markdown
from demarche.reading.plain import read_plain
from demarche.reading.source import Mention, SourceDocument, canonical_text

__all__ = ["Dateline", "Mention", "ReadingError", "SourceDocument", "canonical_text", "detect_language", "find_dateline", "read_bytes",
           "read_html", "read_path", "read_stream"]

KINDS = {".txt": "plain", ".text": "plain", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html",
         ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
_SNIFFED = 65536  # bytes
_PAGE = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|article|div|p|h1|meta|\?xml)\b", re.I | re.S)
_MARKDOWN = re.compile(rb"^(?:#{1,6} \S|---\s*$|!\[)|\]\((?:https?://|#|/)|^=+\s*$|\*\*\w", re.M)


def read_path(path: str | Path) -> Iterator[SourceDocument]:
    """The documents of a file, by its suffix, or by its content where it has none. Raises ReadingError."""
    name = str(path)
    suffix = Path(path).suffix.lower()
    if suffix and suffix not in KINDS and not _is_text_suffix(suffix):
        raise ReadingError(name, None, f"cannot read {suffix} files: expected one of .txt .md .html .htm .jsonl")
    try:
        with open(path, "rb") as stream:
            yield from read_stream(stream, name)
    except FileNotFoundError:
        raise ReadingError(name, None, "no such file") from None
    except IsADirectoryError:
        raise ReadingError(name, None, "this is a directory, not a file") from None
    except OSError as error:
        raise ReadingError(name, None, error.strerror or "cannot be read") from None


def _is_text_suffix(suffix: str) -> bool:
    """Whether what follows the last dot is no suffix but a part of the name: "report.2018"."""
    return not suffix[1:].isalpha() or len(suffix) > 8


def read_stream(stream: BinaryIO, name: str = "-") -> Iterator[SourceDocument]:
    """The documents of a binary stream, JSON Lines a line at a time. The suffix of `name` chooses the format. Raises ReadingError."""
    start = stream.read(_SNIFFED)
    kind = KINDS.get(Path(name).suffix.lower()) or kind_of(start)
    if kind == "jsonl":
        yield from read_lines(_lines(start, stream, name), name)
        return
    # One byte over the limit tells that there are too many; the rest of a long file is never read.
    data = start + stream.read(LIMITS[kind] + 1 - len(start)) if len(start) == _SNIFFED else start
    yield from read_bytes(data, name, kind)


def read_bytes(data: bytes, name: str = "-", kind: str | None = None) -> Iterator[SourceDocument]:
    """The documents in `data`. `kind`: plain, markdown, html, jsonl; None tells it from the name, then the content. Raises ReadingError."""
    kind = kind or KINDS.get(Path(name).suffix.lower()) or kind_of(data[:_SNIFFED])
    if kind not in LIMITS:
        raise ValueError(f"unknown kind of document: {kind!r}")
    if kind != "jsonl":
        check_size(len(data), LIMITS[kind], name)
    if kind == "jsonl":
        yield from read_lines(_lines(b"", io.BytesIO(data), name), name)
    elif kind == "html":
        yield read_html(decode_page(data, name), name)
    elif kind == "markdown":
        yield read_markdown(decode(data, name), name)
    else:
        yield read_plain(decode(data, name), name)


def kind_of(start: bytes) -> str:
    """The format of data that begins so: plain, markdown, html or jsonl."""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start[:len(start) // 2 * 2].decode("utf-16", "replace").encode("utf-8")
    start = start.removeprefix(b"\xef\xbb\xbf")
    if re.match(rb"\s*\{\s*(?:\"|\}|$)", start):
        return "jsonl"
    if _PAGE.match(start):
        return "html"
    return "markdown" if _MARKDOWN.search(start) else "plain"


def _lines(start: bytes, stream: BinaryIO, name: str) -> Iterator[bytes]:
    """Lines of what was read already and of the rest, none longer than a line may be."""
    pending, number = start, 0
    while True:
        *whole, pending = pending.split(b"\n")
        for line in whole:
            number += 1
            check_size(len(line), LIMITS["jsonl"], name, number)
            yield line
        check_size(len(pending), LIMITS["jsonl"], name, number + 1)
        more = stream.read(1 << 20)
        if not more:
            break
        pending += more
    if pending:
        yield pending
