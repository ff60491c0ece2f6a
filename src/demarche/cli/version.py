"""`demarche version`: what this installation is made of."""
from __future__ import annotations

import click


@click.command("version")
def command() -> None:
    """Print the versions of the program, the language model, the knowledge and the ontology."""
    from demarche import __version__
    from demarche.cli.coding import load_coder
    from demarche.v1.document_pb2 import ENCODING_TYPE_UTF32
    print(f"demarche   {__version__}")
    versions = load_coder().analyze("Peru met Chile.", ENCODING_TYPE_UTF32).versions
    for name in ("model", "knowledge", "ontology"):
        print(f"{name:10} {getattr(versions, name) or '-'}")
