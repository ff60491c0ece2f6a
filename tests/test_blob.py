"""The binary container: arrays come back, same input same bytes, damage is named."""
import struct

import pytest

from demarche.blob import Blob, BlobError, write_blob

SECTIONS = {"a.words": ("u16", (2, 2), struct.pack("<4H", 1, 2, 3, 4)), "b": ("i8", (3,), b"\x01\xff\x00")}


def test_round_trip(tmp_path):
    write_blob(tmp_path / "x", "model", {"name": "é"}, SECTIONS)
    blob = Blob(tmp_path / "x", "model")
    assert list(blob["a.words"]) == [1, 2, 3, 4] and blob.shape("a.words") == (2, 2)
    assert list(blob["b"]) == [1, -1, 0] and blob.meta["name"] == "é"


def test_same_input_same_bytes(tmp_path):
    for name in ("x", "y"):
        write_blob(tmp_path / name, "model", {}, SECTIONS)
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y").read_bytes()


@pytest.mark.parametrize("damage, message", [
    (lambda b: b"", "empty"), (lambda b: b"ELF" + b, "not a compiled"), (lambda b: b[:-64], "cut short"),
    (lambda b: b[:8] + b"\x09" + b[9:], "version"), (lambda b: b[:16] + b"!" + b[17:], "damaged")])
def test_damage_is_named(tmp_path, damage, message):
    write_blob(tmp_path / "x", "model", {}, SECTIONS)
    (tmp_path / "x").write_bytes(damage((tmp_path / "x").read_bytes()))
    with pytest.raises(BlobError, match=message):
        Blob(tmp_path / "x", "model")


def test_other_kind(tmp_path):
    write_blob(tmp_path / "x", "model", {}, SECTIONS)
    with pytest.raises(BlobError, match="not a compiled knowledge"):
        Blob(tmp_path / "x", "knowledge")
