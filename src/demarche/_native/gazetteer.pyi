from typing import Final, Sequence

from demarche.blob import Blob

HONORIFICS: Final[list[str]]

class Gazetteer:
    blob: Blob
    def __init__(self, blob: Blob) -> None: ...
    def find(self, tokens: Sequence[tuple[str, str, str] | None], headline: bool = False,
             repeat: int = 1) -> list[tuple[int, int, int, int, int, int]]: ...
