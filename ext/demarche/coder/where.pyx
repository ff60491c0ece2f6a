"""Where an act happened: the place of its own clause, not any place of the sentence."""
from libc.stdint cimport int32_t

from demarche._native.arguments cimport WHO_NAME, WHO_PLACE, is_form
from demarche._native.document cimport Doc
from demarche._native.gazetteer cimport MENTION_CAPITAL, MENTION_ENTITY, MENTION_SEAT, MENTION_STATE, Mention
from demarche._native.labels cimport DEP_CASE, DEP_COMPOUND, DEP_FLAT, DEP_NMOD, DEP_OBL, UPOS_NOUN, UPOS_PROPN
from demarche._native.mend cimport is_calendar_word
from demarche._native.read cimport Reading
from demarche.coder.clauses cimport steps_below
from demarche.coder.parties cimport Parties


# Nouns that a place's name goes with.
cdef frozenset PLACE_NOUNS = frozenset((
    "province", "region", "district", "town", "city", "village", "state", "county", "department", "governorate", "prefecture", "municipality", "valley", "island",
    "port", "suburb", "neighbourhood", "neighborhood", "area", "camp", "township", "border", "crossing", "peninsula", "archipelago", "airport", "base", "strait",
    "gulf", "river", "mountain", "shoal", "sea", "coast", "forest", "oblast", "stadium", "square", "prison"))


cdef class PlacedPlace:
    """A place and the words that name it: its head token, first token, token after the last."""


def token_of(PlacedPlace placed not None):
    """Where it stands, for sorting."""
    return placed.token


cdef bint is_locative(const Doc* doc, int32_t case) noexcept nogil:
    return (is_form(doc, case, b"in") or is_form(doc, case, b"at") or is_form(doc, case, b"near") or is_form(doc, case, b"outside") or is_form(doc, case, b"around")
            or is_form(doc, case, b"off") or is_form(doc, case, b"inside"))


cdef class Places:
    """The places of one reading: states, capitals and seats where they stand for places, and unknown names after "in", "at" or "near"."""

    def __cinit__(self, Reading reading not None, Parties parties not None):
        cdef const Mention* m
        cdef int32_t head
        cdef PlacedPlace placed
        self.reading = reading
        self.placed, self.by_sentence = [], {}
        for head in parties.mention_heads_:
            m = &reading.mentions_.items[parties.mention_of[head]]
            if reading.acts_.who[head] == WHO_PLACE and (m.kind == MENTION_STATE or m.kind == MENTION_CAPITAL or m.kind == MENTION_SEAT
                                                         or m.kind == MENTION_ENTITY):
                known = parties.knowledge.entity(m.entity)
                placed = PlacedPlace.__new__(PlacedPlace)
                placed.name = parties.text_of(m.first, m.last) if m.kind == MENTION_CAPITAL or m.kind == MENTION_SEAT else known.name
                placed.country, placed.token, placed.first, placed.last = known.country, head, m.first, m.last
                self.keep(placed)
        for head in range(<int32_t>reading.doc.n_tokens):
            if reading.doc.tokens[head].deprel == DEP_CASE and reading.doc.tokens[head].head > head and is_locative(&reading.doc, head):
                self.add_unknown(parties, reading.doc.tokens[head].head)
        self.placed.sort(key=token_of)

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
        placed.name, placed.country, placed.token = parties.name_words(name), "", token
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
