"""Operators of realis, words of saying and light verbs: text files, read and compiled for `acts.pyx`."""
from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from demarche.knowledge.patterns import TYPES
from demarche.knowledge.problems import Problem
from demarche.knowledge.sections import Section, section
from demarche.knowledge.tables import WordSets, key_table

REALIS = {"ACTUAL": 1, "ONGOING": 2, "HISTORICAL": 3, "FUTURE": 4, "HYPOTHETICAL": 5, "NEGATED": 6}
POSITIONS = {"verb": 1, "noun": 2, "adj": 3, "aux": 4, "mark": 5, "adverb": 6}
FORCES = ("neutral", "claim", "deny", "confirm", "hearsay")
SETS = ("light", *FORCES)      # the order of operators.numbers, which acts.pyx reads; last the number of ACCUSE


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


def operator_sections(folders: Sequence[Path], sets: WordSets, problems: list[Problem]) -> dict[str, Section]:
    """The operators of the folders and, as numbers of word sets, the light verbs and the words of saying by force."""
    operators: list[Operator] = []
    words: dict[str, tuple[str, ...]] = {name: () for name in SETS}
    for folder in folders:
        for name, read in (("realis.txt", None), ("speech.txt", FORCES), ("light-verbs.txt", ("light",))):
            path = folder / name
            if not path.is_file():
                continue
            if read is None:
                operators += read_operators(path, problems)
            else:
                for key, found in read_words(path, problems, read).items():
                    words[key] += found
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
    return {"operators.records": section("u16", records or [0, 0]), "operators.numbers": section("u16", [*(sets.number(words[name]) for name in SETS), TYPES.index("ACCUSE")]),
            **key_table("operators", entries)}
