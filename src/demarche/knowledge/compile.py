"""Text files to one blob of kind "knowledge". `python -m demarche.knowledge.compile` compiles the shipped ones.

Each compiler takes the data folders (later ones overlay earlier ones), the shared strings and a list to put problems
in, and returns its sections. Same inputs, same bytes.
"""
from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any, Callable, Sequence

from demarche.blob import write_blob
from demarche.knowledge.acts import compile_acts
from demarche.knowledge.actors import Entity, finish, load_actors
from demarche.knowledge.contexts import compile_subjects
from demarche.knowledge.codes import ALWAYS, ENTITY_COLUMNS, KINDS, NOUN_COLUMNS, ROLE_COLUMNS, NameFlag, NameKind, RoleFlag
from demarche.knowledge.gazetteer import Reading, Trie
from demarche.knowledge.model import KIND, SHIPPED
from demarche.knowledge.names import plural
from demarche.knowledge.problems import KnowledgeError, Problem
from demarche.knowledge.roles import RoleNoun, load_roles
from demarche.knowledge.sections import Section, Strings, section

DATA = Path(__file__).parent / "data"

Compiler = Callable[[Sequence[Path], Strings, list[Problem]], dict[str, Section]]


def text_files(folder: Path) -> list[Path]:
    """The .txt files of a folder and of the folders in it, in order of name, but for README.txt."""
    return sorted((p for p in folder.rglob("*.txt") if p.name != "README.txt"), key=lambda p: p.relative_to(folder).as_posix())


def compile_actors(folders: Sequence[Path], strings: Strings, problems: list[Problem]) -> dict[str, Section]:
    """generated/, actors/ and roles/ of the data folders: the sections `actors.*` and `gazetteer.*`."""
    layers = [text_files(folder / part) for folder in folders for part in ("generated", "actors")]
    entities = load_actors(layers, problems)
    nouns = load_roles([path for folder in folders for path in text_files(folder / "roles")], problems)
    numbers = {entity.id: i for i, entity in enumerate(entities)}
    trie = Trie()
    rows: list[int] = []
    roles: list[int] = []
    for i, entity in enumerate(entities):
        first_role = len(roles) // ROLE_COLUMNS
        for role in entity.roles:
            roles += [strings.add(",".join(role.sectors)), strings.add(role.title), role.first, role.last, strings.add(role.country)]
        rows += [strings.add(entity.id), strings.add(entity.name), KINDS.index(entity.kind) if entity.kind in KINDS else 0,
                 strings.add(entity.country), strings.add(",".join(entity.sectors)), strings.add(entity.cameo),
                 numbers.get(entity.parent, -1), first_role, len(entity.roles), entity.first, entity.last, strings.add(entity.source)]
        _add_names(trie, i, entity, problems)
    table: list[int] = []
    texts = {noun.text for noun in nouns}
    for i, noun in enumerate(nouns):
        table += [strings.add(noun.text), strings.add(",".join(noun.sectors)), int(noun.kind), int(noun.flags)]
        _add_noun(trie, i, noun, texts)
    return {"actors.entities": section("i32", rows, ENTITY_COLUMNS), "actors.roles": section("i32", roles, ROLE_COLUMNS),
            "actors.nouns": section("i32", table, NOUN_COLUMNS), **trie.sections()}


def _add_names(trie: Trie, number: int, entity: Entity, problems: list[Problem]) -> None:
    latest = max((min(role.last, ALWAYS - 1) for role in entity.roles), default=0)
    for name in finish(entity):
        try:
            trie.add(name.text, Reading(number, -1, name.kind, name.flags, latest if entity.kind == "person" else 0))
        except ValueError as error:
            problems.append(Problem(name.file, name.line, str(error), name.column))


def _add_noun(trie: Trie, number: int, noun: RoleNoun, texts: set[str]) -> None:
    """The noun and its plural, unless that is a noun of its own ("people" is not the plural of "person" then)."""
    flags = NameFlag.MODIFIER if noun.flags & RoleFlag.ADJECTIVE else NameFlag.NONE
    always = NameFlag.PLURAL if noun.flags & RoleFlag.PLURAL else NameFlag.NONE
    trie.add(noun.text, Reading(-1, number, NameKind.ROLE, flags | always))
    if not always and plural(noun.text) not in texts:
        trie.add(plural(noun.text), Reading(-1, number, NameKind.ROLE, flags | NameFlag.PLURAL))


def source_digest(folders: Sequence[Path]) -> str:
    """SHA-256 over the names and bytes of all text files, the version of this knowledge."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.txt"), key=lambda p: p.relative_to(folder).as_posix()):
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


COMPILERS: tuple[Compiler, ...] = (compile_actors, compile_acts, compile_subjects)


# What the meta of a blob counts.
COUNTED = {"entities": "actors.entities", "nouns": "actors.nouns", "readings": "gazetteer.readings"}


def compile_knowledge(folders: Sequence[Path] = (DATA,), out: Path = SHIPPED, compilers: Sequence[Compiler] = COMPILERS) -> dict[str, Any]:
    """Compile the data folders to `out`, return the blob's meta. Raises KnowledgeError with every problem found, writing nothing."""
    strings = Strings()
    problems: list[Problem] = []
    sections: dict[str, Section] = {}
    for compiler in compilers:
        sections.update(compiler(folders, strings, problems))
    if problems:
        raise KnowledgeError(sorted(problems))
    sections.update(strings.sections())
    rows = {name: sections[section][1][0] for name, section in COUNTED.items() if section in sections}
    meta = {"source": source_digest(folders), **rows}
    write_blob(out, KIND, meta, sections)
    return meta


def build() -> dict[str, Any]:
    """What a build of the package does: generate states and places (needs the libraries of states.py and places.py), compile the shipped files."""
    from demarche.knowledge.places import compile_places
    from demarche.knowledge.states import write_states
    write_states()
    compile_places()
    return compile_knowledge()


def main() -> None:
    try:
        meta = build()
    except KnowledgeError as error:
        sys.exit(str(error))
    print(f"{SHIPPED}: {SHIPPED.stat().st_size} bytes, "
          f"{meta['entities']} entities, {meta['nouns']} role nouns, {meta['readings']} readings")


if __name__ == "__main__":
    main()
