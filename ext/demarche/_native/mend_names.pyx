"""The mends that known names allow: no word of a name is a verb, titles and nationalities go with their nouns."""
from libc.stdint cimport int32_t, uint32_t

from demarche._native.document cimport SHAPE_CAPITAL, Doc, Token
from demarche._native.gazetteer cimport FLAG_ALTERNATIVE, MENTION_ADJECTIVE, MENTION_PERSON, MENTION_ROLE, Mention, MentionList
from demarche._native.labels cimport (
    DEP_ACL, DEP_ADVCL, DEP_AMOD, DEP_AUX_PASS, DEP_CASE, DEP_CCOMP, DEP_COMPOUND, DEP_CONJ, DEP_FLAT, DEP_MARK, DEP_NMOD_DESC, DEP_NMOD_UNMARKED,
    DEP_NSUBJ, DEP_NSUBJ_PASS, DEP_OBL, DEP_OBL_AGENT, DEP_OBL_UNMARKED, DEP_PARATAXIS, DEP_VOCATIVE, DEP_XCOMP, UPOS_AUX, UPOS_PROPN, UPOS_VERB,
    XPOS_NNP, XPOS_VBD, XPOS_VBG, XPOS_VBN)
from demarche._native.mend cimport is_calendar_word, is_leaf
from demarche._native.parties cimport head_of_span


cdef void mend_names(Doc* doc, MentionList* mentions) noexcept nogil:
    """ "Human Rights Watch accused Peru": no word of a known name is the sentence's verb."""
    cdef Mention* m
    cdef uint32_t i
    cdef int32_t head
    for i in range(mentions.count):
        m = &mentions.items[i]
        if m.kind == MENTION_PERSON and m.last - m.first == 1 and in_longer_name(doc, m, mentions.items[i + 1].first if i + 1 < mentions.count else doc.n_tokens,
                                                                                 mentions.items[i - 1].last if i else 0):
            m.flags |= FLAG_ALTERNATIVE
        if m.kind == MENTION_ROLE:
            tie_title(doc, m)
            free_group(doc, head_of_span(doc, m.first, m.last))
            if i and mentions.items[i - 1].last == m.first and mentions.items[i - 1].kind != MENTION_ROLE:
                tie_owner(doc, &mentions.items[i - 1], m)
        if m.last - m.first < 2 or m.kind == MENTION_ROLE:
            continue
        head = head_of_span(doc, m.first, m.last)
        tie_name(doc, m, head)
        if doc.tokens[head].upos == UPOS_VERB and doc.tokens[head].shape & SHAPE_CAPITAL:
            free_name(doc, m, head)


cdef void free_group(Doc* doc, int32_t noun) noexcept nogil:
    """ "The bloc imposed sanctions": a role noun without a preposition before a verb without a subject is its subject."""
    cdef int32_t verb = doc.tokens[noun].head, i
    cdef const Token* t
    if doc.tokens[noun].deprel != DEP_OBL_UNMARKED or verb <= noun or doc.tokens[verb].upos != UPOS_VERB or doc.tokens[verb].xpos == XPOS_VBG:
        return
    for i in range(<int32_t>doc.sentences[doc.tokens[verb].sentence].first, <int32_t>doc.sentences[doc.tokens[verb].sentence].last):
        t = &doc.tokens[i]
        if t.head == verb and (t.deprel == DEP_NSUBJ or t.deprel == DEP_NSUBJ_PASS or t.deprel == DEP_AUX_PASS or t.deprel == DEP_OBL_AGENT or (
                t.deprel == DEP_MARK and i < verb)) or t.head == noun and t.deprel == DEP_CASE:
            return
    doc.tokens[noun].deprel = DEP_NSUBJ
    if doc.tokens[verb].xpos == XPOS_VBN and doc.tokens[verb].head < 0:
        doc.tokens[verb].xpos = XPOS_VBD


cdef void tie_title(Doc* doc, const Mention* role) noexcept nogil:
    """ "Indigenous leader Rosa Quinatoa": a role noun right before a name is its title, not another argument of the verb."""
    cdef int32_t title = <int32_t>role.last - 1, name = <int32_t>role.last, i
    cdef const Token* t
    if name >= <int32_t>doc.n_tokens or doc.tokens[name].sentence != doc.tokens[title].sentence or doc.tokens[name].upos != UPOS_PROPN:
        return
    t = &doc.tokens[title]
    if t.head != doc.tokens[name].head or t.head < 0 or not (t.deprel == DEP_OBL or t.deprel == DEP_OBL_UNMARKED or t.deprel == DEP_NMOD_UNMARKED) \
            or doc.tokens[name].deprel == DEP_FLAT or doc.tokens[name].deprel == DEP_COMPOUND:
        return
    for i in range(<int32_t>doc.sentences[t.sentence].first, title):
        if doc.tokens[i].head == title and doc.tokens[i].deprel == DEP_CASE:
            return
    doc.tokens[title].head, doc.tokens[title].deprel = name, DEP_NMOD_DESC


cdef void tie_owner(Doc* doc, const Mention* owner, const Mention* role) noexcept nogil:
    """ "EU foreign ministers agreed": the body right before a role noun is whose they are, not another argument of the verb; a nationality
    there is the role noun's, not the name's behind it."""
    cdef int32_t a = head_of_span(doc, owner.first, owner.last), b = head_of_span(doc, role.first, role.last), i
    if owner.kind == MENTION_ADJECTIVE and doc.tokens[a].head != b and doc.tokens[a].sentence == doc.tokens[b].sentence and (
            doc.tokens[a].deprel == DEP_AMOD or doc.tokens[a].deprel == DEP_NMOD_DESC or doc.tokens[a].deprel == DEP_COMPOUND or doc.tokens[a].deprel == DEP_VOCATIVE) \
            and is_leaf(doc, a):
        doc.tokens[a].head, doc.tokens[a].deprel = b, DEP_AMOD
        return
    if doc.tokens[a].head != doc.tokens[b].head or doc.tokens[a].head < 0 or (doc.tokens[a].deprel != DEP_OBL_UNMARKED and doc.tokens[a].deprel != DEP_NMOD_UNMARKED):
        return
    for i in range(<int32_t>doc.sentences[doc.tokens[a].sentence].first, a):
        if doc.tokens[i].head == a and doc.tokens[i].deprel == DEP_CASE:
            return
    doc.tokens[a].head, doc.tokens[a].deprel = b, DEP_COMPOUND


cdef bint in_longer_name(const Doc* doc, const Mention* m, uint32_t next_mention, uint32_t mention_before) noexcept nogil:
    """ "Captain Moussa Sanogo" is not the Moussa whom the knowledge has: his name goes on, or begins, with words that are not of that person."""
    cdef int32_t token = <int32_t>m.first, after = <int32_t>m.last, before_ = <int32_t>m.first - 1
    if after < <int32_t>doc.n_tokens and m.last < next_mention + (next_mention == 0) and doc.tokens[after].sentence == doc.tokens[token].sentence \
            and doc.tokens[after].upos == UPOS_PROPN and (
                doc.tokens[after].head == token and doc.tokens[after].deprel == DEP_FLAT or doc.tokens[token].head == after and (
                    doc.tokens[token].deprel == DEP_FLAT or doc.tokens[token].deprel == DEP_COMPOUND)):
        return not is_calendar_word(doc, after)
    if doc.tokens[token].deprel == DEP_FLAT and after < <int32_t>doc.n_tokens and m.last < next_mention + (next_mention == 0) \
            and doc.tokens[after].deprel == DEP_FLAT and doc.tokens[after].head == doc.tokens[token].head and doc.tokens[after].upos == UPOS_PROPN:
        return True
    if before_ >= 0 and m.first > mention_before and doc.tokens[before_].sentence == doc.tokens[token].sentence and doc.tokens[before_].upos == UPOS_PROPN \
            and not is_calendar_word(doc, before_):
        return doc.tokens[token].head == before_ and doc.tokens[token].deprel == DEP_FLAT
    return False


cdef void tie_name(Doc* doc, const Mention* m, int32_t head) noexcept nogil:
    """ "Theresa May will": what looks like an auxiliary inside a name is a part of it."""
    cdef int32_t i
    cdef Token* t
    for i in range(<int32_t>m.first, <int32_t>m.last):
        t = &doc.tokens[i]
        if i != head and t.upos == UPOS_AUX and t.shape & SHAPE_CAPITAL and is_leaf(doc, i):
            t.upos, t.xpos, t.head, t.deprel = UPOS_PROPN, XPOS_NNP, head, DEP_FLAT


cdef void free_name(Doc* doc, const Mention* m, int32_t head) noexcept nogil:
    """The verb that hangs on the name takes its place, and the name becomes its subject."""
    cdef int32_t i, verb = -1
    cdef bint passive = False
    cdef Token* t
    for i in range(<int32_t>m.last, <int32_t>doc.sentences[doc.tokens[head].sentence].last):
        t = &doc.tokens[i]
        if t.head == head and t.upos == UPOS_VERB and (t.deprel == DEP_XCOMP or t.deprel == DEP_CCOMP or t.deprel == DEP_CONJ or t.deprel == DEP_ACL
                                                       or t.deprel == DEP_PARATAXIS or t.deprel == DEP_ADVCL):
            verb = i
            break
    if verb < 0:
        return
    for i in range(<int32_t>doc.sentences[doc.tokens[head].sentence].first, <int32_t>doc.sentences[doc.tokens[head].sentence].last):
        t = &doc.tokens[i]
        if t.head == verb and (t.deprel == DEP_NSUBJ or t.deprel == DEP_NSUBJ_PASS):
            return     # it has a subject of its own
        passive = passive or t.head == verb and t.deprel == DEP_AUX_PASS
    for i in range(<int32_t>doc.sentences[doc.tokens[head].sentence].first, <int32_t>doc.sentences[doc.tokens[head].sentence].last):
        t = &doc.tokens[i]
        if i == head or i == verb:
            continue
        if <int32_t>m.first <= i < <int32_t>m.last:
            t.head, t.deprel = head, DEP_COMPOUND
        elif t.head == head:
            t.head = verb
    doc.tokens[verb].head, doc.tokens[verb].deprel = doc.tokens[head].head, doc.tokens[head].deprel
    doc.tokens[head].head, doc.tokens[head].deprel, doc.tokens[head].upos = verb, DEP_NSUBJ_PASS if passive else DEP_NSUBJ, UPOS_PROPN
