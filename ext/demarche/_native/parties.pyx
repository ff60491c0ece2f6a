"""Marking who can act. A state after "in" is a place; a capital acts only where a government could stand."""
from libc.string cimport memcmp

from demarche._native.arguments cimport WHO_ACTOR, WHO_GIVEN, WHO_INSIDE, WHO_NAME, WHO_NATION, WHO_NOBODY, WHO_PLACE, WHO_PRONOUN, is_form
from demarche._native.document cimport SHAPE_GLUED, Token
from demarche._native.gazetteer cimport (
    FLAG_ALTERNATIVE, FLAG_MODIFIER, MENTION_ADJECTIVE, MENTION_CAPITAL, MENTION_ROLE, MENTION_SEAT, MENTION_STATE)
from demarche._native.mend cimport is_calendar_word
from demarche._native.labels cimport (
    DEP_AMOD, DEP_CASE, DEP_COMPOUND, DEP_CONJ, DEP_FLAT, DEP_NMOD_DESC, DEP_NMOD_UNMARKED,
    UPOS_PRON, UPOS_PROPN, XPOS_PRP, XPOS_PRPS)


cdef int32_t head_of_span(const Doc* doc, uint32_t first, uint32_t last) noexcept nogil:
    cdef uint32_t i
    cdef int32_t head
    for i in range(first, last):
        head = doc.tokens[i].head
        if head < <int32_t>first or head >= <int32_t>last:
            return <int32_t>i
    return <int32_t>last - 1


cdef bint located(const Doc* doc, const Tree* tree, int32_t token, bint direction) noexcept nogil:
    """Whether a preposition of place governs the word (or the first of its conjuncts); `direction` counts from, to and into in."""
    cdef int32_t c, hops = 0
    while doc.tokens[token].deprel == DEP_CONJ and doc.tokens[token].head >= 0 and hops < 8:
        token = doc.tokens[token].head
        hops += 1
    c = tree.first_child[token]
    while c >= 0:
        if doc.tokens[c].deprel == DEP_CASE:
            if (is_form(doc, c, b"in") or is_form(doc, c, b"at") or is_form(doc, c, b"near") or is_form(doc, c, b"inside") or is_form(doc, c, b"across")
                    or is_form(doc, c, b"throughout") or is_form(doc, c, b"around") or is_form(doc, c, b"outside") or is_form(doc, c, b"within")):
                return True
            if direction and (is_form(doc, c, b"from") or is_form(doc, c, b"to") or is_form(doc, c, b"into") or is_form(doc, c, b"through")
                              or is_form(doc, c, b"of") or is_form(doc, c, b"for") or is_form(doc, c, b"on")):
                return True
        c = tree.next_sibling[c]
    return False


cdef bint reflexive(const Doc* doc, int32_t token) noexcept nogil:
    cdef const Token* t = &doc.tokens[token]
    return t.norm_length > 4 and (memcmp(doc.strings + t.norm + t.norm_length - 4, b"self", 4) == 0
                                  or memcmp(doc.strings + t.norm + t.norm_length - 4, b"lves", 4) == 0)


cdef bint in_compound(const Doc* doc, const Mention* m) noexcept nogil:
    """ "six-nation talks", "a 34-member body": half of a hyphenated word is nobody."""
    return m.first > 0 and doc.tokens[m.first].shape & SHAPE_GLUED and is_form(doc, <int32_t>m.first - 1, b"-")


cdef void mark_parties(const Doc* doc, const Tree* tree, const MentionList* mentions, const GivenSpan* given, uint32_t n_given, uint8_t* who) noexcept nogil:
    cdef uint32_t k, i, first, last
    cdef const Mention* m
    cdef const Token* t
    cdef int32_t head
    cdef uint8_t mark
    for k in range(mentions.count):
        m = &mentions.items[k]
        if m.flags & FLAG_ALTERNATIVE or m.kind == MENTION_ROLE and in_compound(doc, m):
            continue
        head = head_of_span(doc, m.first, m.last)
        for i in range(m.first, m.last):
            who[i] = WHO_INSIDE
        t = &doc.tokens[head]
        mark = WHO_ACTOR
        if m.kind == MENTION_ADJECTIVE or m.flags & FLAG_MODIFIER:
            mark = WHO_NATION
        elif m.kind == MENTION_CAPITAL and (located(doc, tree, head, True) or t.deprel == DEP_COMPOUND or t.deprel == DEP_NMOD_UNMARKED or t.deprel == DEP_NMOD_DESC):
            mark = WHO_PLACE
        elif (m.kind == MENTION_STATE or m.kind == MENTION_SEAT) and located(doc, tree, head, False):
            mark = WHO_PLACE
        who[head] = mark
    for i in range(doc.n_tokens):
        t = &doc.tokens[i]
        if who[i] != WHO_NOBODY:
            continue
        if t.upos == UPOS_PRON and (t.xpos == XPOS_PRP or t.xpos == XPOS_PRPS) and not reflexive(doc, <int32_t>i):
            who[i] = WHO_PRONOUN
        elif t.upos == UPOS_PROPN and not is_calendar_word(doc, i) and t.deprel != DEP_FLAT and t.deprel != DEP_COMPOUND and t.deprel != DEP_AMOD:
            who[i] = WHO_NAME
    first = 0
    for k in range(n_given):
        # tokens are in order, but marked spans need not be
        if k and given[k].start < given[k - 1].start:
            first = 0
        while first < doc.n_tokens and doc.tokens[first].end <= given[k].start:
            first += 1
        last = first
        while last < doc.n_tokens and doc.tokens[last].start < given[k].end:
            last += 1
        if last > first:
            who[head_of_span(doc, first, last)] = WHO_GIVEN
