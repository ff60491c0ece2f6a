"""Markdown files, with or without front matter."""
import re
from datetime import date

from markdown_it import MarkdownIt
from markdown_it.token import Token

from demarche.reading.article import assemble
from demarche.reading.blocks import Block
from demarche.reading.header import date_of_line
from demarche.reading.source import SourceDocument

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FIELD = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]*(.+?)[ \t]*$", re.M)
_TAG = re.compile(r"<[^>]{1,2000}>")
_MAX_NESTING = 20


def read_markdown(text: str, name: str) -> SourceDocument:
    """The report of a Markdown file. Raises ReadingError where it holds none."""
    fields: dict[str, str] = {}
    front = _FRONT.match(text)
    if front and ":" in front[1]:
        fields = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(front[1])}
        text = text[front.end():]
    return assemble(markdown_blocks(text), name, title=fields.get("title", ""), byline=fields.get("author", ""),
                    publisher=fields.get("publisher", fields.get("source", "")), url=fields.get("url", fields.get("link", "")),
                    published=_front_date(fields), language=fields.get("language", fields.get("lang", "")))


def _front_date(fields: dict[str, str]) -> date | None:
    values = [fields[key] for key in ("date", "published", "publish_date") if key in fields]
    return next((day for value in values if (day := date_of_line(value[:10]) or date_of_line(value))), None)


def markdown_blocks(text: str) -> list[Block]:
    """Headings, paragraphs, list items and image captions in the order of the text."""
    blocks: list[Block] = []
    kind = "paragraph"
    depth = 0
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).disable("code")  # indented text is text: articles are set that way
    for token in parser.parse(text):
        if token.type in ("list_item_open", "list_item_close"):
            depth += 1 if token.type.endswith("open") else -1
        elif token.type == "heading_open":
            kind = "heading"
        elif token.type in ("heading_close", "paragraph_open"):
            kind = "item" if depth else "paragraph"
        elif token.type == "inline":
            blocks.extend(_inline_blocks(token.children or [], kind))
        elif token.type == "html_block" and not token.content.lstrip().lower().startswith(("<script", "<style", "<!--")):
            words = " ".join(_TAG.sub(" ", token.content).split())
            if words:
                blocks.append(Block("paragraph", words))
    return blocks


def _inline_blocks(tokens: list[Token], kind: str) -> list[Block]:
    """One paragraph as blocks: a hard line break begins a new one, images give captions."""
    blocks: list[Block] = []
    words: list[str] = []
    outside = False  # a word outside of links
    links = 0
    url = ""

    def close() -> None:
        nonlocal words, outside, url
        joined = " ".join("".join(words).split())
        if joined:
            blocks.append(Block(kind, joined, linked=bool(url) and not outside, url=url))
        words, outside, url = [], False, ""

    for token in tokens:
        if token.type == "link_open":
            links += 1
            url = url or str(token.attrGet("href") or "")
        elif token.type == "link_close":
            links -= 1
        elif token.type == "image":
            if caption := " ".join(token.content.split()):
                blocks.append(Block("caption", caption))
        elif token.type == "softbreak":
            words.append(" ")
        elif token.type == "hardbreak":
            close()
        elif token.content and token.type in ("text", "code_inline", "text_special"):
            words.append(token.content)
            outside = outside or not links and any(c.isalnum() for c in token.content)
    close()
    return blocks
