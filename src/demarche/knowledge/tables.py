"""Arrays for the core: word sets and hash tables, as `patterns.pyx` and `acts.pyx` read them."""
from __future__ import annotations

import struct
from typing import Iterable, Sequence

MASK = (1 << 64) - 1
POSITION_SALT = 0x9E3779B97F4A7C15

Section = tuple[str, tuple[int, ...], bytes]


def fnv1a(text: str) -> int:
    """FNV-1a, 64 bits, of the UTF-8 bytes: the hash of `document.pyx`."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def array(dtype: str, values: Sequence[int], shape: tuple[int, ...] | None = None) -> Section:
    """A section of little-endian integers; never empty, so that it always has an address."""
    code = {"u8": "B", "u16": "H", "i32": "i", "u32": "I", "u64": "Q"}[dtype]
    values = list(values) or [0]
    return dtype, shape or (len(values),), struct.pack(f"<{len(values)}{code}", *values)


class WordSets:
    """Numbered sets of words. Number 0 is the empty set, which the core reads as "anything"."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {(): 0}

    def number(self, words: Iterable[str]) -> int:
        key = tuple(sorted(set(_short(w.lower()) for w in words)))
        return self._numbers.setdefault(key, len(self._numbers))

    def sections(self, prefix: str) -> dict[str, Section]:
        starts, hashes = [0], []
        for words in self._numbers:
            hashes += sorted(fnv1a(w) for w in words)
            starts.append(len(hashes))
        return {f"{prefix}.set_start": array("u32", starts), f"{prefix}.set_hashes": array("u64", hashes)}


def _short(word: str) -> str:
    """The core compares one word, or a pair with the word before it: longer names keep their last two words."""
    parts = word.split(" ")
    return " ".join(parts[-2:])


def key_table(entries: dict[tuple[str, int], tuple[int, int]]) -> tuple[list[int], list[int], list[int]]:
    """Open addressing from (lemma, position) to (first, count): keys, firsts, counts. Linear probing, power of two."""
    size = 16
    while size < 2 * len(entries):
        size *= 2
    keys, firsts, counts = [0] * size, [0] * size, [0] * size
    for (lemma, position), (first, count) in sorted(entries.items()):
        key = (fnv1a(lemma) ^ (position * POSITION_SALT & MASK)) or 1
        at = (key ^ key >> 32) % size
        while keys[at]:
            at = (at + 1) % size
        keys[at], firsts[at], counts[at] = key, first, count
    return keys, firsts, counts
