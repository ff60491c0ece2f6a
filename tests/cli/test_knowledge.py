"""`demarche knowledge`: what it prints, its exit status, and one line where it is called wrongly."""
from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from demarche.cli import run
from demarche.knowledge import check as checks
from demarche.knowledge.ontology import load_ontology

Run = Callable[..., tuple[int, str, str]]
BLAME = "type ACCUSE\npattern blame-x\n  mode disapprove\n  cameo 111\n  verb ACTOR blamify RECIPIENT\n  + Kenya blamified Uganda. | Kenya > Uganda\n"
AGAIN = BLAME.replace("blame-x", "scold-x").replace("cameo 111", "cameo 112")


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls a command in this process; returns status, output and error output."""
    def call(*arguments: Any) -> tuple[int, str, str]:
        status = run(["knowledge", *map(str, arguments)])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return status, captured.out, captured.err
    return call


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing is shipped, so that only the folders of the test are checked."""
    monkeypatch.setattr(checks, "DATA", tmp_path_factory.mktemp("shipped"))


def folder(path: Path, **files: str) -> Path:
    (path / "acts").mkdir()
    for name, text in files.items():
        (path / "acts" / f"{name}.txt").write_text(text)
    return path


def test_a_folder_without_problems(cli: Run, empty: None, tmp_path: Path) -> None:
    assert cli("check", folder(tmp_path, a=BLAME)) == (0, "0 errors, 0 warnings\n", "")


def test_errors_come_first_and_are_status_1(cli: Run, empty: None, tmp_path: Path) -> None:
    status, out, err = cli("check", folder(tmp_path, lists="list idle: a\n", z=BLAME + "  nonsense\n"))
    assert (status, err) == (1, "")
    assert out.splitlines() == ["z.txt:7: error: cannot read 'nonsense'", "lists.txt:1: no frame uses the list idle",
                                "1 error, 1 warning (1 list that no frame uses)"]


def test_a_contradiction_is_an_error_only_if_strict(cli: Run, empty: None, tmp_path: Path) -> None:
    path = folder(tmp_path, a=BLAME, b=AGAIN)
    status, out, _ = cli("check", path)
    assert status == 0 and out.startswith("b.txt:5: CONTRADICTION: the frame ") and out.endswith("0 errors, 1 warning (1 contradiction)\n")
    status, out, _ = cli("check", "--strict", path)
    assert status == 1 and out.startswith("b.txt:5: error: CONTRADICTION: ") and out.endswith("1 error, 0 warnings (1 contradiction)\n")


def test_the_help_says_what_strict_is_for(cli: Run) -> None:
    status, out, _ = cli("check", "--help")
    assert status == 0 and "--strict" in out and "unless --strict is given" in " ".join(out.split())


def test_folders_add_to_the_shipped_files(cli: Run, tmp_path: Path) -> None:
    alone = cli("check")[1].splitlines()
    status, out, _ = cli("check", folder(tmp_path, mine=BLAME, yours=AGAIN))
    new = [line for line in out.splitlines()[:-1] if line not in alone]
    assert status == 0 and len(new) == 1 and new[0].startswith("yours.txt:5: CONTRADICTION")


def test_the_shipped_folder_is_not_checked_twice(cli: Run) -> None:
    assert cli("check", checks.DATA) == cli("check")


@pytest.mark.parametrize("name, says", [("none", "none: no such folder"), ("file", "file: a file, not a folder"), ("plain", "plain: no knowledge")])
def test_a_wrong_folder_is_one_line_and_status_2(cli: Run, tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "plain").mkdir()
    status, out, err = cli("check", tmp_path / name)
    assert (status, out) == (2, "") and err.count("\n") == 1 and err.startswith("demarche knowledge check: ") and says in err


def test_the_shipped_files_take_under_three_seconds() -> None:
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "demarche", "knowledge", "check"], capture_output=True, text=True, timeout=60)
    assert time.monotonic() - began < 3 and done.returncode == 0 and done.stdout.splitlines()[-1].startswith("0 errors, ")


def test_list_as_json_has_everything_of_the_ontology(cli: Run) -> None:
    status, out, _ = cli("list", "--format", "json")
    entries = [json.loads(line) for line in out.splitlines()]
    ontology = load_ontology()
    assert status == 0 and len(entries) == len(ontology.types) + len(ontology.modes) + len(ontology.cameo) + len(ontology.contexts)
    assert all(entry["reachable"] and entry["patterns"] and entry["example"] for entry in entries if entry["kind"] == "type")
    assert all(entry.get("example") or entry.get("reason") for entry in entries if entry["reachable"])
    assert all("terms" in entry and "patterns" not in entry for entry in entries if entry["kind"] == "context")


@pytest.mark.parametrize("what, heading, row", [("types", "Type", "ASSAULT"), ("modes", "Mode", "ASSAULT/drone"), ("cameo", "CAMEO code", "010"),
                                                ("contexts", "Context", "health")])
def test_list_as_a_table(cli: Run, monkeypatch: pytest.MonkeyPatch, what: str, heading: str, row: str) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    status, out, _ = cli("list", what)
    lines = out.splitlines()
    assert status == 0 and lines[0].startswith(f"  {heading} ") and any(line.startswith(f"  {row} ") for line in lines)
    assert max(map(len, lines)) <= 100
    assert what != "cameo" or any("not reachable (PLOVER" in line for line in lines)


def test_list_without_a_kind_has_all_four(cli: Run) -> None:
    lines = cli("list")[1].splitlines()
    assert lines.count("") == 3 and sum(line.lstrip().startswith("---") for line in lines) == 4


@pytest.mark.parametrize("arguments, says", [
    (["list", "verbs"], "demarche knowledge list: Invalid value"),
    (["nonsense"], "demarche knowledge: No such command"),
    (["list", "--format", "xml"], "demarche knowledge list: Invalid value for '--format'"),
])
def test_a_wrong_call_is_one_line_and_status_2(cli: Run, arguments: list[str], says: str) -> None:
    status, _, err = cli(*arguments)
    assert status == 2 and err.count("\n") == 1 and err.startswith(says)
