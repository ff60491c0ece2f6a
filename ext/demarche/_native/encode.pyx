"""The features of `training/features.py` in C; see there for what they are and why."""
from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t, uint64_t

from demarche._native.document cimport (DOC_NO_MEMORY, DOC_OK, SHAPE_ALPHA, SHAPE_CAPITAL, SHAPE_DIGIT, SHAPE_GLUED, SHAPE_HEADLINE,
                                        SHAPE_UPPER, Doc, Token, doc_add_string, doc_add_token, doc_free, doc_init, doc_reset)
from demarche._native.text cimport CLASS_ALPHA, CLASS_DIGIT, CLASS_UPPER, decode, encode_utf8, entry_of, lower_by, validate_utf8

cdef enum:
    # Rows of the hashed tables and seeds of their hashes, as in training/features.py
    PREFIX_ROWS = 2048
    SUFFIX3_ROWS = 4096
    SUFFIX4_ROWS = 6144
    SHAPE_ROWS = 2048
    VOCABULARY_SEED = 1
    PREFIX_SEED = 2
    SUFFIX3_SEED = 3
    SUFFIX4_SEED = 4
    SHAPE_SEED = 5
    CHUNK = 256

cdef uint64_t BASIS = 0xCBF29CE484222325ULL


cdef inline uint64_t add_byte(uint64_t value, uint8_t byte) noexcept nogil:
    """One step of FNV-1a, as hash_bytes of document.pyx takes it."""
    return (value ^ byte) * 0x100000001B3ULL


cdef inline uint64_t add_code_point(uint64_t value, uint32_t cp) noexcept nogil:
    cdef uint8_t utf8[4]
    cdef uint32_t i, size
    if cp < 0x80:
        return add_byte(value, <uint8_t>cp)
    size = encode_utf8(cp, utf8)
    for i in range(size):
        value = add_byte(value, utf8[i])
    return value


cdef inline uint32_t row_of(uint64_t value, uint32_t rows) noexcept nogil:
    return <uint32_t>((value ^ value >> 32) % rows)


cdef inline uint32_t fold(uint32_t cp) noexcept nogil:
    """A lower-case character as the vocabulary has it: ASCII digits as 0, typographic variants folded."""
    if cp < 0x80:
        if c'0' <= cp <= c'9':
            return c'0'
        return c"'" if cp == c'`' else cp
    if cp == 0xB4 or cp == 0x2BC or cp == 0x2018 or cp == 0x2019:
        return c"'"
    if cp == 0xAB or cp == 0xBB or 0x201C <= cp <= 0x201E:
        return c'"'
    if 0x2010 <= cp <= 0x2015 or cp == 0x2212:
        return c'-'
    return cp


cdef int encode_token(const EncoderC* encoder, Doc* doc, Token* token, bint glued, uint32_t* rows) noexcept nogil:
    """Norm, shape bits (keeping SHAPE_GLUED and SHAPE_HEADLINE) and rows of one token; `glued` goes into the hashed shape."""
    cdef uint8_t chunk[CHUNK + 4]
    cdef uint32_t tail[4]            # the last four folded characters, as a ring
    cdef uint32_t at = token.start, filled = 0, characters = 0, letters = 0, upper = 0, run = 0, last_kind = 0, norm_length = 0
    cdef uint32_t cp, entry, bits, low, folded, kind, size, i, slot, begin
    cdef uint64_t norm_hash = BASIS, form_hash = BASIS ^ VOCABULARY_SEED, prefix = BASIS ^ PREFIX_SEED, shape = BASIS ^ SHAPE_SEED
    cdef uint64_t suffix3 = BASIS ^ SUFFIX3_SEED, suffix4 = BASIS ^ SUFFIX4_SEED
    cdef bint alpha = True, digit = False, capital = False
    cdef int64_t where
    token.norm = doc.n_strings
    if glued:
        shape = add_byte(shape, c'+')
    while at < token.end:
        cp = doc.text[at]
        if cp < 0x80:
            at += 1
        else:
            size = decode(doc.text, token.end, at, &cp)
            if size == 0:            # callers validate: only a token that cuts a character in two gets here
                cp, size = 0xFFFD, 1
            at += size
        entry = entry_of(&encoder.tables, cp)
        bits = entry >> 24
        low = lower_by(entry, cp)
        if norm_length <= MAX_NORM_BYTES - 4:
            size = encode_utf8(low, chunk + filled)
            for i in range(size):
                norm_hash = add_byte(norm_hash, chunk[filled + i])
            filled += size
            norm_length += size
            if filled > CHUNK - 4:
                if doc_add_string(doc, <char*>chunk, filled) < 0:
                    return DOC_NO_MEMORY
                filled = 0
        folded = fold(low)
        form_hash = add_code_point(form_hash, folded)
        if characters < 3:
            prefix = add_code_point(prefix, folded)
        tail[characters & 3] = folded
        # The kinds X, x and 0 also stand for the characters themselves, as in the hash; their runs are compared likewise.
        if bits & CLASS_UPPER:
            kind = c'X'
            upper += 1
        elif bits & CLASS_ALPHA:
            kind = c'x'
        else:
            kind = c'0' if c'0' <= cp <= c'9' else cp
        run = run + 1 if kind == last_kind else 1
        last_kind = kind
        if run <= 3:
            shape = add_code_point(shape, kind)
        if bits & CLASS_ALPHA:
            letters += 1
        else:
            alpha = False
        if bits & CLASS_DIGIT:
            digit = True
        if characters == 0 and bits & CLASS_UPPER:
            capital = True
        characters += 1
    if filled and doc_add_string(doc, <char*>chunk, filled) < 0:
        return DOC_NO_MEMORY
    for i in range(characters - 4 if characters > 4 else 0, characters):
        suffix4 = add_code_point(suffix4, tail[i & 3])
    for i in range(characters - 3 if characters > 3 else 0, characters):
        suffix3 = add_code_point(suffix3, tail[i & 3])
    token.norm_length = <uint16_t>norm_length
    token.norm_hash = norm_hash
    token.shape = ((token.shape & (SHAPE_GLUED | SHAPE_HEADLINE)) | (SHAPE_CAPITAL if capital else 0)
                   | (SHAPE_UPPER if letters >= 2 and upper >= letters else 0)
                   | (SHAPE_DIGIT if digit else 0) | (SHAPE_ALPHA if alpha and characters else 0))
    slot = <uint32_t>(form_hash ^ form_hash >> 32) & encoder.mask
    while encoder.keys[slot] != 0 and encoder.keys[slot] != form_hash:
        slot = (slot + 1) & encoder.mask
    rows[0] = encoder.rows[slot] if encoder.keys[slot] == form_hash else 0
    rows[1] = row_of(prefix, PREFIX_ROWS)
    rows[2] = row_of(suffix3, SUFFIX3_ROWS)
    rows[3] = row_of(suffix4, SUFFIX4_ROWS)
    rows[4] = row_of(shape, SHAPE_ROWS)
    return DOC_OK


cdef int encode_sentence(const EncoderC* encoder, Doc* doc, uint32_t first, uint32_t last, uint32_t* rows) noexcept nogil:
    cdef uint32_t i, upper_words = 0
    cdef bint lower_seen = False, glued
    cdef Token* token
    for i in range(first, last):
        token = &doc.tokens[i]
        # The treebanks do not tell whether a sentence is glued to the one before: the network never saw that.
        glued = i > first and token.shape & SHAPE_GLUED
        if encode_token(encoder, doc, token, glued, rows + <size_t>(i - first) * FEATURES) != DOC_OK:
            return DOC_NO_MEMORY
        if token.shape & SHAPE_ALPHA and not token.shape & SHAPE_UPPER and token.end - token.start > 1:
            lower_seen = True
        elif token.shape & SHAPE_UPPER and token.end - token.start > 2:
            upper_words += 1
    if upper_words >= 2 and not lower_seen:
        for i in range(first, last):
            doc.tokens[i].shape |= SHAPE_HEADLINE
    return DOC_OK


cdef class Encoder:
    """The tables of `blob` (demarche.blob.Blob) for encoding. ValueError: the model is damaged."""

    def __cinit__(self, object blob not None):
        self.blob = blob
        names = ("unicode.stage1", "unicode.stage2", "vocabulary.keys", "vocabulary.rows", "embedding.form")
        if any(name not in blob for name in names):
            raise ValueError(f"{blob.path}: the model lacks a section of {', '.join(names)}")
        cdef const unsigned short[::1] stage1 = blob["unicode.stage1"]
        cdef const unsigned int[::1] stage2 = blob["unicode.stage2"]
        cdef const unsigned long long[::1] keys = blob["vocabulary.keys"]
        cdef const unsigned short[::1] rows = blob["vocabulary.rows"]
        cdef size_t i, slots = keys.shape[0], free_slots = 0
        cdef size_t known = blob.shape("embedding.form")[0]
        cdef size_t blocks = stage2.shape[0] // 256
        if stage1.shape[0] != 0x1100 or stage2.shape[0] % 256 or any(block >= blocks for block in blob["unicode.stage1"]):
            raise ValueError(f"{blob.path}: the character tables are damaged")
        if slots == 0 or slots & (slots - 1) or <size_t>rows.shape[0] != slots:
            raise ValueError(f"{blob.path}: the vocabulary is damaged")
        for i in range(slots):
            free_slots += keys[i] == 0
            if rows[i] >= known:
                raise ValueError(f"{blob.path}: the vocabulary is damaged")
        if free_slots == 0:
            raise ValueError(f"{blob.path}: the vocabulary is damaged")
        self.c.tables.stage1 = &stage1[0]
        self.c.tables.stage2 = &stage2[0]
        self.c.keys = <const uint64_t*>&keys[0]
        self.c.rows = &rows[0]
        self.c.mask = <uint32_t>(slots - 1)

    def encode(self, bytes form not None, bint glued=False) -> tuple[tuple[int, ...], bytes, int, int]:
        """Rows, lower-cased form, its hash and SHAPE_* bits of one token; `glued`: no white space before it. ValueError: not UTF-8."""
        cdef Doc doc
        cdef uint32_t rows[FEATURES]
        cdef Token* token
        if validate_utf8(form, <uint32_t>len(form)) != <uint32_t>len(form):
            raise ValueError("the form is not UTF-8")
        doc_init(&doc)
        try:
            doc_reset(&doc, form, <uint32_t>len(form))
            token = doc_add_token(&doc)
            if token is NULL:
                raise MemoryError
            token.end = <uint32_t>len(form)
            if encode_token(&self.c, &doc, token, glued, rows) != DOC_OK:
                raise MemoryError
            return ((rows[0], rows[1], rows[2], rows[3], rows[4]), (doc.strings + token.norm)[:token.norm_length], token.norm_hash,
                    token.shape)
        finally:
            doc_free(&doc)
