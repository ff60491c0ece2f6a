"""`demarche knowledge`: what is wrong in the knowledge files, and what they can give."""
from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from demarche.knowledge.check import Finding
    from demarche.knowledge.contexts import Subject
    from demarche.knowledge.patterns import Pattern
    from demarche.knowledge.problems import Problem
    from demarche.knowledge.reach import Entry

WHAT = ("types", "modes", "cameo", "contexts")
HEADINGS = {"types": ("Type", "Patterns"), "modes": ("Mode", "Patterns"), "cameo": ("CAMEO code", "Patterns"), "contexts": ("Context", "Terms")}


@click.group("knowledge")
def command() -> None:
    """Check the knowledge files, or list what they give."""


@command.command("check")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="[FOLDER]...")
@click.option("--strict", is_flag=True, help="Contradictions are errors, not warnings.")
def check_command(folders: tuple[Path, ...], strict: bool) -> int:
    """Print every problem of the knowledge files, with file and line; the last line counts them.

    Without FOLDER the shipped files are checked. A FOLDER holds folders named acts, contexts, actors and so on, as the shipped data does,
    and is checked together with the shipped files, to which it adds.

    Errors, marked so, are what cannot be compiled; if there is one, the exit status is 1. Everything else is a warning: frames that two
    patterns have, frames that are never chosen, word lists that no frame uses, patterns without a positive example, context terms that two
    contexts call strong. A CONTRADICTION is a frame that two patterns have and code differently; it is only a warning, since the shipped
    files have some, unless --strict is given.
    """
    from demarche.cli import CommandError
    from demarche.knowledge.check import check, count_line
    try:
        found = check(data_folders(folders))
    except OSError as error:
        raise CommandError(f"{error.filename}: cannot be read: {error.strerror}") from None
    failures = [finding for finding in found if is_error(finding, strict)]
    for finding in failures:
        print(line(finding, "error: "))
    for finding in found:
        if not is_error(finding, strict):
            print(line(finding))
    print(count_line(found, strict))
    return 1 if failures else 0


def data_folders(given: Sequence[Path]) -> list[Path]:
    """The shipped data and the folders given, each once. UsageError for what is no data folder."""
    from demarche.knowledge.check import DATA, PARTS
    for folder in given:
        if not folder.is_dir():
            raise click.UsageError(f"{folder}: {'a file, not a folder' if folder.exists() else 'no such folder'}")
        if not any((folder / part).is_dir() for part in PARTS):
            raise click.UsageError(f"{folder}: no knowledge, since it has none of the folders {', '.join(PARTS)}")
    return list({folder.resolve(): folder for folder in (DATA, *given)}.values())


def is_error(finding: Finding, strict: bool) -> bool:
    """Whether a finding makes the check fail."""
    from demarche.knowledge.check import CONTRADICTION, ERROR
    return finding.kind == ERROR or strict and finding.kind == CONTRADICTION


def line(finding: Finding, mark: str = "") -> str:
    """`file:line: message`, with a mark before the message."""
    message = finding.problem.message
    return f"{str(finding).removesuffix(message)}{mark}{message}"


@command.command("resolve")
@click.argument("words", metavar="NAME")
@click.option("--date", "day", type=click.DateTime(formats=["%Y-%m-%d"]), help="The day whose offices hold (YYYY-MM-DD). Default: the latest known.")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True, help="table for people; json: one object.")
def resolve_command(words: str, day: datetime | None, form: str) -> int:
    """Say who NAME is on a day, in which role, and why: "Hanif Atmar", "the Kremlin", "Peru's foreign minister".

    The name is read as in a report of that day. If it names nobody, the exit status is 1.
    """
    from demarche.coder.coder import Coder
    from demarche.coder.resolving import resolve_actor
    if not words.strip():
        raise click.UsageError("NAME is empty")
    found = resolve_actor(Coder.load(), words.strip(), day.date() if day else None)
    if found is None:
        print(f"{words.strip()}: nobody by that name or description", file=sys.stderr)
        return 1
    rows = {"name": found.name, "entity_id": found.entity.id if found.entity else "", "country": found.country, "sectors": list(found.sectors), "role": found.role,
            "cameo": found.cameo, "why": list(found.why)}
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for title, value in rows.items():
            lines = value if isinstance(value, list) and title == "why" else [", ".join(value) if isinstance(value, list) else value]
            for number, text in enumerate(lines):
                print(f"{'' if number else title:<11}{text or '-'}")
    return 0


@command.command("list")
@click.argument("what", required=False, type=click.Choice(WHAT), metavar="[types|modes|cameo|contexts]")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True,
              help="table for people; json: an object a line.")
def list_command(what: str | None, form: str) -> None:
    """List the types, modes, CAMEO codes and contexts of the ontology, all of them or one kind.

    With each stands how many patterns give it (for a context: how many terms) and a sentence that does. Some are given by the coder
    itself and not by a pattern; then it says when. What nothing gives is listed as not reachable.
    """
    from demarche.knowledge.ontology import load_ontology
    from demarche.knowledge.reach import entries
    patterns, subjects = shipped()
    ontology = load_ontology()
    for number, kind in enumerate([what] if what else WHAT):
        listed = entries(kind, ontology, patterns, subjects)
        if form == "json":
            for entry in listed:
                print(json.dumps(as_json(entry), ensure_ascii=False))
        else:
            if number:
                print()
            print_table(kind, listed)


def shipped() -> tuple[list[Pattern], list[Subject]]:
    """The patterns, contexts and topics of this package. CommandError if they cannot be read."""
    from demarche.cli import CommandError
    from demarche.knowledge.check import DATA
    from demarche.knowledge.contexts import load_subjects
    from demarche.knowledge.patterns import load_patterns
    problems: list[Problem] = []
    patterns, subjects = load_patterns([DATA / "acts"], problems), load_subjects([DATA], problems)
    if problems:
        raise CommandError(f"the knowledge files have errors, see demarche knowledge check: {problems[0]}")
    return patterns, subjects


def as_json(entry: Entry) -> dict[str, object]:
    """The entry as JSON has it: the count is named for what it counts, and what is empty is left out."""
    counted = "terms" if entry.kind == "context" else "patterns"
    made = {"kind": entry.kind, "name": entry.name, "meaning": entry.meaning, "reachable": entry.reachable, counted: entry.count}
    return made | {name: text for name, text in (("example", entry.example), ("reason", entry.reason)) if text}


def print_table(kind: str, listed: Sequence[Entry]) -> None:
    """One kind of entries as a table that fits the screen."""
    from demarche.cli.table import lines, screen_width
    name, counted = HEADINGS[kind]
    rows = [(name, "Meaning", counted, "Example"), *((entry.name, entry.meaning, str(entry.count), example(entry)) for entry in listed)]
    for text in lines(rows, screen_width()):
        print(text)


def example(entry: Entry) -> str:
    """The cell of the example: a sentence, or why there is none."""
    if entry.reachable:
        return entry.example or entry.reason
    return f"not reachable ({entry.reason})" if entry.reason else "not reachable"
