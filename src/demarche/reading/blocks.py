"""What every format is taken apart into before the report is put together."""
from typing import NamedTuple


class Block(NamedTuple):
    """One paragraph, heading, list item or caption of a page, its text on one line."""
    kind: str               # heading, paragraph, item, caption
    text: str
    linked: bool = False    # all of its words are inside links
    url: str = ""           # where its first link leads
