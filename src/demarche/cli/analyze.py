"""`demarche analyze`: sentences, words and syntax of a text."""
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from demarche.coder.coder import Coder
    from demarche.v1.coding_service_pb2 import AnalyzeTextResponse

# A long text is analysed in pieces: enough to keep the core busy, little enough to print as it goes.
_PIECE = 1 << 18  # code points
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


@click.command("analyze")
@click.argument("file", default="-", metavar="[FILE|-]")
@click.option("--format", "form", type=click.Choice(("conllu", "json")), default="conllu", show_default=True,
              help="conllu: CoNLL-U, for texts of up to 8 MiB; json: one AnalyzeTextResponse, offsets in code points.")
def command(file: str, form: str) -> None:
    """Print the sentences, words, parts of speech, lemmas and dependency trees of a plain text (UTF-8)."""
    from demarche.cli.coding import load_coder
    from demarche.cli.inputs import plain_text
    text = plain_text(file)
    coder = load_coder()
    if form == "json":
        from demarche.cli.protojson import to_line
        print(to_line(_analyze(coder, text, file)))
    else:
        from demarche.cli.conllu import sentences
        number = 1
        for piece in pieces(text):
            analysis = _analyze(coder, piece, file)
            for block in sentences(piece, analysis, number):
                print(block, end="")
            number += len(analysis.sentences)


def _analyze(coder: Coder, text: str, file: str) -> AnalyzeTextResponse:
    from demarche.cli import CommandError
    from demarche.cli.inputs import STANDARD_INPUT
    from demarche.coder.errors import DocumentError
    from demarche.coder.intake import check_text
    from demarche.v1.document_pb2 import ENCODING_TYPE_UTF32
    try:
        check_text(text)
        return coder.analyze(text, ENCODING_TYPE_UTF32)
    except DocumentError as error:
        raise CommandError(f"{STANDARD_INPUT if file == '-' else file}: {error.message}") from None


def pieces(text: str, size: int = _PIECE) -> Iterator[str]:
    """The text in pieces of about `size` code points, cut between paragraphs, or between lines where a paragraph is longer; none is blank.

    A stretch without a line's end that is longer stays whole, and is refused if it is longer than a document may be.
    """
    begin = 0
    while begin < len(text):
        end = len(text)
        if end - begin > size:
            cut = _PARAGRAPH.search(text, begin + size, begin + 2 * size)
            line = text.find("\n", begin + size)
            end = cut.end() if cut else line + 1 if line >= 0 else end
        if text[begin:end].strip():
            yield text[begin:end]
        begin = end
