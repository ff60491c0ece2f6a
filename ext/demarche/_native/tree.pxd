"""Children of each word: the dependency trees of a document turned upside down."""
from libc.stdint cimport int32_t, uint32_t, uint64_t, uint8_t

from demarche._native.document cimport Doc

cdef struct Tree:
    int32_t* first_child     # by token; -1 for none
    int32_t* next_sibling    # by token, in the order of the text; -1 after the last
    uint32_t capacity        # tokens

cdef void tree_init(Tree* tree) noexcept nogil
cdef void tree_free(Tree* tree) noexcept nogil
cdef bint tree_build(Tree* tree, const Doc* doc) noexcept nogil            # False: no memory
cdef int32_t child_with(const Tree* tree, const Doc* doc, int32_t token, uint8_t deprel) noexcept nogil  # first, or -1
cdef void subtree_span(const Tree* tree, int32_t token, int32_t* first, int32_t* last) noexcept nogil   # of all that hangs on it; last: after it
cdef bint is_verb(const Doc* doc, int32_t token) noexcept nogil            # a main verb, or "be" as one
cdef int32_t conjunct_head(const Doc* doc, int32_t token) noexcept nogil   # the first conjunct of its coordination
cdef uint64_t lemma_of(const Doc* doc, int32_t token) noexcept nogil
cdef uint64_t pair_hash(const Doc* doc, int32_t token) noexcept nogil      # of "word lemma" or "word-lemma", with the word before; 0 at a sentence's start
