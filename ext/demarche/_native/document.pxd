"""The document that every stage of the core reads and extends: plain C structures, indices instead of pointers.

A `Doc` belongs to exactly one thread at a time and is reused from document to document (`doc_reset`), so that the
inner loops allocate nothing. Offsets are bytes of the document's UTF-8 text.
"""
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t

cdef enum:
    # Bits of Token.shape
    SHAPE_GLUED = 1      # no white space before it
    SHAPE_CAPITAL = 2    # first character is upper case
    SHAPE_UPPER = 4      # at least two letters, all upper case
    SHAPE_DIGIT = 8      # has a digit
    SHAPE_ALPHA = 16     # letters only
    SHAPE_HEADLINE = 32  # stands in a headline or an all-capitals sentence

cdef enum:
    # Doc.status: 0, or the first thing that went wrong
    DOC_OK = 0
    DOC_NO_MEMORY = 1
    DOC_TOO_LONG = 2     # more bytes or tokens than the limits allow
    DOC_NOT_UTF8 = 3
    DOC_CANCELLED = 4

cdef enum:
    MAX_SENTENCE = 192           # tokens; a longer sentence is cut at its best punctuation mark
    MAX_TEXT_BYTES = 1 << 26

cdef struct Token:
    uint64_t norm_hash     # hash_bytes of the lower-cased form
    uint64_t lemma_hash    # hash_bytes of the lemma, lower-cased
    uint32_t start         # first byte in the text
    uint32_t end           # byte after the last
    uint32_t norm          # where the lower-cased form begins in Doc.strings
    uint32_t lemma         # where the lemma begins in Doc.strings
    uint16_t norm_length   # bytes
    uint16_t lemma_length  # bytes
    int32_t head           # token index in the document; -1 for the root of a sentence
    uint32_t sentence      # index into Doc.sentences
    uint8_t upos           # UPOS_*
    uint8_t xpos           # XPOS_*
    uint8_t deprel         # DEP_*
    uint8_t shape          # SHAPE_* bits

cdef struct Sentence:
    uint32_t first         # first token
    uint32_t last          # token after the last
    uint32_t start         # first byte in the text
    uint32_t end           # byte after the last
    uint8_t paragraph      # 1: begins a paragraph

cdef struct Doc:
    const uint8_t* text    # borrowed; outlives the Doc's use of it
    uint32_t length        # bytes
    Token* tokens
    uint32_t n_tokens
    uint32_t token_capacity
    Sentence* sentences
    uint32_t n_sentences
    uint32_t sentence_capacity
    char* strings          # lower-cased forms and lemmas, one after the other
    uint32_t n_strings
    uint32_t string_capacity
    int status             # DOC_*
    uint32_t status_offset # the byte at which it went wrong

cdef void doc_init(Doc* doc) noexcept nogil
cdef void doc_reset(Doc* doc, const uint8_t* text, uint32_t length) noexcept nogil
cdef void doc_free(Doc* doc) noexcept nogil
cdef Token* doc_add_token(Doc* doc) noexcept nogil          # zeroed; NULL and status DOC_NO_MEMORY on failure
cdef Sentence* doc_add_sentence(Doc* doc) noexcept nogil    # likewise
cdef int64_t doc_add_string(Doc* doc, const char* s, uint32_t length) noexcept nogil  # its offset, or -1
cdef uint64_t hash_bytes(const char* s, size_t length, uint64_t seed) noexcept nogil  # FNV-1a 64, seed xored into the basis


