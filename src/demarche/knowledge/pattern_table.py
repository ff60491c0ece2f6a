"""The compiled patterns' names at run time."""
from __future__ import annotations

from typing import NamedTuple

from demarche.knowledge.model import Knowledge

COLUMNS = 5     # of patterns.table: id, type, modes, CAMEO code, file and line, all numbers of strings


class PatternRow(NamedTuple):
    """What an event takes from its pattern."""
    id: str
    type: str
    modes: tuple[str, ...]
    cameo: str
    source: str


def pattern_table(knowledge: Knowledge) -> tuple[PatternRow, ...]:
    """The patterns in the order of their numbers."""
    numbers = knowledge.blob["patterns.table"].tolist()
    rows = []
    for at in range(0, len(numbers), COLUMNS):
        name, kind, modes, cameo, source = (knowledge.string(n) for n in numbers[at:at + COLUMNS])
        rows.append(PatternRow(name, kind, tuple(m for m in modes.split(",") if m), cameo, source))
    return tuple(rows)
