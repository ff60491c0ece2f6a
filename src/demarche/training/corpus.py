"""From treebank sentences to arrays that the network trains on: batches by length, case variants, word dropout."""
from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Iterator, Sequence

import torch
from torch import Tensor

from demarche.training.conllu import TreebankSentence, Word
from demarche.training.features import hashed_rows, network_form

cached_rows = lru_cache(maxsize=None)(hashed_rows)


@dataclass
class Inventory:
    """The vocabulary and the label sets that a model is built on, in their final order."""
    forms: list[str]
    tags: list[tuple[str, str]]
    labels: list[str]
    counts: Counter[str]
    row: dict[str, int] = field(init=False)
    tag_index: dict[tuple[str, str], int] = field(init=False)
    label_index: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.row = {form: i for i, form in enumerate(self.forms, 1)}
        self.tag_index = {tag: i for i, tag in enumerate(self.tags)}
        self.label_index = {label: i for i, label in enumerate(self.labels)}

    @classmethod
    def of(cls, sentences: Sequence[TreebankSentence]) -> "Inventory":
        counts = Counter(network_form(w.form) for s in sentences for w in s.words)
        tags = Counter((w.upos, w.xpos) for s in sentences for w in s.words)
        labels = Counter(w.deprel for s in sentences for w in s.words)
        return cls(sorted(f for f, n in counts.items() if n >= 2), sorted(t for t, n in tags.items() if n >= 3),
                   sorted(l for l, n in labels.items() if n >= 3), counts)


@dataclass
class Batch:
    rows: Tensor      # (B, N, 5)
    lengths: Tensor   # (B,)
    tags: Tensor      # (B, N), -1 where there is none
    heads: Tensor     # (B, N), -1 where there is no word
    labels: Tensor    # (B, N), -1 likewise


def change_case(word: Word, style: str) -> str:
    return word.form.upper() if style == "upper" else word.form.lower() if style == "lower" else word.form[:1].upper() + word.form[1:]


class Encoder:
    """Turns sentences into batches; with a random source it drops rare words and changes the case of some sentences."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory

    def batch(self, sentences: Sequence[TreebankSentence], source: random.Random | None = None, case_share: float = 0.0, word_dropout: float = 0.0) -> Batch:
        n = max(len(s.words) for s in sentences)
        rows = torch.zeros(len(sentences), n, 5, dtype=torch.long)
        tags, heads, labels = (torch.full((len(sentences), n), -1) for _ in range(3))
        inventory = self.inventory
        for b, sentence in enumerate(sentences):
            style = source.choice(("upper", "lower", "title")) if source and source.random() < case_share else ""
            block, tag_row, head_row, label_row = [], [], [], []
            for word in sentence.words:
                form = change_case(word, style) if style else word.form
                known = network_form(form)
                row = inventory.row.get(known, 0)
                if source and row and source.random() < word_dropout / (word_dropout + inventory.counts[known]):
                    row = 0
                block.append((row, *cached_rows(form, word.glued)))
                tag_row.append(inventory.tag_index.get((word.upos, word.xpos), -1))
                head_row.append(word.head)
                label_row.append(inventory.label_index.get(word.deprel, -1))
            k = len(block)
            rows[b, :k], tags[b, :k] = torch.tensor(block), torch.tensor(tag_row)
            heads[b, :k], labels[b, :k] = torch.tensor(head_row), torch.tensor(label_row)
        return Batch(rows, torch.tensor([len(s.words) for s in sentences]), tags, heads, labels)


def shuffled_groups(sentences: Sequence[TreebankSentence], tokens: int, source: random.Random) -> Iterator[list[TreebankSentence]]:
    """Groups of sentences of similar length, about `tokens` words each, in random order."""
    order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i].words) + source.random() * 3, i))
    groups: list[list[TreebankSentence]] = []
    group: list[TreebankSentence] = []
    for i in order:
        group.append(sentences[i])
        if len(group) * len(sentences[i].words) >= tokens:
            groups.append(group)
            group = []
    if group:
        groups.append(group)
    source.shuffle(groups)
    yield from groups
