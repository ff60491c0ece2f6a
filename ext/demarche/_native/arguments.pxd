"""The arguments of a word, with passives, relative clauses, participles, control and coordination undone."""
from libc.stdint cimport int32_t, uint8_t

from demarche._native.document cimport Doc
from demarche._native.tree cimport Tree

cdef enum:
    # relations, the numbers of knowledge/frames.py
    REL_SUBJECT = 1
    REL_OBJECT = 2
    REL_INDIRECT = 3
    REL_PREPOSITION = 4
    REL_CLAUSE = 5
    REL_POSSESSOR = 6

cdef enum:
    MAX_ARGUMENTS = 28

cdef struct Argument:
    int32_t token        # head word of the filler
    uint8_t relation     # REL_*
    uint8_t inherited    # 1: not the word's own dependent but a neighbour's (control, light verb, shared subject)
    uint8_t of_object    # 1: hangs on the word's object ("put pressure [on Peru]")

cdef struct Arguments:
    int32_t n
    bint passive
    int32_t support       # for a noun: the light verb that carries it, or -1
    Argument items[MAX_ARGUMENTS]

# What every function here needs: the document, its tree, who its actors are, and which verbs are light.
cdef struct Grammar:
    const Doc* doc
    const Tree* tree
    const uint8_t* who                # by token: WHO_*
    const uint8_t* light              # by token: 1 where its lemma is a light verb

cdef enum:
    WHO_NOBODY = 0
    WHO_ACTOR = 1        # head of a known actor's mention or of a role noun
    WHO_NATION = 2       # nationality adjective
    WHO_PRONOUN = 3
    WHO_NAME = 4         # head of a proper name that is not known
    WHO_GIVEN = 5        # head of a mention that the caller marked
    WHO_INSIDE = 6       # inside a mention, not its head
    WHO_PLACE = 7        # a place that does not stand for a government

cdef void verb_arguments(const Grammar* g, int32_t verb, Arguments* out, int depth) noexcept nogil
cdef void noun_arguments(const Grammar* g, int32_t noun, Arguments* out) noexcept nogil
cdef void adjective_arguments(const Grammar* g, int32_t adjective, Arguments* out) noexcept nogil
cdef int32_t first_argument(const Arguments* arguments, uint8_t relation) noexcept nogil   # its token, or -1
cdef bint is_utterance(const Doc* doc, int32_t noun) noexcept nogil     # a noun for a move made in words: an offer, an accusation
cdef bint has_case(const Grammar* g, int32_t token, const char* word) noexcept nogil        # a case marker of that form
cdef bint is_form(const Doc* doc, int32_t token, const char* word) noexcept nogil           # lower-cased form equals
cdef bint is_passive(const Grammar* g, int32_t verb) noexcept nogil
