"""Which clause a word belongs to: the shared way up the tree for time phrases and places."""
from libc.stdint cimport uint8_t

from demarche._native.labels cimport (
    DEP_ADVMOD, DEP_AMOD, DEP_APPOS, DEP_COMPOUND, DEP_CONJ, DEP_FIXED, DEP_FLAT, DEP_IOBJ, DEP_NMOD, DEP_NMOD_DESC, DEP_NMOD_POSS,
    DEP_NMOD_UNMARKED, DEP_NSUBJ, DEP_NSUBJ_PASS, DEP_NUMMOD, DEP_OBJ, DEP_OBL, DEP_OBL_AGENT, DEP_OBL_UNMARKED, UPOS_VERB)

cdef enum:
    FARTHEST = 12    # words above


cdef inline bint inside(uint8_t d) noexcept nogil:
    """Relations inside one clause; the way up ends at the verb, or where another clause begins."""
    return (d == DEP_NMOD or d == DEP_OBL or d == DEP_COMPOUND or d == DEP_NMOD_UNMARKED or d == DEP_OBL_UNMARKED or d == DEP_ADVMOD
            or d == DEP_AMOD or d == DEP_NUMMOD or d == DEP_NMOD_POSS or d == DEP_NMOD_DESC or d == DEP_FLAT or d == DEP_APPOS or d == DEP_CONJ
            or d == DEP_OBL_AGENT or d == DEP_FIXED or d == DEP_OBJ or d == DEP_NSUBJ or d == DEP_NSUBJ_PASS or d == DEP_IOBJ)


cdef int32_t steps_below(const Doc* doc, int32_t token, int32_t trigger, int32_t clause) noexcept nogil:
    cdef int32_t steps = 0
    while steps < FARTHEST and inside(doc.tokens[token].deprel) and doc.tokens[token].head >= 0:
        token = doc.tokens[token].head
        if token == trigger or token == clause:
            return steps
        if doc.tokens[token].upos == UPOS_VERB:
            break
        steps += 1
    return -1


cdef bint is_above(const Doc* doc, int32_t token, int32_t word) noexcept nogil:
    return token == word or steps_below(doc, token, word, word) >= 0
