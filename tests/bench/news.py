"""Text for the benchmarks: the sample reports of `demarche demo`, retold of other countries until there are about 60 KB."""
from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from demarche.reading import read_bytes

# Groups of names that change places together; the first of each is what the samples have.
CASTS = (
    ("Kenya", "Peru", "Ghana", "Laos", "Chad", "Malta"), ("Ethiopia", "Bolivia", "Togo", "Thailand", "Niger", "Cyprus"),
    ("Nairobi", "Lima", "Accra", "Vientiane", "N'Djamena", "Valletta"), ("Rwanda", "Uganda", "Burundi", "Angola", "Zambia", "Malawi"),
    ("Goma", "Bunia", "Beni", "Butembo", "Uvira", "Kindu"), ("Armenia", "Serbia", "Albania", "Croatia", "Georgia", "Moldova"),
    ("Azerbaijan", "Kosovo", "Greece", "Hungary", "Russia", "Romania"), ("Belarus", "Russia", "China", "Iran", "Cuba", "Syria"),
    ("Lithuania", "Estonia", "Finland", "Sweden", "Norway", "Denmark"), ("Poland", "Germany", "Austria", "France", "Spain", "Italy"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
SIZE = 60_000  # characters


def sample_reports(size: int = SIZE) -> list[str]:
    """Plain texts of one report each, about `size` characters together; the same on every run."""
    folder = files("demarche") / "demo"
    samples = [source.text for item in sorted(folder.iterdir(), key=lambda item: item.name) if item.name.endswith((".md", ".txt"))
               for source in read_bytes(item.read_bytes(), item.name)]
    reports: list[str] = []
    turn = 0
    while sum(map(len, reports)) < size:
        reports += [_retold(sample, turn) for sample in samples]
        turn += 1
    return reports


def reports_of(path: Path | None) -> list[str]:
    """The sample reports or, given a file, its text in pieces of about 2,500 characters that end where paragraphs do."""
    if path is None:
        return sample_reports()
    pieces, piece = [], ""
    for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
        piece = f"{piece}\n\n{paragraph}" if piece else paragraph
        if len(piece) >= 2500:
            pieces.append(piece)
            piece = ""
    return [*pieces, *([piece] if piece.strip() else [])]


def _retold(text: str, turn: int) -> str:
    if not turn:
        return text
    change = {cast[0]: cast[turn % len(cast)] for cast in CASTS}
    change |= {day: WEEKDAYS[(i + turn) % len(WEEKDAYS)] for i, day in enumerate(WEEKDAYS)}
    text = re.sub("|".join(rf"\b{re.escape(name)}\b" for name in change), lambda match: change[match[0]], text)
    return re.sub(r"\b\d{1,3}\b", lambda match: str(int(match[0]) + turn if int(match[0]) > 31 else int(match[0])), text)
