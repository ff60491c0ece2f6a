"""Sentence boundaries: a linear model over the tokens around, and the marks that end paragraphs."""
from libc.stdint cimport uint8_t, uint32_t, uint64_t

from demarche._native.boundary cimport RowSink, SplitterC
from demarche._native.document cimport Doc
from demarche._native.text cimport TextTables

cdef enum:
    # white space before a token
    GAP_NONE = 0
    GAP_SPACE = 1
    GAP_LINE = 2
    GAP_PARAGRAPH = 3

cdef enum:
    # what a token looks like
    LOOK_NONE = 0         # beyond the paragraph
    LOOK_LOWER = 1
    LOOK_CAPITAL = 2
    LOOK_UPPER = 3
    LOOK_INITIAL = 4      # one capital letter, with its stop or without
    LOOK_MIXED = 5
    LOOK_DIGITS = 6
    LOOK_NUMBER = 7
    LOOK_ALNUM = 8
    LOOK_STOP = 9
    LOOK_SHOUT = 10       # question and exclamation marks
    LOOK_DOTS = 11
    LOOK_COMMA = 12
    LOOK_SEMICOLON = 13
    LOOK_COLON = 14
    LOOK_DASH = 15
    LOOK_OPEN = 16        # brackets
    LOOK_CLOSE = 17
    LOOK_QUOTE = 18       # a straight quotation mark of unknown direction
    LOOK_OPEN_QUOTE = 19
    LOOK_CLOSE_QUOTE = 20
    LOOK_APOSTROPHE = 21
    LOOK_DOTTED = 22      # a word with its stop
    LOOK_CLITIC = 23
    LOOK_SYMBOL = 24
    LOOK_RULE = 25        # several marks in a row
    LOOK_ADDRESS = 26     # of the web or of mail

cdef struct Look:
    uint64_t form         # hash of the folded, lower-cased characters
    uint64_t stem         # of all but the last
    uint64_t ending       # of the last three
    uint32_t first        # folded characters
    uint32_t last
    uint32_t length       # characters
    uint32_t line         # if a line ends before it: bucket of that line's length * 8 + bucket of the next one's
    uint8_t gap           # GAP_*
    uint8_t kind          # LOOK_*
    uint8_t abbreviation  # class of the abbreviation, 0 if it is none

# Fills Doc.sentences, Token.sentence and the paragraph flags. Marks and sink as for cut_tokens.
cdef void cut_sentences(const SplitterC* model, const TextTables* tables, Doc* doc, const uint8_t* marks, RowSink* sink) noexcept nogil
