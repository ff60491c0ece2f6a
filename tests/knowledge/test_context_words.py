"""The vocabulary of contexts: its files, and every example sentence as the shipped model reads it."""
import pytest

from demarche.coder.coder import Coder
from demarche.coder.contexts import About
from demarche.knowledge.compile import DATA
from demarche.knowledge.contexts import compile_subjects, load_subjects, read_subjects, term_hash
from demarche.knowledge.ontology import load_ontology
from demarche.knowledge.sections import Strings

PROBLEMS: list = []
SUBJECTS = load_subjects([DATA], PROBLEMS)


@pytest.fixture(scope="module")
def coder():
    return Coder.load()


def test_every_context_has_its_words():
    """All 37 contexts, nothing else but topics, each with words and with sentences on both sides."""
    assert not PROBLEMS
    assert {s.name for s in SUBJECTS if not s.topic} == set(load_ontology().contexts)
    for subject in SUBJECTS:
        assert len(subject.strong) >= 15 and subject.weak, subject.name
        assert {has for _, has in subject.examples} == {True, False}, subject.name


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: s.name)
def test_examples(coder, subject):
    wrong = []
    for text, has in subject.examples:
        about = About(coder.subjects, coder.reader.read([text.encode()])[0])
        found = {name for s in range(len(about.sentences)) for name in about.subjects_of(s)}
        if (subject.name in found) != has:
            wrong.append(f"{text} | {sorted(found)}")
    assert not wrong, f"{subject.file}:{subject.line}\n" + "\n".join(wrong)


@pytest.mark.parametrize("text, message", [
    ("context health\n  strong  Vaccine\n", "health.txt:2: 'Vaccine': a term is one to 3 lemmas in lower case"),
    ("context health\n  strong  a b c d\n", "a term is one to 3 lemmas"),
    ("context health\n  strong  flu; flu\n", "'flu' stands twice in health"),
    ("context health\n  types  WAR\n", "'WAR' is no type"),
    ("  strong  flu\n", "words before the first"),
    ("health\n", "expected `context NAME`"),
    ("context health\n  flu; measles\n", "expected one of strong, weak")])
def test_bad_files_are_named(tmp_path, text, message):
    path = tmp_path / "health.txt"
    path.write_text(text, encoding="utf-8")
    problems: list = []
    read_subjects(path, problems)
    assert any(message in str(p) for p in problems), problems


def test_overlays_add(tmp_path):
    """A folder of one's own adds words to a context that is there already."""
    (tmp_path / "contexts").mkdir()
    (tmp_path / "contexts" / "mine.txt").write_text("context health\n  strong  lassa fever\n", encoding="utf-8")
    problems: list = []
    health = next(s for s in load_subjects([DATA, tmp_path], problems) if s.name == "health")
    assert "lassa fever" in health.strong and "vaccine" in health.strong and not problems


def test_terms_hash_in_order():
    assert term_hash("peace talk") != term_hash("talk peace") != term_hash("peace")
    sections = compile_subjects([DATA], Strings(), [])
    assert sections["contexts.keys"][1] == sections["contexts.first"][1] == sections["contexts.count"][1]
