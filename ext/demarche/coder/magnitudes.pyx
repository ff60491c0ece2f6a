"""Numbers of people: "at least 12 were killed", "hundreds of marchers", "nobody was hurt", "left three dead".

"Hundreds" is 100 to 999, "at least 12" is 12 and open above, "up to 12" is 1 to 12. A number belongs to the act whose word tells it, else to the
nearest fitting act of its sentence, else to the last one of the sentence before.
"""
from libc.stdint cimport int32_t, int64_t, uint32_t

from demarche._native.arguments cimport REL_OBJECT, REL_SUBJECT, Arguments, Grammar, first_argument, has_case, is_form, verb_arguments
from demarche._native.document cimport Doc, Token, hash_bytes
from demarche._native.labels cimport (
    DEP_ACL, DEP_AMOD, DEP_COMPOUND, DEP_DET, DEP_NMOD, DEP_NUMMOD, DEP_OBJ, UPOS_ADJ, UPOS_NOUN, UPOS_PRON, UPOS_PROPN, UPOS_VERB, XPOS_CD, XPOS_NN)
from demarche._native.tree cimport child_with
from demarche._native.read cimport Reading
from demarche.coder.drafts cimport Draft
from demarche.coder.parties cimport Party

cdef enum:
    KILLED = 1
    INJURED = 2
    ARRESTED = 3
    DISPLACED = 4
    CROWD = 5
    OPEN = -1
    BILLION = 1000000000

# Lemmas and what they tell of their object (verbs), of what they belong to (nouns) or of what they describe (adjectives).
cdef dict TELLING = {
    "kill": KILLED, "slay": KILLED, "murder": KILLED, "massacre": KILLED, "execute": KILLED, "behead": KILLED, "slaughter": KILLED, "die": KILLED,
    "perish": KILLED, "dead": KILLED, "death": KILLED, "killing": KILLED, "fatality": KILLED, "murdered": KILLED, "slain": KILLED,
    "wound": INJURED, "injure": INJURED, "hurt": INJURED, "maim": INJURED, "injured": INJURED, "wounded": INJURED, "injury": INJURED, "casualty": INJURED,
    "arrest": ARRESTED, "detain": ARRESTED, "jail": ARRESTED, "imprison": ARRESTED, "detention": ARRESTED, "capture": ARRESTED, "round": ARRESTED,
    "displace": DISPLACED, "uproot": DISPLACED, "evacuate": DISPLACED, "flee": DISPLACED, "homeless": DISPLACED}
cdef dict BY_HASH = {hash_bytes(word.encode(), len(word), 0): kind for word, kind in TELLING.items()}
cdef dict QUANTITIES = {"hundred": (100, 999), "thousand": (1000, 9999), "dozen": (24, 99), "score": (40, 99), "ten": (20, 99), "million": (1000000, 9999999),
                        "several": (3, 9), "few": (2, 5), "couple": (2, 2), "handful": (3, 6)}
cdef dict NUMBERS = {word: n for n, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split())}
NUMBERS.update({word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)})
cdef dict FACTORS = {"hundred": 100, "thousand": 1000, "million": 1000000, "dozen": 12}
cdef dict TYPES_OF = {KILLED: ("ASSAULT",), INJURED: ("ASSAULT", "PROTEST"), ARRESTED: ("COERCE", "PROTEST"), DISPLACED: ("ASSAULT", "COERCE"), CROWD: ("PROTEST",)}


cdef class Magnitude:
    """One number of people, with its words."""


cdef int64_t value_of(Reading reading, int32_t token) except -2:
    """Of a number in digits or words; -1 where it is none."""
    cdef str word = reading.norm(token).replace(",", "")
    cdef int64_t total = -1
    cdef str part
    if word.isdecimal():
        return int(word) if len(word) < 10 else -1
    for part in word.split("-"):
        if part in NUMBERS:
            total = max(total, 0) + <int64_t>NUMBERS[part]
        elif part in FACTORS:
            total = max(total, 1) * <int64_t>FACTORS[part]
        else:
            return -1
    return total


cdef bint before(const Doc* doc, int32_t token, const char* word, int32_t reach) noexcept nogil:
    """Whether a word stands among the few before a token in its sentence."""
    cdef int32_t i
    for i in range(token - 1, max(token - 1 - reach, <int32_t>doc.sentences[doc.tokens[token].sentence].first - 1), -1):
        if is_form(doc, i, word):
            return True
    return False


cdef Magnitude make(Reading reading, int kind, int64_t low, int64_t high, int32_t first, int32_t last, int32_t word):
    """The number with what stands right before it taken into account; None where it is out of range."""
    cdef const Doc* doc = &reading.doc
    cdef Magnitude found = Magnitude.__new__(Magnitude)
    if low < 0 or low > BILLION or high > BILLION:
        return None
    found.kind, found.low, found.high, found.first, found.last, found.word = kind, <int32_t>low, <int32_t>high, first, last, word
    if before(doc, first, b"least", 1):
        found.high = OPEN
        found.first -= 2
    elif before(doc, first, b"than", 1) and (before(doc, first, b"more", 2) or before(doc, first, b"fewer", 2) or before(doc, first, b"less", 2)):
        if before(doc, first, b"more", 2):
            found.low, found.high = found.low + (low == high), OPEN
        else:
            found.low, found.high = 0, max(0, found.high - 1)
        found.first -= 2
    elif before(doc, first, b"a", 1):
        found.first -= 1
    elif before(doc, first, b"over", 1):
        found.low, found.high = found.low + 1, OPEN
        found.first -= 1
    elif before(doc, first, b"to", 1) and before(doc, first, b"up", 2) or before(doc, first, b"as", 1) and before(doc, first, b"many", 2):
        found.low = min(1, found.high)
        found.first -= 2
    found.first = max(found.first, <int32_t>doc.sentences[doc.tokens[first].sentence].first)
    return found


cdef Magnitude count(Reading reading, int32_t noun, int kind, int32_t word):
    """How many a noun speaks of: its number, its "hundreds of", its article; None where it does not say."""
    cdef const Doc* doc = &reading.doc
    cdef const Token* t = &doc.tokens[noun]
    cdef int32_t c, up
    cdef int64_t n, factor
    cdef tuple range_
    cdef Grammar g
    g.doc, g.tree, g.who, g.light = doc, &reading.acts_.tree, reading.acts_.who, reading.acts_.light
    if is_form(doc, noun, b"nobody") or is_form(doc, noun, b"none"):
        return make(reading, kind, 0, 0, noun, noun + 1, word)
    if t.xpos == XPOS_CD:
        n = value_of(reading, noun)
        return make(reading, kind, n, n, noun, noun + 1, word) if n >= 0 else None
    c = g.tree.first_child[noun]
    while c >= 0:
        if doc.tokens[c].deprel == DEP_NUMMOD:
            n = value_of(reading, c)
            if n >= 0:
                up = g.tree.first_child[c]
                while up >= 0:
                    if doc.tokens[up].deprel == DEP_COMPOUND or doc.tokens[up].deprel == DEP_NUMMOD:
                        factor = value_of(reading, up)        # "2 million", "twelve hundred"
                        n = n * factor if factor > 0 else n
                    up = g.tree.next_sibling[up]
                return make(reading, kind, n, n, c, c + 1, word)
        elif (doc.tokens[c].deprel == DEP_DET or doc.tokens[c].deprel == DEP_AMOD) and c < noun:
            if is_form(doc, c, b"no"):
                return make(reading, kind, 0, 0, c, noun + 1, word)
            range_ = QUANTITIES.get(reading.lemma(c))
            if range_ is not None and reading.lemma(c) in FACTORS:
                return many(reading, c, kind, word)
            if range_ is not None:
                return make(reading, kind, range_[0], range_[1], c, c + 1, word)
        c = g.tree.next_sibling[c]
    range_ = QUANTITIES.get(reading.lemma(noun)) if t.upos == UPOS_NOUN else None
    if range_ is not None:
        return many(reading, noun, kind, word)
    if t.deprel == DEP_NMOD and has_case(&g, noun, b"of") and t.head >= 0:
        up = t.head
        if doc.tokens[up].xpos == XPOS_CD:
            n = value_of(reading, up)
            return make(reading, kind, n, n, up, up + 1, word) if n >= 0 else None
        if reading.lemma(up) in QUANTITIES:
            return many(reading, up, kind, word)
    c = child_with(g.tree, doc, noun, DEP_DET)
    if t.xpos == XPOS_NN and c >= 0 and (is_form(doc, c, b"a") or is_form(doc, c, b"an")) and is_person_noun(reading, noun):
        return make(reading, kind, 1, 1, c, noun + 1, word)
    return None


cdef bint is_person_noun(Reading reading, int32_t noun) except -1:
    """Whether a singular noun may be one person: not a group ("family", "village") or a thing ("convoy")."""
    cdef str lemma = reading.lemma(noun)
    return lemma.endswith(("er", "or", "ist", "man", "woman", "person", "ian", "ant", "ent")) or lemma in (
        "child", "boy", "girl", "civilian", "student", "soldier", "policeman", "teenager", "guard", "nurse", "priest", "deputy", "journalist", "activist")


cdef Magnitude many(Reading reading, int32_t quantity, int kind, int32_t word):
    """ "hundreds", "tens of thousands", "a dozen", "two dozen"."""
    cdef const Doc* doc = &reading.doc
    cdef tuple range_ = QUANTITIES[reading.lemma(quantity)]
    cdef int64_t low = range_[0], high = range_[1], n
    cdef int32_t first = quantity, up = doc.tokens[quantity].head, c = child_with(&reading.acts_.tree, doc, quantity, DEP_NUMMOD)
    cdef str lemma = reading.lemma(quantity)
    cdef int32_t article = child_with(&reading.acts_.tree, doc, quantity, DEP_DET)
    if c >= 0 and lemma in FACTORS:
        n = value_of(reading, c)
        return make(reading, kind, n * <int64_t>FACTORS[lemma], n * <int64_t>FACTORS[lemma], c, quantity + 1, word) if n >= 0 else None
    if article < 0 and before(doc, quantity, b"a", 1):
        article = quantity - 1      # hung on the noun: "a dozen soldiers"
    if article >= 0 and lemma in FACTORS and (is_form(doc, article, b"a") or is_form(doc, article, b"an")):
        return make(reading, kind, FACTORS[lemma], FACTORS[lemma], article, quantity + 1, word)
    if up >= 0 and doc.tokens[quantity].deprel == DEP_NMOD and reading.lemma(up) in QUANTITIES:
        # "tens of thousands": the one counts the other
        if reading.lemma(up) == "ten":
            low, high = 10 * low, 10 * high + 9
        elif reading.lemma(up) in FACTORS:
            low, high = low * <int64_t>FACTORS[reading.lemma(up)], (high + 1) * <int64_t>FACTORS[reading.lemma(up)] * 10 - 1
        first = up
    return make(reading, kind, low, high, first, quantity + 1, word)


cdef list find_in_sentence(Reading reading, uint32_t sentence):
    """The numbers that the words of one sentence tell."""
    cdef const Doc* doc = &reading.doc
    cdef int32_t i, victim
    cdef Grammar g
    cdef Arguments arguments
    cdef list found = []
    g.doc, g.tree, g.who, g.light = doc, &reading.acts_.tree, reading.acts_.who, reading.acts_.light
    for i in range(<int32_t>doc.sentences[sentence].first, <int32_t>doc.sentences[sentence].last):
        if doc.tokens[i].upos != UPOS_VERB and doc.tokens[i].upos != UPOS_NOUN and doc.tokens[i].upos != UPOS_ADJ:
            continue
        kind = BY_HASH.get(doc.tokens[i].lemma_hash)
        if kind is None:
            continue
        victim = -1
        if doc.tokens[i].upos == UPOS_VERB:
            verb_arguments(&g, i, &arguments, 3)
            victim = first_argument(&arguments, REL_SUBJECT if is_suffered(reading, i) else REL_OBJECT)
        elif doc.tokens[i].upos == UPOS_NOUN:
            victim = i if child_with(g.tree, doc, i, DEP_NUMMOD) >= 0 else of_complement(&g, i)
        elif doc.tokens[i].deprel == DEP_AMOD or doc.tokens[i].deprel == DEP_ACL:
            victim = doc.tokens[i].head
        elif child_with(g.tree, doc, i, DEP_NUMMOD) >= 0:
            victim = i                                        # "left 12 dead"
        elif doc.tokens[i].head >= 0:
            victim = child_with(g.tree, doc, doc.tokens[i].head, DEP_OBJ)
        if victim >= 0:
            number = count(reading, victim, <int>kind, i)
            if number is not None:
                found.append(number)
    return found


cdef bint is_suffered(Reading reading, int32_t verb) except -1:
    """Verbs whose subject suffers: to die, to perish, to flee."""
    return reading.lemma(verb) in ("die", "perish", "flee")


cdef int32_t of_complement(const Grammar* g, int32_t noun) noexcept nogil:
    cdef int32_t c = g.tree.first_child[noun]
    while c >= 0:
        if g.doc.tokens[c].deprel == DEP_NMOD and has_case(g, c, b"of"):
            return c
        c = g.tree.next_sibling[c]
    return -1


def attach_magnitudes(Reading reading not None, list drafts not None):
    """Gives the drafts that become events their numbers (`Draft.magnitudes`)."""
    cdef Draft draft, best
    cdef Magnitude number
    cdef dict by_sentence = {}
    cdef int32_t s
    cdef Party party
    for draft in drafts:
        if not draft.dropped and (draft.type == "ASSAULT" or draft.type == "COERCE" or draft.type == "PROTEST"):
            by_sentence.setdefault(draft.sentence, []).append(draft)
    for s in sorted({t for sentence in by_sentence for t in (sentence, sentence + 1)}):
        if s < <int32_t>reading.doc.n_sentences:
            for number in find_in_sentence(reading, s):
                best = taker(number, by_sentence.get(s, ()), by_sentence.get(s - 1, ()))
                if best is not None and number.kind not in best.magnitudes:
                    best.magnitudes[number.kind] = number
    for draft in drafts:
        if not draft.dropped and draft.type == "PROTEST" and draft.actors:
            for party in draft.actors:
                s = head_of(reading, party)
                number = count(reading, s, CROWD, draft.trigger) if s >= 0 else None
                if number is not None and number.low != 1:
                    draft.magnitudes[CROWD] = number
                    break


cdef int32_t head_of(Reading reading, Party party) noexcept:
    """The word of a party's phrase that hangs outside."""
    cdef int32_t i, head
    for i in range(party.first, party.last):
        head = reading.doc.tokens[i].head
        if head < party.first or head >= party.last:
            return i
    return -1


cdef Draft taker(Magnitude number, object here, object before_):
    cdef Draft draft, best = None
    cdef tuple types = TYPES_OF[number.kind]
    for draft in here:
        if draft.trigger == number.word or draft.clause == number.word:
            return draft
        if draft.type in types and (best is None or abs(draft.trigger - number.word) < abs(best.trigger - number.word)):
            best = draft
    if best is None:
        for draft in before_:
            if draft.type == types[0]:
                best = draft
    return best
