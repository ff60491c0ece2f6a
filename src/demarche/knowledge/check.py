"""Checking knowledge files: what the compilers refuse, and what they take though it is probably not meant."""
from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from demarche.knowledge.compile import COMPILERS, DATA, text_files
from demarche.knowledge.contexts import Subject, read_subjects
from demarche.knowledge.patterns import Pattern, load_patterns
from demarche.knowledge.problems import Problem
from demarche.knowledge.reach import Claim, Shared, by_trigger, claims, shadows, twins
from demarche.knowledge.sections import Strings

PARTS = ("acts", "actors", "contexts", "generated", "operators", "roles")      # the folders that a data folder may have
ERROR, CONTRADICTION, DUPLICATE, NEVER, LIST, EXAMPLE, STRONG = range(7)      # kinds of findings
NAMES = (("error", "errors"), ("contradiction", "contradictions"), ("duplicate frame", "duplicate frames"),
         ("frame that is never chosen", "frames that are never chosen"), ("list that no frame uses", "lists that no frame uses"),
         ("pattern without a positive example", "patterns without a positive example"),
         ("context term that is strong twice", "context terms that are strong twice"))
_LIST = re.compile(r"@([\w-]+)")
_SHOWN = 5      # words that a message names


@dataclass(frozen=True, order=True)
class Finding:
    """A problem and its kind: ERROR or one of the warnings."""
    problem: Problem
    kind: int

    def __str__(self) -> str:
        return str(self.problem)


def check(folders: Sequence[Path] = (DATA,)) -> list[Finding]:
    """Everything found in the data folders (later ones overlay earlier ones), by file and line."""
    unreadable = [Finding(problem, ERROR) for problem in _unreadable(folders)]
    if unreadable:
        return sorted(unreadable)
    found = [Finding(problem, ERROR) for problem in _refused(folders)]
    patterns = load_patterns([folder / "acts" for folder in folders], [])
    found += _frames(patterns)
    found += [Finding(problem, LIST) for problem in _unused_lists(folders)]
    found += [Finding(problem, EXAMPLE) for problem in _without_example(patterns)]
    found += [Finding(problem, STRONG) for problem in _strong_twice(folders)]
    return sorted(set(found))


def count_line(found: Sequence[Finding], strict: bool) -> str:
    """How many errors and warnings there are, and warnings of which kind; `strict`: contradictions are errors."""
    kinds = Counter(finding.kind for finding in found)
    errors = kinds[ERROR] + (kinds[CONTRADICTION] if strict else 0)
    named = ", ".join(f"{kinds[kind]} {NAMES[kind][kinds[kind] != 1]}" for kind in range(CONTRADICTION, len(NAMES)) if kinds[kind])
    counted = ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in ((errors, "error"), (len(found) - errors, "warning")))
    return f"{counted} ({named})" if named else counted


def _unreadable(folders: Sequence[Path]) -> Iterator[Problem]:
    """Files that are not UTF-8."""
    for path in (path for folder in folders for part in PARTS for path in text_files(folder / part)):
        data = path.read_bytes()
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            yield Problem(path.name, data.count(b"\n", 0, error.start) + 1, "the line is not valid UTF-8")


def _refused(folders: Sequence[Path]) -> list[Problem]:
    """What the compilers refuse. A compiler that has refused something may not be able to finish."""
    problems: list[Problem] = []
    for compiler in COMPILERS:
        before = len(problems)
        try:
            compiler(folders, Strings(), problems)
        except (KeyError, ValueError):
            if len(problems) == before:
                raise
    return problems


def _frames(patterns: Sequence[Pattern]) -> Iterator[Finding]:
    """Frames that two patterns have, and frames that are never chosen. What is told as the first is not told as the second."""
    made = claims(patterns)
    rivals = by_trigger(made)
    pairs = twins(rivals)
    never = dict(shadows(made, rivals))
    for (winner, loser), shared in pairs.items():
        yield _twin(winner, loser, shared, never.get(loser) == [winner])
    for claim, winners in never.items():
        if len(winners) > 1 or (winners[0], claim) not in pairs:
            others = ", ".join(f"{_quoted(winner)} of {winner.pattern.id} ({winner.place})" for winner in winners[:_SHOWN])
            message = f"the frame {_quoted(claim)} of {claim.pattern.id} is never chosen, because all its sentences are taken first by {others}"
            yield Finding(Problem(claim.pattern.file, claim.frame.line, message), NEVER)


def _twin(winner: Claim, loser: Claim, shared: Shared, never: bool) -> Finding:
    """Two patterns with the same frame: harmless if they code it alike. `never`: the later one is never chosen, whatever the words."""
    message = f"the frame {_quoted(loser)} of {loser.pattern.id} is also in {winner.pattern.id} ({winner.place}){_for_words(winner, loser, shared)}"
    here, there = _codes(loser.pattern), _codes(winner.pattern)
    if here != there:
        message = f"CONTRADICTION: {message}: that is tried first and gives {there}, this would give {here}"
    if never:
        message += "; this frame is never chosen"
    return Finding(Problem(loser.pattern.file, loser.frame.line, message), DUPLICATE if here == there else CONTRADICTION)


def _for_words(winner: Claim, loser: Claim, shared: Shared) -> str:
    """For which words two frames are the same; nothing where they are for all words of the later one."""
    parts = [_named(_without_plurals(shared.triggers, loser.frame.triggers))] if len(shared.triggers) < len(loser.triggers) else []
    for common, one, other in zip(shared.words, winner.word_sets, loser.word_sets):
        if one != other:
            written = [word for term in loser.frame.terms for word in term.nouns]
            parts.append(_named(_without_plurals(sorted(common), written)))
    return f" for {' + '.join(parts)}" if parts else ""


def _without_plurals(words: Sequence[str], written: Sequence[str]) -> list[str]:
    """Of these words those that are written in the frame, or all if none is: plurals are the program's own addition."""
    known = {word.lower() for word in written}
    return [word for word in words if word in known] or list(words)


def _codes(pattern: Pattern) -> str:
    modes = f" ({', '.join(sorted(pattern.modes))})" if pattern.modes else ""
    return f"{pattern.type}{modes}, CAMEO {pattern.cameo or 'none'}"


def _quoted(claim: Claim) -> str:
    return f'"{claim.frame.text}"'


def _named(words: Sequence[str]) -> str:
    more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
    return ", ".join(f"'{word}'" for word in words[:_SHOWN]) + more


def _unused_lists(folders: Sequence[Path]) -> Iterator[Problem]:
    """Word lists that stand in no frame."""
    files = [path for folder in folders for path in text_files(folder / "acts")]
    used: set[str] = set()
    for path in files:
        if not path.name.startswith("lists"):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.split(None, 1)[:1] in (["verb"], ["noun"], ["adj"]):
                    used.update(_LIST.findall(line.split(" #")[0]))
    for path in files:
        if path.name.startswith("lists"):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                name = line[5:].partition(":")[0].strip() if line.startswith("list ") else ""
                if name and name not in used:
                    yield Problem(path.name, number, f"no frame uses the list {name}")


def _without_example(patterns: Sequence[Pattern]) -> Iterator[Problem]:
    """Patterns all of whose positive examples are known gaps; the compilers refuse those that have none at all."""
    for pattern in patterns:
        positive = [example for example in pattern.examples if example.positive]
        if positive and all(example.gap for example in positive):
            yield Problem(pattern.file, pattern.line, f"pattern {pattern.id} has no positive example that is read right: each is marked ?+")


def _strong_twice(folders: Sequence[Path]) -> Iterator[Problem]:
    """Terms that are said to tell two contexts or topics alone."""
    told: dict[str, dict[str, tuple[Path, Subject]]] = defaultdict(dict)
    for path in (path for folder in folders for path in text_files(folder / "contexts")):
        for subject in read_subjects(path, []):
            for term in subject.strong:
                told[term].setdefault(subject.name, (path, subject))
    for term, subjects in told.items():
        first, *others = subjects.values()
        for path, subject in others:
            yield Problem(path.name, _line_of(term, path, subject), f"'{term}' is strong in {_subject(subject)} and in {_subject(first[1])} "
                          f"({first[0].name}:{_line_of(term, *first)}): a sentence that has it is about both")


def _subject(subject: Subject) -> str:
    return f"{'topic' if subject.topic else 'context'} {subject.name}"


def _line_of(term: str, path: Path, subject: Subject) -> int:
    """The line of a subject on which a term stands; the subject's first one where the term goes over two lines."""
    lines = path.read_text(encoding="utf-8").splitlines()[subject.line:]
    wanted = re.compile(rf"(?:^|;|\bstrong\s)\s*{re.escape(term)}\s*(?:;|#|$)")
    for number, line in enumerate(lines, subject.line + 1):
        if line[:1].strip():
            break
        if wanted.search(line):
            return number
    return subject.line
