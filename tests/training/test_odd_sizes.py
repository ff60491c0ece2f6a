"""Networks of sizes that leave every kernel a remainder: all instruction sets compute the same bytes."""
from __future__ import annotations

import random
import struct

from demarche._native.network import TABLE_NAMES, Network, instruction_sets
from demarche.blob import Blob


def test_instruction_sets_agree_on_odd_sizes(small_model: Blob) -> None:
    source = random.Random(1)
    sizes = [small_model.shape(f"embedding.{name}")[0] for name in TABLE_NAMES]
    networks = [Network(small_model, name) for name in instruction_sets()]
    for n in [*range(1, 20), 31, 32, 33, 47, 64, 100, 191, 192]:
        rows = struct.pack(f"={5 * n}I", *(source.randrange(size) for _ in range(n) for size in sizes))
        reference = networks[-1].trace(rows)
        for network in networks[:-1]:
            found = network.trace(rows)
            assert found == reference, (network.instruction_set, n, [key for key in found if found[key] != reference[key]])
