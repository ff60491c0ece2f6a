"""Token boundaries.

White space separates chunks. A chunk of ASCII letters is a token at once, unless the word list cuts it ("cannot");
any other chunk is judged at each inner position where one of the two characters is no letter (and before "n't").
"""
from libc.stdint cimport int32_t, uint16_t

from demarche._native.boundary cimport (MARK_TOKEN, TOKEN_FEATURES, WEIGHT_BITS, fold, is_blank, is_invisible, line_ends, mix, sink_add,
                                        word_value)
from demarche._native.document cimport SHAPE_GLUED, Token, doc_add_token
from demarche._native.text cimport CLASS_ALPHA, CLASS_DIGIT, CLASS_UPPER, decode, entry_of, lower_by

cdef enum:
    SHIFT = 64 - WEIGHT_BITS

cdef uint64_t BASIS = 0xCBF29CE484222325ULL
cdef uint64_t PRIME = 0x100000001B3ULL
cdef uint64_t SEED = 0x5DEECE66DULL


cdef inline bint is_letter_kind(uint32_t kind) noexcept nogil:
    return kind == KIND_LETTER or kind == KIND_UPPER


cdef inline bint is_ascii_letter(uint8_t c) noexcept nogil:
    return <uint8_t>((c | 32) - 97) < 26


cdef uint32_t skip_blank(const TextTables* tables, const uint8_t* text, uint32_t length, uint32_t at, uint32_t* lines) noexcept nogil:
    """The first byte from `at` that is no white space; lines[0] counts the line ends passed."""
    cdef uint32_t cp = 0, step
    cdef uint8_t bits
    while at < length:
        if text[at] == 32:
            at += 1
            continue
        step = decode(text, length, at, &cp)
        bits = <uint8_t>(entry_of(tables, cp) >> 24)
        if not is_blank(cp, bits):
            break
        at += step
        lines[0] += line_ends(text, length, at, cp)
    return at


cdef void emit(const SplitterC* model, Doc* doc, uint32_t start, uint32_t end, bint glued, uint64_t key, bint listed) noexcept nogil:
    """Add a token; a word of ASCII letters (`listed`, its hash in `key`) is cut where the word list says so."""
    cdef Token* token
    cdef uint32_t cuts = 0, cut, at = start
    if listed and end - start <= 16:
        cuts = word_value(model, key) & 0xFFFFFF
    while True:
        cut = cuts & 0xFF
        cuts >>= 8
        token = doc_add_token(doc)
        if token == NULL:
            return
        token.start = at
        if glued:
            token.shape = SHAPE_GLUED
        if cut == 0 or start + cut >= end:
            token.end = end
            return
        token.end = at = start + cut
        glued = True


cdef uint32_t read_chunk(const TextTables* tables, const uint8_t* text, uint32_t length, uint32_t at, Chunk* chunk) noexcept nogil:
    """Decode the chunk that begins at `at`, up to white space or MAX_CHUNK characters; returns the byte after it."""
    cdef uint32_t cp = 0, step, entry, n = 0, i, folded
    cdef uint8_t bits
    cdef uint64_t h, segment
    cdef uint32_t* f = chunk.folded + PAD
    cdef uint32_t* g = chunk.kind + PAD
    chunk.begin[0] = at
    chunk.flags = 0
    while at < length:
        step = decode(text, length, at, &cp)
        entry = entry_of(tables, cp)
        bits = <uint8_t>(entry >> 24)
        if is_blank(cp, bits):
            break
        if n == MAX_CHUNK or at - chunk.begin[0] > 8 * MAX_CHUNK:
            break
        if is_invisible(cp):
            at += step
            continue
        if n > 0:
            chunk.begin[n] = at
        folded = fold(lower_by(entry, cp))
        f[n] = folded
        if bits & CLASS_ALPHA:
            g[n] = KIND_UPPER if bits & CLASS_UPPER else KIND_LETTER
            if not bits & CLASS_UPPER:
                chunk.flags |= CHUNK_LOWER
        elif bits & CLASS_DIGIT:
            g[n] = KIND_DIGIT
            chunk.flags |= CHUNK_DIGIT
        else:
            g[n] = folded if folded > 2 else KIND_OTHER
            if folded == 64:
                chunk.flags |= CHUNK_AT
            elif folded == 47:
                chunk.flags |= CHUNK_SLASH
                if n >= 2 and f[n - 1] == 47 and f[n - 2] == 58:
                    chunk.flags |= CHUNK_SCHEME
            elif folded == 46:
                if n == 3 and f[0] == 119 and f[1] == 119 and f[2] == 119:
                    chunk.flags |= CHUNK_WWW
            elif folded == 95:
                chunk.flags |= CHUNK_UNDERSCORE
        n += 1
        at += step
    chunk.n = n
    chunk.begin[n] = at
    for i in range(PAD):
        chunk.folded[i] = chunk.kind[i] = 0
        f[n + i] = g[n + i] = 0
    chunk.last_word = n
    while chunk.last_word > 0 and not (is_letter_kind(g[chunk.last_word - 1]) or g[chunk.last_word - 1] == KIND_DIGIT):
        chunk.last_word -= 1
    h = segment = SEED
    chunk.run[n] = chunk.run[n + 1] = 0
    chunk.tail[n] = chunk.segment[n] = SEED
    i = n
    while i > 0:
        i -= 1
        if f[i] == 46 and i > 0 and i + 1 < n and is_letter_kind(g[i + 1]):
            chunk.flags |= CHUNK_DOT
        h = mix(h, f[i])
        segment = mix(segment, f[i]) if is_letter_kind(g[i]) or g[i] == KIND_DIGIT else SEED
        chunk.run[i] = 0 if segment == SEED else chunk.run[i + 1] + 1 if chunk.run[i + 1] < 15 else 15
        chunk.tail[i] = h
        chunk.segment[i] = segment
    chunk.whole = h
    return at


cdef inline uint16_t row(uint32_t template, uint64_t a, uint64_t b) noexcept nogil:
    """The row of one feature: its template's number and two values."""
    return <uint16_t>(mix(mix(SEED + template, a), b) >> SHIFT)


cdef void position_features(const SplitterC* model, const Chunk* chunk, uint32_t i, uint32_t start, uint64_t left, bint address,
                            uint16_t* out) noexcept nogil:
    """The TOKEN_FEATURES rows of the boundary before character i, in a token that began at `start` with the hash `left`.

    `address`: the token so far looks like the beginning of a web address.
    """
    # character i is at PAD, the one before it at PAD - 1
    cdef const uint32_t* f = chunk.folded + i
    cdef const uint32_t* g = chunk.kind + i
    cdef uint32_t n = chunk.n, run = i - start
    cdef uint64_t last = 1 if i + 1 == n else 2 if i + 2 == n else 0
    cdef uint64_t ahead = chunk.next << 2 | last
    cdef uint64_t pair = <uint64_t>f[PAD - 1] << 32 | f[PAD]
    cdef uint64_t kinds = <uint64_t>g[PAD - 1] << 32 | g[PAD]
    cdef uint64_t before = mix(<uint64_t>g[PAD - 3] << 32 | g[PAD - 2], g[PAD - 4])
    cdef uint64_t size = (run if run < 6 else 6) << 3 | (last)
    cdef uint64_t outer = <uint64_t>chunk.kind[PAD] << 32 | chunk.kind[PAD + n - 1]
    cdef uint64_t place = (<uint64_t>address << 1 | (i >= chunk.last_word)) << 32
    cdef uint64_t known = word_value(model, left) >> 24
    out[0] = row(0, pair, 0)
    out[1] = row(1, pair, f[PAD - 2])
    out[2] = row(2, pair, f[PAD + 1])
    out[3] = row(3, pair, <uint64_t>f[PAD - 2] << 32 | f[PAD + 1])
    out[4] = row(4, pair, <uint64_t>f[PAD - 3] << 32 | f[PAD - 2])
    out[5] = row(5, pair, <uint64_t>f[PAD + 1] << 32 | f[PAD + 2])
    out[6] = row(6, kinds, last)
    out[7] = row(7, kinds, <uint64_t>g[PAD - 2] << 32 | g[PAD + 1])
    out[8] = row(8, kinds, mix(<uint64_t>g[PAD - 2] << 32 | g[PAD + 1], <uint64_t>g[PAD - 3] << 32 | g[PAD + 2]))
    out[9] = row(9, before, <uint64_t>g[PAD - 1] << 32 | f[PAD])
    out[10] = row(10, left, f[PAD])
    out[11] = row(11, left, <uint64_t>f[PAD] << 32 | ahead)
    out[12] = row(12, chunk.tail[i], f[PAD - 1])
    out[13] = row(13, chunk.tail[i], <uint64_t>g[PAD - 1] << 8 | size)
    out[14] = row(14, chunk.whole, i)
    out[15] = row(15, left, <uint64_t>g[PAD] << 32 | g[PAD + 1])
    out[16] = row(16, chunk.flags, <uint64_t>f[PAD] << 32 | g[PAD - 1])
    out[17] = row(17, chunk.flags, mix(kinds, g[PAD + 1]))
    out[18] = row(18, <uint64_t>f[PAD] << 32 | ahead, size << 32 | g[PAD - 1])
    out[19] = row(19, known << 32 | f[PAD], mix(ahead, g[PAD + 1]))
    out[20] = row(20, outer, pair)
    out[21] = row(21, <uint64_t>f[PAD] << 32 | f[PAD + 1], <uint64_t>f[PAD + 2] << 8 | (n - i if n - i < 5 else 5))
    out[22] = row(22, kinds, ahead << 8 | chunk.flags)
    out[23] = row(23, chunk.segment[i], <uint64_t>f[PAD - 1] << 32 | g[PAD])
    out[24] = row(24, left, chunk.segment[i + 1] + f[PAD])
    out[25] = row(25, mix(kinds, ahead), mix(before, size))
    out[26] = row(26, place | f[PAD], f[PAD - 1])
    out[27] = row(27, place | g[PAD], <uint64_t>g[PAD + 1] << 32 | g[PAD - 1])
    out[28] = row(28, known << 32 | f[PAD], g[PAD + 1])
    out[29] = row(29, place | chunk.flags, kinds)
    out[30] = row(30, pair, <uint64_t>(run if run < 15 else 15) << 8 | <uint64_t>(chunk.run[i] + chunk.run[i + 1]))


cdef void cut_chunk(const SplitterC* model, Doc* doc, const Chunk* chunk, bint glued, const uint8_t* marks, RowSink* sink) noexcept nogil:
    """Add the tokens of one chunk."""
    cdef uint16_t rows[TOKEN_FEATURES]
    cdef const uint32_t* f = chunk.folded + PAD
    cdef const uint32_t* g = chunk.kind + PAD
    cdef uint32_t i, start = 0
    cdef int k
    cdef uint64_t left = BASIS
    cdef int32_t score
    # words of the list are cut by bytes: only where each character is one, so not with invisible ones among them
    cdef bint cut, candidate, letters = True, address = False
    for i in range(chunk.n):
        if i > start:
            cut = False
            if is_letter_kind(g[i - 1]) and is_letter_kind(g[i]):
                candidate = f[i] == 110 and f[i + 1] == 39 and f[i + 2] == 116
            else:
                candidate = g[i - 1] != KIND_DIGIT or g[i] != KIND_DIGIT
            if candidate and (marks == NULL or sink != NULL):
                position_features(model, chunk, i, start, left, address, rows)
            if marks != NULL:
                cut = (marks[chunk.begin[i]] & MARK_TOKEN) != 0
                if candidate and sink != NULL:
                    sink_add(sink, rows, cut, chunk.begin[i])
            elif candidate:
                score = 0
                for k in range(TOKEN_FEATURES):
                    score += model.token_weights[rows[k]]
                cut = score > 0
            if cut:
                emit(model, doc, chunk.begin[start], chunk.begin[i], glued or start > 0, left,
                     letters and marks == NULL and chunk.begin[i] - chunk.begin[start] == i - start)
                start = i
                left = BASIS
                letters = True
                address = False
        if f[i] == 47 and i >= start + 3 and f[i - 1] == 47 and f[i - 2] == 58 or f[i] == 46 and i == start + 3 and f[i - 1] == 119 \
                and f[i - 2] == 119:
            address = True
        left = (left ^ f[i]) * PRIME
        letters = letters and is_letter_kind(g[i]) and f[i] < 128
    emit(model, doc, chunk.begin[start], chunk.begin[chunk.n], glued or start > 0, left,
         letters and marks == NULL and chunk.begin[chunk.n] - chunk.begin[start] == chunk.n - start)


cdef void cut_tokens(const SplitterC* model, const TextTables* tables, Doc* doc, const uint8_t* marks, RowSink* sink) noexcept nogil:
    cdef const uint8_t* text = doc.text
    cdef uint32_t length = doc.length, at = 0, end, ahead, lines = 0, cp = 0
    cdef uint8_t bits
    cdef uint64_t key
    cdef bint glued
    cdef Chunk chunk
    at = skip_blank(tables, text, length, 0, &lines)
    glued = False
    while at < length and doc.status == 0:
        end = at
        key = BASIS
        while end < length and is_ascii_letter(text[end]) and end - at < MAX_CHUNK:
            key = (key ^ (text[end] | 32)) * PRIME
            end += 1
        if marks == NULL and end > at and (end == length or text[end] == 32 or text[end] == 10):
            emit(model, doc, at, end, glued, key, True)
            lines = 0
            ahead = skip_blank(tables, text, length, end, &lines)
        else:
            end = read_chunk(tables, text, length, at, &chunk)
            lines = 0
            ahead = skip_blank(tables, text, length, end, &lines)
            chunk.next = 0
            if ahead < length and lines < 2:
                decode(text, length, ahead, &cp)
                bits = <uint8_t>(entry_of(tables, cp) >> 24)
                chunk.next = KIND_UPPER if bits & CLASS_UPPER else KIND_LETTER if bits & CLASS_ALPHA \
                    else KIND_DIGIT if bits & CLASS_DIGIT else fold(cp)
                chunk.next |= lines << 24
            if chunk.n:
                cut_chunk(model, doc, &chunk, glued, marks, sink)
        glued = ahead == end
        at = ahead
