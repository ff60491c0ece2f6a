"""The top of a report: headline, byline, agency, publication date, dateline."""
import re
from datetime import date
from typing import NamedTuple

from demarche.coder.agencies import agency_named
from demarche.coder.dateline import find_dateline
from demarche.coder.dates import find_times
from demarche.reading.blocks import Block

_MAX_TITLE = 250
_BYLINE = re.compile(r"(?:by|written by|author|reported by|story by|words by)\s*:?\s+(?P<who>[^\s].{1,140})", re.I)
_STAFF = re.compile(r"(?:(?:our|an?) (?:own )?)?(?:staff|web|news|special|foreign|diplomatic) (?:reporters?|writers?|correspondents?|desk|report)"
                    r"|(?:our|an?) (?:own )?(?:reporter|writer|correspondent)s?", re.I)
_DATE_WORDS = re.compile(r"(?:published|updated|posted|modified|created|last|first|on|at|date|dated?|issued|release[d]?|from|edition|"
                         r"the|time|est|edt|gmt|utc|bst|cet|msk|ist|pst|pdt|"
                         r"am|pm|a\.m\.?|p\.m\.?|local|z|h|hrs?)\b|\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\.\d+)?|[+-]\d{2}:?\d{2}|"
                         r"\d{1,2} ?(?:am|pm)\b|t(?=\d)|[\s,.:;|•·()/–—-]+", re.I)
_NAME_WORDS = frozenset("and de van von al el bin der la in for of with da dos".split())
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=\D|$)")
_YEAR = re.compile(r"\d{4}")


class Header(NamedTuple):
    """What the first blocks say; `rest` are the blocks after it."""
    title: str
    byline: str
    agency: str
    published: date | None
    rest: list[Block]


def date_of_line(text: str) -> date | None:
    """The day that a whole line gives ("Published August 22, 2018, 10:35 GMT"), or None where it is no date or says more."""
    if len(text) > 120 or not _YEAR.search(text):
        return None
    days = [phrase for phrase in find_times(text, None) if phrase.precision == "day" and phrase.first and phrase.first == phrase.last]
    if not days:
        return None
    rest = text
    for phrase in reversed(days):
        rest = rest[:phrase.start] + " " + rest[phrase.end:]
    rest = re.sub(r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b", " ", rest)
    return days[0].first if not _DATE_WORDS.sub("", rest).strip() else None


def _is_loose_date(text: str) -> bool:
    """A line that is a date without its year."""
    phrases = find_times(text, None) if len(text) < 60 else []
    if len(phrases) != 1 or phrases[0].precision != "day":
        return False
    return not _DATE_WORDS.sub("", text[:phrases[0].start] + text[phrases[0].end:]).strip()


def date_of_url(url: str) -> date | None:
    """The day in an address such as https://example.org/2018/08/22/name."""
    found = _URL_DATE.search(url)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def byline_of(text: str) -> tuple[str, str] | None:
    """Byline and agency of a line such as "By Ann Lee, Reuters"; None if it is none."""
    if agency := agency_named(text):
        return "", agency
    if _STAFF.fullmatch(text):
        return text, ""
    found = _BYLINE.fullmatch(text)
    if found is None or len(text) > 160:
        return None
    who = found["who"].strip()
    if _STAFF.fullmatch(who):
        return who, ""
    if who.endswith(".") and not re.search(r"\b[A-Z]\.$|\b[JS]r\.$", who) or not (who[0].isupper() or agency_named(who)):
        return None
    names = [part.strip() for part in re.split(r",|\||;| – | — | - | for | of |/", who) if part.strip()]
    lower = [word for word in who.split() if word[0].islower() and word not in _NAME_WORDS]
    if not names or len(lower) > 2 and not any(agency_named(name) for name in names):
        return None
    agencies = [agency for name in names if (agency := agency_named(name))]
    people = ", ".join(name for name in names if not agency_named(name))
    return people, agencies[0] if agencies else ""


def read_header(blocks: list[Block]) -> Header:
    """Takes headline, byline, agency and date from the first blocks, in whatever order they stand."""
    title, byline, agency, published = "", "", "", None
    has_heading = any(block.kind == "heading" for block in blocks[:8])
    position = 0
    rest: list[Block] = []
    for position, block in enumerate(blocks[:12]):
        text = block.text.strip()
        if (split := _byline_and_date(text)) is not None:
            byline, agency, published = byline or split[0], agency or split[1], published or split[2]
        elif (line := byline_of(text)) is not None:
            byline, agency = byline or line[0], agency or line[1]
        elif (day := date_of_line(text)) is not None:
            published = published or day
        elif _is_loose_date(text):
            pass
        elif not title and _is_title(block, blocks[position + 1:], has_heading):
            title = text
        elif block.kind == "paragraph" and len(text) > 140:
            break
        else:
            rest.append(block)
    else:
        position = min(len(blocks), 12)
    return Header(title, byline, agency, published, rest + blocks[position:])


def _byline_and_date(text: str) -> tuple[str, str, date] | None:
    """ "By Ann Lee | August 22, 2018" on one line."""
    for separator in (" | ", " • ", " · ", " — ", " – ", " - ", ", "):
        first, found, second = text.partition(separator)
        if found and (line := byline_of(first.strip())) is not None and (day := date_of_line(second.strip())) is not None:
            return line[0], line[1], day
    return None


def _is_title(block: Block, following: list[Block], has_heading: bool) -> bool:
    if block.kind == "heading":
        return True
    if has_heading or block.kind != "paragraph" or not following or len(block.text) > _MAX_TITLE:
        return False
    return not block.text.rstrip().endswith((".", ":", ";", ",", ".”", '."', ".’")) and find_dateline(block.text) is None
