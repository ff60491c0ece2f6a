"""Growing, resetting and freeing of `Doc`, and the one hash that the core, the models and the knowledge share."""
from libc.stdlib cimport free, realloc
from libc.string cimport memcpy, memset


cdef void doc_init(Doc* doc) noexcept nogil:
    memset(doc, 0, sizeof(Doc))


cdef void doc_reset(Doc* doc, const uint8_t* text, uint32_t length) noexcept nogil:
    doc.text = text
    doc.length = length
    doc.n_tokens = doc.n_sentences = doc.n_strings = 0
    doc.status = DOC_OK
    doc.status_offset = 0


cdef void doc_free(Doc* doc) noexcept nogil:
    free(doc.tokens)
    free(doc.sentences)
    free(doc.strings)
    memset(doc, 0, sizeof(Doc))


cdef bint grow(void** block, uint32_t* capacity, uint64_t needed, size_t size) noexcept nogil:
    """Whether the block has room for `needed` items of `size` bytes, after growing it if it had not."""
    cdef uint64_t wanted = capacity[0]
    cdef void* moved
    if needed <= wanted:
        return True
    if wanted < 256:
        wanted = 256
    while wanted < needed:
        wanted *= 2
    if wanted > 0xFFFFFFFFU:
        return False
    moved = realloc(block[0], <size_t>wanted * size)
    if moved == NULL:
        return False
    block[0] = moved
    capacity[0] = <uint32_t>wanted
    return True


cdef Token* doc_add_token(Doc* doc) noexcept nogil:
    cdef Token* token
    if not grow(<void**>&doc.tokens, &doc.token_capacity, <uint64_t>doc.n_tokens + 1, sizeof(Token)):
        doc.status = DOC_NO_MEMORY
        return NULL
    token = &doc.tokens[doc.n_tokens]
    memset(token, 0, sizeof(Token))
    doc.n_tokens += 1
    return token


cdef Sentence* doc_add_sentence(Doc* doc) noexcept nogil:
    cdef Sentence* sentence
    if not grow(<void**>&doc.sentences, &doc.sentence_capacity, <uint64_t>doc.n_sentences + 1, sizeof(Sentence)):
        doc.status = DOC_NO_MEMORY
        return NULL
    sentence = &doc.sentences[doc.n_sentences]
    memset(sentence, 0, sizeof(Sentence))
    doc.n_sentences += 1
    return sentence


cdef int64_t doc_add_string(Doc* doc, const char* s, uint32_t length) noexcept nogil:
    cdef int64_t at = doc.n_strings
    if not grow(<void**>&doc.strings, &doc.string_capacity, <uint64_t>doc.n_strings + length, 1):
        doc.status = DOC_NO_MEMORY
        return -1
    if length:    # an empty string needs no room, so there may be none
        memcpy(doc.strings + at, s, length)
    doc.n_strings += length
    return at


cdef uint64_t hash_bytes(const char* s, size_t length, uint64_t seed) noexcept nogil:
    cdef uint64_t value = 0xCBF29CE484222325ULL ^ seed
    cdef size_t i
    for i in range(length):
        value = (value ^ <uint8_t>s[i]) * 0x100000001B3ULL
    return value


def fnv1a(bytes data not None, unsigned long long seed=0):
    """The FNV-1a 64-bit hash of `data` with `seed` xored into its basis, as models and knowledge are compiled with."""
    return hash_bytes(data, len(data), seed)
