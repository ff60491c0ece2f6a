"""The compiled patterns' names at run time."""
from __future__ import annotations

from typing import NamedTuple

from demarche.knowledge.model import Knowledge

COLUMNS = 6     # of patterns.table: id, type, modes, CAMEO code, file and line, id of the joint act, all numbers of strings


class PatternRow(NamedTuple):
    """What an event takes from its pattern."""
    id: str
    type: str
    modes: tuple[str, ...]
    cameo: str
    source: str
    jointly: int        # number of the pattern whose act it is where actors of several countries do it together; its own where it stays


def pattern_table(knowledge: Knowledge) -> tuple[PatternRow, ...]:
    """The patterns in the order of their numbers."""
    numbers = knowledge.blob["patterns.table"].tolist()
    row_of = {knowledge.string(numbers[at]): at // COLUMNS for at in range(0, len(numbers), COLUMNS)}
    rows = []
    for at in range(0, len(numbers), COLUMNS):
        name, kind, modes, cameo, source, jointly = (knowledge.string(n) for n in numbers[at:at + COLUMNS])
        rows.append(PatternRow(name, kind, tuple(m for m in modes.split(",") if m), cameo, source, row_of[jointly or name]))
    return tuple(rows)
