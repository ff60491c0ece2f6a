"""Who speaks in quotations that run over sentences, who "we" are in them, and whom it was told."""
import pytest

from demarche.coder.coder import Coder
from demarche.v1.document_pb2 import Document

REPORT = ('"Chile attacked our ships on Monday. Its navy has seized two boats. We demand an apology," Peruvian Foreign Minister Ana Rojas told Reuters.\n\n'
          '"Bolivia supports us," she added. "Chile has threatened Bolivia as well."\n\n'
          'Chile\'s president said: "Peru invaded our waters. Its army killed a fisherman." Peru\'s navy has denied it.\n\n'
          "Ecuador condemned the attack.")


@pytest.fixture(scope="module")
def coder():
    return Coder.load()


def told(coder, text):
    """(type, countries of the actors, of the recipients, names of the speakers, names of whom they told) of every event."""
    return [(e.type, [p.country for p in e.actors], [p.country for p in e.recipients], [a.speaker.name for a in e.attributions],
             [a.told_to.name for a in e.attributions if a.HasField("told_to")]) for e in coder.code([Document(text=text)])[0].events]


@pytest.mark.parametrize("marks", ['""', "\u201c\u201d"])
def test_quotations_have_one_speaker_to_their_end(coder, marks):
    opening, text = True, ""
    for c in REPORT:
        text += (marks[0] if opening else marks[1]) if c == '"' else c
        opening ^= c == '"'
    events = told(coder, text)
    assert ("ASSAULT", ["CHL"], ["PER"], ["Ana Rojas"], ["Reuters"]) in events
    assert ("COERCE", ["CHL"], [], ["Ana Rojas"], ["Reuters"]) in events
    assert any(kind == "REQUEST" and actors == ["PER"] and speakers == ["Ana Rojas"] for kind, actors, _, speakers, _ in events)
    assert ("SUPPORT", ["BOL"], ["PER"], ["Ana Rojas"], []) in events
    assert ("THREATEN", ["CHL"], ["BOL"], ["Ana Rojas"], []) in events
    assert ("ASSAULT", ["PER"], ["CHL"], ["Chile president"], []) in events
    assert [speakers for kind, actors, _, speakers, _ in events if actors == ["ECU"]] == [[]]


def test_a_quotation_left_open_goes_on_in_the_next_paragraph_that_opens_anew(coder):
    events = told(coder, '"Chad attacked Niger in May.\n\n"Mali accused Chad of lying," a Nigerien official said.')
    assert [speakers for *_, speakers, _ in events] == [["Niger official"]] * 2
    events = told(coder, '"Chad attacked Niger in May.\n\nMali accused Chad of lying. "It is sad," a Nigerien official said.')
    assert all(speakers == [] for *_, speakers, _ in events)


def test_words_in_quotation_marks_are_no_speech(coder):
    events = told(coder, 'Mali arrested two "spies" of Chad. Niger said it had no comment.')
    assert [speakers for *_, speakers, _ in events] == [[]]


@pytest.mark.parametrize("words,listener", [("told Reuters that", "Reuters"), ("said in an interview with Reuters that", "Reuters"), ("said that", "")])
def test_whom_it_was_told(coder, words, listener):
    (event,) = coder.code([Document(text=f"Peru's foreign minister {words} Chile had attacked Bolivia.")])[0].events
    (attribution,) = event.attributions
    assert (attribution.speaker.country, attribution.told_to.name) == ("PER", listener)
