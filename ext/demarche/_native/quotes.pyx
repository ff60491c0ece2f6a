"""Quotations over sentences.

A quotation begins at an opening mark that begins its sentence or follows a comma or a colon, and ends at the closing mark, or where a
paragraph begins without a mark of its own (agency style leaves a quotation open at the end of a paragraph and opens it anew in the next).
It is told by the verb of saying after its end or before its beginning, in the same sentence; one without such a verb that follows another in its
paragraph is told by who told that.
"""
from libc.stdint cimport int32_t, uint32_t, uint8_t

from demarche._native.acts cimport Act, ActList, JudgeTables, add_speaker, speaker_of, speech_force
from demarche._native.arguments cimport Grammar, is_form
from demarche._native.document cimport Doc, Sentence, Token
from demarche._native.labels cimport UPOS_VERB
from demarche._native.patterns cimport PatternTables

cdef enum:
    MARK_NONE = 0
    MARK_OPEN = 1
    MARK_CLOSE = 2
    MARK_EITHER = 3

# A quotation and who speaks in it.
cdef struct Quotation:
    int32_t first     # its opening mark
    int32_t last      # its closing mark
    int32_t says      # word of saying, or -1
    int32_t speaker
    int force


cdef int mark_of(const Doc* doc, int32_t token) noexcept nogil:
    cdef const Token* t = &doc.tokens[token]
    cdef const uint8_t* c = doc.text + t.start
    cdef uint32_t n = t.end - t.start
    if n == 1 and c[0] == 0x22:
        return MARK_EITHER
    if n == 2 and c[0] == 0xC2:
        return MARK_OPEN if c[1] == 0xAB else MARK_CLOSE if c[1] == 0xBB else MARK_NONE
    if n == 2 and c[0] == c[1] and (c[0] == 0x60 or c[0] == 0x27):
        return MARK_OPEN if c[0] == 0x60 else MARK_CLOSE
    if n == 3 and c[0] == 0xE2 and c[1] == 0x80:
        return MARK_OPEN if c[2] == 0x9C else MARK_CLOSE if c[2] == 0x9D else MARK_NONE
    return MARK_NONE


cdef bint begins(const Doc* doc, int32_t mark) noexcept nogil:
    """Whether what an opening mark opens is speech, and not a word in quotation marks."""
    cdef int32_t first = <int32_t>doc.sentences[doc.tokens[mark].sentence].first
    return mark == first or is_form(doc, mark - 1, b",") or is_form(doc, mark - 1, b":")


cdef bint find_teller(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, int32_t first, int32_t last, int32_t step,
                      Quotation* quotation) noexcept nogil:
    """The nearest verb of saying with a speaker, from token `first` on to before `last`."""
    cdef int32_t i = first
    cdef int force
    while i != last:
        if mark_of(g.doc, i) != MARK_NONE:
            return False       # another quotation's
        if g.doc.tokens[i].upos == UPOS_VERB:
            force = speech_force(patterns, judge, g.doc, i)
            if force:
                quotation.speaker = speaker_of(g, i)
                if quotation.speaker >= 0:
                    quotation.says, quotation.force = i, force
                    return True
        i += step
    return False


cdef void tell(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, ActList* list, Quotation* quotation, const Quotation* before) noexcept nogil:
    """Finds who speaks in a quotation, and says so of its acts; `before`: the quotation that ended before it."""
    cdef const Doc* doc = g.doc
    cdef uint32_t first_sentence = doc.tokens[quotation.first].sentence, last_sentence = doc.tokens[quotation.last].sentence, s, i
    cdef Act* act
    quotation.says = -1
    if not find_teller(patterns, judge, g, quotation.last + 1, <int32_t>doc.sentences[last_sentence].last, 1, quotation) \
            and not find_teller(patterns, judge, g, quotation.first - 1, <int32_t>doc.sentences[first_sentence].first - 1, -1, quotation):
        if before.says < 0 or doc.tokens[before.says].sentence + 1 < first_sentence:
            return
        for s in range(doc.tokens[before.says].sentence + 1, first_sentence + 1):
            if doc.sentences[s].paragraph:
                return
        quotation.says, quotation.speaker, quotation.force = before.says, before.speaker, before.force
    for i in range(list.n_acts):
        act = &list.acts[i]
        if quotation.first < act.trigger < quotation.last and act.n_speakers == 0:
            add_speaker(act, quotation.says, quotation.speaker, quotation.force)


cdef void spread_speakers(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, ActList* list) noexcept nogil:
    cdef const Doc* doc = g.doc
    cdef Quotation quotation, before
    cdef bint open_ = False, speech = False
    cdef int kind
    cdef int32_t i
    before.says = before.speaker = before.first = before.last = -1
    before.force = 0
    for i in range(<int32_t>doc.n_tokens):
        kind = mark_of(doc, i)
        if open_ and i == <int32_t>doc.sentences[doc.tokens[i].sentence].first and doc.sentences[doc.tokens[i].sentence].paragraph:
            if kind == MARK_OPEN or kind == MARK_EITHER:
                continue       # goes on in a new paragraph
            open_ = False      # never closed
        if kind == MARK_NONE:
            continue
        if open_ and kind != MARK_OPEN:
            open_ = False
            if speech:
                quotation.last = i
                tell(patterns, judge, g, list, &quotation, &before)
                before = quotation
        elif not open_ and kind != MARK_CLOSE:
            open_, speech = True, begins(doc, i)
            quotation.first = i
