"""Checking knowledge files: every class of problem in small folders, and what the ontology's entries are given by."""
import re
from pathlib import Path

import pytest

from demarche.knowledge.check import CONTRADICTION, DUPLICATE, ERROR, EXAMPLE, LIST, NEVER, STRONG, check, count_line
from demarche.knowledge.contexts import Subject
from demarche.knowledge.frames import parse_frame
from demarche.knowledge.ontology import load_ontology
from demarche.knowledge.patterns import Example, Pattern
from demarche.knowledge.reach import CODER_CAMEO, CODER_MODES, CODER_TYPES, claims, covers, entries

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path):
    """Makes a data folder of files by name, with their texts."""
    def make(**files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/")
            path = path.with_name(f"{path.name.replace('_', '-')}.txt")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path
    return make


def pattern(name, *frames, cameo="111", mode="disapprove", example="+ Kenya blamed Uganda. | Kenya > Uganda"):
    return "\n  ".join([f"pattern {name}", *([f"mode {mode}"] if mode else []), f"cameo {cameo}", *frames, example]) + "\n"


def acts(*patterns, kind="ACCUSE"):
    return "".join([f"type {kind}\n", *patterns])


def found(path, kind):
    return [str(finding) for finding in check([path]) if finding.kind == kind]


def test_nothing_is_found_where_nothing_is_wrong(folder):
    path = folder(acts__lists="list deeds: raid\n", acts__accuse=acts(
        pattern("blame", "verb ACTOR blame RECIPIENT", "verb ACTOR blame RECIPIENT for [@deeds]"), pattern("scold", "verb ACTOR scold RECIPIENT")))
    assert check([path]) == []
    assert count_line([], False) == "0 errors, 0 warnings"


def test_what_the_compilers_refuse_is_an_error(folder):
    path = folder(acts__accuse=acts(pattern("blame", "verb ACTOR blame [@nothing]", cameo="9999")), roles__roles="nonsense\n",
                  contexts__c="context health\n  strong  Vaccine\n")
    messages = found(path, ERROR)
    assert "accuse.txt:5: no list named nothing" in messages and "accuse.txt:2: pattern blame: 9999 is no CAMEO code" in messages
    assert any(message.startswith("roles.txt:1:1: a line begins") for message in messages)
    assert any(message.startswith("c.txt:2: 'Vaccine'") for message in messages)


def test_an_unknown_type_does_not_end_the_check(folder):
    path = folder(acts__accuse=acts(pattern("blame", "verb ACTOR blame RECIPIENT"), kind="SHOUT"), contexts__c="oops\n")
    messages = found(path, ERROR)
    assert "accuse.txt:1: SHOUT is no PLOVER type" in messages and any(message.startswith("c.txt:1: ") for message in messages)


def test_a_file_that_is_not_utf8_is_named_with_its_line(folder):
    path = folder(acts__accuse=acts(pattern("blame", "verb ACTOR blame RECIPIENT")))
    (path / "acts" / "bad.txt").write_bytes(b"type ACCUSE\n# caf\xe9\n")
    assert [str(finding) for finding in check([path])] == ["bad.txt:2: the line is not valid UTF-8"]


def test_a_frame_that_two_patterns_code_alike_is_a_duplicate(folder):
    path = folder(acts__accuse=acts(pattern("blame", "verb ACTOR blame|fault RECIPIENT"), pattern("scold", "verb ACTOR scold|fault RECIPIENT")))
    assert found(path, DUPLICATE) == [
        'accuse.txt:10: the frame "verb ACTOR scold|fault RECIPIENT" of scold is also in blame (accuse.txt:5) for \'fault\'']
    assert not found(path, CONTRADICTION) and not found(path, NEVER)


@pytest.mark.parametrize("cameo, mode", [("112", "disapprove"), ("111", "allege"), ("111", "")])
def test_a_frame_that_two_patterns_code_differently_is_a_contradiction(folder, cameo, mode):
    path = folder(acts__accuse=acts(
        pattern("blame", "verb ACTOR blame RECIPIENT"), pattern("scold", "verb ACTOR blame RECIPIENT", cameo=cameo, mode=mode)))
    gives = f"ACCUSE{f' ({mode})' if mode else ''}, CAMEO {cameo}"
    line = 10 if mode else 9
    assert found(path, CONTRADICTION) == [
        f'accuse.txt:{line}: CONTRADICTION: the frame "verb ACTOR blame RECIPIENT" of scold is also in blame (accuse.txt:5): '
        f"that is tried first and gives ACCUSE (disapprove), CAMEO 111, this would give {gives}; this frame is never chosen"]


def test_types_contradict_each_other_across_files_and_folders(folder, tmp_path_factory):
    path = folder(acts__accuse=acts(pattern("blame", "verb ACTOR blame RECIPIENT")))
    other = tmp_path_factory.mktemp("more")
    (other / "acts").mkdir()
    (other / "acts" / "reject.txt").write_text(acts(pattern("refuse", "verb ACTOR blame RECIPIENT", cameo="120", mode=""), kind="REJECT"))
    [finding] = [finding for finding in check([path, other]) if finding.kind == CONTRADICTION]
    assert str(finding).startswith("reject.txt:4: CONTRADICTION") and "(accuse.txt:5)" in str(finding) and "REJECT, CAMEO 120" in str(finding)


def test_alternatives_and_lists_are_written_out(folder):
    path = folder(acts__lists="list deeds: raid, theft of\n", acts__accuse=acts(
        pattern("blame", "verb ACTOR blame RECIPIENT for|over [@deeds]"),
        pattern("scold", "verb ACTOR blame RECIPIENT over|with [raid|murder]", cameo="112")))
    [message] = found(path, CONTRADICTION)
    assert "for 'over' + 'raid': that is tried first" in message and "never chosen" not in message


def test_nouns_meet_their_plurals(folder):
    path = folder(acts__accuse=acts(
        pattern("blame", "noun ACTOR's charge against RECIPIENT"), pattern("scold", "noun ACTOR's charges against RECIPIENT")))
    assert len(found(path, DUPLICATE)) == 1


@pytest.mark.parametrize("other", [
    "verb ACTOR fault RECIPIENT", "noun ACTOR's blame of RECIPIENT", "verb ACTOR blame WHAT", "verb ACTOR blame RECIPIENT's [raid]",
    "verb ACTOR blame away RECIPIENT", "verb ACTOR blame RECIPIENT for WHAT"])
def test_other_frames_are_not_the_same(folder, other):
    path = folder(acts__accuse=acts(pattern("blame", "verb ACTOR blame RECIPIENT"), pattern("scold", other, cameo="112")))
    assert check([path]) == []


def test_what_may_be_missing_does_not_tell_frames_apart(folder):
    path = folder(acts__accuse=acts(
        pattern("blame", "verb ACTOR blame RECIPIENT"), pattern("scold", "verb ACTOR blame RECIPIENT (for WHAT)", cameo="112")))
    [message] = found(path, CONTRADICTION)
    assert message.startswith("accuse.txt:5: ") and "also in scold (accuse.txt:10)" in message      # the longer one is tried first


def test_a_frame_that_another_always_precedes_is_never_chosen(folder):
    path = folder(acts__accuse=acts(pattern("blame", "verb ACTOR blame|fault RECIPIENT for|over WHAT", "verb ACTOR blame RECIPIENT for WHAT")))
    [message] = found(path, NEVER)
    assert message == ('accuse.txt:6: the frame "verb ACTOR blame RECIPIENT for WHAT" of blame is never chosen, because all its '
                       'sentences are taken first by "verb ACTOR blame|fault RECIPIENT for|over WHAT" of blame (accuse.txt:5)')


def test_several_frames_may_precede_one_together(folder):
    path = folder(acts__accuse=acts(pattern("blame", "verb ACTOR blame RECIPIENT for WHAT", "verb ACTOR fault RECIPIENT for WHAT",
                                            "verb ACTOR blame|fault RECIPIENT for WHAT", "verb ACTOR blame|scold RECIPIENT for WHAT")))
    [message] = found(path, NEVER)
    assert message.startswith("accuse.txt:7: ") and "(accuse.txt:5)" in message and "(accuse.txt:6)" in message


@pytest.mark.parametrize("first, second, wanted", [
    ("verb ACTOR blame RECIPIENT", "verb ACTOR blame RECIPIENT", True),
    ("verb ACTOR blame WHAT", "verb ACTOR blame RECIPIENT", True),
    ("verb ACTOR blame RECIPIENT", "verb ACTOR blame WHAT", False),
    ("verb ACTOR send [tank|ship] to RECIPIENT", "verb ACTOR send [ship] to RECIPIENT", True),
    ("verb ACTOR send [ship] to RECIPIENT", "verb ACTOR send [tank|ship] to RECIPIENT", False),
    ("verb ACTOR send [ship] to RECIPIENT", "verb ACTOR send [ship] to|at RECIPIENT", False),
    ("verb ACTOR pull out|back [ship]", "verb ACTOR pull out [ship]", True),
    ("verb ACTOR pull out [ship]", "verb ACTOR pull [ship]", False),
    ("verb ACTOR condemn RECIPIENT's [raid]", "verb ACTOR condemn [raid]", False),
    # a verb without room for an object refuses one: "Kenya met Uganda in Lima"
    ("verb ACTOR meet", "verb ACTOR meet with RECIPIENT", False),
    # "went on a visit to Peru": Peru is found by the noun, which must have been named before
    ("verb ACTOR go to RECIPIENT on [visit]", "verb ACTOR go on [visit] to RECIPIENT", False),
    ("verb ACTOR go on [visit] to RECIPIENT", "verb ACTOR go on [visit] to RECIPIENT", True),
    # the second has a participant where the first may have none
    ("verb sail into [port]", "verb sail into [port] (to RECIPIENT)", False),
    ("noun ACTOR's raid", "noun ACTOR's raid (on RECIPIENT)", False),
])
def test_covers(first, second, wanted):
    frames = [parse_frame(text, {}) for text in (first, second)]
    one, other = claims([Pattern("p", "ACCUSE", "f.txt", 1, frames=frames)])
    assert covers(one, other) is wanted


def test_lists_that_no_frame_uses(folder):
    path = folder(acts__lists="# words\nlist deeds: raid,\n  theft\nlist idle: a, b\nlist shown: c\n",
                  acts__accuse=acts(pattern("blame", "verb ACTOR blame RECIPIENT for [@deeds]  # not @idle")) + "# @shown\n")
    assert found(path, LIST) == ["lists.txt:4: no frame uses the list idle", "lists.txt:5: no frame uses the list shown"]


def test_patterns_whose_every_positive_example_is_a_gap(folder):
    gap = "?+ Kenya blamed Uganda. | Kenya > Uganda"
    both = f"{gap}\n  + Kenya scolded Uganda. | Kenya > Uganda"
    path = folder(acts__accuse=acts(
        pattern("blame", "verb ACTOR blame RECIPIENT", example=gap), pattern("scold", "verb ACTOR scold RECIPIENT", example=both)))
    assert found(path, EXAMPLE) == ["accuse.txt:2: pattern blame has no positive example that is read right: each is marked ?+"]


def test_a_pattern_without_any_example_is_an_error(folder):
    path = folder(acts__accuse=acts(pattern("blame", "verb ACTOR blame RECIPIENT", example="- The dog barked.")))
    assert found(path, ERROR) == ["accuse.txt:2: pattern blame has no example"] and not found(path, EXAMPLE)


def test_terms_that_are_strong_twice(folder):
    path = folder(contexts__a="context health\n  strong  vaccine; field hospital;\n    oil spill\n  weak    ward\n",
                  contexts__b="topic sport\n  strong  goal\ncontext disasters\n  strong  flood;\n    oil spill; ward\n  weak    vaccine\n")
    assert found(path, STRONG) == [
        "b.txt:5: 'oil spill' is strong in context disasters and in context health (a.txt:3): a sentence that has it is about both"]


def test_the_last_line_counts(folder):
    path = folder(acts__lists="list idle: a\nlist idler: b\n", acts__accuse=acts(
        pattern("blame", "verb ACTOR blame RECIPIENT"), pattern("scold", "verb ACTOR blame RECIPIENT", cameo="112")))
    findings = check([path])
    assert count_line(findings, False) == "0 errors, 3 warnings (1 contradiction, 2 lists that no frame uses)"
    assert count_line(findings, True) == "1 error, 2 warnings (1 contradiction, 2 lists that no frame uses)"


def made(name, kind, cameo, modes=(), *examples):
    return Pattern(name, kind, "f.txt", 1, modes, cameo, [], [Example(text, True, status=status, gap=gap) for text, status, gap in examples])


PATTERNS = [made("a", "ASSAULT", "180", ("beat",), ("A gap.", "", True), ("It did not happen.", "NEGATED", False), ("It happened.", "", False)),
            made("b", "ASSAULT", "0211", (), ("Only a gap.", "", True))]


def listed(kind):
    subjects = [Subject("health", False, "c.txt", 1, ["vaccine"], ["ward", "pill"], examples=[("No.", False), ("It has it.", True)]),
                Subject("gender", True, "c.txt", 9, ["x"])]
    return {entry.name: entry for entry in entries(kind, load_ontology(), PATTERNS, subjects)}


def test_types_and_modes_have_counts_and_examples_that_hold():
    types, modes = listed("types"), listed("modes")
    assert (types["ASSAULT"].count, types["ASSAULT"].reachable, types["ASSAULT"].example) == (2, True, "It happened.")
    assert len(types) == 16 and not types["AID"].reachable and types["AGREE"].reachable and types["AGREE"].reason.startswith("the coder: ")
    assert modes["ASSAULT/beat"].example == "It happened." and not modes["ASSAULT/drone"].reachable
    assert modes["THREATEN/violence"].reachable and modes["REQUEST/meet"].reachable


def test_codes_that_the_coder_gives_are_reachable_and_others_say_why_not():
    codes = listed("cameo")
    assert len(codes) == len(load_ontology().cameo) and all(codes[code].reachable and codes[code].reason for code in CODER_CAMEO)
    assert codes["0211"].reachable and not codes["0211"].example and "read right" in codes["0211"].reason
    assert not codes["010"].reachable and codes["010"].reason == "PLOVER has no type for it"
    assert codes["021"].reason == "but 1 of the 4 codes under it are" and codes["0254"].reason == ""


def test_contexts_need_words_of_their_own():
    contexts = listed("contexts")
    assert len(contexts) == 37 and not contexts["gender"].reachable
    assert (contexts["health"].count, contexts["health"].example, contexts["health"].reachable) == (3, "It has it.", True)


def test_what_the_coder_gives_stands_in_the_coder():
    """The reasons of reach.py and ext/demarche/coder/drafts.pyx say the same."""
    source = ROOT / "ext/demarche/coder/drafts.pyx"
    if not source.is_file():
        pytest.skip("the sources of the core are not here")
    text = source.read_text(encoding="utf-8")
    assert set(re.findall(r'"(\d{3,4})"', text)) - {"016", "057"} == set(CODER_CAMEO)       # those two are only compared with
    intended = re.search(r"INTENDED = \{(.*?)\}", text, re.DOTALL)[1]
    content = re.search(r"CONTENT_MODES = \{(.*?)\}", text, re.DOTALL)[1]
    assert set(re.findall(r': "(\w+)"', intended)) | {"REJECT", "ACCUSE"} == set(CODER_TYPES)
    assert {(type_, mode) for type_ in ("REQUEST", "REJECT") for mode in re.findall(r': "(\w+)"', content)} <= set(CODER_MODES)
    ontology = load_ontology()
    assert CODER_CAMEO.keys() <= ontology.cameo.keys() and CODER_MODES.keys() <= ontology.modes.keys() and CODER_TYPES.keys() <= ontology.types.keys()


def test_the_shipped_files_have_no_errors_and_are_checked_quickly():
    findings = check()
    assert not [str(finding) for finding in findings if finding.kind == ERROR]
    assert all(finding.problem.line > 0 for finding in findings)
