"""Operators of realis, words of saying and light verbs: text files, read and compiled for `acts.pyx`."""
from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demarche.knowledge.patterns import DATA, KnowledgeError, Problem
from demarche.knowledge.tables import Section, WordSets, array, key_table

REALIS = {"ACTUAL": 1, "ONGOING": 2, "HISTORICAL": 3, "FUTURE": 4, "HYPOTHETICAL": 5, "NEGATED": 6}
POSITIONS = {"verb": 1, "noun": 2, "adj": 3, "aux": 4, "mark": 5, "adverb": 6}
FORCES = ("neutral", "claim", "deny", "confirm", "hearsay")


@dataclass(frozen=True)
class Operator:
    """`realis` is what becomes of the act in the operator's complement; `words` its markers, none for any."""
    realis: str
    position: str
    lemmas: tuple[str, ...]
    words: tuple[str, ...]


def read_operators(path: Path, problems: list[Problem]) -> list[Operator]:
    """Lines `REALIS: verb|noun|adj|aux|mark|adverb lemma|lemma [marker|marker] ACT`."""
    operators = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.split("#")[0].strip()
        if not line:
            continue
        realis, colon, rest = line.partition(":")
        parts = rest.split()
        if not colon or realis not in REALIS or len(parts) < 2 or parts[0] not in POSITIONS:
            problems.append(Problem(path.name, number, f"cannot read {line!r}: it should be `REALIS: verb lemma|lemma to ACT`"))
            continue
        markers = [w for w in parts[2:] if w != "ACT"]
        operators.append(Operator(realis, parts[0], tuple(w.replace("_", " ") for w in parts[1].split("|")), tuple(w for m in markers for w in m.split("|"))))
    return operators


def read_words(path: Path, problems: list[Problem], names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Lines `name: word, word, ...` with indented continuations; names not in `names` are wrong."""
    words: dict[str, tuple[str, ...]] = {name: () for name in names}
    name = ""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.split("#")[0].rstrip()
        if not line.strip():
            continue
        if not raw[0].isspace():
            name, colon, line = line.partition(":")
            if not colon or name not in words:
                problems.append(Problem(path.name, number, f"expected one of {', '.join(names)} and a colon"))
                name = ""
        if name:
            words[name] += tuple(w.strip() for w in line.replace("|", ",").split(",") if w.strip())
    return words


def operator_sections(sets: WordSets, folder: Path | None = None) -> tuple[dict[str, Section], dict[str, Any]]:
    """(sections, meta) of data/operators. Raises KnowledgeError with every problem found."""
    folder = folder or DATA / "operators"
    problems: list[Problem] = []
    operators = read_operators(folder / "realis.txt", problems)
    speech = read_words(folder / "speech.txt", problems, FORCES)
    light = read_words(folder / "light-verbs.txt", problems, ("light",))["light"]
    if problems:
        raise KnowledgeError(problems)
    table: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for operator in operators:
        for lemma in operator.lemmas:
            record = (REALIS[operator.realis], sets.number(operator.words))
            if record not in table[lemma, POSITIONS[operator.position]]:
                table[lemma, POSITIONS[operator.position]].append(record)
    records: list[int] = []
    entries: dict[tuple[str, int], tuple[int, int]] = {}
    for key in sorted(table):
        # those with a marker are tried before those without
        chosen = sorted(table[key], key=lambda r: r[1] == 0)
        entries[key] = (len(records) // 2, len(chosen))
        records += [n for record in chosen for n in record]
    keys, firsts, counts = key_table(entries)
    sections = {"operators.keys": array("u64", keys), "operators.first": array("u32", firsts), "operators.count": array("u32", counts),
                "operators.records": array("u16", records)}
    return sections, {"sets": {"light": sets.number(light), **{force: sets.number(speech[force]) for force in FORCES}}}
