"""JSON Lines: one `Document` a line, field names as in the contract, in either JSON spelling."""
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timezone
from typing import Any

from demarche import limits
from demarche.coder.language import detect_language
from demarche.reading.decoding import check_size, decode_exactly
from demarche.reading.errors import ReadingError
from demarche.reading.html import read_html
from demarche.reading.source import Mention, SourceDocument


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[SourceDocument]:
    """A document for each line that is not blank, text unchanged. Raises ReadingError with the line's number, and where no line has one."""
    number = count = 0
    for number, line in enumerate(lines, 1):
        if line.strip():
            count += 1
            yield read_line(line, name, number)
    if not count:
        raise ReadingError(name, None, "the document is empty")


def read_line(data: bytes, name: str, line: int) -> SourceDocument:
    """One line. Raises ReadingError."""
    try:
        value = json.loads(decode_exactly(data, name, line))
    except json.JSONDecodeError as error:
        raise ReadingError(name, line, f"not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise ReadingError(name, line, "not a document: nested too deeply") from None
    if not isinstance(value, dict):
        raise ReadingError(name, line, f"not a document: expected a JSON object, found {_name_of(value)}")
    return _Fields(value, name, line).document()


def _name_of(value: Any) -> str:
    return {list: "an array", str: "a string", bool: "a truth value", type(None): "null", dict: "an object"}.get(type(value), "a number")


class _Fields:
    """The fields of one line, each checked as it is asked for."""

    def __init__(self, value: dict[str, Any], name: str, line: int) -> None:
        self.value = value
        self.name = name
        self.line = line

    def error(self, message: str) -> ReadingError:
        return ReadingError(self.name, self.line, message)

    def string(self, field: str) -> str:
        value = self.value.get(field)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.error(f"{field}: expected a string, found {_name_of(value)}")
        if any("\ud800" <= c <= "\udfff" for c in value):
            raise self.error(f"{field}: half of a surrogate pair, which no text can hold")
        return value

    def document(self) -> SourceDocument:
        text, page = self.string("text"), self.string("html")
        if bool(text.strip()) == bool(page.strip()):
            raise self.error("both text and html are given; give one" if text.strip() else "neither text nor html is given, or it is "
                                                                                           "blank")
        for content, limit in ((text, limits.MAX_TEXT_BYTES), (page, limits.MAX_HTML_BYTES)):
            check_size(len(content) if 4 * len(content) <= limit else len(content.encode()), limit, self.name, self.line)
        document = SourceDocument(text=text, title=self.string("title"), id=self.string("id"), url=self.string("url"),
                                  publisher=self.string("publisher"), published=self.published(),
                                  language=self.string("language"), mentions=self.mentions(len(text)))
        if page.strip():
            if document.mentions:
                raise self.error("mentions: only with text, for they count its characters")
            try:
                return read_html(page, self.name, document)
            except ReadingError as error:
                raise self.error(error.message) from None
        return document if document.language else replace(document, language=detect_language(text))

    def published(self) -> date | None:
        value = next((self.value[key] for key in ("published", "published_time", "publishedTime") if self.value.get(key) is not None), None)
        if value is None or value == "":
            return None
        try:
            if isinstance(value, str):
                return _day_of(value)
            if isinstance(value, dict):
                return date(value["year"], value["month"], value["day"])
        except (ValueError, TypeError, KeyError, OverflowError):
            pass
        found = json.dumps(value, ensure_ascii=False)[:60]
        raise self.error(f'published: expected an ISO date or {{"year": …, "month": …, "day": …}}, found {found}')

    def mentions(self, length: int) -> tuple[Mention, ...]:
        value = self.value.get("mentions") or []
        if not isinstance(value, list):
            raise self.error(f"mentions: expected an array, found {_name_of(value)}")
        found = []
        for index, item in enumerate(value):
            start, end = (item.get("start", 0), item.get("end")) if isinstance(item, dict) else (None, None)
            if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
                raise self.error(f"mentions[{index}]: start and end must be characters of the text, start before end")
            entity = item.get("entity_id", item.get("entityId", ""))
            if not isinstance(entity, str):
                raise self.error(f"mentions[{index}].entity_id: expected a string, found {_name_of(entity)}")
            found.append(Mention(start, end, entity))
        return tuple(found)


def _day_of(text: str) -> date:
    """An ISO date, or the UTC day of an ISO instant. Raises ValueError."""
    if len(text) == 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return (moment.astimezone(timezone.utc) if moment.tzinfo else moment).date()

