"""From drafts and resolved words to the messages of the contract, as bytes. The field numbers are those of proto/demarche/v1."""
import hashlib

from libc.math cimport exp
from libc.stdint cimport int32_t, uint32_t

from demarche._native.acts cimport REALIS_FUTURE, REALIS_HISTORICAL, REALIS_ONGOING, STANDING_REPORTED
from demarche._native.document cimport Doc, Sentence
from demarche._native.read cimport Reading
from demarche.coder.contexts cimport About
from demarche.coder.drafts cimport Draft
from demarche.coder.magnitudes cimport Magnitude
from demarche.coder.offsets cimport Offsets
from demarche.coder.parties cimport Parties, Party
from demarche.coder.when cimport PlacedTime, Times, is_history
from demarche.coder.where cimport PlacedPlace, Places
from demarche.coder.wire cimport Wire

# demarche.v1.Precision
cdef dict PRECISION = {"day": 1, "week": 2, "month": 3, "season": 4, "year": 5, "decade": 6}
cdef enum:
    DAY = 1
    PERIOD = 7


cdef class Report:
    """One document on its way to its message: everything that its parts are written from."""
    cdef Reading reading
    cdef Parties parties
    cdef Times times
    cdef Places places
    cdef Offsets offsets
    cdef object published
    cdef bytes today          # the When of acts that no words date
    cdef Wire wire

    def __cinit__(self, Reading reading not None, Parties parties not None, Offsets offsets not None, Times times, Places places, published):
        self.reading, self.parties, self.offsets, self.times, self.places = reading, parties, offsets, times, places
        self.published, self.wire = published, Wire()

    cdef int span(self, int field, uint32_t start, uint32_t end) except -1:
        """A Span, from bytes."""
        cdef size_t mark = self.wire.begin(field)
        self.wire.number(1, self.offsets.to_unit(start))
        self.wire.number(2, self.offsets.to_unit(end))
        return self.wire.end(mark)

    cdef int token_span(self, int field, int32_t first, int32_t last) except -1:
        return self.span(field, self.reading.doc.tokens[first].start, self.reading.doc.tokens[last - 1].end)

    cdef int attribution_span(self, Party speaker, int32_t says) except -1:
        """From the speaker to the verb of saying, whichever comes first; the verb alone where they stand in different sentences."""
        cdef bint together = self.reading.doc.tokens[speaker.first].sentence == self.reading.doc.tokens[says].sentence
        return self.token_span(4, min(speaker.first, says) if together else says, max(speaker.last, says + 1) if together else says + 1)

    cdef int sentences(self, int field) except -1:
        cdef uint32_t i
        cdef size_t mark
        cdef const Sentence* sentence
        for i in range(self.reading.doc.n_sentences):
            sentence = &self.reading.doc.sentences[i]
            mark = self.wire.begin(field)
            self.span(1, sentence.start, sentence.end)
            self.wire.number(2, sentence.paragraph)
            self.wire.end(mark)
        return 0

    cdef int participant(self, int field, Party party) except -1:
        cdef Wire wire = self.wire
        cdef size_t mark
        cdef str sector
        if party.wire is not None:
            return wire.message(field, party.wire)
        mark = wire.begin(field)
        self.token_span(1, party.first, party.last)
        wire.text(2, self.parties.text_of(party.first, party.last))
        wire.text(3, party.entity_id)
        wire.text(4, party.name)
        wire.text(5, party.country)
        for sector in party.sectors:
            wire.item(6, sector)
        wire.text(7, party.role)
        wire.text(8, party.cameo)
        wire.number(9, party.count)
        party.wire = wire.since(mark)
        return wire.end(mark)

    cdef int date(self, int field, object day) except -1:
        cdef size_t mark
        if day is not None:
            mark = self.wire.begin(field)
            self.wire.number(1, day.year)
            self.wire.number(2, day.month)
            self.wire.number(3, day.day)
            self.wire.end(mark)
        return 0

    cdef int when(self, int field, PlacedTime placed) except -1:
        """The time of a phrase."""
        cdef size_t mark
        if placed.wire is not None:
            return self.wire.message(field, placed.wire)
        phrase = placed.phrase
        mark = self.wire.begin(field)
        self.date(1, phrase.first)
        self.date(2, phrase.last)
        self.wire.number(3, PRECISION.get(phrase.precision, PERIOD))
        self.wire.number(4, phrase.approximate)
        self.span(5, placed.start, placed.end)
        self.wire.text(6, phrase.text)
        placed.wire = self.wire.since(mark)
        return self.wire.end(mark)

    cdef int dated_by_report(self, int field) except -1:
        """Without a phrase a past act is dated by the report."""
        cdef size_t mark
        if self.today is not None:
            return self.wire.message(field, self.today)
        mark = self.wire.begin(field)
        self.date(1, self.published)
        self.date(2, self.published)
        self.wire.number(3, DAY)
        self.wire.number(4, 1)
        self.today = self.wire.since(mark)
        return self.wire.end(mark)

    cdef int place(self, int field, PlacedPlace placed) except -1:
        cdef size_t mark = self.wire.begin(field)
        self.wire.text(1, placed.name)
        self.wire.text(2, placed.country)
        if placed.located is not None:
            self.wire.text(3, placed.located.admin1)
            self.wire.real(4, placed.located.latitude)
            self.wire.real(5, placed.located.longitude)
            self.wire.number(6, placed.located.geonames_id)
        self.token_span(7, placed.first, placed.last)
        self.wire.text(8, self.parties.text_of(placed.first, placed.last))
        return self.wire.end(mark)

    cdef int entities(self, int field) except -1:
        """Every political actor of the report with its mentions, in order of first mention."""
        cdef dict found = {}
        cdef Party party
        cdef list mentions
        cdef int32_t head
        cdef str sector
        cdef size_t mark
        for head in self.parties.mention_heads_:
            party = self.parties.get(head)
            if party is not None and (party.entity_id or party.country):
                found.setdefault(party.get_key(), []).append(party)
        for mentions in found.values():
            party = mentions[0]
            mark = self.wire.begin(field)
            self.wire.text(1, party.entity_id)
            self.wire.text(2, party.name)
            self.wire.text(3, party.country)
            for sector in party.sectors:
                self.wire.item(4, sector)
            self.wire.text(5, party.role)
            for party in mentions:
                self.token_span(6, party.first, party.last)
            self.wire.end(mark)
        return 0

    cdef int magnitudes(self, int field, dict numbers) except -1:
        cdef size_t mark = self.wire.begin(field), inner
        cdef Magnitude number
        for kind in sorted(numbers):
            number = numbers[kind]
            inner = self.wire.begin(number.kind)
            if number.low >= 0:
                self.wire.present(1, number.low)
            if number.high >= 0:
                self.wire.present(2, number.high)
            self.token_span(3, number.first, number.last)
            self.wire.text(4, self.parties.text_of(number.first, number.last))
            self.wire.end(inner)
        return self.wire.end(mark)

    cdef int event(self, int field, Draft draft, str id_, str parent, tuple scales, About about) except -1:
        cdef Wire wire = self.wire
        cdef const Doc* doc = &self.reading.doc
        cdef size_t mark, inner
        cdef Py_ssize_t i
        cdef Party party
        cdef PlacedTime when = self.times.find(draft.trigger, draft.clause, draft.realis == REALIS_FUTURE), said
        cdef PlacedPlace where = self.places.find(draft.trigger, draft.clause)
        cdef str mode
        if draft.realis < REALIS_HISTORICAL and is_history(when, self.published):
            draft.realis = REALIS_HISTORICAL
        mark = wire.begin(field)
        wire.text(1, id_)
        wire.text(2, draft.type)
        for mode in draft.modes:
            wire.item(3, mode)
        for mode in about.contexts(draft):
            wire.item(4, mode)
        wire.text(5, draft.cameo)
        wire.number(6, scales[0])
        wire.real(7, scales[1])
        wire.real(8, scales[2])
        for party in draft.actors:
            self.participant(9, party)
        for party in draft.recipients:
            self.participant(10, party)
        for party in draft.third:
            self.participant(11, party)
        wire.number(12, draft.realis)
        wire.number(13, draft.standing)
        for i in range(len(draft.says)):
            inner = wire.begin(14)
            self.participant(1, <Party>draft.speakers[i])
            if draft.listeners[i] is not None:
                self.participant(2, <Party>draft.listeners[i])
            said = self.times.find(draft.says[i], draft.says[i], False)
            if said is not None:
                self.when(3, said)
            self.attribution_span(<Party>draft.speakers[i], draft.says[i])
            wire.end(inner)
        if when is not None:
            self.when(15, when)
        elif self.published is not None and draft.realis <= REALIS_ONGOING:
            self.dated_by_report(15)
        if where is not None:
            self.place(16, where)
        if draft.magnitudes:
            self.magnitudes(17, draft.magnitudes)
        wire.text(18, parent)
        inner = wire.begin(19)
        wire.number(1, draft.sentence)
        self.span(2, doc.tokens[draft.trigger].start, doc.tokens[draft.trigger].end)
        wire.text(3, draft.pattern_id)
        wire.end(inner)
        wire.real(20, confidence(draft, doc))
        return wire.end(mark)


cdef class MessageWriter:
    """Writes the messages of one coder: what is the same for all its documents is kept here."""
    cdef object ontology
    cdef str stamp
    cdef bytes versions
    cdef dict scales_

    def __cinit__(self, ontology, str stamp not None, bytes versions not None):
        """`stamp` and `versions` (a Versions message): what events are identified and documents marked with."""
        self.ontology, self.stamp, self.versions, self.scales_ = ontology, stamp, versions, {}

    cdef tuple scales(self, Draft draft):
        """Quad class, Goldstein value and PLOVER score."""
        cdef tuple key = (draft.type, draft.cameo, *draft.modes)
        found = self.scales_.get(key)
        if found is None:
            found = (self.ontology.quad_class(draft.type), self.ontology.goldstein(draft.cameo) if draft.cameo else 0.0,
                     self.ontology.plover_score(draft.type, draft.modes))
            self.scales_[key] = found
        return found

    def coded_document(self, str document_id, str text, Reading reading, Parties parties, Times times, Places places, Offsets offsets,
                       list drafts, About about not None, published, list diagnostics):
        """A CodedDocument as bytes. `diagnostics` are serialised Diagnostic messages."""
        cdef Report report = Report(reading, parties, offsets, times, places, published)
        cdef Wire wire = report.wire
        cdef Draft draft
        cdef list ids = []
        cdef Py_ssize_t i
        cdef PlacedTime time
        cdef PlacedPlace place
        cdef bytes diagnostic
        identity = hashlib.sha256(f"{document_id}\0{self.stamp}\0".encode())
        wire.text(1, document_id)
        wire.text(2, text)
        report.sentences(3)
        for draft in drafts:
            own = identity.copy()
            own.update(f"{draft.type}\0{reading.doc.tokens[draft.trigger].start}".encode())
            ids.append(own.hexdigest()[:20] if draft.content or not draft.dropped else "")
        for i in range(len(drafts)):
            draft = drafts[i]
            if not draft.dropped:
                report.event(4, draft, ids[i], ids[draft.parent] if draft.parent >= 0 else "", self.scales(draft), about)
        report.entities(5)
        for time in times.placed:
            report.when(6, time)
        for place in places.placed:
            report.place(7, place)
        for diagnostic in diagnostics:
            wire.message(8, diagnostic)
        wire.message(9, self.versions)
        for i in range(len(drafts)):
            draft = drafts[i]
            if draft.content and ids[draft.parent]:
                report.event(10, draft, ids[i], ids[draft.parent], self.scales(draft), about)
        return wire.since(0)

    def entities(self, int field, Reading reading, Parties parties, Offsets offsets):
        """Entity messages as bytes, a repeated field of that number."""
        cdef Report report = Report(reading, parties, offsets, None, None, None)
        report.entities(field)
        return report.wire.since(0)


cdef double confidence(Draft draft, const Doc* doc) except? -1:
    """The probability that an event is right in type and parties: the learned judge's own, which its folds have calibrated, or a logistic
    regression fitted on the reports coded by hand (tests/bench/calibration.py, which gives these weights and how they hold)."""
    cdef double odds = 2.76
    cdef Party party
    if draft.learned:
        return round(min(0.98, max(0.02, draft.probability)), 2)
    if not draft.actors:
        odds -= 1.26
    if not draft.recipients:
        odds -= 0.5
    for party in draft.actors + draft.recipients:
        if not (party.country or party.entity_id or party.sectors):
            odds -= 0.67
            break
    if len(draft.actors) + len(draft.recipients) > 3:
        odds -= 1.05
    if draft.sentence == 0 and doc.n_sentences > 1 and doc.sentences[1].paragraph:
        odds -= 1.93        # a headline
    if draft.realis > REALIS_HISTORICAL:
        odds -= 0.65
    if draft.standing > STANDING_REPORTED:
        odds -= 0.71
    if draft.type == "ASSAULT" or draft.type == "MOBILIZE" or draft.type == "THREATEN":
        odds -= 1.1
    elif draft.type == "RETREAT" or draft.type == "CONCEDE" or draft.type == "CONSULT":
        odds -= 0.74
    return round(1 / (1 + exp(-odds)), 2)
