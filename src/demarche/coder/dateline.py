"""The dateline of an agency report: where it was written, by whom, and where the report itself begins."""
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from demarche.coder.agencies import AGENCY_NAMES, agency_named
from demarche.coder.dates import find_times

_PLACE = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’-]+(?: [A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’-]*)*"
_MIXED = r"[A-Z\u00c0-\u00de][\w.'’-]+(?: (?:[A-Z\u00c0-\u00de][\w.'’-]*|de|of|al|el|la|le|and)){0,3}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?)"
_DASH = r"\s*(?:—|–|--|-|:)\s*(?=\S)"
_SPACED_DASH = re.compile(r"\s(?:—|–|--|-)\s")
_SOURCE_MARK = rf"\s*(?:[(\[/]\s*(?P<agency%d>{AGENCY_NAMES}|[A-Z][\w .-]{{1,30}})\s*[)\]/])"
_DATELINE = re.compile(
    rf"(?:(?P<place1>{_PLACE})(?:, (?P<region1>{_MIXED}))??(?:,? (?P<day1>{_DAY}))?(?:{_SOURCE_MARK % 1})?{_DASH}"
    rf"|(?P<place2>{_MIXED})(?:, (?P<region2>(?!{_MONTH}){_MIXED}))??(?:,? (?P<day2>{_DAY}))?{_SOURCE_MARK % 2}{_DASH}"
    rf"|(?P<place3>{_MIXED}), (?P<day3>{_DAY})(?:,? (?P<agency3>{AGENCY_NAMES}))?\s*(?:—|–|--|-)\s*(?=\S))")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of an agency report: "LIMA, June 11 (Andina) - ". It stays in the text; `end` is where the report itself begins."""
    place: str
    agency: str
    day: date | None
    end: int            # code points from the start of the text it was found in


def find_dateline(text: str, published: date | None = None) -> Dateline | None:
    """The dateline at the start of a body, or None. Its day takes its year from `published`."""
    found = _DATELINE.match(text[:200])
    if found is None:
        return None
    which = next(index for index in "123" if found["place" + index])
    place = found["place" + which]
    if which != "3" and found["region" + which]:
        place += ", " + found["region" + which]
    agency = found["agency" + which] or ""
    day_words = found["day" + which]
    if which == "1" and not (agency or day_words) and (len(place) < 4 or not _SPACED_DASH.search(found[0])):
        return None  # "UN: ..." or "AK-47"
    day = None
    if day_words:
        phrases = find_times(day_words, published)
        day = phrases[0].first if phrases else None
    return Dateline(place.strip(), agency_named(agency) or agency.strip(), day, found.end())
