"""Compiling patterns into the arrays that `patterns.pyx` maps."""
from __future__ import annotations

from collections import defaultdict
from typing import Sequence

from demarche.knowledge.frames import Position
from demarche.knowledge.names import plural
from demarche.knowledge.pattern_table import COLUMNS
from demarche.knowledge.patterns import TYPES, Pattern
from demarche.knowledge.sections import Section, Strings, section
from demarche.knowledge.tables import WordSets, key_table


# Where the learned judge tells an act and no pattern: the general code of the type.
LEARNED_CAMEO = {"AGREE": "030", "CONSULT": "040", "SUPPORT": "050", "CONCEDE": "080", "COOPERATE": "060", "AID": "070", "RETREAT": "087",
                 "REQUEST": "020", "ACCUSE": "110", "REJECT": "120", "THREATEN": "130", "PROTEST": "140", "SANCTION": "160", "MOBILIZE": "150",
                 "COERCE": "170", "ASSAULT": "180"}


def pattern_sections(patterns: Sequence[Pattern], sets: WordSets, strings: Strings) -> dict[str, Section]:
    """Frames in file order, terms, and triggers with their frames from most to least specific."""
    frames: list[int] = []
    terms: list[int] = []
    triggers: dict[tuple[str, int], list[int]] = defaultdict(list)
    scores: list[int] = []
    n_terms = 0
    for number, pattern in enumerate(patterns):
        for frame in pattern.frames:
            index, score = len(scores), frame.specificity()
            scores.append(score)
            frames += [number, sets.number(frame.particle), n_terms & 0xFFFF, n_terms >> 16, len(frame.terms), score, int(frame.position), 0]
            for term in frame.terms:
                terms += [int(term.relation), int(term.slot), sets.number(term.words), sets.number(_with_plurals(term.nouns)), int(term.owner), int(term.optional)]
            n_terms += len(frame.terms)
            for trigger in _with_plurals(frame.triggers) if frame.position == Position.NOUN else frame.triggers:
                triggers[trigger.lower(), int(frame.position)].append(index)
    order: list[int] = []
    entries: dict[tuple[str, int], tuple[int, int]] = {}
    for key in sorted(triggers):
        chosen = sorted(dict.fromkeys(triggers[key]), key=lambda i: (-scores[i], i))
        entries[key] = (len(order), len(chosen))
        order += chosen
    rows = [(p.id, p.type, ",".join(p.modes), p.cameo, f"{p.file}:{p.line}", p.jointly) for p in patterns]
    rows += [(f"learned-{name.lower()}", name, "", LEARNED_CAMEO[name], "", "") for name in TYPES]
    table = [strings.add(text) for row in rows for text in row]
    return {"patterns.frames": section("u16", frames or [0]), "patterns.terms": section("u16", terms or [0]),
            "patterns.order": section("u32", order or [0]), "patterns.type": section("u8", [TYPES.index(p.type) for p in patterns] + list(range(len(TYPES)))),
            "patterns.learned": section("u16", [len(patterns)]),
            "patterns.table": section("i32", table, COLUMNS), **key_table("patterns.trigger", entries)}


def _with_plurals(nouns: Sequence[str]) -> tuple[str, ...]:
    """Nouns and their plurals: treebanks give some of them ("troops", "talks") as their own lemmas."""
    return tuple(dict.fromkeys(form for noun in nouns for form in (noun, plural(noun))))
