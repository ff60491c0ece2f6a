"""Actor files: text for people, read into entities. The format is described in data/actors/README.txt."""
from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Callable, Iterator

from demarche.knowledge.codes import ALWAYS, KINDS, SECTORS, WORLD, NameFlag, NameKind
from demarche.knowledge.names import is_acronym, is_plural, surname
from demarche.knowledge.problems import Problem

ID = re.compile(r"[A-Z]{3}|[a-z0-9]+(-[a-z0-9]+)*")
DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
MARKS = "^?&"
KEYS = ("name", "kind", "country", "sector", "cameo", "also", "adjective", "demonym", "capital", "seat", "surname", "drop", "role",
        "parent", "existed", "source")
NAME_KEYS = {"also": NameKind.ENTITY, "adjective": NameKind.ADJECTIVE, "demonym": NameKind.DEMONYM, "capital": NameKind.CAPITAL,
             "seat": NameKind.SEAT}

Report = Callable[[str, int], None]  # message, column


@dataclass(frozen=True)
class Name:
    """One name of an entity, as written, with the conditions under which it counts."""
    text: str
    kind: NameKind
    flags: NameFlag = NameFlag.NONE
    shared: bool = False    # `&`: knowingly the name of several entities
    file: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class Role:
    """What an entity was from one day to another (proleptic ordinals, inclusive; 0 and ALWAYS are open ends)."""
    sectors: tuple[str, ...]
    title: str
    first: int = 0
    last: int = ALWAYS
    country: str = ""       # where it differs from the entity's


@dataclass
class Entity:
    id: str
    file: str
    line: int
    name: str = ""
    kind: str = ""
    country: str = ""
    sectors: tuple[str, ...] = ()
    cameo: str = ""
    parent: str = ""
    first: int = 0          # the days between which it existed, as in Role
    last: int = ALWAYS
    source: str = ""        # where what is said of it comes from
    names: list[Name] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    surnames: list[Name] | None = None  # None: derived


def parse_day(text: str, end: bool) -> int:
    """The ordinal of an ISO date; a year or month alone is its first day, or its last if `end`. Raises ValueError."""
    match = DAY.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no date (YYYY, YYYY-MM or YYYY-MM-DD)")
    year, month, day = int(match[1]), int(match[2] or (12 if end else 1)), match[3]
    if not 1 <= month <= 12 or not 1 <= year:
        raise ValueError(f"{text!r} is no date")
    try:
        return date(year, month, int(day) if day else (monthrange(year, month)[1] if end else 1)).toordinal()
    except ValueError:
        raise ValueError(f"{text!r} is no date") from None


def parse_period(text: str) -> tuple[int, int]:
    """The ordinals of `from..to`, either end open (0 and ALWAYS). Raises ValueError."""
    first, dots, last = text.partition("..")
    if not dots:
        raise ValueError(f"{text!r} is no period (from..to, either end open)")
    begin = parse_day(first.strip(), False) if first.strip() else 0
    end = parse_day(last.strip(), True) if last.strip() else ALWAYS
    if end < begin:
        raise ValueError(f"{text!r} ends before it begins")
    return begin, end


def split_list(text: str, column: int) -> Iterator[tuple[str, int]]:
    """The parts of `a; b; c` with the columns at which they begin."""
    at = 0
    for part in text.split(";"):
        if part.strip():
            yield part.strip(), column + at + len(part) - len(part.lstrip())
        at += len(part) + 1


def parse_name(text: str, kind: NameKind, file: str, line: int, column: int) -> Name:
    """A name with its marks: `^` only in exactly this case, `?` also an ordinary word, `&` shared with other entities."""
    plain = text.lstrip(MARKS)
    marks = text[:len(text) - len(plain)]
    flags = NameFlag.EXACT if "^" in marks or is_acronym(plain) else NameFlag.NONE
    if "?" in marks:
        flags |= NameFlag.DOUBTFUL
    return Name(plain.strip(), kind, flags, "&" in marks, file, line, column)


def parse_sectors(text: str, column: int, wrong: Report) -> tuple[str, ...]:
    sectors = tuple(s.strip() for s in text.split(",") if s.strip())
    for sector in sectors:
        if sector not in SECTORS:
            wrong(f"{sector} is no PLOVER sector", column)
    return sectors


def parse_role(text: str, column: int, wrong: Report) -> Role | None:
    """`sectors | title | from..to [| country]`."""
    parts = [part.strip() for part in text.split("|")]
    if len(parts) not in (3, 4):
        wrong("a role is `sectors | title | from..to` and perhaps `| country`", column)
        return None
    try:
        begin, end = parse_period(parts[2])
    except ValueError as error:
        wrong(str(error), column + text.find(parts[2]))
        return None
    return Role(parse_sectors(parts[0], column, wrong), parts[1], begin, end, parts[3] if len(parts) == 4 else "")


def shown(path: Path) -> str:
    """How messages call a file: by its folder and name, "africa/kenya.txt"."""
    return f"{path.parent.name}/{path.name}"


def read_actors(path: Path, known: dict[str, Entity], problems: list[Problem]) -> dict[str, Entity]:
    """The entities of one file; an id in `known` (an earlier layer) is extended: keys replace, `also` and `seat` add, `drop` removes."""
    found: dict[str, Entity] = {}
    entity: Entity | None = None
    given: set[str] = set()
    source, file = "", shown(path)
    for number, raw in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        text = re.sub(r"(^|\s)#.*", "", raw).rstrip()
        if not text:
            continue

        def wrong(message: str, column: int = 1, number: int = number) -> None:
            problems.append(Problem(file, number, message, column))

        if text.startswith("source:"):
            source = text.removeprefix("source:").strip()
            continue
        if not text[0].isspace():
            given = set()
            entity = Entity(text, file, number, source=source)
            if not ID.fullmatch(text):
                wrong(f"{text!r} is no id (kebab-case, or a country code)")
            if text in found:
                wrong(f"{text} is also at {found[text].file}:{found[text].line}")
            elif text in known:
                old = known[text]
                entity = replace(old, names=list(old.names), roles=list(old.roles), source=source or old.source, surnames=None
                                 if old.surnames is None else list(old.surnames))
            found[text] = entity
            continue
        key, colon, rest = text.partition(":")
        column = len(key) + 2 + len(rest) - len(rest.lstrip())
        key = key.strip()
        if entity is None or not colon or key not in KEYS:
            wrong("an id must come first" if entity is None else f"{key!r} is no key; keys are {', '.join(KEYS)}",
                  len(raw) - len(raw.lstrip()) + 1)
            continue
        _apply(entity, key, rest.strip(), file, number, column, key not in given, wrong)
        given.add(key)
    return found


def _apply(entity: Entity, key: str, value: str, file: str, line: int, column: int, first: bool, wrong: Report) -> None:
    """One `key: value` line."""
    def names(kind: NameKind) -> list[Name]:
        return [parse_name(part, kind, file, line, at) for part, at in split_list(value, column)]

    if key == "name":
        entity.names = [n for n in entity.names if n.text != entity.name]
        name = parse_name(value, NameKind.ENTITY, file, line, column)
        entity.name = name.text
        entity.names.insert(0, name)
    elif key in NAME_KEYS:
        kind = NAME_KEYS[key]
        if first and key not in ("also", "seat"):
            entity.names = [n for n in entity.names if n.kind != kind]
        entity.names += names(kind)
    elif key == "drop":
        dropped = {part for part, _ in split_list(value, column)}
        entity.names = [n for n in entity.names if n.text not in dropped]
    elif key == "surname":
        entity.surnames = [] if value in ("no", "") else names(NameKind.PERSON)
    elif key == "role":
        if first:
            entity.roles = []
        role = parse_role(value, column, wrong)
        if role:
            entity.roles.append(role)
    elif key == "existed":
        try:
            entity.first, entity.last = parse_period(value)
        except ValueError as error:
            wrong(str(error), column)
    elif key == "sector":
        entity.sectors = parse_sectors(value, column, wrong)
    elif key == "kind" and value not in KINDS:
        wrong(f"{value!r} is no kind; kinds are {', '.join(KINDS)}", column)
    else:
        setattr(entity, key, value)


def finish(entity: Entity) -> list[Name]:
    """All names of an entity: kinds settled, plurals marked, surnames added."""
    own = {"state": NameKind.STATE, "person": NameKind.PERSON}.get(entity.kind, NameKind.ENTITY)
    demonyms = [n.text for n in entity.names if n.kind == NameKind.DEMONYM]
    names: list[Name] = []
    for name in entity.names:
        if name.kind == NameKind.ENTITY:
            name = replace(name, kind=own)
        elif name.kind == NameKind.DEMONYM and is_plural(name.text, demonyms):
            name = replace(name, flags=name.flags | NameFlag.PLURAL)
        names.append(name)
    if entity.kind == "person":
        derived = entity.surnames
        if derived is None:
            derived = [replace(n, text=surname(n.text)) for n in names if surname(n.text)]
        have = {n.text for n in names}
        for name in derived:
            if name.text not in have:
                have.add(name.text)
                names.append(replace(name, flags=name.flags | NameFlag.SURNAME, kind=NameKind.PERSON))
    return names


def load_actors(layers: list[list[Path]], problems: list[Problem]) -> list[Entity]:
    """The entities of all layers (each a list of files; later ones extend earlier ones), sorted by id."""
    entities: dict[str, Entity] = {}
    for files in layers:
        layer: dict[str, Entity] = {}
        for path in files:
            for id_, entity in read_actors(path, entities, problems).items():
                if id_ in layer:
                    problems.append(Problem(entity.file, entity.line, f"{id_} is also in {layer[id_].file}:{layer[id_].line}"))
                layer[id_] = entity
        entities.update(layer)
    countries = {e.country for e in entities.values() if e.kind == "state"} | set(WORLD)
    for entity in entities.values():
        for message in _faults(entity, entities, countries):
            problems.append(Problem(entity.file, entity.line, f"{entity.id}: {message}"))
    _conflicts(entities, problems)
    return [entities[id_] for id_ in sorted(entities)]


def _faults(entity: Entity, entities: dict[str, Entity], countries: set[str]) -> Iterator[str]:
    if not entity.name:
        yield "no name"
    if not entity.kind:
        yield "no kind"
    if not entity.country:
        yield "no country"
    for country in (entity.country, *(role.country for role in entity.roles)):
        if country and country not in countries:
            yield f"{country} is no country"
    if entity.parent and entity.parent not in entities:
        yield f"no entity {entity.parent}"


def _conflicts(entities: dict[str, Entity], problems: list[Problem]) -> None:
    """Two entities may share a name only if both mark it with `&`; surnames and adjectives may coincide."""
    owners: dict[str, tuple[str, Name]] = {}
    for entity in entities.values():
        for name in entity.names:
            if name.kind != NameKind.ENTITY:
                continue
            key = name.text if name.flags & NameFlag.EXACT else name.text.lower()
            id_, other = owners.setdefault(key, (entity.id, name))
            if id_ != entity.id and not (name.shared and other.shared):
                problems.append(Problem(name.file, name.line,
                                        f"{name.text} of {entity.id} is also a name of {id_} ({other.file}:{other.line}); "
                                        "mark it & in both if that is meant", name.column))
