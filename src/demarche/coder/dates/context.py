"""The words to the left of a head, read one by one from right to left."""
import re

from demarche.coder.dates.expressions import Quantity
from demarche.coder.dates.words import APPROXIMATE, APPROXIMATE_PAIRS, NUMBERS, TENS, VAGUE_NUMBERS

_REACH = 64       # code points: longer than any phrase's own words
_SEPARATORS = re.compile("[\n–\u00a0\u202f]")
_DIGITS = re.compile(r"\d{1,4}(?:\.\d)?")


class Left:
    """A cursor before position `at`: `word()` is the next word to the left in lower case, "" where a phrase cannot go on.

    One space, line break, hyphen or dash stands between two words; anything else (a blank line, a comma) ends what can be read.
    """
    __slots__ = ("at", "words", "lowered", "count", "text")

    def __init__(self, text: str, at: int, floor: int) -> None:
        start = max(floor, at - _REACH)
        before = text[start:at].replace("-", " ")
        if not before.isascii():
            before = _SEPARATORS.sub(" ", before)
            words = before.split(" ")
            lowered = [word.lower() for word in words]  # one by one: lower case can be longer
        else:
            before = before.replace("\n", " ")
            words = before.split(" ")
            lowered = before.lower().split(" ")
        if start > floor and len(words) > 1:
            words[0] = lowered[0] = ""  # cut in its middle
        self.text = text
        self.at = at
        self.words = words
        self.lowered = lowered
        self.count = len(words) - 1 if not words[-1] else 0  # a head must be a word of its own

    def word(self, back: int = 1) -> str:
        """The word `back` steps to the left, or ""."""
        index = self.count - back
        return self.lowered[index] if index >= 0 else ""

    def raw(self, back: int = 1) -> str:
        """The same in its own case."""
        index = self.count - back
        return self.words[index] if index >= 0 else ""

    def take(self, steps: int = 1) -> None:
        """Makes the next `steps` words part of the phrase."""
        for _ in range(steps):
            self.count -= 1
            self.at -= len(self.words[self.count]) + 1

    def quantity(self) -> tuple[Quantity, bool] | None:
        """Takes a number ("40", "a few", "nearly twenty five") and says whether it is approximate; None, and takes nothing, without one."""
        found = self._number()
        if found is None:
            return None
        low, high, vague = found
        if self.word() in ("another", "further", "full", "whole"):
            self.take()
        one, two = self.word(), (self.word(2), self.word())
        widen = APPROXIMATE_PAIRS.get(two)
        if widen:
            self.take(2)
        elif widen := APPROXIMATE.get(one):
            self.take()
        if widen:
            if self.word() == "just":
                self.take()
            margin = -(-high // 10)
            if widen != "above":
                low = max(low - margin, 0)
            if widen != "below":
                high += margin
        return Quantity(low, high), vague or widen is not None

    def _number(self) -> tuple[int, int, bool] | None:
        word = self.word()
        if word == "of" and self.word(2) in ("couple", "dozen"):
            self.take()
            word = self.word()
        if word in VAGUE_NUMBERS:
            low, high = VAGUE_NUMBERS[word]
            self.take()
            if self.word() == "a":
                self.take()
            return low, high, True
        if word in ("a", "an"):
            self.take()
            return 1, 1, False
        if word in NUMBERS:
            value = NUMBERS[word]
            self.take()
            if value < 10 and self.word() in TENS:
                value += NUMBERS[self.word()]
                self.take()
            elif value == 100 and self.word() in ("a", "one", "two", "three"):
                value *= NUMBERS.get(self.word(), 1)
                self.take()
            return value, value, False
        if _DIGITS.fullmatch(word):
            self.take()
            value = int(word.partition(".")[0])
            return value, value + ("." in word), "." in word
        return None

    def starts_sentence(self) -> bool:
        """Whether what stands before `at` is the start of the text, a line, a quotation, or the end of another sentence."""
        before = self.text[max(self.at - 4, 0):self.at].rstrip(" \u00a0")
        return not before or before[-1] in "\n.!?:;\"'“‘”’([—–-…"


def left_of_dash(text: str, at: int) -> bool:
    """Whether the character before `at` joins two words into one."""
    return at > 0 and text[at - 1] in "-‐‑"
