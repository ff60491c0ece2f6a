"""Places of events, known and by name alone."""
import pytest

from demarche.coder.coder import Coder
from demarche.v1.document_pb2 import Document


@pytest.fixture(scope="module")
def coder():
    return Coder.load()


@pytest.mark.parametrize("text, name, country", [
    ("Rebels attacked the Colombian army in Arauca on Monday.", "Arauca", ""),
    ("Rebels attacked Colombian soldiers near the town of Datu Salim.", "Datu Salim", ""),
    ("Rebels attacked Colombian soldiers in Cotopaxi province.", "Cotopaxi province", ""),
    ("Peru's president met Chile's foreign minister in Nairobi.", "Nairobi", "KEN")])
def test_place(coder, text, name, country):
    places = [event.place for event in coder.code([Document(text=text)])[0].events]
    assert (name, country) in [(place.name, place.country) for place in places]


def test_a_time_is_no_place(coder):
    for event in coder.code([Document(text="Peru accused Chile in March of spying.")])[0].events:
        assert event.place.name != "March"
