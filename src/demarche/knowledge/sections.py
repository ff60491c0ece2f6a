"""What every knowledge compiler writes to: shared strings and little-endian sections."""
from __future__ import annotations

import array
import sys
from typing import Iterable

Section = tuple[str, tuple[int, ...], bytes]  # dtype, shape, bytes, as blob.write_blob takes them
_CODES = {"u8": "B", "u16": "H", "i32": "i", "u32": "I", "i64": "q", "u64": "Q"}
MASK = (1 << 64) - 1


class Strings:
    """Each different string once; number 0 is the empty string."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}

    def add(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def sections(self) -> dict[str, Section]:
        """`strings` (UTF-8, one after the other) and `strings.offsets` (one more than there are strings)."""
        data, offsets = bytearray(), [0]
        for text in self._numbers:
            data += text.encode()
            offsets.append(len(data))
        return {"strings": ("u8", (len(data),), bytes(data)), "strings.offsets": section("u32", offsets)}


def section(dtype: str, values: Iterable[int], columns: int = 0) -> Section:
    """A one-dimensional section, or rows of `columns` values."""
    numbers = array.array(_CODES[dtype], values)
    if sys.byteorder == "big":
        numbers.byteswap()
    shape = (len(numbers) // columns, columns) if columns else (len(numbers),)
    return dtype, shape, numbers.tobytes()


def fnv1a(data: bytes, seed: int = 0) -> int:
    """hash_bytes of the core (document.pxd), for builds in which the core is not compiled yet."""
    value = 0xCBF29CE484222325 ^ seed
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & MASK
    return value
