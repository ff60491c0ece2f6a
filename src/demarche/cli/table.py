"""Events as a table that fits the screen."""
from __future__ import annotations

import shutil
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from demarche.cli import rows

if TYPE_CHECKING:
    from demarche.v1.document_pb2 import CodedDocument
    from demarche.v1.event_pb2 import Event

HEADINGS = ("Type", "Who", "To whom", "When", "Where", "Status", "According to", "Words")
_GAP = 2
_LEAST = 8  # a column is not squeezed under this many cells
_WIDEST = 200  # lines longer than this are hard to follow, however wide the screen


def screen_width() -> int:
    """Cells a line; 120 where there is no screen."""
    return min(_WIDEST, shutil.get_terminal_size((120, 40)).columns)


def document_table(coded: CodedDocument, heading: str, width: int) -> Iterator[str]:
    """Lines: the heading, one row or more an event, the diagnostics, a blank line."""
    yield from textwrap.wrap(heading, width) or [""]
    if coded.events:
        yield from lines([HEADINGS, *(_cells(coded, event) for event in coded.events)], width)
    else:
        yield "  no events found"
    for diagnostic in coded.diagnostics:
        yield f"  note: {diagnostic.message or diagnostic.code}"
    yield ""


def _cells(coded: CodedDocument, event: Event) -> tuple[str, ...]:
    kind = event.type + (f" ({rows.listed(event.modes)})" if event.modes else "")
    start, end = rows.dates(event.when)
    when = start if start == end else f"{start} to {end}".strip() if start and end else f"from {start}" if start else f"until {end}"
    if event.when.approximate and when:
        when = f"about {when}"
    status = [rows.realis(event).lower()] + ([rows.standing(event).lower()] if rows.standing(event) != "REPORTED" else [])
    what = " ".join(rows.words(coded, event.evidence.trigger).split())
    return (kind, rows.listed(map(rows.who, event.actors)), rows.listed(map(rows.who, event.recipients)), when,
            event.place.name, rows.listed(status), rows.listed(rows.speakers(event)), rows.listed([what, *rows.amounts(event)]))


def lines(cells: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """A heading row, a rule, and the other rows; cells are wrapped so that a line has at most `width` cells where that is possible."""
    used = [column for column in range(len(cells[0])) if any(row[column] for row in cells[1:])]
    table = [[row[column] for column in used] for row in cells]
    widths = _widths(table, width)
    for number, row in enumerate(table):
        wrapped = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, widths)]
        for level in range(max(map(len, wrapped))):
            parts = [_padded(cell[level] if level < len(cell) else "", size) for cell, size in zip(wrapped, widths)]
            yield "  " + (" " * _GAP).join(parts).rstrip()
        if number == 0:
            yield "  " + (" " * _GAP).join("-" * size for size in widths)


def _widths(table: Sequence[Sequence[str]], width: int) -> list[int]:
    """Natural widths, the widest columns narrowed until they fit."""
    widths = [max(map(_cells_wide, column)) for column in zip(*table)]
    room = width - 2 - _GAP * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _padded(text: str, size: int) -> str:
    return text + " " * (size - _cells_wide(text))


def _cells_wide(text: str) -> int:
    """Cells on the screen: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
