"""Bytes to text: byte order marks, line ends, limits, and what is no text at all."""
import codecs
import re

from demarche import limits
from demarche.reading.errors import ReadingError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
          (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FORMATS = ((b"%PDF-", "a PDF file"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"),
            (b"PK\x03\x04", "a ZIP archive or an office document"), (b"\x1f\x8b", "a gzip file"), (b"\x7fELF", "a program"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LINE_ENDS = re.compile(r"\r\n?|\f|\v|\x85|\u2028")


# Most bytes that a file of each kind may have; a line of its own for each document of JSON Lines.
LIMITS = {"plain": limits.MAX_TEXT_BYTES, "markdown": limits.MAX_TEXT_BYTES, "html": limits.MAX_HTML_BYTES, "jsonl": limits.MAX_LINE_BYTES}


def check_size(size: int, limit: int, name: str, line: int | None = None) -> None:
    """Raises ReadingError above the limit, both in bytes."""
    if size > limit:
        raise ReadingError(name, line, f"too long: the limit is {limit >> 20} MiB ({limit:,} bytes)")


def decode(data: bytes, name: str, line: int | None = None, encoding: str = "utf-8") -> str:
    """The text of `data` with line feeds as its only line ends; otherwise as `decode_exactly`."""
    return _LINE_ENDS.sub("\n", decode_exactly(data, name, line, encoding))


def decode_exactly(data: bytes, name: str, line: int | None = None, encoding: str = "utf-8") -> str:
    """The text of `data`, no character changed; a byte order mark is no part of it.

    UTF-8 unless a byte order mark says otherwise. Raises ReadingError for data that is empty, binary, or not in its encoding.
    """
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise ReadingError(name, line, f"this is {what}, not text")
    start = 0
    for mark, marked in _MARKS:
        if data.startswith(mark):
            start, encoding = len(mark), marked
            break
    if encoding == "utf-8" and (zero := data.find(b"\0")) >= 0:
        raise ReadingError(name, line, f"binary data, not text (NUL at byte {zero})")
    try:
        text = data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(name, line, f"invalid {encoding.upper()} at byte {start + error.start}") from None
    except LookupError:
        raise ReadingError(name, line, f"unknown encoding {encoding!r}") from None
    if not text.strip():
        raise ReadingError(name, line, "the document is empty")
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls and (controls * 100 > len(text) or "\0" in text):
        raise ReadingError(name, line, "binary data, not text")
    return text
