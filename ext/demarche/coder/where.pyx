"""Where an act happened: the place of its own clause, not any place of the sentence."""
from libc.stdint cimport int32_t, uint8_t

from demarche._native.arguments cimport WHO_NAME, WHO_PLACE, is_form
from demarche._native.document cimport Doc
from demarche._native.gazetteer cimport MENTION_CAPITAL, MENTION_ENTITY, MENTION_SEAT, MENTION_STATE, Mention
from demarche._native.labels cimport DEP_APPOS, DEP_CASE, DEP_COMPOUND, DEP_CONJ, DEP_FLAT, DEP_NMOD, DEP_NMOD_DESC, DEP_NMOD_UNMARKED, DEP_NSUBJ, DEP_OBJ, DEP_OBL, UPOS_ADJ, UPOS_DET, UPOS_NOUN, UPOS_PROPN
from demarche._native.mend cimport is_calendar_word
from demarche._native.read cimport Reading
from demarche.coder.clauses cimport steps_below
from demarche.coder.parties cimport Parties, case_of

from demarche.knowledge.places import WORD_OF_REGION, Context, region_key

cdef enum:
    UNKNOWN_PLACE = -1      # for a kind of mention: the knowledge has no such actor
    LONGEST = 4             # words that are tried as one name to either side
    SMALL_TOWN = 15000      # inhabitants from which "in X" needs no more
    LARGE_TOWN = 50000      # inhabitants from which a name that may be something else does
    BESIDE = 6              # tokens after a place in which the country that it lies in is named

# Nouns that a place's name goes with.
cdef frozenset PLACE_NOUNS = frozenset((
    "province", "region", "district", "town", "city", "village", "state", "county", "department", "governorate", "prefecture", "municipality", "valley", "island",
    "port", "suburb", "neighbourhood", "neighborhood", "area", "camp", "township", "border", "crossing", "peninsula", "archipelago", "airport", "base", "strait",
    "gulf", "river", "mountain", "shoal", "sea", "coast", "forest", "oblast", "stadium", "square", "prison"))


# Words between a place and the country that it lies in: "Gao, in northern Mali".
cdef frozenset BETWEEN = frozenset((",", "in", "(", "'s", "’s"))
# Small words within the names of places.
cdef frozenset NAME_PARTS = frozenset(("al", "el", "ad", "as", "ar", "az", "da", "de", "do", "dos", "la", "las", "los", "le", "des", "du", "sur", "-", "'s", "’s"))


cdef class PlacedPlace:
    """A place and the words that name it: its head token, first token, token after the last."""


def token_of(PlacedPlace placed not None):
    """Where it stands, for sorting."""
    return placed.token


cdef bint is_locative(const Doc* doc, int32_t case) noexcept nogil:
    return (is_form(doc, case, b"in") or is_form(doc, case, b"at") or is_form(doc, case, b"near") or is_form(doc, case, b"outside") or is_form(doc, case, b"around")
            or is_form(doc, case, b"off") or is_form(doc, case, b"inside"))


cdef bint is_inside(const Doc* doc, int32_t case) noexcept nogil:
    """Whether a preposition puts an act into what follows it; "at" and "off" may go with an actor."""
    return case >= 0 and (is_form(doc, case, b"in") or is_form(doc, case, b"across") or is_form(doc, case, b"inside") or is_form(doc, case, b"near")
                          or is_form(doc, case, b"throughout"))


cdef bint is_locative_case(Reading reading, int32_t token):
    """Whether a noun, or the one that it goes with, follows a preposition of place."""
    cdef int32_t case = case_of(reading, token)
    if case < 0 and reading.doc.tokens[token].head >= 0 and reading.doc.tokens[token].deprel != DEP_NSUBJ:
        if reading.lemma(reading.doc.tokens[token].head) in PLACE_NOUNS:
            return True     # "the outskirts of the port of X", "Kachin State"
        case = case_of(reading, reading.doc.tokens[token].head)
    return case >= 0 and (is_locative(&reading.doc, case) or is_inside(&reading.doc, case))


cdef bint is_placed_word(const Doc* doc, int32_t token) noexcept nogil:
    """Whether a proper name stands where a place may: after a preposition, as an object, before a noun, inside a longer name."""
    cdef uint8_t d = doc.tokens[token].deprel
    return (d == DEP_OBL or d == DEP_NMOD or d == DEP_COMPOUND or d == DEP_OBJ or d == DEP_CONJ or d == DEP_FLAT or d == DEP_APPOS
            or d == DEP_NMOD_UNMARKED or d == DEP_NMOD_DESC)


cdef bint is_vouched(place, context, bint locative, bint long_name):
    """Whether enough says that a name is this place and no person or firm: its country, a word of place, or its size."""
    return (place.country in context.sentence or place.country in context.shares or context.called_region or bool(context.beside) and place.country in context.beside
            or place.country == context.known or place.inhabitants >= (SMALL_TOWN if locative or long_name else LARGE_TOWN) or place.is_region and locative)


cdef class Places:
    """The places of one reading: states, capitals and seats where they stand for places, and unknown names after "in", "at" or "near".
    `gazetteer`: knowledge.places.Gazetteer, which says where towns and regions lie."""

    def __cinit__(self, Reading reading not None, Parties parties not None, gazetteer):
        cdef const Mention* m
        cdef int32_t head
        cdef PlacedPlace placed
        self.reading, self.parties = reading, parties
        self.placed, self.by_sentence = [], {}
        for head in parties.mention_heads_:
            m = &reading.mentions_.items[parties.mention_of[head]]
            if (reading.acts_.who[head] == WHO_PLACE or is_inside(&reading.doc, case_of(reading, head))) and (m.kind == MENTION_STATE or m.kind == MENTION_CAPITAL or m.kind == MENTION_SEAT
                                                         or m.kind == MENTION_ENTITY):
                known = parties.knowledge.entity(m.entity)
                if m.kind == MENTION_ENTITY and known.kind != "place" and reading.acts_.who[head] != WHO_PLACE:
                    continue
                placed = PlacedPlace.__new__(PlacedPlace)
                placed.name = parties.text_of(m.first, m.last) if m.kind == MENTION_CAPITAL or m.kind == MENTION_SEAT else known.name
                placed.country, placed.token, placed.first, placed.last, placed.kind = known.country, head, m.first, m.last, m.kind
                self.keep(placed)
        for head in range(<int32_t>reading.doc.n_tokens):
            if reading.doc.tokens[head].deprel == DEP_CASE and reading.doc.tokens[head].head > head and is_locative(&reading.doc, head):
                self.add_unknown(parties, reading.doc.tokens[head].head)
        around = self.around(parties)
        for head in range(<int32_t>reading.doc.n_tokens):
            if reading.doc.tokens[head].upos == UPOS_PROPN and is_placed_word(&reading.doc, head):
                self.add_named(parties, gazetteer, head, around)
        self.placed.sort(key=token_of)
        self.locate(parties, gazetteer, self.around(parties))

    cdef tuple around(self, Parties parties):
        """How often the report speaks of each country, and in which sentences; a place that it has found already counts too."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t head
        cdef PlacedPlace placed
        cdef dict shares = {}, countries = {}
        cdef const Mention* m
        for head in parties.mention_heads_:
            m = &self.reading.mentions_.items[parties.mention_of[head]]
            if m.entity >= 0:
                country = parties.knowledge.entity(m.entity).country
                if country:
                    shares[country] = shares.get(country, 0) + 1
                    countries.setdefault(doc.tokens[head].sentence, set()).add(country)
        for placed in self.placed:
            if placed.located is not None and placed.kind == UNKNOWN_PLACE and (placed.located.is_region or placed.located.inhabitants >= LARGE_TOWN):
                shares[placed.country] = shares.get(placed.country, 0) + 1
                countries.setdefault(doc.tokens[placed.token].sentence, set()).add(placed.country)
        return shares, countries

    cdef object context(self, Parties parties, PlacedPlace placed, tuple around):
        cdef dict counts = dict(around[0])
        cdef str own = ""
        cdef int32_t mention = self.parties.mention_of[placed.token]
        sentence = around[1].get(self.reading.doc.tokens[placed.token].sentence, ())
        # a place says nothing of the country that it lies in itself: "Tripoli" is no evidence for Libya
        if placed.located is not None:
            own = placed.country if placed.kind == UNKNOWN_PLACE and (placed.located.is_region or placed.located.inhabitants >= LARGE_TOWN) else ""
        if mention >= 0 and self.reading.mentions_.items[mention].entity >= 0:
            own = self.parties.knowledge.entity(self.reading.mentions_.items[mention].entity).country
        if own in counts:
            counts[own] -= 1
            sentence = {country for country in sentence if country != own or counts[own] > 0}
        total = sum(counts.values()) or 1
        return Context({country: count / total for country, count in counts.items() if count > 0}, frozenset(sentence), self.beside(parties, placed),
                       self.called_region(placed), placed.country)

    cdef int locate(self, Parties parties, gazetteer, tuple around) except -1:
        """Where each place lies that is no country, by what the report says around it."""
        cdef PlacedPlace placed
        for placed in self.placed:
            if placed.kind != MENTION_STATE and gazetteer.candidates(placed.name):
                context = self.context(parties, placed, around)
                found = gazetteer.locate(placed.name, context)
                if found is not None:
                    placed.located, placed.country = found, found.country
        return 0

    cdef int add_named(self, Parties parties, gazetteer, int32_t token, tuple around) except -1:
        """A proper name that the gazetteer has, where a place may stand: "stormed Kunduz", "the outskirts of Maiduguri", "Kachin State".

        The longest run of words around it that is a name counts, so that "New York" is not York."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t first = token, last = token + 1, begin, end, mention
        cdef PlacedPlace placed, other
        cdef Mention* m
        mention = parties.mention_of[token]
        if mention >= 0:
            m = &self.reading.mentions_.items[mention]
            if m.kind != MENTION_CAPITAL and not (m.entity >= 0 and parties.knowledge.entity(m.entity).kind == "place"):
                return 0
        elif parties.title(token) is not None or is_calendar_word(doc, token):
            return 0
        while first > 0 and token - first < LONGEST and doc.tokens[first - 1].sentence == doc.tokens[token].sentence and self.in_name(first - 1):
            first -= 1
        while last < <int32_t>doc.n_tokens and last - token < LONGEST and doc.tokens[last].sentence == doc.tokens[token].sentence and self.in_name(last):
            last += 1
        for begin in range(first, token + 1):
            for end in range(last, token, -1):
                if end - begin > LONGEST:
                    continue
                name = parties.text_of(begin, end)
                if not name[:1].isupper() or not gazetteer.candidates(name):
                    continue
                placed = PlacedPlace.__new__(PlacedPlace)
                placed.name, placed.country, placed.token, placed.kind, placed.first, placed.last = name, "", token, UNKNOWN_PLACE, begin, end
                if mention >= 0:
                    placed.country = parties.knowledge.entity(self.reading.mentions_.items[mention].entity).country
                context = self.context(parties, placed, around)
                found = gazetteer.locate(name, context)
                if found is None or not is_vouched(found, context, is_locative_case(self.reading, token), end - begin > 1):
                    continue
                for other in self.by_sentence.get(doc.tokens[token].sentence, ()):
                    if other.first < end and begin < other.last:
                        if end - begin <= other.last - other.first and other.kind != UNKNOWN_PLACE:
                            return 0
                        # the same words, of which the gazetteer knows more
                        other.name, other.first, other.last = name, min(begin, other.first), max(end, other.last)
                        other.located, other.country = found, found.country
                        return 0
                placed.located, placed.country = found, found.country
                return self.keep(placed)
        return 0

    cdef bint in_name(self, int32_t token):
        """Whether a word may be a part of a place's name: a word with a capital, or "al", "da", a hyphen or 's between such."""
        return self.reading.doc.tokens[token].upos == UPOS_PROPN or self.reading.norm(token) in NAME_PARTS or self.parties.text_of(token, token + 1)[:1].isupper()

    cdef bint called_region(self, PlacedPlace placed):
        """ "Helmand province", "the state of Borno"."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t token = placed.first - 2 if placed.first >= 2 else 0
        while token <= placed.last and token < <int32_t>doc.n_tokens:
            if doc.tokens[token].sentence == doc.tokens[placed.token].sentence and self.reading.norm(token) in WORD_OF_REGION:
                return True
            token += 1
        return False

    cdef frozenset beside(self, Parties parties, PlacedPlace placed):
        """The countries and regions that stand with a place: "Tripoli, Lebanon", "Gao in northern Mali", "Cordoba, in Argentina's centre"."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t token = placed.last, end = min(placed.last + BESIDE, <int32_t>doc.n_tokens), mention
        cdef list found = []
        while token < end and doc.tokens[token].sentence == doc.tokens[placed.token].sentence:
            mention = parties.mention_of[token]
            if mention >= 0 and self.reading.mentions_.items[mention].entity >= 0:
                found.append(parties.knowledge.entity(self.reading.mentions_.items[mention].entity).country)
                break
            if doc.tokens[token].upos == UPOS_PROPN:
                found.append(region_key(self.reading.norm(token)))
            elif not (doc.tokens[token].upos == UPOS_ADJ or doc.tokens[token].upos == UPOS_DET or self.reading.norm(token) in BETWEEN
                      or self.reading.lemma(token) in PLACE_NOUNS):
                break
            token += 1
        return frozenset(found)

    cdef int keep(self, PlacedPlace placed) except -1:
        self.placed.append(placed)
        self.by_sentence.setdefault(self.reading.doc.tokens[placed.token].sentence, []).append(placed)
        return 0

    cdef int add_unknown(self, Parties parties, int32_t token) except -1:
        """ "in Arauca", "near the town of Datu Salim": a place that the knowledge does not have, by its name alone."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t name = token, c
        cdef PlacedPlace placed
        if doc.tokens[token].deprel != DEP_OBL and doc.tokens[token].deprel != DEP_NMOD or is_calendar_word(doc, token):
            return 0
        if self.reading.acts_.who[token] != WHO_NAME:
            if doc.tokens[token].upos != UPOS_NOUN or self.reading.lemma(token) not in PLACE_NOUNS:
                return 0
            name = -1
            c = self.reading.acts_.tree.first_child[token]
            while c >= 0:
                if doc.tokens[c].upos == UPOS_PROPN and parties.mention_of[c] < 0 and not is_calendar_word(doc, c) and (
                        doc.tokens[c].deprel == DEP_COMPOUND or doc.tokens[c].deprel == DEP_NMOD or doc.tokens[c].deprel == DEP_FLAT):
                    name = c
                c = self.reading.acts_.tree.next_sibling[c]
            if name < 0:
                return 0
        elif parties.title(token) is not None:
            return 0        # "in Mr Diop's view"
        placed = PlacedPlace.__new__(PlacedPlace)
        placed.name, placed.country, placed.token, placed.kind = parties.name_words(name), "", token, UNKNOWN_PLACE
        placed.first, placed.last = min(token, name), max(token, name) + 1
        return self.keep(placed)

    cdef PlacedPlace find(self, int32_t trigger, int32_t clause):
        """The place nearest below the act's trigger or clause; None without one."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t steps, least = -1, nearest = 0
        cdef PlacedPlace placed, best = None
        for placed in self.by_sentence.get(doc.tokens[trigger].sentence, ()):
            steps = steps_below(doc, placed.token, trigger, clause)
            if steps >= 0 and (best is None or steps < least or steps == least and abs(placed.token - trigger) < nearest):
                best, least, nearest = placed, steps, abs(placed.token - trigger)
        return best
