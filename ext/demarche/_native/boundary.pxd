"""What the two boundary models share: their tables, feature hashing, and what counts as blank or invisible."""
from libc.stdint cimport int16_t, uint8_t, uint16_t, uint32_t, uint64_t

cdef enum:
    WEIGHT_BITS = 16      # both tables of weights have 2^16 rows
    TOKEN_FEATURES = 31   # rows that one inner position of a chunk adds up
    SENTENCE_FEATURES = 35

cdef enum:
    # marks of a training text, one byte for each byte of the text
    MARK_TOKEN = 1        # a token begins here
    MARK_SENTENCE = 2     # a sentence begins here

cdef struct SplitterC:
    const int16_t* token_weights      # 2^16: positive sum, a token begins here
    const int16_t* sentence_weights   # 2^16: positive sum, a sentence begins here
    const uint64_t* word_keys         # open addressing; FNV-1a of the lower-cased word without a final stop, 0 where empty
    const uint32_t* word_values       # abbreviation class << 24 | up to three cuts, a byte each, in characters
    uint32_t word_mask

# Where training rows go; rows and labels belong to the sink.
cdef struct RowSink:
    uint16_t* rows
    uint8_t* labels
    uint32_t* places      # byte offset of each row's boundary
    size_t n
    size_t capacity       # in rows
    int width             # features in a row
    bint failed           # out of memory: rows are missing

# The value of a lower-cased word, 0 where it has none.
cdef inline uint32_t word_value(const SplitterC* model, uint64_t key) noexcept nogil:
    cdef uint32_t at = <uint32_t>(key ^ (key >> 32)) & model.word_mask
    while model.word_keys[at] != 0:
        if model.word_keys[at] == key:
            return model.word_values[at]
        at = (at + 1) & model.word_mask
    return 0

# One more value in a feature's hash; the row is its upper bits.
cdef inline uint64_t mix(uint64_t h, uint64_t value) noexcept nogil:
    h = (h ^ value) * 0x9E3779B97F4A7C15ULL
    return h ^ (h >> 31)

# Typographic variants that count as one character: apostrophes, double quotation marks, dashes.
cdef inline uint32_t fold(uint32_t cp) noexcept nogil:
    if cp < 0x80:
        return 0x27 if cp == 0x60 else cp
    if cp == 0x2019 or cp == 0x2018 or cp == 0x02BC or cp == 0xB4:
        return 0x27
    if cp == 0x201C or cp == 0x201D or cp == 0x201E:
        return 0x22
    if cp >= 0x2012 and cp <= 0x2015:
        return 0x2013
    if cp == 0x2010 or cp == 0x2011:
        return 0x2D
    return cp

# Zero-width and formatting characters: part of the word they stand in, but no evidence of anything.
cdef inline bint is_invisible(uint32_t cp) noexcept nogil:
    return cp == 0xAD or (0x200B <= cp <= 0x200F) or (0x202A <= cp <= 0x202E) or (0x2060 <= cp <= 0x2064) or cp == 0xFEFF \
        or (0xFE00 <= cp <= 0xFE0F)

# White space and control characters: what stands between words.
cdef inline bint is_blank(uint32_t cp, uint8_t bits) noexcept nogil:
    return (bits & 8) != 0 or cp < 0x20 or (0x7F <= cp <= 0x9F)

# The line ends that the character `cp`, ending before byte `after`, counts for: a paragraph separator is two; of CR LF the second counts.
cdef inline uint32_t line_ends(const uint8_t* text, uint32_t length, uint32_t after, uint32_t cp) noexcept nogil:
    if cp == 10 or cp == 11 or cp == 12 or cp == 0x85 or cp == 0x2028:
        return 1
    if cp == 13:
        return 0 if after < length and text[after] == 10 else 1
    return 2 if cp == 0x2029 else 0

# False where there is no memory for the row.
cdef bint sink_add(RowSink* sink, const uint16_t* rows, uint8_t label, uint32_t place) noexcept nogil
