"""Reading CoNLL-U treebanks into plain sentences of words."""
from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterable, Iterator


@dataclass(slots=True)
class Word:
    form: str
    lemma: str
    upos: str
    xpos: str
    head: int          # 1-based position in the sentence; 0 for the root
    deprel: str
    glued: bool        # no white space between the word before and this one


@dataclass(slots=True)
class TreebankSentence:
    words: list[Word] = field(default_factory=list)
    text: str = ""
    begins_paragraph: bool = False


class ConlluError(ValueError):
    """A line is not CoNLL-U: the message names the file and the line."""


def read_conllu(path: str | Path) -> Iterator[TreebankSentence]:
    """The sentences of a CoNLL-U file (gzipped or not); words of a multi-word token count one by one, glued together."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as handle:
        yield from _sentences(handle, str(path))


def _sentences(lines: Iterable[str], name: str) -> Iterator[TreebankSentence]:
    sentence, glued_next, range_end, range_glues = TreebankSentence(), False, 0, False
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\n")
        if not line:
            if sentence.words:
                yield sentence
            sentence, glued_next, range_end = TreebankSentence(), False, 0
            continue
        if line.startswith("#"):
            if line.startswith(("# newpar", "# newdoc")):
                sentence.begins_paragraph = True
            elif line.startswith("# text = "):
                sentence.text = line[len("# text = "):]
            continue
        cells = line.split("\t")
        if len(cells) != 10:
            raise ConlluError(f"{name}:{number}: {len(cells)} columns, a CoNLL-U line has 10")
        identifier, no_space = cells[0], "SpaceAfter=No" in cells[9]
        if "." in identifier:
            continue
        try:
            if "-" in identifier:
                range_end, range_glues = int(identifier.split("-")[1]), no_space
                continue
            position, head = int(identifier), int(cells[6])
        except ValueError as error:
            raise ConlluError(f"{name}:{number}: not a number: {error}") from error
        sentence.words.append(Word(cells[1], cells[2], cells[3], cells[4], head, cells[7], glued_next))
        if position < range_end:
            glued_next = True
        elif position == range_end:
            glued_next = range_glues
        else:
            glued_next = no_space
    if sentence.words:
        yield sentence
