"""Finding acts: every trigger against its patterns, then what stands around it against the operators of realis and saying."""
from libc.stdlib cimport free, realloc
from libc.string cimport memcpy, memset

from demarche._native.arguments cimport (
    Arguments, REL_OBJECT, REL_SUBJECT, WHO_ACTOR, adjective_arguments, first_argument, has_case, is_form, is_passive, is_utterance, noun_arguments, verb_arguments)
from demarche._native.document cimport SHAPE_GLUED
from demarche._native.labels cimport (
    DEP_ACL, DEP_ACL_RELCL, DEP_ADVCL, DEP_ADVCL_RELCL, DEP_ADVMOD, DEP_AMOD, DEP_APPOS, DEP_AUX, DEP_CASE, DEP_CCOMP, DEP_COMPOUND, DEP_CONJ,
    DEP_COP, DEP_CSUBJ, DEP_DET, DEP_FLAT, DEP_MARK, DEP_NMOD, DEP_NSUBJ, DEP_NSUBJ_PASS, DEP_OBL, DEP_PARATAXIS, DEP_XCOMP,
    UPOS_ADJ, UPOS_AUX, UPOS_NOUN, UPOS_PROPN, UPOS_VERB, XPOS_VBG, XPOS_VBN)
from demarche._native.patterns cimport (
    POSITION_ADJECTIVE, POSITION_NOUN, POSITION_VERB, SLOT_ACTOR, SLOT_PARTNER, SLOT_RECIPIENT, address, find_entry, in_set, marker_in, match_trigger)
from demarche._native.tree cimport child_with, tree_build, tree_free, tree_init

cdef enum:
    # positions of operators beyond those of patterns (knowledge/operators.py)
    POSITION_AUXILIARY = 4
    POSITION_MARK = 5
    POSITION_ADVERB = 6

cdef enum:
    ANY_MARKER = -1
    NO_MARKER = -2


cdef void acts_init(ActList* list) noexcept nogil:
    memset(list, 0, sizeof(ActList))
    tree_init(&list.tree)


cdef void acts_free(ActList* list) noexcept nogil:
    free(list.acts)
    free(list.parties)
    free(list.who)
    free(list.light)
    free(list.match_of)
    free(list.content_of)
    tree_free(&list.tree)
    memset(list, 0, sizeof(ActList))


cdef bint resize(void** block, size_t items, size_t size) noexcept nogil:
    cdef void* moved = realloc(block[0], items * size if items else 1)
    if moved == NULL:
        return False
    block[0] = moved
    return True


cdef bint acts_prepare(ActList* list, const Doc* doc) noexcept nogil:
    cdef uint32_t n = doc.n_tokens
    if n > list.token_capacity:
        if not (resize(<void**>&list.who, n, 1) and resize(<void**>&list.light, n, 1)
                and resize(<void**>&list.match_of, n, sizeof(int32_t)) and resize(<void**>&list.content_of, n, sizeof(int32_t))):
            return False
        list.token_capacity = n
    if n:    # without tokens there are no arrays
        memset(list.who, 0, n)
        memset(list.light, 0, n)
    list.n_acts = list.n_parties = 0
    return tree_build(&list.tree, doc)


cdef bint store(ActList* list, const PatternTables* patterns, const Match* match, int32_t trigger, const Arguments* arguments) noexcept nogil:
    cdef Act* act
    cdef uint32_t wanted
    if list.n_acts == list.act_capacity:
        wanted = list.act_capacity * 2 if list.act_capacity else 64
        if not resize(<void**>&list.acts, wanted, sizeof(Act)):
            return False
        list.act_capacity = wanted
    if not room_for_parties(list, <uint32_t>match.n_parties):
        return False
    act = &list.acts[list.n_acts]
    memset(act, 0, sizeof(Act))
    memcpy(&list.parties[list.n_parties], &match.parties[0], match.n_parties * sizeof(Party))
    act.first_party = list.n_parties
    act.n_parties = <uint16_t>match.n_parties
    act.frame = <uint16_t>match.frame
    act.pattern = patterns.frames[match.frame].pattern
    act.trigger = trigger
    act.clause = arguments.support if arguments.support >= 0 else trigger
    act.parent = -1
    act.inner = match.act
    act.noun = match.noun
    act.n_own = <uint16_t>match.n_own
    list.n_parties += <uint32_t>match.n_parties
    list.n_acts += 1
    return True


cdef bint has_party(const ActList* list, const Act* act, int32_t token, bint acting) noexcept nogil:
    """Whether a word is among the actors (partners included), or else among the recipients, of an act."""
    cdef int32_t k
    cdef const Party* party
    for k in range(act.n_parties):
        party = &list.parties[act.first_party + k]
        if party.token == token and (party.slot == SLOT_ACTOR or party.slot == SLOT_PARTNER if acting else party.slot == SLOT_RECIPIENT):
            return True
    return False


cdef bint names_recipient(const ActList* list, const Act* act) noexcept nogil:
    """Whether its own frame says whom the act concerns."""
    cdef int32_t k
    for k in range(act.n_own):
        if list.parties[act.first_party + k].slot == SLOT_RECIPIENT or list.parties[act.first_party + k].slot == SLOT_PARTNER:
            return True
    return False


cdef bint same_actor(const ActList* list, const Act* outer, const Act* inner) noexcept nogil:
    """Whether the content's actor, if it has one, is also the outer act's."""
    cdef int32_t k
    cdef bint acted = False
    for k in range(inner.n_parties):
        if list.parties[inner.first_party + k].slot == SLOT_ACTOR:
            acted = True
            if has_party(list, outer, list.parties[inner.first_party + k].token, True):
                return True
    return not acted


cdef int32_t content_act(const ActList* list, const Doc* doc, int32_t number) noexcept nogil:
    """The act that is the content of an act: told by the head of its content, or by a noun under that as its light verb ("to hold talks"); or -1."""
    cdef int32_t head = list.acts[number].inner, k = number + 1
    if list.match_of[head] >= 0:
        return list.match_of[head] if list.match_of[head] != number else -1
    while k < <int32_t>list.n_acts and doc.tokens[list.acts[k].trigger].sentence == doc.tokens[head].sentence:
        if list.acts[k].clause == head:
            return k
        k += 1
    return -1


cdef bint share_content(ActList* list, const Doc* doc) noexcept nogil:
    cdef uint32_t i
    cdef int32_t number
    cdef Act* act
    cdef const Act* inner
    cdef const Party* party
    cdef Party* fresh
    cdef int32_t n, k
    for i in range(list.n_acts):
        act = &list.acts[i]
        if act.inner < 0 or names_recipient(list, act):
            continue
        number = content_act(list, doc, <int32_t>i)
        if number < 0 or not same_actor(list, act, &list.acts[number]):
            continue
        inner = &list.acts[number]
        if not room_for_parties(list, act.n_parties + inner.n_parties):
            return False
        fresh = &list.parties[list.n_parties]
        memcpy(fresh, &list.parties[act.first_party], act.n_own * sizeof(Party))
        n = act.n_own
        for k in range(inner.n_parties):
            party = &list.parties[inner.first_party + k]
            if (party.slot == SLOT_RECIPIENT or party.slot == SLOT_PARTNER) and not has_party(list, act, party.token, True):
                fresh[n] = party[0]
                fresh[n].slot = SLOT_RECIPIENT
                n += 1
        if n > act.n_own:
            act.first_party, act.n_parties = list.n_parties, <uint16_t>n
            list.n_parties += n
    return True


cdef bint room_for_parties(ActList* list, uint32_t more) noexcept nogil:
    cdef uint32_t wanted
    if list.n_parties + more > list.party_capacity:
        wanted = (list.n_parties + more) * 2
        if not resize(<void**>&list.parties, wanted, sizeof(Party)):
            return False
        list.party_capacity = wanted
    return True


cdef Act* act_to_complete(ActList* list, const JudgeTables* judge, const Doc* doc, int32_t trigger, int32_t kind, int32_t actor, int32_t recipient,
                          bint given) noexcept nogil:
    """An act of the type in the same sentence that has the actor or, without an actor, the recipient: first at the trigger, then elsewhere."""
    cdef Act* act
    cdef Act* found = NULL
    cdef const Party* party
    cdef uint32_t i
    cdef int32_t k
    cdef bint has_actor, has_recipient, acted, received
    for i in range(list.n_acts):
        act = &list.acts[i]
        if judge.pattern_type[act.pattern] != kind or doc.tokens[act.trigger].sentence != doc.tokens[trigger].sentence:
            continue
        has_actor = has_recipient = acted = received = False
        for k in range(act.n_parties):
            party = &list.parties[act.first_party + k]
            if party.slot == SLOT_RECIPIENT:
                received = True
                has_recipient = has_recipient or party.token == recipient
            else:
                acted = True
                has_actor = has_actor or party.token == actor
        # nobody is credited with another's act
        if has_actor and (given or not received or list.who[recipient] == WHO_ACTOR) or has_recipient and not acted:
            if act.trigger == trigger:
                return act
            if found == NULL:
                found = act
    return found


cdef bint store_pair(ActList* list, const JudgeTables* judge, const Doc* doc, int32_t trigger, int32_t kind, int32_t actor, int32_t recipient,
                     double probability, bint given) noexcept nogil:
    cdef Act* act = act_to_complete(list, judge, doc, trigger, kind, actor, recipient, given)
    cdef Party* fresh
    cdef uint32_t i, wanted
    cdef bint actor_there = False, recipient_there = False
    if act == NULL:
        for i in range(list.n_acts):
            if list.acts[i].trigger == trigger and (not given or judge.pattern_type[list.acts[i].pattern] == kind):
                return True     # the word tells another's act, or another act
    else:
        actor_there, recipient_there = has_party(list, act, actor, True), has_party(list, act, recipient, False)
    if act == NULL:
        if list.n_acts == list.act_capacity:
            wanted = list.act_capacity * 2 if list.act_capacity else 64
            if not resize(<void**>&list.acts, wanted, sizeof(Act)):
                return False
            list.act_capacity = wanted
        act = &list.acts[list.n_acts]
        memset(act, 0, sizeof(Act))
        act.frame = LEARNED_FRAME
        act.pattern = <uint16_t>(judge.learned + kind)
        act.trigger = act.clause = trigger
        act.probability = <float>probability
        act.parent = act.inner = act.noun = -1
        list.n_acts += 1
    if not room_for_parties(list, act.n_parties + 2):
        return False
    # the parties of an act lie together: it moves to the end with the new ones
    fresh = &list.parties[list.n_parties]
    memcpy(fresh, &list.parties[act.first_party], act.n_parties * sizeof(Party))
    act.first_party = list.n_parties
    if not actor_there:
        fresh[act.n_parties].token, fresh[act.n_parties].slot, fresh[act.n_parties].owner = actor, SLOT_ACTOR, 0
        act.n_parties += 1
    if not recipient_there:
        fresh[act.n_parties].token, fresh[act.n_parties].slot, fresh[act.n_parties].owner = recipient, SLOT_RECIPIENT, 0
        act.n_parties += 1
    list.n_parties += act.n_parties
    return True


cdef void order_acts(ActList* list, uint32_t first) noexcept nogil:
    """Acts from `first` on to their places in the order of the text: an insertion sort, since they come nearly so."""
    cdef uint32_t i
    cdef int32_t k
    cdef Act moving
    for i in range(first, list.n_acts):
        moving = list.acts[i]
        k = <int32_t>i - 1
        while k >= 0 and list.acts[k].trigger > moving.trigger:
            list.acts[k + 1] = list.acts[k]
            k -= 1
        list.acts[k + 1] = moving
    for i in range(list.n_acts):
        list.match_of[list.acts[i].trigger] = <int32_t>i
        if list.acts[i].inner >= 0:
            list.content_of[list.acts[i].inner] = <int32_t>i


cdef void acts_judge(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, ActList* list) noexcept nogil:
    """Realis, standing, speakers and parents of all acts."""
    cdef int32_t i
    for i in range(<int32_t>list.n_acts):
        judge_act(patterns, judge, g, list, i)


cdef inline uint16_t trigger_position(const Doc* doc, int32_t token) noexcept nogil:
    cdef uint8_t upos = doc.tokens[token].upos
    return POSITION_VERB if upos == UPOS_VERB else POSITION_NOUN if upos == UPOS_NOUN or upos == UPOS_PROPN else POSITION_ADJECTIVE if upos == UPOS_ADJ else 0


cdef uint16_t arguments_of(const Grammar* g, int32_t token, Arguments* arguments) noexcept nogil:
    cdef uint16_t position = trigger_position(g.doc, token)
    if position == POSITION_VERB:
        verb_arguments(g, token, arguments, 5)
    elif position == POSITION_NOUN:
        noun_arguments(g, token, arguments)
    elif position == POSITION_ADJECTIVE:
        adjective_arguments(g, token, arguments)
    return position


cdef bint acts_find(const PatternTables* patterns, const JudgeTables* judge, const Doc* doc, ActList* list) noexcept nogil:
    """Fills list.acts. `list.who` must be filled after acts_prepare. False: no memory."""
    cdef Grammar g
    cdef Arguments arguments
    cdef Match match
    cdef int32_t i
    cdef int64_t entry
    cdef uint16_t position
    g.doc = doc
    g.tree = &list.tree
    g.who = list.who
    g.light = list.light
    for i in range(<int32_t>doc.n_tokens):
        list.match_of[i] = list.content_of[i] = -1
        if doc.tokens[i].upos == UPOS_VERB:
            list.light[i] = in_set(patterns, judge.light, doc.tokens[i].lemma_hash)
    for i in range(<int32_t>doc.n_tokens):
        position = trigger_position(doc, i)
        if position == 0:
            continue
        entry = find_entry(patterns.trigger_keys, patterns.trigger_mask, doc.tokens[i].lemma_hash, position)
        if entry < 0:
            continue
        arguments_of(&g, i, &arguments)
        if position != POSITION_NOUN and i > 0 and doc.tokens[i].shape & SHAPE_GLUED and is_form(doc, i - 1, b"-") and doc.tokens[i].head > i:
            continue    # "a U.N.-backed court"
        if doc.tokens[i].deprel == DEP_AMOD and arguments.passive and first_argument(&arguments, REL_SUBJECT) < 0:
            continue    # "the occupied town", "the banned party": a state of things, not an act
        match_trigger(patterns, &g, i, entry, position, &arguments, &match)
        if match.frame < 0:
            continue
        if not store(list, patterns, &match, i, &arguments):
            return False
        list.match_of[i] = <int32_t>list.n_acts - 1
        if match.act >= 0:
            list.content_of[match.act] = <int32_t>list.n_acts - 1
    return True


cdef uint8_t stronger(uint8_t a, uint8_t b) noexcept nogil:
    """Of two readings the one that keeps the act further from having happened."""
    return a if a >= b else b


cdef uint8_t operator_realis(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, int32_t word, uint16_t position, int32_t content,
                             bint marked=False) noexcept nogil:
    """What an operator makes of its content: REALIS_*, or 0 where the word is none. `content` is the content's head, whose marker
    must fit, or ANY_MARKER, or NO_MARKER; `marked`: only operators that name their marker count."""
    cdef int64_t at = find_entry(judge.operator_keys, judge.operator_mask, g.doc.tokens[word].lemma_hash, position)
    if at < 0 and position == POSITION_ADJECTIVE:
        # participles are listed as adjectives: "planned"
        at = find_entry(judge.operator_keys, judge.operator_mask, g.doc.tokens[word].norm_hash, position)
    cdef uint32_t k
    cdef const OperatorC* operator
    if at < 0:
        return 0
    for k in range(judge.operator_count[at]):
        operator = &judge.operators[judge.operator_first[at] + k]
        if marked and operator.words == 0:
            continue
        if operator.words == 0 or content == ANY_MARKER or (content >= 0 and marker_in(patterns, operator.words, g, content)):
            return <uint8_t>operator.realis
    return 0


cdef uint8_t marks_of(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, int32_t word, bint* future) noexcept nogil:
    """The realis that a clause's own auxiliaries, negations, conjunctions and adverbs give it; `future` becomes true for "will" even where "not" outweighs it."""
    cdef int32_t c = g.tree.first_child[word]
    cdef uint8_t realis = REALIS_ACTUAL, d, r
    cdef bint be = False, condition = False
    while c >= 0:
        d = g.doc.tokens[c].deprel
        r = 0
        if d == DEP_AUX:
            r = operator_realis(patterns, judge, g, c, POSITION_AUXILIARY, ANY_MARKER)
            future[0] = future[0] or r == REALIS_FUTURE
            if is_form(g.doc, c, b"is") or is_form(g.doc, c, b"are") or is_form(g.doc, c, b"was") or is_form(g.doc, c, b"were"):
                be = True
        elif d == DEP_MARK or d == DEP_CASE:
            r = operator_realis(patterns, judge, g, c, POSITION_MARK, ANY_MARKER)
            condition = condition or r == REALIS_HYPOTHETICAL
        elif d == DEP_ADVMOD or d == DEP_DET:
            r = operator_realis(patterns, judge, g, c, POSITION_ADVERB, ANY_MARKER)
            if is_form(g.doc, c, b"yet") and (is_form(g.doc, word, b"has") or is_form(g.doc, word, b"have") or is_form(g.doc, word, b"had") or is_form(g.doc, word, b"is")
                                              or is_form(g.doc, word, b"are")):
                r = REALIS_NEGATED      # "has yet to"; elsewhere "yet" says nothing
        elif d == DEP_AMOD:
            # "a planned visit"
            r = operator_realis(patterns, judge, g, c, POSITION_ADJECTIVE, NO_MARKER)
        if r:
            realis = stronger(realis, r)
        c = g.tree.next_sibling[c]
    if condition and realis == REALIS_NEGATED:
        return REALIS_HYPOTHETICAL       # "if Peru does not yield": nobody has refused yet
    if realis == REALIS_ACTUAL and be and g.doc.tokens[word].xpos == XPOS_VBG:
        return REALIS_ONGOING
    return realis


cdef int speech_force(const PatternTables* patterns, const JudgeTables* judge, const Doc* doc, int32_t word) noexcept nogil:
    """0 no word of saying, else STANDING_* that it gives its content; confirming counts as reporting."""
    cdef uint64_t lemma = doc.tokens[word].lemma_hash
    if in_set(patterns, judge.neutral, lemma) or in_set(patterns, judge.confirm, lemma):
        return STANDING_REPORTED
    if in_set(patterns, judge.claim, lemma):
        return STANDING_ALLEGED
    if in_set(patterns, judge.deny, lemma):
        return STANDING_DENIED
    return 0


cdef void add_speaker(Act* act, int32_t says, int32_t speaker, int force) noexcept nogil:
    cdef int32_t i
    for i in range(act.n_speakers):
        if act.says[i] == says:
            return
    if act.n_speakers < MAX_SPEAKERS:
        act.says[act.n_speakers] = says
        act.speakers[act.n_speakers] = speaker
        act.n_speakers += 1
    if force > act.standing:
        act.standing = <uint8_t>force


cdef int32_t speaker_of(const Grammar* g, int32_t verb) noexcept nogil:
    cdef Arguments arguments
    cdef int32_t who
    verb_arguments(g, verb, &arguments, 4)
    who = first_argument(&arguments, REL_SUBJECT)
    return who if who >= 0 else (first_argument(&arguments, REL_OBJECT) if arguments.passive else -1)


cdef bint starts_with_clause(const Grammar* g, int32_t verb) noexcept nogil:
    """Whether a verb of saying has its own content clause, and so does not report the clause that it is inserted in."""
    cdef int32_t c = g.tree.first_child[verb]
    while c >= 0:
        if g.doc.tokens[c].deprel == DEP_CCOMP:
            return True
        c = g.tree.next_sibling[c]
    return False


cdef void speakers_beside(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, Act* act, int32_t clause) noexcept nogil:
    """Inserted and prefixed attributions of a clause: ", X said", "as X put it", "according to X", "reportedly"."""
    cdef int32_t c = g.tree.first_child[clause]
    cdef uint8_t d
    cdef int force
    while c >= 0:
        d = g.doc.tokens[c].deprel
        if g.doc.tokens[c].upos == UPOS_VERB and (d == DEP_PARATAXIS or (d == DEP_ADVCL and has_case(g, c, b"as"))):
            force = speech_force(patterns, judge, g.doc, c)
            if force and not starts_with_clause(g, c):
                # "was quoted as saying": the one quoted speaks
                add_speaker(act, c, speaker_of(g, c), force)
        elif (d == DEP_OBL or d == DEP_NMOD) and has_case(g, c, b"according"):
            add_speaker(act, c, c, STANDING_REPORTED)
        elif d == DEP_ADVMOD and in_set(patterns, judge.hearsay, g.doc.tokens[c].lemma_hash):
            act.standing = STANDING_ALLEGED if act.standing < STANDING_ALLEGED else act.standing
        c = g.tree.next_sibling[c]


cdef void judge_act(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, ActList* list, int32_t number) noexcept nogil:
    """Climbs from the act to the root of its sentence and collects what bears on its realis, its standing and its speakers."""
    cdef Act* act = &list.acts[number]
    cdef const Doc* doc = g.doc
    cdef int32_t at = act.trigger, parent, hops = 0, owner
    cdef uint8_t d, r, realis = REALIS_ACTUAL
    cdef bint future = False
    cdef bint asserted = False   # above this point the act is presupposed: only who says so still matters
    cdef int force
    act.standing = STANDING_REPORTED
    while hops < 64:
        hops += 1
        if not asserted:
            realis = stronger(realis, marks_of(patterns, judge, g, at, &future))
        speakers_beside(patterns, judge, g, act, at)
        owner = list.content_of[at]
        if owner >= 0 and owner != number and act.parent < 0 and not asserted:
            act.parent = owner
            act.content = 1
        parent = doc.tokens[at].head
        d = doc.tokens[at].deprel
        if parent < 0:
            # a headline's infinitive is its future: "Kenya to send troops"
            if has_case(g, at, b"to") and doc.tokens[at].upos == UPOS_VERB and not asserted:
                realis = stronger(realis, REALIS_FUTURE)
            break
        force = speech_force(patterns, judge, doc, parent) if (d == DEP_CCOMP or d == DEP_PARATAXIS or d == DEP_XCOMP or d == DEP_ADVCL) else 0
        if d == DEP_CONJ:
            if own_subject(g, at) and not asserted:
                asserted = True
        elif d == DEP_CCOMP or d == DEP_XCOMP or d == DEP_CSUBJ or d == DEP_ADVCL or d == DEP_ACL or (
                d == DEP_ACL_RELCL and child_with(g.tree, doc, at, DEP_MARK) >= 0):
            r = operator_realis(patterns, judge, g, parent, position_of(doc, parent), at, d == DEP_ADVCL)
            if r and not asserted:
                realis = stronger(realis, r)
                future = future or r == REALIS_FUTURE
            elif (d == DEP_ADVCL or d == DEP_ACL) and not asserted:
                if has_case(g, at, b"to") and act.parent < 0:
                    realis = stronger(realis, REALIS_HYPOTHETICAL)   # a purpose
                elif d == DEP_ADVCL or doc.tokens[at].xpos == XPOS_VBN:
                    asserted = True
                elif d == DEP_ACL and doc.tokens[at].xpos == XPOS_VBG:
                    realis = stronger(realis, REALIS_ONGOING)
                    asserted = True
            if d == DEP_XCOMP and force == STANDING_REPORTED and not is_passive(g, parent):
                force = 0    # "continue to", "hope to"; but "is said to"
            if force and d != DEP_ADVCL:
                add_speaker(act, parent, speaker_of(g, parent), force)
                asserted = asserted or force != STANDING_DENIED
            elif force and (has_case(g, at, b"as") or has_case(g, at, b"of")):
                add_speaker(act, parent, speaker_of(g, parent), force)
        elif d == DEP_PARATAXIS:
            if force and not asserted:
                add_speaker(act, parent, speaker_of(g, parent), force)
            asserted = True
        elif d == DEP_ACL_RELCL or d == DEP_ADVCL_RELCL:
            asserted = True
        elif d == DEP_COP or d == DEP_AMOD or d == DEP_COMPOUND or d == DEP_FLAT or d == DEP_APPOS:
            asserted = asserted or d == DEP_APPOS
        else:
            if list.match_of[parent] >= 0 and (list.acts[list.match_of[parent]].noun == at or (
                    at == act.trigger and not g.light[parent] and doc.tokens[at].upos == UPOS_NOUN and is_utterance(doc, at))):
                asserted = True     # "rejected the offer": the offer was made
            # a noun in its clause: what is planned, refused or carried is as real as the verb; the rest is taken for granted
            r = operator_realis(patterns, judge, g, parent, position_of(doc, parent), at, d == DEP_NSUBJ)
            if r and not asserted:
                realis = stronger(realis, r)
                future = future or r == REALIS_FUTURE
            elif not (doc.tokens[parent].upos == UPOS_VERB and (g.light[parent] or at != act.trigger or d == DEP_NSUBJ or d == DEP_NSUBJ_PASS)) and not (
                    doc.tokens[parent].upos == UPOS_NOUN or doc.tokens[parent].upos == UPOS_PROPN):
                asserted = True
        at = parent
    act.realis = realis
    act.refused = future and realis == REALIS_NEGATED
    if act.parent >= 0 and judge.pattern_type[list.acts[act.parent].pattern] == judge.accuse and act.standing < STANDING_ALLEGED:
        act.standing = STANDING_ALLEGED


cdef bint own_subject(const Grammar* g, int32_t word) noexcept nogil:
    cdef int32_t c = g.tree.first_child[word]
    while c >= 0:
        if g.doc.tokens[c].deprel == DEP_NSUBJ or g.doc.tokens[c].deprel == DEP_NSUBJ_PASS or g.doc.tokens[c].deprel == DEP_AUX:
            return True
        c = g.tree.next_sibling[c]
    return False


cdef uint16_t position_of(const Doc* doc, int32_t token) noexcept nogil:
    cdef uint8_t upos = doc.tokens[token].upos
    return POSITION_VERB if upos == UPOS_VERB or upos == UPOS_AUX else POSITION_NOUN if upos == UPOS_NOUN or upos == UPOS_PROPN else POSITION_ADJECTIVE


cdef class Judge:
    """The operators of realis and saying of a knowledge blob, mapped as they lie."""

    def __init__(self, blob):
        self.blob = blob
        self.views = []
        self.tables.pattern_type = <const uint8_t*>self.section("patterns.type")
        self.tables.operator_keys = <const uint64_t*>self.section("operators.keys")
        self.tables.operator_first = <const uint32_t*>self.section("operators.first")
        self.tables.operator_count = <const uint32_t*>self.section("operators.count")
        self.tables.operators = <const OperatorC*>self.section("operators.records")
        self.tables.operator_mask = <uint32_t>(blob.shape("operators.keys")[0] - 1)
        (self.tables.light, self.tables.neutral, self.tables.claim, self.tables.deny, self.tables.confirm, self.tables.hearsay,
         self.tables.accuse) = blob["operators.numbers"]
        self.tables.learned = blob["patterns.learned"][0]

    cdef const void* section(self, str name) except NULL:
        view = self.blob[name]
        self.views.append(view)
        return address(view)
