"""Lines of a header, datelines, and lines that only look like them."""
from datetime import date

import pytest

from demarche.reading.blocks import Block
from demarche.coder.dateline import find_dateline
from demarche.reading.header import byline_of, date_of_line, date_of_url, read_header


@pytest.mark.parametrize(("line", "people", "agency"), [
    ("By Ana Vega", "Ana Vega", ""),
    ("BY ANA VEGA", "ANA VEGA", ""),
    ("By Ana Vega and Luis Soto", "Ana Vega and Luis Soto", ""),
    ("By Ana Vega, Reuters", "Ana Vega", "Reuters"),
    ("By Ana Vega | AP", "Ana Vega", "Associated Press"),
    ("By The Associated Press", "", "Associated Press"),
    ("By AFP", "", "Agence France-Presse"),
    ("Reuters", "", "Reuters"),
    ("(Xinhua)", "", "Xinhua"),
    ("Author: Ana Vega", "Ana Vega", ""),
    ("Staff Reporter", "Staff Reporter", ""),
    ("By a staff correspondent", "a staff correspondent", ""),
    ("By our own correspondent", "our own correspondent", ""),
    ("By J. R. Soto Jr.", "J. R. Soto Jr.", ""),
])
def test_byline(line, people, agency):
    assert byline_of(line) == (people, agency)


@pytest.mark.parametrize("line", ["By Tuesday the strike had spread to the port and the airport of the city.", "by the sea",
                                  "By then, nobody was left.",
                                  "Peru Recalls Envoy", "By refusing to talk the rebels lost support abroad"])
def test_no_byline(line):
    assert byline_of(line) is None


@pytest.mark.parametrize(("line", "day"), [
    ("August 22, 2018", date(2018, 8, 22)),
    ("22 August 2018", date(2018, 8, 22)),
    ("Aug. 22, 2018", date(2018, 8, 22)),
    ("2018-08-22", date(2018, 8, 22)),
    ("2018-08-22T10:35:00Z", date(2018, 8, 22)),
    ("Wednesday, August 22, 2018 10:35 GMT", date(2018, 8, 22)),
    ("Published: 22 Aug 2018 at 6:05 p.m. EDT", date(2018, 8, 22)),
    ("Published August 22, 2018 | Updated August 23, 2018", date(2018, 8, 22)),
    ("22/08/2018", date(2018, 8, 22)),
    ("Wed, 22 Aug 2018", date(2018, 8, 22)),
    ("The treaty of August 22, 2018", None),
    ("Kenya and Uganda signed on August 22, 2018.", None),
    ("August 2018", None),
    ("Aug. 22", None),
])
def test_date_line(line, day):
    assert date_of_line(line) == day


@pytest.mark.parametrize(("url", "day"), [
    ("https://example.org/2018/08/22/talks", date(2018, 8, 22)),
    ("https://example.org/news/2018-8-2/talks", date(2018, 8, 2)),
    ("https://example.org/2018/13/22/talks", None),
    ("https://example.org/talks-2018", None),
])
def test_date_of_url(url, day):
    assert date_of_url(url) == day


@pytest.mark.parametrize(("text", "place", "agency", "day"), [
    ("LIMA, June 11 (Andina) - Peru closed a crossing.", "LIMA", "Andina", date(2019, 6, 11)),
    ("LIMA (Reuters) - Peru closed a crossing.", "LIMA", "Reuters", None),
    ("LIMA — Peru closed a crossing.", "LIMA", "", None),
    ("MEXICO CITY, Mexico (AP) — Peru closed a crossing.", "MEXICO CITY, Mexico", "Associated Press", None),
    ("Beijing, June 11 (Xinhua) -- Peru closed a crossing.", "Beijing", "Xinhua", date(2019, 6, 11)),
    ("Tehran, June 11, IRNA - Peru closed a crossing.", "Tehran", "IRNA", date(2019, 6, 11)),
    ("PORT-AU-PRINCE, Haiti, 11 June 2019 (AFP) – Peru closed a crossing.",
     "PORT-AU-PRINCE, Haiti", "Agence France-Presse", date(2019, 6, 11)),
])
def test_dateline(text, place, agency, day):
    found = find_dateline(text, date(2019, 6, 12))
    assert found is not None
    assert (found.place, found.agency, found.day) == (place, agency, day)
    assert text[found.end:] == "Peru closed a crossing."


@pytest.mark.parametrize("text", ["Peru closed a crossing - the third this year.", "NATO said it would go.", "AK-47 rifles were found.",
                                  "UN: talks fail.",
                                  "Mr. Soto (AP) said nothing.", "The minister, who met rebels - and soldiers - left."])
def test_no_dateline(text):
    assert find_dateline(text) is None


def test_header_in_any_order():
    long = ("Peru's foreign minister met his counterpart in Arica on Monday to restart negotiations over the sea border, officials from "
            "both countries said.")
    lines = ("March 12, 2019", "Peru and Chile Reopen Talks", "By Ana Vega", "Reuters", "Aug. 22", long, "By noon all had left.")
    blocks = [Block("paragraph", words) for words in lines]
    header = read_header(blocks)
    assert (header.title, header.byline, header.agency) == ("Peru and Chile Reopen Talks", "Ana Vega", "Reuters")
    assert header.published == date(2019, 3, 12)
    assert [block.text for block in header.rest] == [long, "By noon all had left."]


def test_the_first_sentence_is_no_headline():
    header = read_header([Block("paragraph", "Peru closed a crossing."), Block("paragraph", "Chile protested.")])
    assert header.title == ""
    assert len(header.rest) == 2


def test_byline_and_date_on_one_line():
    header = read_header([Block("heading", "Talks"), Block("paragraph", "By Ana Vega | March 12, 2019"), Block("paragraph", "Peru left.")])
    assert (header.byline, header.published, len(header.rest)) == ("Ana Vega", date(2019, 3, 12), 1)
