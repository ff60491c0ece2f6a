"""What cannot be read is one clear error with its place."""
import io

import pytest

from demarche import limits
from demarche.reading import ReadingError, read_bytes, read_path, read_stream

LIMIT = limits.MAX_TEXT_BYTES


@pytest.mark.parametrize(("data", "name", "message"), [
    (b"", "a.txt", "a.txt: the document is empty"),
    (b" \n\t\r\n", "a.md", "a.md: the document is empty"),
    (b"", "a.jsonl", "a.jsonl: the document is empty"),
    (b"\n\n", "a.jsonl", "a.jsonl: the document is empty"),
    (b"", "a.html", "a.html: the document is empty"),
    (b"Kenya met \xff\xfe Uganda.", "a.txt", "a.txt: invalid UTF-8 at byte 10"),
    (b"\xef\xbb\xbfKenya \xc3(", "a.txt", "a.txt: invalid UTF-8 at byte 9"),
    (b"Kenya met\x00Uganda", "a.txt", "a.txt: binary data, not text (NUL at byte 9)"),
    (b"\x89PNG\r\n\x1a\n....", "a.txt", "a.txt: this is a PNG image, not text"),
    (b"%PDF-1.7 ...", "a.md", "a.md: this is a PDF file, not text"),
    (b"\x01\x02\x03\x04 a", "a.txt", "a.txt: binary data, not text"),
    (b"\xff\xfeK\x00e", "a.txt", "a.txt: invalid UTF-16-LE at byte 4"),
    (b"https://example.org/a\n", "a.txt", "a.txt: no report found"),
    (b'{"text": "a"}\n{"text": \n', "a.jsonl", "a.jsonl:2: not JSON"),
    (b'[1]\n', "a.jsonl", "a.jsonl:1: not a document: expected a JSON object, found an array"),
    (b'{"title": "x"}', "a.jsonl", "a.jsonl:1: neither text nor html is given"),
    (b'{"text": "x", "html": "<p>x"}', "a.jsonl", "a.jsonl:1: both text and html"),
    (b'{"text": 3}', "a.jsonl", "a.jsonl:1: text: expected a string, found a number"),
    (b'{"text": "x", "published": "12 March"}', "a.jsonl", "a.jsonl:1: published: expected an ISO date"),
    (b'{"text": "x", "published": {"year": 2019, "month": 13, "day": 1}}', "a.jsonl", "a.jsonl:1: published:"),
    (b'{"text": "x", "mentions": [{"start": 0, "end": 9}]}', "a.jsonl", "a.jsonl:1: mentions[0]:"),
    (b'{"text": "\\ud800"}', "a.jsonl", "a.jsonl:1: text: half of a surrogate pair"),
    (b'{"text": "x \xff"}', "a.jsonl", "a.jsonl:1: invalid UTF-8 at byte 12"),
    (b"[" * 200_000, "a.jsonl", "a.jsonl:1: not"),
    (b'<html><head><meta charset="klingon"></head><p>x</p>', "a.html", "a.html: unknown encoding 'klingon'"),
    (b"<html><body></body></html>", "a.html", "a.html: no report found"),
])
def test_error_message(data, name, message):
    with pytest.raises(ReadingError) as caught:
        list(read_bytes(data, name))
    assert str(caught.value).startswith(message)


def test_a_document_above_the_limit():
    text = b"Kenya met Uganda. " * (LIMIT // 18 + 1)
    row = b'{"text": "' + text + b'"}'
    for read in (lambda: read_bytes(text, "a.txt"), lambda: read_stream(io.BytesIO(text), "a.md"),
                 lambda: read_stream(io.BytesIO(row), "a.jsonl")):
        with pytest.raises(ReadingError, match="too long: the limit is 1 MiB"):
            list(read())
    with pytest.raises(ReadingError, match="a.jsonl:1: too long: the limit is 16 MiB"):
        list(read_stream(io.BytesIO(b"x" * (limits.MAX_LINE_BYTES + 1)), "a.jsonl"))


def test_no_more_of_a_long_file_is_read_than_tells_that_it_is_long():
    stream = io.BytesIO(b"Kenya met Uganda. " * 1_000_000)
    with pytest.raises(ReadingError, match="too long"):
        list(read_stream(stream, "a.txt"))
    assert stream.tell() == LIMIT + 1


def test_line_ends_inside_a_json_string_stay():
    text = "Kenya\u2028met\x85Uganda."
    (document,) = read_bytes(('{"text": "' + text + '\\r\\n"}\r\n').encode(), "a.jsonl")
    assert document.text == text + "\r\n"


def test_a_language_that_is_only_guessed_is_not_declared():
    (document,) = read_bytes(b"Kenya condemned Uganda.", "a.txt")
    assert document.language == "unknown" and document.to_proto().language == ""


def test_a_document_at_the_limit_is_read():
    text = (b"Kenya met Uganda in the capital on Monday to discuss the border.\n\n" * (LIMIT // 66 + 1))[:LIMIT]
    (document,) = read_bytes(text, "a.txt")
    assert len(document.text) > LIMIT * 0.9


def test_missing_file_directory_and_foreign_suffix(tmp_path):
    for path, message in ((tmp_path / "none.txt", "no such file"), (tmp_path, "a directory"),
                          (tmp_path / "a.docx", "cannot read .docx files")):
        with pytest.raises(ReadingError, match=message):
            list(read_path(path))


def test_documents_before_a_bad_line_are_delivered():
    documents = read_bytes(b'{"text": "one"}\n{"text": 1}\n', "a.jsonl")
    assert next(documents).text == "one"
    with pytest.raises(ReadingError, match="a.jsonl:2"):
        next(documents)
