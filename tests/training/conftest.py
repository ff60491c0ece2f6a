"""A small parser with random weights, quantised and written as a model: enough to compare computations, not to parse English."""
from __future__ import annotations

from pathlib import Path

import pytest

from demarche.blob import Blob, write_blob

FORMS = """The committee of the Red Cross met in Lima on Friday , and 14 envoys said " no " to the plan . Did it ? Rebels ( about 300 )
attacked the town ; police did n't answer — 27.5 % of voters stayed home . PRESIDENT SAYS NO TO TALKS ! U.S. re-opened its embassy""".split()


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Blob:
    """A model of odd sizes, so that every tail of the kernels runs."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("numpy")
    torch.set_num_threads(1)
    from demarche._native.labels import DEPREL, UPOS, XPOS
    from demarche.training.conllu import TreebankSentence, Word
    from demarche.training.corpus import Inventory
    from demarche.training.network import ParserNetwork, Sizes
    from demarche.training.quantise import quantise
    words = [Word(form, form.lower(), UPOS[i % 17], XPOS[i % 34], i % 9, DEPREL[i % 47] if i % 9 else "root", i % 4 == 1)
             for i, form in enumerate(FORMS * 8)]
    sentences = [TreebankSentence(words[at:at + 9]) for at in range(0, len(words) - 8, 9)]
    inventory = Inventory.of(sentences)
    torch.manual_seed(7)
    network = ParserNetwork(len(inventory.forms), len(inventory.tags), len(inventory.labels), Sizes(32, 48, 48, 16, 80), 0.0).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(1.5)
        network.distance.normal_()
        network.label_root.normal_()
    meta, sections = quantise(network, inventory, sentences)
    path = tmp_path_factory.mktemp("model") / "small.blob"
    write_blob(path, "model", meta, sections)
    return Blob(path, "model")
