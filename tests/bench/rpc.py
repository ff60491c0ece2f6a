"""Reports a second through the real server and client over loopback: python tests/bench/rpc.py > result.json

`unary`: one call a report, first one caller, then several at once. `bidi`: one stream, in chunks. The server is a process of its own; both
share the machine's cores, so read the ratios before the rates. Ways take turns, round after round.
"""
from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from circumstances import circumstances
from news import sample_reports

from demarche.client import Client
from demarche.coder.coder import Coder
from demarche.v1.document_pb2 import Document

CALLERS = 4
CHUNKS = (1, 16, 64)


@contextmanager
def served() -> Iterator[str]:
    """A server on a free port, as `demarche serve` starts it; ends it afterwards."""
    process = subprocess.Popen([sys.executable, "-m", "demarche", "serve", "--address", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
    try:
        line = process.stderr.readline()
        if "serving on" not in line:
            sys.exit(f"the server did not start: {line.strip()}")
        yield line.split()[-1]
    finally:
        process.terminate()
        process.wait(timeout=20)


def latencies(client: Client, documents: list[Document]) -> list[float]:
    """Seconds of each call, one after another."""
    times = []
    for document in documents:
        begin = time.perf_counter()
        client.code(document)
        times.append(time.perf_counter() - begin)
    return times


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=7)
    given = options.parse_args()
    documents = [Document(text=text) for text in sample_reports()] * 2
    coder = Coder.load()
    single: list[float] = []
    with served() as address, Client(address) as client, ThreadPoolExecutor(CALLERS) as pool:
        client.wait_ready()
        ways: dict[str, Callable[[], Any]] = {
            "in_process": lambda: coder.code(documents),
            "unary_1_caller": lambda: single.extend(latencies(client, documents)),
            f"unary_{CALLERS}_callers": lambda: list(pool.map(client.code, documents)),
            **{f"bidi_chunks_of_{size}": lambda size=size: list(client.code_many(documents, chunk_size=size)) for size in CHUNKS}}
        times: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(given.rounds + 1):
            for name, work in ways.items():
                begin = time.perf_counter()
                work()
                if number:
                    times[name].append(time.perf_counter() - begin)
    base = times["in_process"]
    print(json.dumps({
        **circumstances("grpcio", "protobuf"), "rounds": given.rounds, "documents": len(documents),
        "characters_per_document": round(statistics.mean(len(document.text) for document in documents)),
        "ways": {name: {"documents_per_second": {"median": round(len(documents) / statistics.median(found)),
                                                 "best": round(len(documents) / min(found))},
                        "of_in_process": round(statistics.median(a / b for a, b in zip(base, found)), 2)} for name, found in times.items()},
        "unary_milliseconds": {"median": round(1e3 * statistics.median(single), 2), "p99": round(1e3 * statistics.quantiles(single, n=100)[98], 2)},
    }, indent=2))


if __name__ == "__main__":
    main()
