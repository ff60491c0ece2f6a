"""How many places and time phrases of tests/blind are resolved rightly: `python tests/bench/circumstances_blind.py [--wrong]`; prints JSON.

Both sets were written before the code that they measure, by somebody who had not seen it: one marked phrase a line, with what it means. A
point is right within 161 km (100 miles, the usual measure of toponym resolution); a time if it is the interval, or lies in it where the
words are vague.
"""
from __future__ import annotations

import argparse
import json
import math
from datetime import date
from pathlib import Path

from google.type.date_pb2 import Date

from demarche.coder.coder import Coder
from demarche.v1.document_pb2 import CodedDocument, Document

SETS = Path(__file__).parents[1] / "blind"
NEAR = 161.0    # km


def coded(coder: Coder, row: dict) -> tuple[CodedDocument, int, int]:
    """The report of a row, and where its marked words stand."""
    start, end = row["text"].index("⟦"), row["text"].index("⟧") - 1
    day = date.fromisoformat(row["published"])
    report = Document(text=row["text"].replace("⟦", "").replace("⟧", ""), published=Date(year=day.year, month=day.month, day=day.day))
    return coder.code([report])[0], start, end


def kilometres(a: float, b: float, c: float, d: float) -> float:
    a, b, c, d = map(math.radians, (a, b, c, d))
    return 6371 * 2 * math.asin(math.sqrt(math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2))


def iso(day: Date) -> str | None:
    return f"{day.year:04}-{day.month:02}-{day.day:02}" if day.year else None


def time_is_right(row: dict, got: tuple[str | None, str | None]) -> bool:
    """The same interval; an open end may be the day of the report."""
    return all(found == gold or (gold is None and found == row["published"]) for found, gold in zip(got, (row["start"], row["end"])))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="print what is wrong, a JSON object a line, before the figures")
    wrong = parser.parse_args().wrong
    coder = Coder.load()
    places = [json.loads(line) for line in (SETS / "places.jsonl").open(encoding="utf-8")]
    times = [json.loads(line) for line in (SETS / "times.jsonl").open(encoding="utf-8")]
    country = points = pointed = right = 0
    for row in places:
        report, start, end = coded(coder, row)
        found = next((place for place in report.places if place.span.start < end and start < place.span.end), None)
        good, near = found is not None and found.country == row["country"], True
        if row["lat"] is not None:
            pointed += 1
            near = found is not None and found.HasField("latitude") and kilometres(found.latitude, found.longitude, row["lat"], row["lon"]) < NEAR
            points += near
        country += good
        if wrong and not (good and near):
            print(json.dumps({"text": row["text"], "expected": row["country"], "found": found and [found.name, found.country, found.admin1]}, ensure_ascii=False))
    for row in times:
        report, start, end = coded(coder, row)
        found = next((time for time in report.times if time.span.start < end and start < time.span.end), None)
        got = (iso(found.start), iso(found.end)) if found is not None else (None, None)
        good = found is not None and time_is_right(row, got)
        right += good
        if wrong and not good:
            print(json.dumps({"text": row["text"], "published": row["published"], "expected": [row["start"], row["end"]], "found": got}, ensure_ascii=False))
    print(json.dumps({"places": len(places), "country": round(country / len(places), 3), "point_161_km": round(points / pointed, 3),
                      "times": len(times), "time": round(right / len(times), 3)}))


if __name__ == "__main__":
    main()
