"""What the harness feeds the core: texts of many kinds, each made from a seed and a number alone, so that a finding can be made again."""
from __future__ import annotations

import random
from collections.abc import Callable

SEEDS = [
    "Kenya on Monday condemned Uganda for the raid, its foreign minister said.\n\nUganda has yet to respond.",
    "LIMA, March 3 (Reuters) - Peru's government will not sign the accord with Chile, officials told reporters in Lima.",
    "“We plan to withdraw our troops,” the Norwegian premier was quoted as saying, “if NATO, including Poland, agrees.”",
    "Police arrested 27 protesters who had been accused of attacking the Sudanese embassy in Cairo; two were later released.",
    "PRESIDENT REJECTS TALKS WITH REBELS\n\nThe rebels, led by Gen. A. Okello, didn't comment.",
    "The European Union's envoy met Serbian and Kosovar negotiators for talks on trade (the third round), according to state media.",
    "Jordan denied that it had allowed Israeli jets to strike targets in Syria, but Iraq and Iran reportedly demanded an inquiry.",
    "Ghana offered Togo $4.5m in aid to help it rebuild; Benin may follow, an aide to the president claimed.",
    "“‘They fired on us,’ she said,” he told the U.N. Security Council. “That’s what Mr. Diaz said.”",
    "Turkish-backed fighters seized Al-Bab — a town near Aleppo — on 5 June 2021, killing at least 12 civilians.",
    "The visit by Japan's prime minister to Seoul was postponed. It cannot be ruled out that he'll go in the autumn.",
    "Visit https://example.org/news?id=7 or e-mail desk@example.org for the Colombian ministry's reply to Ecuador’s protest note.",
]
WORDS = """Kenya Uganda NATO Hamas Peru Chilean the a its of to by for with from on against in and or but not n't who which that ,
. “ ” ' - ; : ( ) government minister president rebels police protesters troops embassy attack attacked accuse accused
of bombing threatened will may would plans plan yet has have had to be been was were is are being condemn rejected
refuse talks held hold launch made visit visited sign signed deal agree agreed help aid sanctions impose imposed
withdraw killed by kill arrest arrested said says told claims denied reportedly according including such as call called
on urge urged demand demanded if unless hope expelled its ambassador over protest against raid strike Monday yesterday
12 $5 they it he him themselves U.S. UN cease fire ceasefire between""".split()
ODD = ("\u0000\u0001\u001f\u007f\u0085\u00a0\u00ad\u0130\u0131\u00df\u01c5\u0301\u0300\u0345\u034f\u05d0\u0627\u064b"
       "\u0e01\u1e9e\u200b\u200d\u200e\u2028\u2029"
       "\u2060\u2126\u3000\u4eba\uac00\ufb01\ufeff\ufffd\uffff\U0001f600\U0001f3fd\U000e0041\U0010ffff"
       "“”‘’'\"-–—…()[]{}/\\@.:,;!?\r\n\t٣½Ⅷ")


def some_unicode(source: random.Random, n: int) -> str:
    """Characters of all planes, the first one oftener; no surrogates."""
    found = []
    while len(found) < n:
        code = source.choice((source.randrange(0x80), source.randrange(0x3000), source.randrange(0x10000), source.randrange(0x110000)))
        if not 0xD800 <= code <= 0xDFFF:
            found.append(chr(code))
    return "".join(found)


def changed_characters(source: random.Random) -> bytes:
    text = list(source.choice(SEEDS))
    for _ in range(source.randrange(1, 12)):
        at = source.randrange(len(text) + 1)
        what = source.randrange(5)
        if what == 0:
            text[at:at + source.randrange(1, 6)] = []
        elif what == 1:
            text[at:at] = source.choice(ODD) * source.choice((1, 1, 2, 40))
        elif what == 2:
            text[at:at + 1] = source.choice(ODD)
        elif what == 3:
            begin = source.randrange(len(text) + 1)
            text[at:at] = text[begin:begin + source.randrange(30)]
        else:
            text[at:at + 1] = "".join(text[at:at + 1]).swapcase()
    return "".join(text).encode()


def changed_bytes(source: random.Random) -> bytes:
    data = bytearray(source.choice(SEEDS).encode())
    for _ in range(source.randrange(1, 6)):
        at = source.randrange(len(data) + 1)
        what = source.randrange(4)
        if what == 0 and at < len(data):
            data[at] ^= 1 << source.randrange(8)
        elif what == 1:
            data[at:at] = source.randbytes(source.randrange(1, 4))
        elif what == 2:
            del data[at:at + source.randrange(1, 4)]
        else:
            data[at:] = data[at:at + source.randrange(40)]
    return bytes(data)


def changed_words(source: random.Random) -> bytes:
    words = (source.choice(SEEDS) + " " + source.choice(SEEDS)).split(" ")
    for _ in range(source.randrange(1, 8)):
        at, other = source.randrange(len(words)), source.randrange(len(words))
        words[at], words[other] = words[other], words[at]
    return source.choice((" ", " ", " ", "", "\n", "\n\n")).join(words).encode()


def word_salad(source: random.Random) -> bytes:
    return " ".join(source.choices(WORDS, k=source.randrange(1, 70))).encode()


def chains(source: random.Random) -> bytes:
    """The same construction inside itself, over and over."""
    link = source.choice([" and Kenya", " who said", " to plan to hold talks", " that Peru said", ", including Chile", "'s minister",
                          " of the attack", " accused of attacking police", ", which was condemned by NATO", " or not", " to help"])
    return ("Uganda" + link * source.randrange(2, 90) + source.choice((".", "", " attacked Kenya."))).encode()


def random_text(source: random.Random) -> bytes:
    return some_unicode(source, source.randrange(80)).encode()


def random_bytes(source: random.Random) -> bytes:
    return source.randbytes(source.randrange(60))


def nested_quotes(source: random.Random) -> bytes:
    marks, between = "“”‘’\"'()[]«» ", ("", "", "said", "Kenya ", "no")
    return "".join(source.choice(marks) + source.choice(between) for _ in range(source.randrange(120))).encode()


def combining(source: random.Random) -> bytes:
    marks = ("", "\u0301", "\u0345\u0300", "\u20dd", "\ufe0f")
    return "".join(c + source.choice(marks) * source.randrange(4) for c in source.choice(SEEDS)).encode()


def empty_or_blank(source: random.Random) -> bytes:
    return source.choice([b"", b"\0", b" ", b"\n\n\n", b"\0" * 40, b"\t\r\n\x0b\x0c", "\u200b\ufeff".encode(),
                          "\u2029\u2028\u0085".encode(), b"Kenya\0Uganda"])


def long_token(source: random.Random) -> bytes:
    unit = source.choice(("a", "A", "é", "İ", "1", "-", ".", "a.", "a-", "\u0301", "\u200b", "/", "@"))
    times = source.choice((250, 255, 256, 257, 1000, 4096, 20000, 33000, 70000))
    return (source.choice(("Kenya ", "“", "")) + unit * times).encode()


def many_lines(source: random.Random) -> bytes:
    return source.choice(["\n", "\r\n", " \n", "\n\n", "a\n", "\u2029", ".\n", "\n- Kenya"]).encode() * source.choice((50, 500, 3000))


def huge_sentence(source: random.Random) -> bytes:
    """Around and over the most tokens that a sentence may have."""
    n = source.choice((63, 64, 65, 190, 191, 192, 193, 384, 385, 1200))
    return " ".join(source.choices([w for w in WORDS if w.isalpha()] if source.random() < 0.7 else WORDS, k=n)).encode()


# How often each kind is made, in parts of a thousand or so; the slow ones are rare.
KINDS: dict[Callable[[random.Random], bytes], int] = {
    changed_characters: 240, changed_bytes: 120, changed_words: 160, word_salad: 220, chains: 10, random_text: 90, random_bytes: 60,
    nested_quotes: 40, combining: 20, empty_or_blank: 30, long_token: 3, many_lines: 3, huge_sentence: 4}


def make_input(seed: int, number: int) -> tuple[str, bytes, list[tuple[int, int]]]:
    """(kind, text, spans that the caller claims to be actors: any two numbers of bytes, ordered or not)."""
    source = random.Random(f"{seed}:{number}")
    kind = source.choices(list(KINDS), list(KINDS.values()))[0]
    text = kind(source)
    spans = []
    if source.random() < 0.4:
        for _ in range(source.randrange(1, 5)):
            begin = source.randrange(len(text) + 20)
            spans.append((begin, source.choice((begin, begin + source.randrange(40), source.randrange(len(text) + 20), 0xFFFFFFFF))))
    return kind.__name__, text, spans
