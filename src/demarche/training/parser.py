"""Training the tagger and parser network."""
from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass
from typing import Callable, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from demarche.training.conllu import TreebankSentence
from demarche.training.corpus import Batch, Encoder, Inventory, shuffled_groups
from demarche.training.network import ParserNetwork, Sizes


@dataclass(frozen=True)
class Schedule:
    epochs: int = 28
    batch_tokens: int = 800
    learning_rate: float = 3e-3
    warm_up: int = 200          # steps
    dropout: float = 0.33
    word_dropout: float = 0.3   # a word seen n times is hidden with 0.3 / (0.3 + n)
    case_share: float = 0.1     # of the sentences, shown in capitals, lower case or title case
    seed: int = 1


def train_parser(train: Sequence[TreebankSentence], dev: dict[str, Sequence[TreebankSentence]], schedule: Schedule = Schedule(),
                 sizes: Sizes = Sizes(), report: Callable[[str], None] = print) -> tuple[ParserNetwork, Inventory]:
    """The network trained on `train`; `dev` is only looked at. One thread and fixed seeds: the same data give the same weights."""
    torch.set_num_threads(1)
    torch.manual_seed(schedule.seed)
    torch.use_deterministic_algorithms(True)
    source = random.Random(schedule.seed)
    inventory = Inventory.of(train)
    encoder = Encoder(inventory)
    network = ParserNetwork(len(inventory.forms), len(inventory.tags), len(inventory.labels), sizes, schedule.dropout)
    optimiser = torch.optim.Adam(network.parameters(), lr=schedule.learning_rate, betas=(0.9, 0.98), eps=1e-8)
    steps = schedule.epochs * sum(1 for _ in shuffled_groups(train, schedule.batch_tokens, random.Random(0)))
    step, begin = 0, time.monotonic()
    for epoch in range(schedule.epochs):
        network.train()
        total = 0.0
        for group in shuffled_groups(train, schedule.batch_tokens, source):
            rate = schedule.learning_rate * min(1.0, (step + 1) / schedule.warm_up) * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))
            for parameters in optimiser.param_groups:
                parameters["lr"] = max(rate, 1e-5)
            batch = encoder.batch(group, source, schedule.case_share, schedule.word_dropout)
            loss = batch_loss(network, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            total += loss.item()
            step += 1
        line = f"epoch {epoch + 1}/{schedule.epochs} loss {total:.0f} {time.monotonic() - begin:.0f}s"
        for name, sentences in dev.items():
            line += f" | {name} " + " ".join(f"{k} {v:.2f}" for k, v in evaluate(network, encoder, sentences).items())
        report(line)
    return network.eval(), inventory


def batch_loss(network: ParserNetwork, batch: Batch) -> Tensor:
    """Cross-entropy of tags, heads and labels (given the right heads), each averaged over words."""
    gold = (batch.tags, batch.heads, batch.labels)
    return sum(functional.nll_loss(scores.flatten(0, 1), wanted.flatten(), ignore_index=-1) for scores, wanted in zip(distributions(network, batch), gold))


def distributions(network: ParserNetwork, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Log-probabilities of tags (B, N, T), heads (B, N, N + 1) and labels (B, N, L), the labels given the right heads."""
    tags, arcs, label_dependent, label_head = network(batch.rows, batch.lengths)
    mask = torch.arange(arcs.shape[2]).view(1, 1, -1) > batch.lengths.view(-1, 1, 1)
    labels = network.labels(label_dependent, label_head, batch.heads.clamp(min=0))
    return tuple(functional.log_softmax(scores, -1) for scores in (tags, arcs.masked_fill(mask, -1e4), labels))


@torch.no_grad()
def evaluate(network: ParserNetwork, encoder: Encoder, sentences: Sequence[TreebankSentence]) -> dict[str, float]:
    """UPOS, XPOS, UAS and LAS (universal labels) in percent, gold tokens, heads by argmax."""
    network.eval()
    inventory = encoder.inventory
    words = upos = xpos = uas = las = 0
    order = sorted(sentences, key=lambda s: len(s.words))
    for at in range(0, len(order), 64):
        group = order[at:at + 64]
        batch = encoder.batch(group)
        tags, arcs, label_dependent, label_head = network(batch.rows, batch.lengths)
        mask = torch.arange(arcs.shape[2]).view(1, 1, -1) > batch.lengths.view(-1, 1, 1)
        heads = arcs.masked_fill(mask, -1e4).argmax(-1)
        labels = network.labels(label_dependent, label_head, heads).argmax(-1)
        best = tags.argmax(-1)
        for b, sentence in enumerate(group):
            for i, word in enumerate(sentence.words):
                tag, label = inventory.tags[best[b, i]], inventory.labels[labels[b, i]]
                words += 1
                upos += tag[0] == word.upos
                xpos += tag[1] == word.xpos
                right = int(heads[b, i]) == word.head
                uas += right
                las += right and label.split(":")[0] == word.deprel.split(":")[0]
    return {"upos": 100 * upos / words, "xpos": 100 * xpos / words, "uas": 100 * uas / words, "las": 100 * las / words}
