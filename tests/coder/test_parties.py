"""Who exactly: nationalities that are two parties, pairs by description, titles, pronouns, bodies."""
import pytest

from demarche.coder.coder import Coder
from demarche.v1.document_pb2 import Document


@pytest.fixture(scope="module")
def coder():
    return Coder.load()


def events(coder, text):
    return coder.code([Document(text=text)])[0].events


def countries(people):
    return sorted(person.country for person in people)


@pytest.mark.parametrize("text", ["Thai and Cambodian soldiers clashed at the border on Monday.", "The armies of Thailand and Cambodia clashed on Monday."])
def test_two_nationalities_are_two_parties(coder, text):
    (event,) = events(coder, text)
    assert countries(event.actors) == ["KHM", "THA"]


@pytest.mark.parametrize("text", ["Sudan and Chad signed a pact in May. The two countries fought a war in 2006.",
                                  "Sudan and Chad signed a pact in May. Both sides accused each other of lying."])
def test_pairs_by_description(coder, text):
    assert countries(events(coder, text)[-1].actors) == ["SDN", "TCD"]


def test_titles_go_with_names(coder):
    """A name has its title's country and sector, and the title is nobody else."""
    (event,) = events(coder, "Estonian Defence Minister Jaan Torvik thanked Latvia on Monday.")
    (actor,) = event.actors
    assert (actor.name, actor.country, list(actor.sectors)) == ("Jaan Torvik", "EST", ["GOV", "MIL"])
    found = events(coder, "Nurlan Saparbek, the head of Kyrgyzstan's opposition, was arrested in May. He accused Russia of meddling.")
    assert [p.name for p in found[-1].actors] == ["Nurlan Saparbek"]


def test_bodies_by_description(coder):
    found = events(coder, "ECOWAS met in Abuja on Monday. The bloc imposed sanctions on Mali.")
    assert [p.entity_id for p in found[-1].actors] == ["ecowas"]


def test_a_known_surname_in_another_name(coder):
    """Captain Moussa Sanogo is not Amr Moussa."""
    found = events(coder, "Captain Moussa Sanogo of Burkina Faso's army accused France of lying.")
    assert found and all(p.entity_id != "amr-moussa" for e in found for p in e.actors)


def test_condemned_for_doing(coder):
    """Nobody is credited with another's act: the one condemned did it."""
    found = events(coder, "The United Nations condemned the Taliban for barring Afghan women from work.")
    assert {(e.type, tuple(p.name for p in e.actors)) for e in found} == {("ACCUSE", ("United Nations",)), ("COERCE", ("Taliban",))}


def test_rejected_offers_were_made(coder):
    found = events(coder, "Russia rejected an accusation by Estonia that it had jammed ships.")
    assert {(e.type, countries(e.actors)[0], countries(e.recipients)[0]) for e in found if e.type in ("REJECT", "ACCUSE")} == {
        ("REJECT", "RUS", "EST"), ("ACCUSE", "EST", "RUS")}


def test_the_headline_is_told_once(coder):
    document = Document(title="Peru Expels Chilean Envoy", text="LIMA - Peru expelled the Chilean ambassador on Monday over a map.")
    assert [e.type for e in coder.code([document])[0].events].count("SANCTION") == 1
