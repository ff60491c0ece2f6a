"""Matching: which frame of a trigger word holds, and who fills its slots."""

from demarche._native.arguments cimport (
    Argument, REL_CLAUSE, REL_INDIRECT, REL_OBJECT, REL_POSSESSOR, REL_PREPOSITION, REL_SUBJECT, WHO_ACTOR, WHO_GIVEN, WHO_NAME, WHO_NATION, WHO_NOBODY,
    WHO_PLACE, WHO_PRONOUN, has_case, is_form, noun_arguments, verb_arguments)
from demarche._native.document cimport hash_bytes
from demarche._native.labels cimport (
    DEP_ACL, DEP_ADVMOD, DEP_COP, DEP_NSUBJ, DEP_AMOD, DEP_CASE, DEP_COMPOUND, DEP_COMPOUND_PRT, DEP_CONJ, DEP_MARK, DEP_NMOD, DEP_NMOD_DESC,
    DEP_NMOD_POSS, DEP_NMOD_UNMARKED, DEP_XCOMP, UPOS_ADJ, UPOS_VERB, XPOS_DOLLAR, XPOS_VBG)
from demarche._native.tree cimport child_with, pair_hash


cdef bint in_set(const PatternTables* tables, uint16_t number, uint64_t value) noexcept nogil:
    cdef uint32_t low = tables.set_start[number], high = tables.set_start[number + 1], middle
    while low < high:
        middle = (low + high) >> 1
        if tables.set_hashes[middle] < value:
            low = middle + 1
        elif tables.set_hashes[middle] > value:
            high = middle
        else:
            return True
    return False


cdef int64_t find_entry(const uint64_t* keys, uint32_t mask, uint64_t lemma, uint16_t position) noexcept nogil:
    cdef uint64_t key = lemma ^ (<uint64_t>position * 0x9E3779B97F4A7C15ULL)
    cdef uint32_t at
    if key == 0:
        key = 1
    at = <uint32_t>(key ^ (key >> 32)) & mask
    while keys[at] != 0:
        if keys[at] == key:
            return at
        at = (at + 1) & mask
    return -1


cdef bint lemma_in(const PatternTables* tables, uint16_t number, const Grammar* g, int32_t token) noexcept nogil:
    """Whether the word's lemma, its form, or the pair with the word before it, is in the set."""
    cdef uint64_t pair
    if g.doc.tokens[token].xpos == XPOS_DOLLAR and in_set(tables, number, hash_bytes(b"money", 5, 0)):
        return True     # "$2 million"
    if in_set(tables, number, g.doc.tokens[token].lemma_hash) or in_set(tables, number, g.doc.tokens[token].norm_hash):
        return True
    pair = pair_hash(g.doc, token)
    return pair != 0 and in_set(tables, number, pair)


cdef bint marker_in(const PatternTables* tables, uint16_t number, const Grammar* g, int32_t token) noexcept nogil:
    """Whether one of the word's case markers or clause markers is in the set."""
    cdef int32_t c = g.tree.first_child[token]
    cdef uint8_t d
    while c >= 0:
        d = g.doc.tokens[c].deprel
        if (d == DEP_CASE or d == DEP_MARK) and (in_set(tables, number, g.doc.tokens[c].norm_hash) or in_set(tables, number, g.doc.tokens[c].lemma_hash)):
            return True
        c = g.tree.next_sibling[c]
    return False


cdef bint particle_holds(const PatternTables* tables, uint16_t number, const Grammar* g, int32_t trigger, uint16_t position) noexcept nogil:
    cdef int32_t c = g.tree.first_child[trigger], k
    cdef uint8_t d
    while c >= 0:
        d = g.doc.tokens[c].deprel
        if position == POSITION_VERB:
            if (d == DEP_COMPOUND_PRT or d == DEP_ADVMOD or d == DEP_CASE or d == DEP_MARK or (
                    d == DEP_XCOMP and g.doc.tokens[c].upos == UPOS_ADJ)) and in_set(tables, number, g.doc.tokens[c].norm_hash):
                return True
            # the parser may take a particle for the preposition of what follows
            if c > trigger and marker_in(tables, number, g, c):
                return True
        elif lemma_in(tables, number, g, c) and (d == DEP_COMPOUND or d == DEP_AMOD or d == DEP_NMOD or d == DEP_NMOD_POSS or d == DEP_NMOD_UNMARKED):
            return True
        c = g.tree.next_sibling[c]
    # "cease - fire": parts joined by a hyphen
    return position == POSITION_NOUN and trigger > 0 and in_set(tables, number, g.doc.tokens[trigger - 1].lemma_hash)


cdef bint own_particle(const PatternTables* tables, uint16_t number, const Grammar* g, int32_t verb) noexcept nogil:
    cdef int32_t c = g.tree.first_child[verb]
    while c >= 0:
        if (g.doc.tokens[c].deprel == DEP_COMPOUND_PRT or g.doc.tokens[c].deprel == DEP_ADVMOD) and in_set(tables, number, g.doc.tokens[c].norm_hash):
            return True
        c = g.tree.next_sibling[c]
    return False


cdef bint political(const Grammar* g, int32_t token) noexcept nogil:
    cdef uint8_t who = g.who[token]
    return who == WHO_ACTOR or who == WHO_GIVEN or who == WHO_PRONOUN or who == WHO_NAME or who == WHO_NATION


cdef inline void add_party(Match* match, int32_t token, uint8_t slot, bint owner) noexcept nogil:
    cdef int32_t i
    if match.n_parties >= MAX_PARTIES:
        return
    for i in range(match.n_parties):
        if match.parties[i].token == token and match.parties[i].slot == slot:
            return
    match.parties[match.n_parties].token = token
    match.parties[match.n_parties].slot = slot
    match.parties[match.n_parties].owner = owner
    match.n_parties += 1


cdef int32_t add_parties(const Grammar* g, int32_t token, uint8_t slot, bint owner, bint places, Match* match, int depth) noexcept nogil:
    """Fills a slot from a noun phrase: the actor that it names, its members ("including ..."), its conjuncts; or else the owner
    of the thing that it names. `places`: a state counts even where it is only a place ("its embassy in Peru"). Returns how many were found."""
    cdef int32_t c, found = 0
    cdef uint8_t d
    if depth <= 0 or token < 0:
        return 0
    if political(g, token) or (places and g.who[token] == WHO_PLACE):
        add_party(match, token, slot, owner)
        found = 1
    c = g.tree.first_child[token]
    while c >= 0:
        d = g.doc.tokens[c].deprel
        if d == DEP_CONJ:
            found += add_parties(g, c, slot, owner, places, match, depth - 1)
        elif (d == DEP_NMOD or d == DEP_ACL) and is_member_link(g, c):
            found += add_parties(g, c, slot, owner, places, match, depth - 1)
        c = g.tree.next_sibling[c]
    if found == 0:
        c = g.tree.first_child[token]
        while c >= 0:
            d = g.doc.tokens[c].deprel
            if d == DEP_NMOD_POSS or (d in (DEP_AMOD, DEP_COMPOUND, DEP_NMOD_DESC, DEP_NMOD_UNMARKED) and (political(g, c) or g.who[c] == WHO_PLACE)) or (
                    d == DEP_NMOD and (has_case(g, c, b"of") or has_case(g, c, b"by") or has_case(g, c, b"from"))):
                found += add_parties(g, c, slot, True, places, match, depth - 1)
            elif d == DEP_COMPOUND and c < token and g.who[c] == WHO_NOBODY:
                found += add_parties(g, c, slot, True, places, match, 1)      # "a U.S. drone strike"
            c = g.tree.next_sibling[c]
    return found


cdef bint is_member_link(const Grammar* g, int32_t token) noexcept nogil:
    """ "including X", "such as X": X is one of the group."""
    cdef int32_t c
    if has_case(g, token, b"including") or has_case(g, token, b"such") or has_case(g, token, b"like"):
        return True
    return is_form(g.doc, token, b"including")


cdef bint term_holds(const PatternTables* tables, const Grammar* g, const TermC* term, int32_t trigger, uint16_t position,
                     const Arguments* arguments, Match* match) noexcept nogil:
    """Whether some argument satisfies the term; its parties are added to the match."""
    cdef int32_t i, before = match.n_parties, token
    cdef const Argument* a
    cdef uint8_t relation
    for i in range(arguments.n):
        a = &arguments.items[i]
        token = a.token
        relation = a.relation
        if not relation_fits(tables, g, term, trigger, position, arguments, a):
            continue
        if term.nouns and (not lemma_in(tables, term.nouns, g, token) or relation == REL_CLAUSE and negated(g, token)):
            continue
        if term.slot == SLOT_ACT:
            match.act = token
            return True
        if term.slot != SLOT_NONE and term.slot != SLOT_WHAT:
            if add_parties(g, token, <uint8_t>term.slot, False, term.relation == REL_PREPOSITION, match, 6) == 0:
                match.n_parties = before
                continue
        if term.relation == REL_CLAUSE:
            match.act = token       # "paid to help Chad": a clause with that verb
        elif term.nouns:
            match.noun = token
        if term.owner:
            if not add_owner(g, token, term.owner, arguments, match):
                match.n_parties = before
                continue
        return True
    if term.relation == REL_PREPOSITION and match.noun >= 0 and term.slot != SLOT_NONE:
        # on the noun that the frame names: "called for a ceasefire between X and Y"
        token = g.tree.first_child[match.noun]
        while token >= 0:
            if g.doc.tokens[token].deprel == DEP_NMOD and marker_in(tables, term.words, g, token):
                if term.slot == SLOT_WHAT or add_parties(g, token, <uint8_t>term.slot, False, True, match, 6):
                    return True
            token = g.tree.next_sibling[token]
    return False


cdef bint negated(const Grammar* g, int32_t token) noexcept nogil:
    cdef int32_t c = g.tree.first_child[token]
    while c >= 0:
        if is_form(g.doc, c, b"not") or is_form(g.doc, c, b"n't") or is_form(g.doc, c, b"no") or is_form(g.doc, c, b"never"):
            return True
        c = g.tree.next_sibling[c]
    return False


cdef bint relation_fits(const PatternTables* tables, const Grammar* g, const TermC* term, int32_t trigger, uint16_t position,
                        const Arguments* arguments, const Argument* a) noexcept nogil:
    if term.relation == REL_PREPOSITION:
        if a.relation == REL_PREPOSITION:
            return marker_in(tables, term.words, g, a.token)
        if a.relation == REL_SUBJECT and position == POSITION_NOUN:
            return marker_in(tables, term.words, g, a.token)      # "by X", which is also the noun's subject
        if a.relation == REL_OBJECT and position == POSITION_VERB:
            return own_particle(tables, term.words, g, trigger)      # "turn down the offer", "turn the offer down"
        if position == POSITION_NOUN and term.slot != SLOT_NONE:
            # possessors and nationalities stand for "of"; a double object for "to"
            return a.relation == REL_INDIRECT
        return False
    if term.relation == REL_CLAUSE:
        if a.relation == REL_CLAUSE:
            return term.words == 0 or marker_in(tables, term.words, g, a.token) or (
                g.doc.tokens[a.token].upos == UPOS_VERB and (g.doc.tokens[a.token].xpos == XPOS_VBG or in_set(tables, term.words, hash_bytes(b"that", 4, 0))) and not has_marker(g, a.token))
        if a.relation == REL_PREPOSITION:
            return term.words != 0 and marker_in(tables, term.words, g, a.token)
        return term.words == 0 and a.relation == REL_OBJECT
    if term.relation == REL_POSSESSOR:
        return a.relation == REL_POSSESSOR or a.relation == REL_SUBJECT
    if term.relation == REL_INDIRECT and a.relation == REL_OBJECT:
        return not has_relation(arguments, REL_INDIRECT)      # "hold Peru responsible": an object and its predicate
    if term.relation == REL_OBJECT and term.nouns and a.relation == REL_CLAUSE:
        return g.doc.tokens[a.token].upos != UPOS_VERB
    return a.relation == term.relation and not (term.relation == REL_OBJECT and a.of_object)


cdef bint has_marker(const Grammar* g, int32_t token) noexcept nogil:
    cdef int32_t c = g.tree.first_child[token]
    while c >= 0:
        if g.doc.tokens[c].deprel == DEP_MARK:
            return True
        c = g.tree.next_sibling[c]
    return False


cdef bint add_owner(const Grammar* g, int32_t noun, uint16_t slot, const Arguments* arguments, Match* match) noexcept nogil:
    """The owner of a noun: possessor, nationality, compound, of/by/from complement, there or on the verb."""
    cdef int32_t c = g.tree.first_child[noun], found = 0, i
    cdef uint8_t d
    while c >= 0:
        d = g.doc.tokens[c].deprel
        if d in (DEP_NMOD_POSS, DEP_AMOD, DEP_COMPOUND, DEP_NMOD_DESC, DEP_NMOD_UNMARKED) or (
                d == DEP_NMOD and (has_case(g, c, b"of") or has_case(g, c, b"by") or has_case(g, c, b"from"))):
            found += add_parties(g, c, <uint8_t>slot, True, True, match, 5)
        c = g.tree.next_sibling[c]
    if found == 0:
        for i in range(arguments.n):
            if arguments.items[i].relation == REL_PREPOSITION and (
                    has_case(g, arguments.items[i].token, b"from") or has_case(g, arguments.items[i].token, b"by") or has_case(g, arguments.items[i].token, b"of")):
                found += add_parties(g, arguments.items[i].token, <uint8_t>slot, True, True, match, 5)
                if found:
                    break
    return found > 0


cdef bint intransitive(const PatternTables* tables, const FrameC* frame) noexcept nogil:
    """Whether a frame has room for a subject only: "ACTOR meet"."""
    cdef uint32_t t
    for t in range(frame.n_terms):
        if tables.terms[frame.first_term + t].relation != REL_SUBJECT and not (
                tables.terms[frame.first_term + t].optional and tables.terms[frame.first_term + t].relation == REL_PREPOSITION):
            return False
    return True


cdef bint takes_object(const Arguments* arguments) noexcept nogil:
    cdef int32_t i
    for i in range(arguments.n):
        if arguments.items[i].relation == REL_OBJECT and not arguments.items[i].inherited and not arguments.items[i].of_object:
            return True
    return False


cdef bint frame_holds(const PatternTables* tables, const Grammar* g, int32_t trigger, int64_t entry, uint32_t number, uint16_t position,
                      const Arguments* arguments, Match* match) noexcept nogil:
    """Whether the trigger's frame of that number holds, with its parties in `match`."""
    cdef const FrameC* frame = &tables.frames[tables.trigger_frames[tables.trigger_first[entry] + number]]
    cdef const TermC* term
    cdef uint32_t t
    cdef int32_t i
    match.frame = -1
    match.n_parties = match.n_own = 0
    match.act = match.noun = -1
    if position == POSITION_VERB and intransitive(tables, frame) and takes_object(arguments):
        return False
    if frame.particle and not particle_holds(tables, frame.particle, g, trigger, position):
        return False
    for t in range(frame.n_terms):
        term = &tables.terms[frame.first_term + t]
        if term.optional:
            continue
        # a passive may leave its agent out
        if term.relation == REL_SUBJECT and arguments.passive and not has_relation(arguments, REL_SUBJECT):
            continue
        if not term_holds(tables, g, term, trigger, position, arguments, match):
            return False
    for t in range(frame.n_terms):
        term = &tables.terms[frame.first_term + t]
        if term.optional:
            term_holds(tables, g, term, trigger, position, arguments, match)
    if position == POSITION_NOUN:
        complete_noun(g, arguments, match)
    match.n_own = match.n_parties
    if match.act >= 0:
        complete_from_content(g, match)
    complete_from_object(g, arguments, match)
    for i in range(match.n_parties):
        if match.parties[i].slot != SLOT_THIRD:
            match.frame = <int32_t>tables.trigger_frames[tables.trigger_first[entry] + number]
            return True
    return False


cdef void match_trigger(const PatternTables* tables, const Grammar* g, int32_t trigger, int64_t entry, uint16_t position, Arguments* arguments,
                        Match* best) noexcept nogil:
    """The most specific frame of the trigger that holds; best.frame is -1 when none does."""
    cdef uint32_t k
    for k in range(tables.trigger_count[entry]):
        if frame_holds(tables, g, trigger, entry, k, position, arguments, best):
            return
    best.frame = -1
    best.n_parties = 0
    best.act = best.noun = -1


cdef bint has_relation(const Arguments* arguments, uint8_t relation) noexcept nogil:
    cdef int32_t i
    for i in range(arguments.n):
        if arguments.items[i].relation == relation:
            return True
    return False


cdef void complete_noun(const Grammar* g, const Arguments* arguments, Match* match) noexcept nogil:
    """An event noun without a stated actor takes its light verb's subject, its by-agent, or its nationality."""
    cdef int32_t i, k
    cdef bint taken
    for i in range(match.n_parties):
        if match.parties[i].slot == SLOT_ACTOR:
            return
    for i in range(arguments.n):
        if arguments.items[i].relation == REL_SUBJECT or arguments.items[i].relation == REL_POSSESSOR:
            taken = False
            for k in range(match.n_parties):
                if match.parties[k].token == arguments.items[i].token:
                    taken = True
            if not taken and add_parties(g, arguments.items[i].token, SLOT_ACTOR, False, False, match, 6):
                return


cdef void complete_from_content(const Grammar* g, Match* match) noexcept nogil:
    """Whom a promise, refusal, threat or demand concerns, where only its content says so: "refused to send tanks to Peru",
    "demands that Peru leave"."""
    cdef Arguments inner
    cdef int32_t i, k, before = match.n_parties, pass_
    cdef uint8_t relation
    for i in range(match.n_parties):
        if match.parties[i].slot == SLOT_RECIPIENT or match.parties[i].slot == SLOT_PARTNER:
            return
    if g.doc.tokens[match.act].upos == UPOS_VERB:
        verb_arguments(g, match.act, &inner, 4)
    else:
        noun_arguments(g, match.act, &inner)
    # its subject first, then whom it is done to
    for pass_ in range(3):
        for i in range(inner.n):
            relation = inner.items[i].relation
            if pass_ == 0 and not (relation == REL_SUBJECT and not inner.items[i].inherited):
                continue
            if pass_ == 1 and relation != REL_OBJECT and relation != REL_INDIRECT:
                continue
            if pass_ == 2 and not (relation == REL_PREPOSITION and towards(g, inner.items[i].token)):
                continue
            if is_party(match, inner.items[i].token, before) or possessed(g, inner.items[i].token):
                continue
            if add_parties(g, inner.items[i].token, SLOT_RECIPIENT, False, pass_ == 2, match, 5):
                # the actor is not the one whom it concerns
                for k in range(before, match.n_parties):
                    if is_party(match, match.parties[k].token, before):
                        match.n_parties = before
                        break
                if match.n_parties > before:
                    return


cdef void complete_from_object(const Grammar* g, const Arguments* arguments, Match* match) noexcept nogil:
    """A rejected motion, a cancelled visit, a disputed report: it concerns the one whose motion, visit or report it is."""
    cdef int32_t i, k, before = match.n_parties
    for i in range(before):
        if match.parties[i].slot == SLOT_RECIPIENT or match.parties[i].slot == SLOT_PARTNER:
            return
    for i in range(arguments.n):
        if arguments.items[i].relation == REL_OBJECT or (arguments.items[i].of_object and (
                arguments.items[i].relation == REL_SUBJECT or has_case(g, arguments.items[i].token, b"by") or towards(g, arguments.items[i].token))):
            if is_party(match, arguments.items[i].token, before) or possessed(g, arguments.items[i].token):
                continue
            if add_parties(g, arguments.items[i].token, SLOT_RECIPIENT, True, False, match, 5):
                for k in range(before, match.n_parties):
                    if is_party(match, match.parties[k].token, before) or g.who[match.parties[k].token] == WHO_PRONOUN:
                        match.n_parties = before
                        break
                if match.n_parties > before:
                    return
    if match.noun >= 0 and child_with(g.tree, g.doc, match.noun, DEP_COP) >= 0:
        # "said Peru's claim was absurd": it concerns the one whose claim it is
        i = child_with(g.tree, g.doc, match.noun, DEP_NSUBJ)
        if i >= 0 and not is_party(match, i, before) and not possessed(g, i):
            add_parties(g, i, SLOT_RECIPIENT, True, False, match, 5)
    elif match.noun >= 0 and not is_party(match, match.noun, before) and not possessed(g, match.noun):
        add_parties(g, match.noun, SLOT_RECIPIENT, True, True, match, 5)


cdef bint is_party(const Match* match, int32_t token, int32_t n) noexcept nogil:
    cdef int32_t i
    for i in range(n):
        if match.parties[i].token == token:
            return True
    return False


cdef bint possessed(const Grammar* g, int32_t token) noexcept nogil:
    """ "its troops", "their weapons": the actor's own."""
    cdef int32_t c = g.tree.first_child[token]
    while c >= 0:
        if g.doc.tokens[c].deprel == DEP_NMOD_POSS and g.who[c] == WHO_PRONOUN:
            return True
        c = g.tree.next_sibling[c]
    return False


cdef bint towards(const Grammar* g, int32_t token) noexcept nogil:
    """Whether a preposition makes the word the one concerned."""
    return (has_case(g, token, b"to") or has_case(g, token, b"with") or has_case(g, token, b"against") or has_case(g, token, b"from") or has_case(g, token, b"into")
            or has_case(g, token, b"on") or has_case(g, token, b"at") or has_case(g, token, b"for"))


cdef const void* address(object view) except NULL:
    """Where a section of the blob lies; sections are never empty."""
    cdef const unsigned char[::1] data = view.cast("B")
    return &data[0]


cdef class Patterns:
    """The compiled patterns of a knowledge blob, mapped as they lie."""

    def __init__(self, blob):
        self.blob = blob
        self.views = []
        self.tables.frames = <const FrameC*>self.section("patterns.frames")
        self.tables.terms = <const TermC*>self.section("patterns.terms")
        self.tables.set_start = <const uint32_t*>self.section("sets.start")
        self.tables.set_hashes = <const uint64_t*>self.section("sets.hashes")
        self.tables.trigger_keys = <const uint64_t*>self.section("patterns.trigger.keys")
        self.tables.trigger_first = <const uint32_t*>self.section("patterns.trigger.first")
        self.tables.trigger_count = <const uint32_t*>self.section("patterns.trigger.count")
        self.tables.trigger_frames = <const uint32_t*>self.section("patterns.order")
        self.tables.trigger_mask = <uint32_t>(blob.shape("patterns.trigger.keys")[0] - 1)

    cdef const void* section(self, str name) except NULL:
        view = self.blob[name]
        self.views.append(view)
        return address(view)
