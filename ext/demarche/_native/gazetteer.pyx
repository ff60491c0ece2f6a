"""Walking the compiled gazetteer over a document. See `gazetteer.pxd`."""
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport free, realloc
from libc.string cimport memset

from demarche._native.document cimport (DOC_NO_MEMORY, DOC_OK, SHAPE_ALPHA, SHAPE_CAPITAL, SHAPE_DIGIT, SHAPE_HEADLINE, SHAPE_UPPER, Doc,
                                        Sentence,
                                        Token, doc_free, doc_init, doc_reset, hash_bytes)
from demarche._native.handmade cimport fill
from demarche._native.labels cimport UPOS_ADJ, UPOS_NOUN, UPOS_PROPN, UPOS_X

cdef enum:
    MAX_TOKENS = 16
    MAX_READINGS = 3

# Titles before a surname that are no role nouns: "Mr Putin" is Putin, "Kate Brown" is not Gordon Brown.
HONORIFICS = ("mr mr. mrs mrs. ms ms. dr dr. sir lord lady dame sheikh sheik shaikh ayatollah hojjatoleslam emir gen gen. lt lt. col col. "
              "maj maj. capt capt. sgt sgt. adm adm. sen sen. rep rep. gov gov. prof prof. pres pres. rev rev. st st. "
              "hon hon. mullah maulana imam").split()
cdef uint64_t honorifics[64]
cdef uint32_t n_honorifics = 0


cdef int hash_honorifics() except -1:
    global n_honorifics
    for title in HONORIFICS:
        encoded = title.encode()
        honorifics[n_honorifics] = hash_bytes(encoded, len(encoded), 0)
        n_honorifics += 1
    return 0


assert len(HONORIFICS) <= 64
hash_honorifics()


cdef void mentions_init(MentionList* found) noexcept nogil:
    memset(found, 0, sizeof(MentionList))


cdef void mentions_free(MentionList* found) noexcept nogil:
    free(found.items)
    memset(found, 0, sizeof(MentionList))


cdef Mention* add_mention(MentionList* found) noexcept nogil:
    cdef uint32_t wanted
    cdef void* moved
    if found.count == found.capacity:
        wanted = found.capacity * 2 if found.capacity else 256
        moved = realloc(found.items, <size_t>wanted * sizeof(Mention))
        if moved == NULL:
            return NULL
        found.items = <Mention*>moved
        found.capacity = wanted
    found.count += 1
    return &found.items[found.count - 1]


cdef inline bint may_start(const GazetteerC* g, uint64_t value) noexcept nogil:
    return (g.starts[value >> 54] >> ((value >> 48) & 63)) & 1


cdef inline uint32_t child(const GazetteerC* g, uint32_t node, uint64_t token_hash) noexcept nogil:
    """The node that the token leads to, or 0."""
    cdef uint64_t key = (token_hash ^ (<uint64_t>node * 0x9E3779B97F4A7C15ULL)) * 0xFF51AFD7ED558CCDULL
    cdef uint64_t slot
    key ^= key >> 32
    if key == 0:
        key = 1
    slot = key & g.mask
    while g.keys[slot] != 0:
        if g.keys[slot] == key:
            return g.nodes[slot]
        slot = (slot + 1) & g.mask
    return 0


cdef uint64_t exact_hash(const Doc* doc, uint32_t first, uint32_t last) noexcept nogil:
    """The hash of the tokens' own bytes with a zero byte between tokens, as the compiler hashed the exact form."""
    cdef uint64_t value = 0xCBF29CE484222325ULL
    cdef uint32_t i, at
    for i in range(first, last):
        if i > first:
            value *= 0x100000001B3ULL  # the zero byte
        for at in range(doc.tokens[i].start, doc.tokens[i].end):
            value = (value ^ doc.text[at]) * 0x100000001B3ULL
    return value


cdef bint all_capitals(const Doc* doc, uint32_t at) noexcept nogil:
    """Whether the sentence of a headline token has no word with a small letter, so that capitals tell nothing."""
    cdef const Sentence* sentence = &doc.sentences[doc.tokens[at].sentence]
    cdef uint32_t i
    for i in range(sentence.first, sentence.last):
        if doc.tokens[i].shape & SHAPE_ALPHA and not doc.tokens[i].shape & SHAPE_UPPER and doc.tokens[i].end - doc.tokens[i].start > 1:
            return False
    return True


cdef bint opens_sentence(const Doc* doc, uint32_t at) noexcept nogil:
    """Whether only punctuation stands before the token in its sentence, or a mark after which a new sentence may begin."""
    cdef uint32_t i = at
    cdef uint32_t first = doc.sentences[doc.tokens[at].sentence].first
    cdef uint8_t mark
    while i > first:
        i -= 1
        if doc.tokens[i].shape & (SHAPE_ALPHA | SHAPE_DIGIT):
            return False
        mark = doc.text[doc.tokens[i].start]
        if mark == b":" or mark == b'"' or mark == 0xE2:  # a colon, quotation marks and dashes
            return True
        if mark == b"," or mark == b"'" or mark == b"-":
            return False
    return True


cdef inline bint tagged_as_name(const Token* token, int32_t kind) noexcept nogil:
    if kind == MENTION_ADJECTIVE or kind == MENTION_DEMONYM:
        return token.upos == UPOS_ADJ or token.upos == UPOS_PROPN
    return token.upos == UPOS_PROPN


cdef struct Span:
    # tokens that lead to a node
    uint32_t first
    uint32_t last       # token after the last; 0: none
    uint32_t skipped    # a middle initial that the name does not have ("Robert S. Mueller"); 0: none
    uint32_t node
    bint by_lemma       # a token led on by its lemma only


cdef inline bint is_initial(const Doc* doc, const Token* token) noexcept nogil:
    cdef uint32_t length = token.end - token.start
    return token.shape & SHAPE_CAPITAL != 0 and (length == 1 or (length == 2 and doc.text[token.start + 1] == b"."))


cdef bint accepted(const GazetteerC* g, const Doc* doc, uint32_t number, const Span* span) noexcept nogil:
    """Whether the tokens satisfy the conditions of the reading: case, tags, and evidence where capitals prove nothing."""
    cdef uint32_t first = span.first, last = span.last
    cdef const Reading* reading = &g.readings[number]
    cdef const Token* token = &doc.tokens[first]
    cdef const Token* end = &doc.tokens[last - 1]
    cdef uint32_t i, at = first
    if span.skipped and (reading.kind != MENTION_PERSON or reading.flags & (NAME_SURNAME | NAME_EXACT)):
        return False
    if reading.kind == MENTION_ROLE:
        return (end.upos == UPOS_NOUN or end.upos == UPOS_PROPN or end.upos == UPOS_X
                or (end.upos == UPOS_ADJ and reading.flags & NAME_MODIFIER != 0))
    if span.by_lemma:
        return False
    for i in range(last - first):
        if span.skipped and at == span.skipped:
            at += 1
        if at < last and reading.capitals >> i & 1 and not doc.tokens[at].shape & SHAPE_CAPITAL:
            return False
        at += 1
    if reading.flags & NAME_EXACT:
        if exact_hash(doc, first, last) != g.exact[number]:
            return False
        if last - first == 1 and (reading.flags & NAME_DOUBTFUL or (token.shape & SHAPE_HEADLINE and all_capitals(doc, first))):
            return token.upos == UPOS_PROPN
    if reading.flags & NAME_DOUBTFUL and (token.shape & SHAPE_HEADLINE or opens_sentence(doc, first)):
        return tagged_as_name(token, reading.kind)
    return True


cdef bint any_accepted(const GazetteerC* g, const Doc* doc, const Span* span) noexcept nogil:
    cdef uint32_t number
    for number in range(g.first[span.node], g.first[span.node + 1]):
        if accepted(g, doc, number, span):
            return True
    return False


cdef inline bint is_honorific(uint64_t value) noexcept nogil:
    cdef uint32_t i
    for i in range(n_honorifics):
        if honorifics[i] == value:
            return True
    return False


cdef bint beside_name(const Doc* doc, const MentionList* found, uint32_t first) noexcept nogil:
    """Whether the token before is a capitalised proper noun that is neither in a mention nor a title."""
    cdef const Token* before
    if first == 0:
        return False
    before = &doc.tokens[first - 1]
    if before.sentence != doc.tokens[first].sentence or before.upos != UPOS_PROPN or not before.shape & SHAPE_CAPITAL:
        return False
    if found.count and found.items[found.count - 1].last == first:
        return False
    return not is_honorific(before.norm_hash)


cdef inline uint8_t kind_of(const Doc* doc, uint32_t last, int32_t kind, int32_t flags) noexcept nogil:
    """Adjective or demonym, by the tag: "the Russian army", "two Russians", "the French agreed"."""
    cdef const Token* token = &doc.tokens[last - 1]
    cdef bint noun_follows
    if kind != MENTION_ADJECTIVE and kind != MENTION_DEMONYM or flags & NAME_PLURAL:
        return <uint8_t>kind
    noun_follows = last < doc.n_tokens and doc.tokens[last].sentence == token.sentence and (
        doc.tokens[last].upos == UPOS_NOUN or doc.tokens[last].upos == UPOS_PROPN or doc.tokens[last].upos == UPOS_ADJ)
    if token.upos == UPOS_ADJ or noun_follows:
        return MENTION_ADJECTIVE
    return MENTION_DEMONYM


cdef int emit(const GazetteerC* g, const Doc* doc, const Span* span, MentionList* found) noexcept nogil:
    """Append the accepted readings of the span, at most MAX_READINGS; the number of them, or -1 without memory."""
    cdef uint32_t first = span.first, last = span.last, start = found.count, number, i
    cdef const Reading* reading
    cdef Mention* mention
    cdef bint known
    cdef bint doubtful = beside_name(doc, found, first)
    for number in range(g.first[span.node], g.first[span.node + 1]):
        if found.count - start == MAX_READINGS:
            break
        reading = &g.readings[number]
        if not accepted(g, doc, number, span):
            continue
        if reading.flags & NAME_SURNAME and doubtful:
            continue
        known = False
        for i in range(start, found.count):
            known = known or (found.items[i].entity == reading.entity and found.items[i].role == reading.role)
        if known:
            continue
        mention = add_mention(found)
        if mention == NULL:
            return -1
        mention.first = first
        mention.last = last
        mention.entity = reading.entity
        mention.role = reading.role
        mention.kind = kind_of(doc, last, reading.kind, reading.flags)
        mention.flags = 0
        if reading.flags & NAME_SURNAME:
            mention.flags |= FLAG_SURNAME
        if reading.flags & NAME_PLURAL:
            mention.flags |= FLAG_PLURAL
        if reading.kind == MENTION_ROLE and doc.tokens[last - 1].upos == UPOS_ADJ:
            mention.flags |= FLAG_MODIFIER
        if doubtful and reading.kind != MENTION_ROLE:
            mention.flags |= FLAG_IN_NAME
        if found.count - start > 1:
            mention.flags |= FLAG_ALTERNATIVE | FLAG_AMBIGUOUS
            found.items[start].flags |= FLAG_AMBIGUOUS
    return <int>(found.count - start)


cdef void mark_left_parts(const Doc* doc, MentionList* found) noexcept nogil:
    """Mark names that a capitalised proper noun outside any mention follows: "Paris Hilton", "Washington Square"."""
    cdef uint32_t i, j, last
    cdef const Token* after
    for i in range(found.count):
        last = found.items[i].last
        if found.items[i].kind == MENTION_ROLE or found.items[i].kind == MENTION_ADJECTIVE or last >= doc.n_tokens:
            continue
        after = &doc.tokens[last]
        if after.upos != UPOS_PROPN or not after.shape & SHAPE_CAPITAL or after.sentence != doc.tokens[last - 1].sentence:
            continue
        j = i + 1
        while j < found.count and found.items[j].first < last:
            j += 1
        if j == found.count or found.items[j].first != last:
            found.items[i].flags |= FLAG_IN_NAME


cdef inline bint may_begin(const GazetteerC* g, const Token* token) noexcept nogil:
    return may_start(g, token.norm_hash) or (token.lemma_hash != token.norm_hash and may_start(g, token.lemma_hash))


cdef Span longest(const GazetteerC* g, const Doc* doc, uint32_t first) noexcept nogil:
    """The longest accepted name that begins at the token; `last` is 0 if there is none."""
    cdef Span span, best
    cdef const Token* token
    cdef uint32_t i = first, step
    cdef uint32_t limit = doc.sentences[doc.tokens[first].sentence].last
    if limit > first + MAX_TOKENS:
        limit = first + MAX_TOKENS
    memset(&span, 0, sizeof(Span))
    span.first = first
    best = span
    while i < limit:
        token = &doc.tokens[i]
        step = child(g, span.node, token.norm_hash)
        if step == 0 and token.lemma_hash != token.norm_hash and token.lemma_length != 0:
            step = child(g, span.node, token.lemma_hash)
            span.by_lemma = span.by_lemma or step != 0
        if step == 0 and i > first and span.skipped == 0 and is_initial(doc, token):
            span.skipped = i
            i += 1
            continue
        if step == 0:
            break
        i += 1
        span.node, span.last = step, i
        if any_accepted(g, doc, &span):
            best = span
    return best


cdef int find_mentions(const GazetteerC* g, const Doc* doc, MentionList* found) noexcept nogil:
    cdef uint32_t at = 0
    cdef Span span
    found.count = 0
    while at < doc.n_tokens:
        if may_begin(g, &doc.tokens[at]):
            span = longest(g, doc, at)
            if span.last:
                if emit(g, doc, &span, found) < 0:
                    return DOC_NO_MEMORY
                at = span.last
                continue
        at += 1
    mark_left_parts(doc, found)
    return DOC_OK


cdef class Gazetteer:
    """The gazetteer of a compiled knowledge blob (`demarche.blob.Blob` of kind "knowledge"). Raises ValueError if it is not sound."""

    def __init__(self, blob):
        cdef const uint64_t[::1] starts, keys, exact
        cdef const uint32_t[::1] nodes, first
        cdef const int32_t[::1] readings, entities, nouns
        cdef Py_ssize_t i, count
        cdef const Reading* reading
        self.blob = blob
        self.sections = views = tuple(blob[name] for name in ("gazetteer.starts", "gazetteer.keys", "gazetteer.nodes", "gazetteer.first",
                                                              "gazetteer.readings", "gazetteer.exact", "actors.entities", "actors.nouns"))
        starts, keys, nodes, first, readings, exact, entities, nouns = views
        count = exact.shape[0]
        if (starts.shape[0] != 1024 or keys.shape[0] != nodes.shape[0] or keys.shape[0] & (keys.shape[0] - 1) or keys.shape[0] < 2
                or first.shape[0] < 2 or readings.shape[0] != 5 * count or entities.shape[0] % ENTITY_COLUMNS
            or nouns.shape[0] % NOUN_COLUMNS):
            raise ValueError("the gazetteer's sections do not fit together")
        self.c.starts, self.c.keys, self.c.nodes, self.c.first = &starts[0], &keys[0], &nodes[0], &first[0]
        self.c.mask = <uint64_t>(keys.shape[0] - 1)
        self.c.readings = <const Reading*>&readings[0] if count else NULL
        self.c.exact = &exact[0] if count else NULL
        self.c.n_entities = <uint32_t>(entities.shape[0] // ENTITY_COLUMNS)
        self.c.n_nouns = <uint32_t>(nouns.shape[0] // NOUN_COLUMNS)
        self.c.entities = &entities[0] if self.c.n_entities else NULL
        self.c.nouns = &nouns[0] if self.c.n_nouns else NULL
        empty = 0
        for i in range(keys.shape[0]):
            empty += keys[i] == 0
            if nodes[i] >= first.shape[0] - 1:
                raise ValueError("an edge of the gazetteer leads nowhere")
        for i in range(first.shape[0] - 1):
            if first[i] > first[i + 1]:
                raise ValueError("the gazetteer's nodes are out of order")
        if not empty or first[first.shape[0] - 1] != count:
            raise ValueError("the gazetteer's sections do not fit together")
        for i in range(count):
            reading = &self.c.readings[i]
            if not (-1 <= reading.entity < <int32_t>self.c.n_entities and -1 <= reading.role < <int32_t>self.c.n_nouns
                    and 1 <= reading.kind <= 8):
                raise ValueError("a name of the gazetteer belongs to nothing")

    def find(self, tokens not None, bint headline=False, unsigned int repeat=1):
        """The mentions in hand-made tokens, for tests, tools and benchmarks.

        `tokens` are (form, lemma, upos) tuples, None between two sentences; `headline` sets SHAPE_HEADLINE on all of them;
        `repeat` matches so many times. Returns (first, last, entity, role, kind, flags) tuples.
        """
        cdef Doc doc
        cdef MentionList found
        cdef int status = DOC_OK
        cdef unsigned int i
        text = b" ".join(token[0].encode() for token in tokens if token is not None)
        doc_init(&doc)
        mentions_init(&found)
        try:
            doc_reset(&doc, <const uint8_t*><const char*>text, <uint32_t>len(text))
            fill(&doc, tokens, headline)
            with nogil:
                for i in range(repeat):
                    status = find_mentions(&self.c, &doc, &found)
            if status:
                raise MemoryError()
            return [(m.first, m.last, m.entity, m.role, m.kind, m.flags) for m in found.items[:found.count]]
        finally:
            mentions_free(&found)
            doc_free(&doc)
