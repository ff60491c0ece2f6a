"""Sentence boundaries.

Every place between two tokens where a sentence might end is judged by a linear model over three tokens to either side
and the state of the sentence so far (its length, open quotation marks and brackets). A blank line always ends one.
"""
from libc.stdint cimport int32_t, uint16_t
from libc.string cimport memset

from demarche._native.boundary cimport (MARK_SENTENCE, SENTENCE_FEATURES, WEIGHT_BITS, fold, is_invisible, line_ends, mix, sink_add,
                                        word_value)
from demarche._native.document cimport MAX_SENTENCE, Sentence, Token, doc_add_sentence
from demarche._native.text cimport CLASS_ALPHA, CLASS_DIGIT, CLASS_UPPER, decode, entry_of, lower_by

cdef enum:
    SHIFT = 64 - WEIGHT_BITS
    RING = 8              # looks kept: three before the boundary, three after

cdef uint64_t BASIS = 0xCBF29CE484222325ULL
cdef uint64_t PRIME = 0x100000001B3ULL
cdef uint64_t SEED = 0x2545F4914F6CDD1DULL

cdef struct State:
    uint32_t line_start   # byte after the last line end
    uint32_t sentence     # tokens of the sentence so far
    uint32_t paragraph    # tokens of the paragraph so far
    uint32_t paragraph_end  # token after the paragraph's last
    uint8_t wrap          # the paragraph's lines: 0 one, 1 two that might be wrapped, 2 more such lines, 3 certainly not wrapped
    uint8_t quote         # 1 inside quotation marks
    uint8_t brackets      # open brackets
    uint8_t first_kind    # look of the sentence's first token
    uint8_t lower         # lower-case words in it: 0, 1, 2, 3 or more


cdef inline uint32_t line_bucket(uint32_t length) noexcept nogil:
    return 0 if length < 12 else 1 if length < 30 else 2 if length < 48 else 3 if length < 58 else 4 if length < 68 else 5 if length < 84 \
        else 6 if length < 120 else 7


cdef inline uint32_t count_bucket(uint32_t n) noexcept nogil:
    return n if n < 6 else 6 if n < 9 else 7 if n < 14 else 8 if n < 24 else 9 if n < 40 else 10 if n < 80 else 11


cdef void look_before(const TextTables* tables, Doc* doc, State* state, uint32_t index, Look* look) noexcept nogil:
    """The white space before token `index`, and the lines it ends."""
    cdef uint32_t at = doc.tokens[index - 1].end if index else 0, end = doc.tokens[index].start, cp = 0, lines = 0, ends, last, ahead
    look.line = 0
    if at == end:
        look.gap = GAP_NONE
        return
    if end == at + 1 and doc.text[at] == 32:
        look.gap = GAP_SPACE
        return
    last = at
    while at < end:
        at += decode(doc.text, doc.length, at, &cp)
        ends = line_ends(doc.text, doc.length, at, cp)
        if ends == 0:
            continue
        if lines == 0:
            look.line = line_bucket(last - state.line_start if last > state.line_start else 0) * 8
        lines += ends
        state.line_start = at
    look.gap = GAP_SPACE if lines == 0 else GAP_LINE if lines == 1 else GAP_PARAGRAPH
    if lines == 1:
        ahead = end
        while ahead < doc.length and ahead < end + 130 and doc.text[ahead] != 10:
            ahead += 1
        look.line += line_bucket(ahead - end)


cdef uint8_t punctuation_kind(uint32_t c, uint32_t original) noexcept nogil:
    """The look of a token that is one character, neither letter nor digit."""
    if c == 46:
        return LOOK_STOP
    if c == 63 or c == 33:
        return LOOK_SHOUT
    if c == 0x2026:
        return LOOK_DOTS
    if c == 44:
        return LOOK_COMMA
    if c == 59:
        return LOOK_SEMICOLON
    if c == 58:
        return LOOK_COLON
    if c == 45 or c == 0x2013:
        return LOOK_DASH
    if c == 40 or c == 91 or c == 123:
        return LOOK_OPEN
    if c == 41 or c == 93 or c == 125:
        return LOOK_CLOSE
    if original == 0x201C or original == 0x201E or original == 0xAB or original == 0x2018:
        return LOOK_OPEN_QUOTE
    if original == 0x201D or original == 0xBB:
        return LOOK_CLOSE_QUOTE
    if c == 34:
        return LOOK_QUOTE
    if c == 39:
        return LOOK_APOSTROPHE
    return LOOK_SYMBOL


cdef void look_at(const SplitterC* model, const TextTables* tables, Doc* doc, State* state, uint32_t index, Look* look) noexcept nogil:
    """Everything the model wants to know about one token by itself."""
    cdef const Token* token = &doc.tokens[index]
    cdef uint32_t at = token.start, cp = 0, entry, c = 0, n = 0, upper = 0, letters = 0, digits = 0, stops = 0, shouts = 0, original = 0
    cdef uint32_t b2 = 0, b1 = 0
    cdef bint first_upper = False, address = False
    cdef uint8_t bits
    look_before(tables, doc, state, index, look)
    look.form = look.stem = BASIS
    look.first = look.last = 0
    while at < token.end:
        at += decode(doc.text, doc.length, at, &cp)
        if is_invisible(cp):
            continue
        entry = entry_of(tables, cp)
        bits = <uint8_t>(entry >> 24)
        c = fold(lower_by(entry, cp))
        if n == 0:
            look.first = c
            original = cp
            first_upper = (bits & CLASS_UPPER) != 0
        look.stem = look.form
        look.form = (look.form ^ c) * PRIME
        if bits & CLASS_ALPHA:
            letters += 1
            upper += (bits & CLASS_UPPER) != 0
        elif bits & CLASS_DIGIT:
            digits += 1
        elif c == 46 or c == 0x2026:
            stops += 1
        elif c == 33 or c == 63:
            shouts += 1
        elif c == 64 or (c == 47 and look.last == 47):
            address = True
        b2, b1, look.last = b1, look.last, c
        n += 1
    look.length = n
    look.ending = mix(<uint64_t>b2 << 32 | b1, c)
    look.abbreviation = <uint8_t>(word_value(model, look.stem if stops else look.form) >> 24)
    if n == letters:
        look.kind = LOOK_LOWER if upper == 0 else LOOK_INITIAL if n == 1 else LOOK_UPPER if upper == n else \
            LOOK_CAPITAL if first_upper and upper == 1 else LOOK_MIXED
    elif n == digits:
        look.kind = LOOK_DIGITS
    elif n == 1:
        look.kind = punctuation_kind(c, original)
    elif stops == n:
        look.kind = LOOK_DOTS
    elif stops + shouts == n:
        look.kind = LOOK_SHOUT
    elif address and n > 4:
        look.kind = LOOK_ADDRESS
    elif letters and look.last == 46 and digits == 0:
        look.kind = LOOK_INITIAL if n == 2 and upper == 1 else LOOK_DOTTED
    elif look.first == 39 and letters:
        look.kind = LOOK_CLITIC
    elif letters == 0 and digits == 0:
        look.kind = LOOK_QUOTE if n == 2 and look.first == 39 and look.last == 39 else LOOK_RULE
    else:
        look.kind = LOOK_NUMBER if letters == 0 else LOOK_ALNUM if digits else LOOK_MIXED


cdef inline uint8_t directed(const Look* look, const Look* after) noexcept nogil:
    """The look of a token, a straight quotation mark told apart by the white space around it."""
    if look.kind != LOOK_QUOTE:
        return look.kind
    if look.gap == GAP_NONE:
        return LOOK_CLOSE_QUOTE
    return LOOK_OPEN_QUOTE if after.gap == GAP_NONE else LOOK_QUOTE


cdef inline uint16_t row(uint32_t template, uint64_t a, uint64_t b) noexcept nogil:
    return <uint16_t>(mix(mix(SEED + template, a), b) >> SHIFT)


cdef void boundary_features(const Look* ring, const State* state, uint32_t index, uint32_t n_tokens, uint16_t* out) noexcept nogil:
    """The SENTENCE_FEATURES rows of the boundary before token `index`; looks beyond the paragraph are LOOK_NONE."""
    cdef const Look* p3 = &ring[(index + RING - 3) % RING]
    cdef const Look* p2 = &ring[(index + RING - 2) % RING]
    cdef const Look* p1 = &ring[(index + RING - 1) % RING]
    cdef const Look* n1 = &ring[index % RING]
    cdef const Look* n2 = &ring[(index + 1) % RING]
    cdef const Look* n3 = &ring[(index + 2) % RING]
    cdef uint64_t kp3 = directed(p3, p2) if state.sentence > 2 else 0
    cdef uint64_t kp2 = directed(p2, p1) if state.sentence > 1 else 0
    cdef uint64_t kp1 = directed(p1, n1), kn1 = directed(n1, n2)
    cdef uint64_t left = state.paragraph_end - index
    cdef uint64_t kn2 = directed(n2, n3) if left > 1 else 0
    cdef uint64_t kn3 = n3.kind if left > 2 else 0
    cdef uint64_t p2_form = p2.form if state.sentence > 1 else 1
    cdef uint64_t n2_form = n2.form if left > 1 else 1
    cdef uint64_t gap = n1.gap, pair = (kp1 << 8 | kn1) << 2 | n1.gap
    cdef uint64_t so_far = count_bucket(state.sentence), to_come = count_bucket(<uint32_t>left)
    cdef uint64_t mood = <uint64_t>state.quote << 1 | (state.brackets > 0)
    cdef uint64_t before = kp3 << 16 | kp2 << 8 | kp1, after = kn1 << 16 | kn2 << 8 | kn3
    out[0] = row(0, gap, 0)
    out[1] = row(1, p1.form, gap)
    out[2] = row(2, n1.form, gap)
    out[3] = row(3, p1.form, n1.form)
    out[4] = row(4, p1.form, pair)
    out[5] = row(5, n1.form, pair)
    out[6] = row(6, mix(p2_form, p1.form), kn1)
    out[7] = row(7, pair, kp2 << 8 | kn2)
    out[8] = row(8, before, kn1 << 2 | gap)
    out[9] = row(9, kp1 << 2 | gap, after)
    out[10] = row(10, mix(n1.form, n2_form), kp1)
    out[11] = row(11, p2_form, pair)
    out[12] = row(12, n2_form, pair)
    out[13] = row(13, mood << 32 | pair, kp2 << 8 | kn2)
    out[14] = row(14, so_far, pair)
    out[15] = row(15, to_come, pair)
    out[16] = row(16, so_far << 8 | to_come, pair)
    out[17] = row(17, p1.ending, pair)
    out[18] = row(18, n1.ending, pair)
    out[19] = row(19, p1.abbreviation, mix(pair, kn2))
    out[20] = row(20, gap << 32 | n1.line << 8 | state.wrap, pair)
    out[21] = row(21, gap << 32 | n1.line << 8 | state.wrap, mix(pair, kn2 << 8 | kp2))
    out[22] = row(22, <uint64_t>state.first_kind << 4 | state.lower, pair)
    out[23] = row(23, <uint64_t>state.first_kind << 4 | state.lower, so_far << 32 | pair)
    out[24] = row(24, p1.length if p1.length < 8 else 8, pair)
    out[25] = row(25, mood << 32 | p1.form, kn1)
    out[26] = row(26, before, after)
    out[27] = row(27, p2.abbreviation, mix(pair, n1.form))
    out[28] = row(28, count_bucket(state.paragraph), pair)
    out[29] = row(29, mix(kp2, p1.form), kn1 << 8 | kn2)
    out[30] = row(30, mix(n1.form, kn2), kp1 << 8 | kp2)
    out[31] = row(31, <uint64_t>(n1.length if n1.length < 8 else 8) << 32 | to_come, pair)
    out[32] = row(32, gap << 8 | state.wrap, pair)
    out[33] = row(33, gap << 8 | state.wrap, p1.form)
    out[34] = row(34, gap << 8 | state.wrap, n1.form)


cdef inline bint may_end(const Look* p1, const Look* n1) noexcept nogil:
    """Whether a sentence might end between the two: between lower-case words, and inside glued words, it cannot."""
    if n1.gap == GAP_NONE:
        return p1.kind >= LOOK_STOP or p1.kind == LOOK_INITIAL or n1.kind == LOOK_OPEN
    return p1.kind != LOOK_LOWER or n1.kind != LOOK_LOWER or n1.gap >= GAP_LINE


cdef void follow(State* state, const Look* look, const Look* after) noexcept nogil:
    """Take one token into the state."""
    cdef uint8_t kind = directed(look, after)
    if state.sentence == 0:
        state.first_kind = kind
        state.lower = 0
    if kind == LOOK_LOWER and state.lower < 3:
        state.lower += 1
    elif kind == LOOK_OPEN_QUOTE:
        state.quote = 1
    elif kind == LOOK_CLOSE_QUOTE:
        state.quote = 0
    elif kind == LOOK_QUOTE:
        state.quote ^= 1
    elif kind == LOOK_OPEN and state.brackets < 200:
        state.brackets += 1
    elif kind == LOOK_CLOSE and state.brackets > 0:
        state.brackets -= 1
    state.sentence += 1
    state.paragraph += 1


cdef bint add_pieces(Doc* doc, uint32_t first, uint32_t last, bint paragraph) noexcept nogil:
    """Add the sentence of tokens first to last; one of more than MAX_SENTENCE tokens in pieces, cut after the best mark in reach."""
    cdef Sentence* sentence
    cdef uint32_t end, i, best, k
    cdef int rank, best_rank
    cdef uint8_t c
    while first < last:
        end = last
        if last - first > MAX_SENTENCE:
            end = first + MAX_SENTENCE
            best_rank = 0
            for i in range(first + MAX_SENTENCE // 3, first + MAX_SENTENCE):
                c = doc.text[doc.tokens[i].start]
                if doc.tokens[i].end - doc.tokens[i].start != 1:
                    continue
                rank = 4 if c == 46 or c == 33 or c == 63 else 3 if c == 59 else 2 if c == 58 else 1 if c == 44 or c == 45 or c == 41 else 0
                if rank and rank >= best_rank:
                    best_rank = rank
                    end = i + 1
        sentence = doc_add_sentence(doc)
        if sentence == NULL:
            return False
        sentence.first, sentence.last = first, end
        sentence.start, sentence.end = doc.tokens[first].start, doc.tokens[end - 1].end
        sentence.paragraph = paragraph
        for k in range(first, end):
            doc.tokens[k].sentence = doc.n_sentences - 1
        paragraph = False
        first = end
    return True


cdef uint32_t characters(const uint8_t* text, uint32_t begin, uint32_t end) noexcept nogil:
    """The characters in some bytes of text."""
    cdef uint32_t n = 0
    while begin < end:
        n += text[begin] & 0xC0 != 0x80
        begin += 1
    return n


cdef uint32_t read_paragraph(Doc* doc, uint32_t index, State* state) noexcept nogil:
    """The token after the last of the paragraph that token `index` begins; sets paragraph_end and wrap.

    In wrapped text no line end comes before a word that the longest line would still have had room for. A line of one
    token is no evidence of how long lines may be: web addresses overrun.
    """
    cdef uint32_t at, end, cp = 0, lines, line = doc.tokens[index].start
    cdef uint32_t longest = 0, tightest = 0xFFFFFFFFU, breaks = 0, word, reach, first = index
    index += 1
    while index < doc.n_tokens:
        at, end, lines = doc.tokens[index - 1].end, doc.tokens[index].start, 0
        if end > at and not (end == at + 1 and doc.text[at] == 32):
            word = at
            while at < end:
                at += decode(doc.text, doc.length, at, &cp)
                lines += line_ends(doc.text, doc.length, at, cp)
            if lines > 1:
                break
            if lines:
                breaks += 1
                reach = characters(doc.text, line, word)
                word = end
                while word < doc.length and doc.text[word] > 32:
                    word += 1
                if first + 1 < index:
                    longest = max(longest, reach)
                first = index
                tightest = min(tightest, reach + 1 + characters(doc.text, end, word))
                line = end
        index += 1
    if breaks:
        longest = max(longest, characters(doc.text, line, doc.tokens[index - 1].end))
    state.paragraph_end = index
    state.wrap = 0 if breaks == 0 else 3 if tightest <= longest else 1 if breaks == 1 else 2
    return index


cdef void cut_sentences(const SplitterC* model, const TextTables* tables, Doc* doc, const uint8_t* marks, RowSink* sink) noexcept nogil:
    cdef Look ring[RING]
    cdef State state
    cdef uint16_t rows[SENTENCE_FEATURES]
    cdef uint32_t n = doc.n_tokens, i, seen = 0, first = 0, horizon = 0
    cdef const Look* p1
    cdef const Look* n1
    cdef int32_t score
    cdef int k
    cdef bint cut, paragraph = True, begins = True
    memset(ring, 0, sizeof(ring))
    state.line_start = state.sentence = state.paragraph = state.paragraph_end = 0
    state.wrap = state.quote = state.brackets = state.first_kind = state.lower = 0
    for i in range(n):
        # looks reach three tokens ahead; the ring still holds the three before
        while seen < n and seen < i + 4:
            look_at(model, tables, doc, &state, seen, &ring[seen % RING])
            seen += 1
        if i >= horizon:
            horizon = read_paragraph(doc, i, &state)
        n1 = &ring[i % RING]
        if i > 0:
            p1 = &ring[(i - 1) % RING]
            begins = n1.gap == GAP_PARAGRAPH
            cut = begins
            if not begins and may_end(p1, n1):
                boundary_features(ring, &state, i, n, rows)
                if marks != NULL:
                    cut = (marks[doc.tokens[i].start] & MARK_SENTENCE) != 0
                    sink_add(sink, rows, cut, doc.tokens[i].start)
                else:
                    score = 0
                    for k in range(SENTENCE_FEATURES):
                        score += model.sentence_weights[rows[k]]
                    cut = score > 0
            if cut:
                if not add_pieces(doc, first, i, paragraph):
                    return
                first = i
                paragraph = begins
                state.sentence = 0
                state.brackets = 0
                if begins:
                    state.paragraph = 0
                    state.quote = 0
        follow(&state, n1, &ring[(i + 1) % RING])
    if n:
        add_pieces(doc, first, n, paragraph)
