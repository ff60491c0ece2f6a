"""`Analyzer`: texts in, `Analysis` out, one stretch without the GIL for a whole batch."""
from collections import namedtuple

from libc.stdint cimport uint8_t, uint32_t
from libc.stdlib cimport free, malloc

from demarche._native.document cimport (DOC_CANCELLED, DOC_NOT_UTF8, DOC_OK, DOC_TOO_LONG, MAX_TEXT_BYTES, SHAPE_GLUED,
                                        doc_add_sentence, doc_add_token, doc_free, doc_init, doc_reset)
from demarche._native.document cimport Sentence as SentenceC
from demarche._native.document cimport Token as TokenC
from demarche._native.encode cimport encode_sentence
from demarche._native.lemma cimport Lemmatiser, lemmatise
from demarche._native.network cimport network_parse, network_scratch_begin, network_scratch_end
from demarche._native.split cimport Splitter, split_document
from demarche._native.text cimport validate_utf8

from demarche._native.labels import DEPREL, UPOS, XPOS

Token = namedtuple("Token", "start end form lemma upos xpos head deprel space_before")
STATUS = ("ok", "no_memory", "too_long", "not_utf8", "cancelled")  # DOC_*


cdef bint scratch_begin(Scratch* scratch, const AnalyzerC* analyzer) noexcept nogil:
    scratch.cancelled = NULL
    return network_scratch_begin(&scratch.network, analyzer.parser)


cdef void scratch_end(Scratch* scratch) noexcept nogil:
    network_scratch_end(&scratch.network)


cdef void parse_doc(const AnalyzerC* analyzer, Scratch* scratch, Doc* doc) noexcept nogil:
    cdef uint32_t i, first, last
    for i in range(doc.n_sentences):
        if scratch.cancelled != NULL and scratch.cancelled[0]:
            doc.status = DOC_CANCELLED
            return
        first, last = doc.sentences[i].first, doc.sentences[i].last
        if last - first > MAX_SENTENCE:  # the splitter cuts before that
            doc.status = DOC_TOO_LONG
            doc.status_offset = doc.sentences[i].start
            return
        if encode_sentence(analyzer.encoder, doc, first, last, scratch.rows) != DOC_OK:
            return
        network_parse(analyzer.parser, &scratch.network, doc, first, last, scratch.rows)
    if analyzer.lemmatiser != NULL:
        lemmatise(analyzer.lemmatiser, doc)


cdef void analyze_doc(const AnalyzerC* analyzer, Scratch* scratch, Doc* doc) noexcept nogil:
    cdef uint32_t valid
    if doc.length > MAX_TEXT_BYTES:
        doc.status = DOC_TOO_LONG
        doc.status_offset = MAX_TEXT_BYTES
        return
    valid = validate_utf8(doc.text, doc.length)
    if valid != doc.length:
        doc.status = DOC_NOT_UTF8
        doc.status_offset = valid
        return
    if split_document(analyzer.splitter, analyzer.tables, doc) == DOC_OK:
        parse_doc(analyzer, scratch, doc)


cdef class Workspace:
    def __dealloc__(self):
        scratch_end(&self.scratch)


cdef class Analysis:
    """One analysed document: `sentences`, `tokens` and `status`; offsets are bytes of `text`."""

    def __cinit__(self):
        doc_init(&self.doc)

    def __dealloc__(self):
        doc_free(&self.doc)

    @property
    def source(self) -> bytes:
        """The text as it was given."""
        return self.text

    @property
    def status(self) -> str:
        """ok, or what ended the analysis early: no_memory, too_long, not_utf8, cancelled."""
        return STATUS[self.doc.status]

    @property
    def status_offset(self) -> int:
        """The byte at which a text that is not_utf8 or too_long went wrong."""
        return self.doc.status_offset

    def __len__(self) -> int:
        return self.doc.n_tokens

    @property
    def sentences(self) -> list[tuple[int, int, int, int, bool]]:
        """(first token, token after the last, first byte, byte after the last, begins a paragraph) of each sentence."""
        cdef uint32_t i
        cdef SentenceC* s
        found = []
        for i in range(self.doc.n_sentences):
            s = &self.doc.sentences[i]
            found.append((s.first, s.last, s.start, s.end, s.paragraph != 0))
        return found

    @property
    def tokens(self) -> list[Token]:
        """start, end, form, lemma, upos, xpos, head (token index, -1 for a root), deprel and space_before of each token.

        The lemma is empty where no lemmatiser ran; a text that is not UTF-8 has no tokens.
        """
        cdef uint32_t i
        cdef TokenC* t
        found = []
        for i in range(self.doc.n_tokens):
            t = &self.doc.tokens[i]
            lemma = (self.doc.strings + t.lemma)[:t.lemma_length].decode() if t.lemma_length else ""
            found.append(Token(t.start, t.end, self.text[t.start:t.end].decode(), lemma, UPOS[t.upos], XPOS[t.xpos], t.head,
                               DEPREL[t.deprel], not t.shape & SHAPE_GLUED))
        return found

    @property
    def norms(self) -> list[tuple[str, int, int]]:
        """Lower-cased form, its hash and SHAPE_* bits of each token, as patterns and gazetteers see it."""
        cdef uint32_t i
        cdef TokenC* t
        found = []
        for i in range(self.doc.n_tokens):
            t = &self.doc.tokens[i]
            found.append(((self.doc.strings + t.norm)[:t.norm_length].decode() if t.norm_length else "", t.norm_hash, t.shape))
        return found


cdef class Analyzer:
    """The stages of a compiled model (demarche.blob.Blob of kind "model"); may be used by many threads at once.

    ValueError: the model is damaged, or `isa` names an instruction set that this processor lacks.
    """

    def __cinit__(self, object blob not None, str isa=None):
        self.encoder = Encoder(blob)
        self.network = Network(blob, isa)
        self.c.encoder = &self.encoder.c
        self.c.parser = &self.network.c
        self.idle = []
        if "split.token_weights" in blob:
            self.splitter = Splitter(blob)
            self.c.splitter = &(<Splitter>self.splitter).model
            self.c.tables = &(<Splitter>self.splitter).tables
        if "lemma.rules" in blob:
            self.lemmatiser = Lemmatiser(blob)
            self.c.lemmatiser = &(<Lemmatiser>self.lemmatiser).model

    @property
    def instruction_set(self) -> str:
        return self.network.instruction_set

    cdef Workspace borrow(self):
        """A workspace of this thread alone, to be put back into `idle`."""
        cdef Workspace workspace
        try:
            return self.idle.pop()
        except IndexError:
            workspace = Workspace()
            if not scratch_begin(&workspace.scratch, &self.c):
                raise MemoryError
            return workspace

    def analyze(self, list texts not None) -> list[Analysis]:
        """One Analysis for each of the UTF-8 texts (bytes); what is wrong with one is in its `status`.

        TypeError: not bytes. ValueError: the model cannot split text. MemoryError: no memory to begin with.
        """
        cdef size_t n = len(texts), i
        cdef Analysis analysis
        if self.c.splitter is NULL:
            raise ValueError("this model has no boundaries: it parses given tokens only")
        analyses = []
        for text in texts:
            if not isinstance(text, bytes):
                raise TypeError(f"texts are bytes, not {type(text).__name__}")
            analysis = Analysis()
            analysis.text = text
            # One byte over the limit is enough to be refused; the length must fit 32 bits.
            doc_reset(&analysis.doc, <const uint8_t*><const char*>analysis.text, <uint32_t>min(len(text), MAX_TEXT_BYTES + 1))
            analyses.append(analysis)
        cdef Workspace workspace = self.borrow()
        cdef Doc** documents = <Doc**>malloc((n + 1) * sizeof(Doc*))
        if documents is NULL:
            raise MemoryError
        for i in range(n):
            documents[i] = &(<Analysis>analyses[i]).doc
        with nogil:
            for i in range(n):
                analyze_doc(&self.c, &workspace.scratch, documents[i])
        free(documents)
        self.idle.append(workspace)
        return analyses

    def analyze_tokens(self, list sentences not None) -> Analysis:
        """Parses given tokens: sentences of (form, glued), glued meaning no white space before it. Lemmas as in `analyze`.

        ValueError: a sentence without tokens or with more than MAX_SENTENCE.
        """
        cdef Analysis analysis = Analysis()
        cdef TokenC* token
        cdef SentenceC* sentence
        cdef uint32_t at = 0, length
        parts = []
        spans = []
        for number, words in enumerate(sentences):
            if not 0 < len(words) <= MAX_SENTENCE:
                raise ValueError(f"sentence {number} has {len(words)} tokens, not 1 to {MAX_SENTENCE}")
            block = []
            for form, glued in words:
                if at and not glued:
                    parts.append(b" ")
                    at += 1
                data = form.encode()
                length = <uint32_t>len(data)
                parts.append(data)
                block.append((at, at + length, bool(glued)))
                at += length
                if at > MAX_TEXT_BYTES:
                    raise ValueError(f"text of more than {MAX_TEXT_BYTES} bytes")
            spans.append(block)
        analysis.text = b"".join(parts)
        doc_reset(&analysis.doc, <const uint8_t*><const char*>analysis.text, at)
        for block in spans:
            sentence = doc_add_sentence(&analysis.doc)
            if sentence is NULL:
                raise MemoryError
            sentence.first, sentence.last = analysis.doc.n_tokens, analysis.doc.n_tokens + <uint32_t>len(block)
            sentence.start, sentence.end = block[0][0], block[len(block) - 1][1]
            for start, end, glued in block:
                token = doc_add_token(&analysis.doc)
                if token is NULL:
                    raise MemoryError
                token.start, token.end, token.sentence = start, end, analysis.doc.n_sentences - 1
                token.shape = SHAPE_GLUED if glued else 0
        self.parse_again(analysis)
        return analysis

    def parse_again(self, Analysis analysis not None, int repeats=1) -> None:
        """Parses the tokens of `analysis` anew, `repeats` times without Python in between: for measuring."""
        cdef Workspace workspace = self.borrow()
        cdef int i
        with nogil:
            for i in range(repeats):
                analysis.doc.n_strings = 0
                parse_doc(&self.c, &workspace.scratch, &analysis.doc)
        self.idle.append(workspace)
