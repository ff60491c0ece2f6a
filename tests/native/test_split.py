"""Token and sentence boundaries: what holds for any weights, and what the shipped model does with news."""
from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import demarche
from demarche._native.split import WIDTHS, Splitter
from demarche.blob import Blob

np = pytest.importorskip("numpy")

from demarche.training import boundaries  # noqa: E402
from demarche.training.conllu import TreebankSentence, Word  # noqa: E402
from demarche.training.features import unicode_tables  # noqa: E402

MODEL = Path(demarche.__file__).parent / "model" / "english.blob"
TABLE = 1 << 16
STAGES = unicode_tables()
# pieces that hypothesis would seldom put together by itself
PIECES = st.sampled_from([
    "U.S.", "can't", "cannot", "—", "“Yes,”", "...", "\u00a0", "\u200b", "\ufeff", "\r\n", "\n\n", "\u2029", "\x00", "3.5", "$4bn",
    "a", "Gen.", "dunno", "http://a.org/b?c=1", "x@y.org", "司空图", "e\u0301", "\U0001f600", "-", "'", '"', "(", ")", " ", ".", "?!",
    "\x85", "\u00ad", "\u212a"])
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map(" ".join))


def splitter_of(token_weights: object, sentence_weights: object) -> Splitter:
    keys, values = boundaries.word_table()
    return Splitter({"unicode.stage1": np.array(STAGES[0], np.uint16), "unicode.stage2": np.array(STAGES[1], np.uint32),
                     "split.token_weights": token_weights, "split.sentence_weights": sentence_weights, "split.widths": WIDTHS,
                     "split.word_keys": np.array(keys, np.uint64), "split.word_values": np.array(values, np.uint32)})


@pytest.fixture(scope="module")
def never() -> Splitter:
    """Cuts nothing but at white space and words of the list."""
    return splitter_of(np.zeros(TABLE, np.int16), np.zeros(TABLE, np.int16))


RANDOM = splitter_of(*np.random.default_rng(5).integers(-300, 300, (2, TABLE)).astype(np.int16))


@pytest.fixture(scope="module")
def english() -> Splitter:
    if not MODEL.exists():
        pytest.skip("the English model is not built")
    return Splitter(Blob(MODEL, "model"))


def words(splitter: Splitter, text: str) -> list[str]:
    """Sentences as their tokens with spaces in between."""
    data = text.encode()
    return [" ".join(data[start:end].decode() for start, end, _ in tokens) for _, tokens in splitter.split(text)]


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_tokens_are_ordered_whole_characters_and_cover_all_but_blanks(text: str) -> None:
    data, at, covered = text.encode(), 0, []
    for number, (paragraph, tokens) in enumerate(RANDOM.split(text)):
        assert tokens and (number or paragraph)
        for start, end, glued in tokens:
            assert at <= start < end
            form = data[start:end].decode()
            assert not any(c.isspace() for c in form)
            assert glued == (start == at and start > 0) or data[:start].decode().strip() == ""
            covered.append(form)
            at = end
    ranges = (range(0x200B, 0x2010), range(0x202A, 0x202F), range(0x2060, 0x2065), range(0xFE00, 0xFE10), (0xAD, 0xFEFF))
    invisible = {chr(c) for several in ranges for c in several}
    kept = [c for c in text if not c.isspace() and not (ord(c) < 32 or 0x7F <= ord(c) <= 0x9F) and c not in invisible]
    assert [c for c in "".join(covered) if c not in invisible] == kept


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_blank_line_ends_a_sentence_and_begins_a_paragraph(before: str, after: str) -> None:
    first, both = RANDOM.split("a" + before.replace("\n", " ") + "b"), RANDOM.split("a" + before.replace("\n", " ") + "b\n \nc" + after)
    begins = len(("a" + before.replace("\n", " ") + "b\n \n").encode())
    assert sum(len(tokens) for _, tokens in both if tokens[-1][1] < begins) == sum(len(tokens) for _, tokens in first)
    assert [paragraph for paragraph, tokens in both if tokens[0][0] == begins] == [True]


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_the_same_text_gives_the_same_cuts(text: str) -> None:
    assert RANDOM.split(text) == RANDOM.split(text)


def test_nothing_comes_of_nothing(never: Splitter) -> None:
    assert never.split("") == never.split(" \n\n\t ") == never.split("\u200b \ufeff") == []


def test_white_space_of_any_kind_separates(never: Splitter) -> None:
    assert words(never, "one\u00a0two\u3000three\tfour\x1ffive\u2028six") == ["one two three four five six"]


def test_invisible_characters_stay_in_their_word(never: Splitter) -> None:
    assert words(never, "co\u00adoperate \u200bnow") == ["co\u00adoperate \u200bnow"]


@pytest.mark.parametrize("text, expected", [("We cannot.", "We cannot."), ("We cannot go", "We can not go"), ("CANNOT", "CAN NOT"),
                                            ("gonna dunno", "gon na du n no")])
def test_listed_words_are_cut(never: Splitter, text: str, expected: str) -> None:
    assert words(never, text) == [expected]


@pytest.mark.parametrize("text", ["\u00addunno", "ca\u00adnnot", "\u200bcannot", "dun\u212aa", "\u212aannot"])
def test_listed_words_are_not_cut_where_characters_hide_in_them(never: Splitter, text: str) -> None:
    assert words(never, text) == [text]


def test_a_listed_word_with_an_invisible_character_is_not_cut(never: Splitter) -> None:
    # cuts are bytes: one inside the three of the character would never be decoded again
    assert words(never, "ca\u2060nnot") == ["ca\u2060nnot"]


@pytest.mark.parametrize("text", ["word " * 1000, "a, " * 1000, "x; " + "y " * 500])
def test_a_long_sentence_is_cut(never: Splitter, text: str) -> None:
    sizes = [len(tokens) for _, tokens in never.split(text)]
    assert max(sizes) <= 192 and sum(sizes) == len(text.split())
    assert [paragraph for paragraph, _ in never.split(text)] == [True] + [False] * (len(sizes) - 1)


def test_a_chunk_of_any_length_is_cut_into_tokens_of_bounded_length(never: Splitter) -> None:
    for text in ("a" * 300_000, "é" * 100_000, "\u200b" * 100_000 + "a"):
        [*sentences] = never.split(text)
        assert max(end - start for _, tokens in sentences for start, end, _ in tokens) <= 0xFFFF


def test_time_grows_with_the_length(never: Splitter) -> None:
    import time
    for unit in ("a.b-", "\n", " .", "“", "a\n"):
        begin = time.perf_counter()
        RANDOM.count((unit * 200_000).encode())
        assert time.perf_counter() - begin < 5, unit


def test_wrong_tables_are_refused() -> None:
    with pytest.raises(ValueError, match="rows"):
        splitter_of(np.zeros(8, np.int16), np.zeros(TABLE, np.int16))


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="train the model anew"):
        Splitter({"split.widths": (1, 2)})
    with pytest.raises(ValueError, match="train the model anew"):
        Splitter({})


def test_marks_must_fit_the_text(never: Splitter) -> None:
    with pytest.raises(ValueError, match="marks"):
        never.token_rows(b"abc", b"\0")


def test_training_learns_what_it_is_shown() -> None:
    def sentence(text: str, *forms: str) -> TreebankSentence:
        found = [Word(form, form, "X", "NN", 0, "dep", glued=False) for form in forms]
        return TreebankSentence(found, text)
    shown = []
    for i in range(60):
        shown.append(sentence(f"Envoys met {i}.", "Envoys", "met", str(i), "."))
        shown.append(sentence(f"They didn't agree, he said.", "They", "did", "n't", "agree", ",", "he", "said", "."))
    sections = boundaries.boundary_sections(shown, variants=1)
    assert sections == boundaries.boundary_sections(shown, variants=1)
    formats = {"i16": "<i2", "u16": "<u2", "u64": "<u8", "u32": "<u4"}
    arrays = {name: np.frombuffer(data, formats[dtype]) for name, (dtype, _, data) in sections.items()}
    splitter = splitter_of(arrays["split.token_weights"], arrays["split.sentence_weights"])
    assert words(splitter, "They didn't agree, he said. Envoys met 7. They didn't agree, he said.") == [
        "They did n't agree , he said .", "Envoys met 7 .", "They did n't agree , he said ."]


@pytest.mark.parametrize("text, sentences", [
    ("The minister wouldn't comment. “We can’t say more,” he added.",
     ["The minister would n't comment .", "“ We ca n’t say more , ” he added ."]),
    ('"We repelled them," he said. "They will be back." He left.',
     ['" We repelled them , " he said .', '" They will be back . "', "He left ."]),
    ("Gov. Abdul Rahman met Lt. Gen. James Mattis on Sept. 4.", ["Gov. Abdul Rahman met Lt. Gen. James Mattis on Sept. 4 ."]),
    ("The talks ended at 5 p.m. No agreement was reached.", ["The talks ended at 5 p.m.", "No agreement was reached ."]),
    ("The envoy lives in the U.S. He flew home.", ["The envoy lives in the U.S.", "He flew home ."]),
    ("He told the U.S. Congress that the U.S. Embassy in Lima is open.",
     ["He told the U.S. Congress that the U.S. Embassy in Lima is open ."]),
    ("The U.S. President met the U.N. envoy.", ["The U.S. President met the U.N. envoy ."]),
    ("KABUL (AFP) - Rebels attacked a post.", ["KABUL ( AFP ) -", "Rebels attacked a post ."]),
    ("The $4.5bn deal covers 15% of it.", ["The $ 4.5 bn deal covers 15 % of it ."]),
    ("A co-founder of the anti-war group met a high-level envoy.", ["A co-founder of the anti-war group met a high - level envoy ."]),
    ("Kenya's and the ministers' men aren't there.", ["Kenya 's and the ministers ' men are n't there ."]),
    ("See www.example.org/news or write to press@example.org.", ["See www.example.org/news or write to press@example.org ."]),
    ("Sen. Tom Hill (R-Ohio) spoke.", ["Sen. Tom Hill ( R - Ohio ) spoke ."]),
    ("President George W. Bush agreed. J. M. Otieno Jr. declined.", ["President George W. Bush agreed .", "J. M. Otieno Jr. declined ."]),
    ("Is it true? Yes! It is.", ["Is it true ?", "Yes !", "It is ."]),
    ("Kenya and Peru sign deal\n\nBy Jane W. Smith\n\nNAIROBI — They met.",
     ["Kenya and Peru sign deal", "By Jane W. Smith", "NAIROBI —", "They met ."]),
    ("Gunmen killed three people in the town of Mbale on Friday\n"
     "Police said the attackers fled across the border.\nThe government has not commented.",
     ["Gunmen killed three people in the town of Mbale on Friday", "Police said the attackers fled across the border .",
      "The government has not commented ."]),
    ("Gunmen killed three people in Mbale on Friday\nPolice said the attackers fled.",
     ["Gunmen killed three people in Mbale on Friday", "Police said the attackers fled ."]),
    ("The government said on Monday that it would\nnot take part in the talks with the rebels.",
     ["The government said on Monday that it would not take part in the talks with the rebels ."]),
])
def test_news(english: Splitter, text: str, sentences: list[str]) -> None:
    assert words(english, text) == sentences
