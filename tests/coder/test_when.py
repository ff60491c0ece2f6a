"""The day of an act: the time phrase of its clause, counted from the day named before where the words say so."""
from datetime import date

import pytest
from google.type.date_pb2 import Date

from demarche.coder.coder import Coder
from demarche.v1.document_pb2 import Document


@pytest.fixture(scope="module")
def coder():
    return Coder.load()


def days(coder, text):
    """(first, last) of every event of a report of 11 June 2024; None where it has no day."""
    document = Document(text=text, published=Date(year=2024, month=6, day=11))
    return [tuple(date(d.year, d.month, d.day) if d.year else None for d in (e.when.start, e.when.end)) for e in coder.code([document])[0].events]


def day(month, number):
    return date(2024, month, number), date(2024, month, number)


@pytest.mark.parametrize("text,expected", [
    ("Peru attacked Chile on May 3. Chile expelled Peru's ambassador the following day.", [day(5, 3), day(5, 4)]),
    ("Peru attacked Chile on May 3. Two days later Chile accused Bolivia.", [day(5, 3), day(5, 5)]),
    ("Chile attacked Peru on June 5. Three days earlier Peru had arrested two Chileans.", [day(6, 5), day(6, 2)]),
    ("Peru attacked Chile on Monday. Hours later Bolivia condemned Peru.", [day(6, 10), day(6, 10)]),
    ("Peru attacked Chile on May 3. A week later Bolivia condemned Peru.", [day(5, 3), (date(2024, 5, 6), date(2024, 5, 12))])])
def test_what_comes_later_counts_from_the_day_named_before(coder, text, expected):
    assert days(coder, text) == expected


def test_without_a_day_before_it_is_left_open(coder):
    assert days(coder, "Peru attacked Chile. Two days later Chile accused Bolivia.")[1] == (None, None)


def test_the_day_before_is_forgotten_after_two_sentences(coder):
    text = "Peru attacked Chile on May 3. It rained. It was cold. It snowed. Two days later Chile accused Bolivia."
    assert days(coder, text)[1] == (None, None)
