"""Frames: one line of a pattern, from text to what the core matches.

    verb ACTOR reject|spurn RECIPIENT's [offer|@peace-terms] (at [summit])

becomes a trigger, perhaps a particle, and terms: which grammatical relation must be filled by what. The format is
described for its authors in data/acts/README.txt.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum


class Position(IntEnum):
    """What kind of word triggers the frame."""
    VERB = 1
    NOUN = 2
    ADJECTIVE = 3


class Relation(IntEnum):
    """The grammatical relation of a term to its trigger, after passives and the like have been undone."""
    SUBJECT = 1
    OBJECT = 2
    INDIRECT = 3
    PREPOSITION = 4    # with `words` as the prepositions
    CLAUSE = 5         # with `words` as the markers: to, that, or prepositions before a gerund; none: any complement
    POSSESSOR = 6


class Slot(IntEnum):
    NONE = 0
    ACTOR = 1
    RECIPIENT = 2
    PARTNER = 3
    THIRD = 4
    WHAT = 5
    ACT = 6


@dataclass(frozen=True)
class Term:
    relation: Relation
    slot: Slot = Slot.NONE
    words: tuple[str, ...] = ()      # prepositions or markers
    nouns: tuple[str, ...] = ()      # the head must be one of these lemmas; empty: anything
    owner: Slot = Slot.NONE          # the slot of that noun's owner
    optional: bool = False


@dataclass(frozen=True)
class Frame:
    position: Position
    triggers: tuple[str, ...]
    particle: tuple[str, ...] = ()   # of a verb: "down" in "turn down"; of a noun: a modifier that must be there
    terms: tuple[Term, ...] = ()
    line: int = 0
    text: str = ""

    def specificity(self) -> int:
        """More required words win, then more required slots, then more slots at all."""
        score = 40 * bool(self.particle)
        for term in self.terms:
            if not term.optional:
                score += 40 * bool(term.nouns) + 12 * bool(term.words) + 8 * (term.slot not in (Slot.NONE, Slot.WHAT)) + 4 * (term.slot == Slot.WHAT)
                score += 6 * bool(term.owner) + 6 * (term.relation == Relation.CLAUSE)
            else:
                score += 1
        return score


class FrameError(ValueError):
    """The line is not a frame; the message says why."""


SLOTS = {slot.name: slot for slot in Slot if slot}
ITEM = re.compile(r"\s*(?:(?P<paren>[()])|\[(?P<nouns>[^\]]*)\]|(?P<owner>[A-Z]+)['’]s\b|(?P<slot>[A-Z]{3,})\b|(?P<words>[^\s()\[\]]+))")
# words that cannot end a line, since they need a noun
_PREPOSITIONS = frozenset(("with", "of", "for", "from", "against", "at", "by", "into", "upon", "about", "to", "that"))


def _expand(text: str, lists: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    words: list[str] = []
    for word in filter(None, (w.strip().replace("_", " ") for w in text.split("|"))):
        if word.startswith("@"):
            if word[1:] not in lists:
                raise FrameError(f"no list named {word[1:]}")
            words += lists[word[1:]]
        else:
            words.append(word)
    return tuple(dict.fromkeys(words))


def _items(text: str, lists: dict[str, tuple[str, ...]]) -> list[tuple[str, object, bool]]:
    """(kind, value, optional) for each item: kinds word, nouns, owner, slot."""
    items: list[tuple[str, object, bool]] = []
    depth, at = 0, 0
    while at < len(text.rstrip()):
        match = ITEM.match(text, at)
        if not match:
            raise FrameError(f"cannot read {text[at:].strip()!r}")
        at = match.end()
        if match["paren"]:
            depth += 1 if match["paren"] == "(" else -1
            if depth not in (0, 1):
                raise FrameError("parentheses do not pair, or are nested")
        elif match["nouns"] is not None:
            nouns = _expand(match["nouns"], lists)
            if not nouns:
                raise FrameError("empty brackets")
            items.append(("nouns", nouns, bool(depth)))
        elif match["owner"] or match["slot"]:
            name = match["owner"] or match["slot"]
            if name not in SLOTS:
                raise FrameError(f"{name} is no slot; slots are {', '.join(SLOTS)}")
            items.append(("owner" if match["owner"] else "slot", SLOTS[name], bool(depth)))
        else:
            items.append(("word", _expand(match["words"], lists), bool(depth)))
    if depth:
        raise FrameError("parentheses do not pair")
    return items


def parse_frame(text: str, lists: dict[str, tuple[str, ...]], line: int = 0) -> Frame:
    """One `verb`, `noun` or `adj` line. Raises FrameError."""
    kind, _, rest = text.strip().partition(" ")
    positions = {"verb": Position.VERB, "noun": Position.NOUN, "adj": Position.ADJECTIVE}
    if kind not in positions:
        raise FrameError(f"a frame begins with verb, noun or adj, not {kind!r}")
    position, items = positions[kind], _items(rest, lists)
    terms: list[Term] = []
    at = 0
    # before the trigger: the subject of a verb, the possessor of a noun
    while at < len(items) and items[at][0] in ("slot", "owner"):
        what, slot, optional = items[at]
        relation = Relation.POSSESSOR if what == "owner" or position == Position.NOUN else Relation.SUBJECT
        terms.append(Term(relation, slot, optional=optional or relation == Relation.POSSESSOR))  # type: ignore[arg-type]
        at += 1
    words: list[tuple[str, ...]] = []
    while at < len(items) and items[at][0] == "word" and not items[at][2]:
        if words and position == Position.VERB and items[at][1] == ("to",) and at + 1 < len(items) and items[at + 1][0] == "word" and not items[at + 1][2]:
            break       # "vow to retaliate": a clause with that verb
        words.append(items[at][1])  # type: ignore[arg-type]
        at += 1
    if position == Position.ADJECTIVE and words and words[0] == ("be",):
        words.pop(0)
    if not words:
        raise FrameError("no trigger word")
    # the last word before a slot or bracket is its preposition, unless nothing but the trigger is there
    following = items[at] if at < len(items) else None
    pending: tuple[str, ...] = ()
    if following is not None and not following[2] and len(words) > 1:
        pending = words.pop()
    if position == Position.NOUN:
        triggers, particle = words[-1], tuple(w for group in words[:-1] for w in group)
    else:
        triggers, particle = words[0], tuple(w for group in words[1:] for w in group)
    owner = Slot.NONE
    while at < len(items):
        what, value, optional = items[at]
        at += 1
        if what == "word":
            if pending == ("to",):
                # "order RECIPIENT to leave": a clause with that verb
                terms.append(Term(Relation.CLAUSE, Slot.NONE, pending, value, Slot.NONE, optional))  # type: ignore[arg-type]
                pending = ()
            else:
                particle = particle or pending      # "pull [troop] out of RECIPIENT"
                pending = value  # type: ignore[assignment]
        elif what == "owner":
            owner = value  # type: ignore[assignment]
        else:
            slot = value if what == "slot" else Slot.NONE
            if pending == ("that",) and slot not in (Slot.ACT, Slot.NONE):
                continue      # "that RECIPIENT ACT": the matcher takes whom a content concerns from the content itself
            nouns = value if what == "nouns" else ()
            terms.append(_term(position, slot, nouns, owner, pending, optional, terms))  # type: ignore[arg-type]
            owner, pending = Slot.NONE, ()
    if pending and position == Position.VERB and not particle and not _PREPOSITIONS.intersection(pending):
        particle, pending = pending, ()      # "send RECIPIENT home"
    if pending or owner:
        raise FrameError("the line ends in a preposition or an owner without its noun")
    return Frame(position, triggers, particle, tuple(_indirect(terms)), line, text.strip())


def _term(position: Position, slot: Slot, nouns: tuple[str, ...], owner: Slot, words: tuple[str, ...], optional: bool, before: list[Term]) -> Term:
    if slot == Slot.ACT:
        return Term(Relation.CLAUSE, slot, words, (), owner, optional)
    if words:
        return Term(Relation.PREPOSITION, slot, words, nouns, owner, optional)
    if position == Position.VERB:
        return Term(Relation.OBJECT, slot, (), nouns, owner, optional)
    raise FrameError("only a verb takes a slot or noun without a preposition")


def _indirect(terms: list[Term]) -> list[Term]:
    """Of two objects in a row the first is the indirect one: "give RECIPIENT [aid]"."""
    objects = [i for i, term in enumerate(terms) if term.relation == Relation.OBJECT]
    if len(objects) > 2:
        raise FrameError("more than two objects")
    if len(objects) == 2:
        first = terms[objects[0]]
        terms[objects[0]] = Term(Relation.INDIRECT, first.slot, (), first.nouns, first.owner, first.optional)
    return terms
