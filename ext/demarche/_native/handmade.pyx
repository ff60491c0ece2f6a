"""See `handmade.pxd`."""
from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t

from demarche._native.document cimport (SHAPE_ALPHA, SHAPE_CAPITAL, SHAPE_DIGIT, SHAPE_HEADLINE, SHAPE_UPPER, Sentence, Token,
                                        doc_add_sentence,
                                        doc_add_string, doc_add_token, hash_bytes)

from demarche._native.labels import UPOS


cdef int fill(Doc* doc, tokens, bint headline) except -1:
    cdef Token* token
    cdef Sentence* sentence = NULL
    cdef int64_t place
    cdef uint32_t at = 0
    for item in tokens:
        if item is None:
            sentence = NULL
            continue
        form, lemma, upos = item
        encoded, norm, base = form.encode(), form.lower().encode(), lemma.lower().encode()
        token = doc_add_token(doc)
        if sentence == NULL:
            sentence = doc_add_sentence(doc)
            if sentence != NULL:
                sentence.first = doc.n_tokens - 1
                sentence.start = at
        place = doc_add_string(doc, norm, <uint32_t>len(norm))
        if token == NULL or sentence == NULL or place < 0:
            raise MemoryError()
        token.start, token.end = at, at + <uint32_t>len(encoded)
        token.norm, token.norm_length, token.lemma_length = <uint32_t>place, <uint16_t>len(norm), <uint16_t>len(base)
        token.norm_hash = hash_bytes(norm, len(norm), 0)
        token.lemma_hash = hash_bytes(base, len(base), 0)
        token.sentence = doc.n_sentences - 1
        token.upos = <uint8_t>UPOS.index(upos)
        letters = sum(c.isalpha() for c in form)
        token.shape = (SHAPE_CAPITAL * form[0].isupper() | SHAPE_UPPER * (form.isupper() and letters >= 2)
                       | SHAPE_DIGIT * any(c.isdigit() for c in form) | SHAPE_ALPHA * form.isalpha() | SHAPE_HEADLINE * headline)
        sentence.last = doc.n_tokens
        sentence.end = token.end
        at = token.end + 1
    return 0
