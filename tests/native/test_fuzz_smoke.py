"""A few hundred of the inputs of tests/fuzz, so that the harness and what it checks stay true between its long runs."""
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HARNESS = Path(__file__).parents[1] / "fuzz" / "core.py"


def test_what_must_hold_of_any_reading_holds_of_some() -> None:
    done = subprocess.run([sys.executable, str(HARNESS), "--inputs", "300", "--seed", "1"], capture_output=True, text=True)
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    assert report["failures"] == 0, json.dumps(report["examples"], indent=1)
    assert done.returncode == 0
    assert report["inputs"] == 300 and report["acts"] > 50 and report["not_utf8"] > 10 and len(report["kinds"]) > 9
