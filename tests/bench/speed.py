"""How fast reports are read, beside spaCy on the same text in the same run: python tests/bench/speed.py [--text FILE] > result.json

One thread on one core, then two threads on two. The contenders take turns, round after round, and each gives its best and its median
round; ratios are medians of the ratios within a round, which hold on a busy machine where rates do not. Needs the package and its extra
`bench`; without spaCy its rows are left out.
"""
from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections import deque
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Callable, Sequence

from circumstances import circumstances
from news import reports_of
from spacy_small import small_pipeline

from demarche._native.analyze import Analyzer
from demarche._native.encode import Encoder
from demarche._native.network import Network, instruction_sets
from demarche.blob import Blob
from demarche.coder.coder import MODEL, Coder
from demarche.knowledge.model import SHIPPED
from demarche.v1.document_pb2 import Document

LEARNT_FROM = 24  # analyses that spaCy's weights are learnt from
BATCH = 4  # reports that a thread takes at a time
STARTUP = Path(__file__).with_name("startup.py")
OWN: list[Analyzer] = []  # the analyser of a worker process
Work = Callable[[], object]


def take_turns(contenders: dict[str, Work], rounds: int) -> dict[str, list[float]]:
    """Seconds of every contender in every round, after one round for warming up."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, work in contenders.items():
            begin = time.perf_counter()
            work()
            if number:
                times[name].append(time.perf_counter() - begin)
    return times


def rates(seconds: Sequence[float], **amounts: int) -> dict[str, Any]:
    """Per second, for each of the amounts done in a round."""
    return {f"{what}_per_second": {"median": round(amount / statistics.median(seconds)), "best": round(amount / min(seconds))}
            for what, amount in amounts.items()}


def ratio(slow: Sequence[float], quick: Sequence[float]) -> dict[str, float]:
    """How many times as fast the second is as the first: median and range over the rounds."""
    found = sorted(a / b for a, b in zip(slow, quick))
    return {"median": round(statistics.median(found), 2), "least": round(found[0], 2), "most": round(found[-1], 2)}


def in_batches(pool: Executor, work: Callable[[list[Any]], object], items: list[Any]) -> Work:
    """Batches of items to whichever worker is free, so that one on a busy core only gets less to do."""
    batches = [items[at:at + BATCH] for at in range(0, len(items), BATCH)]
    return lambda: deque(pool.map(work, batches), maxlen=0)


def stages(blob: Blob, analyzer: Analyzer, texts: list[bytes], rounds: int) -> dict[str, Any]:
    """The parts of the analyser alone: the network, and everything after the splitter."""
    encoder, network, rows = Encoder(blob), Network(blob, analyzer.instruction_set), []
    analyses = analyzer.analyze(texts)
    for analysis in analyses:
        tokens = analysis.tokens
        for first, last, *_ in analysis.sentences:
            numbers = (number for t in tokens[first:last] for number in encoder.encode(t.form.encode(), not t.space_before)[0])
            rows.append(b"".join(number.to_bytes(4, sys.byteorder) for number in numbers))
    total = sum(map(len, analyses))
    times = take_turns({"network_alone": lambda: network.parse(rows),
                        "after_splitter": lambda: [analyzer.parse_again(analysis) for analysis in analyses]}, rounds)
    return {name: rates(seconds, tokens=total) for name, seconds in times.items()}


def one_thread(coder: Coder, blob: Blob, reports: list[str], rounds: int, with_spacy: bool) -> dict[str, Any]:
    """The analyser under each instruction set, the whole way from text to events, and spaCy, in turns."""
    texts, documents = [report.encode() for report in reports], [Document(text=report) for report in reports]
    analyzers = {name: Analyzer(blob, name) for name in instruction_sets()}
    analyses = coder.analyzer.analyze(texts)
    tokens, sentences = sum(map(len, analyses)), sum(len(analysis.sentences) for analysis in analyses)
    # what is compared comes next to one another in a round
    contenders: dict[str, Work] = {name: lambda analyzer=analyzer: analyzer.analyze(texts) for name, analyzer in reversed(analyzers.items())}
    contenders[coder.analyzer.instruction_set] = contenders.pop(coder.analyzer.instruction_set)
    contenders["text_to_events"] = lambda: coder.code(documents)
    result: dict[str, Any] = {"tokens": tokens, "sentences": sentences, "instruction_set": coder.analyzer.instruction_set}
    spacy_tokens = 0
    if with_spacy:
        try:
            nlp, what = small_pipeline(analyses[:LEARNT_FROM])
        except ImportError:
            result["spacy"] = {"pipeline": "spaCy is not installed"}
        else:
            spacy_tokens = sum(len(doc) for doc in nlp.pipe(reports))
            result["spacy"] = {"pipeline": what, "components": nlp.pipe_names, "tokens": spacy_tokens}
            contenders["spacy"] = lambda: list(nlp.pipe(reports))
    times = take_turns(contenders, rounds)
    chosen, events = times[coder.analyzer.instruction_set], times["text_to_events"]
    result["analyser"] = {name: rates(times[name], tokens=tokens) for name in analyzers}
    result["text_to_events"] = rates(events, tokens=tokens, sentences=sentences, documents=len(reports))
    result["text_to_events"]["of_analyser_speed"] = ratio(chosen, events)
    if spacy_tokens:
        result["spacy"] |= rates(times["spacy"], tokens=spacy_tokens)
        result["times_as_fast_as_spacy"] = {"analyser": ratio(times["spacy"], chosen), "text_to_events": ratio(times["spacy"], events)}
    result["stages"] = stages(blob, coder.analyzer, texts, rounds)
    return result


def in_child(texts: list[bytes]) -> None:
    """Analyse in a process of its own, which keeps its analyser from one batch to the next."""
    if not OWN:
        OWN.append(Analyzer(Blob(MODEL, "model")))
    OWN[0].analyze(texts)


def two_threads(coder: Coder, reports: list[str], rounds: int) -> dict[str, Any]:
    """What a second thread adds, with two cores open; two processes show how much of a second core the machine had to give."""
    texts, documents = [report.encode() for report in reports], [Document(text=report) for report in reports]
    analyse, code = coder.analyzer.analyze, coder.code
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(2) as two, ProcessPoolExecutor(2, get_context("spawn")) as processes:
        times = take_turns({"analyser_1": in_batches(one, analyse, texts), "analyser_2": in_batches(two, analyse, texts),
                            "processes": in_batches(processes, in_child, texts),
                            "text_to_events_1": in_batches(one, code, documents), "text_to_events_2": in_batches(two, code, documents)}, rounds)
    found: dict[str, Any] = {name: {"speed_up": ratio(times[f"{name}_1"], times[f"{name}_2"]),
                                    "best_to_best": round(min(times[f"{name}_1"]) / min(times[f"{name}_2"]), 2)}
                             for name in ("analyser", "text_to_events")}
    return {**found, "analyser_in_two_processes": {"speed_up": ratio(times["analyser_1"], times["processes"])}}


def fresh_starts(count: int) -> dict[str, Any]:
    """Medians over `count` new processes; times in milliseconds, memory in megabytes."""
    runs = [json.loads(subprocess.run([sys.executable, str(STARTUP)], capture_output=True, text=True, check=True).stdout) for _ in range(count)]
    memory = [run.pop("resident_mb") for run in runs]
    return {**{name: round(statistics.median(run[name] for run in runs), 1) for name in runs[0]},
            "resident_mb": {name: statistics.median(run[name] for run in memory) for name in memory[0]}}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--text", type=Path, help="plain text (UTF-8) instead of the bundled reports")
    options.add_argument("--rounds", type=int, default=11)
    options.add_argument("--core", type=int, help="the core for one thread; default: the last that the process may use")
    options.add_argument("--wheel", type=Path, help="a wheel whose size is to be told")
    options.add_argument("--no-spacy", action="store_true")
    given = options.parse_args()
    allowed = os.sched_getaffinity(0)
    told = circumstances("spacy", "thinc", "numpy", "grpcio", "protobuf")
    reports, blob, coder = reports_of(given.text), Blob(MODEL, "model"), Coder.load()
    os.sched_setaffinity(0, {max(allowed) if given.core is None else given.core})
    result: dict[str, Any] = {**told, "pinned_to": sorted(os.sched_getaffinity(0)), "rounds": given.rounds, "text": {
        "source": given.text.name if given.text else "bundled", "documents": len(reports), "characters": sum(map(len, reports))}}
    result["one_thread"] = one_thread(coder, blob, reports, given.rounds, not given.no_spacy)
    result["start"] = fresh_starts(5)
    os.sched_setaffinity(0, allowed)
    result["two_threads"] = two_threads(coder, reports, given.rounds) if len(allowed) > 1 else "only one core is allowed"
    result["bytes"] = {"model": MODEL.stat().st_size, "knowledge": SHIPPED.stat().st_size,
                       **({"wheel": given.wheel.stat().st_size} if given.wheel else {})}
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
