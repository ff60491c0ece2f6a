"""Numbers of people: what the words give, and to which event it belongs."""
import pytest

from demarche.coder.coder import Coder
from demarche.v1.document_pb2 import Document


@pytest.fixture(scope="module")
def coder():
    return Coder.load()


def numbers(coder, text, kind):
    """(type, least, greatest, words) of every event with a number of the kind; None for an open end."""
    found = []
    for event in coder.code([Document(text=text)])[0].events:
        if event.magnitudes.HasField(kind):
            number = getattr(event.magnitudes, kind)
            found.append((event.type, number.min if number.HasField("min") else None, number.max if number.HasField("max") else None, number.text))
    return found


@pytest.mark.parametrize("text, least, greatest, words", [
    ("Rebels in Chad attacked a convoy of the army, killing seven soldiers.", 7, 7, "seven"),
    ("Kenyan police fired at protesters, killing at least 12 students.", 12, None, "at least 12"),
    ("Rebels attacked the Malian army. Hundreds of people were killed.", 100, 999, "Hundreds"),
    ("Boko Haram attacked a village in Nigeria, killing more than 40 people.", 41, None, "more than 40"),
    ("Boko Haram attacked a village in Nigeria, killing as many as 40 people.", 1, 40, "many as 40"),
    ("A bomb attack by the Taliban left a dozen soldiers dead in Kabul.", 12, 12, "a dozen"),
    ("Gunmen from Sudan attacked the camp, but nobody was killed, Chad said.", 0, 0, "nobody"),
    ("Rebels attacked the army of Mali and killed 1,200 soldiers.", 1200, 1200, "1,200")])
def test_killed(coder, text, least, greatest, words):
    assert ("ASSAULT", least, greatest, words) in numbers(coder, text, "killed")


def test_other_kinds(coder):
    assert ("COERCE", 34, 34, "34") in numbers(coder, "Egyptian police detained 34 people on Monday.", "arrested")
    assert numbers(coder, "Tens of thousands of people marched against Peru's government in Lima.", "crowd") == [
        ("PROTEST", 10000, 99999, "Tens of thousands")]
    assert ("ASSAULT", 24, 99, "dozens") in numbers(coder, "Israeli jets bombed Gaza, wounding dozens of people.", "injured")


def test_victims_are_no_second_attack(coder):
    """"killing seven" belongs to the attack, which gets them as recipients."""
    (event,) = coder.code([Document(text="Rebels attacked a Malian army convoy on Monday, killing seven soldiers.")])[0].events
    assert event.type == "ASSAULT" and event.magnitudes.killed.min == 7
    assert any("soldiers" in person.text for person in event.recipients)


def test_no_number_no_field(coder):
    (event,) = coder.code([Document(text="Rebels attacked the Malian army.")])[0].events
    assert not event.HasField("magnitudes")
