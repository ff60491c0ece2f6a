"""Lemmas: a table of known forms, then the longest known suffix for the tag, then the form itself."""
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

from demarche._native.document cimport Doc
from demarche._native.labels cimport XPOS_COUNT

cdef enum:
    MAX_SUFFIX = 8        # bytes of the longest suffix that has rules
    RULE_BYTES = 16
    MAX_ADDED = 14        # bytes that a rule can add
    MAX_LEMMA = 4096      # bytes; a longer form is its own lemma

cdef enum:
    # how a tag's lemmas are spelt
    CASE_LOWER = 0
    CASE_KEPT = 1         # as in the form
    CASE_ACRONYM = 2      # as in the form if that has two capitals and no headline around it, else lower
    CASE_INNER = 3        # as in the form unless it begins a sentence or a headline

cdef struct LemmaRule:
    uint8_t strip         # bytes to take from the end of the lower-cased form
    uint8_t length        # bytes of `added`
    uint8_t added[14]     # MAX_ADDED

cdef struct LemmatiserC:
    const uint64_t* form_keys     # lemma_key of form and tag, open addressing, 0 where empty
    const uint16_t* form_rules    # indices into rules
    uint32_t form_mask
    const uint64_t* suffix_keys   # suffix_step over the bytes from the last to the first, begun with suffix_basis of the tag's group
    const uint16_t* suffix_rules
    uint32_t suffix_mask
    const LemmaRule* rules        # rule 0 changes nothing
    const uint8_t* groups         # by XPOS: tags that share suffix rules; 0 has none
    const uint8_t* cases          # by XPOS: CASE_*
    uint32_t n_rules

cdef inline uint64_t lemma_key(uint64_t form_hash, uint32_t xpos) noexcept nogil:
    cdef uint64_t h = (form_hash ^ (<uint64_t>xpos + 1)) * 0x9E3779B97F4A7C15ULL
    return h ^ (h >> 32)

cdef inline uint64_t suffix_basis(uint32_t group) noexcept nogil:
    return 0xCBF29CE484222325ULL ^ (<uint64_t>group << 8)

cdef inline uint64_t suffix_step(uint64_t h, uint8_t byte) noexcept nogil:
    return (h ^ byte) * 0x100000001B3ULL

# Fills Token.lemma, lemma_length and lemma_hash from Token.norm (the lower-cased form in Doc.strings), upos and xpos.
# Returns Doc.status: DOC_OK or DOC_NO_MEMORY.
cdef int lemmatise(const LemmatiserC* model, Doc* doc) noexcept nogil

cdef class Lemmatiser:
    cdef LemmatiserC model   # borrowed by callers as &lemmatiser.model
    cdef tuple sections      # the views that the pointers lead into
