"""Who in a document can act: mentions, pronouns and unknown names become marks by token (arguments.pxd, WHO_*)."""
from libc.stdint cimport int32_t, uint8_t, uint32_t

from demarche._native.document cimport Doc
from demarche._native.gazetteer cimport Mention, MentionList
from demarche._native.tree cimport Tree

# A stretch that the caller marked: bytes of the text.
cdef struct GivenSpan:
    uint32_t start
    uint32_t end

cdef int32_t head_of_span(const Doc* doc, uint32_t first, uint32_t last) noexcept nogil   # the token whose head lies outside
cdef void mark_parties(const Doc* doc, const Tree* tree, const MentionList* mentions, const GivenSpan* given, uint32_t n_given, uint8_t* who) noexcept nogil
