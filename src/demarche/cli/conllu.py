"""Analysed text as CoNLL-U (universaldependencies.org/format.html)."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demarche.v1.coding_service_pb2 import AnalyzedSentence, AnalyzeTextResponse, Token

# The second word of "don't", "it's", "cannot", "states'": one token with the word before, as the English treebanks have it.
_CLITIC = re.compile(r"n['’]t|['’](?:s|re|ve|ll|d|m)?|not", re.IGNORECASE)
_CLITIC_TAGS = {"AUX", "PART"}


def sentences(text: str, analysis: AnalyzeTextResponse, first_number: int = 1) -> Iterator[str]:
    """One block a sentence, with the blank line after it. Spans must be in code points; sentences are numbered from `first_number`."""
    for number, sentence in enumerate(analysis.sentences, first_number):
        lines = ["# newpar"] if sentence.starts_paragraph else []
        lines.append(f"# sent_id = {number}")
        lines.append("# text = " + _line(text[sentence.span.start:sentence.span.end]))
        lines.extend(_words(text, sentence))
        lines.append("\n")
        yield "\n".join(lines)


def _words(text: str, sentence: AnalyzedSentence) -> Iterator[str]:
    words = sentence.tokens
    position = 0
    while position < len(words):
        last = position
        while last + 1 < len(words) and _joins(words, last):
            last += 1
        spacing = "_" if _spaced(text, words[last].span.end) else "SpaceAfter=No"
        if last > position:
            form = _line(text[words[position].span.start:words[last].span.end])
            yield f"{position + 1}-{last + 1}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{spacing}"
            spacing = "_"
        for index in range(position, last + 1):
            word = words[index]
            yield (f"{index + 1}\t{_line(word.text)}\t{_line(word.lemma)}\t{word.upos}\t{word.xpos}\t_\t{word.head}\t{word.relation}\t_\t"
                   f"{spacing}")
        position = last + 1


def _joins(words: Sequence[Token], index: int) -> bool:
    """Whether the word after `index` is a clitic on it."""
    word, after = words[index], words[index + 1]
    return (after.span.start == word.span.end and after.upos in _CLITIC_TAGS and word.upos != "PUNCT"
            and _CLITIC.fullmatch(after.text) is not None)


def _spaced(text: str, end: int) -> bool:
    return end >= len(text) or text[end].isspace()


def _line(text: str) -> str:
    """A form may hold a space inside ("10 000"), which CoNLL-U allows, but no tab and no line's end."""
    return " ".join(text.split()) or "_"
