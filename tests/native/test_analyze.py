"""The analyzer's own work: batches, statuses, threads, given tokens; what the network decides is tested elsewhere."""
from __future__ import annotations

import threading
from pathlib import Path

import pytest

from demarche._native.analyze import Analyzer
from demarche._native.network import instruction_sets
from demarche.blob import Blob, write_blob

HEADLINE = 32  # SHAPE_HEADLINE of document.pxd
SENTENCES = [[("The", False), ("envoys", False), ("did", False), ("n't", True), ("meet", False), (".", True)],
             [("Š", False), ("—", False), ("Ok", False), ("?", True)], [("Yes", False)]]


@pytest.fixture(scope="module")
def analyzer(model: Blob) -> Analyzer:
    return Analyzer(model)


def test_given_tokens(analyzer: Analyzer) -> None:
    analysis = analyzer.analyze_tokens(SENTENCES)
    assert analysis.status == "ok" and len(analysis) == 11
    assert analysis.source.decode() == "The envoys didn't meet. Š — Ok? Yes"
    assert [(s[0], s[1], s[4]) for s in analysis.sentences] == [(0, 6, False), (6, 10, False), (10, 11, False)]
    assert [analysis.source[s[2]:s[3]].decode() for s in analysis.sentences] == ["The envoys didn't meet.", "Š — Ok?", "Yes"]
    words = [word for sentence in SENTENCES for word in sentence]
    assert [(t.form, not t.space_before) for t in analysis.tokens] == words
    assert all(analysis.source[t.start:t.end].decode() == t.form for t in analysis.tokens)
    for first, last, *_ in analysis.sentences:
        tokens = analysis.tokens[first:last]
        assert [t.deprel == "root" for t in tokens] == [t.head == -1 for t in tokens]
        assert sum(t.head == -1 for t in tokens) == 1
        assert all(t.head == -1 or first <= t.head < last and t.head != first + i for i, t in enumerate(tokens))


def test_forms_are_lower_cased_once(analyzer: Analyzer) -> None:
    analysis = analyzer.analyze_tokens(SENTENCES)
    before = analysis.norms
    assert [norm for norm, _, _ in before] == ["the", "envoys", "did", "n't", "meet", ".", "š", "—", "ok", "?", "yes"]
    analyzer.parse_again(analysis, 3)
    assert analysis.norms == before


@pytest.mark.parametrize("isa", instruction_sets())
def test_instruction_sets_give_the_same_analysis(analyzer: Analyzer, model: Blob, isa: str) -> None:
    other = Analyzer(model, isa)
    assert other.instruction_set == isa
    assert other.analyze_tokens(SENTENCES).tokens == analyzer.analyze_tokens(SENTENCES).tokens


def test_threads_share_an_analyzer(analyzer: Analyzer) -> None:
    documents = [[[(f"w{i}x{k}", False) for k in range(1 + (i * 7 + k0) % 60)] for k0 in range(5)] for i in range(40)]
    expected = [analyzer.analyze_tokens(document).tokens for document in documents]
    failures: list[int] = []

    def work(offset: int) -> None:
        for i in range(len(documents)):
            i = (i + offset) % len(documents)
            if analyzer.analyze_tokens(documents[i]).tokens != expected[i]:
                failures.append(i)

    threads = [threading.Thread(target=work, args=(10 * k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_sentences_in_capitals_are_headlines(analyzer: Analyzer) -> None:
    def headline(text: str) -> list[bool]:
        analysis = analyzer.analyze_tokens([[(word, False) for word in text.split()]])
        return [bool(shape & HEADLINE) for _, _, shape in analysis.norms]

    assert all(headline("PERU AND CHILE AGREE 5 TALKS"))
    assert not any(headline("NATO met"))
    assert not any(headline("NATO !"))
    assert not any(headline("A 12"))


def test_each_text_of_a_batch_has_its_own_status(analyzer: Analyzer) -> None:
    good, bad, empty, again = analyzer.analyze([b"The envoys met in Lima", b"The \xff envoys", b"", b"The envoys met in Lima"])
    assert good.status == empty.status == "ok" and bad.status == "not_utf8" and bad.status_offset == 4
    assert [t.form for t in good.tokens] == ["The", "envoys", "met", "in", "Lima"] and good.tokens == again.tokens
    assert bad.tokens == [] and empty.tokens == [] and empty.sentences == []
    assert good.tokens == analyzer.analyze_tokens([[(t.form, not t.space_before) for t in good.tokens]]).tokens


def test_texts_are_bytes(analyzer: Analyzer) -> None:
    with pytest.raises(TypeError, match="bytes, not str"):
        analyzer.analyze(["Lima"])


@pytest.mark.parametrize("sentences", [[[]], [[("a", False)] * 193]])
def test_sentences_of_a_wrong_length(analyzer: Analyzer, sentences: list[list[tuple[str, bool]]]) -> None:
    with pytest.raises(ValueError, match="1 to 192"):
        analyzer.analyze_tokens(sentences)


def test_the_longest_sentence(analyzer: Analyzer) -> None:
    assert len(analyzer.analyze_tokens([[("a", False)] * 192])) == 192


def test_no_sentences(analyzer: Analyzer) -> None:
    analysis = analyzer.analyze_tokens([])
    assert analysis.tokens == [] and analysis.sentences == [] and analysis.source == b""


def test_a_model_without_boundaries_does_not_take_text(model: Blob, tmp_path: Path) -> None:
    sections = {name: (entry["dtype"], tuple(entry["shape"]), bytes(model[name].cast("B")))
                for name, entry in model._sections.items() if not name.startswith("split.")}
    write_blob(tmp_path / "parser.blob", "model", {"parser": model.meta["parser"]}, sections)
    parser = Analyzer(Blob(tmp_path / "parser.blob", "model"))
    assert len(parser.analyze_tokens(SENTENCES)) == 11
    with pytest.raises(ValueError, match="boundaries"):
        parser.analyze([b"Lima."])
