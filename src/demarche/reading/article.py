"""Blocks of a page to a report: header first, then furniture out, then paragraphs."""
from collections.abc import Iterable
from datetime import date

from demarche.coder.language import detect_language
from demarche.reading.blocks import Block
from demarche.reading.captions import caption_of
from demarche.reading.errors import ReadingError
from demarche.reading.furniture import furniture_kind, opens_list
from demarche.coder.dateline import find_dateline
from demarche.reading.header import byline_of, date_of_line, date_of_url, read_header
from demarche.reading.source import SourceDocument


def assemble(blocks: Iterable[Block], name: str, *, title: str = "", byline: str = "", publisher: str = "", url: str = "",
             published: date | None = None, language: str = "") -> SourceDocument:
    """The report that the blocks of one page make up. What the caller gives wins over what the page says.

    Raises ReadingError where no body is left.
    """
    captions: list[str] = []
    kept: list[Block] = []
    in_list = headed = False
    for block in blocks:
        kind = furniture_kind(block)
        if block.kind == "heading" and not headed:
            headed = True
            kind = None if kind in ("related", "pitch") else kind  # "Read More Books, President Says" is a headline too
        if kind in ("url", "source") and not url:
            url = block.url or _address(block.text)
        if kind is not None:
            in_list = in_list and kind == "link" or opens_list(block, kind)
            continue
        if in_list and (block.kind == "item" or block.linked):
            continue
        in_list = False
        caption = block.text if block.kind == "caption" else caption_of(block.text)
        if caption is not None:
            if caption := (caption_of(caption) if block.kind == "caption" else None) or caption:
                captions.append(caption)
            continue
        kept.append(block)
    if title:
        kept = [block for block in kept if not _same(block.text, title)]
        kept.insert(0, Block("heading", title))
    header = read_header(kept)
    given_byline, given_agency = byline_of(f"By {byline}") or (byline, "") if byline else ("", "")
    paragraphs = [block.text.strip() for block in header.rest if not _late_header(block)]
    published = published or header.published or date_of_url(url)
    if not paragraphs and header.title:  # a single line is the report, not its headline
        paragraphs, header = [header.title], header._replace(title="")
    text = "\n\n".join(paragraphs)
    if not text:
        raise ReadingError(name, None, "no report found: nothing is left beside captions, links and notices")
    dateline = find_dateline(text, published)
    return SourceDocument(text=text, title=header.title, id="" if name == "-" else name, url=url, publisher=publisher,
                          agency=given_agency or header.agency or (dateline.agency if dateline else ""),
                          byline=given_byline or header.byline, dateline=dateline,
                          published=published or (dateline.day if dateline else None), captions=tuple(captions),
                          language=language or detect_language(text))


def _late_header(block: Block) -> bool:
    """A byline or date further down the page."""
    return len(block.text) < 120 and (byline_of(block.text.strip()) is not None or date_of_line(block.text) is not None)


def _same(text: str, title: str) -> bool:
    return " ".join(text.split()).casefold() == " ".join(title.split()).casefold()


def _address(text: str) -> str:
    for word in text.replace("<", " ").replace(">", " ").split():
        if word.startswith(("http://", "https://", "www.")):
            return word
    return ""
