"""Web pages: trafilatura finds the article, and the rest is the same as for any other format."""
from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from demarche.reading.article import assemble
from demarche.reading.blocks import Block
from demarche.reading.decoding import decode
from demarche.reading.errors import ReadingError
from demarche.reading.source import SourceDocument

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
_PRUNED = ["//figure", "//figcaption", "//aside", "//nav", "//footer", "//form", "//button", "//script", "//style",
           "//*[contains(concat(' ', normalize-space(@class), ' '), ' share ')]", "//*[contains(@class, 'newsletter')]",
           "//*[contains(@class, 'related')]", "//*[contains(@class, 'cookie')]"]
_KINDS = {"head": "heading", "p": "paragraph", "quote": "paragraph", "ab": "paragraph", "item": "item", "cell": "item"}


def decode_page(data: bytes, name: str) -> str:
    """The text of a page in the encoding it declares; UTF-8 where it declares none. Raises ReadingError."""
    declared = _CHARSET.search(data[:4096])
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    return decode(data, name, encoding="utf-8" if encoding in ("utf8", "utf-8") else encoding)


def read_html(page: str, name: str = "-", given: SourceDocument | None = None) -> SourceDocument:
    """The report of a web page. What `given` knows (id, title, url, publisher, published, language) wins over the page.

    Raises ReadingError where the extra is not installed, and where the page holds no report.
    """
    try:
        import trafilatura
        from lxml import html as lxml_html
    except ImportError as error:
        reason = str(error).partition("\n")[0]
        raise ReadingError(name, None, f"reading web pages needs an extra: pip install 'demarche[html]' ({reason})") from None
    known = given or SourceDocument(text="")
    try:
        tree = lxml_html.document_fromstring(page.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (ValueError, lxml_html.etree.ParserError):
        raise ReadingError(name, None, "no report found: the page is empty") from None
    captions = [Block("caption", words) for node in tree.iter("figcaption") if (words := " ".join(node.text_content().split()))]
    found: Any = trafilatura.bare_extraction(
        tree, url=known.url or None, include_comments=False, include_tables=False, with_metadata=True, favor_recall=True,
        prune_xpath=_PRUNED, date_extraction_params={"original_date": True, "extensive_search": False})
    own_title = _title(found, tree)
    blocks = [*captions, *(_blocks(found.body) if found is not None and found.body is not None else [])]
    if len(blocks) == len(captions):
        blocks += [Block("paragraph", words) for node in tree.iter("p") if (words := " ".join(node.text_content().split()))]
    if known.title:
        blocks = [block for block in blocks if block.text != own_title]
    document = assemble(blocks, name, title=known.title or own_title, byline=(found.author or "") if found is not None else "",
                        publisher=known.publisher or ((found.sitename or "") if found is not None else ""),
                        url=known.url or ((found.url or "") if found is not None else ""),
                        published=known.published or (_day(found.date) if found is not None else None), language=known.language)
    return replace(document, id=known.id) if known.id else document


def _title(found: Any, tree: Any) -> str:
    """The page's own heading where it has exactly one; else what its metadata say, without the site's name."""
    headings = [words for node in tree.iter("h1") if (words := " ".join(node.text_content().split()))]
    if len(headings) == 1:
        return headings[0]
    title = (found.title or "") if found is not None else ""
    site = (found.sitename or "") if found is not None else ""
    if site:
        title = re.sub(rf"\s*[|–—·-]\s*{re.escape(site)}\s*$", "", title, flags=re.I)
    return " ".join(title.split())


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _blocks(body: Any) -> list[Block]:
    """trafilatura's elements in order; a paragraph inside an item or a quotation counts once."""
    blocks: list[Block] = []
    for node in body.iter():
        kind = _KINDS.get(node.tag) if isinstance(node.tag, str) else None
        if kind is None or any(parent.tag in _KINDS for parent in node.iterancestors()):
            continue
        words = " ".join("".join(node.itertext()).split())
        if words:
            links = node.findall(".//ref")
            linked = bool(links) and len("".join("".join(link.itertext()) for link in links).split()) >= len(words.split())
            blocks.append(Block(kind, words, linked, links[0].get("target", "") if links else ""))
    return blocks
