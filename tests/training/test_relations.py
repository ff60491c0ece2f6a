"""The learned judge of pairs: its files, its training, and what it adds to a reading."""
import re

import pytest

from demarche._native.analyze import Analyzer
from demarche._native.read import Reader
from demarche.blob import Blob
from demarche.coder.coder import MODEL, RELATIONS, Coder
from demarche.knowledge.model import Knowledge
from demarche.knowledge.patterns import TYPES, shipped_patterns

relations = pytest.importorskip("demarche.training.relations", reason="training needs the extra `train`", exc_type=ImportError)


def test_shipped_sentences_hold():
    """Every line is well formed, every type has some, none stands there twice, and none is an example of a pattern."""
    found = [s for path in sorted(relations.DATA.glob("*.txt")) for s in relations.read_labelled(path)]
    counts = {name: sum(s.type == name for s in found) for name in (*TYPES, "NONE")}
    assert min(counts.values()) >= 200, counts
    assert len({s.text for s in found}) == len(found)
    assert not {s.text for s in found} & {e.text for p in shipped_patterns() for e in p.examples}


@pytest.mark.parametrize("line, message", [("PEACE | [A] met {B}.", "'PEACE' is no type"), ("AID [A] {B}", "is no type"),
                                           ("AID | [A] helped B.", "not one"), ("AID | [A] and [C] helped {B}.", "two actors"),
                                           ("AID | [A] helped {B.", "not one")])
def test_bad_lines_are_named(tmp_path, line, message):
    path = tmp_path / "mine.txt"
    path.write_text(f"# a comment\n\n{line}\n", encoding="utf-8")
    with pytest.raises(relations.RelationsError, match=rf"mine\.txt:3: .*{re.escape(message)}"):
        list(relations.read_labelled(path))


def test_spans_are_bytes(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("AID | {Perú’s} army was helped by [São Tomé].\n", encoding="utf-8")
    (found,) = relations.read_labelled(path)
    text = found.text.encode()
    assert text[slice(*found.actor)].decode() == "São Tomé" and text[slice(*found.recipient)].decode() == "Perú’s"


def test_learns_and_repeats(tmp_path):
    """A judge learnt from a few sentences tells them apart, and learning again gives the same bytes."""
    path = tmp_path / "mine.txt"
    towns = ("Lima", "Quito", "Oslo", "Accra", "Minsk", "Tunis", "Dakar", "Hanoi", "Sofia", "Baku")
    path.write_text("".join(f"{kind} | [{town}] {verb} {{Chad}} over the weekend.\n" for town in towns
                            for kind, verb in (("AID", "fed"), ("ASSAULT", "shelled"), ("NONE", "resembled"))), encoding="utf-8")
    blobs = []
    for name in ("one.blob", "two.blob"):
        relations.train_relations(tmp_path / name, Blob(MODEL, "model"), [path], report=lambda line: None)
        blobs.append((tmp_path / name).read_bytes())
    assert blobs[0] == blobs[1]
    reader = Reader(Analyzer(Blob(MODEL, "model")), Knowledge().blob, Blob(tmp_path / "one.blob", "relations"))
    for verb, kind in (("fed", "AID"), ("shelled", "ASSAULT")):
        (reading,) = reader.read([f"Maputo {verb} Chad over the weekend.".encode()], [[(0, 6), (8 + len(verb), 12 + len(verb))]])
        assert TYPES[reader.verdict(reading, 0, 2)[0]] == kind
    features = reader.pair_features(reading, 0, 2)
    assert any(what == "word where they meet" and token == 1 for _, what, token, _ in features)
    with pytest.raises(ValueError, match="one sentence"):
        reader.pair_features(reading, 1, 1)


def test_tells_where_no_pattern_does():
    """Between two actors whom the caller marks, an act that no pattern knows is told by the learned judge, and says so."""
    from demarche.v1.document_pb2 import Document, Mention
    text = "Kenyan police bundled Ugandan opposition activists into a van at the rally."
    assert RELATIONS.is_file()
    (coded,) = Coder.load().code([Document(text=text, mentions=[Mention(start=0, end=13), Mention(start=22, end=50)])])
    (event,) = coded.events
    assert event.type == "COERCE" and event.evidence.pattern_id == "learned-coerce"
    assert [p.country for p in event.actors] == ["KEN"] and [p.country for p in event.recipients] == ["UGA"]
