"""Plain text files: paragraphs apart by blank lines, wrapped or not, with header lines above."""
import re

from demarche.reading.article import assemble
from demarche.reading.blocks import Block
from demarche.reading.captions import caption_of
from demarche.reading.furniture import furniture_kind
from demarche.reading.header import byline_of, date_of_line
from demarche.reading.source import SourceDocument

_BLANK = re.compile(r"\n[ \t\u00a0]*\n\s*")
_SENTENCE_END = re.compile(r"[.!?:][\"”’')\]]*$")
_LONG_LINE = 100  # lines of wrapped text are shorter, on average


def read_plain(text: str, name: str) -> SourceDocument:
    """The report of a text file. Raises ReadingError where it holds none."""
    return assemble((Block("paragraph", paragraph) for paragraph in paragraphs_of(text)), name)


def paragraphs_of(text: str) -> list[str]:
    """Paragraphs on one line each: wrapped lines joined, header and furniture lines by themselves."""
    found: list[str] = []
    for chunk in _BLANK.split(text.strip()):
        lines = [" ".join(line.split()) for line in chunk.split("\n") if line.strip()]
        if len(lines) > 1 and _one_per_line(lines):
            found.extend(lines)
            continue
        running: list[str] = []
        for line in lines:
            if _stands_alone(line) and not (running and not _SENTENCE_END.search(running[-1]) and len(running[-1]) > 50):
                if running:
                    found.append(" ".join(running))
                    running = []
                found.append(line)
            else:
                running.append(line)
        if running:
            found.append(" ".join(running))
    return found


def _one_per_line(lines: list[str]) -> bool:
    ended = sum(1 for line in lines if _SENTENCE_END.search(line))
    return ended * 10 >= len(lines) * 6 and sum(map(len, lines)) >= _LONG_LINE * len(lines)


def _stands_alone(line: str) -> bool:
    return (byline_of(line) is not None or date_of_line(line) is not None or furniture_kind(Block("paragraph", line)) is not None
            or (line[0] in "([" and caption_of(line) is not None))
