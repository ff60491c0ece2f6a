"""What the network sees of a word: a vocabulary row and hashed rows for prefix, suffixes and shape.

`ext/demarche/_native/encode.pyx` computes the same features in C; a test compares the two on the treebank's words.
"""
from __future__ import annotations

import unicodedata

MASK = (1 << 64) - 1
PREFIX_ROWS, SUFFIX3_ROWS, SUFFIX4_ROWS, SHAPE_ROWS = 2048, 4096, 6144, 2048
PREFIX_SEED, SUFFIX3_SEED, SUFFIX4_SEED, SHAPE_SEED = 2, 3, 4, 5
# Typographic variants that the network need not tell apart (the shape still does).
FOLDED = {ord(c): "'" for c in "‘’ʼ`´"} | {ord(c): '"' for c in "“”„«»"} | {ord(c): "-" for c in "‐‑‒–—―−"}

CLASS_ALPHA, CLASS_UPPER, CLASS_DIGIT, CLASS_SPACE, CLASS_PUNCT, CLASS_SYMBOL, CLASS_OTHER = 1, 2, 4, 8, 16, 32, 64


def fnv1a(data: bytes, seed: int = 0) -> int:
    """FNV-1a, 64 bits, `seed` xored into the basis: the hash of `document.pyx`."""
    value = 0xCBF29CE484222325 ^ seed
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def row_of(text: str, seed: int, rows: int) -> int:
    value = fnv1a(text.encode(), seed)
    return (value ^ value >> 32) % rows


def lower_character(c: str) -> str:
    """The lower case of one character where that is one character, else the character itself."""
    low = c.lower()
    return low if len(low) == 1 else c


def character_class(c: str) -> int:
    """CLASS_* bits from the Unicode general category."""
    category = unicodedata.category(c)
    bits = 0
    if category[0] in "LM":
        bits |= CLASS_ALPHA
    if lower_character(c) != c:
        bits |= CLASS_UPPER
    if category == "Nd":
        bits |= CLASS_DIGIT
    if category[0] == "Z" or c in "\t\n\v\f\r\x85":
        bits |= CLASS_SPACE
    if category[0] == "P":
        bits |= CLASS_PUNCT
    if category[0] == "S":
        bits |= CLASS_SYMBOL
    return bits or CLASS_OTHER


def unicode_tables() -> tuple[list[int], list[int]]:
    """Two-stage table of all code points: stage 1 maps cp >> 8 to a block; an entry is class << 24 | (lower-case code point minus
    code point, in 24 bits)."""
    blocks: dict[tuple[int, ...], int] = {}
    stage1: list[int] = []
    for high in range(0x1100):
        block = tuple(_entry(chr(cp)) for cp in range(high << 8, (high << 8) + 256))
        stage1.append(blocks.setdefault(block, len(blocks)))
    return stage1, [entry for block in blocks for entry in block]


def _entry(c: str) -> int:
    return character_class(c) << 24 | (ord(lower_character(c)) - ord(c)) & 0xFFFFFF


def network_form(form: str) -> str:
    """The form as the network's vocabulary has it: lower-cased, ASCII digits as 0, typographic variants folded."""
    lowered = "".join(lower_character(c) for c in form).translate(FOLDED)
    return "".join("0" if c in "0123456789" else c for c in lowered)


def shape(form: str, glued: bool) -> str:
    """X upper, x other letter, 0 ASCII digit, else the character itself; runs are cut at three; + first if glued."""
    out, run, last = ["+"] if glued else [], 0, ""
    for c in form:
        bits = character_class(c)
        kind = "X" if bits & CLASS_UPPER else "x" if bits & CLASS_ALPHA else "0" if c in "0123456789" else c
        run = run + 1 if kind == last else 1
        last = kind
        if run <= 3:
            out.append(kind)
    return "".join(out)


def hashed_rows(form: str, glued: bool) -> tuple[int, int, int, int]:
    """Rows of the prefix, suffix-3, suffix-4 and shape tables."""
    folded = network_form(form)
    return (row_of(folded[:3], PREFIX_SEED, PREFIX_ROWS), row_of(folded[-3:], SUFFIX3_SEED, SUFFIX3_ROWS),
            row_of(folded[-4:], SUFFIX4_SEED, SUFFIX4_ROWS), row_of(shape(form, glued), SHAPE_SEED, SHAPE_ROWS))


def vocabulary_table(forms: list[str]) -> tuple[list[int], list[int]]:
    """Open-addressing table from the form's hash to its row (1-based; 0 is the unknown word): keys, rows. Linear probing."""
    size = 1
    while size < 2 * len(forms):
        size *= 2
    keys, rows = [0] * size, [0] * size
    for row, form in enumerate(forms, 1):
        key = fnv1a(form.encode(), 1)
        at = (key ^ key >> 32) % size
        while keys[at]:
            at = (at + 1) % size
        keys[at], rows[at] = key, row
    return keys, rows
