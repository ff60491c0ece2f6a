"""The tagger and parser as a PyTorch module: embeddings, two bidirectional GRU layers, tags, biaffine arcs, labels.

After Kiperwasser & Goldberg (2016) and Dozat & Manning (2017), sized for one CPU core; `ext/demarche/_native/network.pyx`
runs the same computation in eight-bit integers.
"""
from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from demarche.training.features import PREFIX_ROWS, SHAPE_ROWS, SUFFIX3_ROWS, SUFFIX4_ROWS


@dataclass(frozen=True)
class Sizes:
    embedding: int = 128
    hidden: int = 160       # of one direction
    tag_hidden: int = 128
    arc: int = 128
    label: int = 128

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class ParserNetwork(nn.Module):
    """`forward` gives tag scores (B, N, T), arc scores (B, N, N + 1; column 0 is the root) and the label layers."""

    def __init__(self, vocabulary: int, tags: int, labels: int, sizes: Sizes = Sizes(), dropout: float = 0.33) -> None:
        super().__init__()
        self.sizes = sizes
        tables = (vocabulary + 1, PREFIX_ROWS, SUFFIX3_ROWS, SUFFIX4_ROWS, SHAPE_ROWS)
        self.embeddings = nn.ModuleList(nn.Embedding(rows, sizes.embedding) for rows in tables)
        for table in self.embeddings:
            nn.init.normal_(table.weight, std=0.25)
        h2 = 2 * sizes.hidden
        self.layer1 = nn.GRU(sizes.embedding, sizes.hidden, batch_first=True, bidirectional=True)
        self.layer2 = nn.GRU(h2, sizes.hidden, batch_first=True, bidirectional=True)
        for layer in (self.layer1, self.layer2):
            for name, weight in layer.named_parameters():
                if name.startswith("weight_hh"):
                    for gate in weight.data.chunk(3):
                        nn.init.orthogonal_(gate)
        self.tag_hidden = nn.Linear(h2, sizes.tag_hidden)
        self.tag_out = nn.Linear(sizes.tag_hidden, tags)
        self.arc_dependent = nn.Linear(h2, sizes.arc)
        self.arc_head = nn.Linear(h2, sizes.arc)
        self.arc_bilinear = nn.Linear(sizes.arc, sizes.arc)   # head vector · (U dependent + b)
        self.arc_root = nn.Parameter(torch.rand(sizes.arc))
        self.distance = nn.Parameter(torch.zeros(2, 16))      # bias by direction and binned distance
        self.label_dependent = nn.Linear(h2, sizes.label)
        self.label_head = nn.Linear(h2, sizes.label, bias=False)
        self.label_root = nn.Parameter(torch.zeros(sizes.label))
        self.label_out = nn.Linear(sizes.label, labels)
        self.dropout = nn.Dropout(dropout)

    def encode(self, rows: Tensor, lengths: Tensor) -> Tensor:
        """rows (B, N, 5) -> (B, N, 2H)."""
        x = sum(table(rows[..., i]) for i, table in enumerate(self.embeddings))
        x = self.dropout(x)
        for layer in (self.layer1, self.layer2):
            packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            x, _ = pad_packed_sequence(layer(packed)[0], batch_first=True, total_length=rows.shape[1])
            x = self.dropout(x)
        return x

    def distance_bias(self, n: int) -> Tensor:
        """(N, N + 1): the bias of dependent i for head j - 1; 0 for the root."""
        i = torch.arange(n).unsqueeze(1)
        j = torch.arange(n + 1).unsqueeze(0) - 1
        bins = torch.tensor([distance_bin(d) for d in range(n + 1)])
        bias = self.distance[(j > i).long(), bins[(i - j).abs().clamp(max=n)]]
        return torch.cat([torch.zeros(n, 1), bias[:, 1:]], 1)

    def forward(self, rows: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        x = self.encode(rows, lengths)
        batch, n, _ = x.shape
        tags = self.tag_out(self.dropout(torch.relu(self.tag_hidden(x))))
        dependent = self.dropout(torch.relu(self.arc_dependent(x)))
        head = torch.relu(self.arc_head(x))
        head = torch.cat([torch.relu(self.arc_root).expand(batch, 1, -1), head], 1)
        arcs = self.arc_bilinear(dependent) @ self.dropout(head).transpose(1, 2) + self.distance_bias(n)
        return tags, arcs, self.label_dependent(x), self.label_head(x)

    def labels(self, dependent: Tensor, head: Tensor, heads: Tensor) -> Tensor:
        """Label scores (B, N, L) for the given heads (B, N), 0 being the root."""
        root = self.label_root.expand(head.shape[0], 1, -1)
        chosen = torch.cat([root, head], 1).gather(1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        return self.label_out(self.dropout(torch.relu(dependent + chosen)))


def distance_bin(distance: int) -> int:
    """0 to 15: exact up to 8, then doubling in width."""
    if distance <= 8:
        return distance
    for limit, number in ((10, 9), (14, 10), (20, 11), (30, 12), (45, 13), (70, 14)):
        if distance <= limit:
            return number
    return 15
