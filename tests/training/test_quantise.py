"""Quantised layers compute what the float layers do, within the error of seven-bit weights, and never leave 16 bits."""
from __future__ import annotations

import random

import pytest

np = pytest.importorskip("numpy")
torch = pytest.importorskip("torch")

from demarche._native.network import Network  # noqa: E402
from demarche.blob import Blob, write_blob  # noqa: E402
from demarche.training.conllu import TreebankSentence, Word  # noqa: E402
from demarche.training.corpus import Encoder, Inventory  # noqa: E402
from demarche.training.network import ParserNetwork, Sizes  # noqa: E402
from demarche.training.quantise import by_units, fit_groups, pack, quantise, quantise_rows  # noqa: E402

torch.set_num_threads(1)  # matrices this small are slower on more, and on a busy machine very much so


def test_rows_are_close_and_groups_fit_sixteen_bits() -> None:
    weights = np.random.default_rng(1).standard_t(3, (64, 96)).astype(np.float32)
    integers, scale = quantise_rows(weights)
    assert np.abs(integers).max() <= 63
    wide = integers.astype(np.int32).reshape(64, 12, 2, 2, 2)  # [row][eight][half][pair][of the pair]
    for sign in (1, -1):
        assert (np.maximum(sign * wide, 0).sum((2, 4)) * 255).max() <= 32767
    error = np.linalg.norm(integers * scale[:, None] - weights) / np.linalg.norm(weights)
    assert error < 0.2


def test_groups_that_fit_are_left_alone() -> None:
    rows = np.random.default_rng(2).integers(-32, 33, (16, 32)).astype(np.int32)
    assert (fit_groups(rows) == rows).all()
    full = fit_groups(np.full((1, 8), 63, np.int32))
    assert full.reshape(2, 2, 2).sum((0, 2)).tolist() == [128, 128]


def test_packing_order() -> None:
    packed = pack(np.arange(32 * 8, dtype=np.int64).reshape(32, 8).astype(np.int16))
    assert packed.shape == (2, 2, 16, 4)
    assert packed[1, 1, 3].tolist() == [(19 * 8 + 4 + k) for k in range(4)]


def test_gates_are_interleaved_by_sixteen_units_and_two_of_three_halved() -> None:
    rows = by_units(np.arange(96, dtype=np.float32))
    assert rows[:16].tolist() == [i / 2 for i in range(16)]
    assert rows[16:32].tolist() == [(32 + i) / 2 for i in range(16)]
    assert rows[32:48].tolist() == [64 + i for i in range(16)]
    assert rows[48] == 8


def learned_network() -> tuple[ParserNetwork, Inventory, list[TreebankSentence]]:
    """A network that has learned a toy language by heart: its decisions have margins, as those of a trained one have."""
    source = random.Random(5)
    lexicon = {"NOUN": ["envoy", "town", "plan", "raid"], "VERB": ["saw", "left", "met"], "DET": ["the", "a"], "PUNCT": [".", "!"]}
    xpos = {"NOUN": "NN", "VERB": "VBD", "DET": "DT", "PUNCT": "."}
    sentences = []
    for _ in range(40):
        words: list[Word] = []

        def add(upos: str, head: int, deprel: str) -> None:
            form = source.choice(lexicon[upos])
            words.append(Word(form, form, upos, xpos[upos], head, deprel, upos == "PUNCT"))

        add("DET", 2, "det")
        add("NOUN", 3, "nsubj")
        add("VERB", 0, "root")
        if source.random() < 0.5:
            add("DET", 5, "det")
            add("NOUN", 3, "obj")
        add("PUNCT", 3, "punct")
        sentences.append(TreebankSentence(words))
    inventory = Inventory.of(sentences)
    torch.manual_seed(1)
    network = ParserNetwork(len(inventory.forms), len(inventory.tags), len(inventory.labels), Sizes(32, 32, 32, 32, 32), 0.0)
    from demarche.training.parser import batch_loss
    optimiser = torch.optim.Adam(network.parameters(), lr=5e-3)
    encoder = Encoder(inventory)
    for _ in range(60):
        loss = batch_loss(network, encoder.batch(source.sample(sentences, 24)))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return network.eval(), inventory, sentences


def test_the_quantised_network_decides_as_the_float_network(tmp_path) -> None:
    network, inventory, sentences = learned_network()
    meta, sections = quantise(network, inventory, sentences[:40])
    write_blob(tmp_path / "toy.blob", "model", meta, sections)
    native = Network(Blob(tmp_path / "toy.blob", "model"))
    encoder = Encoder(inventory)
    for sentence in sentences[:16]:
        batch = encoder.batch([sentence])
        with torch.no_grad():
            tags, arcs, dependent, head = network(batch.rows, batch.lengths)
            expected = (tags[0].argmax(-1), arcs[0].argmax(-1), network.labels(dependent, head, batch.heads)[0].argmax(-1))
        trace = native.trace(batch.rows[0].numpy().astype(np.uint32).tobytes())
        found = (np.frombuffer(trace["tags"], np.uint8), np.frombuffer(trace["heads"], np.int16), np.frombuffer(trace["labels"], np.uint8))
        for name, right, given in zip(("tags", "heads", "labels"), expected, found, strict=True):
            assert right.numpy().tolist() == given.tolist(), (name, [word.form for word in sentence.words])
        encoded = np.frombuffer(trace["encoded"], np.uint8).reshape(len(sentence.words), -1)
        with torch.no_grad():
            states = network.encode(batch.rows, batch.lengths)[0].numpy()
        assert np.abs((encoded - 128.0) / 127 - states).mean() < 0.02


def test_the_same_network_gives_the_same_sections() -> None:
    torch.manual_seed(3)
    words = [Word(form, form, "NOUN", "NN", i, "obj" if i else "root", False) for i, form in enumerate(("a", "b", "c"))]
    sentence = TreebankSentence(words)
    inventory = Inventory.of([sentence] * 3)
    network = ParserNetwork(len(inventory.forms), len(inventory.tags), len(inventory.labels), Sizes(16, 16, 16, 16, 16), 0.0)
    assert quantise(network, inventory, [sentence]) == quantise(network, inventory, [sentence])


def test_sizes_that_the_kernels_do_not_take() -> None:
    sentence = TreebankSentence([Word("a", "a", "NOUN", "NN", 0, "root", False)])
    inventory = Inventory.of([sentence] * 3)
    with pytest.raises(ValueError, match="multiples of 16"):
        quantise(ParserNetwork(1, 1, 1, Sizes(20, 16, 16, 16, 16), 0.0), inventory, [sentence])
