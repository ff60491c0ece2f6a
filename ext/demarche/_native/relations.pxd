"""The learned judge of pairs: what one actor does to another, where no pattern tells, from the tree and the words between them."""
from libc.stdint cimport int8_t, int32_t, uint8_t, uint32_t, uint64_t

from demarche._native.acts cimport ActList, JudgeTables
from demarche._native.arguments cimport Grammar
from demarche._native.patterns cimport PatternTables

cdef enum:
    N_TYPES = 16             # the ontology's, in its order
    NO_RELATION = 16         # and the class of pairs without one
    N_CLASSES = 17
    MAX_FEATURES = 1024      # of one pair
    MAX_PATH = 24            # words from a party up

cdef struct Feature:
    uint64_t hash
    int32_t kind             # FEATURE_NAMES of relations.pyx
    int32_t first            # the words it speaks of, tokens; -1 for none
    int32_t second

cdef struct FeatureList:
    uint32_t n
    Feature items[MAX_FEATURES]

# How one party is linked to another in the tree.
cdef struct Link:
    int32_t from_[MAX_PATH]  # from the first party up to the meeting word, which is the last
    int32_t to[MAX_PATH]     # from the second party likewise
    int32_t n_from
    int32_t n_to
    int32_t meeting          # the word where both ways meet

cdef struct Verdict:
    int32_t kind             # a type's number, or NO_RELATION
    double probability
    double none              # the probability of no relation

cdef struct RelationTables:
    const uint32_t* keys     # open addressing by a hash's low bits; its high bits, the lowest of them set; 0 is an empty slot
    const uint32_t* rows     # slot -> row of weights
    const int8_t* weights    # rows of N_CLASSES
    const int32_t* bias      # N_CLASSES, in the same unit
    uint64_t mask            # slots - 1
    double scale             # unit of the weights, temperature included
    double threshold         # least probability of a relation between actors that the text alone brings together
    double given_threshold   # the same where the caller marked both

# Adds acts for the pairs that no pattern speaks of; False: no memory. `given`: only between heads that the caller marked.
cdef bint add_relations(const RelationTables* tables, const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, ActList* list,
                        bint given) noexcept nogil
cdef void pair_features(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, const ActList* list, int32_t a, int32_t b,
                        FeatureList* out) noexcept nogil
cdef void judge_pair(const RelationTables* tables, const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, const ActList* list,
                     int32_t a, int32_t b, uint32_t sentence, int32_t* shared, bint* summed, Verdict* verdict) noexcept nogil
cdef void sentence_features(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, uint32_t sentence, FeatureList* out) noexcept nogil
cdef const int8_t* row_of(const RelationTables* tables, uint64_t h) noexcept nogil     # the weights of a feature, NULL where it was never seen
cdef bint find_link(const Grammar* g, int32_t a, int32_t b, Link* link) noexcept nogil

cdef class Relations:
    cdef RelationTables tables
    cdef object blob
    cdef list views
    cdef const void* section(self, str name) except NULL
