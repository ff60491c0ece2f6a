"""The ontology: PLOVER types, modes and contexts, and the CAMEO codes with their scales, read from data/ontology/*.txt.

Each file is lines of fields divided by `|`, with `#` comments; its header says what the fields are. Where the published sources
contradict each other, the files say which reading was taken, and why.
"""
from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from demarche.knowledge.problems import KnowledgeError, Problem

FOLDER = Path(__file__).parent / "data" / "ontology"
FILES = ("types.txt", "modes.txt", "contexts.txt", "cameo.txt")
QUAD_CLASSES = (1, 2, 3, 4)    # verbal cooperation, material cooperation, verbal conflict, material conflict


@dataclass(frozen=True)
class EventType:
    name: str
    quad_class: int
    score: float               # from -10 (conflict) to +10 (cooperation)
    recipient_required: bool
    meaning: str


@dataclass(frozen=True)
class Mode:
    """How an act was done. A retired mode is only read, never written: `replaced_by` is the mode that it is read as, if any."""
    type: str                  # `*` for a retired mode of no particular type
    name: str
    score: float | None        # none: the type's score counts
    meaning: str
    retired: bool = False
    replaced_by: str | None = None


ModeTable = dict[tuple[str, str], Mode]    # by (type, mode)


@dataclass(frozen=True)
class Context:
    name: str
    meaning: str


@dataclass(frozen=True)
class CameoCode:
    code: str
    name: str
    goldstein: float
    type: str | None           # the PLOVER type, none for codes that are not coded
    modes: tuple[str, ...] = ()
    other_types: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The two-digit code above this one."""
        return self.code[:2]


@dataclass(frozen=True)
class Ontology:
    """Everything that the files say. Look-ups raise KeyError, with the unknown name, for what the ontology does not have."""
    types: Mapping[str, EventType]
    modes: Mapping[tuple[str, str], Mode]      # by (type, mode), the manual's only
    contexts: Mapping[str, Context]
    cameo: Mapping[str, CameoCode]
    retired_modes: Mapping[tuple[str, str], Mode]
    context_aliases: Mapping[str, str]
    version: str = ""      # twelve hexadecimal digits of the digest of the files

    def quad_class(self, type: str) -> int:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
        return self.types[type].quad_class

    def goldstein(self, code: str) -> float:
        """The Goldstein value of a CAMEO code, from -10 to +10."""
        return self.cameo[code].goldstein

    def plover_score(self, type: str, modes: Iterable[str] = ()) -> float:
        """The conflict-cooperation score: of the mode farthest from zero (of two as far, the more conflictive), else of the type."""
        if not modes:
            return self.types[type].score
        scores = [self.modes[type, mode].score for mode in modes]
        known = [score for score in scores if score is not None]
        return min(known, key=lambda score: (-abs(score), score)) if known else self.types[type].score

    def modes_of(self, type: str) -> tuple[Mode, ...]:
        """The modes of a type, in the order of the file."""
        return tuple(mode for (owner, _), mode in self.modes.items() if owner == type)

    def current_mode(self, type: str, mode: str) -> str | None:
        """A mode as other data have it, retired ones among them, in today's terms; None where nothing is left of it."""
        if (type, mode) in self.modes:
            return mode
        retired = self.retired_modes.get((type, mode)) or self.retired_modes[("*", mode)]
        successor = retired.replaced_by
        return successor if successor and (type, successor) in self.modes else None

    def current_context(self, name: str) -> str:
        """A context by its name or one of its older or other spellings."""
        return name if name in self.contexts else self.context_aliases[name]


@dataclass(frozen=True)
class _Row:
    fields: tuple[str, ...]
    wrong: Callable[[str], None]    # reports a problem at this line

    def number(self, field: int) -> float:
        try:
            return float(self.fields[field])
        except ValueError:
            self.wrong(f"{self.fields[field]!r} is no number")
            return 0.0


def _names(field: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in field.split(",") if name.strip())


def _rows(path: Path, least: int, most: int, problems: list[Problem]) -> list[_Row]:
    """The data lines of a file, filled up to `most` fields; lines of another width are reported and left out."""
    if not path.is_file():
        problems.append(Problem(path.name, 1, "the file is missing"))
        return []
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        fields = [field.strip() for field in line.split("|")]

        def wrong(message: str, number: int = number) -> None:
            problems.append(Problem(path.name, number, message))

        if least <= len(fields) <= most:
            rows.append(_Row((*fields, *[""] * (most - len(fields))), wrong))
        else:
            wrong(f"expected {least if least == most else f'{least} to {most}'} fields, found {len(fields)}")
    return rows


def _read_types(path: Path, problems: list[Problem]) -> dict[str, EventType]:
    types: dict[str, EventType] = {}
    for row in _rows(path, 5, 5, problems):
        name, quad, _, recipient, meaning = row.fields
        if quad not in map(str, QUAD_CLASSES):
            row.wrong(f"quad class {quad!r} is none of 1, 2, 3, 4")
            continue
        if recipient not in ("required", "optional"):
            row.wrong(f"a recipient is required or optional, not {recipient!r}")
        if name in types:
            row.wrong(f"type {name} is there twice")
        types[name] = EventType(name, int(quad), row.number(2), recipient == "required", meaning)
    return types


def _read_modes(path: Path, types: Mapping[str, EventType], problems: list[Problem]) -> tuple[ModeTable, ModeTable]:
    """The manual's modes, and the retired ones."""
    modes: ModeTable = {}
    retired: ModeTable = {}
    for row in _rows(path, 3, 3, problems):
        key, value, meaning = row.fields
        type_, _, name = key.partition("-")
        if not name or (type_ not in types and type_ != "*"):
            row.wrong(f"{key} is not a type of types.txt, a hyphen and a mode")
            continue
        if (type_, name) in modes or (type_, name) in retired:
            row.wrong(f"mode {key} is there twice")
        if value.startswith("="):
            retired[type_, name] = Mode(type_, name, None, meaning, True, value[1:].strip() or None)
        elif type_ == "*":
            row.wrong("only a retired mode may belong to any type")
        else:
            modes[type_, name] = Mode(type_, name, None if value == "-" else row.number(1), meaning)
    known = {name for _, name in modes}
    for mode in retired.values():
        if mode.replaced_by and mode.replaced_by not in known:
            problems.append(Problem(path.name, 1, f"{mode.type}-{mode.name} is replaced by {mode.replaced_by}, which is no mode"))
    return modes, retired


def _read_contexts(path: Path, problems: list[Problem]) -> tuple[dict[str, Context], dict[str, str]]:
    contexts: dict[str, Context] = {}
    aliases: dict[str, str] = {}
    for row in _rows(path, 2, 2, problems):
        name, value = row.fields
        if name in contexts or name in aliases:
            row.wrong(f"context {name} is there twice")
        if not value.startswith("="):
            contexts[name] = Context(name, value)
        elif value[1:].strip() in contexts:
            aliases[name] = value[1:].strip()
        else:
            row.wrong(f"{value[1:].strip()} is no context above this line")
    return contexts, aliases


def _read_cameo(path: Path, types: Mapping[str, EventType], modes: ModeTable, problems: list[Problem]) -> dict[str, CameoCode]:
    codes: dict[str, CameoCode] = {}
    for row in _rows(path, 4, 6, problems):
        code, name, _, type_, own_modes, others = row.fields
        if not (code.isdigit() and 2 <= len(code) <= 4):
            row.wrong(f"{code!r} is no CAMEO code of two to four digits")
            continue
        if code in codes:
            row.wrong(f"code {code} is there twice")
        if len(code) > 2 and code[:-1] not in codes:
            row.wrong(f"code {code} stands before or without {code[:-1]}")
        for given in (type_, *_names(others)):
            if given not in types and given != "-":
                row.wrong(f"{given} is no PLOVER type")
        for mode in _names(own_modes):
            if (type_, mode) not in modes:
                row.wrong(f"{mode} is no mode of {type_}")
        codes[code] = CameoCode(code, name, row.number(2), None if type_ == "-" else type_, _names(own_modes), _names(others))
    return codes


def load_ontology(folder: Path = FOLDER, *, quads: Mapping[str, int] | None = None) -> Ontology:
    """Read the four files of `folder`. `quads` overrides quad classes by type, for those who compare with older tables ({"SANCTION": 3}).

    Raises KnowledgeError with every problem of all files, ValueError for an override that cannot be.
    """
    problems: list[Problem] = []
    types = _read_types(folder / "types.txt", problems)
    modes, retired = _read_modes(folder / "modes.txt", types, problems)
    contexts, aliases = _read_contexts(folder / "contexts.txt", problems)
    cameo = _read_cameo(folder / "cameo.txt", types, modes, problems)
    if problems:
        raise KnowledgeError(problems)
    for name, quad in (quads or {}).items():
        if name not in types or quad not in QUAD_CLASSES:
            raise ValueError(f"cannot set the quad class of {name} to {quad}")
        types[name] = replace(types[name], quad_class=quad)
    digest = hashlib.sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()
    return Ontology(types, modes, contexts, cameo, retired, aliases, digest[:12])
