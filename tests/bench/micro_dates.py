"""Microseconds that the date grammar takes for 3 KB of news, and the reading of the same as a Markdown file; prints JSON."""
import json
import platform
import time
from collections.abc import Callable
from datetime import date

from demarche.coder.dates import find_times
from demarche.reading import read_bytes

PARAGRAPHS = [  # about as many time phrases as agency news has: one in 250 characters
    "The foreign ministers of Kenya and Uganda met in Nairobi on Tuesday to discuss the closure of the border, which began in March.",
    "Officials from both sides said the talks, the first at this level, would continue in Kampala under African Union mediation.",
    "The two governments had agreed last month to withdraw their troops from the lake shore, but neither has done so, residents said.",
    "A spokesman for the ministry told reporters that a delegation was ready to travel to Kampala and to sign the accord.",
    "Traders in the border towns say that prices have doubled over the past two months and that many of the shops have closed for good.",
    "The dispute goes back to the seizure of a fishing boat near an island that both states claim, and to a quarrel about customs duties.",
]


def _best(call: Callable[[], object], rounds: int = 300) -> float:
    """The fastest of many rounds, in microseconds."""
    fastest = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        fastest = min(fastest, time.perf_counter() - start)
    return fastest * 1e6


def main() -> None:
    text = "\n\n".join(PARAGRAPHS * 4)[:3000]
    data = ("# Talks on the Border Resume\n\nBy Reuters\n\nAugust 22, 2018\n\n" + text).encode()
    published = date(2018, 8, 22)
    print(json.dumps({
        "python": platform.python_version(), "machine": platform.machine(), "characters": len(text),
        "phrases": len(find_times(text, published)),
        "find_times_us": round(_best(lambda: find_times(text, published)), 1),
        "read_markdown_us": round(_best(lambda: list(read_bytes(data, "a.md")), 50), 1),
    }))


if __name__ == "__main__":
    main()
