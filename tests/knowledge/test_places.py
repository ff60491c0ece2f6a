"""The gazetteer: which place a name means."""
import pytest

from demarche.blob import BlobError
from demarche.knowledge.places import Context, Gazetteer, key, region_key

NOTHING = Context({})


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


def test_it_has_the_towns_and_regions_of_the_world_in_a_small_file(gazetteer):
    assert gazetteer.blob.meta["towns"] >= 65_000 and gazetteer.blob.meta["regions"] >= 3_000
    assert gazetteer.blob.path.stat().st_size < 40 << 20


@pytest.mark.parametrize("one, other", [("São Paulo", "Sao Paulo"), ("St. Petersburg", "Saint Petersburg"), ("Al-Hasakah", "Hasakah"), ("Nord-Kivu", "North Kivu")])
def test_spellings_have_one_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize("name", ["Helmand Province", "Helmand", "the province of Helmand"])
def test_a_region_is_known_without_its_noun(name):
    assert region_key(name) == "helmand"


def test_the_larger_town_is_meant_unless_something_speaks_for_another(gazetteer):
    assert gazetteer.locate("Birmingham", NOTHING).country == "GBR"
    assert gazetteer.locate("Birmingham", Context({"USA": 1.0}, frozenset({"USA"}))).country == "USA"
    assert gazetteer.locate("Tripoli", Context({"LBY": 1.0}, beside=frozenset({"LBN"}), known="LBY")).country == "LBN"


def test_what_is_called_a_region_is_one(gazetteer):
    found = gazetteer.locate("Helmand", Context({}, called_region=True))
    assert found.is_region and found.country == "AFG" and found.admin1 == found.name and not found.geonames_id


def test_a_name_that_no_place_has(gazetteer):
    assert gazetteer.locate("Xyzzyville", NOTHING) is None and not list(gazetteer.named(""))


def test_another_file_is_refused(tmp_path):
    path = tmp_path / "places.blob"
    path.write_bytes(b"no blob at all, but long enough")
    with pytest.raises(BlobError, match="not a compiled places"):
        Gazetteer(path)
