"""Lemmas: what the reviewed list of forms gives without a treebank, the rules learnt from sentences, and their hashes."""
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demarche._native.document import fnv1a
from demarche._native.labels import UPOS, XPOS
from demarche._native.lemma import Lemmatiser
from demarche.training import lemmas
from demarche.training.conllu import TreebankSentence, Word

FORMATS = {"u8": "B", "u16": "H", "u64": "Q"}


def views_of(sections: dict[str, tuple[str, tuple[int, ...], bytes]]) -> dict[str, memoryview]:
    return {name: memoryview(data).cast("B").cast(FORMATS[dtype]) for name, (dtype, _, data) in sections.items()}


def lemmatiser_of(sentences: list[TreebankSentence]) -> Lemmatiser:
    return Lemmatiser(views_of(lemmas.lemma_sections(sentences)))


LISTED = lemmatiser_of([])


def lemma(form: str, upos: str, xpos: str, model: Lemmatiser = LISTED) -> str:
    return model.lemmas([[("so", "ADV", "RB"), (form, upos, xpos)]])[0][1][0]


@pytest.mark.parametrize("form, upos, xpos, expected", [
    ("was", "AUX", "VBD", "be"), ("’re", "AUX", "VBP", "be"), ("n't", "PART", "RB", "not"), ("n’t", "PART", "RB", "not"),
    ("ca", "AUX", "MD", "can"), ("wo", "AUX", "MD", "will"), ("'d", "AUX", "MD", "would"), ("'d", "AUX", "VBD", "have"),
    ("withdrew", "VERB", "VBD", "withdraw"), ("overthrown", "VERB", "VBN", "overthrow"), ("sought", "VERB", "VBD", "seek"),
    ("condemned", "VERB", "VBD", "condemn"), ("Killing", "VERB", "VBG", "kill"), ("barred", "VERB", "VBN", "bar"),
    ("threatened", "VERB", "VBN", "threaten"), ("accusing", "VERB", "VBG", "accuse"), ("denies", "VERB", "VBZ", "deny"),
    ("cancelled", "VERB", "VBN", "cancel"), ("canceled", "VERB", "VBN", "cancel"), ("expelling", "VERB", "VBG", "expel"),
    ("fled", "VERB", "VBD", "flee"), ("lying", "VERB", "VBG", "lie"), ("laid", "VERB", "VBD", "lay"), ("lay", "VERB", "VBD", "lie"),
    ("gunmen", "NOUN", "NNS", "gunman"), ("crises", "NOUN", "NNS", "crisis"), ("wives", "NOUN", "NNS", "wife"),
    ("bases", "NOUN", "NNS", "base"),
    ("worst", "ADJ", "JJS", "bad"), ("tougher", "ADJ", "JJR", "tough"), ("heaviest", "ADJ", "JJS", "heavy"),
    ("them", "PRON", "PRP", "they"), ("Her", "PRON", "PRP$", "her"), ("i", "PRON", "PRP", "I"), ("I", "PRON", "PRP", "I"),
    ("12,500", "NUM", "CD", "12500"), ("1,2", "NUM", "CD", "1,2"), ("Sept.", "PROPN", "NNP", "September"),
])
def test_listed_forms(form: str, upos: str, xpos: str, expected: str) -> None:
    assert lemma(form, upos, xpos) == expected


@pytest.mark.parametrize("form, upos, xpos, expected", [
    ("strafing", "VERB", "VBG", "strafe"), ("resettled", "VERB", "VBN", "resettle"), ("decries", "VERB", "VBZ", "decry"),
    ("outlawed", "VERB", "VBD", "outlaw"), ("tasked", "VERB", "VBN", "task"), ("depopulated", "VERB", "VBN", "depopulate"),
    ("overanalyzed", "VERB", "VBD", "overanalyze"),
])
def test_unknown_verbs_follow_the_longest_suffix(form: str, upos: str, xpos: str, expected: str) -> None:
    assert lemma(form, upos, xpos) == expected


@pytest.mark.parametrize("after, expected", [("been", "have"), ("got", "have"), ("killed", "be")])
def test_has_and_is_are_told_apart_by_the_participle(after: str, expected: str) -> None:
    words = [("He", "PRON", "PRP"), ("'s", "AUX", "VBZ"), ("not", "PART", "RB"), (after, "VERB", "VBN")]
    assert LISTED.lemmas([words])[0][1][0] == expected


def test_has_does_not_look_into_the_next_sentence() -> None:
    assert LISTED.lemmas([[("It", "PRON", "PRP"), ("'s", "AUX", "VBZ")], [("been", "VERB", "VBN")]])[0][1][0] == "be"


@pytest.mark.parametrize("form, upos, xpos, expected", [
    ("Kenya", "PROPN", "NNP", "Kenya"), ("NATO", "PROPN", "NNP", "NATO"), ("GDP", "NOUN", "NN", "GDP"), ("Troops", "NOUN", "NNS", "troops"),
    ("Kenyan", "ADJ", "JJ", "Kenyan"), ("The", "DET", "DT", "the"), ("Élysée", "PROPN", "NNP", "Élysée"),
])
def test_names_and_acronyms_keep_their_capitals(form: str, upos: str, xpos: str, expected: str) -> None:
    assert lemma(form, upos, xpos) == expected


def test_the_treebank_teaches_forms_and_suffixes() -> None:
    shown = [("zorbled", "VBD", "zorble"), ("wurbled", "VBD", "wurble"), ("Americans", "NNPS", "American"), ("Kenyans", "NNPS", "Kenyan"),
             ("b/c", "IN", "because"), ("b/c", "IN", "because")]
    model = lemmatiser_of([TreebankSentence([Word(form, its, "X", tag, 0, "dep", False) for form, tag, its in shown])])
    assert lemma("murbled", "VERB", "VBD", model) == "murble"
    assert lemma("Peruvians", "PROPN", "NNPS", model) == "Peruvian"
    assert lemma("b/c", "SCONJ", "IN", model) == "because"


def test_learning_is_deterministic() -> None:
    assert lemmas.lemma_sections([]) == lemmas.lemma_sections([])


FORMS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)


@given(st.lists(st.tuples(FORMS, st.sampled_from(UPOS), st.sampled_from(XPOS)), min_size=1, max_size=12))
@settings(max_examples=300, deadline=None)
def test_any_word_with_any_tag_has_a_lemma_and_its_hash(words: list[tuple[str, str, str]]) -> None:
    for (form, _, _), (found, its_hash) in zip(words, LISTED.lemmas([words])[0], strict=True):
        if found.isascii():
            assert its_hash == fnv1a(found.lower().encode())
        elif found == form:
            assert its_hash == fnv1a(form.lower().encode())


def test_native_and_python_rules_agree() -> None:
    entries, suffixes = lemmas.learn_forms([])
    for (form, tag), (strip, added) in list(entries.items())[:400]:
        data = form.encode()
        assert lemma(form, "X", tag).lower() == (data[:len(data) - strip] + added).decode().lower() or tag == "VBZ" and form[0] in "'’"
    for form in ("depopulating", "gloats", "hurried", "snarkiest"):
        for tag, group in lemmas.GROUPS.items():
            strip, added = suffixes.rule(group, form.encode())
            if (form, tag) not in entries:
                assert lemma(form, "X", tag) == (form.encode()[:len(form) - strip] + added).decode()


def test_wrong_tables_are_refused() -> None:
    sections = views_of(lemmas.lemma_sections([]))
    with pytest.raises(ValueError, match="size"):
        Lemmatiser({**sections, "lemma.groups": memoryview(b"\0")})
