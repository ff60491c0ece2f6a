"""What the README names must exist."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from demarche.cli import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text under a heading, to the next one."""
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_command_named_exists_and_every_command_is_named() -> None:
    named = set(re.findall(r"(?:`|\bbin/|^|&& )demarche ([a-z]+)", README, re.MULTILINE))
    assert named == set(COMMANDS)


@pytest.mark.parametrize("path", re.findall(r"`([^`\s]+)`", "".join(row.split("|")[1] for row in section("Where everything is").splitlines()
                                                                    if row.startswith("| `"))))
def test_paths_of_the_layout_exist(path: str) -> None:
    assert (ROOT / path).is_dir() if path.endswith("/") else (ROOT / path).is_file()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"(?:src|tests|proto|ext)/[\w./-]*\w", README))))
def test_paths_named_anywhere_exist(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_pattern_shown_is_in_the_files() -> None:
    shown = re.search(r"<!-- pattern: ([\w-]+) -->\n```\n(.*?)```", README, re.DOTALL)
    assert shown, "the README shows a pattern"
    name, block = shown.groups()
    assert block.startswith(f"pattern {name}\n")
    files = sorted((ROOT / "src/demarche/knowledge/data/acts").glob("*.txt"))
    assert any(block in file.read_text(encoding="utf-8") for file in files)


def test_the_actor_shown_is_in_the_files() -> None:
    block = re.search(r"```\ntaliban\n(.*?)```", README, re.DOTALL)
    assert block, "the README shows an actor"
    files = sorted((ROOT / "src/demarche/knowledge/data/actors").rglob("*.txt"))
    entry = next(text.partition("\ntaliban\n")[2] for text in (file.read_text(encoding="utf-8") for file in files) if "\ntaliban\n" in text)
    entry = entry.partition("\n\n")[0]
    assert all(line.strip() in entry for line in block[1].splitlines())


def test_the_test_command_is_one_line_after_its_marker() -> None:
    command = re.search(r"<!-- test command -->\n```bash\n(.*?)```", README, re.DOTALL)
    assert command
    assert command[1].startswith("python3 ") and command[1].count("\n") == 1


def test_services_of_the_contracts_are_in_the_table() -> None:
    contract = (ROOT / "proto/demarche/v1/coding_service.proto").read_text(encoding="utf-8")
    for name in re.findall(r"^  rpc (\w+)\(", contract, re.MULTILINE):
        assert f"`CodingService.{name}`" in README
