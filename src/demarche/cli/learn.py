"""`demarche learn`: the learned judge of relations, from labelled sentences."""
from __future__ import annotations

from pathlib import Path

import click


@click.command("learn")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Where the learned judge goes.")
def command(paths: tuple[Path, ...], out: Path) -> None:
    """Learn what two actors do to each other, where no pattern tells it.

    The files have a labelled sentence a line: "ACCUSE | [Peru] blamed {Chile} for the raid."; without files the shipped ones are taken. The
    examples of the patterns are learnt from too. Needs the extra: pip install 'demarche[train]'.
    """
    from demarche.cli import CommandError
    for path in paths:
        if not path.is_file():
            raise CommandError(f"{path}: {'a directory, not a file' if path.is_dir() else 'no such file'}")
    if not out.parent.is_dir():
        raise CommandError(f"{out.parent}: no such directory")
    try:
        from demarche.training.relations import train_relations
    except ModuleNotFoundError as error:
        if error.name not in ("torch", "numpy"):
            raise
        raise CommandError(f"training needs {error.name}: pip install 'demarche[train]'") from None
    from demarche.blob import Blob
    from demarche.coder.coder import MODEL
    try:
        train_relations(out, Blob(MODEL, "model"), paths, report=lambda line: click.echo(line, err=True))
    except (OSError, ValueError) as error:
        raise CommandError(str(error)) from None
