"""UTF-8 decoding and character classes. The tables travel in the model, so that a class never depends on the Python that runs it."""
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t

cdef enum:
    # character classes, bits (training/features.py writes them)
    CLASS_ALPHA = 1      # letters and marks
    CLASS_UPPER = 2      # has a lower case of one character
    CLASS_DIGIT = 4      # decimal digits of any script
    CLASS_SPACE = 8
    CLASS_PUNCT = 16
    CLASS_SYMBOL = 32
    CLASS_OTHER = 64     # control, format, unassigned, other numbers

cdef struct TextTables:
    const uint16_t* stage1   # block by code point >> 8
    const uint32_t* stage2   # class << 24 | lower-case code point minus code point, 24 bits, signed

cdef inline uint32_t entry_of(const TextTables* tables, uint32_t cp) noexcept nogil:
    return tables.stage2[(<uint32_t>tables.stage1[cp >> 8] << 8) | (cp & 0xFF)]

cdef inline uint8_t class_of(const TextTables* tables, uint32_t cp) noexcept nogil:
    return <uint8_t>(entry_of(tables, cp) >> 24)

# The low 24 bits of an entry are the signed difference to the lower case, so that most blocks of code points are one block.
cdef inline uint32_t lower_by(uint32_t entry, uint32_t cp) noexcept nogil:
    return <uint32_t>(<int32_t>cp + (<int32_t>(entry << 8) >> 8))

cdef inline uint32_t lower_of(const TextTables* tables, uint32_t cp) noexcept nogil:
    return lower_by(entry_of(tables, cp), cp)

# Decodes the code point at `at` into cp[0]; returns the bytes it takes, or 0 where the bytes are not UTF-8
# (surrogates, overlong forms and code points over U+10FFFF are not) or end too early.
cdef inline uint32_t decode(const uint8_t* text, uint32_t length, uint32_t at, uint32_t* cp) noexcept nogil:
    cdef uint32_t left = length - at
    cdef uint8_t a, b, c, d
    if left == 0:
        return 0
    a = text[at]
    if a < 0x80:
        cp[0] = a
        return 1
    if a < 0xC2 or left < 2:
        return 0
    b = text[at + 1]
    if b & 0xC0 != 0x80:
        return 0
    if a < 0xE0:
        cp[0] = (<uint32_t>(a & 0x1F) << 6) | (b & 0x3F)
        return 2
    if left < 3:
        return 0
    c = text[at + 2]
    if c & 0xC0 != 0x80:
        return 0
    if a < 0xF0:
        cp[0] = (<uint32_t>(a & 0x0F) << 12) | (<uint32_t>(b & 0x3F) << 6) | (c & 0x3F)
        return 3 if cp[0] >= 0x800 and not 0xD800 <= cp[0] <= 0xDFFF else 0
    if left < 4 or a > 0xF4:
        return 0
    d = text[at + 3]
    if d & 0xC0 != 0x80:
        return 0
    cp[0] = (<uint32_t>(a & 0x07) << 18) | (<uint32_t>(b & 0x3F) << 12) | (<uint32_t>(c & 0x3F) << 6) | (d & 0x3F)
    return 4 if 0x10000 <= cp[0] <= 0x10FFFF else 0

# Writes cp as UTF-8 to out (room for 4 bytes); returns the bytes written.
cdef inline uint32_t encode_utf8(uint32_t cp, uint8_t* out) noexcept nogil:
    if cp < 0x80:
        out[0] = <uint8_t>cp
        return 1
    if cp < 0x800:
        out[0] = <uint8_t>(0xC0 | (cp >> 6))
        out[1] = <uint8_t>(0x80 | (cp & 0x3F))
        return 2
    if cp < 0x10000:
        out[0] = <uint8_t>(0xE0 | (cp >> 12))
        out[1] = <uint8_t>(0x80 | ((cp >> 6) & 0x3F))
        out[2] = <uint8_t>(0x80 | (cp & 0x3F))
        return 3
    out[0] = <uint8_t>(0xF0 | (cp >> 18))
    out[1] = <uint8_t>(0x80 | ((cp >> 12) & 0x3F))
    out[2] = <uint8_t>(0x80 | ((cp >> 6) & 0x3F))
    out[3] = <uint8_t>(0x80 | (cp & 0x3F))
    return 4

# The offset of the first byte that is not UTF-8, or `length`.
cdef uint32_t validate_utf8(const uint8_t* text, uint32_t length) noexcept nogil
