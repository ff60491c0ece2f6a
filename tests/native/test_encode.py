"""The core's features of a token are those that the network was trained on."""
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demarche._native.document import fnv1a
from demarche._native.encode import Encoder
from demarche.blob import Blob
from demarche.training.features import CLASS_ALPHA, CLASS_UPPER, character_class, hashed_rows, lower_character, network_form

CAPITAL, UPPER, DIGIT, ALPHA = 2, 4, 8, 16  # SHAPE_* of document.pxd
WORDS = ["Lima", "the", "U.S.", "27.5", "n't", "’s", "“", "—", "…", "ÉTAT", "Straße", "İzmir", "Ⱥ", "K", "الرياض", "Київ", "東京", "A320s", "x" * 300,
         "http://example.org/a?b=1", "re-opened", "XXXXX", "00000", "`", "´", "é", "🙂", "\u00ad", "ǅ", "ﬁ", "٣", "X0x", "a", "+", "+x"]
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12) | st.text("aAzZ09.'-`’“—éÉ١", min_size=1, max_size=9)


@pytest.fixture(scope="module")
def encoder(model: Blob) -> Encoder:
    return Encoder(model)


def vocabulary_row(blob: Blob, form: str) -> int:
    """The row by a plain search of the table."""
    key = fnv1a(network_form(form).encode(), 1)
    keys = list(blob["vocabulary.keys"])
    return blob["vocabulary.rows"][keys.index(key)] if key in keys else 0


def expected_shape(form: str) -> int:
    classes = [character_class(c) for c in form]
    letters = [bits for bits in classes if bits & CLASS_ALPHA]
    upper = sum(1 for bits in classes if bits & CLASS_UPPER)
    return (CAPITAL * bool(classes[0] & CLASS_UPPER) | UPPER * (len(letters) >= 2 and upper >= len(letters))
            | DIGIT * any(unicodedata.category(c) == "Nd" for c in form) | ALPHA * (len(letters) == len(classes)))


def check(encoder: Encoder, blob: Blob, form: str, glued: bool) -> None:
    rows, norm, norm_hash, shape = encoder.encode(form.encode(), glued)
    assert rows == (vocabulary_row(blob, form), *hashed_rows(form, glued))
    lowered = "".join(lower_character(c) for c in form).encode()
    assert norm == lowered and norm_hash == fnv1a(lowered)
    assert shape == expected_shape(form)


@pytest.mark.parametrize("form", WORDS)
@pytest.mark.parametrize("glued", [False, True])
def test_words(encoder: Encoder, model: Blob, form: str, glued: bool) -> None:
    check(encoder, model, form, glued)


@settings(max_examples=400, deadline=None)
@given(texts, st.booleans())
def test_any_text(encoder: Encoder, model: Blob, form: str, glued: bool) -> None:
    check(encoder, model, form, glued)


def test_known_words_have_rows_of_their_own(encoder: Encoder) -> None:
    rows = {form: encoder.encode(form)[0][0] for form in (b"the", b"committee", b"friday", b"14", b"zxqvwortle")}
    assert rows[b"zxqvwortle"] == 0 and len(set(rows.values())) == 5
    assert encoder.encode("THE".encode())[0][0] == rows[b"the"] and encoder.encode(b"27")[0][0] == rows[b"14"]


def test_a_very_long_form_is_cut_at_a_character(encoder: Encoder) -> None:
    norm, norm_hash = encoder.encode(("É" * 40000).encode())[1:3]
    assert 65000 < len(norm) <= 65532 and norm.decode() == "é" * (len(norm) // 2) and norm_hash == fnv1a(norm)


def test_not_utf8(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="UTF-8"):
        encoder.encode(b"\xff")
