"""Role nouns: what a word like "ambassador" or "insurgents" says of an actor. The format is described in data/roles/README.txt."""
from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from demarche.knowledge.actors import parse_sectors
from demarche.knowledge.codes import RoleFlag, RoleKind
from demarche.knowledge.problems import Problem

KIND_WORDS = {kind.name.lower(): kind for kind in RoleKind}
FLAG_WORDS = {"state": RoleFlag.STATE, "plural": RoleFlag.PLURAL, "adj": RoleFlag.ADJECTIVE}


@dataclass(frozen=True)
class RoleNoun:
    text: str               # singular, lower case, unless RoleFlag.PLURAL
    sectors: tuple[str, ...]
    kind: RoleKind
    flags: RoleFlag
    file: str = ""
    line: int = 0


def read_roles(path: Path, problems: list[Problem]) -> list[RoleNoun]:
    """The role nouns of one file: `SECTORS kind [flags]: noun, noun, ...`, continuation lines indented."""
    nouns: list[RoleNoun] = []
    head: tuple[tuple[str, ...], RoleKind, RoleFlag] | None = None
    for number, raw in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        text = re.sub(r"(^|\s)#.*", "", raw).rstrip()
        if not text:
            continue

        def wrong(message: str, column: int = 1, number: int = number) -> None:
            problems.append(Problem(path.name, number, message, column))

        if not text[0].isspace():
            label, colon, text = text.partition(":")
            words = label.split()
            if not colon or len(words) < 2 or words[1] not in KIND_WORDS or not set(words[2:]) <= FLAG_WORDS.keys():
                wrong(f"a line begins `SECTORS {'|'.join(KIND_WORDS)} [{'] ['.join(FLAG_WORDS)}]:`")
                head = None
                continue
            flags = RoleFlag.NONE
            for word in words[2:]:
                flags |= FLAG_WORDS[word]
            sectors = () if words[0] == "-" else parse_sectors(words[0], 1, wrong)
            head = sectors, KIND_WORDS[words[1]], flags
        if head is None:
            continue
        for noun in filter(None, (part.strip() for part in text.split(","))):
            if noun != noun.lower():
                wrong(f"{noun!r} must be in lower case", raw.find(noun) + 1)
            nouns.append(RoleNoun(noun, *head, path.name, number))
    return nouns


def load_roles(files: list[Path], problems: list[Problem]) -> list[RoleNoun]:
    """All role nouns, sorted; a later folder's noun replaces an earlier one's, twice in one folder is a problem."""
    nouns: dict[str, RoleNoun] = {}
    folders: dict[str, Path] = {}
    for path in files:
        for noun in read_roles(path, problems):
            if noun.text in nouns and folders[noun.text] == path.parent:
                problems.append(Problem(path.name, noun.line, f"{noun.text} is also at {nouns[noun.text].file}:{nouns[noun.text].line}"))
            nouns[noun.text], folders[noun.text] = noun, path.parent
    return [nouns[text] for text in sorted(nouns)]
