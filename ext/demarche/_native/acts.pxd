"""Acts: what the patterns find in a document, with who takes part, how real it is said to be, and who says so."""
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t

from demarche._native.arguments cimport Arguments, Grammar
from demarche._native.document cimport Doc
from demarche._native.patterns cimport Match, Party, PatternTables
from demarche._native.tree cimport Tree

cdef enum:
    REALIS_ACTUAL = 1
    REALIS_ONGOING = 2
    REALIS_HISTORICAL = 3
    REALIS_FUTURE = 4
    REALIS_HYPOTHETICAL = 5
    REALIS_NEGATED = 6

cdef enum:
    STANDING_REPORTED = 1
    STANDING_ALLEGED = 2
    STANDING_DENIED = 3
    STANDING_DISPUTED = 4

cdef enum:
    MAX_SPEAKERS = 3
    LEARNED_FRAME = 0xFFFF         # Act.frame where no pattern but the learned judge tells

cdef struct Act:
    uint32_t first_party           # into ActList.parties
    uint16_t n_parties
    uint16_t frame
    uint16_t pattern
    uint8_t realis                 # REALIS_*
    uint8_t standing               # STANDING_*
    uint8_t n_speakers
    uint8_t content                # 1: the content of its parent (what was asked, offered, alleged ...)
    int32_t trigger                # token
    int32_t clause                 # the verb whose modifiers say when and where; the trigger if there is none
    int32_t parent                 # index of the act whose content this is, or -1
    int32_t noun                   # the noun that its frame names, or -1
    uint8_t refused                # 1: a future that is denied: "will not"
    int32_t inner                  # head of the content clause, or -1
    uint16_t n_own                 # of its parties, those that the frame itself names; the others come from its content or its object
    float probability              # of what the learned judge tells; 0 where a pattern does
    int32_t says[MAX_SPEAKERS]     # words of saying, innermost first
    int32_t speakers[MAX_SPEAKERS] # their speakers' head words; -1 unknown

cdef struct OperatorC:
    uint16_t realis                # REALIS_*
    uint16_t words                 # set of markers or prepositions; 0: any

cdef struct JudgeTables:
    const uint8_t* pattern_type    # by pattern: index into types, in the order of the ontology
    const uint64_t* operator_keys  # open addressing on lemma and position
    const uint32_t* operator_first
    const uint32_t* operator_count
    uint32_t operator_mask
    const OperatorC* operators
    uint16_t light                 # set numbers
    uint16_t neutral
    uint16_t claim
    uint16_t deny
    uint16_t confirm
    uint16_t hearsay               # adverbs: reportedly, allegedly
    uint16_t learned               # the pattern that stands for the first type where the learned judge tells; the others follow
    uint8_t accuse                 # the number of ACCUSE among the types

cdef struct ActList:
    Act* acts
    uint32_t n_acts
    uint32_t act_capacity
    Party* parties
    uint32_t n_parties
    uint32_t party_capacity
    uint8_t* who                   # by token
    uint8_t* light                 # by token
    int32_t* match_of              # by token: the act it triggers, or -1
    int32_t* content_of            # by token: the act whose content it heads, or -1
    uint32_t token_capacity
    Tree tree

cdef void acts_init(ActList* list) noexcept nogil
cdef void acts_free(ActList* list) noexcept nogil
cdef bint acts_prepare(ActList* list, const Doc* doc) noexcept nogil     # room by token, the tree; False: no memory
# The arguments of a word as a trigger, and its position (POSITION_*); 0 where it can be none.
cdef uint16_t arguments_of(const Grammar* g, int32_t token, Arguments* arguments) noexcept nogil
# What the patterns find; then come the acts of the learned judge, their order, and what stands around each.
cdef bint acts_find(const PatternTables* patterns, const JudgeTables* judge, const Doc* doc, ActList* list) noexcept nogil
# Whom a promise, refusal or threat concerns, where its content is an act of the same actor: "refused to send tanks to Peru".
cdef bint share_content(ActList* list, const Doc* doc) noexcept nogil
cdef bint store_pair(ActList* list, const JudgeTables* judge, const Doc* doc, int32_t trigger, int32_t kind, int32_t actor, int32_t recipient,
                     double probability, bint given) noexcept nogil
cdef void order_acts(ActList* list, uint32_t first) noexcept nogil
cdef void acts_judge(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, ActList* list) noexcept nogil
cdef int speech_force(const PatternTables* patterns, const JudgeTables* judge, const Doc* doc, int32_t word) noexcept nogil
cdef int32_t speaker_of(const Grammar* g, int32_t verb) noexcept nogil        # its head word, or -1
cdef void add_speaker(Act* act, int32_t says, int32_t speaker, int force) noexcept nogil
# The realis that a clause's own auxiliaries, negations, conjunctions and adverbs give it; `future` becomes true for "will".
cdef uint8_t marks_of(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, int32_t word, bint* future) noexcept nogil

cdef class Judge:
    cdef JudgeTables tables
    cdef object blob
    cdef list views
    cdef const void* section(self, str name) except NULL
