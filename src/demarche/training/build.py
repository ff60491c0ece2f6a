"""`demarche train`: everything that the English model holds, from CoNLL-U files to one blob."""
from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Callable, Sequence

from demarche.blob import write_blob
from demarche.training.boundaries import boundary_sections
from demarche.training.conllu import TreebankSentence, read_conllu
from demarche.training.lemmas import lemma_sections
from demarche.training.parser import Schedule, train_parser
from demarche.training.quantise import quantise


def build_model(train: Sequence[str | Path], dev: Sequence[str | Path], out: str | Path, report: Callable[[str], None] = print, epochs: int | None = None) -> None:
    """Train on the files `train` and write the model to `out`; `dev` files are only measured on.

    The same files give the same bytes on the same kind of machine and the same PyTorch. `epochs` shortens the training, for trials.
    Raises ConlluError for files that are not CoNLL-U, OSError for files that cannot be read or written.
    """
    sentences = [sentence for path in train for sentence in read_conllu(path)]
    if not sentences:
        raise ValueError("the training files have no sentences")
    held_out = {Path(path).name.split(".")[0]: list(read_conllu(path)) for path in dev}
    schedule = replace(Schedule(), epochs=epochs) if epochs else Schedule()
    network, inventory = train_parser(sentences, held_out, schedule, report=report)
    write_model(out, *quantise(network, inventory, sentences[::40]), sentences, train)
    report(f"wrote {out}")


def write_model(out: str | Path, meta: dict, sections: dict, sentences: Sequence[TreebankSentence], sources: Sequence[str | Path]) -> None:
    """Adds boundaries and lemmas, learnt from the same sentences, to a quantised network and writes the blob."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(Path(source).read_bytes())
    meta = {**meta, "treebanks": [Path(source).name for source in sources], "treebank_sha256": digest.hexdigest()}
    write_blob(out, "model", meta, {**sections, **boundary_sections(sentences), **lemma_sections(sentences)})
