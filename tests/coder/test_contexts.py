"""The contexts that events get, and the reports in which the words of war tell none."""
import pytest

from demarche.coder.coder import Coder
from demarche.coder.contexts import About
from demarche.knowledge.compile import DATA
from demarche.knowledge.contexts import load_subjects
from demarche.v1.document_pb2 import Document


@pytest.fixture(scope="module")
def coder():
    return Coder.load()


def contexts(coder, text):
    return [list(event.contexts) for event in coder.code([Document(text=text)])[0].events]


def test_of_the_sentence_and_by_type(coder):
    assert contexts(coder, "Colombia accused Venezuela of sheltering cocaine smugglers.")[0] == ["illegal_drugs"]
    assert "terrorism" in contexts(coder, "A suicide bomber of the Islamic State attacked Iraqi soldiers.")[0]
    assert "cyber" in contexts(coder, "Hackers attacked the servers of Latvia's parliament.")[0]


def test_of_the_report(coder):
    text = "Ghana's vaccination campaign began in May. The vaccine is free. Togo thanked Ghana on Monday."
    assert all("health" in found for found in contexts(coder, text))


def test_crime_gives_way_to_what_is_narrower(coder):
    (found, *_) = contexts(coder, "Mexico accused the gang of murder and of smuggling cocaine to Canada.")
    assert "illegal_drugs" in found and "crime" not in found


@pytest.mark.parametrize("text", [
    "Pakistan's pace attack tore through Sri Lanka on Thursday, taking six wickets before lunch.",
    "Uruguay's late attack beat Chile in the second half, and the goalkeeper wept.",
    "A profit warning battered the shares of the Spanish group on the stock exchange."])
def test_no_events_elsewhere(coder, text):
    assert not coder.code([Document(text=text)])[0].events


def test_every_context_can_come_out(coder):
    """Each of the 37 by its first strong example, whatever its number."""
    subjects = [s for s in load_subjects([DATA], []) if not s.topic]
    lost = []
    for subject in subjects:
        text = next(text for text, has in subject.examples if has)
        about = About(coder.subjects, coder.reader.read([text.encode()])[0])
        if subject.name not in about.names_of_sentence(0):
            lost.append(subject.name)
    assert not lost
