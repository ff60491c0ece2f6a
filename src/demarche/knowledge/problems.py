"""What is wrong in knowledge files: every place at once, as `file:line:column: message`."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a knowledge file; lines and columns count from 1, column 0 stands for the whole line."""
    file: str
    line: int
    message: str
    column: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


class KnowledgeError(ValueError):
    """The knowledge files are wrong; `problems` has every place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
