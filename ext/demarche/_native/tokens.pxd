"""Token boundaries: white-space chunks, cut where a linear model over the characters around says so."""
from libc.stdint cimport uint8_t, uint32_t, uint64_t

from demarche._native.boundary cimport RowSink, SplitterC
from demarche._native.document cimport Doc
from demarche._native.text cimport TextTables

cdef enum:
    MAX_CHUNK = 1024      # characters; a longer run without white space is cut there (so is one of more than eight times the bytes)
    PAD = 4               # characters of padding at either side

cdef enum:
    # kinds of characters beside themselves
    KIND_NONE = 0         # before the first and after the last character
    KIND_OTHER = 1
    KIND_DIGIT = 48
    KIND_UPPER = 88
    KIND_LETTER = 120

cdef enum:
    # Chunk.flags
    CHUNK_AT = 1          # has an @
    CHUNK_SCHEME = 2      # has ://
    CHUNK_WWW = 4         # begins with www.
    CHUNK_SLASH = 8
    CHUNK_DIGIT = 16
    CHUNK_DOT = 32        # has a stop inside
    CHUNK_UNDERSCORE = 64
    CHUNK_LOWER = 128

cdef struct Chunk:
    uint32_t n                       # characters that are not invisible
    uint32_t folded[MAX_CHUNK + 8]   # lower-cased and folded, PAD zeros at either side
    uint32_t kind[MAX_CHUNK + 8]     # KIND_* or the folded character, likewise padded
    uint32_t begin[MAX_CHUNK + 1]    # byte offsets; begin[n] is the end of the chunk
    uint64_t tail[MAX_CHUNK + 1]     # hash of the characters from here to the end
    uint64_t segment[MAX_CHUNK + 1]  # hash of the letters and digits from here on
    uint8_t run[MAX_CHUNK + 2]       # letters and digits from here on, 15 or more are 15
    uint64_t whole
    uint32_t last_word               # the character after the last letter or digit
    uint32_t flags                   # CHUNK_* bits
    uint32_t next                    # kind of the next chunk's first character, + 1 << 24 if on a new line; 0: the paragraph ends

# Fills Doc.tokens. With marks, the marks decide instead of the model, and every position that the model would judge goes to the sink.
cdef void cut_tokens(const SplitterC* model, const TextTables* tables, Doc* doc, const uint8_t* marks, RowSink* sink) noexcept nogil
