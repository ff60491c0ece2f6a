"""Every instruction set computes the same bytes, and they are what the float network means."""
from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from demarche._native.network import TABLE_NAMES, Network, instruction_sets
from demarche.blob import Blob, write_blob


def random_rows(blob: Blob, n: int, source: random.Random) -> bytes:
    sizes = [blob.shape(f"embedding.{name}")[0] for name in TABLE_NAMES]
    return struct.pack(f"={5 * n}I", *(source.randrange(size) for _ in range(n) for size in sizes))


def test_there_is_always_an_instruction_set() -> None:
    assert instruction_sets()[-1] == "portable"


def test_instruction_sets_agree_to_the_bit(model: Blob) -> None:
    source = random.Random(1)
    networks = [Network(model, name) for name in instruction_sets()]
    for n in [*range(1, 20), 31, 32, 33, 47, 64, 100, 191, 192]:
        rows = random_rows(model, n, source)
        reference = networks[-1].trace(rows)
        for network in networks[:-1]:
            found = network.trace(rows)
            assert found == reference, (network.instruction_set, n, [key for key in found if found[key] != reference[key]])


def test_results_do_not_depend_on_earlier_sentences(model: Blob) -> None:
    source = random.Random(2)
    network = Network(model)
    sentences = [random_rows(model, n, source) for n in (192, 3, 40, 1, 17, 64, 5)]
    together = network.parse(sentences)
    assert together == [network.parse([rows])[0] for rows in sentences]
    assert together == [(t["tags"], t["heads"], t["labels"]) for t in map(network.trace, sentences)]


def test_one_root_word_has_the_root_label(model: Blob) -> None:
    source = random.Random(3)
    root = model.meta["parser"]["root_label"]
    for _, heads, labels in Network(model).parse([random_rows(model, n, source) for n in range(1, 60)]):
        assert [head == 0 for head in struct.unpack(f"={len(labels)}h", heads)] == [label == root for label in labels]
        assert sum(label == root for label in labels) == 1


def test_the_environment_chooses(model: Blob, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMARCHE_ISA", "portable")
    assert Network(model).instruction_set == "portable"
    monkeypatch.setenv("DEMARCHE_ISA", "")
    assert Network(model).instruction_set == instruction_sets()[0]
    with pytest.raises(ValueError, match="no instruction set 'abacus'"):
        Network(model, "abacus")


def test_wrong_rows(model: Blob) -> None:
    network = Network(model)
    for rows in (b"", b"\0" * 19, b"\0" * (193 * 20), struct.pack("=5I", 0, 0, 0, 0, 2048)):
        with pytest.raises(ValueError):
            network.parse([rows])


def copy_of(blob: Blob, path: Path, **changed: bytes) -> Blob:
    """The model with some sections' bytes replaced (dots in names written as __)."""
    names = {"i8": "b", "u8": "B", "i16": "h", "u16": "H", "i32": "i", "u32": "I", "u64": "Q", "f32": "f"}
    sections = {}
    for name, entry in blob._sections.items():
        data = changed.get(name.replace(".", "__"), bytes(blob[name].cast("B")))
        size = struct.calcsize(names[entry["dtype"]])
        shape = tuple(entry["shape"]) if name.replace(".", "__") not in changed else (len(data) // size,)
        sections[name] = (entry["dtype"], shape, data)
    write_blob(path, "model", {key: value for key, value in blob.meta.items() if key != "sha256"}, sections)
    return Blob(path, "model")


@pytest.mark.parametrize("damage", [{"tags": b"\x63" * 2}, {"labels": b"\x00"}, {"tag__out__bias": b"\0" * 4}, {"arc__distance": b"\0" * 4},
                                    {"embedding__multiplier": b"\xff" * 20}, {"label__root": b""}])
def test_damaged_models_are_refused(model: Blob, tmp_path: Path, damage: dict[str, bytes]) -> None:
    with pytest.raises(ValueError):
        Network(copy_of(model, tmp_path / "damaged.blob", **damage))
