"""Grammatical relations as the patterns mean them: who does it, to whom, whatever the construction.

Universal Dependencies relations are read as their guidelines define them (universaldependencies.org/u/dep).
"""
from libc.string cimport memcmp, strlen

from demarche._native.document cimport Token
from demarche._native.tree cimport child_with
from demarche._native.labels cimport (
    DEP_ACL, DEP_ACL_RELCL, DEP_ADVCL, DEP_ADVCL_RELCL, DEP_AMOD, DEP_AUX_PASS, DEP_CASE, DEP_CCOMP, DEP_COMPOUND, DEP_CONJ,
    DEP_CSUBJ, DEP_IOBJ, DEP_MARK, DEP_NMOD, DEP_NMOD_DESC, DEP_NMOD_POSS, DEP_NMOD_UNMARKED, DEP_NSUBJ,
    DEP_NSUBJ_PASS, DEP_NUMMOD, DEP_OBJ, DEP_OBL, DEP_OBL_AGENT, DEP_OBL_UNMARKED, DEP_XCOMP, UPOS_AUX, UPOS_NOUN,
    UPOS_PRON, UPOS_SYM, UPOS_VERB, XPOS_CD, XPOS_VBD, XPOS_VBG, XPOS_VBN, XPOS_WDT, XPOS_WP)


cdef bint is_form(const Doc* doc, int32_t token, const char* word) noexcept nogil:
    cdef const Token* t = &doc.tokens[token]
    cdef size_t n = strlen(word)
    return t.norm_length == n and memcmp(doc.strings + t.norm, word, n) == 0


cdef bint is_utterance(const Doc* doc, int32_t noun) noexcept nogil:
    """Whether a noun names a move made in words, which must have been made to be rejected, accepted or denied."""
    cdef int k
    cdef const Token* t = &doc.tokens[noun]
    cdef const char** NOUNS = [b"offer", b"proposal", b"demand", b"request", b"call", b"appeal", b"invitation", b"accusation", b"allegation", b"charge", b"claim",
                               b"criticism", b"plea", b"threat", b"ultimatum", b"warning", b"complaint", b"suggestion", b"pledge", b"promise", b"apology", b"bid"]
    for k in range(22):
        if t.lemma_length == strlen(NOUNS[k]) and memcmp(doc.strings + t.lemma, NOUNS[k], t.lemma_length) == 0:
            return True
    return False


cdef bint has_case(const Grammar* g, int32_t token, const char* word) noexcept nogil:
    cdef int32_t c = g.tree.first_child[token]
    while c >= 0:
        if (g.doc.tokens[c].deprel == DEP_CASE or g.doc.tokens[c].deprel == DEP_MARK) and is_form(g.doc, c, word):
            return True
        c = g.tree.next_sibling[c]
    return False


cdef bint is_passive(const Grammar* g, int32_t verb) noexcept nogil:
    cdef int32_t c = g.tree.first_child[verb]
    cdef const Token* t = &g.doc.tokens[verb]
    cdef bint own_auxiliary = False, subject = False
    while c >= 0:
        if g.doc.tokens[c].deprel == DEP_NSUBJ_PASS or g.doc.tokens[c].deprel == DEP_AUX_PASS or g.doc.tokens[c].deprel == DEP_OBL_AGENT:
            return True
        if g.doc.tokens[c].upos == UPOS_AUX:
            own_auxiliary = True
        if g.doc.tokens[c].deprel == DEP_NSUBJ:
            subject = True
        c = g.tree.next_sibling[c]
    if t.xpos != XPOS_VBN and t.xpos != XPOS_VBD:
        return False
    if t.deprel == DEP_ACL or t.deprel == DEP_AMOD:
        return t.xpos == XPOS_VBN
    if t.deprel == DEP_CONJ and not own_auxiliary and not subject and t.xpos == XPOS_VBN and t.head >= 0:
        return is_verb_passive_shallow(g, t.head)
    return t.deprel == DEP_ADVCL and t.xpos == XPOS_VBN and not own_auxiliary and not subject


cdef bint is_verb_passive_shallow(const Grammar* g, int32_t verb) noexcept nogil:
    cdef int32_t c = g.tree.first_child[verb]
    while c >= 0:
        if g.doc.tokens[c].deprel == DEP_NSUBJ_PASS or g.doc.tokens[c].deprel == DEP_AUX_PASS:
            return True
        c = g.tree.next_sibling[c]
    return False


cdef int32_t counted(const Grammar* g, int32_t token) noexcept nogil:
    """Of "hundreds of villages", "two of its activists": the word for what is counted; other words stand for themselves."""
    cdef int32_t c, inner
    cdef int k
    cdef const char** QUANTITIES = [b"hundred", b"thousand", b"dozen", b"score", b"ten", b"million", b"majority", b"most", b"some", b"many",
                                    b"several", b"all", b"few", b"handful", b"scores", b"dozens", b"tonne", b"ton", b"litre", b"barrel", b"box", b"bag",
                                    b"truckload", b"shipment", b"batch", b"consignment", b"series", b"round", b"wave", b"string", b"spate"]
    cdef const Token* t = &g.doc.tokens[token]
    cdef bint quantity = t.xpos == XPOS_CD or t.upos == UPOS_SYM
    if g.who[token] != WHO_NOBODY:
        return token
    for k in range(30):
        if quantity:
            break
        quantity = t.lemma_length == strlen(QUANTITIES[k]) and memcmp(g.doc.strings + t.lemma, QUANTITIES[k], t.lemma_length) == 0
    if not quantity:
        return token
    c = g.tree.first_child[token]
    while c >= 0:
        if c > token and g.doc.tokens[c].deprel == DEP_NMOD and has_case(g, c, b"of"):
            return c
        if t.upos == UPOS_SYM and g.doc.tokens[c].deprel == DEP_NUMMOD:
            inner = counted(g, c)       # "$30 million of debt"
            if inner != c:
                return inner
        c = g.tree.next_sibling[c]
    return token


cdef inline void add(const Grammar* g, Arguments* out, uint8_t relation, int32_t token, bint inherited, bint of_object) noexcept nogil:
    if token < 0 or out.n >= MAX_ARGUMENTS:
        return
    if relation != REL_CLAUSE and relation != REL_PREPOSITION:
        token = counted(g, token)
    out.items[out.n].token = token
    out.items[out.n].relation = relation
    out.items[out.n].inherited = inherited
    out.items[out.n].of_object = of_object
    out.n += 1


cdef int32_t first_argument(const Arguments* arguments, uint8_t relation) noexcept nogil:
    cdef int32_t i
    for i in range(arguments.n):
        if arguments.items[i].relation == relation:
            return arguments.items[i].token
    return -1


cdef bint is_relative(const Doc* doc, int32_t token) noexcept nogil:
    return doc.tokens[token].xpos == XPOS_WDT or doc.tokens[token].xpos == XPOS_WP or (
        doc.tokens[token].upos == UPOS_PRON and is_form(doc, token, b"that"))


cdef int32_t surface_subject(const Grammar* g, int32_t word, int depth) noexcept nogil:
    """The word that is the subject as written, also through coordination, control and participles; -1 for none."""
    cdef Arguments inner
    cdef int32_t c = g.tree.first_child[word], hops
    cdef uint8_t d
    while c >= 0:
        d = g.doc.tokens[c].deprel
        if d == DEP_NSUBJ or d == DEP_NSUBJ_PASS:
            if is_relative(g.doc, c) and g.doc.tokens[word].deprel == DEP_ACL_RELCL:
                return g.doc.tokens[word].head
            return c
        c = g.tree.next_sibling[c]
    if depth <= 0 or g.doc.tokens[word].head < 0:
        return -1
    d = g.doc.tokens[word].deprel
    if d == DEP_ACL or d == DEP_ACL_RELCL or d == DEP_AMOD:
        return g.doc.tokens[word].head
    if d == DEP_CONJ or d == DEP_XCOMP or d == DEP_ADVCL:
        if g.doc.tokens[word].upos == UPOS_VERB:
            verb_arguments(g, word, &inner, depth - 1)
            hops = first_argument(&inner, REL_OBJECT if inner.passive else REL_SUBJECT)
            if hops >= 0:
                return hops
        return surface_subject(g, g.doc.tokens[word].head, depth - 1)
    return -1


cdef int32_t named_before(const Grammar* g, int32_t verb) noexcept nogil:
    """An actor that the parser hung on a prenominal participle, which cannot have one; -1 for none."""
    cdef int32_t c = g.tree.first_child[verb]
    while c >= 0 and c < verb:
        if g.who[c] == WHO_ACTOR or g.who[c] == WHO_GIVEN or g.who[c] == WHO_NAME:
            return c
        c = g.tree.next_sibling[c]
    return -1


cdef bint moves_others(const Doc* doc, int32_t verb) noexcept nogil:
    """ "call on Peru to": verbs whose prepositional object is to act; in "march on the palace to" it is the marchers."""
    cdef int k
    cdef const Token* t = &doc.tokens[verb]
    cdef const char** VERBS = [b"call", b"appeal", b"plead", b"prevail", b"rely", b"count", b"look", b"ask", b"pray", b"push", b"press", b"wait", b"lean", b"turn",
                               b"depend", b"bank", b"trust", b"pressure", b"arrange", b"plan", b"provide", b"allow", b"lobby", b"shout", b"signal"]
    for k in range(25):
        if t.lemma_length == strlen(VERBS[k]) and memcmp(doc.strings + t.lemma, VERBS[k], t.lemma_length) == 0:
            return True
    return False


cdef int32_t controller(const Grammar* g, int32_t verb, int depth) noexcept nogil:
    """The understood subject of a clause without one of its own."""
    cdef int32_t m = g.doc.tokens[verb].head, token, i
    cdef uint8_t d = g.doc.tokens[verb].deprel
    cdef Arguments matrix
    cdef bint infinitive = has_case(g, verb, b"to")
    if m < 0 or depth <= 0:
        return -1
    if g.doc.tokens[m].upos != UPOS_VERB:
        if g.doc.tokens[m].upos == UPOS_NOUN and d == DEP_ACL:
            noun_arguments(g, m, &matrix)
            token = first_argument(&matrix, REL_POSSESSOR)
            return token if token >= 0 else first_argument(&matrix, REL_SUBJECT)
        return surface_subject(g, m, depth - 1)
    verb_arguments(g, m, &matrix, depth - 1)
    if d == DEP_CONJ:
        return first_argument(&matrix, REL_SUBJECT)
    if d == DEP_XCOMP or infinitive or d == DEP_ADVCL and has_case(g, verb, b"for") or has_case(g, verb, b"of") or has_case(g, verb, b"from") or has_case(g, verb, b"into"):
        # the one who is asked, told, accused, forced, condemned for it: indirect object, object, or "call on X to"
        token = first_argument(&matrix, REL_INDIRECT)
        if token < 0:
            token = first_argument(&matrix, REL_OBJECT)
            if token >= 0 and g.who[token] == WHO_NOBODY and (d != DEP_XCOMP or g.light[m]):
                token = -1
        if token < 0 and infinitive and (d == DEP_XCOMP or moves_others(g.doc, m)):
            for i in range(matrix.n):
                if matrix.items[i].relation == REL_PREPOSITION and (
                        has_case(g, matrix.items[i].token, b"on") or has_case(g, matrix.items[i].token, b"upon")
                        or has_case(g, matrix.items[i].token, b"to") or has_case(g, matrix.items[i].token, b"for")):
                    if g.who[matrix.items[i].token] != WHO_NOBODY:
                        token = matrix.items[i].token
                        break
        if token >= 0:
            return token
    token = first_argument(&matrix, REL_OBJECT if matrix.passive else REL_SUBJECT)
    return token if token >= 0 else first_argument(&matrix, REL_SUBJECT)


cdef void verb_arguments(const Grammar* g, int32_t verb, Arguments* out, int depth) noexcept nogil:
    cdef int32_t c, i, head = g.doc.tokens[verb].head, object_ = -1
    cdef uint8_t d, own = g.doc.tokens[verb].deprel
    cdef bint passive = is_passive(g, verb), gap = False
    cdef Arguments first
    out.n = 0
    out.passive = passive
    out.support = -1
    c = g.tree.first_child[verb]
    while c >= 0:
        d = g.doc.tokens[c].deprel
        if d == DEP_NSUBJ:
            add(g, out, REL_OBJECT if passive else REL_SUBJECT, c, False, False)
        elif d == DEP_NSUBJ_PASS:
            add(g, out, REL_OBJECT, c, False, False)
        elif d == DEP_OBJ:
            object_ = c
            if passive and first_argument(out, REL_OBJECT) >= 0:
                # "was given aid": the subject is the one who got it
                for i in range(out.n):
                    if out.items[i].relation == REL_OBJECT:
                        out.items[i].relation = REL_INDIRECT
            add(g, out, REL_OBJECT, c, False, False)
        elif d == DEP_IOBJ:
            add(g, out, REL_INDIRECT, c, False, False)
        elif d == DEP_OBL_AGENT or (d == DEP_OBL and passive and has_case(g, c, b"by")):
            add(g, out, REL_SUBJECT, c, False, False)
        elif d == DEP_XCOMP or d == DEP_CCOMP or d == DEP_ADVCL or d == DEP_CSUBJ or (
                d == DEP_OBL and g.doc.tokens[c].upos == UPOS_VERB and child_with(g.tree, g.doc, c, DEP_MARK) >= 0):
            add(g, out, REL_CLAUSE, c, False, False)
        elif d == DEP_OBL and c > verb and not passive and (g.who[c] == WHO_ACTOR or g.who[c] == WHO_GIVEN) and child_with(g.tree, g.doc, c, DEP_CASE) < 0:
            add(g, out, REL_OBJECT, c, False, False)      # an oblique without a preposition is an object: "deported about 200 Afghans"
        elif d == DEP_OBL or d == DEP_OBL_UNMARKED or d == DEP_NMOD:
            add(g, out, REL_PREPOSITION, c, False, False)
        c = g.tree.next_sibling[c]
    # relative clauses: the noun fills the gap of its pronoun, or the first gap there is
    if own == DEP_ACL_RELCL and head >= 0 and child_with(g.tree, g.doc, verb, DEP_MARK) < 0:
        for i in range(out.n):
            if is_relative(g.doc, out.items[i].token):
                out.items[i].token = head if out.items[i].relation != REL_PREPOSITION else out.items[i].token
                gap = True
        if gap and passive and first_argument(out, REL_SUBJECT) < 0 and first_argument(out, REL_OBJECT) != head:
            add(g, out, REL_SUBJECT, head, True, False)     # "attacks in which 12 were killed"
        if not gap:
            if passive and first_argument(out, REL_OBJECT) < 0:
                add(g, out, REL_OBJECT, head, True, False)
            elif not passive and first_argument(out, REL_SUBJECT) < 0:
                add(g, out, REL_SUBJECT, head, True, False)
            elif first_argument(out, REL_OBJECT) < 0:
                add(g, out, REL_OBJECT, head, True, False)
    elif own == DEP_AMOD and head >= 0 and named_before(g, verb) >= 0:
        # a past tense taken for a participle: "[Peru severed] ties"
        out.passive = False
        add(g, out, REL_SUBJECT, named_before(g, verb), True, False)
        add(g, out, REL_OBJECT, head, True, False)
        object_ = head
    elif (own == DEP_ACL or own == DEP_AMOD) and head >= 0 and g.doc.tokens[verb].xpos in (XPOS_VBN, XPOS_VBG, XPOS_VBD):
        if first_argument(out, REL_OBJECT if passive else REL_SUBJECT) < 0:
            add(g, out, REL_OBJECT if passive else REL_SUBJECT, head, True, False)
    elif own == DEP_CONJ and head >= 0 and depth > 0 and first_argument(out, REL_OBJECT if passive else REL_SUBJECT) < 0:
        if g.doc.tokens[head].upos == UPOS_VERB:
            verb_arguments(g, head, &first, depth - 1)
            if passive:
                add(g, out, REL_OBJECT, first_argument(&first, REL_OBJECT if first.passive else REL_SUBJECT), True, False)
                if first.passive and first_argument(out, REL_SUBJECT) < 0:
                    add(g, out, REL_SUBJECT, first_argument(&first, REL_SUBJECT), True, False)
            else:
                i = first_argument(&first, REL_OBJECT if first.passive else REL_SUBJECT)
                add(g, out, REL_SUBJECT, i, True, False)
        else:
            add(g, out, REL_OBJECT if passive else REL_SUBJECT, surface_subject(g, head, depth - 1), True, False)
    elif own in (DEP_XCOMP, DEP_ADVCL, DEP_ACL, DEP_CCOMP, DEP_ADVCL_RELCL) and depth > 0 and first_argument(out, REL_OBJECT if passive else REL_SUBJECT) < 0:
        add(g, out, REL_OBJECT if passive else REL_SUBJECT, controller(g, verb, depth), True, False)
    if object_ < 0:
        object_ = first_argument(out, REL_OBJECT) if passive else -1
    if object_ >= 0:
        # complements that the parser hung on the object may belong to the verb: "put pressure on Peru"
        c = g.tree.first_child[object_]
        while c >= 0:
            d = g.doc.tokens[c].deprel
            if d == DEP_NMOD:
                add(g, out, REL_PREPOSITION, c, False, True)
            elif d == DEP_ACL or d == DEP_CCOMP or d == DEP_ADVCL or d == DEP_XCOMP:
                add(g, out, REL_CLAUSE, c, False, True)
            c = g.tree.next_sibling[c]


cdef void add_complements(const Grammar* g, int32_t noun, Arguments* out) noexcept nogil:
    """What hangs on a noun's own complement may belong to the noun: "the suspension of aid to Peru", "a raid by rebels on Gao"."""
    cdef int32_t c = g.tree.first_child[noun]
    while c >= 0:
        if g.doc.tokens[c].deprel == DEP_NMOD:
            add(g, out, REL_SUBJECT if has_case(g, c, b"by") else REL_PREPOSITION, c, False, True)
        c = g.tree.next_sibling[c]


cdef void noun_arguments(const Grammar* g, int32_t noun, Arguments* out) noexcept nogil:
    cdef int32_t c, i, v, first = noun, hops = 0
    cdef uint8_t d
    cdef Arguments carrier
    out.n = 0
    out.passive = False
    out.support = -1
    c = g.tree.first_child[noun]
    while c >= 0:
        d = g.doc.tokens[c].deprel
        if d == DEP_NMOD_POSS:
            add(g, out, REL_POSSESSOR, c, False, False)
        elif d == DEP_NMOD or d == DEP_OBL or d == DEP_OBL_AGENT:
            add(g, out, REL_SUBJECT if has_case(g, c, b"by") else REL_PREPOSITION, c, False, False)
            if has_case(g, c, b"of") or has_case(g, c, b"for") or has_case(g, c, b"by"):
                add_complements(g, c, out)
        elif d in (DEP_COMPOUND, DEP_AMOD, DEP_NMOD_DESC, DEP_NMOD_UNMARKED) and g.who[c] != WHO_NOBODY:
            add(g, out, REL_POSSESSOR, c, False, False)
        elif d == DEP_ACL_RELCL and child_with(g.tree, g.doc, c, DEP_MARK) >= 0:
            add(g, out, REL_CLAUSE, c, False, False)      # "the accusation that ...": a content clause, whatever the parser calls it
        elif d == DEP_ACL or d == DEP_CCOMP or d == DEP_ADVCL or d == DEP_XCOMP:
            if d == DEP_ACL and g.doc.tokens[c].xpos == XPOS_VBN:
                # "an attack carried out by", "the offer made by"
                verb_arguments(g, c, &carrier, 1)
                if first_argument(&carrier, REL_SUBJECT) >= 0 and g.light[c]:
                    add(g, out, REL_SUBJECT, first_argument(&carrier, REL_SUBJECT), True, False)
                    out.support = c
            else:
                add(g, out, REL_CLAUSE, c, False, False)
        c = g.tree.next_sibling[c]
    # the verb that carries the noun gives it its subject and its prepositional complements
    while g.doc.tokens[first].deprel == DEP_CONJ and g.doc.tokens[first].head >= 0 and hops < 8:
        first = g.doc.tokens[first].head
        hops += 1
    v = g.doc.tokens[first].head
    d = g.doc.tokens[first].deprel
    if v < 0 or g.doc.tokens[v].upos != UPOS_VERB:
        return
    if d == DEP_OBJ or d == DEP_NSUBJ_PASS:
        # "rejected an accusation by Peru that ...": the clause is the noun's, wherever the parser hung it
        c = g.tree.first_child[v]
        while c >= 0:
            if g.doc.tokens[c].deprel == DEP_CCOMP and c > noun and has_case(g, c, b"that"):
                add(g, out, REL_CLAUSE, c, True, False)
            c = g.tree.next_sibling[c]
    if d in (DEP_OBJ, DEP_NSUBJ_PASS, DEP_NSUBJ, DEP_OBL):
        if not g.light[v]:
            return
        verb_arguments(g, v, &carrier, 3)
        out.support = v
        for i in range(carrier.n):
            if carrier.items[i].token == first or carrier.items[i].of_object:
                continue
            if carrier.items[i].relation == REL_SUBJECT:
                add(g, out, REL_SUBJECT, carrier.items[i].token, True, False)
            elif carrier.items[i].relation == REL_INDIRECT:
                add(g, out, REL_INDIRECT, carrier.items[i].token, True, False)
            elif carrier.items[i].relation == REL_PREPOSITION and carrier.items[i].token != noun:
                add(g, out, REL_PREPOSITION, carrier.items[i].token, True, False)
            elif carrier.items[i].relation == REL_CLAUSE:
                add(g, out, REL_CLAUSE, carrier.items[i].token, True, False)


cdef void adjective_arguments(const Grammar* g, int32_t adjective, Arguments* out) noexcept nogil:
    cdef int32_t c = g.tree.first_child[adjective]
    cdef uint8_t d
    out.n = 0
    out.passive = False
    out.support = -1
    while c >= 0:
        d = g.doc.tokens[c].deprel
        if d == DEP_OBL or d == DEP_OBL_UNMARKED or d == DEP_NMOD:
            add(g, out, REL_PREPOSITION, c, False, False)
        elif d == DEP_XCOMP or d == DEP_ADVCL or d == DEP_CCOMP:
            add(g, out, REL_CLAUSE, c, False, False)
        c = g.tree.next_sibling[c]
    if g.doc.tokens[adjective].deprel == DEP_AMOD:
        add(g, out, REL_SUBJECT, g.doc.tokens[adjective].head, True, False)
    else:
        add(g, out, REL_SUBJECT, surface_subject(g, adjective, 4), False, False)
