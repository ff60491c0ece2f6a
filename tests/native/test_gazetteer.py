"""The gazetteer: which tokens are names of actors, and when a capital letter is evidence."""
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demarche._native.gazetteer import Gazetteer
from demarche.blob import write_blob
from demarche.knowledge.codes import NameFlag
from demarche.knowledge.compile import compile_actors, compile_knowledge
from demarche.knowledge.gazetteer import COLUMNS
from demarche.knowledge.model import KIND, Knowledge
from demarche.knowledge.names import tokens

STATE, ADJECTIVE, DEMONYM, CAPITAL, SEAT, ENTITY, PERSON, ROLE = range(1, 9)
ALTERNATIVE, AMBIGUOUS, SURNAME, PLURAL, MODIFIER, IN_NAME = 1, 2, 4, 8, 16, 32

ACTORS = """
AAA
  name: Arland
  kind: state
  country: AAA
  also: ?Arrow; Republic of Arland; &Delta; AR; A.R.
  adjective: Arlish
  demonym: Arlish; Arlander; Arlanders
  capital: Port Ar
  seat: the Amber House
BBB
  name: Bosk
  kind: state
  country: BBB
  also: New Bosk; &Delta
  adjective: ?Bosky
al-noor
  name: Al-Noor
  kind: group
  country: AAA
  sector: REB
  also: Al-Noor Front; ^noor-i
ann-weir
  name: Ann Weir
  kind: person
  country: AAA
  role: GOV | president | 2001..2004
bob-weir
  name: Bob Weir
  kind: person
  country: BBB
  role: GOV | president | 2005..2009
carla-stone
  name: Carla Stone
  kind: person
  country: BBB
  surname: ?Stone
it-union
  name: IT
  kind: org
  country: AAA
  also: ?SO
"""
ROLES = """GOV person: president, foreign minister, minister
MIL group plural: troops, forces
REB person adj: rebel
GOV body state: government
"""


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    for part, text in (("actors", ACTORS), ("roles", ROLES)):
        (folder / part).mkdir()
        (folder / part / "all.txt").write_text(text, encoding="utf-8")
    compile_knowledge([folder], folder / "k.blob", [compile_actors])
    return Knowledge(folder / "k.blob")


@pytest.fixture(scope="module")
def gazetteer(knowledge):
    return Gazetteer(knowledge.blob)


def parse(text):
    """`form/UPOS` words (PROPN for capitals, else NOUN, PUNCT for marks), `form=lemma` for lemmas; `|` between sentences."""
    words = []
    for word in text.split():
        if word == "|":
            words.append(None)
            continue
        word, _, upos = word.partition("/")
        form, _, lemma = word.partition("=")
        words.append((form, lemma or form, upos or ("PROPN" if form[0].isupper() else "NOUN" if form[0].isalnum() else "PUNCT")))
    return words


@pytest.fixture(scope="module")
def find(gazetteer, knowledge):
    def run(text, headline=False):
        words = [w for w in parse(text) if w is not None]
        return [(" ".join(w[0] for w in words[first:last]), knowledge.entity(entity).id
                 if entity >= 0 else knowledge.role_noun(role).text, kind, flags)
                for first, last, entity, role, kind, flags in gazetteer.find(parse(text), headline)]
    return run


def test_kinds_of_names(find):
    assert find("Arland and/CCONJ Port Ar , the/DET Amber House , Al - Noor Front met/VERB Ann Weir") == [
        ("Arland", "AAA", STATE, 0), ("Port Ar", "AAA", CAPITAL, 0), ("Amber House", "AAA", SEAT, 0),
                                                                                                          ("Al - Noor Front", "al-noor",
                                                                                                           ENTITY, 0),
        ("Ann Weir", "ann-weir", PERSON, 0)]


@pytest.mark.parametrize("text", ["al/PART - Noor", "al/PART Noor", "Al-Noor", "al - Noor"])
def test_spellings_of_an_arabic_name(find, text):
    assert [m[1] for m in find(text)] == ["al-noor"]


def test_the_longest_name_wins(find):
    assert find("New Bosk and/CCONJ the/DET Republic of/ADP Arland") == [("New Bosk", "BBB", STATE, 0),
                                                                         ("Republic of Arland", "AAA", STATE, 0)]


def test_names_do_not_cross_sentences(find):
    assert [m[0] for m in find("New | Bosk")] == ["Bosk"]


def test_names_need_their_capitals(find):
    assert find("arland new/ADJ bosk the/DET republic of/ADP arland ann weir") == []


def test_acronyms_and_marked_names_stand_in_exactly_their_case(find):
    assert [m[1] for m in find("troops/VERB of/ADP AR left/VERB it/PRON , noor - i")] == ["AAA", "al-noor"]
    assert find("Ar left/VERB It/PRON , Noor - i") == []


def test_an_acronym_in_capitals_only_must_be_tagged_as_a_name(find):
    assert find("LEAVE/VERB IT/PRON NOW/ADV", headline=True) == []
    assert [m[1] for m in find("LEAVE/VERB IT/PROPN NOW/ADV", headline=True)] == ["it-union"]
    assert [m[1] for m in find("Leave/VERB IT/PRON now/ADV", headline=True)] == ["it-union"]


def test_an_ordinary_word_needs_evidence_at_the_beginning_of_a_sentence(find):
    assert find("Arrow/NOUN wounds/NOUN heal/VERB") == []
    assert [m[1] for m in find("Arrow/PROPN agreed/VERB")] == ["AAA"]
    assert [m[1] for m in find("They/PRON met/VERB Arrow/NOUN")] == ["AAA"]
    assert find('" Arrow/NOUN wounds/NOUN heal/VERB') == []
    assert find("They/PRON Like/VERB Arrow/NOUN Heads/NOUN", headline=True) == []
    assert [m[1:3] for m in find("Bosky/ADJ officials/NOUN")] == [("BBB", ADJECTIVE)]
    assert find("Bosky/VERB officials/NOUN") == []


def test_adjective_or_demonym_by_the_tags(find):
    assert [m[2:] for m in find("the/DET Arlish/ADJ troops/NOUN")][0] == (ADJECTIVE, 0)
    assert [m[2:] for m in find("the/DET Arlish/PROPN left/VERB")] == [(DEMONYM, 0)]
    assert [m[2:] for m in find("two/NUM Arlanders/PROPN left/VERB")] == [(DEMONYM, PLURAL)]


def test_role_nouns(find):
    assert find("the/DET foreign ministers and/CCONJ troops") == [("foreign ministers", "foreign minister", ROLE, PLURAL),
                                                                  ("troops", "troops", ROLE, PLURAL)]
    assert find("Foreign/PROPN Minister/PROPN Weir/PROPN")[0] == ("Foreign Minister", "foreign minister", ROLE, 0)
    assert find("a/DET presidente=president") == [("presidente", "president", ROLE, 0)]


def test_role_nouns_are_nouns(find):
    assert find("it/PRON forces/VERB him/PRON , rebels/VERB") == []
    assert find("rebel/ADJ attack/NOUN") == [("rebel", "rebel", ROLE, MODIFIER)]
    assert find("force/NOUN") == []


def test_shared_names_and_surnames_keep_their_candidates_in_order(find):
    assert find("in/ADP Delta") == [("Delta", "AAA", STATE, AMBIGUOUS), ("Delta", "BBB", STATE, ALTERNATIVE | AMBIGUOUS)]
    assert find("Mr. Weir") == [("Weir", "bob-weir", PERSON, SURNAME | AMBIGUOUS),
                                ("Weir", "ann-weir", PERSON, SURNAME | ALTERNATIVE | AMBIGUOUS)]


def test_a_middle_initial_is_passed_over_in_persons_names(find):
    assert find("Ann B. Weir left/VERB") == [("Ann B. Weir", "ann-weir", PERSON, 0)]
    assert all(flags & SURNAME for *_, flags in find("ann b. Weir left/VERB"))
    assert find("New B. Bosk")[-1][0] == "Bosk"


def test_an_acronym_that_is_a_word_must_be_tagged_as_a_name(find):
    assert find("this/PRON SO/ADV bad/ADJ") == []
    assert [m[1] for m in find("the/DET SO/PROPN left/VERB")] == ["it-union"]


def test_a_surname_after_another_first_name_is_somebody_else(find):
    assert find("Kim Weir left/VERB") == []
    assert [m[1] for m in find("President Weir left/VERB")] == ["president", "bob-weir", "ann-weir"]
    assert [m[1] for m in find("Arland 's/PART Stone left/VERB")] == ["AAA", "carla-stone"]


def test_part_of_a_longer_name_is_flagged(find):
    assert find("Arland Weekly said/VERB") == [("Arland", "AAA", STATE, IN_NAME)]
    assert find("Radio Arland said/VERB") == [("Arland", "AAA", STATE, IN_NAME)]
    assert find("Arland President Weir")[0] == ("Arland", "AAA", STATE, 0)


def test_empty_document(gazetteer):
    assert gazetteer.find([]) == []


def oracle(knowledge, words):
    """The same matching over lists and dictionaries, names without conditions but capitals: longest first, left to right."""
    names = {("arland",): "AAA", ("new", "bosk"): "BBB", ("bosk",): "BBB", ("republic", "of", "arland"): "AAA",
             ("al", "-", "noor"): "al-noor",
             ("al", "noor"): "al-noor", ("al", "-", "noor", "front"): "al-noor", ("al", "noor", "front"): "al-noor",
             ("foreign", "minister"): "foreign minister", ("minister",): "minister", ("government",): "government"}
    roles = {"foreign minister", "minister", "government"}
    found, at = [], 0
    while at < len(words):
        for end in range(min(len(words), at + 5), at, -1):
            entry = names.get(tuple(w.lower() for w in words[at:end]))
            capital = all(w[0].isupper() or w in ("of", "al", "-") for w in words[at:end])
            if entry and (capital or entry in roles):
                found.append((at, end, entry))
                at = end - 1
                break
        at += 1
    return found


WORDS = "Arland arland New new Bosk Republic republic of al Al - Noor noor Front front foreign Foreign minister government xyz"


@settings(max_examples=300, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS.split()), max_size=20))
def test_agrees_with_the_slow_twin(gazetteer, knowledge, words):
    found = [(first, last, knowledge.entity(entity).id if entity >= 0 else knowledge.role_noun(role).text)
             for first, last, entity, role, *_ in gazetteer.find([(w, w, "NOUN") for w in words])]
    assert found == oracle(knowledge, words)


def test_a_damaged_blob_is_refused(knowledge, tmp_path):
    names = [n for n in knowledge.blob._sections]
    sections = {n: (knowledge.blob._sections[n]["dtype"], knowledge.blob.shape(n), bytes(knowledge.blob[n])) for n in names}
    dtype, shape, data = sections["gazetteer.nodes"]
    for changed in ({"gazetteer.nodes": (dtype, shape, b"\xff" * len(data))}, {"gazetteer.exact": ("u64", (0,), b"")},
                    {"gazetteer.readings": ("i32", sections["gazetteer.readings"][1], b"\x7f" * len(sections["gazetteer.readings"][2]))}):
        write_blob(tmp_path / "bad.blob", KIND, {}, {**sections, **changed})
        with pytest.raises(ValueError):
            Gazetteer(Knowledge(tmp_path / "bad.blob").blob)


SHIPPED = [
    ("Russia , the/DET United States and/CCONJ U.S. allies/NOUN", ["RUS", "USA", "USA", "ally"]),
    ("the/DET UN Security Council", ["un-security-council"]),
    ("Sergei Lavrov and/CCONJ Sergey Lavrov", ["sergei-lavrov", "sergei-lavrov"]),
    ("the/DET Kremlin and/CCONJ Downing Street", ["RUS", "GBR"]),
    ("the/DET Congolese/ADJ army/NOUN", ["fardc"]),
    ("Islamic State , Isis and/CCONJ Daesh", ["islamic-state"] * 3),
    ("Turkey 's/PART Recep Tayyip Erdoğan", ["TUR", "recep-tayyip-erdogan"]),
    ("Al - Shabaab and/CCONJ al/PART - Shabab", ["al-shabaab", "al-shabaab"]),
    ("the/DET Lord 's/PART Resistance Army", ["lra"]),
    ("Kosovo and/CCONJ Palestinians", ["KOS", "PSE"]),
    ("Robert S. Mueller and/CCONJ Mikhail S. Gorbachev", ["robert-mueller", "mikhail-gorbachev"]),
    ("Soviet/ADJ troops/NOUN", ["soviet-union", "troops"]),
    ("Côte d'Ivoire and/CCONJ the/DET Ivory Coast", ["CIV", "CIV"]),
]


@pytest.mark.parametrize("text, expected", SHIPPED)
def test_shipped_names(text, expected):
    knowledge = Knowledge()
    gazetteer = Gazetteer(knowledge.blob)
    found = [knowledge.entity(e).id if e >= 0 else knowledge.role_noun(r).text for _, _, e, r, _, flags in gazetteer.find(parse(text))
             if not flags & ALTERNATIVE]
    assert found == expected


def test_every_shipped_name_is_found_as_written():
    knowledge = Knowledge()
    gazetteer = Gazetteer(knowledge.blob)
    missing = []
    for i in range(knowledge.n_entities):
        entity = knowledge.entity(i)
        found = gazetteer.find([(form, form, "PROPN") for form in tokens(entity.name.removeprefix("the "))])
        if not any(entity_index == i for _, _, entity_index, *_ in found):
            missing.append(entity.name)
    assert not missing


def test_readings_are_whole():
    blob = Knowledge().blob
    assert len(blob["gazetteer.readings"]) == COLUMNS * len(blob["gazetteer.exact"])
    assert all(flags < 2 * NameFlag.MODIFIER for flags in blob["gazetteer.readings"].tolist()[3::COLUMNS])
