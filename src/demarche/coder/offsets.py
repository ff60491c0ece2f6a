"""Offsets in the units that callers count in: the core counts bytes of UTF-8, Python and most callers code points."""
from __future__ import annotations

import re
from bisect import bisect_right

from demarche.v1 import document_pb2

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# units that a character of n UTF-8 bytes takes
_UNITS = {document_pb2.ENCODING_TYPE_UTF8: {2: 2, 3: 3, 4: 4}, document_pb2.ENCODING_TYPE_UTF16: {2: 1, 3: 1, 4: 2}}
_CODE_POINTS = {2: 1, 3: 1, 4: 1}


class Offsets:
    """Translates between bytes of one text and a unit; texts of ASCII alone cost nothing."""

    def __init__(self, text: str, encoding_type: int = document_pb2.ENCODING_TYPE_UTF32) -> None:
        self._bytes: list[int] = []      # byte after each character beyond ASCII
        self._units: list[int] = []      # the same place in units
        if text.isascii() or encoding_type == document_pb2.ENCODING_TYPE_UTF8:
            return
        sizes = _UNITS.get(encoding_type, _CODE_POINTS)
        extra_bytes = extra_units = 0
        for match in _BEYOND_ASCII.finditer(text):
            size = len(match[0].encode("utf-8", "surrogatepass"))
            extra_bytes += size - 1
            extra_units += sizes[size] - 1
            self._bytes.append(match.end() + extra_bytes)
            self._units.append(match.end() + extra_units)

    def unit(self, byte: int) -> int:
        """The offset in units of a byte that begins a character, or ends the text."""
        at = bisect_right(self._bytes, byte)
        return byte - self._bytes[at - 1] + self._units[at - 1] if at else byte

    def byte(self, unit: int) -> int:
        """The offset in bytes of a place in units."""
        at = bisect_right(self._units, unit)
        return unit - self._units[at - 1] + self._bytes[at - 1] if at else unit
