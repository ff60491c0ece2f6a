"""CoNLL-U from analyses made by hand."""
from __future__ import annotations

from demarche.cli.conllu import sentences
from demarche.v1.coding_service_pb2 import AnalyzeTextResponse


def analysed(text: str, *words: tuple[str, str]) -> AnalyzeTextResponse:
    response = AnalyzeTextResponse()
    sentence = response.sentences.add(starts_paragraph=True)
    at = 0
    for number, (word, tag) in enumerate(words):
        at = text.index(word, at)
        token = sentence.tokens.add(text=word, lemma=word.lower(), upos=tag, xpos="X", head=min(number, 1))
        token.relation = "dep" if number else "root"
        token.span.start, token.span.end = at, at + len(word)
        at += len(word)
    sentence.span.end = at
    return response


def rows(text: str, *words: tuple[str, str]) -> list[list[str]]:
    (block,) = sentences(text, analysed(text, *words))
    return [line.split("\t") for line in block.splitlines() if line and line[0] != "#"]


def test_spacing_is_told_from_the_text() -> None:
    found = rows("(Peru) met.", ("(", "PUNCT"), ("Peru", "PROPN"), (")", "PUNCT"), ("met", "VERB"), (".", "PUNCT"))
    assert [row[9] for row in found] == ["SpaceAfter=No", "SpaceAfter=No", "_", "SpaceAfter=No", "_"]


def test_clitics_are_one_token_with_the_word_before() -> None:
    found = rows("Peru's don't cannot", ("Peru", "PROPN"), ("'s", "PART"), ("do", "AUX"), ("n't", "PART"), ("can", "AUX"), ("not", "PART"))
    assert [(row[0], row[1]) for row in found if "-" in row[0]] == [("1-2", "Peru's"), ("3-4", "don't"), ("5-6", "cannot")]
    assert [row[0] for row in found if "-" not in row[0]] == list("123456")


def test_a_quote_is_no_clitic() -> None:
    assert not any("-" in row[0] for row in rows("'Peru'", ("'", "PUNCT"), ("Peru", "PROPN"), ("'", "PUNCT")))


def test_comments_number_and_quote_the_sentence() -> None:
    (block,) = sentences("Peru\n met", analysed("Peru\n met", ("Peru", "PROPN"), ("met", "VERB")), first_number=7)
    assert block.startswith("# newpar\n# sent_id = 7\n# text = Peru met\n1\tPeru\tperu\tPROPN\tX\t_\t0\troot\t_\t_\n")
    assert block.endswith("\n\n")
