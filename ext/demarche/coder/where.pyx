"""Where an act happened: the place of its own clause, not any place of the sentence."""
from libc.stdint cimport int32_t

from demarche._native.arguments cimport WHO_PLACE
from demarche._native.document cimport Doc
from demarche._native.gazetteer cimport MENTION_CAPITAL, MENTION_ENTITY, MENTION_SEAT, MENTION_STATE, Mention
from demarche._native.read cimport Reading
from demarche.coder.clauses cimport steps_below
from demarche.coder.parties cimport Parties


cdef class PlacedPlace:
    """A place and the words that name it: its head token, first token, token after the last."""


cdef class Places:
    """The places of one reading: states, capitals and seats where they stand for places."""

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
                self.placed.append(placed)
                self.by_sentence.setdefault(reading.doc.tokens[head].sentence, []).append(placed)

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
