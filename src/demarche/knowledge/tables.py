"""Arrays for the core: word sets and hash tables, as `patterns.pyx` and `acts.pyx` read them."""
from __future__ import annotations

from typing import Iterable, Mapping

from demarche.knowledge.sections import MASK, Section, fnv1a, section

POSITION_SALT = 0x9E3779B97F4A7C15


class WordSets:
    """Numbered sets of words. Number 0 is the empty set, which the core reads as "anything"."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {(): 0}

    def number(self, words: Iterable[str]) -> int:
        return self._numbers.setdefault(tuple(sorted({_short(w.lower()) for w in words})), len(self._numbers))

    def sections(self) -> dict[str, Section]:
        """`sets.start` (one more than there are sets) and `sets.hashes`, sorted within each set."""
        starts, hashes = [0], []
        for words in self._numbers:
            hashes += sorted(fnv1a(w.encode()) for w in words)
            starts.append(len(hashes))
        return {"sets.start": section("u32", starts), "sets.hashes": section("u64", hashes or [0])}


def _short(word: str) -> str:
    """The core compares one word, or a pair with the word before it: longer names keep their last two words."""
    return " ".join(word.split(" ")[-2:])


def key_table(prefix: str, entries: Mapping[tuple[str, int], tuple[int, int]]) -> dict[str, Section]:
    """Open addressing from (lemma, position) to (first, count), linear probing, a power of two of slots: keys, first, count."""
    size = 16
    while size < 2 * len(entries):
        size *= 2
    keys, firsts, counts = [0] * size, [0] * size, [0] * size
    for (lemma, position), (first, count) in sorted(entries.items()):
        key = (fnv1a(lemma.encode()) ^ (position * POSITION_SALT & MASK)) or 1
        at = (key ^ key >> 32) % size
        while keys[at]:
            at = (at + 1) % size
        keys[at], firsts[at], counts[at] = key, first, count
    return {f"{prefix}.keys": section("u64", keys), f"{prefix}.first": section("u32", firsts), f"{prefix}.count": section("u32", counts)}
