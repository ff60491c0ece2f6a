"""Where commands get their input from: files of reports, JSON Lines on standard input, plain text. Every failure has a line of its own."""
from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import click

from demarche import limits
from demarche.cli import CommandError

if TYPE_CHECKING:
    from demarche.v1.document_pb2 import Document

STANDARD_INPUT = "standard input"


class Report(NamedTuple):
    """A document to be coded, and where it came from, for messages: `FILE` or `FILE:LINE`."""

    origin: str
    document: Document


class Complaints:
    """Says what is wrong with one input, a line each on standard error, and remembers that something was."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, origin: str, message: str) -> None:
        """One line about `origin`."""
        self.count += 1
        click.echo(" ".join(f"demarche: {origin}: {message}".split()), err=True)

    @property
    def status(self) -> int:
        """The command's exit status."""
        return 1 if self.count else 0


def reports(files: tuple[str, ...], complaints: Complaints) -> Iterator[Report]:
    """All documents of all files, read as they are drawn; a file or line that cannot be read is complained of and left out."""
    from demarche.reading import ReadingError
    if not files and sys.stdin.isatty():
        raise CommandError("no input: name files, or - for standard input")
    for name in files or ("-",):
        label = STANDARD_INPUT if name == "-" else name
        try:
            yield from _reports_of(name, label, complaints)
        except ReadingError as error:
            complaints.add(_origin(label, error.line or 0), error.message)
        except OSError as error:
            complaints.add(label, _reason(error))


def _reports_of(name: str, label: str, complaints: Complaints) -> Iterator[Report]:
    from demarche.reading import KINDS, read_path, read_stream
    if name == "-":
        stream, is_json = sniff(sys.stdin.buffer)
        if is_json:
            yield from _json_lines(stream, label, complaints)
        else:
            yield from (Report(label, source.to_proto()) for source in read_stream(stream, label))
    elif KINDS.get(Path(name).suffix.lower()) == "jsonl":
        with open(name, "rb") as stream:
            yield from _json_lines(stream, label, complaints)
    else:
        yield from (Report(label, source.to_proto()) for source in read_path(name))


def _json_lines(stream: BinaryIO, label: str, complaints: Complaints) -> Iterator[Report]:
    """A document a line, each as soon as it is there; a bad line does not end the others."""
    from demarche.reading import ReadingError
    from demarche.reading.decoding import check_size
    from demarche.reading.jsonl import read_line
    most = limits.MAX_LINE_BYTES
    number = blank = 0
    while line := stream.readline(most + 1):
        number += 1
        if not line.strip():
            blank += 1
            continue
        try:
            length = len(line)
            while len(line) > most and not line.endswith(b"\n"):  # the rest of a line that is refused is passed over
                if not (line := stream.readline(most + 1)):
                    break
            check_size(length, most, label, number)
            yield Report(_origin(label, number), read_line(line, label, number).to_proto())
        except ReadingError as error:
            complaints.add(_origin(label, number), error.message)
    if number == blank:
        complaints.add(label, "the document is empty")


def plain_text(name: str) -> str:
    """The whole of a file, or of standard input for `-`, as text. CommandError if it is not text."""
    label = STANDARD_INPUT if name == "-" else name
    try:
        data = sys.stdin.buffer.read(limits.MAX_ANALYZED_BYTES + 1) if name == "-" else _bytes(name)
    except OSError as error:
        raise CommandError(f"{label}: {_reason(error)}") from None
    if len(data) > limits.MAX_ANALYZED_BYTES:
        raise CommandError(f"{label}: too long: the limit is {limits.MAX_ANALYZED_BYTES >> 20} MiB ({limits.MAX_ANALYZED_BYTES:,} bytes)")
    if b"\0" in data:
        raise CommandError(f"{label}: binary data, not text (a NUL byte at offset {data.index(0):,})")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{label}: not valid UTF-8 at byte {error.start:,}") from None
    if not text.strip():
        raise CommandError(f"{label}: empty, there is nothing to read")
    return text


def sniff(stream: BinaryIO) -> tuple[BinaryIO, bool]:
    """The stream, unread, and whether it is JSON Lines: its first byte that is not blank is `{`."""
    head = b""
    while not head.strip(b"\xef\xbb\xbf \t\r\n"):
        more = stream.read1(1 << 16) if isinstance(stream, io.BufferedReader) else stream.read(1 << 16)
        if not more:
            break
        head += more
    is_json = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return io.BufferedReader(_Rejoined(head, stream)), is_json


class _Rejoined(io.RawIOBase):
    """Bytes already read, then the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._head:
            # What is there now, so that a slow writer's lines are seen as they come.
            data = self._rest.read1(len(buffer)) if isinstance(self._rest, io.BufferedReader) else self._rest.read(len(buffer))
            buffer[:len(data)] = data
            return len(data)
        taken = self._head[:len(buffer)]
        buffer[:len(taken)] = taken
        self._head = self._head[len(taken):]
        return len(taken)


def _bytes(name: str) -> bytes:
    with open(name, "rb") as handle:
        return handle.read(limits.MAX_ANALYZED_BYTES + 1)


def _origin(label: str, line: int) -> str:
    return f"{label}:{line}" if line else label


def _reason(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "a directory, not a file"
    if isinstance(error, FileNotFoundError):
        return "no such file"
    return (error.strerror or os.strerror(error.errno or 0)).lower()
