"""Whatever comes in, either documents or a ReadingError come out, and in time that grows with the length."""
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demarche.reading import ReadingError, read_bytes

PIECES = st.sampled_from([
    "# Talks\n", "By Ana Vega\n", "March 12, 2019\n", "LIMA, June 11 (Andina) - ", "Peru met Chile.", "\n\n", "(Rosa Quispe / Andina)",
    "Related: ",
    "[a](b)", "![c](d)", "<p>", "</p>", "<article>", "---\n", "title: x\n", "{", "}", '"text"', ":",
    "https://example.org/2019/13/41/x", "> ", "- ",
    "\r\n", "\ufeff", "©", "Share", "\x85", "&nbsp;", "<!-- ", "Read more:", "  ", "\t", "İ", "\u2028"])
MIXTURES = st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=30).map(lambda pieces: "".join(pieces).encode())


@pytest.mark.parametrize("kind", ["plain", "markdown", "jsonl"])
@settings(max_examples=150, deadline=None)
@given(data=st.one_of(st.binary(max_size=200), MIXTURES))
def test_bytes_give_documents_or_a_reading_error(kind, data):
    try:
        for document in read_bytes(data, "x", kind):
            assert document.text.strip()
    except ReadingError as error:
        assert str(error).startswith("x")


@settings(max_examples=25, deadline=None)
@given(data=MIXTURES)
def test_pages_give_documents_or_a_reading_error(data):
    try:
        list(read_bytes(b"<html><body>" + data, "x", "html"))
    except ReadingError as error:
        assert str(error).startswith("x")


@pytest.mark.parametrize(("kind", "piece"), [
    ("plain", "word "), ("plain", "A. "), ("plain", "(a / "), ("plain", "\n"), ("plain", "LIMA "), ("plain", "by "), ("plain", "cookie "),
    ("plain", "in 2001 "),
    ("markdown", "> "), ("markdown", "["), ("markdown", "*a "), ("markdown", "- "), ("markdown", "<b "), ("html", "<div>"),
    ("html", "<p>a"), ("html", "<"),
])
def test_repetition_takes_linear_time(kind, piece):
    start = time.perf_counter()
    try:
        list(read_bytes((piece * (200_000 // len(piece)) + "\n\nPeru met Chile.").encode(), "x", kind))
    except ReadingError:
        pass
    assert time.perf_counter() - start < 20
