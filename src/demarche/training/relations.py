"""The learned judge's weights, from sentences with a marked actor, a marked recipient and the type of what the one does to the other.

A softmax regression over the features of relations.pyx (hashed, so that no dictionary is needed at run time), its weights rounded to
bytes. Trained in folds first: the folds give the temperature that makes probabilities hold, and the scores that are printed.
"""
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable, Iterable, Iterator, Sequence

import numpy as np
import torch

from demarche._native.analyze import Analyzer
from demarche._native.read import Reader, Reading
from demarche.blob import Blob, write_blob
from demarche.knowledge.model import Knowledge
from demarche.knowledge.patterns import TYPES, Pattern, shipped_patterns
from demarche.knowledge.sections import section

KIND = "relations"
NONE = len(TYPES)               # the class of pairs without a relation
CLASSES = NONE + 1
DATA = Path(__file__).parent / "data" / "relations"
MUTUAL = frozenset(("CONSULT", "AGREE", "COOPERATE"))   # what one does with the other, the other does with the one
CANDIDATES = frozenset((1, 3, 4))   # WHO_ACTOR, WHO_PRONOUN, WHO_NAME (arguments.pxd): the parties that the judge looks at in a text alone
FOLDS = 5
COUNTER_WEIGHT = 4              # times that a counterexample counts: there are few of them, and they stand at the border
LEAST_WEIGHT = 3                # of 127: features that weigh less for every class are left out
_MARKED = re.compile(r"\[([^\][{}]+)\]|\{([^\][{}]+)\}")


class RelationsError(ValueError):
    """A line that is no labelled sentence; says which."""


@dataclass(frozen=True)
class Labelled:
    """A sentence of the training files; the spans are bytes of its text."""
    type: str
    text: str
    actor: tuple[int, int]
    recipient: tuple[int, int]


@dataclass(frozen=True)
class Schedule:
    """How the regression is trained."""
    epochs: int = 8
    rate: float = 0.02
    decay: float = 3e-6
    batch: int = 256
    seed: int = 1
    least_seen: int = 2         # features rarer than this are left out
    smoothing: float = 0.05
    runs: int = 3               # trainings with other seeds whose weights are averaged: one alone hangs on its order and its dropout
    dropout: float = 0.3        # share of a pair's features that a step does not see, so that no word alone decides


def read_labelled(path: Path) -> Iterator[Labelled]:
    """The sentences of one file: `TYPE | The [actor] did something to {the recipient}.`, a line each; # begins a comment line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, bar, marked = (part.strip() for part in line.partition("|"))
        if not bar or kind not in (*TYPES, "NONE"):
            raise RelationsError(f"{path.name}:{number}: {kind!r} is no type")
        spans: dict[int, tuple[int, int]] = {}
        text, at = "", 0
        for match in _MARKED.finditer(marked):
            text += marked[at:match.start()]
            which = 1 if match[1] else 2
            if which in spans:
                raise RelationsError(f"{path.name}:{number}: two {'actors' if which == 1 else 'recipients'}")
            start = len(text.encode())
            text += match[which]
            spans[which] = (start, len(text.encode()))
            at = match.end()
        text += marked[at:]
        if len(spans) != 2 or re.search(r"[\][{}]", text):
            raise RelationsError(f"{path.name}:{number}: not one [actor] and one {{recipient}}")
        yield Labelled(kind, text, spans[1], spans[2])


def examples_of(patterns: Iterable[Pattern]) -> Iterator[Labelled]:
    """The example sentences of the patterns that name an actor and another party, each once in the sentence."""
    for pattern in patterns:
        for example in pattern.examples:
            named = [*example.actors[:1], *(example.recipients or example.actors[1:])[:1]]
            if not example.positive or len(named) < 2 or any(example.text.count(name) != 1 for name in named) or named[0] in named[1] or named[1] in named[0]:
                continue
            (a, b), text = (example.text.index(name) for name in named), example.text
            spans = [(len(text[:at].encode()), len(text[:at + len(name)].encode())) for at, name in zip((a, b), named)]
            yield Labelled(pattern.type, text, *spans)


def counterexamples_of(patterns: Iterable[Pattern]) -> Iterator[tuple[str, str]]:
    """(sentence, type) of what the patterns' authors say is no act of the type."""
    for pattern in patterns:
        for example in pattern.examples:
            if not example.positive:
                yield example.text, pattern.type


def head_of(reading: Reading, span: tuple[int, int]) -> int:
    """The token of a span whose head lies outside; -1 where it has no token."""
    first, last = reading.token_at(span[0]), reading.token_at(span[1] - 1)
    if first < 0 or last < first:
        return -1
    return next((i for i in range(first, last + 1) if not first <= reading.head(i) <= last), last)


def pairs_of(reader: Reader, sentences: Sequence[Labelled]) -> Iterator[tuple[int, list[int], int]]:
    """(number of the sentence, hashes of the features, class) of every pair to learn from: the marked one as a caller marks it and as the
    text alone shows it, and the same reversed, which is none."""
    texts = [s.text.encode() for s in sentences]
    for given in ([[s.actor, s.recipient] for s in sentences], None):
        for number, (sentence, reading) in enumerate(zip(sentences, reader.read(texts, given))):
            a, b = head_of(reading, sentence.actor), head_of(reading, sentence.recipient)
            if a < 0 or b < 0 or a == b or reading.sentence_of(a) != reading.sentence_of(b):
                continue
            label = NONE if sentence.type == "NONE" else TYPES.index(sentence.type)
            yield number, [row[0] for row in reader.pair_features(reading, a, b)], label
            if sentence.type not in MUTUAL:
                yield number, [row[0] for row in reader.pair_features(reading, b, a)], NONE


def pairs_against(reader: Reader, sentences: Sequence[tuple[str, str]]) -> Iterator[tuple[list[int], int]]:
    """(hashes of the features, class that it is not) of every pair of possible parties of counterexamples."""
    for (_, kind), reading in zip(sentences, reader.read([text.encode() for text, _ in sentences])):
        parties = [token for token in range(reading.n_tokens) if reading.who(token) in CANDIDATES]
        for a in parties:
            for b in parties:
                if a != b and reading.sentence_of(a) == reading.sentence_of(b):
                    yield [row[0] for row in reader.pair_features(reading, a, b)], TYPES.index(kind)


class Regression:
    """Softmax regression over sparse features. A label below 0 says what a pair is not: -1 - the class."""

    def __init__(self, rows: Sequence[Sequence[int]], labels: Sequence[int], schedule: Schedule) -> None:
        torch.manual_seed(schedule.seed)
        seen: dict[int, int] = {}
        for row in rows:
            for h in set(row):
                seen[h] = seen.get(h, 0) + 1
        self.index = {h: i for i, h in enumerate(sorted(h for h, n in seen.items() if n >= schedule.least_seen))}
        bags, targets = [self.bag(row) for row in rows], torch.tensor(labels)
        self.table = torch.nn.EmbeddingBag(len(self.index), CLASSES, mode="sum")
        torch.nn.init.zeros_(self.table.weight)
        self.bias = torch.nn.Parameter(torch.zeros(CLASSES))
        weight = self.table.weight
        optimiser = torch.optim.Adam([weight, self.bias], lr=schedule.rate)
        generator = torch.Generator().manual_seed(schedule.seed)
        loss_of = torch.nn.CrossEntropyLoss(label_smoothing=schedule.smoothing)
        for epoch in range(schedule.epochs):
            for group in optimiser.param_groups:
                group["lr"] = schedule.rate * (1 - epoch / schedule.epochs)
            order = torch.randperm(len(bags), generator=generator).tolist()
            for start in range(0, len(order), schedule.batch):
                chosen = order[start:start + schedule.batch]
                thinned = [bags[i][torch.rand(len(bags[i]), generator=generator) >= schedule.dropout] for i in chosen]
                scores, wanted = self.scores(thinned, 1 - schedule.dropout), targets[chosen]
                told = wanted >= 0
                loss = loss_of(scores[told], wanted[told]) * told.float().mean() if bool(told.any()) else 0
                if not bool(told.all()):
                    ruled_out = scores[~told].softmax(1).gather(1, (-1 - wanted[~told]).unsqueeze(1))
                    loss = loss - torch.log1p(-ruled_out.clamp(max=1 - 1e-6)).sum() / len(chosen)
                loss = loss + schedule.decay * len(bags) * (weight ** 2).sum() / schedule.batch
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()

    def bag(self, row: Iterable[int]) -> torch.Tensor:
        return torch.tensor([self.index[h] for h in row if h in self.index], dtype=torch.long)

    def scores(self, bags: Sequence[torch.Tensor], seen: float = 1.0) -> torch.Tensor:
        """One row of class scores for each bag, before the softmax; `seen` is the share of the features that the bags hold."""
        offsets = torch.tensor([0, *np.cumsum([len(bag) for bag in bags[:-1]]).tolist()])
        return self.table(torch.cat(list(bags)), offsets) / seen + self.bias

    def predict(self, rows: Sequence[Sequence[int]]) -> torch.Tensor:
        with torch.no_grad():
            return self.scores([self.bag(row) for row in rows])


def averaged(rows: Sequence[Sequence[int]], labels: Sequence[int], schedule: Schedule) -> Regression:
    """The mean of several runs: their features are the same, so their weights can be averaged."""
    model, *others = [Regression(rows, labels, replace(schedule, seed=schedule.seed + run)) for run in range(schedule.runs)]
    with torch.no_grad():
        for own, *theirs in zip((model.table.weight, model.bias), *((other.table.weight, other.bias) for other in others)):
            own.copy_(torch.stack([own, *theirs]).mean(0))
    return model


def temperature_of(scores: torch.Tensor, labels: torch.Tensor) -> float:
    """What scores are divided by so that held-out probabilities hold: the least log loss on a grid."""
    grid = [0.5 + 0.05 * i for i in range(60)]
    losses = [float(torch.nn.functional.cross_entropy(scores / t, labels)) for t in grid]
    return grid[losses.index(min(losses))]


def relation_sections(model: Regression, temperature: float) -> tuple[dict, dict]:
    """Meta and sections of the blob: an open-addressing table of hashes, rows of weights as bytes."""
    weights = model.table.weight.detach().numpy() / temperature
    bias = model.bias.detach().numpy() / temperature
    unit = float(np.abs(weights).max()) / 127
    rounded = np.clip(np.rint(weights / unit), -127, 127).astype(np.int8)
    kept = [(h, i) for h, i in model.index.items() if np.abs(rounded[i]).max() >= LEAST_WEIGHT]
    size = 1 << (len(kept) * 4 // 3 + 1).bit_length()
    keys, rows = [0] * size, [0] * size
    for row, (h, _) in enumerate(kept):
        at = h & (size - 1)
        while keys[at]:
            at = (at + 1) & (size - 1)
        keys[at], rows[at] = h >> 32 | 1, row
    table = rounded[[i for _, i in kept]]
    sections = {"relations.keys": section("u32", keys), "relations.rows": section("u32", rows),
                "relations.weights": ("i8", (table.size,), table.tobytes()),
                "relations.bias": section("i32", [int(b) for b in np.rint(bias / unit)])}
    return {"scale": unit, "features": len(kept)}, sections


def train_relations(out: Path, model: Blob, paths: Sequence[Path] = (), report: Callable[[str], None] = print, schedule: Schedule = Schedule(),
                    threshold: float = 0.8, given_threshold: float = 0.1) -> None:
    """Learns from the files `paths` (the shipped ones if none are given) and the examples of the shipped patterns, and writes the blob.

    The same files, model and knowledge give the same bytes on one kind of machine. Raises RelationsError for a line that is no
    labelled sentence.
    """
    torch.use_deterministic_algorithms(True)
    sentences = [sentence for path in paths or sorted(DATA.glob("*.txt")) for sentence in read_labelled(path)]
    n_labelled = len(sentences)
    sentences += examples_of(shipped_patterns())
    reader = Reader(Analyzer(model), Knowledge().blob)
    pairs = list(pairs_of(reader, sentences))
    against = [(len(sentences), row, -1 - kind) for row, kind in pairs_against(reader, list(counterexamples_of(shipped_patterns())))]
    pairs += against * COUNTER_WEIGHT
    numbers = np.array([number for number, _, _ in pairs])
    rows, labels = [row for _, row, _ in pairs], [label for _, _, label in pairs]
    report(f"{len(sentences)} sentences, {len(pairs)} pairs, {len(against)} of them counterexamples")
    # the patterns were written to hold on their examples: they are learnt from, never measured on
    folds = np.append(np.random.default_rng(schedule.seed).permutation(n_labelled) % FOLDS, np.full(len(sentences) - n_labelled + 1, FOLDS))
    scores = torch.zeros(len(pairs), CLASSES)
    for fold in range(FOLDS):
        inside = [i for i in range(len(pairs)) if folds[numbers[i]] != fold]
        outside = [i for i in range(len(pairs)) if folds[numbers[i]] == fold]
        trained = averaged([rows[i] for i in inside], [labels[i] for i in inside], schedule)
        scores[outside] = trained.predict([rows[i] for i in outside])
    held_out = torch.tensor(folds[numbers] < FOLDS)
    targets, scores = torch.tensor(labels)[held_out], scores[held_out]
    temperature = temperature_of(scores, targets)
    report(f"temperature {temperature:.2f}; {_scores(scores / temperature, targets)}")
    meta, sections = relation_sections(averaged(rows, labels, schedule), temperature)
    write_blob(out, KIND, {**meta, "threshold": threshold, "given_threshold": given_threshold}, sections)
    report(f"wrote {out}: {meta['features']} features")


def _scores(scores: torch.Tensor, targets: torch.Tensor) -> str:
    """What held-out folds give: macro-F1 of the types over the marked pairs, and how probabilities hold."""
    marked = targets != NONE
    chosen = scores[:, :NONE].argmax(1)
    values = []
    for kind in range(NONE):
        right = int(((chosen == kind) & (targets == kind)).sum())
        found, there = int(((chosen == kind) & marked).sum()), int((targets == kind).sum())
        values.append(2 * right / (found + there) if found + there else 0.0)
    probability, best = scores.softmax(1)[:, :NONE].max(1)
    lines = [f"told that there is one: macro-F1 {sum(values) / len(values):.3f}"]
    for low in (0.5, 0.6, 0.7, 0.8, 0.9):
        sure = (probability >= low) & (probability < low + 0.1)
        if int(sure.sum()):
            lines.append(f"{low:.1f}+ {float((best[sure] == targets[sure]).float().mean()):.2f} of {int(sure.sum())}")
    return ", ".join(lines)
