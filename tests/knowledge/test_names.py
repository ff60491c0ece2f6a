"""Names: tokens, spellings, surnames, plurals."""
import pytest

from demarche.knowledge.names import capitals, is_acronym, is_plural, plural, spellings, surname, tokens


@pytest.mark.parametrize("phrase, expected", [
    ("Al-Shabaab", ["Al", "-", "Shabaab"]),
    ("U.S.", ["U.S."]),
    ("George W. Bush", ["George", "W.", "Bush"]),
    ("Lord's Resistance Army", ["Lord", "'s", "Resistance", "Army"]),
    ("St. Lucia", ["St.", "Lucia"]),
    ("N'Djamena", ["N'Djamena"]),
    ("Washington, D.C.", ["Washington", ",", "D.C."]),
    ("AT&T", ["AT&T"]),
])
def test_tokens_follow_universal_dependencies(phrase, expected):
    assert tokens(phrase) == expected


@pytest.mark.parametrize("name, also", [
    ("Bogotá", ["Bogota"]),
    ("the Kremlin", ["Kremlin"]),
    ("al-Nusra Front", ["al", "Nusra", "Front"]),
    ("Trinidad & Tobago", ["Trinidad", "and", "Tobago"]),
    ("Côte d'Ivoire", ["Cote", "d’Ivoire"]),
    ("Guinea-Bissau", ["Guinea-Bissau"]),
])
def test_spellings_cover_variants(name, also):
    assert also in spellings(name)


def test_particles_need_no_capital():
    assert capitals(["Bank", "of", "Al", "Salam"]) == 0b1001


@pytest.mark.parametrize("text, expected", [("UN", True), ("WHO", True), ("U.N.", False), ("Nato", False), ("G20", False), ("M", False)])
def test_acronyms(text, expected):
    assert is_acronym(text) is expected


@pytest.mark.parametrize("full, expected", [("Ada Okoro", "Okoro"), ("Ana von der Linde", "von der Linde"), ("Omar al-Rashid", "al-Rashid"),
                                            ("Pelé", ""), ("John Doe Jr.", "Doe")])
def test_surnames(full, expected):
    assert surname(full) == expected


@pytest.mark.parametrize("noun, expected", [
    ("minister of defence", "ministers of defence"), ("spokeswoman", "spokeswomen"), ("ministry", "ministries"),
                                            ("attorney general", "attorneys general"),
    ("peacekeeper", "peacekeepers"), ("coach", "coaches"), ("head of state", "heads of state"),
                                            ("opposition spokesperson", "opposition spokespeople"),
])
def test_plurals_are_formed_at_the_head(noun, expected):
    assert plural(noun) == expected


def test_demonym_plurals_are_told_from_their_singulars():
    forms = ["Kenyan", "Kenyans", "Swiss", "Englishmen"]
    assert [is_plural(f, forms) for f in forms] == [False, True, False, True]
