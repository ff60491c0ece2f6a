"""A report as it was read: its words, and what its page says about it."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demarche.coder.dateline import Dateline
    from demarche.v1.document_pb2 import Document


UNSURE = ("other", "unknown")  # answers of `detect_language` that are no language tag


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor that the caller knows: code points of the text, and the actor's identifier."""
    start: int
    end: int
    entity_id: str = ""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One report. Empty strings and tuples stand for what is not known.

    `text` is the body alone, paragraphs apart by a blank line; `canonical_text(title, text)` gives the text that spans index.
    """
    text: str
    title: str = ""
    id: str = ""
    url: str = ""
    publisher: str = ""
    agency: str = ""
    byline: str = ""
    dateline: Dateline | None = None
    published: date | None = None
    captions: tuple[str, ...] = ()
    language: str = ""
    mentions: tuple[Mention, ...] = ()

    def to_proto(self) -> Document:
        """The same as a `demarche.v1.Document`, which has no fields for byline, dateline and captions."""
        from demarche.v1 import document_pb2  # generated at build; reading itself needs no contract
        message = document_pb2.Document(id=self.id, title=self.title, text=self.text, url=self.url, publisher=self.publisher or self.agency,
                                        language="" if self.language in UNSURE else self.language)
        if self.published is not None:
            message.published.year = self.published.year
            message.published.month = self.published.month
            message.published.day = self.published.day
        for mention in self.mentions:
            message.mentions.add(start=mention.start, end=mention.end, entity_id=mention.entity_id)
        return message


def canonical_text(title: str, body: str) -> tuple[str, int]:
    """The text that all spans index, and where the body begins in it (code points).

    Title, blank line, body; the body unchanged where there is no title.
    """
    if not title.strip():
        return body, 0
    return f"{title}\n\n{body}", len(title) + 2
