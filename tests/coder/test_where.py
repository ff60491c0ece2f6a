"""Places of events, known and by name alone."""
import pytest

from demarche.coder.coder import Coder
from demarche.v1.document_pb2 import Document


@pytest.fixture(scope="module")
def coder():
    return Coder.load()


@pytest.mark.parametrize("text, name, country", [
    ("Rebels attacked the Colombian army in Arauca on Monday.", "Arauca", "COL"),
    ("Rebels attacked Colombian soldiers near the town of Datu Salim.", "Datu Salim", ""),
    ("Rebels attacked Colombian soldiers in Cotopaxi province.", "Cotopaxi province", "ECU"),
    ("Peru's president met Chile's foreign minister in Nairobi.", "Nairobi", "KEN")])
def test_place(coder, text, name, country):
    places = [event.place for event in coder.code([Document(text=text)])[0].events]
    assert (name, country) in [(place.name, place.country) for place in places]


def test_a_time_is_no_place(coder):
    for event in coder.code([Document(text="Peru accused Chile in March of spying.")])[0].events:
        assert event.place.name != "March"


@pytest.mark.parametrize("text, name, country, admin1, latitude, longitude", [
    ("Lebanese soldiers clashed with gunmen in Tripoli, Lebanon, on Monday.", "Tripoli", "LBN", "", 34.4, 35.8),
    ("Libyan militias attacked the Libyan army in Tripoli on Monday.", "Tripoli", "LBY", "", 32.9, 13.2),
    ("Nigerian troops attacked insurgents near Maiduguri on Monday.", "Maiduguri", "NGA", "Borno State", 11.8, 13.2),
    ("Chad's president met Russia's foreign minister in New York on Monday.", "New York", "USA", "New York", 40.7, -74.0)])
def test_a_town_lies_where_the_report_has_it(coder, text, name, country, admin1, latitude, longitude):
    (place,) = [place for place in coder.code([Document(text=text)])[0].places if place.name.startswith(name)]
    assert place.country == country and (not admin1 or place.admin1 == admin1)
    assert abs(place.latitude - latitude) < 0.5 and abs(place.longitude - longitude) < 0.5 and place.geonames_id


def test_a_country_is_no_village(coder):
    (place,) = coder.code([Document(text="Rebels attacked an army convoy in Mali on Monday.")])[0].places
    assert (place.name, place.country) == ("Mali", "MLI") and not place.HasField("latitude") and not place.admin1
