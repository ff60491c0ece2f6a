"""Who a name is on a day: roles before, between and after, and what decided."""
from datetime import date

import pytest

from demarche.coder.coder import Coder
from demarche.coder.resolving import resolve_actor


@pytest.fixture(scope="module")
def coder():
    return Coder.load()


@pytest.mark.parametrize("day,role,sectors,cameo", [
    (date(2009, 5, 1), "interior minister", ("GOV",), "AFGGOV"), (date(2012, 5, 1), "former interior minister", ("ELI",), "AFGELI"),
    (date(2018, 8, 22), "national security adviser", ("GOV",), "AFGGOV"), (date(2018, 8, 26), "former national security adviser", ("ELI",), "AFGELI"),
    (date(2021, 1, 1), "foreign minister", ("GOV",), "AFGGOV")])
def test_roles_hold_on_their_days(coder, day, role, sectors, cameo):
    found = resolve_actor(coder, "Hanif Atmar", day)
    assert (found.entity.id, found.country, found.role, found.sectors, found.cameo) == ("hanif-atmar", "AFG", role, sectors, cameo)
    assert len(found.why) == 3 + ("no office" in found.why[0])


def test_why_names_the_period_that_decided(coder):
    found = resolve_actor(coder, "Hanif Atmar", date(2018, 8, 22))
    assert found.why[0] == "on 2018-08-22: national security adviser, from 2014-09-29 to 2018-08-25"
    assert resolve_actor(coder, "Hanif Atmar", date(2019, 1, 1)).why[0] == "on 2019-01-01 no office is known; the last one ended on 2018-08-25"


@pytest.mark.parametrize("words,country,cameo", [("the Kremlin", "RUS", "RUSGOV"), ("police in Nairobi", "KEN", "KENCOP")])
def test_seats_and_descriptions(coder, words, country, cameo):
    found = resolve_actor(coder, words)
    assert (found.country, found.cameo) == (country, cameo)


def test_words_that_name_nobody(coder):
    assert resolve_actor(coder, "xyzzy") is None
