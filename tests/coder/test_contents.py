"""What is asked, offered, threatened or refused: acts of their own, outside the events, each with its parent."""
import pytest

from demarche.coder.coder import Coder
from demarche.v1.document_pb2 import Document
from demarche.v1.event_pb2 import Realis, Standing


@pytest.fixture(scope="module")
def coder():
    return Coder.load()


@pytest.mark.parametrize("text, parent, content, realis", [
    ("Kenya asked Uganda on Monday to release three journalists.", "REQUEST", "RETREAT", "REALIS_HYPOTHETICAL"),
    ("Peru refused to send troops to Chile.", "REJECT", "MOBILIZE", "REALIS_NEGATED"),
    ("Iran threatened to bomb Iraq.", "THREATEN", "ASSAULT", "REALIS_FUTURE"),
    ("Norway promised to train Malawi's police.", "AGREE", "AID", "REALIS_FUTURE")])
def test_contents(coder, text, parent, content, realis):
    (coded,) = coder.code([Document(text=text)])
    (event,), (inner,) = coded.events, coded.contents
    assert (event.type, inner.type, Realis.Name(inner.realis), inner.parent_event_id) == (parent, content, realis, event.id)
    assert inner.id != event.id and inner.actors


def test_what_is_alleged_or_denied_is_an_event(coder):
    (coded,) = coder.code([Document(text="Estonia accused Russia of jamming its ships. France denied arming the rebels.")])
    assert not coded.contents
    by_id = {event.id: event for event in coded.events}
    inner = [(by_id[e.parent_event_id].type, e.type, Standing.Name(e.standing)) for e in coded.events if e.parent_event_id]
    assert ("REJECT", "AID", "STANDING_DENIED") in inner


def test_confidence_is_a_probability(coder):
    (coded,) = coder.code([Document(text="Peru expelled Chile's ambassador. If asked, Gondor might attack somebody near a village of theirs.")])
    assert coded.events and all(0.02 <= event.confidence <= 0.98 for event in coded.events)


def test_marked_parties_hear_of_what_did_not_happen(coder):
    """Between two parties that the caller marks, a refusal to act or a possible act is told as such, and not dropped."""
    text = "Chinese hackers may have attacked India last year."
    assert not coder.code([Document(text=text)])[0].events
    document = Document(text=text)
    for words in ("Chinese hackers", "India"):
        document.mentions.add(start=text.index(words), end=text.index(words) + len(words))
    (event,) = coder.code([document])[0].events
    assert Realis.Name(event.realis) == "REALIS_HYPOTHETICAL"
