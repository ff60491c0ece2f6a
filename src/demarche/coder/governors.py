"""Which clause a word belongs to: the shared way up the tree for time phrases and places."""
from __future__ import annotations

from typing import Iterable, Protocol, TypeVar

from demarche._native.read import Reading

# Relations inside one clause; the way up ends at the verb, or where another clause begins.
_INSIDE = frozenset(("nmod", "obl", "compound", "nmod:unmarked", "obl:unmarked", "advmod", "amod", "nummod", "nmod:poss", "nmod:desc", "flat", "appos",
                     "conj", "obl:agent", "fixed", "obj", "nsubj", "nsubj:pass", "iobj"))
_LIMIT = 12


def path_up(reading: Reading, token: int) -> list[int]:
    """The words above a word in its own clause, nearest first, the verb last."""
    path: list[int] = []
    while len(path) < _LIMIT and reading.relation(token) in _INSIDE and reading.head(token) >= 0:
        token = reading.head(token)
        path.append(token)
        if reading.upos(token) == "VERB":
            break
    return path


def distance(reading: Reading, token: int, targets: tuple[int, ...]) -> int | None:
    """How far below one of the targets the word hangs inside the same clause: 0 for a direct dependent, None if it does not."""
    path = path_up(reading, token)
    found = [path.index(target) for target in targets if target in path]
    return min(found) if found else None


class Placed(Protocol):
    """Something that hangs on a word: a time phrase, a place."""

    @property
    def token(self) -> int: ...


P = TypeVar("P", bound=Placed)


def nearest(reading: Reading, candidates: Iterable[P], trigger: int, clause: int) -> P | None:
    """Of the candidates of one sentence the one that hangs nearest below the act's trigger or its clause."""
    best: tuple[int, int, P] | None = None
    for placed in candidates:
        steps = distance(reading, placed.token, (trigger, clause))
        if steps is not None and (best is None or (steps, abs(placed.token - trigger)) < best[:2]):
            best = (steps, abs(placed.token - trigger), placed)
    return best[2] if best else None
