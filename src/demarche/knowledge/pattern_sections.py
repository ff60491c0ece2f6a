"""Compiling patterns into the arrays that `patterns.pyx` maps."""
from __future__ import annotations

from collections import defaultdict
from typing import Any, Sequence

from demarche.knowledge.patterns import TYPES, Pattern
from demarche.knowledge.tables import Section, WordSets, array, key_table


def pattern_sections(patterns: Sequence[Pattern], sets: WordSets) -> tuple[dict[str, Section], dict[str, Any]]:
    """(sections, meta): frames in file order, terms, and triggers with their frames from most to least specific."""
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
                terms += [int(term.relation), int(term.slot), sets.number(term.words), sets.number(term.nouns), int(term.owner), int(term.optional)]
            n_terms += len(frame.terms)
            for trigger in frame.triggers:
                triggers[trigger.lower(), int(frame.position)].append(index)
    order: list[int] = []
    entries: dict[tuple[str, int], tuple[int, int]] = {}
    for key in sorted(triggers):
        chosen = sorted(dict.fromkeys(triggers[key]), key=lambda i: (-scores[i], i))
        entries[key] = (len(order), len(chosen))
        order += chosen
    keys, firsts, counts = key_table(entries)
    sections = {"patterns.frames": array("u16", frames), "patterns.terms": array("u16", terms), "patterns.trigger_keys": array("u64", keys),
                "patterns.trigger_first": array("u32", firsts), "patterns.trigger_count": array("u32", counts),
                "patterns.trigger_frames": array("u32", order), "patterns.type": array("u8", [TYPES.index(p.type) for p in patterns])}
    meta = {"types": list(TYPES), "patterns": [[p.id, p.type, list(p.modes), p.cameo, f"{p.file}:{p.line}"] for p in patterns]}
    return sections, meta
