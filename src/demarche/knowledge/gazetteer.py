"""The compiled gazetteer: a trie over token hashes, laid out for one probe a step. `_native/gazetteer.pyx` walks it.

Sections: `gazetteer.starts` (64 Ki bits: which tokens can begin a name), `gazetteer.keys` and `gazetteer.nodes` (open
addressing from node and token hash to child), `gazetteer.first` (node -> its first reading, one more than there are
nodes), `gazetteer.readings` (rows: entity, role, kind, flags, capitals) and `gazetteer.exact` (hash of the exact form).
"""
from __future__ import annotations

from dataclasses import dataclass

from demarche.knowledge.codes import NameFlag, NameKind
from demarche.knowledge.names import capitals, spellings
from demarche.knowledge.sections import MASK, Section, fnv1a, section

STEP = 0x9E3779B97F4A7C15
MIX = 0xFF51AFD7ED558CCD
START_WORDS = 1024
MAX_TOKENS = 16
MAX_READINGS = 3
COLUMNS = 5
# Which reading of the same tokens comes first.
RANK = {NameKind.STATE: 0, NameKind.ENTITY: 1, NameKind.ADJECTIVE: 2, NameKind.DEMONYM: 3, NameKind.SEAT: 4, NameKind.CAPITAL: 5,
        NameKind.PERSON: 6, NameKind.ROLE: 8}


@dataclass(frozen=True)
class Reading:
    entity: int
    role: int
    kind: NameKind
    flags: NameFlag
    weight: int = 0   # among surnames, the more recent office first


def edge_key(node: int, token_hash: int) -> int:
    """The key of an edge; 0 marks an empty slot and is never a key."""
    value = (token_hash ^ (node * STEP & MASK)) * MIX & MASK
    return (value ^ (value >> 32)) or 1


class Trie:
    """Collects names, then packs them."""

    def __init__(self) -> None:
        self._edges: dict[tuple[int, int], int] = {}
        self._readings: list[list[tuple[Reading, int, int]]] = [[]]  # per node: reading, capitals, exact hash
        self.names = 0

    def add(self, text: str, reading: Reading) -> None:
        """Add all spellings of a name. Raises ValueError if it has no or too many tokens, or no capital where it needs one."""
        sequences = spellings(text)
        if not sequences:
            raise ValueError(f"{text!r} is no name")
        for words in sequences:
            if len(words) > MAX_TOKENS:
                raise ValueError(f"{text!r} has more than {MAX_TOKENS} tokens")
            mask = 0 if reading.kind == NameKind.ROLE else capitals(words)
            if not mask and reading.kind != NameKind.ROLE and not reading.flags & NameFlag.EXACT:
                if words is not sequences[0]:
                    continue  # "al-Burhan" left in one token
                raise ValueError(f"{text!r} has no capital letter; mark it ^ if it is only a name in this case")
            node = 0
            for word in words:
                key = node, fnv1a(word.lower().encode())
                if key not in self._edges:
                    self._edges[key] = len(self._readings)
                    self._readings.append([])
                node = self._edges[key]
            exact = fnv1a("\0".join(words).encode()) if reading.flags & NameFlag.EXACT else 0
            if not any(r.entity == reading.entity and r.role == reading.role and _same(r.kind, reading.kind) and x == exact
                       for r, _, x in self._readings[node]):
                self._readings[node].append((reading, mask, exact))
                self.names += 1

    def sections(self) -> dict[str, Section]:
        size = 1 << max(10, (2 * len(self._edges)).bit_length())
        keys, nodes, starts = [0] * size, [0] * size, [0] * START_WORDS
        for (node, token_hash), child in self._edges.items():
            key = edge_key(node, token_hash)
            slot = key & (size - 1)
            while keys[slot]:
                if keys[slot] == key:
                    raise ValueError("two tokens of the gazetteer have the same hash")
                slot = (slot + 1) & (size - 1)
            keys[slot], nodes[slot] = key, child
            if not node:
                starts[(token_hash >> 48) >> 6] |= 1 << (token_hash >> 48 & 63)
        first, rows, exacts = [0], [], []
        for readings in self._readings:
            ordered = sorted(readings, key=lambda r: (RANK[r[0].kind] + bool(r[0].flags & NameFlag.SURNAME), -r[0].weight))
            surnames = 0
            for reading, mask, exact in ordered:
                surnames += bool(reading.flags & NameFlag.SURNAME)
                if reading.flags & NameFlag.SURNAME and surnames > MAX_READINGS:
                    continue
                rows += [reading.entity, reading.role, int(reading.kind), int(reading.flags), mask]
                exacts.append(exact)
            first.append(len(exacts))
        return {"gazetteer.starts": section("u64", starts), "gazetteer.keys": section("u64", keys),
                "gazetteer.nodes": section("u32", nodes),
                "gazetteer.first": section("u32", first), "gazetteer.readings": section("i32", rows, COLUMNS),
                "gazetteer.exact": section("u64", exacts)}


def _same(a: NameKind, b: NameKind) -> bool:
    """Whether one of two readings of the same entity is enough: all but adjective and demonym, which the tags tell apart."""
    return a == b or {a, b} != {NameKind.ADJECTIVE, NameKind.DEMONYM}
