"""The shipped model: what the core does with a model is tested on the one that it is made for. Nothing here needs the training's libraries."""
from __future__ import annotations

from pathlib import Path

import pytest

import demarche
from demarche.blob import Blob

SHIPPED = Path(demarche.__file__).parent / "model" / "english.blob"


@pytest.fixture(scope="session")
def model() -> Blob:
    if not SHIPPED.exists():
        pytest.fail(f"{SHIPPED} is missing: it is part of the package")
    return Blob(SHIPPED, "model")
