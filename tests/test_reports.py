"""Whole reports against their coding by hand: what was reached stays reached. tests/bench/reports.py has the scorer, and prints every miss."""
import json
import re
import sys
from pathlib import Path

import pytest

from demarche.coder.coder import Coder
from demarche.knowledge.ontology import load_ontology
from demarche.knowledge.patterns import TYPES

sys.path.insert(0, str(Path(__file__).parent / "bench"))
from reports import REPORTS, score  # noqa: E402 - from the folder of the benchmarks

GOLD = sorted(REPORTS.glob("*.json"))


def test_scores():
    found = score(Coder.load())
    assert found["f1"] >= 0.80 and found["precision"] >= 0.85, found


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_the_coding_by_hand_is_sound(path):
    """Types and modes are the ontology's, and the words of every row stand in the report."""
    ontology, gold = load_ontology(), json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".md").read_text(encoding="utf-8")
    assert len({row["id"] for row in gold["rows"]}) == len(gold["rows"])
    for row in gold["rows"]:
        assert set(row["type"]) <= set(TYPES), row["id"]
        assert all(any((kind, mode) in ontology.modes for kind in row["type"]) for mode in row.get("mode") or []), row["id"]
        assert all(re.search(re.escape(words), text, re.IGNORECASE) for words in row["near"]), row["id"]


def test_every_type_and_quiet_reports():
    rows = [row for path in GOLD for row in json.loads(path.read_text(encoding="utf-8"))["rows"]]
    assert {row["type"][0] for row in rows} == set(TYPES) and len(GOLD) >= 40
    assert sum(not json.loads(path.read_text(encoding="utf-8"))["rows"] for path in GOLD) >= 5
