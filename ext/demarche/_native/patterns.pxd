"""Compiled patterns as arrays in the knowledge file, and the matching of one trigger word against them."""
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t

from demarche._native.arguments cimport Arguments, Grammar

cdef enum:
    # slots, the numbers of knowledge/frames.py
    SLOT_NONE = 0
    SLOT_ACTOR = 1
    SLOT_RECIPIENT = 2
    SLOT_PARTNER = 3
    SLOT_THIRD = 4
    SLOT_WHAT = 5
    SLOT_ACT = 6

cdef enum:
    POSITION_VERB = 1
    POSITION_NOUN = 2
    POSITION_ADJECTIVE = 3

cdef enum:
    MAX_TERMS = 8
    MAX_PARTIES = 24

cdef struct FrameC:
    uint16_t pattern      # index into the pattern table
    uint16_t particle     # set that a particle or modifier must be in; 0: none
    uint32_t first_term
    uint16_t n_terms
    uint16_t score        # specificity: more first
    uint16_t position     # POSITION_*
    uint16_t flags        # FRAME_*

cdef struct TermC:
    uint16_t relation     # REL_*
    uint16_t slot         # SLOT_*
    uint16_t words        # set of prepositions or markers; 0: any
    uint16_t nouns        # set of head lemmas; 0: any
    uint16_t owner        # slot of the owner of that noun
    uint16_t optional

cdef struct PatternTables:
    const FrameC* frames
    const TermC* terms
    const uint32_t* set_start      # by set, with one more at the end
    const uint64_t* set_hashes     # sorted within a set
    const uint64_t* trigger_keys   # open addressing; 0: empty
    const uint32_t* trigger_first  # into trigger_frames
    const uint32_t* trigger_count
    uint32_t trigger_mask
    const uint32_t* trigger_frames # frame numbers, most specific first

cdef struct Party:
    int32_t token         # head word of the mention
    uint8_t slot          # SLOT_*
    uint8_t owner         # 1: found as the owner of what fills the slot

cdef struct Match:
    int32_t frame         # -1: none
    int32_t n_parties
    int32_t n_own         # of these, the ones that the frame itself names
    int32_t act           # head of the clause or noun in the ACT slot, or -1
    int32_t noun          # the literal noun that matched, or -1
    Party parties[MAX_PARTIES]

cdef bint in_set(const PatternTables* tables, uint16_t number, uint64_t value) noexcept nogil
# The slot of a lemma at a position in an open-addressing table of knowledge/tables.py, or -1.
cdef int64_t find_entry(const uint64_t* keys, uint32_t mask, uint64_t lemma, uint16_t position) noexcept nogil
# `entry`: the slot of the trigger's lemma, from find_entry.
cdef void match_trigger(const PatternTables* tables, const Grammar* g, int32_t trigger, int64_t entry, uint16_t position, Arguments* arguments,
                        Match* best) noexcept nogil
cdef bint frame_holds(const PatternTables* tables, const Grammar* g, int32_t trigger, int64_t entry, uint32_t number, uint16_t position,
                      const Arguments* arguments, Match* match) noexcept nogil
cdef int32_t add_parties(const Grammar* g, int32_t token, uint8_t slot, bint owner, bint places, Match* match, int depth) noexcept nogil

cdef bint marker_in(const PatternTables* tables, uint16_t number, const Grammar* g, int32_t token) noexcept nogil  # one of its case or clause markers
cdef const void* address(object view) except NULL    # of a blob's section

cdef class Patterns:
    cdef PatternTables tables
    cdef object blob
    cdef list views
    cdef const void* section(self, str name) except NULL
