"""One invented report in every format, with the furniture that pages carry: the same report must come out each time."""
import io
import json
from datetime import date

import pytest

from demarche.reading import ReadingError, canonical_text, read_bytes, read_path, read_stream

TITLE = "Peru and Chile Reopen Talks on Sea Border"
FIRST = ("Peru's foreign minister met his Chilean counterpart in Arica on Monday to restart negotiations over the sea border, "
         "officials from both countries said after the meeting.")
SECOND = "Chile welcomed the proposal, the ministry said, and invited a delegation to Santiago next month."
THIRD = "The two governments had broken off contacts in 2016, when a fishing vessel was seized near the disputed waters."
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
OUTSIDE = ["Rosa Quispe", "Andina", "Related", "Fishermen March", "Read more", "Original url", "example.org", "Share", "newsletter",
           "©", "cookies",
           "Advertisement", "Reporting by"]

PLAIN = f"""{TITLE}

By Reuters

March 12, 2019

The two ministers in Arica (Rosa Quispe / Andina)

{FIRST}

Related article: Fishermen March in Ilo

{SECOND}

Advertisement

{THIRD}

Read more: The long quarrel about the 2014 ruling

Share Tweet Email

Sign up for our newsletter

Reporting by Ana Vega; editing by Luis Soto

© 2019 The Coast Herald. All rights reserved.

We use cookies to improve your experience on this site.

Original url:

https://www.example.org/2019/03/12/talks
"""

MARKDOWN = f"""# {TITLE}

By [Reuters](#)

March 12, 2019

![The two ministers in Arica](photo.jpg)

*The two ministers in Arica (Rosa Quispe / Andina)*

{FIRST}

Related article: [Fishermen March in Ilo](https://www.example.org/ilo)

{SECOND}

**Read more**

- [The long quarrel](https://www.example.org/quarrel)
- [A ruling in The Hague](https://www.example.org/hague)

{THIRD}

[Share](#) | [Tweet](#)

Original url:

<https://www.example.org/2019/03/12/talks>
"""

PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | The Coast Herald</title>
<meta property="og:site_name" content="The Coast Herald"><meta property="article:published_time" content="2019-03-12T09:30:00Z">
<link rel="canonical" href="https://www.example.org/2019/03/12/talks"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>{TITLE}</h1><p class="byline">By Reuters</p>
<figure><img src="a.jpg"><figcaption>The two ministers in Arica (Rosa Quispe / Andina)</figcaption></figure>
<p>{FIRST}</p><p>Related article: <a href="/ilo">Fishermen March in Ilo</a></p><p>{SECOND}</p>
<aside class="newsletter"><p>Sign up for our newsletter</p></aside><p>{THIRD}</p>
<p>Original url: <a href="https://www.example.org/2019/03/12/talks">https://www.example.org/2019/03/12/talks</a></p></article>
<footer><p>© 2019 The Coast Herald. We use cookies on this site.</p></footer></body></html>
"""

FORMATS = [("report.txt", PLAIN), ("report.md", MARKDOWN), ("report.html", PAGE)]


def _one(data: bytes, name: str):
    documents = list(read_bytes(data, name))
    assert len(documents) == 1
    return documents[0]


@pytest.mark.parametrize(("name", "source"), FORMATS)
def test_the_same_report_comes_out_of_every_format(name, source):
    document = _one(source.encode(), name)
    assert document.title == TITLE
    assert document.text == BODY
    assert document.published == date(2019, 3, 12)
    assert document.agency == "Reuters"
    assert document.url == "https://www.example.org/2019/03/12/talks"
    assert document.language == "en"
    assert "The two ministers in Arica" in document.captions
    for words in OUTSIDE:
        assert words not in document.text


@pytest.mark.parametrize(("name", "source"), FORMATS)
@pytest.mark.parametrize("change", [lambda s: s.replace("\n", "\r\n").encode(), lambda s: b"\xef\xbb\xbf" + s.encode(),
                                    lambda s: s.encode("utf-16")],
                         ids=["crlf", "bom", "utf-16"])
def test_line_ends_and_byte_order_marks_change_nothing(name, source, change):
    assert _one(change(source), name) == _one(source.encode(), name)


@pytest.mark.parametrize(("name", "source"), FORMATS)
def test_the_format_is_told_from_content_where_the_name_says_nothing(name, source, tmp_path):
    path = tmp_path / "report"
    path.write_text(source, encoding="utf-8")
    (document,) = read_path(path)
    assert (document.title, document.text) == (TITLE, BODY)
    assert document.id == str(path)
    (streamed,) = read_stream(io.BytesIO(source.encode()))
    assert (streamed.text, streamed.id) == (BODY, "")


def test_canonical_text_is_title_blank_line_body():
    text, offset = canonical_text(TITLE, BODY)
    assert text == TITLE + "\n\n" + BODY
    assert text[offset:] == BODY
    assert canonical_text("", " as it is \n") == (" as it is \n", 0)
    assert canonical_text("  ", "body") == ("body", 0)


def test_wrapped_lines_are_joined():
    wrapped = ("Talks Fail\n\nThe delegation from Quito left the\nhall before noon, and the host said\nthat no date was set.\n\n"
               "Nobody spoke.\n")
    document = _one(wrapped.encode(), "a.txt")
    assert document.text == ("The delegation from Quito left the hall before noon, and the host said that no date was set.\n\n"
                             "Nobody spoke.")


def test_a_paragraph_per_line_needs_no_blank_lines():
    document = _one(f"{FIRST}\n{SECOND}\n{THIRD}\n".encode(), "a.txt")
    assert document.text == BODY
    assert document.title == ""


def test_header_lines_need_no_blank_lines_between_them():
    document = _one(f"{TITLE}\n\nBy Ana Vega\nMarch 12, 2019\n{FIRST}\n\n{SECOND}\n".encode(), "a.txt")
    assert (document.byline, document.published, document.text) == ("Ana Vega", date(2019, 3, 12), f"{FIRST}\n\n{SECOND}")


def test_a_single_line_is_the_report():
    document = _one(b"Kenya condemned the raid", "a.txt")
    assert (document.title, document.text) == ("", "Kenya condemned the raid")


def test_front_matter_gives_the_fields():
    fields = f'title: "{TITLE}"\nauthor: Ana Vega\ndate: 2019-03-12\nurl: https://example.org/a\npublisher: The Coast Herald'
    document = _one(f"---\n{fields}\n---\n\n{FIRST}\n\n{SECOND}\n".encode(), "a.md")
    assert (document.title, document.byline, document.published) == (TITLE, "Ana Vega", date(2019, 3, 12))
    assert (document.url, document.publisher, document.text) == ("https://example.org/a", "The Coast Herald", f"{FIRST}\n\n{SECOND}")


def test_a_page_in_an_older_encoding():
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1252"').replace("Arica on Monday", "Tarapacá on Monday")
    assert "Tarapacá on Monday" in _one(page.encode("cp1252"), "a.html").text


def test_a_page_without_the_extra_names_it(monkeypatch):
    import sys
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ReadingError, match=r"a\.html: .*pip install 'demarche\[html\]'"):
        _one(PAGE.encode(), "a.html")


def test_json_lines_take_the_text_unchanged():
    rows = [{"id": "a", "title": TITLE, "text": " kept  as it is \n", "published": "2019-03-12", "publisher": "X",
             "url": "u", "language": "en"},
            {"text": FIRST, "published": {"year": 2019, "month": 3, "day": 12}, "mentions": [{"start": 0, "end": 4, "entityId": "PER"}]},
            {"html": PAGE, "title": "Given title", "published": "2019-03-13T23:30:00-05:00"}]
    data = "\n".join(json.dumps(row) for row in rows) + "\n\n"
    first, second, third = read_bytes(data.encode(), "rows.jsonl")
    assert (first.text, first.id, first.published, first.publisher) == (" kept  as it is \n", "a", date(2019, 3, 12), "X")
    assert (second.published, second.language) == (date(2019, 3, 12), "en")
    assert (second.mentions[0].start, second.mentions[0].end, second.mentions[0].entity_id) == (0, 4, "PER")
    assert (third.title, third.published, third.text) == ("Given title", date(2019, 3, 14), BODY)
    assert [d.text for d in read_stream(io.BytesIO(data.encode()))] == [first.text, second.text, third.text]


def test_long_json_lines_are_read_across_chunks():
    rows = [json.dumps({"id": str(n), "text": "word " * 30_000}) for n in range(20)]
    documents = list(read_stream(io.BytesIO("\n".join(rows).encode()), "rows.jsonl"))
    assert [d.id for d in documents] == [str(n) for n in range(20)]


def test_to_proto_has_every_field_of_the_contract():
    pytest.importorskip("demarche.v1.document_pb2")
    row = {"id": "a", "title": TITLE, "text": FIRST, "published": "2019-03-12", "mentions": [{"start": 0, "end": 4, "entity_id": "PER"}]}
    (document,) = read_bytes(json.dumps(row).encode(), "a.jsonl")
    message = document.to_proto()
    assert (message.id, message.title, message.text) == ("a", TITLE, FIRST)
    assert (message.published.year, message.published.month, message.published.day) == (2019, 3, 12)
    assert (message.mentions[0].end, message.mentions[0].entity_id) == (4, "PER")
