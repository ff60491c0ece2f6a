"""Attachments that the words make all but impossible, on trees made by hand."""
import pytest

from demarche._native.read import Reader
from demarche.knowledge.model import Knowledge


@pytest.fixture(scope="module")
def reader():
    return Reader(None, Knowledge().blob)


def mended(reader, tree):
    """{word: (head's word, relation)} after the mends; `tree` is "word/UPOS/XPOS/head/relation" for each word, heads counted from 1."""
    words = [word.split("/") for word in tree.split()]
    text, sentence = "", []
    for form, upos, xpos, head, relation in words:
        start = len(text)
        text += form
        sentence.append((start, len(text), {"told": "tell"}.get(form, form.lower()), upos, xpos, int(head), relation))
        text += " "
    reading = reader.read_analyzed(text.encode(), [sentence])
    return {words[i][0]: (words[reading.head(i)][0] if reading.head(i) >= 0 else "", reading.relation(i)) for i in range(reading.n_tokens)}


def test_a_verb_in_the_active_has_no_agent(reader):
    tree = mended(reader, "Shamir/PROPN/NNP/2/nsubj rejected/VERB/VBD/0/root a/DET/DT/4/det bid/NOUN/NN/2/obj by/ADP/IN/6/case Sharon/PROPN/NNP/2/obl:agent")
    assert tree["Sharon"] == ("bid", "nmod")
    tree = mended(reader, "bids/NOUN/NNS/3/nsubj:pass were/AUX/VBD/3/aux:pass made/VERB/VBN/0/root by/ADP/IN/5/case Sharon/PROPN/NNP/3/obl:agent")
    assert tree["Sharon"] == ("made", "obl:agent")


def test_who_joins_a_titled_name_joins_the_whole_phrase(reader):
    tree = mended(reader, "minister/NOUN/NN/5/nsubj Mahdi/PROPN/NNP/1/appos and/CCONJ/CC/4/cc counterpart/NOUN/NN/2/conj signed/VERB/VBD/0/root")
    assert tree["counterpart"] == ("minister", "conj")
    tree = mended(reader, "ministers/NOUN/NNS/5/nsubj Sal/PROPN/NNP/1/appos and/CCONJ/CC/4/cc Tarr/PROPN/NNP/2/conj signed/VERB/VBD/0/root")
    assert tree["Tarr"] == ("Sal", "conj")     # a plural title's names are its members


def test_a_person_does_not_join_the_country_of_another(reader):
    of = "Major/PROPN/NNP/9/nsubj of/ADP/IN/3/case Britain/PROPN/NNP/1/nmod and/CCONJ/CC/5/cc John/PROPN/NNP/3/conj "
    tree = mended(reader, of + "Bruton/PROPN/NNP/5/flat of/ADP/IN/8/case Ireland/PROPN/NNP/5/nmod agreed/VERB/VBD/0/root")
    assert tree["John"] == ("Major", "conj")


def test_a_clause_beside_the_listener_is_what_was_told(reader):
    tree = mended(reader, "Rojas/PROPN/NNP/2/nsubj told/VERB/VBD/0/root Reuters/PROPN/NNP/2/iobj that/SCONJ/IN/6/mark Chile/PROPN/NNP/6/nsubj lied/VERB/VBD/3/acl:relcl")
    assert tree["lied"] == ("told", "ccomp")
    tree = mended(reader, "Rojas/PROPN/NNP/2/nsubj told/VERB/VBD/0/root reporters/NOUN/NNS/2/obj that/PRON/WDT/6/obj Chile/PROPN/NNP/6/nsubj jailed/VERB/VBD/3/acl:relcl")
    assert tree["jailed"] == ("reporters", "acl:relcl")     # "that" is its object


def test_a_name_goes_on_and_a_nationality_goes_with_the_title(reader):
    tree = mended(reader, "Peruvian/ADJ/JJ/4/amod Foreign/ADJ/JJ/3/amod Minister/NOUN/NN/4/compound Ana/PROPN/NNP/6/nsubj Rojas/PROPN/NNP/6/advmod told/VERB/VBD/0/root")
    assert (tree["Rojas"], tree["Peruvian"]) == (("Ana", "flat"), ("Minister", "amod"))


def test_set_free(reader):
    tree = mended(reader, "rebels/NOUN/NNS/2/nsubj set/VERB/VBD/0/root free/ADJ/JJ/4/amod engineers/NOUN/NNS/2/obj")
    assert tree["free"] == ("set", "xcomp")
