"""What a report is about: the contexts and topics that its words tell, by sentence and as a whole (knowledge/contexts.py)."""
from libc.stdint cimport int32_t, uint32_t, uint64_t
from libc.string cimport memset

from demarche._native.document cimport Doc
from demarche._native.patterns cimport address
from demarche._native.read cimport Reading
from demarche.coder.drafts cimport Draft

cdef enum:
    MOST_SUBJECTS = 64
    STARTS = 65536             # as in knowledge/contexts.py
    ENOUGH_STRONG = 2          # strong terms in a report that make a subject the report's
    MOST_OF_TOPIC = 3          # strong terms of a topic that make the report one of it

# What PLOVER leaves out beside something narrower.
cdef dict NARROWER = {"crime": ("corruption", "illegal_drugs", "trafficking", "terrorism")}


cdef class Subjects:
    """The vocabulary of a knowledge blob, mapped as it lies."""

    def __init__(self, blob, strings, contexts):
        """`strings`: a string of the blob by its number; `contexts`: the names of the ontology's contexts, in order."""
        cdef int32_t i
        cdef dict bits = {}      # Python's numbers: a C shift by 32 and more is undefined
        self.blob, self.views = blob, []
        self.keys = <const uint64_t*>self.section("contexts.keys")
        self.first = <const uint32_t*>self.section("contexts.first")
        self.count = <const uint32_t*>self.section("contexts.count")
        self.tells = <const uint16_t*>self.section("contexts.tells")
        self.starts = <const uint64_t*>self.section("contexts.starts")
        self.mask = <uint32_t>(blob.shape("contexts.keys")[0] - 1)
        rows = blob["contexts.subjects"]
        self.n = blob.shape("contexts.subjects")[0]
        self.topics, self.names, self.by_type, self.dropped_by = 0, [], {}, {}
        for i in range(self.n):
            name, topic, types, drops = list(rows[4 * i:4 * i + 4])
            self.names.append(strings(name))
            bits[self.names[i]] = bit = (<object>1) << i
            if topic:
                self.topics |= <uint64_t>1 << i
            for table, text in ((self.by_type, strings(types)), (self.dropped_by, strings(drops))):
                for item in filter(None, text.split(",")):
                    kind, _, mode = item.partition("/")
                    table[kind, mode] = table.get((kind, mode), 0) | bit
        self.order = [(bits[name], name) for name in contexts if name in bits]

    cdef const void* section(self, str name) except NULL:
        view = self.blob[name]
        self.views.append(view)
        return address(view)

    cdef uint64_t look_up(self, const uint64_t* hashes, int32_t words, uint64_t* strong) noexcept nogil:
        """Bits of the subjects that a term of so many words tells weakly or strongly; those that it tells strongly are added to `strong`."""
        cdef uint64_t key = 0, found = 0
        cdef uint32_t at, k
        cdef int32_t i
        for i in range(words):
            key = key * 0x9E3779B97F4A7C15ULL ^ hashes[i]
        if key == 0:
            key = 1
        at = <uint32_t>(key ^ (key >> 32)) & self.mask
        while self.keys[at] != 0:
            if self.keys[at] == key:
                for k in range(self.count[at]):
                    found |= <uint64_t>1 << (self.tells[self.first[at] + k] >> 1)
                    if self.tells[self.first[at] + k] & 1:
                        strong[0] |= <uint64_t>1 << (self.tells[self.first[at] + k] >> 1)
                return found
            at = (at + 1) & self.mask
        return 0


cdef class About:
    """The subjects of one reading."""

    def __cinit__(self, Subjects subjects not None, Reading reading not None):
        cdef const Doc* doc = &reading.doc
        cdef uint32_t s, i, k, last
        cdef int32_t words
        cdef uint64_t hashes[3]
        cdef uint64_t found, strong, once, twice, sure, bits, all_ = 0, most = 0
        cdef int32_t total[MOST_SUBJECTS]
        cdef int32_t n_sentences[MOST_SUBJECTS]
        self.subjects, self.sentences, self.named = subjects, [], {}
        memset(total, 0, sizeof(total))
        memset(n_sentences, 0, sizeof(n_sentences))
        for s in range(doc.n_sentences):
            once = twice = sure = 0
            last = doc.sentences[s].last
            for i in range(doc.sentences[s].first, last):
                if not subjects.starts[(doc.tokens[i].lemma_hash & (STARTS - 1)) >> 6] >> (doc.tokens[i].lemma_hash & 63) & 1:
                    continue
                for words in range(1, 4):
                    if i + words > last:
                        break
                    hashes[words - 1] = doc.tokens[i + words - 1].lemma_hash
                    strong = 0
                    found = subjects.look_up(hashes, words, &strong)
                    if found:
                        twice |= once & found
                        once |= found
                        sure |= strong
                        if strong:
                            for k in range(<uint32_t>subjects.n):
                                total[k] += <int32_t>(strong >> k & 1)
            bits = sure | twice
            for k in range(<uint32_t>subjects.n):
                n_sentences[k] += <int32_t>(bits >> k & 1)
            self.sentences.append(bits)
        for k in range(<uint32_t>subjects.n):
            if (total[k] >= MOST_OF_TOPIC or n_sentences[k] >= MOST_OF_TOPIC) and 3 * n_sentences[k] >= <int32_t>doc.n_sentences:
                most |= <uint64_t>1 << k
            if subjects.topics >> k & 1:
                all_ |= most & <uint64_t>1 << k
            elif total[k] >= ENOUGH_STRONG or n_sentences[k] >= 3:
                all_ |= <uint64_t>1 << k
        self.document, self.foremost = all_, most

    def contexts(self, Draft draft not None):
        """The names of an event's contexts, in the order of the ontology."""
        cdef object bits = self.sentences[draft.sentence] | self.document
        for mode in ("", *draft.modes):
            bits |= self.subjects.by_type.get((draft.type, mode), 0)
        return self.names_of(bits)

    cdef list names_of(self, object bits):
        cdef list names = self.named.get(bits)
        if names is not None:
            return names
        names = [name for bit, name in self.subjects.order if bits & bit]
        for broad, narrow in NARROWER.items():
            if broad in names and "cyber" not in names and any(name in names for name in narrow):
                names.remove(broad)
        self.named[bits] = names
        return names

    def names_of_sentence(self, int32_t sentence):
        """The names of the contexts that a sentence's own words tell, as its events get them."""
        return self.names_of(self.sentences[sentence])

    def subjects_of(self, int32_t sentence):
        """The names of all subjects of a sentence, topics among them, for explanations and tests."""
        return [name for i, name in enumerate(self.subjects.names) if self.sentences[sentence] >> i & 1]

    def drop(self, list drafts not None):
        """Drops what is no event where the report speaks of something else: an "attack" in a match, a warning of a storm."""
        cdef Draft draft
        cdef object bits
        for draft in drafts:
            if draft.dropped:
                continue
            bits = self.subjects.dropped_by.get(("ALL", ""), 0)
            for mode in ("", *draft.modes):
                bits |= self.subjects.dropped_by.get((draft.type, mode), 0)
            bits &= self.sentences[draft.sentence] | self.foremost
            if bits:
                draft.dropped = "about " + self.subjects.names[(bits & -bits).bit_length() - 1]
