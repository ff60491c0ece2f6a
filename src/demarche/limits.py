"""Every limit of the contract in one place; the comments of proto/demarche/v1 state the same numbers and a test compares them."""
from typing import Final

MAX_TEXT_BYTES: Final = 1 << 20  # plain text of one document, UTF-8
MAX_HTML_BYTES: Final = 8 << 20  # web page of one document, UTF-8
MAX_LINE_BYTES: Final = 16 << 20  # one line of JSON Lines; a file of them may be of any length
MAX_ANALYZED_BYTES: Final = 8 << 20  # a text of `demarche analyze`, which takes several documents' worth
MAX_TITLE_BYTES: Final = 4096
MAX_URL_BYTES: Final = 4096
MAX_NAME_BYTES: Final = 512  # document id, publisher
MAX_MENTIONS: Final = 10_000  # of one document
MAX_CHUNK_DOCUMENTS: Final = 64
# One request. A document over its own limit should still arrive, so that it can be refused by name.
MAX_REQUEST_BYTES: Final = 16 << 20
# One reply. A reply repeats the text and adds a few times its length; clients must be able to take the largest chunk.
MAX_REPLY_BYTES: Final = 256 << 20
