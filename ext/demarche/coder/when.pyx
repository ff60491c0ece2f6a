"""When an act happened: the time phrase of its own clause, else the day of the report."""
from datetime import timedelta

from libc.stdint cimport int32_t, uint8_t, uint32_t

from demarche._native.arguments cimport is_form
from demarche._native.document cimport Doc
from demarche._native.labels cimport DEP_ACL_RELCL, DEP_ADVCL, DEP_CONJ, UPOS_VERB, XPOS_VBG
from demarche._native.read cimport Reading
from demarche.coder.clauses cimport is_above, steps_below
from demarche.coder.offsets cimport Offsets

from demarche.coder.dates import find_times, resolve

cdef object YEAR = timedelta(days=365)
cdef enum:
    ANCHORED = 2      # sentences that "two days later" looks back for the day from which it counts
# "a day after the raid" counts from the raid, whatever day was named before
cdef tuple OF_ANOTHER = (" after", " before")


cdef PlacedTime make(object phrase, int32_t token, int32_t start, int32_t end, object anchor):
    cdef PlacedTime placed = PlacedTime.__new__(PlacedTime)
    placed.phrase, placed.token, placed.start, placed.end, placed.anchor = phrase, token, start, end, anchor
    return placed


cdef class PlacedTime:
    """A time phrase (dates.TimePhrase) and where it hangs: its head token, its bytes."""


cdef class Times:
    """The time phrases of one reading. `text` is what `code_points` counts in."""

    def __cinit__(self, Reading reading not None, str text, published, Offsets code_points not None):
        cdef int32_t token
        cdef uint32_t sentence, named_in = 0
        cdef object named = None, anchor
        self.reading, self.published = reading, published
        self.placed, self.by_sentence = [], {}
        for phrase in find_times(text, published):
            if phrase.kind == "frequency" or phrase.kind == "duration":
                continue
            token = reading.token_at(code_points.to_byte(phrase.head))
            if token >= 0:
                sentence, anchor = reading.doc.tokens[token].sentence, None
                if phrase.first is None and phrase.last is None and named is not None and sentence - named_in <= ANCHORED and not phrase.text.endswith(OF_ANOTHER):
                    anchor = named
                    phrase = resolve(phrase, published, None, anchor)
                elif phrase.precision == "day" and phrase.first is not None and phrase.first == phrase.last:
                    named, named_in = phrase.first, sentence
                placed = make(phrase, token, code_points.to_byte(phrase.start), code_points.to_byte(phrase.end), anchor)
                self.placed.append(placed)
                self.by_sentence.setdefault(sentence, []).append(placed)

    cdef PlacedTime find(self, int32_t trigger, int32_t clause, bint future):
        """The phrase that dates an act: the one nearest below its trigger or its clause; None without one."""
        cdef PlacedTime best = self.nearest(trigger, clause)
        if best is None:
            best = self.matrix_clause(clause)
            return best if best is not None else self.shared(clause)
        phrase = resolve(best.phrase, self.published, future or None, best.anchor)
        if phrase.first == best.phrase.first and phrase.last == best.phrase.last:
            return best
        return make(phrase, best.token, best.start, best.end, best.anchor)

    cdef PlacedTime nearest(self, int32_t trigger, int32_t clause):
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t steps, least = -1, nearest = 0
        cdef PlacedTime placed, best = None
        for placed in self.by_sentence.get(doc.tokens[trigger].sentence, ()):
            steps = steps_below(doc, placed.token, trigger, clause)
            if steps >= 0 and (best is None or steps < least or steps == least and abs(placed.token - trigger) < nearest):
                best, least, nearest = placed, steps, abs(placed.token - trigger)
        return best

    cdef PlacedTime shared(self, int32_t clause):
        """The time that a clause has from the one it continues: "fired on Monday and detained 34", "replied on Friday by ordering", "last week,
        when Peru left"."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t head = doc.tokens[clause].head, hops = 0
        cdef uint8_t d = doc.tokens[clause].deprel
        cdef PlacedTime placed
        while head >= 0 and hops < 3 and (d == DEP_CONJ or d == DEP_ADVCL and doc.tokens[clause].xpos == XPOS_VBG) and doc.tokens[head].upos == UPOS_VERB:
            placed = self.nearest(head, head)
            if placed is not None:
                return placed if placed.token < clause else None     # what comes later dates the later act alone
            clause, d, head = head, doc.tokens[head].deprel, doc.tokens[head].head
            hops += 1
        if head >= 0 and (d == DEP_ACL_RELCL or d == DEP_ADVCL):
            for placed in self.by_sentence.get(doc.tokens[clause].sentence, ()):
                if placed.token == head:
                    return placed
        return None

    cdef PlacedTime matrix_clause(self, int32_t clause):
        """ "40 years have passed since X did": the time of the clause that the act's clause only completes."""
        cdef const Doc* doc = &self.reading.doc
        cdef int32_t head = doc.tokens[clause].head, c = self.reading.acts_.tree.first_child[clause]
        cdef PlacedTime placed
        if head < 0 or doc.tokens[clause].deprel != DEP_ADVCL:
            return None
        while c >= 0 and not is_form(doc, c, b"since"):
            c = self.reading.acts_.tree.next_sibling[c]
        if c < 0:
            return None
        for placed in self.by_sentence.get(doc.tokens[clause].sentence, ()):
            if is_above(doc, placed.token, head):
                return placed
        return None


cdef bint is_history(PlacedTime placed, object published) except -1:
    """Whether the time lies so far back that the act is background: more than a year before the report."""
    return placed is not None and placed.phrase.last is not None and published is not None and placed.phrase.last < published - YEAR
