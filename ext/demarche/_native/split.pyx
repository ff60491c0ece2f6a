"""`Splitter`: the compiled boundary model, and what training and tests see of it."""
from libc.stdint cimport int16_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free
from libc.string cimport memset

from demarche._native.boundary cimport SENTENCE_FEATURES, TOKEN_FEATURES, WEIGHT_BITS, RowSink
from demarche._native.document cimport DOC_TOO_LONG, MAX_TEXT_BYTES, SHAPE_GLUED, doc_free, doc_init, doc_reset
from demarche._native.sentences cimport cut_sentences
from demarche._native.text cimport validate_utf8
from demarche._native.tokens cimport cut_tokens

# Features of a token boundary and of a sentence boundary: weights of other features would cut anywhere.
WIDTHS = (int(TOKEN_FEATURES), int(SENTENCE_FEATURES))


cdef int split_document(const SplitterC* model, const TextTables* tables, Doc* doc) noexcept nogil:
    if doc.length > MAX_TEXT_BYTES:
        doc.status = DOC_TOO_LONG
        return doc.status
    cut_tokens(model, tables, doc, NULL, NULL)
    if doc.status == 0:
        cut_sentences(model, tables, doc, NULL, NULL)
    return doc.status


cdef class Splitter:
    """Cuts text into sentences and tokens. `sections` maps names to one-dimensional views, as an opened blob does.

    Needs unicode.stage1, unicode.stage2, split.token_weights, split.sentence_weights, split.word_keys, split.word_values and
    split.widths: how many features of a token and of a sentence boundary the weights were trained for.
    """

    def __cinit__(self, object sections not None):
        try:
            widths = tuple(sections["split.widths"])
        except KeyError:
            widths = ()
        if widths != WIDTHS:
            raise ValueError("the boundary weights were trained for %s features, this program has %s: train the model anew"
                             % (widths or "other", WIDTHS))
        cdef const uint16_t[::1] stage1 = sections["unicode.stage1"]
        cdef const uint32_t[::1] stage2 = sections["unicode.stage2"]
        cdef const int16_t[::1] token_weights = sections["split.token_weights"]
        cdef const int16_t[::1] sentence_weights = sections["split.sentence_weights"]
        cdef const uint64_t[::1] keys = sections["split.word_keys"]
        cdef const uint32_t[::1] values = sections["split.word_values"]
        if token_weights.shape[0] != 1 << WEIGHT_BITS or sentence_weights.shape[0] != 1 << WEIGHT_BITS:
            raise ValueError("split.token_weights and split.sentence_weights have %d rows" % (1 << WEIGHT_BITS))
        if keys.shape[0] == 0 or keys.shape[0] & (keys.shape[0] - 1) or keys.shape[0] != values.shape[0] \
                or 0 not in sections["split.word_keys"]:
            raise ValueError("split.word_keys is no open-addressing table with a power of two of rows and an empty one")
        if stage1.shape[0] != 0x1100:
            raise ValueError("unicode.stage1 has a row for each 256 code points")
        self.sections = (stage1, stage2, token_weights, sentence_weights, keys, values)
        self.tables.stage1, self.tables.stage2 = &stage1[0], &stage2[0]
        self.model.token_weights, self.model.sentence_weights = &token_weights[0], &sentence_weights[0]
        self.model.word_keys, self.model.word_values = &keys[0], &values[0]
        self.model.word_mask = <uint32_t>(keys.shape[0] - 1)

    def split(self, str text not None):
        """The sentences of `text` as tuples (begins a paragraph, tokens), tokens as (start, end, glued), in UTF-8 bytes."""
        return self.document(text.encode())

    cdef list document(self, bytes text):
        cdef Doc doc
        cdef const uint8_t* data = text
        cdef uint32_t length, i, k
        cdef int status
        if len(text) > MAX_TEXT_BYTES:
            raise ValueError("text of more than %d bytes" % MAX_TEXT_BYTES)
        length = <uint32_t>len(text)
        if validate_utf8(data, length) != length:
            raise ValueError("text is not UTF-8")
        doc_init(&doc)
        try:
            doc_reset(&doc, data, length)
            with nogil:
                status = split_document(&self.model, &self.tables, &doc)
            if status:
                raise MemoryError
            out = []
            for i in range(doc.n_sentences):
                tokens = []
                for k in range(doc.sentences[i].first, doc.sentences[i].last):
                    if doc.tokens[k].sentence != i:
                        raise AssertionError("token %d is in sentence %d, not in %d" % (k, doc.tokens[k].sentence, i))
                    tokens.append((doc.tokens[k].start, doc.tokens[k].end, (doc.tokens[k].shape & SHAPE_GLUED) != 0))
                out.append((doc.sentences[i].paragraph != 0, tokens))
            return out
        finally:
            doc_free(&doc)

    def count(self, bytes text not None, int repeats=1):
        """Tokens and sentences of `text`, cut `repeats` times over without Python in between: for measuring."""
        cdef Doc doc
        cdef const uint8_t* data = text
        cdef uint32_t length = <uint32_t>len(text), tokens, sentences
        cdef int i
        if validate_utf8(data, length) != length:
            raise ValueError("text is not UTF-8")
        doc_init(&doc)
        with nogil:
            for i in range(repeats):
                doc_reset(&doc, data, length)
                split_document(&self.model, &self.tables, &doc)
            tokens, sentences = doc.n_tokens, doc.n_sentences
            doc_free(&doc)
        return tokens, sentences

    def token_rows(self, bytes text not None, bytes marks not None):
        """Training rows of the token model: (rows u16 [n, width], labels u8 [n], byte offsets u32 [n], width), all as bytes."""
        return self.rows_of(text, marks, False)

    def sentence_rows(self, bytes text not None, bytes marks not None):
        """Training rows of the sentence model, tokens and sentences cut by the marks; as `token_rows`."""
        return self.rows_of(text, marks, True)

    cdef tuple rows_of(self, bytes text, bytes marks, bint sentences):
        cdef Doc doc
        cdef RowSink sink
        cdef const uint8_t* data = text
        cdef const uint8_t* mark = marks
        cdef uint32_t length = <uint32_t>len(text)
        if len(text) != len(marks) or len(text) > MAX_TEXT_BYTES or validate_utf8(data, length) != length:
            raise ValueError("marks: one byte for each byte of a UTF-8 text")
        memset(&sink, 0, sizeof(sink))
        sink.width = SENTENCE_FEATURES if sentences else TOKEN_FEATURES
        doc_init(&doc)
        try:
            with nogil:
                doc_reset(&doc, data, length)
                if not sentences:
                    cut_tokens(&self.model, &self.tables, &doc, mark, &sink)
                else:
                    cut_tokens(&self.model, &self.tables, &doc, mark, NULL)
                    cut_sentences(&self.model, &self.tables, &doc, mark, &sink)
            if doc.status or sink.failed:
                raise MemoryError
            return ((<char*>sink.rows)[:sink.n * sink.width * sizeof(uint16_t)], (<char*>sink.labels)[:sink.n],
                    (<char*>sink.places)[:sink.n * sizeof(uint32_t)], sink.width)
        finally:
            free(sink.rows)
            free(sink.labels)
            free(sink.places)
            doc_free(&doc)
