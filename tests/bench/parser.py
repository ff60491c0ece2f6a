"""How fast and how right the parser is: python tests/bench/parser.py MODEL TREEBANK.conllu[.gz]... > result.json

For each instruction set: tokens per second of one thread, of the network alone (embedding rows to tags and trees), of the stages after the
splitter (features, network, lemmas), and of everything from text, in documents of 20 sentences. Pin the process to one core
(`taskset -c 1`) for figures worth comparing.
"""
from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import Callable

from demarche._native.analyze import Analyzer
from demarche._native.encode import Encoder
from demarche._native.network import Network, instruction_sets
from demarche.blob import Blob
from demarche.training.conllu import TreebankSentence, read_conllu

MAX_WORDS = 192


def best_time(work: Callable[[], object], repeats: int) -> float:
    """Seconds of the fastest of `repeats` runs."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def accuracy(analyzer: Analyzer, sentences: list[TreebankSentence]) -> dict[str, float]:
    """UPOS, XPOS, UAS and LAS (universal labels) in percent of the words."""
    analysis = analyzer.analyze_tokens([[(w.form, w.glued) for w in s.words] for s in sentences])
    tokens, right = analysis.tokens, {"upos": 0, "xpos": 0, "uas": 0, "las": 0, "lemma": 0}
    at = 0
    for sentence in sentences:
        for i, word in enumerate(sentence.words):
            token = tokens[at + i]
            head = 0 if token.head < 0 else token.head - at + 1
            right["upos"] += token.upos == word.upos
            right["xpos"] += token.xpos == word.xpos
            right["lemma"] += token.lemma == word.lemma
            right["uas"] += head == word.head
            right["las"] += head == word.head and token.deprel.split(":")[0] == word.deprel.split(":")[0]
        at += len(sentence.words)
    return {name: round(100 * count / at, 2) for name, count in right.items()}


def processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":")[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("model", type=Path)
    arguments.add_argument("treebanks", nargs="+", type=Path)
    arguments.add_argument("--repeats", type=int, default=5)
    given = arguments.parse_args()
    blob = Blob(given.model, "model")
    treebanks = {path.name.split(".")[0]: [s for s in read_conllu(path) if len(s.words) <= MAX_WORDS] for path in given.treebanks}
    sentences = [s for block in treebanks.values() for s in block]
    tokens = sum(len(s.words) for s in sentences)
    encoder = Encoder(blob)
    rows = [b"".join(b"".join(row.to_bytes(4, sys.byteorder) for row in encoder.encode(w.form.encode(), w.glued)[0]) for w in s.words)
            for s in sentences]
    texts = [" ".join(s.text for s in sentences[at:at + 20]).encode() for at in range(0, len(sentences), 20)]
    speeds: dict[str, dict[str, int]] = {}
    for name in instruction_sets():
        network, analyzer = Network(blob, name), Analyzer(blob, name)
        analysis = analyzer.analyze_tokens([[(w.form, w.glued) for w in s.words] for s in sentences])
        network.parse(rows[:200])
        speeds[name] = {"network": round(tokens / best_time(lambda: network.parse(rows), given.repeats)),
                        "after_splitter": round(tokens / best_time(lambda: analyzer.parse_again(analysis), given.repeats))}
        if "split.token_weights" in blob:
            found = sum(len(analysis) for analysis in analyzer.analyze(texts))
            speeds[name]["from_text"] = round(found / best_time(lambda: analyzer.analyze(texts), given.repeats))
    analyzer = Analyzer(blob)
    print(json.dumps({"processor": processor(), "python": platform.python_version(), "cores": sorted(os.sched_getaffinity(0)),
                      "model": blob.meta["sha256"][:16], "tokens": tokens, "sentences": len(sentences), "tokens_per_second": speeds,
                      "accuracy": {name: accuracy(analyzer, block) for name, block in treebanks.items()}}, indent=2))


if __name__ == "__main__":
    main()
