"""Every example sentence of every pattern, coded by the shipped model and knowledge. Known gaps (`?+`, `?-`) are counted, not tested."""
from datetime import date

import pytest

from demarche.coder.coder import Coder
from demarche.coder.drafts import make_drafts
from demarche.coder.parties import Parties
from demarche.knowledge.patterns import Example, Pattern, shipped_patterns

MUTUAL = ("CONSULT", "AGREE", "COOPERATE", "ASSAULT")   # of these the recipients may be among the actors
PATTERNS = shipped_patterns()


@pytest.fixture(scope="module")
def coder():
    return Coder.load()


def matches(words: str, name: str) -> bool:
    words, name = words.lower(), name.lower()
    return name in words or words in name


def coded_wrongly(coder: Coder, pattern: Pattern, example: Example) -> str:
    """What came out instead; empty if the example holds."""
    reading = coder.reader.read([example.text.encode()])[0]
    parties = Parties(reading, coder.knowledge, date(2019, 5, 15))
    found = []
    for draft in make_drafts(reading, parties, coder.patterns):
        if draft.dropped:
            continue
        actors, recipients = ([parties.words(p.first, p.last) for p in side] for side in (draft.actors, draft.recipients))
        found.append(f"{draft.type} {actors} > {recipients}")
        if draft.type != pattern.type and draft.pattern_id != pattern.id:
            continue
        towards = recipients + (actors if pattern.type in MUTUAL else [])
        if example.positive and all(any(matches(w, name) for w in actors) for name in example.actors) and all(
                any(matches(w, name) for w in towards) for name in example.recipients):
            return ""
    if not example.positive and not any(words.startswith(pattern.type + " ") for words in found):
        return ""
    return "; ".join(found) or "nothing"


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.id)
def test_examples(coder, pattern):
    wrong = [f"{pattern.file}:{e.line}: {e.text} | {got}" for e in pattern.examples if not e.gap and (got := coded_wrongly(coder, pattern, e))]
    assert not wrong, "\n".join(wrong)


def test_gaps_are_few():
    examples = [e for p in PATTERNS for e in p.examples]
    assert sum(e.gap for e in examples) <= 0.2 * len(examples)
