"""The learned judge of pairs: features of two parties in one tree, a linear model over them, and the acts that it adds."""
from libc.math cimport exp
from libc.stdint cimport int8_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcpy

from demarche._native.acts cimport REALIS_ACTUAL, Act, marks_of, store_pair
from demarche._native.arguments cimport WHO_ACTOR, WHO_GIVEN, WHO_INSIDE, WHO_NAME, WHO_NATION, WHO_NOBODY, WHO_PRONOUN
from demarche._native.document cimport Doc, Token, hash_bytes
from demarche._native.labels cimport (
    DEP_ACL_RELCL, DEP_ADVCL, DEP_AMOD, DEP_APPOS, DEP_AUX, DEP_AUX_PASS, DEP_CASE, DEP_CCOMP, DEP_COMPOUND, DEP_COMPOUND_PRT, DEP_CONJ,
    DEP_FLAT, DEP_MARK, DEP_NMOD_POSS, DEP_NSUBJ, DEP_NSUBJ_PASS, DEP_OBJ, DEP_OBL_AGENT, DEP_PARATAXIS, DEP_PUNCT, DEP_ROOT,
    UPOS_ADJ, UPOS_ADP, UPOS_ADV, UPOS_AUX, UPOS_NOUN, UPOS_PART, UPOS_PROPN, UPOS_PUNCT, UPOS_VERB)
from demarche._native.patterns cimport (
    POSITION_ADJECTIVE, POSITION_NOUN, POSITION_VERB, SLOT_ACTOR, SLOT_PARTNER, SLOT_RECIPIENT, Party, address, find_entry)

cdef enum:
    # Feature.kind
    F_PATH = 0
    F_SIDE = 1
    F_MEETING = 2
    F_MEETING_LINKS = 3
    F_SHAPE = 4
    F_CASE = 5
    F_GOVERNOR = 6
    F_CHILD = 7
    F_CHILD_LINK = 8
    F_STEM = 9
    F_MARK = 10
    F_MARKED_WORD = 11
    F_TYPE_PATH = 12
    F_TYPE_MEETING = 13
    F_TYPE_CHILD = 14
    F_ACT = 15
    F_ACT_PARTY = 16
    F_HEAD = 17
    F_MODIFIER = 18
    F_WHO = 19
    F_ORDER = 20
    F_BAG = 21
    F_BAG_STEM = 22
    F_TYPE_BAG = 23
    F_TYPE_MARK = 24
    F_CHILD_CASE = 25
    F_GOVERNOR_PAIR = 26

# What each kind of feature says, for people.
FEATURE_NAMES = ("word between them", "word on one side", "word where they meet", "word where they meet, with both links", "shape of the way",
                 "preposition before the party", "word that governs the party, with its preposition", "word beside the way",
                 "word beside the way, with its relation", "stem of a word between them", "realis on the way", "realis of a word on the way",
                 "type of a pattern's word on the way", "type of a pattern's word where they meet", "type of a pattern's word beside the way",
                 "act told on the way", "act told with one of them", "what the party is", "what kind the party is", "how the party is named",
                 "order and distance", "word of the sentence", "stem of a word of the sentence", "type of a pattern's word of the sentence",
                 "type with realis", "preposition beside the way", "word of the way with a word beside it")

cdef enum:
    A_SIDE = 1
    B_SIDE = 2
    STEM = 5                # bytes of a lemma that count as its stem
    MOST_CANDIDATES = 12    # parties of a sentence
    FEW_FRAMES = 12         # of a trigger


cdef inline void put(FeatureList* out, int32_t kind, uint64_t x, uint64_t y, int32_t first, int32_t second) noexcept nogil:
    cdef uint64_t h
    if out.n < MAX_FEATURES:
        h = (x ^ (<uint64_t>(kind + 1) * 0x9E3779B97F4A7C15ULL)) * 0xBF58476D1CE4E5B9ULL
        h ^= h >> 29
        h = (h + y) * 0x94D049BB133111EBULL
        h ^= h >> 32
        out.items[out.n].hash = h if h else 1
        out.items[out.n].kind, out.items[out.n].first, out.items[out.n].second = kind, first, second
        out.n += 1


cdef inline uint64_t stem(const Doc* doc, int32_t token) noexcept nogil:
    cdef const Token* t = &doc.tokens[token]
    return hash_bytes(doc.strings + t.lemma, STEM if t.lemma_length > STEM else t.lemma_length, 7)


cdef bint find_link(const Grammar* g, int32_t a, int32_t b, Link* link) noexcept nogil:
    """The ways of both words up to where they meet; False where they are too far apart."""
    cdef int32_t up = a, i
    link.n_from = link.n_to = 0
    while up >= 0 and link.n_from < MAX_PATH:
        link.from_[link.n_from] = up
        link.n_from += 1
        up = g.doc.tokens[up].head
    up = b
    while up >= 0 and link.n_to < MAX_PATH:
        link.to[link.n_to] = up
        link.n_to += 1
        for i in range(link.n_from):
            if link.from_[i] == up:
                link.n_from = i + 1
                link.meeting = up
                return True
        up = g.doc.tokens[up].head
    return False


cdef uint32_t trigger_types(const PatternTables* patterns, const JudgeTables* judge, const Doc* doc, int32_t token) noexcept nogil:
    """The types of the patterns that a word may trigger, a bit each."""
    cdef uint8_t upos = doc.tokens[token].upos
    cdef uint16_t position = POSITION_VERB if upos == UPOS_VERB else POSITION_NOUN if upos == UPOS_NOUN or upos == UPOS_PROPN else POSITION_ADJECTIVE
    cdef int64_t entry
    cdef uint32_t k, bits = 0
    if upos != UPOS_VERB and upos != UPOS_NOUN and upos != UPOS_ADJ:
        return 0
    entry = find_entry(patterns.trigger_keys, patterns.trigger_mask, doc.tokens[token].lemma_hash, position)
    if entry >= 0:
        for k in range(min(patterns.trigger_count[entry], <uint32_t>FEW_FRAMES)):
            bits |= <uint32_t>1 << judge.pattern_type[patterns.frames[patterns.trigger_frames[patterns.trigger_first[entry] + k]].pattern]
    return bits


cdef void put_types(FeatureList* out, int32_t kind, uint32_t bits, uint64_t extra, int32_t token) noexcept nogil:
    cdef int32_t k
    for k in range(N_TYPES):
        if bits >> k & 1:
            put(out, kind, k, extra, token, -1)
    if bits and not bits & (bits - 1):
        put(out, kind, 64, bits ^ extra, token, -1)     # of one type only


cdef inline bint is_content(const Token* t) noexcept nogil:
    return t.upos == UPOS_VERB or t.upos == UPOS_NOUN or t.upos == UPOS_ADJ or t.upos == UPOS_ADV


cdef inline bint names_party(const Grammar* g, int32_t token) noexcept nogil:
    return g.who[token] != WHO_NOBODY


cdef uint64_t case_hash(const Grammar* g, int32_t token) noexcept nogil:
    """Of its preposition; 0 without one."""
    cdef int32_t c = g.tree.first_child[token]
    while c >= 0:
        if g.doc.tokens[c].deprel == DEP_CASE:
            return g.doc.tokens[c].norm_hash
        c = g.tree.next_sibling[c]
    return 0


cdef void word_features(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, const ActList* list, int32_t word, uint64_t side,
                        const Link* link, FeatureList* out) noexcept nogil:
    """A word on the way and what hangs on it."""
    cdef const Doc* doc = g.doc
    cdef const Token* t = &doc.tokens[word]
    cdef const Token* child
    cdef int32_t c
    cdef uint32_t bits = trigger_types(patterns, judge, doc, word)
    cdef bint future = False
    cdef uint8_t realis
    put(out, F_PATH, t.lemma_hash, 0, word, -1)
    put(out, F_SIDE, t.lemma_hash, side, word, -1)
    put(out, F_STEM, stem(doc, word), 0, word, -1)
    put_types(out, F_TYPE_PATH, bits, side, word)
    realis = marks_of(patterns, judge, g, word, &future)
    if realis != REALIS_ACTUAL or future:
        put(out, F_MARK, realis * 2 + future, side, word, -1)
        put(out, F_MARKED_WORD, realis * 2 + future, t.lemma_hash, word, -1)
        put_types(out, F_TYPE_MARK, bits, <uint64_t>(realis * 2 + future), word)
    if list.match_of[word] >= 0:
        put(out, F_ACT, judge.pattern_type[list.acts[list.match_of[word]].pattern], side, word, -1)
    c = g.tree.first_child[word]
    while c >= 0:
        child = &doc.tokens[c]
        if child.deprel == DEP_COMPOUND_PRT or child.deprel == DEP_AUX or (child.upos == UPOS_PART and child.deprel != DEP_CASE) or child.deprel == DEP_MARK \
                or is_content(child) and not names_party(g, c):
            put(out, F_CHILD, child.lemma_hash, 0, c, -1)
            put(out, F_CHILD_LINK, child.lemma_hash, child.deprel, c, -1)
            if is_content(child):
                put_types(out, F_TYPE_CHILD, trigger_types(patterns, judge, doc, c), 0, c)
                put(out, F_GOVERNOR_PAIR, child.lemma_hash, t.lemma_hash, word, c)
        elif names_party(g, c) or child.upos == UPOS_PROPN:
            put(out, F_CHILD_CASE, child.deprel, case_hash(g, c), c, -1)
        c = g.tree.next_sibling[c]


cdef void party_features(const Grammar* g, const ActList* list, const JudgeTables* judge, int32_t party, uint64_t side, FeatureList* out) noexcept nogil:
    cdef const Token* t = &g.doc.tokens[party]
    cdef int32_t c = g.tree.first_child[party], i, k
    cdef const Act* act
    cdef const Party* filler
    if t.upos == UPOS_NOUN:
        put(out, F_HEAD, t.lemma_hash, side, party, -1)
    put(out, F_WHO, t.upos, side * 64 + g.who[party], party, -1)
    put(out, F_CASE, case_hash(g, party), side, party, -1)
    if t.head >= 0:
        put(out, F_GOVERNOR, g.doc.tokens[t.head].lemma_hash, case_hash(g, party) ^ (side * 0xFF51AFD7ED558CCDULL) ^ t.deprel, t.head, party)
    while c >= 0:
        if (g.doc.tokens[c].deprel == DEP_AMOD or g.doc.tokens[c].deprel == DEP_COMPOUND) and g.doc.tokens[c].upos != UPOS_PROPN:
            put(out, F_MODIFIER, g.doc.tokens[c].lemma_hash, side, c, -1)
        c = g.tree.next_sibling[c]
    for i in range(<int32_t>list.n_acts):
        act = &list.acts[i]
        if g.doc.tokens[act.trigger].sentence != t.sentence:
            continue
        for k in range(<int32_t>act.n_parties):
            filler = &list.parties[act.first_party + k]
            if filler.token == party:
                put(out, F_ACT_PARTY, judge.pattern_type[act.pattern], side * 8 + filler.slot, act.trigger, party)


cdef void pair_features(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, const ActList* list, int32_t a, int32_t b,
                        FeatureList* out) noexcept nogil:
    """Of an ordered pair of parties of one sentence, without those of the sentence; none where no way leads from one to the other."""
    cdef const Doc* doc = g.doc
    cdef Link link
    cdef int32_t i, distance
    cdef uint64_t shape = 1
    cdef const Token* meeting
    if not find_link(g, a, b, &link):
        return
    meeting = &doc.tokens[link.meeting]
    for i in range(link.n_from - 1):
        shape = (shape * 67 + doc.tokens[link.from_[i]].deprel) * 0x100000001B3ULL
        if i:
            word_features(patterns, judge, g, list, link.from_[i], A_SIDE, &link, out)
    shape = shape * 67 + 60
    for i in range(link.n_to - 1):
        shape = (shape * 67 + doc.tokens[link.to[i]].deprel) * 0x100000001B3ULL
        if i:
            word_features(patterns, judge, g, list, link.to[i], B_SIDE, &link, out)
    put(out, F_SHAPE, shape, 0, -1, -1)
    if link.meeting != a and link.meeting != b:
        word_features(patterns, judge, g, list, link.meeting, A_SIDE | B_SIDE, &link, out)
        put(out, F_MEETING, meeting.lemma_hash, 0, link.meeting, -1)
        put(out, F_MEETING_LINKS, meeting.lemma_hash, shape, link.meeting, -1)
        put(out, F_MEETING_LINKS, meeting.lemma_hash,
            doc.tokens[link.from_[link.n_from - 2]].deprel * 97 + doc.tokens[link.to[link.n_to - 2]].deprel, link.meeting, -1)
        put_types(out, F_TYPE_MEETING, trigger_types(patterns, judge, doc, link.meeting), shape, link.meeting)
    party_features(g, list, judge, a, A_SIDE, out)
    party_features(g, list, judge, b, B_SIDE, out)
    distance = a - b if a > b else b - a
    put(out, F_ORDER, <uint64_t>(a < b), <uint64_t>(0 if distance < 3 else 1 if distance < 6 else 2 if distance < 12 else 3), -1, -1)


cdef void sentence_features(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, uint32_t sentence, FeatureList* out) noexcept nogil:
    """What does not depend on the pair: the words of the sentence that name no party."""
    cdef const Doc* doc = g.doc
    cdef int32_t i
    cdef const Token* t
    for i in range(<int32_t>doc.sentences[sentence].first, <int32_t>doc.sentences[sentence].last):
        t = &doc.tokens[i]
        if (is_content(t) or t.upos == UPOS_AUX or t.upos == UPOS_PART) and not names_party(g, i):
            put(out, F_BAG, t.lemma_hash, 0, i, -1)
            if is_content(t):
                put(out, F_BAG_STEM, stem(doc, i), 0, i, -1)
                put_types(out, F_TYPE_BAG, trigger_types(patterns, judge, doc, i), 0, i)


cdef const int8_t* row_of(const RelationTables* tables, uint64_t h) noexcept nogil:
    """The weights of a feature, NULL where it was never seen."""
    cdef uint64_t at = h & tables.mask
    cdef uint32_t key = <uint32_t>(h >> 32) | 1
    while tables.keys[at] != 0:
        if tables.keys[at] == key:
            return tables.weights + <size_t>tables.rows[at] * N_CLASSES
        at = (at + 1) & tables.mask
    return NULL


cdef void add_weights(const RelationTables* tables, const FeatureList* features, int32_t* sums) noexcept nogil:
    cdef int32_t k
    cdef uint32_t i
    cdef const int8_t* row
    for i in range(features.n):
        row = row_of(tables, features.items[i].hash)
        if row != NULL:
            for k in range(N_CLASSES):
                sums[k] += row[k]


cdef void judge_sums(const RelationTables* tables, const int32_t* sums, Verdict* verdict) noexcept nogil:
    """`sums`: of the weights of all features, the bias included."""
    cdef double powers[N_CLASSES]
    cdef double total = 0
    cdef int32_t k, most = 0
    for k in range(N_CLASSES):
        if sums[k] > sums[most]:
            most = k
    for k in range(N_CLASSES):
        powers[k] = exp((sums[k] - sums[most]) * tables.scale)
        total += powers[k]
    verdict.none = powers[NO_RELATION] / total
    most = 0
    for k in range(N_TYPES):
        if sums[k] > sums[most]:
            most = k
    verdict.kind, verdict.probability = most, powers[most] / total


cdef int32_t told(const JudgeTables* judge, const ActList* list, uint32_t first_act, int32_t a, int32_t b) noexcept nogil:
    """The type of the act that already has both as its parties, in whatever order; -1 without one."""
    cdef uint32_t i
    cdef int32_t k
    cdef const Act* act
    cdef bint has_a, has_b
    cdef int32_t token
    for i in range(first_act, list.n_acts):
        act = &list.acts[i]
        has_a = has_b = False
        for k in range(<int32_t>act.n_parties):
            token = list.parties[act.first_party + k].token
            has_a = has_a or token == a
            has_b = has_b or token == b
        if has_a and has_b:
            return judge.pattern_type[act.pattern]
    return -1


cdef int32_t evidence_word(const Grammar* g, const Link* link, int32_t a, int32_t b, const PatternTables* patterns, const JudgeTables* judge, int32_t kind) noexcept nogil:
    """The word on the way that tells the act: one that a pattern of the type may begin with, else where the two meet, else the nearest verb or noun."""
    cdef int32_t i
    for i in range(link.n_to - 1, 0, -1):
        if trigger_types(patterns, judge, g.doc, link.to[i]) >> kind & 1:
            return link.to[i]
    for i in range(link.n_from - 2, 0, -1):
        if trigger_types(patterns, judge, g.doc, link.from_[i]) >> kind & 1:
            return link.from_[i]
    if link.meeting != a and link.meeting != b:
        return link.meeting
    for i in range(1, link.n_to - 1):
        if is_content(&g.doc.tokens[link.to[i]]):
            return link.to[i]
    for i in range(1, link.n_from - 1):
        if is_content(&g.doc.tokens[link.from_[i]]):
            return link.from_[i]
    return -1


cdef bint close(const Grammar* g, const Link* link) noexcept nogil:
    """Whether the first party acts in the clause in which they meet and the second is inside it: what the text alone must show."""
    cdef uint8_t d
    cdef int32_t i, clauses = 0
    if link.n_from < 2 or link.n_to < 2:
        return False
    for i in range(link.n_from - 1):
        d = g.doc.tokens[link.from_[i]].deprel
        if d == DEP_CCOMP or d == DEP_ADVCL or d == DEP_ACL_RELCL or d == DEP_PARATAXIS:
            return False
    d = g.doc.tokens[link.from_[link.n_from - 2]].deprel
    if d != DEP_NSUBJ and d != DEP_NSUBJ_PASS and d != DEP_OBL_AGENT and d != DEP_NMOD_POSS:
        return False
    for i in range(link.n_to - 1):
        d = g.doc.tokens[link.to[i]].deprel
        if d == DEP_ADVCL or d == DEP_ACL_RELCL or d == DEP_PARATAXIS or d == DEP_CCOMP or d == DEP_NSUBJ:
            return False
    return True


cdef void judge_pair(const RelationTables* tables, const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, const ActList* list,
                     int32_t a, int32_t b, uint32_t sentence, int32_t* shared, bint* summed, Verdict* verdict) noexcept nogil:
    """`shared`: the sums of the bias and the sentence's own features, made for its first pair (`summed`)."""
    cdef FeatureList features
    cdef int32_t sums[N_CLASSES]
    if not summed[0]:
        memcpy(shared, tables.bias, N_CLASSES * sizeof(int32_t))
        features.n = 0
        sentence_features(patterns, judge, g, sentence, &features)
        add_weights(tables, &features, shared)
        summed[0] = True
    memcpy(sums, shared, N_CLASSES * sizeof(int32_t))
    features.n = 0
    pair_features(patterns, judge, g, list, a, b, &features)
    add_weights(tables, &features, sums)
    judge_sums(tables, sums, verdict)


cdef bint add_relations(const RelationTables* tables, const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, ActList* list,
                        bint given) noexcept nogil:
    cdef const Doc* doc = g.doc
    cdef Link link
    cdef Verdict verdict, other
    cdef int32_t sums[N_CLASSES]
    cdef bint summed
    cdef int32_t heads[MOST_CANDIDATES]
    cdef int32_t n, i, k, kind, trigger
    cdef uint32_t s, act, first_act = 0, n_found = list.n_acts
    cdef uint8_t who
    cdef double least = tables.given_threshold if given else tables.threshold
    for s in range(doc.n_sentences):
        while first_act < n_found and list.acts[first_act].trigger < <int32_t>doc.sentences[s].first:
            first_act += 1
        n = 0
        summed = False
        for i in range(<int32_t>doc.sentences[s].first, <int32_t>doc.sentences[s].last):
            who = list.who[i]
            if n < MOST_CANDIDATES and (who == WHO_GIVEN or not given and (who == WHO_ACTOR or who == WHO_NAME or who == WHO_PRONOUN)
                                        and doc.tokens[i].deprel != DEP_COMPOUND and doc.tokens[i].deprel != DEP_FLAT):
                heads[n] = i
                n += 1
        for i in range(n):
            for k in range(i + 1, n):
                kind = told(judge, list, first_act, heads[i], heads[k])
                if kind >= 0 and not given:
                    continue
                verdict.probability = other.probability = 0
                verdict.kind = other.kind = -1
                if find_link(g, heads[i], heads[k], &link) and (given or close(g, &link)):
                    judge_pair(tables, patterns, judge, g, list, heads[i], heads[k], s, sums, &summed, &verdict)
                if find_link(g, heads[k], heads[i], &link) and (given or close(g, &link)):
                    judge_pair(tables, patterns, judge, g, list, heads[k], heads[i], s, sums, &summed, &other)
                # of two parties that a caller has marked something is told, however unlikely; of three it may be of others
                if verdict.probability < least and other.probability < least and not (given and n == 2 and (verdict.kind >= 0 or other.kind >= 0)):
                    continue
                # a pattern that tells the same is better; one that tells something else may yet turn out to tell what did not happen
                if kind == (verdict.kind if verdict.probability >= other.probability else other.kind):
                    continue
                if verdict.probability >= other.probability:
                    find_link(g, heads[i], heads[k], &link)
                    trigger = evidence_word(g, &link, heads[i], heads[k], patterns, judge, verdict.kind)
                    if trigger >= 0 and not store_pair(list, judge, doc, trigger, verdict.kind, heads[i], heads[k], verdict.probability, given):
                        return False
                else:
                    find_link(g, heads[k], heads[i], &link)
                    trigger = evidence_word(g, &link, heads[k], heads[i], patterns, judge, other.kind)
                    if trigger >= 0 and not store_pair(list, judge, doc, trigger, other.kind, heads[k], heads[i], other.probability, given):
                        return False
    return True


cdef class Relations:
    """The learned judge's weights, mapped as they lie."""

    def __init__(self, blob):
        self.blob = blob
        self.views = []
        self.tables.keys = <const uint32_t*>self.section("relations.keys")
        self.tables.rows = <const uint32_t*>self.section("relations.rows")
        self.tables.weights = <const int8_t*>self.section("relations.weights")
        self.tables.bias = <const int32_t*>self.section("relations.bias")
        self.tables.mask = <uint64_t>(blob.shape("relations.keys")[0] - 1)
        self.tables.scale = blob.meta["scale"]
        self.tables.threshold = blob.meta["threshold"]
        self.tables.given_threshold = blob.meta["given_threshold"]

    cdef const void* section(self, str name) except NULL:
        view = self.blob[name]
        self.views.append(view)
        return address(view)
