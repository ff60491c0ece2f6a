"""spaCy's small English pipeline without its entity recogniser: the installed model or, where there is none, the same architecture.

The architecture is what the published configuration of en_core_web_sm says: one token-to-vector layer of width 96 and depth 4 shared by
tagger and parser, the attribute ruler, and the rule lemmatiser. Its weights are then learnt for a few seconds from our own analysis of the text:
not to be right, but to make about the moves that a trained parser makes. With random weights it breaks the sentence after every other word.
"""
from __future__ import annotations

import warnings
from importlib.util import find_spec
from typing import Any, Sequence

from demarche._native.analyze import Analysis

MODEL = "en_core_web_sm"
WIDTH = 96
EPOCHS = 4
PARTS = {"N": "NOUN", "V": "VERB", "J": "ADJ", "R": "ADV", "P": "PRON", "D": "DET", "I": "ADP", "C": "CCONJ", "M": "AUX"}
TOK2VEC = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {"@architectures": "spacy.MultiHashEmbed.v2", "width": WIDTH,
              "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"], "rows": [5000, 1000, 2500, 2500, 50, 50], "include_static_vectors": False},
    "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": WIDTH, "depth": 4, "window_size": 1, "maxout_pieces": 3},
}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "*"}


def small_pipeline(analyses: Sequence[Analysis]) -> tuple[Any, str]:
    """The pipeline, and in words which of the two it is; `analyses` are learnt from if need be. ImportError without spaCy."""
    import spacy
    try:
        nlp = spacy.load(MODEL, exclude=["ner", "senter"])
    except OSError:
        nlp = _built(analyses)
        lemmas = "" if "lemmatizer" in nlp.pipe_names else " and without lemmatiser (spacy-lookups-data is not installed)"
        return nlp, (f"the architecture of {MODEL} without ner{lemmas}, its weights learnt from {EPOCHS} passes over our analysis"
                     f" ({MODEL} is not installed)")
    return nlp, f"{MODEL} {nlp.meta['version']} without ner"


def _built(analyses: Sequence[Analysis]) -> Any:
    import spacy
    from thinc.api import fix_random_seed
    fix_random_seed(1)
    warnings.filterwarnings("ignore", module="spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": LISTENER}})
    nlp.add_pipe("parser", config={"model": {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "extra_state_tokens": False, "hidden_width": 64,
        "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": LISTENER}})
    ruler = nlp.add_pipe("attribute_ruler")
    if find_spec("spacy_lookups_data"):
        nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    examples = [_example(nlp, analysis) for analysis in analyses]
    optimizer = nlp.initialize(lambda: examples)
    for tag in sorted({token.xpos for analysis in analyses for token in analysis.tokens}):
        ruler.add(patterns=[[{"TAG": tag}]], attrs={"POS": PARTS.get(tag[0], "X")})
    with nlp.select_pipes(enable=["tok2vec", "tagger", "parser"]):
        for _ in range(EPOCHS):
            for at in range(0, len(examples), 4):
                nlp.update(examples[at:at + 4], sgd=optimizer, drop=0.1)
    return nlp


def _example(nlp: Any, analysis: Analysis) -> Any:
    from spacy.tokens import Doc
    from spacy.training import Example
    tokens = analysis.tokens
    words = [token.form for token in tokens]
    spaces = [after.space_before for after in tokens[1:]] + [False]
    heads = [i if token.head < 0 else token.head for i, token in enumerate(tokens)]
    labels = ["ROOT" if token.head < 0 else token.deprel for token in tokens]
    reference = Doc(nlp.vocab, words=words, spaces=spaces, tags=[token.xpos for token in tokens], heads=heads, deps=labels)
    return Example(Doc(nlp.vocab, words=words, spaces=spaces), reference)
