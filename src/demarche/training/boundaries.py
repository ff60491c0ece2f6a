"""Trains the token and sentence boundaries that `ext/demarche/_native/split.pyx` computes.

The features are extracted by the native module itself, from a text and one byte of marks for each byte of it; here they
are weighted by logistic regression. The same sentences give the same bytes.
"""
from __future__ import annotations

import random
from dataclasses import dataclass
from importlib.resources import files
from typing import Iterable, Sequence

import numpy as np

from demarche._native.split import WIDTHS, Splitter
from demarche.training.conllu import TreebankSentence
from demarche.training.features import fnv1a, unicode_tables
from demarche.training.newswire import newswire

Section = tuple[str, tuple[int, ...], bytes]
TABLE = 1 << 16
SCALE = 1500           # weights are stored as multiples of 1/SCALE
TOKEN, SENTENCE = 1, 2  # marks, as in boundary.pxd
CLASSES = {"title": 1, "number": 2, "date": 3, "place": 4, "suffix": 5, "common": 6, "letters": 7, "prefix": 8}
SINGLE = str.maketrans({'"': "'", "“": "‘", "”": "’"})
STRAIGHT = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})


@dataclass
class MarkedText:
    """A text and its marks, one byte for each UTF-8 byte."""
    text: bytes
    marks: bytes


def data_lines(name: str) -> Iterable[str]:
    """The lines of a data file that are neither blank nor comments."""
    for line in files("demarche.training").joinpath("data", name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def word_table() -> tuple[list[int], list[int]]:
    """Open-addressing table of abbreviations and cut words: keys, values (class << 24 | cuts)."""
    words: dict[str, int] = {}
    for line in data_lines("abbreviations.txt"):
        name, _, members = line.partition(":")
        for word in members.split():
            words[word] = CLASSES[name] << 24
    for line in data_lines("cuts.txt"):
        parts = line.split()
        at, cuts = 0, 0
        for i, part in enumerate(parts[:-1]):
            at += len(part)
            cuts |= at << 8 * i
        words["".join(parts)] = words.get("".join(parts), 0) | cuts
    size = 1
    while size < 4 * len(words):
        size *= 2
    keys, values = [0] * size, [0] * size
    for word in sorted(words):
        key = fnv1a(word.encode())
        at = (key ^ key >> 32) % size
        while keys[at]:
            at = (at + 1) % size
        keys[at], values[at] = key, words[word]
    return keys, values


def paragraphs_of(sentences: Sequence[TreebankSentence]) -> list[list[TreebankSentence]]:
    """Runs of sentences up to the next one that begins a paragraph."""
    out: list[list[TreebankSentence]] = []
    for sentence in sentences:
        if sentence.begins_paragraph or not out:
            out.append([])
        out[-1].append(sentence)
    return out


def typographic(text: str) -> str:
    """Curly quotation marks and apostrophes for straight ones; as many characters as before."""
    out, before = [], " "
    for c in text:
        opening = before.isspace() or before in "([—–-\"'“‘"
        out.append({'"': "“" if opening else "”", "'": "‘" if opening else "’"}.get(c, c))
        before = c
    return "".join(out)


def restyled(text: str, style: str) -> str:
    """`text` in a typography; as many characters as before."""
    if style == "typographic":
        return typographic(text)
    if style in ("straight", "single"):
        return text.translate(STRAIGHT if style == "straight" else SINGLE)
    return text.upper() if style == "upper" and len(text.upper()) == len(text) else text


def full(width: int, column: int, text: str, at: int) -> bool:
    """Whether a line of `width` characters (0: any number) that has come to `column` has no room for the next word of `text`."""
    end = text.find(" ", at)
    return width > 0 and column + 1 + (end if end >= 0 else len(text)) - at > width


class Composer:
    """Builds marked texts from treebank sentences, as they stand or in another typography and layout."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.marks = bytearray()

    def gap(self, white: str) -> None:
        self.text.append(white)
        self.marks.extend(bytes(len(white.encode())))

    def sentence(self, sentence: TreebankSentence, style: str = "", drop_stop: bool = False, width: int = 0, column: int = 0) -> int:
        """Add one sentence; with a `width`, spaces become line ends there. Returns the column reached."""
        text, words = sentence.text, [w.form for w in sentence.words]
        if drop_stop and len(words) > 1 and words[-1] == "." and text.endswith("."):
            text, words = text[:-1].rstrip(), words[:-1]
        styled = restyled(text, style)
        out, at, first = [], 0, True
        for word in words:
            while not text.startswith(word, at):
                wrap = styled[at] == " " and full(width, column, styled, at + 1)
                out.append("\n" if wrap else styled[at])
                self.marks.extend(bytes(len(styled[at].encode())))
                column = 0 if wrap else column + 1
                at += 1
            form = styled[at:at + len(word)]
            self.marks.append(TOKEN | SENTENCE if first else TOKEN)
            self.marks.extend(bytes(len(form.encode()) - 1))
            out.append(form)
            column += len(form)
            at += len(word)
            first = False
        self.text.append("".join(out))
        return column

    def marked(self) -> MarkedText:
        return MarkedText("".join(self.text).encode(), bytes(self.marks))


def plain(sentences: Sequence[TreebankSentence]) -> MarkedText:
    """Sentences of a paragraph joined by a space, paragraphs by a blank line."""
    composer = Composer()
    for i, sentence in enumerate(sentences):
        if i:
            composer.gap("\n\n" if sentence.begins_paragraph else " ")
        composer.sentence(sentence)
    return composer.marked()


def varied(sentences: Sequence[TreebankSentence], seed: int) -> MarkedText:
    """The same sentences as other texts have them: curly quotation marks, lines for sentences or paragraphs, wrapped lines, headlines."""
    source = random.Random(seed)
    composer = Composer()
    layout, width = "plain", 0
    for number, paragraph in enumerate(paragraphs_of(sentences)):
        if number % 12 == 0:
            layout = source.choice(("plain", "plain", "paragraph lines", "sentence lines", "headlines", "headlines", "wrapped", "wrapped"))
            width = source.randint(55, 80)
        if number:
            composer.gap("\n" if layout == "paragraph lines" else "\n\n")
        style = source.choices(("", "typographic", "straight", "single", "upper"), (30, 30, 30, 8, 2))[0]
        column = 0
        # a stop is only left out where a line ends: elsewhere it would teach that sentences end anywhere
        own_line = [layout == "sentence lines" or layout == "headlines" and source.random() < 0.3 for _ in paragraph]
        for i, sentence in enumerate(paragraph):
            if i:
                new_line = own_line[i - 1] or layout == "wrapped" and full(width, column, sentence.text, 0)
                composer.gap("\n" if new_line else " ")
                column = 0 if new_line else column + 1
            drop_stop = (own_line[i] or i + 1 == len(paragraph)) and layout in ("sentence lines", "headlines") and source.random() < 0.5
            column = composer.sentence(sentence, style, drop_stop, width if layout == "wrapped" else 0, column)
    return composer.marked()


def fit(rows: np.ndarray, labels: np.ndarray, epochs: int, rate: float, dropout: float, decay: float, seed: int) -> np.ndarray:
    """Logistic regression over hashed rows by AdaGrad, averaged over the second half of the epochs: float32 [TABLE]."""
    generator = np.random.default_rng(seed)
    weights, squares, total = np.zeros(TABLE, np.float64), np.full(TABLE, 1e-2), np.zeros(TABLE, np.float64)
    labels = labels.astype(np.float64)
    averaged = 0
    for epoch in range(epochs):
        order = generator.permutation(len(rows))
        for begin in range(0, len(rows), 256):
            chosen = order[begin:begin + 256]
            batch = rows[chosen]
            keep = generator.random(batch.shape) >= dropout
            score = (weights[batch] * keep).sum(1) / (1.0 - dropout)
            error = 1.0 / (1.0 + np.exp(-np.clip(score, -30, 30))) - labels[chosen]
            gradient = np.bincount(batch.ravel(), (error[:, None] * keep).ravel(), TABLE)
            touched = np.nonzero(gradient)[0]
            squares[touched] += gradient[touched] ** 2
            weights[touched] -= rate * (gradient[touched] + decay * weights[touched]) / np.sqrt(squares[touched])
        if epoch >= epochs // 2:
            total += weights
            averaged += 1
    return (total / max(1, averaged)).astype(np.float32)


def weight_section(weights: np.ndarray) -> Section:
    return "i16", (TABLE,), np.clip(np.rint(weights * SCALE), -32767, 32767).astype("<i2").tobytes()


def gather(splitter: Splitter, texts: Sequence[MarkedText], sentences: bool) -> tuple[np.ndarray, np.ndarray]:
    """Rows u16 [n, width] and labels u8 [n] of all texts."""
    rows, labels = [], []
    for text in texts:
        data, label, _, width = (splitter.sentence_rows if sentences else splitter.token_rows)(text.text, text.marks)
        rows.append(np.frombuffer(data, "<u2").reshape(-1, width))
        labels.append(np.frombuffer(label, np.uint8))
    return np.concatenate(rows), np.concatenate(labels)


def boundary_sections(sentences: Sequence[TreebankSentence], variants: int = 6) -> dict[str, Section]:
    """The sections split.* trained on `sentences`, whose order is that of their documents; about half a minute for 300,000 words."""
    stage1, stage2 = unicode_tables()
    keys, values = word_table()
    nothing = np.zeros(TABLE, np.int16)
    splitter = Splitter({"unicode.stage1": np.array(stage1, np.uint16), "unicode.stage2": np.array(stage2, np.uint32),
                         "split.token_weights": nothing, "split.sentence_weights": nothing, "split.widths": WIDTHS,
                         "split.word_keys": np.array(keys, np.uint64), "split.word_values": np.array(values, np.uint32)})
    texts = [plain(sentences), *(varied(sentences if seed % 2 else newswire(sentences, seed), seed) for seed in range(1, variants + 1))]
    token_rows, token_labels = gather(splitter, texts, False)
    sentence_rows, sentence_labels = gather(splitter, texts, True)
    token_weights = fit(token_rows, token_labels, epochs=8, rate=0.1, dropout=0.1, decay=1e-3, seed=1)
    sentence_weights = fit(sentence_rows, sentence_labels, epochs=10, rate=0.04, dropout=0.15, decay=1e-3, seed=2)
    return {"split.widths": ("u16", (2,), np.array(WIDTHS, "<u2").tobytes()),
            "split.token_weights": weight_section(token_weights), "split.sentence_weights": weight_section(sentence_weights),
            "split.word_keys": ("u64", (len(keys),), np.array(keys, "<u8").tobytes()),
            "split.word_values": ("u32", (len(values),), np.array(values, "<u4").tobytes())}
