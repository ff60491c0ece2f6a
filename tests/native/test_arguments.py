"""Who does what to whom in trees made by hand: what the matcher undoes of English (passives, relative clauses, control, coordination, light
verbs, possessors), how real an act is said to be, and who says it. The patterns are the shipped ones.

A sentence is written `form=lemma/TAG/head/relation`, heads counted from 1, 0 for the root; `=lemma` is left out where it is the form.
"""
from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from demarche._native.read import Reader
from demarche.knowledge.model import Knowledge
from demarche.knowledge.pattern_table import pattern_table

SLOTS = ("", "actor", "recipient", "partner", "third")
REALIS = ("", "actual", "ongoing", "historical", "future", "hypothetical", "negated")
STANDING = ("", "reported", "alleged", "denied", "disputed")
UPOS = {"NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "JJ": "ADJ", "RB": "ADV", "PRP": "PRON", "PRP$": "PRON", "WDT": "PRON",
        "DT": "DET", "CC": "CCONJ", "MD": "AUX", "CD": "NUM", "POS": "PART", "TO": "PART", "IN": "ADP", ",": "PUNCT", ".": "PUNCT"}


class Found(NamedTuple):
    """One act, its parties and speakers by their words."""
    trigger: str
    type: str
    parties: set[tuple[str, str]]
    realis: str
    standing: str
    speakers: list[tuple[str, str]]
    parent: str
    refused: bool


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge()


@pytest.fixture(scope="module")
def find(knowledge: Knowledge) -> Any:
    """A function from a written sentence to its acts, by trigger."""
    reader, patterns = Reader(None, knowledge.blob), pattern_table(knowledge)

    def find(sentence: str) -> dict[str, Found]:
        words, forms, at = [], [], 0
        for item in sentence.split():
            form, tag, head, relation = item.rsplit("/", 3)
            form, _, lemma = form.partition("=")
            upos = UPOS.get(tag, "VERB")
            if upos == "VERB" and relation in ("aux", "aux:pass", "cop"):
                upos = "AUX"
            elif upos == "ADP" and relation == "mark":
                upos = "SCONJ"
            words.append((at, at + len(form), lemma or form, upos, tag, int(head), relation))
            forms.append(form)
            at += len(form) + 1
        reading = reader.read_analyzed(" ".join(forms).encode(), [words])
        assert reading.status == (0, 0)

        def word(token: int) -> str:
            return forms[token] if token >= 0 else ""

        return {word(act[0]): Found(word(act[0]), patterns[act[1]].type, {(word(token), SLOTS[slot]) for token, slot, _ in act[8]}, REALIS[act[3]],
                                    STANDING[act[4]], [(word(says), word(who)) for says, who in act[9]],
                                    word(reading.acts[act[6]][0]) if act[6] >= 0 else "", bool(act[11])) for act in reading.acts}

    return find


KENYA_TO_UGANDA = {("Kenya", "actor"), ("Uganda", "recipient")}


@pytest.mark.parametrize("trigger, sentence", [
    ("condemned", "Kenya/NNP/2/nsubj condemned=condemn/VBD/0/root Uganda/NNP/2/obj"),
    # passive, with and without its auxiliary
    ("condemned", "Uganda/NNP/3/nsubj:pass was=be/VBD/3/aux:pass condemned=condemn/VBN/0/root by/IN/5/case Kenya/NNP/3/obl:agent"),
    ("condemned", "Uganda/NNP/5/nsubj ,/,/3/punct condemned=condemn/VBN/1/acl by/IN/5/case Kenya/NNP/3/obl:agent ,/,/3/punct left=leave/VBD/0/root"),
    # relative clauses: the noun is their subject, their object with the pronoun left out, or their passive subject
    ("condemned", "Kenya/NNP/7/nsubj ,/,/4/punct which/WDT/4/nsubj condemned=condemn/VBD/1/acl:relcl Uganda/NNP/4/obj ,/,/4/punct "
                  "left=leave/VBD/0/root"),
    ("condemned", "They=they/PRP/2/nsubj left=leave/VBD/0/root Uganda/NNP/2/obj Kenya/NNP/5/nsubj condemned=condemn/VBD/3/acl:relcl"),
    ("condemned", "Uganda/NNP/8/nsubj ,/,/5/punct which/WDT/5/nsubj:pass was=be/VBD/5/aux:pass condemned=condemn/VBN/1/acl:relcl by/IN/7/case "
                  "Kenya/NNP/5/obl:agent left=leave/VBD/0/root"),
    # control: of the subject, through a passive, by a participle, by a noun's possessor
    ("attack", "Kenya/NNP/2/nsubj began=begin/VBD/0/root to/TO/4/mark attack/VB/2/xcomp Uganda/NNP/4/obj"),
    ("attack", "Kenya/NNP/3/nsubj:pass was=be/VBD/3/aux:pass forced=force/VBN/0/root to/TO/5/mark attack/VB/3/xcomp Uganda/NNP/5/obj"),
    ("attack", "Peru/NNP/2/nsubj urged=urge/VBD/0/root Kenya/NNP/2/obj to/TO/5/mark attack/VB/2/xcomp Uganda/NNP/5/obj"),
    ("attack", "Peru/NNP/2/nsubj called=call/VBD/0/root on/IN/4/case Kenya/NNP/2/obl to/TO/6/mark attack/VB/2/xcomp Uganda/NNP/6/obj"),
    ("condemning", "Kenya/NNP/2/nsubj left=leave/VBD/0/root ,/,/4/punct condemning=condemn/VBG/2/advcl Uganda/NNP/4/obj"),
    ("attack", "Kenya/NNP/3/nmod:poss 's/POS/1/case plan/NN/7/nsubj to/TO/5/mark attack/VB/3/acl Uganda/NNP/5/obj failed=fail/VBD/0/root"),
    # coordination: the second verb has the first one's subject
    ("attacked", "Kenya/NNP/2/nsubj left=leave/VBD/0/root and/CC/4/cc attacked=attack/VBD/2/conj Uganda/NNP/4/obj"),
    # light verbs lend their subject and their complement
    ("attack", "Kenya/NNP/2/nsubj launched=launch/VBD/0/root an=a/DT/4/det attack/NN/2/obj on/IN/6/case Uganda/NNP/2/obl"),
    ("attack", "An=a/DT/2/det attack/NN/7/nsubj:pass on/IN/4/case Uganda/NNP/2/nmod was=be/VBD/7/aux:pass then/RB/7/advmod launched=launch/VBN/0/root "
               "by/IN/9/case Kenya/NNP/7/obl:agent"),
    # the owner of an act: possessor, nationality, "by"
    ("attack", "Kenya/NNP/3/nmod:poss 's/POS/1/case attack/NN/6/nsubj on/IN/5/case Uganda/NNP/3/nmod failed=fail/VBD/0/root"),
    ("attack", "attack/NN/0/root on/IN/3/case Uganda/NNP/1/nmod by/IN/5/case Kenya/NNP/1/nmod"),
])
def test_kenya_does_it_to_uganda(find: Any, trigger: str, sentence: str) -> None:
    assert find(sentence)[trigger].parties == KENYA_TO_UGANDA


def test_a_nationality_owns_an_act(find: Any) -> None:
    found = find("The=the/DT/3/det Kenyan/JJ/3/amod attack/NN/6/nsubj on/IN/5/case Uganda/NNP/3/nmod failed=fail/VBD/0/root")
    assert found["attack"].parties == {("Kenyan", "actor"), ("Uganda", "recipient")}


def test_the_owner_of_what_is_condemned_is_addressed(find: Any) -> None:
    found = find("Kenya/NNP/2/nsubj condemned=condemn/VBD/0/root Uganda/NNP/5/nmod:poss 's/POS/3/case attack/NN/2/obj on/IN/7/case Peru/NNP/5/nmod")
    assert found["condemned"].parties == KENYA_TO_UGANDA
    assert found["attack"].parties == {("Uganda", "actor"), ("Peru", "recipient")}


def test_conjuncts_act_together(find: Any) -> None:
    found = find("Kenya/NNP/4/nsubj and/CC/3/cc Peru/NNP/1/conj condemned=condemn/VBD/0/root Uganda/NNP/4/obj and/CC/7/cc Chile/NNP/5/conj")
    assert found["condemned"].parties == KENYA_TO_UGANDA | {("Peru", "actor"), ("Chile", "recipient")}


def test_including_names_members(find: Any) -> None:
    found = find("Three=three/CD/2/nummod states=state/NNS/7/nsubj ,/,/5/punct including=include/VBG/5/case Kenya/NNP/2/nmod ,/,/5/punct "
                 "condemned=condemn/VBD/0/root Uganda/NNP/7/obj")
    assert KENYA_TO_UGANDA <= found["condemned"].parties


def test_those_who_meet_are_partners(find: Any) -> None:
    assert find("Kenya/NNP/2/nsubj met=meet/VBD/0/root with/IN/4/case Uganda/NNP/2/obl")["met"].parties == {("Kenya", "actor"), ("Uganda", "partner")}


@pytest.mark.parametrize("realis, sentence", [
    ("actual", "Kenya/NNP/2/nsubj attack/VBD/0/root Uganda/NNP/2/obj"),
    ("ongoing", "Kenya/NNP/3/nsubj is=be/VBZ/3/aux attack/VBG/0/root Uganda/NNP/3/obj"),
    ("future", "Kenya/NNP/3/nsubj will/MD/3/aux attack/VB/0/root Uganda/NNP/3/obj"),
    ("future", "Kenya/NNP/2/nsubj plans=plan/VBZ/0/root to/TO/4/mark attack/VB/2/xcomp Uganda/NNP/4/obj"),
    ("future", "Kenya/NNP/4/nmod:poss 's/POS/1/case planned/JJ/4/amod attack/NN/7/nsubj on/IN/6/case Uganda/NNP/4/nmod ended=end/VBD/0/root"),
    ("future", "Kenya/NNP/3/nsubj to/TO/3/mark attack/VB/0/root Uganda/NNP/3/obj"),
    ("hypothetical", "Kenya/NNP/3/nsubj may/MD/3/aux attack/VB/0/root Uganda/NNP/3/obj"),
    ("hypothetical", "If=if/IN/3/mark Kenya/NNP/3/nsubj attack/VBZ/6/advcl Uganda/NNP/3/obj Peru/NNP/6/nsubj leaves=leave/VBZ/0/root"),
    ("hypothetical", "Peru/NNP/2/nsubj urged=urge/VBD/0/root Kenya/NNP/2/obj to/TO/5/mark attack/VB/2/xcomp Uganda/NNP/5/obj"),
    ("negated", "Kenya/NNP/4/nsubj did=do/VBD/4/aux not/RB/4/advmod attack/VB/0/root Uganda/NNP/4/obj"),
    ("negated", "Kenya/NNP/2/nsubj has=have/VBZ/0/root yet/RB/2/advmod to/TO/5/mark attack/VB/2/xcomp Uganda/NNP/5/obj"),
    ("negated", "Kenya/NNP/2/nsubj refused=refuse/VBD/0/root to/TO/4/mark attack/VB/2/xcomp Uganda/NNP/4/obj"),
    ("negated", "Kenya/NNP/2/nsubj left=leave/VBD/0/root without/IN/4/mark attack/VBG/2/advcl Uganda/NNP/4/obj"),
])
def test_realis(find: Any, realis: str, sentence: str) -> None:
    act = find(sentence)["attack"]
    assert act.realis == realis and ("Uganda", "recipient") in act.parties


def test_a_denied_future_is_a_refusal(find: Any) -> None:
    assert find("Kenya/NNP/4/nsubj will/MD/4/aux not/RB/4/advmod attack/VB/0/root Uganda/NNP/4/obj")["attack"].refused
    assert not find("Kenya/NNP/4/nsubj did=do/VBD/4/aux not/RB/4/advmod attack/VB/0/root Uganda/NNP/4/obj")["attack"].refused


ATTACK = "Kenya/NNP/2/nsubj attacked=attack/VBD/0/root Uganda/NNP/2/obj"


@pytest.mark.parametrize("standing, speakers, sentence", [
    ("reported", [], ATTACK),
    ("reported", [("said", "Peru")], "Peru/NNP/2/nsubj said=say/VBD/0/root Kenya/NNP/4/nsubj attacked=attack/VBD/2/ccomp Uganda/NNP/4/obj"),
    ("reported", [("said", "Peru")], ATTACK + " ,/,/6/punct Peru/NNP/6/nsubj said=say/VBD/2/parataxis"),
    ("reported", [("said", "Peru")], ATTACK + " as/IN/6/mark Peru/NNP/6/nsubj said=say/VBD/2/advcl"),
    ("reported", [("Peru", "Peru")],
     "According=accord/VBG/3/case to/IN/1/fixed Peru/NNP/5/obl Kenya/NNP/5/nsubj attacked=attack/VBD/0/root Uganda/NNP/5/obj"),
    ("alleged", [("claimed", "Peru")],
     "Peru/NNP/2/nsubj claimed=claim/VBD/0/root that/IN/5/mark Kenya/NNP/5/nsubj attacked=attack/VBD/2/ccomp Uganda/NNP/5/obj"),
    ("alleged", [], "Kenya/NNP/3/nsubj reportedly/RB/3/advmod attacked=attack/VBD/0/root Uganda/NNP/3/obj"),
    ("denied", [("denied", "Peru")],
     "Peru/NNP/2/nsubj denied=deny/VBD/0/root that/IN/5/mark Kenya/NNP/5/nsubj attacked=attack/VBD/2/ccomp Uganda/NNP/5/obj"),
])
def test_who_says_so(find: Any, standing: str, speakers: list[tuple[str, str]], sentence: str) -> None:
    act = find(sentence)["attacked"]
    assert (act.standing, act.speakers, act.realis, act.parties) == (standing, speakers, "actual", KENYA_TO_UGANDA)


def test_the_one_who_is_quoted_speaks(find: Any) -> None:
    act = find("Chile/NNP/3/nsubj:pass was=be/VBD/3/aux:pass quoted=quote/VBN/0/root as/IN/5/mark saying=say/VBG/3/advcl that/IN/8/mark "
               "Kenya/NNP/8/nsubj attacked=attack/VBD/5/ccomp Uganda/NNP/8/obj")["attacked"]
    assert act.speakers[0] == ("saying", "Chile") and {who for _, who in act.speakers} == {"Chile"}


def test_what_one_is_accused_of_is_alleged_content(find: Any) -> None:
    found = find("Kenya/NNP/2/nsubj accused=accuse/VBD/0/root Uganda/NNP/2/obj of/IN/5/mark attacking=attack/VBG/2/advcl Peru/NNP/5/obj")
    assert found["accused"].type == "ACCUSE" and found["accused"].parties == KENYA_TO_UGANDA and found["accused"].standing == "reported"
    inner = found["attacking"]
    assert inner.parties == {("Uganda", "actor"), ("Peru", "recipient")} and inner.standing == "alleged" and inner.parent == "accused"


def test_what_is_promised_is_future_content(find: Any) -> None:
    found = find("Kenya/NNP/2/nsubj promised=promise/VBD/0/root to/TO/4/mark help/VB/2/xcomp Uganda/NNP/4/obj")
    assert found["promised"].type == "AGREE" and found["promised"].realis == "actual"
    assert found["help"].parties == KENYA_TO_UGANDA and found["help"].realis == "future" and found["help"].parent == "promised"


def test_a_negation_stays_with_its_own_verb(find: Any) -> None:
    found = find("Kenya/NNP/2/nsubj attacked=attack/VBD/0/root Uganda/NNP/2/obj without/IN/5/mark condemning=condemn/VBG/2/advcl Peru/NNP/5/obj")
    assert found["attacked"].realis == "actual" and found["condemning"].realis == "negated"
    assert found["condemning"].parties == {("Kenya", "actor"), ("Peru", "recipient")}
