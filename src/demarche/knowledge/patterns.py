"""Event patterns: text files for people, read into dataclasses. `python -m demarche.knowledge.patterns` checks the shipped ones."""
from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Sequence

from demarche.knowledge.frames import Frame, FrameError, Slot, parse_frame
from demarche.knowledge.problems import KnowledgeError, Problem

DATA = Path(__file__).parent / "data"
TYPES = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
         "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
STATUSES = ("ACTUAL", "ONGOING", "HISTORICAL", "FUTURE", "HYPOTHETICAL", "NEGATED", "REPORTED", "ALLEGED", "DENIED", "DISPUTED")


@dataclass(frozen=True)
class Example:
    """A sentence and what it must give: participants by their words; `positive` False: no event of the pattern's type.

    `gap`: known not to come out right yet (a line that begins with `?+` or `?-`); listed, not tested.
    """
    text: str
    positive: bool
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: str = ""
    line: int = 0
    gap: bool = False


@dataclass
class Pattern:
    id: str
    type: str
    file: str
    line: int
    modes: tuple[str, ...] = ()
    cameo: str = ""
    frames: list[Frame] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    jointly: str = ""           # the pattern whose act it is where actors of several countries do it together


def read_lists(paths: list[Path], problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    """Word lists: `list NAME: word, word, ...`, continuation lines indented."""
    lists: dict[str, tuple[str, ...]] = {}
    for path in paths:
        name = ""
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            line = raw.split("#")[0].rstrip()
            if not line:
                continue
            if line.startswith("list "):
                name, colon, rest = line[5:].partition(":")
                name = name.strip()
                if not colon or not name:
                    problems.append(Problem(path.name, number, "a list line is `list NAME: word, word`"))
                elif name in lists:
                    problems.append(Problem(path.name, number, f"list {name} is defined twice"))
                lists.setdefault(name, ())
            elif raw[0].isspace() and name:
                rest = line
            else:
                problems.append(Problem(path.name, number, f"cannot read {line.strip()!r}"))
                continue
            lists[name] += tuple(w.strip() for w in rest.split(",") if w.strip())
    return lists


def read_patterns(path: Path, lists: dict[str, tuple[str, ...]], problems: list[Problem]) -> list[Pattern]:
    """The patterns of one file; what is wrong goes to `problems`, and the rest is still returned."""
    patterns: list[Pattern] = []
    kind = ""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue

        def wrong(message: str) -> None:
            problems.append(Problem(path.name, number, message))

        word, _, rest = line.partition(" ")
        rest = rest.strip()
        if word == "type" and not raw[0].isspace():
            kind = rest
            if kind not in TYPES:
                wrong(f"{kind} is no PLOVER type")
        elif word == "pattern" and not raw[0].isspace():
            if not kind:
                wrong("a `type` line must come first")
            patterns.append(Pattern(rest, kind, path.name, number))
        elif not patterns:
            wrong(f"expected `type` or `pattern`, found {word!r}")
        elif word == "mode":
            patterns[-1].modes = tuple(m.strip() for m in rest.split("#")[0].split(",") if m.strip())
        elif word == "cameo":
            patterns[-1].cameo = rest.split("#")[0].strip()
        elif word == "jointly":
            patterns[-1].jointly = rest.split("#")[0].strip()
        elif word in ("verb", "noun", "adj"):
            try:
                patterns[-1].frames.append(parse_frame(line.split(" #")[0], lists, number))
            except FrameError as error:
                wrong(str(error))
        elif word in ("+", "-", "?+", "?-"):
            example = _example(word.endswith("+"), rest, number, word.startswith("?"), wrong)
            if example:
                patterns[-1].examples.append(example)
        else:
            wrong(f"cannot read {line!r}")
    return patterns


def _example(positive: bool, rest: str, number: int, gap: bool, wrong) -> Example | None:
    parts = [part.strip() for part in rest.split("|")]
    if not positive:
        return Example(parts[0], False, line=number, gap=gap)
    if len(parts) < 2 or ">" not in parts[1]:
        wrong("an example is `+ sentence | actors > recipients`")
        return None
    actors, _, recipients = parts[1].partition(">")
    names = [tuple(n.strip() for n in side.split(";") if n.strip() not in ("", "-")) for side in (actors, recipients)]
    for name in (*names[0], *names[1]):
        if name.lower() not in parts[0].lower():
            wrong(f"{name!r} is not in the example")
    return Example(parts[0], True, names[0], names[1], " ".join(parts[2:]), number, gap)


def load_patterns(folders: Sequence[Path], problems: list[Problem]) -> list[Pattern]:
    """All patterns of the acts folders, in file order; what is wrong goes to `problems`."""
    files = [p for folder in folders for p in sorted(folder.glob("*.txt"), key=lambda p: p.name) if p.name != "README.txt"]
    lists = read_lists([p for p in files if p.name.startswith("lists")], problems)
    patterns = [p for f in files if not f.name.startswith("lists") for p in read_patterns(f, lists, problems)]
    seen: dict[str, Pattern] = {}
    for pattern in patterns:
        if pattern.id in seen:
            problems.append(Problem(pattern.file, pattern.line, f"pattern {pattern.id} is also in {seen[pattern.id].file}:{seen[pattern.id].line}"))
        seen[pattern.id] = pattern
        if not pattern.frames:
            problems.append(Problem(pattern.file, pattern.line, f"pattern {pattern.id} has no frame"))
        if not any(e.positive for e in pattern.examples):
            problems.append(Problem(pattern.file, pattern.line, f"pattern {pattern.id} has no example"))
        for frame in pattern.frames:
            if not any(t.slot in (Slot.ACTOR, Slot.RECIPIENT, Slot.PARTNER) or t.owner for t in frame.terms):
                problems.append(Problem(pattern.file, frame.line, "the frame names no participant"))
    for pattern in patterns:
        if pattern.jointly and pattern.jointly not in seen:
            problems.append(Problem(pattern.file, pattern.line, f"pattern {pattern.id} is jointly {pattern.jointly}, which is no pattern"))
    return patterns


def shipped_patterns() -> list[Pattern]:
    """The patterns of this package. Raises KnowledgeError with every problem found."""
    problems: list[Problem] = []
    patterns = load_patterns([DATA / "acts"], problems)
    if problems:
        raise KnowledgeError(sorted(problems))
    return patterns


def main() -> None:
    try:
        patterns = shipped_patterns()
    except KnowledgeError as error:
        sys.exit(str(error))
    frames = sum(len(p.frames) for p in patterns)
    triggers = sum(len(f.triggers) for p in patterns for f in p.frames)
    examples = [example for pattern in patterns for example in pattern.examples]
    print(f"{len(patterns)} patterns, {frames} frames, {triggers} trigger-frame pairs, {len(examples)} examples, "
          f"{sum(example.gap for example in examples)} of them known gaps")


if __name__ == "__main__":
    main()
