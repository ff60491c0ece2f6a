"""The mends that need only the tree, one function each; each changes only an attachment that its words make all but impossible."""
from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.string cimport memcmp, strlen

from demarche._native.arguments cimport is_form, is_utterance
from demarche._native.document cimport Token
from demarche._native.labels cimport (
    DEP_ACL, DEP_ACL_RELCL, DEP_ADVCL, DEP_ADVMOD, DEP_AMOD, DEP_APPOS, DEP_AUX_PASS, DEP_CASE, DEP_CCOMP, DEP_COMPOUND, DEP_CONJ, DEP_FLAT,
    DEP_IOBJ, DEP_MARK, DEP_NMOD, DEP_NMOD_DESC, DEP_NMOD_UNMARKED, DEP_NSUBJ, DEP_NSUBJ_OUTER, DEP_NSUBJ_PASS, DEP_OBJ, DEP_OBL, DEP_OBL_AGENT,
    DEP_OBL_UNMARKED, DEP_XCOMP, UPOS_ADJ, UPOS_ADV, UPOS_NOUN, UPOS_PROPN, UPOS_PUNCT, UPOS_VERB, XPOS_JJ, XPOS_NN, XPOS_NNP, XPOS_NNPS, XPOS_NNS,
    XPOS_VBD, XPOS_VBN, XPOS_VBP, XPOS_VBZ)

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
        elif doc.tokens[i].deprel == DEP_CASE and is_form(doc, i, b"by") and doc.tokens[i].head > i:
            lower_agent(doc, doc.tokens[i].head)
            raise_agent(doc, doc.tokens[i].head)
        elif doc.tokens[i].deprel == DEP_CONJ and doc.tokens[i].head >= 0 and doc.tokens[i].head < i:
            raise_conjunct(doc, i)
        elif doc.tokens[i].deprel == DEP_CASE and doc.tokens[i].head > i and doc.tokens[doc.tokens[i].head].deprel == DEP_OBL and opens_clause(doc, i):
            free_subject(doc, i, doc.tokens[i].head)
        elif doc.tokens[i].deprel == DEP_CASE and doc.tokens[i].head > i and doc.tokens[doc.tokens[i].head].deprel == DEP_NMOD and opens_clause(doc, i):
            free_late_subject(doc, i, doc.tokens[i].head)
        elif doc.tokens[i].deprel == DEP_CASE and doc.tokens[i].head > i and doc.tokens[doc.tokens[i].head].deprel == DEP_OBL_UNMARKED:
            free_name_from_time(doc, i, doc.tokens[i].head)
        elif doc.tokens[i].deprel == DEP_NSUBJ and doc.tokens[i].upos == UPOS_PROPN and is_calendar_word(doc, i):
            free_weekday(doc, i)
        elif is_form(doc, i, b"that") and doc.tokens[i].head > i and doc.tokens[doc.tokens[i].head].deprel == DEP_ACL_RELCL:
            if doc.tokens[i].deprel == DEP_MARK:
                raise_content(doc, doc.tokens[i].head)
            free_content(doc, i, doc.tokens[i].head)
        elif doc.tokens[i].deprel == DEP_OBJ and (is_form(doc, i, b"hostage") or is_form(doc, i, b"prisoner") or is_form(doc, i, b"captive")) and is_leaf(doc, i):
            doc.tokens[i].deprel = DEP_XCOMP      # "policemen they had taken hostage": what they became
        elif doc.tokens[i].deprel == DEP_AMOD and is_form(doc, i, b"free") and doc.tokens[i].head > i and i and (
                is_form(doc, i - 1, b"set") or is_form(doc, i - 1, b"setting") or is_form(doc, i - 1, b"sets")):
            doc.tokens[i].head, doc.tokens[i].deprel = i - 1, DEP_XCOMP     # "set free three engineers"
        elif doc.tokens[i].deprel == DEP_OBJ and is_form(doc, i, b"guilty"):
            free_guilty(doc, i)
        elif doc.tokens[i].deprel == DEP_ADVMOD and doc.tokens[i].upos == UPOS_PROPN and i and doc.tokens[i - 1].upos == UPOS_PROPN \
                and doc.tokens[i - 1].head == doc.tokens[i].head and doc.tokens[i].head > i and is_leaf(doc, i) and not is_calendar_word(doc, i - 1):
            doc.tokens[i].head, doc.tokens[i].deprel = i - 1, DEP_FLAT     # "Ana Rojas told": no name says how
        elif doc.tokens[i].head < 0 and doc.tokens[i].xpos == XPOS_NNS and i + 1 < <int32_t>doc.n_tokens:
            free_denial(doc, i)
        elif doc.tokens[i].deprel == DEP_NSUBJ and doc.tokens[i].head > i and doc.tokens[doc.tokens[i].head].deprel == DEP_XCOMP:
            free_helped(doc, i)
        elif doc.tokens[i].deprel == DEP_NSUBJ_OUTER and doc.tokens[i].head >= 0 and doc.tokens[doc.tokens[i].head].upos == UPOS_VERB:
            doc.tokens[i].deprel = DEP_NSUBJ      # "he is to hold talks": one clause, whose subject he is
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


cdef bint is_leaf(const Doc* doc, int32_t token) noexcept nogil:
    cdef int32_t i
    for i in range(<int32_t>doc.sentences[doc.tokens[token].sentence].first, <int32_t>doc.sentences[doc.tokens[token].sentence].last):
        if doc.tokens[i].head == token:
            return False
    return True


cdef bint ends_with(const Doc* doc, int32_t token, const char* ending, uint32_t n) noexcept nogil:
    cdef const Token* t = &doc.tokens[token]
    return t.lemma_length > n + 1 and memcmp(doc.strings + t.lemma + t.lemma_length - n, ending, n) == 0


cdef bint may_be_done(const Doc* doc, int32_t noun) noexcept nogil:
    """Whether a common noun may name an act and so have somebody who does it: "an attack by", "the release by"."""
    cdef int k
    cdef const char** ENDINGS = [b"ion", b"ment", b"ing", b"al", b"ure", b"ance", b"ence"]
    cdef const char** ACTS = [b"attack", b"raid", b"strike", b"airstrike", b"assault", b"offer", b"visit", b"call", b"move", b"vote", b"use", b"plan", b"threat",
                              b"murder", b"massacre", b"protest", b"support", b"pledge", b"promise", b"claim", b"rule", b"report", b"statement",
                              b"effort", b"attempt", b"bid", b"push", b"demand", b"request", b"appeal", b"abuse", b"crime", b"violence", b"coup",
                              b"siege", b"blockade", b"crackdown", b"boycott", b"ban", b"war", b"fire", b"advance", b"offensive", b"torture", b"seizure",
                              b"capture", b"takeover", b"control", b"decision", b"help", b"aid", b"work", b"study", b"book", b"speech", b"letter", b"step",
                              b"campaign", b"response", b"order", b"ruling", b"verdict", b"probe", b"search", b"march", b"rally", b"blast", b"bomb", NULL]
    if doc.tokens[noun].upos != UPOS_NOUN:
        return False
    for k in range(7):
        if ends_with(doc, noun, ENDINGS[k], <uint32_t>strlen(ENDINGS[k])):
            return True
    k = 0
    while ACTS[k] != NULL:
        if doc.tokens[noun].lemma_length == strlen(ACTS[k]) and memcmp(doc.strings + doc.tokens[noun].lemma, ACTS[k], strlen(ACTS[k])) == 0:
            return True
        k += 1
    return False


cdef bint lacks_agent(const Doc* doc, int32_t verb) noexcept nogil:
    """Whether a verb is passive and nobody is said to do it."""
    cdef const Token* t
    cdef uint32_t i
    cdef bint passive = doc.tokens[verb].deprel == DEP_ACL and doc.tokens[verb].xpos == XPOS_VBN
    if doc.tokens[verb].upos != UPOS_VERB:
        return False
    for i in range(doc.sentences[doc.tokens[verb].sentence].first, doc.sentences[doc.tokens[verb].sentence].last):
        t = &doc.tokens[i]
        if t.head == verb:
            if t.deprel == DEP_OBL_AGENT:
                return False
            passive = passive or t.deprel == DEP_AUX_PASS or t.deprel == DEP_NSUBJ_PASS
    return passive


cdef void raise_agent(Doc* doc, int32_t agent) noexcept nogil:
    """ "was given to Chad by Peru", "the bombing of a port by rebels": who does it belongs to the passive verb or to the noun that names
    the act, not to the place or thing between."""
    cdef int32_t up = doc.tokens[agent].head, hops = 0
    cdef uint8_t d
    if doc.tokens[agent].upos != UPOS_PROPN and doc.tokens[agent].upos != UPOS_NOUN or is_calendar_word(doc, agent) or up < 0:
        return
    if doc.tokens[agent].deprel == DEP_OBL_UNMARKED and lacks_agent(doc, up):
        doc.tokens[agent].deprel = DEP_OBL_AGENT
        return
    if doc.tokens[agent].deprel != DEP_NMOD:
        return
    while up >= 0 and up < agent and hops < 6:
        if may_be_done(doc, up):
            if up != doc.tokens[agent].head:
                doc.tokens[agent].head = up
            return
        if lacks_agent(doc, up):
            doc.tokens[agent].head, doc.tokens[agent].deprel = up, DEP_OBL_AGENT
            return
        d = doc.tokens[up].deprel
        if d != DEP_NMOD and d != DEP_OBL and d != DEP_OBJ and d != DEP_FLAT and d != DEP_COMPOUND and d != DEP_APPOS and d != DEP_CONJ and d != DEP_OBL_UNMARKED:
            return
        up = doc.tokens[up].head
        hops += 1


cdef void lower_agent(Doc* doc, int32_t agent) noexcept nogil:
    """ "rejected a bid by Peru": a verb in the active has no agent; what it did the deed to has."""
    cdef int32_t verb = doc.tokens[agent].head, i, thing = -1
    cdef bint subject = False
    cdef const Token* t
    if doc.tokens[agent].deprel != DEP_OBL_AGENT or verb < 0 or verb > agent or doc.tokens[verb].upos != UPOS_VERB:
        return
    for i in range(<int32_t>doc.sentences[doc.tokens[verb].sentence].first, agent):
        t = &doc.tokens[i]
        if t.head != verb:
            continue
        if t.deprel == DEP_AUX_PASS or t.deprel == DEP_NSUBJ_PASS:
            return
        subject = subject or t.deprel == DEP_NSUBJ
        if t.deprel == DEP_OBJ and i > verb:
            thing = i
    if subject and thing >= 0 and (doc.tokens[thing].upos == UPOS_NOUN or doc.tokens[thing].upos == UPOS_PROPN):
        doc.tokens[agent].head, doc.tokens[agent].deprel = thing, DEP_NMOD


cdef bint is_person_name(const Doc* doc, int32_t token) noexcept nogil:
    """Whether a name has a title before it or goes on in a second word."""
    cdef int32_t i
    if doc.tokens[token].upos != UPOS_PROPN:
        return False
    for i in range(<int32_t>doc.sentences[doc.tokens[token].sentence].first, <int32_t>doc.sentences[doc.tokens[token].sentence].last):
        if doc.tokens[i].head == token and (doc.tokens[i].deprel == DEP_FLAT or doc.tokens[i].deprel == DEP_NMOD_DESC):
            return True
    return False


cdef void raise_conjunct(Doc* doc, int32_t conjunct) noexcept nogil:
    """ "Prime Minister Abdul Mahdi and his host", "John Major of Britain and John Bruton of Ireland": the second joins the whole phrase of
    the first, not the name or the country inside it."""
    cdef int32_t inner = doc.tokens[conjunct].head, whole = doc.tokens[inner].head, i
    cdef bint of_place = False, of_own = False
    if whole < 0 or whole >= inner or doc.tokens[inner].upos != UPOS_PROPN:
        return
    if doc.tokens[inner].deprel == DEP_APPOS:
        # plural titles have their names as members: "ministers Sal and Tarr"
        if doc.tokens[whole].xpos != XPOS_NN and doc.tokens[whole].xpos != XPOS_NNP:
            return
        for i in range(whole + 1, inner):
            if doc.tokens[i].upos == UPOS_PUNCT:
                return
    elif doc.tokens[inner].deprel == DEP_NMOD and is_person_name(doc, conjunct):
        for i in range(whole + 1, <int32_t>doc.sentences[doc.tokens[whole].sentence].last):
            if doc.tokens[i].deprel == DEP_CASE and is_form(doc, i, b"of"):
                of_place = of_place or doc.tokens[i].head == inner
                of_own = of_own or doc.tokens[i].head > conjunct and doc.tokens[doc.tokens[i].head].head == conjunct
        if not (of_place and of_own):
            return
    else:
        return
    doc.tokens[conjunct].head = whole


cdef bint opens_clause(const Doc* doc, int32_t token) noexcept nogil:
    return (is_form(doc, token, b"after") or is_form(doc, token, b"before") or is_form(doc, token, b"as") or is_form(doc, token, b"since")
            or is_form(doc, token, b"until"))


cdef void free_subject(Doc* doc, int32_t marker, int32_t noun) noexcept nogil:
    """ "after a ship fired at boats": before a finite verb that has no subject, what "after" seems to govern is that subject."""
    cdef int32_t verb = doc.tokens[noun].head, i
    cdef const Token* t
    if verb <= noun or verb > noun + 3 or doc.tokens[verb].xpos != XPOS_VBD and doc.tokens[verb].xpos != XPOS_VBZ and doc.tokens[verb].xpos != XPOS_VBP \
            or doc.tokens[verb].deprel != DEP_ADVCL or is_calendar_word(doc, noun):
        return
    for i in range(<int32_t>doc.sentences[doc.tokens[verb].sentence].first, <int32_t>doc.sentences[doc.tokens[verb].sentence].last):
        t = &doc.tokens[i]
        if t.head == verb and (t.deprel == DEP_NSUBJ or t.deprel == DEP_NSUBJ_PASS or t.deprel == DEP_MARK or t.deprel == DEP_AUX_PASS):
            return
    doc.tokens[noun].deprel = DEP_NSUBJ
    doc.tokens[marker].head, doc.tokens[marker].deprel = verb, DEP_MARK


cdef void free_late_subject(Doc* doc, int32_t marker, int32_t noun) noexcept nogil:
    """ "a day after a crowd burned the offices": what "after" seems to govern is the subject of the finite verb right behind it."""
    cdef int32_t verb = noun + 1, time = doc.tokens[noun].head, i, up, hops = 0
    cdef const Token* t
    if time < 0 or time != marker - 1 or verb >= <int32_t>doc.n_tokens or doc.tokens[verb].sentence != doc.tokens[noun].sentence \
            or doc.tokens[verb].xpos != XPOS_VBD and doc.tokens[verb].xpos != XPOS_VBN or is_calendar_word(doc, noun):
        return
    for i in range(<int32_t>doc.sentences[doc.tokens[verb].sentence].first, <int32_t>doc.sentences[doc.tokens[verb].sentence].last):
        t = &doc.tokens[i]
        if t.head == verb and (t.deprel == DEP_NSUBJ or t.deprel == DEP_NSUBJ_PASS or t.deprel == DEP_AUX_PASS or t.deprel == DEP_OBL_AGENT or i == marker - 1):
            return
    up = time
    while up >= 0 and hops < 256:
        if up == verb:
            return      # the time hangs on the verb: another clause
        up = doc.tokens[up].head
        hops += 1
    doc.tokens[verb].head, doc.tokens[verb].deprel, doc.tokens[verb].xpos = time, DEP_ACL_RELCL, XPOS_VBD
    doc.tokens[noun].head, doc.tokens[noun].deprel = verb, DEP_NSUBJ
    doc.tokens[marker].head, doc.tokens[marker].deprel = verb, DEP_MARK


cdef void free_guilty(Doc* doc, int32_t guilty) noexcept nogil:
    """ "found Minister Ana Diop guilty": the one found so is the object, not a part of the word."""
    cdef int32_t name = guilty - 1, verb = doc.tokens[guilty].head, i
    while name > 0 and doc.tokens[name].deprel == DEP_FLAT:
        name = doc.tokens[name].head
    if name < 0 or verb < 0 or doc.tokens[name].head != guilty or doc.tokens[name].deprel != DEP_COMPOUND or doc.tokens[name].upos != UPOS_PROPN:
        return
    for i in range(<int32_t>doc.sentences[doc.tokens[guilty].sentence].first, name):
        if doc.tokens[i].head == guilty:
            doc.tokens[i].head = name
    doc.tokens[name].head, doc.tokens[name].deprel = verb, DEP_OBJ
    doc.tokens[guilty].deprel, doc.tokens[guilty].upos, doc.tokens[guilty].xpos = DEP_XCOMP, UPOS_ADJ, XPOS_JJ


cdef void free_denial(Doc* doc, int32_t word) noexcept nogil:
    """ "Myanmar denies that its soldiers did": a plural noun that heads a sentence and has a name before and a that-clause behind is its verb."""
    cdef int32_t i, name = -1, clause = -1
    cdef const Token* t
    for i in range(<int32_t>doc.sentences[doc.tokens[word].sentence].first, <int32_t>doc.sentences[doc.tokens[word].sentence].last):
        t = &doc.tokens[i]
        if t.head == word and i == word - 1 and t.deprel == DEP_COMPOUND and t.upos == UPOS_PROPN:
            name = i
        elif t.head == word and i > word and (t.deprel == DEP_ACL_RELCL or t.deprel == DEP_ACL or t.deprel == DEP_CCOMP):
            clause = i
    if name < 0 or clause < 0 or not is_form(doc, word + 1, b"that"):
        return
    doc.tokens[name].deprel = DEP_NSUBJ
    doc.tokens[clause].deprel = DEP_CCOMP
    doc.tokens[word].upos, doc.tokens[word].xpos = UPOS_VERB, XPOS_VBZ


cdef void free_name_from_time(Doc* doc, int32_t case, int32_t time) noexcept nogil:
    """ "promised aid to North Macedonia years ago": the preposition belongs to the name, which is no part of the time."""
    cdef int32_t name = time - 1, verb, i
    if doc.tokens[name].upos != UPOS_PROPN or doc.tokens[name].head != time or doc.tokens[name].deprel != DEP_COMPOUND or is_calendar_word(doc, name):
        return
    verb = doc.tokens[time].head
    if verb > time and doc.tokens[verb].upos == UPOS_ADV:
        verb = doc.tokens[verb].head      # past "ago"
    if verb < 0 or doc.tokens[verb].upos != UPOS_VERB:
        return
    for i in range(case, name):
        if doc.tokens[i].head == time:
            doc.tokens[i].head = name
    doc.tokens[name].head, doc.tokens[name].deprel = verb, DEP_OBL


cdef void free_helped(Doc* doc, int32_t noun) noexcept nogil:
    """ "help Peru make peace": an open complement has no subject of its own; Peru is helped."""
    cdef int32_t verb = doc.tokens[doc.tokens[noun].head].head, i
    if verb < 0 or verb > noun or doc.tokens[verb].upos != UPOS_VERB:
        return
    for i in range(verb + 1, noun):
        if doc.tokens[i].head == verb and doc.tokens[i].deprel == DEP_OBJ:
            return
    doc.tokens[noun].head, doc.tokens[noun].deprel = verb, DEP_OBJ


cdef void raise_content(Doc* doc, int32_t clause) noexcept nogil:
    """ "an accusation by its commander that Peru had lied": the clause is what was said, not something about the commander."""
    cdef int32_t noun = doc.tokens[clause].head, hops = 0
    while noun >= 0 and hops < 4 and doc.tokens[noun].upos != UPOS_VERB:
        if is_utterance(doc, noun):
            if noun < clause:
                doc.tokens[clause].head = noun
            return
        if doc.tokens[noun].deprel != DEP_NMOD and doc.tokens[noun].deprel != DEP_NMOD_UNMARKED:
            return
        noun = doc.tokens[noun].head
        hops += 1


cdef bint tells(const Doc* doc, int32_t verb) noexcept nogil:
    """Whether a verb takes a that-clause beside whom it is told."""
    cdef int k
    cdef const char** VERBS = [b"say", b"tell", b"inform", b"assure", b"notify", b"announce", b"state", b"declare", b"claim", b"insist",
                               b"confirm", b"admit", b"acknowledge", b"explain", b"add", b"stress", b"complain", b"convince"]
    if doc.tokens[verb].upos != UPOS_VERB:
        return False
    for k in range(18):
        if doc.tokens[verb].lemma_length == strlen(VERBS[k]) and memcmp(doc.strings + doc.tokens[verb].lemma, VERBS[k], strlen(VERBS[k])) == 0:
            return True
    return False


cdef void free_content(Doc* doc, int32_t that, int32_t clause) noexcept nogil:
    """ "told Reuters that Peru had lied", "said in a call with Chad that Peru had lied": a clause with a subject of its own is what was
    told, not something about the listener."""
    cdef int32_t verb = doc.tokens[clause].head, i, hops = 0, object_ = -1
    cdef bint subject = False
    cdef const Token* t
    while verb >= 0 and hops < 4 and not tells(doc, verb):
        if doc.tokens[verb].deprel not in (DEP_OBJ, DEP_IOBJ, DEP_OBL, DEP_NMOD):
            return
        verb = doc.tokens[verb].head
        hops += 1
    if verb < 0 or hops == 0 or hops >= 4 or verb > that:
        return
    for i in range(<int32_t>doc.sentences[doc.tokens[verb].sentence].first, <int32_t>doc.sentences[doc.tokens[verb].sentence].last):
        t = &doc.tokens[i]
        if t.head == verb and t.deprel == DEP_CCOMP:
            return
        if t.head == clause and i != that:
            subject = subject or t.deprel == DEP_NSUBJ or t.deprel == DEP_NSUBJ_PASS
            if t.deprel == DEP_OBJ or t.deprel == DEP_IOBJ:
                object_ = i
    # "the city that Peru attacked" lacks an object: where "that" may be it, the clause must have another
    if not subject or doc.tokens[that].deprel != DEP_MARK and object_ < 0:
        return
    doc.tokens[that].deprel = DEP_MARK
    if object_ >= 0:
        doc.tokens[object_].deprel = DEP_OBJ
    doc.tokens[clause].head, doc.tokens[clause].deprel = verb, DEP_CCOMP


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
