"""`demarche train`: the language model, from treebanks."""
from __future__ import annotations

from pathlib import Path

import click


@click.command("train")
@click.option("--train", "train_paths", multiple=True, required=True, type=click.Path(path_type=Path), metavar="FILE",
              help="CoNLL-U to learn from, also gzipped; may be given several times.")
@click.option("--dev", "dev_paths", multiple=True, required=True, type=click.Path(path_type=Path), metavar="FILE",
              help="CoNLL-U to measure the model on, never learnt from; may be given several times.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Where the model goes.")
def command(train_paths: tuple[Path, ...], dev_paths: tuple[Path, ...], out: Path) -> None:
    """Train the language model. The same files give the same model, byte for byte. Needs the extra: pip install 'demarche[train]'."""
    from demarche.cli import CommandError
    for path in (*train_paths, *dev_paths):
        if not path.is_file():
            raise CommandError(f"{path}: {'a directory, not a file' if path.is_dir() else 'no such file'}")
    if not out.parent.is_dir():
        raise CommandError(f"{out.parent}: no such directory")
    try:
        from demarche.training.build import build_model
    except ModuleNotFoundError as error:
        if error.name not in ("torch", "numpy"):
            raise
        raise CommandError(f"training needs {error.name}: pip install 'demarche[train]'") from None
    try:
        build_model(list(train_paths), list(dev_paths), out, report=lambda line: click.echo(line, err=True))
    except (OSError, ValueError) as error:
        raise CommandError(str(error)) from None
