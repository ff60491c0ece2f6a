"""The one exception of reading."""


class ReadingError(ValueError):
    """A document that cannot be read. `path` as the caller named it, `line` counted from 1 or None, `message` one sentence for people."""

    def __init__(self, path: str, line: int | None, message: str) -> None:
        super().__init__(path, line, message)
        self.path = path
        self.line = line
        self.message = message

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"
