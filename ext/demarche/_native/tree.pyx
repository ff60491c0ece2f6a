"""Building and asking the upside-down trees."""
from libc.stdlib cimport free, realloc
from libc.string cimport memset

from demarche._native.document cimport Token
from demarche._native.labels cimport DEP_CONJ, UPOS_AUX, UPOS_VERB


cdef void tree_init(Tree* tree) noexcept nogil:
    memset(tree, 0, sizeof(Tree))


cdef void tree_free(Tree* tree) noexcept nogil:
    free(tree.first_child)
    free(tree.next_sibling)
    memset(tree, 0, sizeof(Tree))


cdef bint tree_build(Tree* tree, const Doc* doc) noexcept nogil:
    cdef uint32_t n = doc.n_tokens
    cdef int32_t i, head
    cdef void* block
    if n > tree.capacity:
        block = realloc(tree.first_child, <size_t>n * sizeof(int32_t))
        if block == NULL:
            return False
        tree.first_child = <int32_t*>block
        block = realloc(tree.next_sibling, <size_t>n * sizeof(int32_t))
        if block == NULL:
            return False
        tree.next_sibling = <int32_t*>block
        tree.capacity = n
    for i in range(<int32_t>n):
        tree.first_child[i] = tree.next_sibling[i] = -1
    for i in range(<int32_t>n - 1, -1, -1):
        head = doc.tokens[i].head
        if head >= 0:
            tree.next_sibling[i] = tree.first_child[head]
            tree.first_child[head] = i
    return True


cdef int32_t child_with(const Tree* tree, const Doc* doc, int32_t token, uint8_t deprel) noexcept nogil:
    cdef int32_t c = tree.first_child[token]
    while c >= 0:
        if doc.tokens[c].deprel == deprel:
            return c
        c = tree.next_sibling[c]
    return -1


cdef bint is_verb(const Doc* doc, int32_t token) noexcept nogil:
    return doc.tokens[token].upos == UPOS_VERB or doc.tokens[token].upos == UPOS_AUX


cdef int32_t conjunct_head(const Doc* doc, int32_t token) noexcept nogil:
    cdef int32_t hops = 0
    while doc.tokens[token].deprel == DEP_CONJ and doc.tokens[token].head >= 0 and hops < 32:
        token = doc.tokens[token].head
        hops += 1
    return token


cdef uint64_t lemma_of(const Doc* doc, int32_t token) noexcept nogil:
    return doc.tokens[token].lemma_hash


cdef uint64_t extend(uint64_t value, const char* s, uint32_t length, bint lower) noexcept nogil:
    """FNV-1a continued over more bytes; ASCII capitals folded where asked."""
    cdef uint32_t i
    cdef uint8_t c
    for i in range(length):
        c = <uint8_t>s[i]
        if lower and c >= 65 and c <= 90:
            c += 32
        value = (value ^ c) * 0x100000001B3ULL
    return value


cdef uint64_t pair_hash(const Doc* doc, int32_t token) noexcept nogil:
    cdef const Token* t = &doc.tokens[token]
    cdef const Token* before
    cdef uint64_t value
    cdef char separator = 32
    if token == 0 or doc.tokens[token - 1].sentence != t.sentence:
        return 0
    before = &doc.tokens[token - 1]
    if before.norm_length == 1 and doc.strings[before.norm] == 45 and token >= 2 and doc.tokens[token - 2].sentence == t.sentence:
        before = &doc.tokens[token - 2]
        separator = 45
    value = extend(0xCBF29CE484222325ULL, doc.strings + before.norm, before.norm_length, False)
    value = extend(value, &separator, 1, False)
    return extend(value, doc.strings + t.lemma, t.lemma_length, True)


cdef void widen(const Tree* tree, int32_t token, int32_t* low, int32_t* high) noexcept nogil:
    cdef int32_t c = tree.first_child[token]
    low[0] = token if token < low[0] else low[0]
    high[0] = token if token > high[0] else high[0]
    while c >= 0:
        widen(tree, c, low, high)
        c = tree.next_sibling[c]


cdef void subtree_span(const Tree* tree, int32_t token, int32_t* first, int32_t* last) noexcept nogil:
    first[0], last[0] = token, token
    widen(tree, token, first, last)
    last[0] += 1
