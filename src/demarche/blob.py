"""The one binary layout for compiled models and compiled knowledge: named arrays, aligned for memory mapping.

    bytes 0-7    b"DEMARCHE"
    bytes 8-11   format version, little-endian
    bytes 12-15  length of the header in bytes
    then         the header: JSON {"kind", "meta", "sections": {name: {"dtype", "shape", "offset"}}}
    then         the sections, each at a multiple of 64 bytes from the start of the file, little-endian

Writing is deterministic: the same arrays and the same meta give the same bytes.
"""
from __future__ import annotations

import hashlib
import json
import mmap
import struct
from math import prod
from pathlib import Path
from typing import Any, Mapping

MAGIC = b"DEMARCHE"
VERSION = 1
ALIGNMENT = 64
# struct/memoryview format and size by dtype name
DTYPES = {"i8": ("b", 1), "u8": ("B", 1), "i16": ("h", 2), "u16": ("H", 2), "i32": ("i", 4), "u32": ("I", 4),
          "i64": ("q", 8), "u64": ("Q", 8), "f32": ("f", 4)}


class BlobError(ValueError):
    """The file is not a blob of the kind asked for, or is damaged."""


def write_blob(path: str | Path, kind: str, meta: Mapping[str, Any], sections: Mapping[str, tuple[str, tuple[int, ...], bytes]]) -> None:
    """Write `sections` (name -> dtype, shape, little-endian bytes) as one blob, replacing `path` in one step."""
    table: dict[str, dict[str, Any]] = {}
    at = 0
    for name in sorted(sections):
        dtype, shape, data = sections[name]
        if len(data) != prod(shape) * DTYPES[dtype][1]:
            raise ValueError(f"section {name}: {len(data)} bytes do not fill {dtype}{list(shape)}")
        table[name] = {"dtype": dtype, "shape": list(shape), "offset": at}
        at += -(-len(data) // ALIGNMENT) * ALIGNMENT
    digest = hashlib.sha256()
    for name in sorted(sections):
        digest.update(sections[name][2])
    header = {"kind": kind, "meta": {**meta, "sha256": digest.hexdigest()}, "sections": table}
    # Offsets count from the first section; the header is padded so that this too falls on the alignment.
    text = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    text += b" " * (-(16 + len(text)) % ALIGNMENT)
    target = Path(path)
    part = target.with_name(target.name + ".part")
    with open(part, "wb") as out:
        out.write(MAGIC + struct.pack("<II", VERSION, len(text)) + text)
        for name in sorted(sections):
            data = sections[name][2]
            out.write(data + b"\0" * (-len(data) % ALIGNMENT))
    part.replace(target)


class Blob:
    """A memory-mapped blob. `blob[name]` is a read-only one-dimensional memoryview; `blob.shape(name)` its shape."""

    def __init__(self, path: str | Path, kind: str) -> None:
        self.path = Path(path)
        with open(self.path, "rb") as handle:
            try:
                self._map = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise BlobError(f"{self.path}: empty file") from error
        if len(self._map) < 16 or self._map[:8] != MAGIC:
            raise BlobError(f"{self.path}: not a compiled {kind}")
        version, length = struct.unpack("<II", self._map[8:16])
        if version != VERSION:
            raise BlobError(f"{self.path}: format version {version}, this program reads {VERSION}")
        try:
            header = json.loads(self._map[16:16 + length])
            self.meta: dict[str, Any] = header["meta"]
            self._sections: dict[str, dict[str, Any]] = header["sections"]
            found = header["kind"]
        except (ValueError, KeyError, TypeError) as error:
            raise BlobError(f"{self.path}: damaged header") from error
        if found != kind:
            raise BlobError(f"{self.path}: a compiled {found}, not a compiled {kind}")
        self._start = 16 + length
        for name, section in self._sections.items():
            size = prod(section["shape"]) * DTYPES[section["dtype"]][1]
            if self._start + section["offset"] + size > len(self._map):
                raise BlobError(f"{self.path}: section {name} is cut short")

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def __getitem__(self, name: str) -> memoryview:
        section = self._sections[name]
        code, size = DTYPES[section["dtype"]]
        begin = self._start + section["offset"]
        return memoryview(self._map)[begin:begin + prod(section["shape"]) * size].cast(code)

    def shape(self, name: str) -> tuple[int, ...]:
        return tuple(self._sections[name]["shape"])
