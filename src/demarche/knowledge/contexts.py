"""Words that tell what a report is about: the PLOVER contexts, and topics that are no politics (sport, markets, weather). Text files, read and compiled.

    context health                                a context of ontology/contexts.txt, or `topic NAME` for what is not politics
      strong  vaccine; field hospital             a term that tells it alone, in one sentence
      weak    doctor; patient                     one that needs another strong or weak one
      types   ASSAULT/unconventional              types, or types with a mode, of which every event has the context
      drops   ASSAULT, THREATEN/violence          types, or types with a mode, that are no events where this is what it is about; ALL for every type
      + sentence                                  has it
      - sentence                                  has not

Terms are lemmas in lower case, of one to three words. Lines with deeper indentation go on.
"""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Sequence

from demarche.knowledge.patterns import TYPES
from demarche.knowledge.problems import Problem
from demarche.knowledge.sections import MASK, Section, Strings, fnv1a, section

MOST_WORDS = 3
STARTS = 1 << 16            # bits of the set of words that a term may begin with (contexts.pyx)
MOST_SUBJECTS = 64          # a sentence's are bits of one number
FIELDS = ("strong", "weak", "types", "drops")
_TYPE = re.compile(r"([A-Z]+)(?:/([a-z-]+))?")


@dataclass
class Subject:
    """A context or a topic with its vocabulary."""
    name: str
    topic: bool
    file: str
    line: int
    strong: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    types: list[tuple[str, str]] = field(default_factory=list)       # type, mode or ""
    drops: list[tuple[str, str]] = field(default_factory=list)
    examples: list[tuple[str, bool]] = field(default_factory=list)   # sentence, whether it has it


def read_subjects(path: Path, problems: list[Problem]) -> list[Subject]:
    """The subjects of one file."""
    subjects: list[Subject] = []
    current = rest = ""
    lines = [raw.split("#")[0].rstrip() for raw in path.read_text(encoding="utf-8").splitlines()]
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        depth, words = len(line) - len(line.lstrip()), line.split(None, 1)
        if depth == 0:
            if len(words) != 2 or words[0] not in ("context", "topic"):
                problems.append(Problem(path.name, number, "expected `context NAME` or `topic NAME`"))
                continue
            subjects.append(Subject(words[1].strip(), words[0] == "topic", path.name, number))
            current = ""
        elif not subjects:
            problems.append(Problem(path.name, number, "words before the first `context`"))
        elif words[0] in ("+", "-"):
            subjects[-1].examples.append((words[1] if len(words) > 1 else "", words[0] == "+"))
            current = ""
        else:
            if words[0] in FIELDS and depth <= 2:
                current, line, rest = words[0], words[1] if len(words) > 1 else "", ""
            if current and number < len(lines) and _goes_on(lines[number]):
                line, cut, end = f"{rest} {line}".rpartition(";")       # a term may begin on one line and end on the next
                rest = end.strip()
            else:
                line, rest = f"{rest} {line}", ""
            if not current:
                problems.append(Problem(path.name, number, f"expected one of {', '.join(FIELDS)}, + or -"))
            else:
                _take(subjects[-1], current, line, Problem(path.name, number, ""), problems)
    return subjects


def _goes_on(line: str) -> bool:
    """Whether a line continues the list of the one before it."""
    return bool(line.strip()) and len(line) - len(line.lstrip()) > 2 and line.split()[0] not in ("+", "-")


def _take(subject: Subject, name: str, text: str, where: Problem, problems: list[Problem]) -> None:
    if name in ("types", "drops"):
        for item in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
            match = _TYPE.fullmatch(item)
            if not match or match[1] not in (*TYPES, "ALL"):
                problems.append(Problem(where.file, where.line, f"{item!r} is no type, nor a type with a mode"))
            else:
                getattr(subject, name).append((match[1], match[2] or ""))
        return
    for term in filter(None, (part.strip() for part in text.split(";"))):
        if term != term.lower() or len(term.split()) > MOST_WORDS:
            problems.append(Problem(where.file, where.line, f"{term!r}: a term is one to {MOST_WORDS} lemmas in lower case"))
        elif term in subject.strong or term in subject.weak:
            problems.append(Problem(where.file, where.line, f"{term!r} stands twice in {subject.name}"))
        else:
            getattr(subject, name).append(term)


def load_subjects(folders: Sequence[Path], problems: list[Problem]) -> list[Subject]:
    """All subjects of contexts/ in the data folders; a later file's subject of the same name adds to the first."""
    found: dict[str, Subject] = {}
    for folder in folders:
        for path in sorted((folder / "contexts").glob("*.txt")):
            if path.name == "README.txt":
                continue
            for subject in read_subjects(path, problems):
                first = found.setdefault(subject.name, subject)
                if first is not subject:
                    for name in (*FIELDS, "examples"):
                        getattr(first, name).extend(x for x in getattr(subject, name) if x not in getattr(first, name))
    if len(found) > MOST_SUBJECTS:
        last = list(found.values())[-1]
        problems.append(Problem(last.file, last.line, f"more than {MOST_SUBJECTS} contexts and topics"))
    return list(found.values())


def term_hash(term: str) -> int:
    """Of the lemmas of a term, in order: what contexts.pyx makes of the tokens."""
    value = 0
    for word in term.split():
        value = ((value * 0x9E3779B97F4A7C15 & MASK) ^ fnv1a(word.encode())) & MASK
    return value or 1


def compile_subjects(folders: Sequence[Path], strings: Strings, problems: list[Problem]) -> dict[str, Section]:
    """Sections `contexts.*`: an open-addressing table of terms, each with the subjects that it tells, and the subjects themselves."""
    subjects = load_subjects(folders, problems)
    by_term: dict[int, list[int]] = {}
    for number, subject in enumerate(subjects):
        for strong, terms in ((1, subject.strong), (0, subject.weak)):
            for term in terms:
                by_term.setdefault(term_hash(term), []).append(number * 2 + strong)
    size = 16
    while size < 2 * len(by_term):
        size *= 2
    keys, firsts, counts, tells = [0] * size, [0] * size, [0] * size, []
    for key, numbers in sorted(by_term.items()):
        at = (key ^ key >> 32) % size
        while keys[at]:
            at = (at + 1) % size
        keys[at], firsts[at], counts[at] = key, len(tells), len(numbers)
        tells += numbers
    starts = [0] * (STARTS // 64)
    for subject in subjects:
        for term in (*subject.strong, *subject.weak):
            bit = fnv1a(term.split()[0].encode()) % STARTS
            starts[bit // 64] |= 1 << bit % 64
    rows: list[int] = []
    for subject in subjects:
        rows += [strings.add(subject.name), int(subject.topic), strings.add(_joined(subject.types)), strings.add(_joined(subject.drops))]
    return {"contexts.keys": section("u64", keys), "contexts.first": section("u32", firsts), "contexts.count": section("u32", counts),
            "contexts.starts": section("u64", starts), "contexts.tells": section("u16", tells or [0]), "contexts.subjects": section("i32", rows or [0, 0, 0, 0], 4)}


def _joined(types: Sequence[tuple[str, str]]) -> str:
    return ",".join(f"{kind}/{mode}" if mode else kind for kind, mode in types)
