"""The mends, one function each; each changes only an attachment that its words make all but impossible."""
from libc.stdint cimport int32_t, uint32_t

from demarche._native.arguments cimport is_form
from demarche._native.document cimport Token
from demarche._native.labels cimport (
    DEP_AUX_PASS, DEP_CASE, DEP_COMPOUND, DEP_NMOD, DEP_NMOD_UNMARKED, DEP_NSUBJ, DEP_NSUBJ_PASS, DEP_OBL, DEP_OBL_UNMARKED, UPOS_NOUN, UPOS_PROPN, UPOS_VERB, XPOS_NNPS, XPOS_NNS)

cdef const char** CALENDAR = [b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday", b"january", b"february", b"march",
                              b"april", b"may", b"june", b"july", b"august", b"september", b"october", b"november", b"december", b"jan.", b"feb.",
                              b"mar.", b"apr.", b"jun.", b"jul.", b"aug.", b"sept.", b"sep.", b"oct.", b"nov.", b"dec."]


cdef bint is_calendar_word(const Doc* doc, int token) noexcept nogil:
    cdef int k
    for k in range(31):
        if is_form(doc, token, CALENDAR[k]):
            return True
    return False


cdef void mend_tree(Doc* doc) noexcept nogil:
    cdef int32_t i
    for i in range(<int32_t>doc.n_tokens):
        if doc.tokens[i].deprel == DEP_CASE and is_form(doc, i, b"including"):
            attach_member(doc, i)
        elif doc.tokens[i].deprel == DEP_NSUBJ and doc.tokens[i].upos == UPOS_PROPN and is_calendar_word(doc, i):
            free_weekday(doc, i)
        elif (doc.tokens[i].deprel == DEP_COMPOUND or doc.tokens[i].deprel == DEP_NMOD_UNMARKED) and is_calendar_word(doc, i):
            free_opening(doc, i)


cdef void attach_member(Doc* doc, int32_t case) noexcept nogil:
    """ "12 states, including Peru, to the talks": Peru is one of the states, wherever the parser hung it."""
    cdef int32_t member = doc.tokens[case].head, i, up, hops
    cdef uint32_t first
    if member < 0 or (doc.tokens[member].deprel != DEP_OBL and doc.tokens[member].deprel != DEP_NMOD):
        return
    first = doc.sentences[doc.tokens[case].sentence].first
    i = case - 1
    while i >= <int32_t>first:
        if (doc.tokens[i].xpos == XPOS_NNS or doc.tokens[i].xpos == XPOS_NNPS) and (doc.tokens[i].upos == UPOS_NOUN or doc.tokens[i].upos == UPOS_PROPN):
            # never below itself: the tree stays a tree
            up, hops = i, 0
            while up >= 0 and up != member and hops < 256:
                up = doc.tokens[up].head
                hops += 1
            if up != member:
                doc.tokens[member].head = i
                doc.tokens[member].deprel = DEP_NMOD
            return
        i -= 1


cdef void free_weekday(Doc* doc, int32_t day) noexcept nogil:
    """ "the ministry said Wednesday it ...": of two subjects the day is none."""
    cdef int32_t head = doc.tokens[day].head, i
    cdef const Token* t
    for i in range(<int32_t>doc.sentences[doc.tokens[day].sentence].first, <int32_t>doc.sentences[doc.tokens[day].sentence].last):
        t = &doc.tokens[i]
        if i != day and t.head == head and t.deprel == DEP_NSUBJ:
            doc.tokens[day].deprel = DEP_OBL_UNMARKED
            return


cdef void free_opening(Doc* doc, int32_t day) noexcept nogil:
    """ "On Monday Peru's president said": the day alone belongs to the preposition, and the clause gets its subject back."""
    cdef int32_t case = day - 1, head, verb, i
    cdef bint passive = False
    if day == 0 or doc.tokens[case].deprel != DEP_CASE or doc.tokens[case].head <= day:
        return
    head = doc.tokens[case].head
    verb = doc.tokens[head].head
    if doc.tokens[head].deprel != DEP_OBL or verb <= head or doc.tokens[verb].upos != UPOS_VERB:
        return
    for i in range(<int32_t>doc.sentences[doc.tokens[day].sentence].first, <int32_t>doc.sentences[doc.tokens[day].sentence].last):
        if doc.tokens[i].head == verb:
            if doc.tokens[i].deprel == DEP_NSUBJ or doc.tokens[i].deprel == DEP_NSUBJ_PASS:
                return
            passive = passive or doc.tokens[i].deprel == DEP_AUX_PASS
    doc.tokens[case].head = day
    doc.tokens[day].head, doc.tokens[day].deprel = verb, DEP_OBL
    doc.tokens[head].deprel = DEP_NSUBJ_PASS if passive else DEP_NSUBJ
