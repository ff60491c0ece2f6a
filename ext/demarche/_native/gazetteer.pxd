"""Names and role nouns found in a document: longest match, left to right, over token hashes; once per document, no GIL.

Compiled by knowledge/gazetteer.py. A `GazetteerC` is immutable and shared by threads; a `MentionList` belongs to one.
"""
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t

from demarche._native.document cimport Doc

cdef enum:
    # Mention.kind
    MENTION_STATE = 1
    MENTION_ADJECTIVE = 2    # "Russian" before a noun
    MENTION_DEMONYM = 3      # "Russians", "a Russian", "the French"
    MENTION_CAPITAL = 4      # may stand for the government
    MENTION_SEAT = 5         # the Kremlin: stands for the government
    MENTION_ENTITY = 6       # organisation, group, place, party, medium, company
    MENTION_PERSON = 7
    MENTION_ROLE = 8         # role noun: `role` is set, `entity` is -1

cdef enum:
    # Mention.flags
    FLAG_ALTERNATIVE = 1     # another reading of the tokens of the mention before it
    FLAG_AMBIGUOUS = 2       # readings of these tokens follow (first reading) or came before (alternative)
    FLAG_SURNAME = 4         # a surname alone: only good if the text or an office supports it
    FLAG_PLURAL = 8          # plural role noun or demonym
    FLAG_MODIFIER = 16       # a role noun tagged as an adjective
    FLAG_IN_NAME = 32        # beside a capitalised proper noun that belongs to no mention: perhaps part of a longer name

cdef enum:
    # bits of a compiled name (codes.NameFlag)
    NAME_EXACT = 1
    NAME_DOUBTFUL = 2
    NAME_SURNAME = 4
    NAME_PLURAL = 8
    NAME_MODIFIER = 16

cdef enum:
    # columns of GazetteerC.entities and .nouns (compile.py); text columns number the blob's strings
    ENTITY_ID = 0
    ENTITY_NAME = 1
    ENTITY_KIND = 2          # index into codes.KINDS
    ENTITY_COUNTRY = 3
    ENTITY_SECTORS = 4
    ENTITY_CAMEO = 5
    ENTITY_PARENT = 6        # entity, or -1
    ENTITY_FIRST_ROLE = 7
    ENTITY_ROLES = 8
    ENTITY_COLUMNS = 12
    NOUN_TEXT = 0
    NOUN_SECTORS = 1
    NOUN_KIND = 2            # 1 person, 2 group, 3 body
    NOUN_FLAGS = 3           # 1 stands for the state, 2 plural only, 4 may be an adjective
    NOUN_COLUMNS = 4

cdef struct Mention:
    uint32_t first           # first token
    uint32_t last            # token after the last
    int32_t entity           # row of the entity table; -1 for role nouns
    int32_t role             # row of the role noun table; -1 for names
    uint8_t kind             # MENTION_*
    uint8_t flags            # FLAG_* bits

cdef struct MentionList:
    Mention* items
    uint32_t count
    uint32_t capacity

cdef struct Reading:
    int32_t entity
    int32_t role
    int32_t kind             # MENTION_*
    int32_t flags            # NAME_* bits
    int32_t capitals         # bit i: token i must begin with a capital

cdef struct GazetteerC:
    const uint64_t* starts   # 64 Ki bits by the top bits of a token's hash: may it begin a name?
    const uint64_t* keys     # open addressing; 0 is an empty slot
    const uint32_t* nodes    # the child of each slot's edge
    uint64_t mask            # slots - 1
    const uint32_t* first    # node -> its first reading; one more than there are nodes
    const Reading* readings
    const uint64_t* exact    # hash of the exact form, for NAME_EXACT
    const int32_t* entities  # rows of ENTITY_COLUMNS
    const int32_t* nouns     # rows of NOUN_COLUMNS
    uint32_t n_entities
    uint32_t n_nouns

cdef void mentions_init(MentionList* found) noexcept nogil
cdef void mentions_free(MentionList* found) noexcept nogil

# Replaces the list's content by the mentions of the document, in order; 0, or DOC_NO_MEMORY.
# Tags should be set; without them (all zero) doubtful words are left out where a capital letter proves nothing.
cdef int find_mentions(const GazetteerC* gazetteer, const Doc* doc, MentionList* found) noexcept nogil

cdef class Gazetteer:
    cdef GazetteerC c
    cdef tuple sections      # the memoryviews that `c` points into
    cdef readonly object blob
