"""The compiler of everything about acts: patterns, operators of realis, words of saying, light verbs."""
from __future__ import annotations

from pathlib import Path
from typing import Sequence

from demarche.knowledge.ontology import load_ontology
from demarche.knowledge.operators import operator_sections
from demarche.knowledge.pattern_sections import pattern_sections
from demarche.knowledge.patterns import Pattern, load_patterns
from demarche.knowledge.problems import Problem
from demarche.knowledge.sections import Section, Strings
from demarche.knowledge.tables import WordSets


def compile_acts(folders: Sequence[Path], strings: Strings, problems: list[Problem]) -> dict[str, Section]:
    """acts/ and operators/ of the data folders: the sections `patterns.*`, `operators.*` and `sets.*`."""
    sets = WordSets()
    patterns = load_patterns([folder / "acts" for folder in folders], problems)
    problems += _outside_ontology(patterns)
    sections = {**pattern_sections(patterns, sets, strings), **operator_sections([folder / "operators" for folder in folders], sets, problems)}
    return {**sections, **sets.sections()}


def _outside_ontology(patterns: Sequence[Pattern]) -> list[Problem]:
    """Modes and CAMEO codes that the ontology does not have."""
    ontology = load_ontology()
    found = []
    for pattern in patterns:
        for mode in pattern.modes:
            if (pattern.type, mode) not in ontology.modes:
                found.append(Problem(pattern.file, pattern.line, f"pattern {pattern.id}: {pattern.type} has no mode {mode}"))
        if pattern.cameo not in ontology.cameo:
            found.append(Problem(pattern.file, pattern.line, f"pattern {pattern.id}: {pattern.cameo or 'nothing'} is no CAMEO code"))
    return found
