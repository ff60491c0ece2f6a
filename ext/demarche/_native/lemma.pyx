"""Lemmas of tagged tokens, as the English treebanks have them.

Proper nouns keep their spelling; the lemma's hash is always that of its lower case.
"""
from libc.stdint cimport int64_t
from libc.string cimport memcmp, memcpy

from demarche._native.document cimport (SHAPE_HEADLINE, Sentence, Token, doc_add_sentence, doc_add_string, doc_add_token, doc_free,
                                        doc_init, doc_reset, hash_bytes)
from demarche._native.labels cimport UPOS_VERB, XPOS_CD, XPOS_NNP, XPOS_RB, XPOS_VBG, XPOS_VBN, XPOS_VBP, XPOS_VBZ
from demarche._native.labels import UPOS, XPOS


cdef inline uint32_t find(const uint64_t* keys, uint32_t mask, uint64_t key) noexcept nogil:
    """The row of a key, or mask + 1."""
    cdef uint32_t at = <uint32_t>(key ^ (key >> 32)) & mask
    while keys[at] != 0:
        if keys[at] == key:
            return at
        at = (at + 1) & mask
    return mask + 1


cdef uint32_t rule_of(const LemmatiserC* model, const uint8_t* norm, uint32_t length, uint64_t form_hash, uint32_t xpos) noexcept nogil:
    """The rule for a lower-cased form with a tag."""
    cdef uint32_t at = find(model.form_keys, model.form_mask, lemma_key(form_hash, xpos)), rule = 0, group, n = 0
    cdef uint64_t h
    if at <= model.form_mask:
        return model.form_rules[at]
    group = model.groups[xpos]
    if group == 0:
        return 0
    h = suffix_basis(group)
    while True:
        at = find(model.suffix_keys, model.suffix_mask, h)
        if at <= model.suffix_mask:
            rule = model.suffix_rules[at]
        if n == length or n == MAX_SUFFIX:
            return rule
        n += 1
        h = suffix_step(h, norm[length - n])


cdef uint32_t tag_for_rules(Doc* doc, const Token* token, const uint8_t* norm) noexcept nogil:
    """The tag that decides: that of the word, except for verb forms inside names ("Rolling" in a title)."""
    cdef uint32_t n = token.norm_length
    if token.xpos == XPOS_NNP and token.upos == UPOS_VERB and n > 4:
        if norm[n - 3] == 105 and norm[n - 2] == 110 and norm[n - 1] == 103:
            return XPOS_VBG
        if norm[n - 2] == 101 and norm[n - 1] == 100:
            return XPOS_VBN
    if token.xpos == XPOS_VBP and n > 5 and norm[n - 2] == 101 and norm[n - 1] == 100 and norm[n - 3] != 101:
        return XPOS_VBN     # no present tense ends so but those of few verbs ("embed"), which are all short or known
    return token.xpos


cdef bint stands_for_have(const Doc* doc, uint32_t index) noexcept nogil:
    """Whether the token is an 's that stands for "has": before "been", "got" or "had", adverbs aside."""
    cdef const Token* token = &doc.tokens[index]
    cdef const char* norm = doc.strings + token.norm
    cdef uint32_t i = index + 1
    # 39 is the straight apostrophe, 226 the first byte of the curly one
    if token.xpos != XPOS_VBZ or not (token.norm_length == 2 or token.norm_length == 4) or norm[token.norm_length - 1] != 115 \
            or not (norm[0] == 39 or <uint8_t>norm[0] == 226):
        return False
    while i < doc.n_tokens and i < index + 4 and doc.tokens[i].xpos == XPOS_RB:
        i += 1
    if i >= doc.n_tokens or doc.tokens[i].sentence != token.sentence or doc.tokens[i].xpos != XPOS_VBN:
        return False
    token = &doc.tokens[i]
    norm = doc.strings + token.norm
    if token.norm_length == 4:
        return memcmp(norm, b"been", 4) == 0
    return token.norm_length == 3 and (memcmp(norm, b"got", 3) == 0 or memcmp(norm, b"had", 3) == 0)


cdef bint keeps_case(const LemmatiserC* model, const Doc* doc, const Token* token, uint32_t index) noexcept nogil:
    """Whether the lemma is spelt as the form is."""
    cdef uint8_t how = model.cases[token.xpos]
    cdef uint32_t i, capitals = 0
    if how == CASE_LOWER or how == CASE_KEPT:
        return how == CASE_KEPT
    if token.shape & SHAPE_HEADLINE:
        return False
    if how == CASE_INNER and doc.sentences[token.sentence].first != index:
        return True
    for i in range(token.start, token.end):
        capitals += 65 <= doc.text[i] <= 90
    return capitals > 1


cdef uint32_t without_commas(const uint8_t* norm, uint32_t length, uint8_t* out) noexcept nogil:
    """Writes a number of digits grouped by commas ("12,500") without them; returns its length, 0 for anything else."""
    cdef uint32_t i, n = 0, commas = 0
    if length > 64 or length < 5:
        return 0
    for i in range(length):
        if norm[i] == 44:
            if i == 0 or length - i < 4 or (length - i > 4 and 48 <= norm[i + 4] <= 57):
                return 0
            commas += 1
        elif 48 <= norm[i] <= 57 or norm[i] == 46:
            out[n] = norm[i]
            n += 1
        else:
            return 0
    return n if commas else 0


cdef bint lemmatise_token(const LemmatiserC* model, Doc* doc, uint32_t index) noexcept nogil:
    """False where memory ran out."""
    cdef Token* token = &doc.tokens[index]
    cdef const uint8_t* norm = <const uint8_t*>doc.strings + token.norm
    cdef const uint8_t* source = norm
    cdef uint32_t length = token.norm_length, kept, i
    cdef uint64_t form_hash = hash_bytes(<const char*>norm, length, 0), h
    cdef const LemmaRule* rule = &model.rules[rule_of(model, norm, length, form_hash, tag_for_rules(doc, token, norm))]
    cdef uint8_t lemma[MAX_LEMMA + MAX_ADDED]
    cdef uint8_t c
    if token.end - token.start == length and memcmp(doc.text + token.start, norm, length) != 0 and keeps_case(model, doc, token, index):
        source = doc.text + token.start
    if stands_for_have(doc, index):
        return store(doc, token, b"have", 4, hash_bytes(b"have", 4, 0))
    if token.xpos == XPOS_CD:
        i = without_commas(norm, length, lemma)
        if i:
            return store(doc, token, <const char*>lemma, i, hash_bytes(<const char*>lemma, i, 0))
    kept = length - rule.strip if rule.strip < length or rule.length and rule.strip == length else length
    # a suffix rule must neither take the whole word nor half a character
    if length > MAX_LEMMA or (kept < length and norm[kept] & 0xC0 == 0x80):
        kept = length
    if kept == length and (rule.strip or rule.length == 0):
        if source != norm:
            return store(doc, token, <const char*>source, length, form_hash)
        token.lemma, token.lemma_length, token.lemma_hash = token.norm, token.norm_length, form_hash
        return True
    memcpy(lemma, source, kept)
    memcpy(lemma + kept, rule.added, rule.length)
    h = hash_bytes(<const char*>norm, kept, 0)
    for i in range(rule.length):
        c = rule.added[i]
        h = (h ^ <uint8_t>(c + 32 if 65 <= c <= 90 else c)) * 0x100000001B3ULL
    return store(doc, token, <const char*>lemma, kept + rule.length, h)


cdef bint store(Doc* doc, Token* token, const char* lemma, uint32_t length, uint64_t lemma_hash) noexcept nogil:
    """Add a lemma to the document's strings; False where memory ran out."""
    cdef int64_t place = doc_add_string(doc, lemma, length)
    if place < 0:
        return False
    token.lemma, token.lemma_length, token.lemma_hash = <uint32_t>place, <uint16_t>length, lemma_hash
    return True


cdef int lemmatise(const LemmatiserC* model, Doc* doc) noexcept nogil:
    cdef uint32_t i
    for i in range(doc.n_tokens):
        if not lemmatise_token(model, doc, i):
            break
    return doc.status


cdef class Lemmatiser:
    """Finds lemmas. `sections` maps names to one-dimensional views, as an opened blob does.

    Needs lemma.form_keys, form_rules, suffix_keys, suffix_rules, rules (RULE_BYTES each), groups and cases (both by XPOS).
    """

    def __cinit__(self, object sections not None):
        cdef const uint64_t[::1] form_keys = sections["lemma.form_keys"]
        cdef const uint16_t[::1] form_rules = sections["lemma.form_rules"]
        cdef const uint64_t[::1] suffix_keys = sections["lemma.suffix_keys"]
        cdef const uint16_t[::1] suffix_rules = sections["lemma.suffix_rules"]
        cdef const uint8_t[::1] rules = sections["lemma.rules"]
        cdef const uint8_t[::1] groups = sections["lemma.groups"]
        cdef const uint8_t[::1] cases = sections["lemma.cases"]
        cdef Py_ssize_t n = rules.shape[0] // RULE_BYTES, i
        for kind in ("form", "suffix"):
            keys, values = sections["lemma.%s_keys" % kind], sections["lemma.%s_rules" % kind]
            size = len(keys)
            if size == 0 or size & (size - 1) or size != len(values) or 0 not in keys or max(values) >= n:
                raise ValueError("lemma.%s_keys: no open-addressing table of 2^n rows, or one that names a missing rule" % kind)
        if n == 0 or rules.shape[0] % RULE_BYTES or groups.shape[0] != XPOS_COUNT or cases.shape[0] != XPOS_COUNT:
            raise ValueError("lemma.rules, lemma.groups or lemma.cases has the wrong size")
        for i in range(n):
            if rules[i * RULE_BYTES + 1] > MAX_ADDED:
                raise ValueError("lemma rule %d adds more than %d bytes" % (i, MAX_ADDED))
        self.sections = (form_keys, form_rules, suffix_keys, suffix_rules, rules, groups, cases)
        self.model.form_keys, self.model.form_rules = &form_keys[0], &form_rules[0]
        self.model.form_mask = <uint32_t>(form_keys.shape[0] - 1)
        self.model.suffix_keys, self.model.suffix_rules = &suffix_keys[0], &suffix_rules[0]
        self.model.suffix_mask = <uint32_t>(suffix_keys.shape[0] - 1)
        self.model.rules, self.model.n_rules = <const LemmaRule*>&rules[0], <uint32_t>n
        self.model.groups, self.model.cases = &groups[0], &cases[0]

    def lemmas(self, sentences not None, int repeats=1):
        """Lemmas of tagged sentences: lists of (form, UPOS, XPOS) to lists of (lemma, hash). `repeats` is for measuring."""
        cdef Doc doc
        cdef Sentence* sentence
        cdef Token* token
        cdef uint32_t strings
        cdef int k
        cdef int64_t place
        text = " ".join(form for words in sentences for form, _, _ in words).encode()
        doc_init(&doc)
        try:
            doc_reset(&doc, text, <uint32_t>len(text))
            at = 0
            for words in sentences:
                sentence = doc_add_sentence(&doc)
                if sentence == NULL:
                    raise MemoryError
                sentence.first, sentence.start = doc.n_tokens, at
                for form, upos, xpos in words:
                    token = doc_add_token(&doc)
                    norm = form.lower().encode()
                    place = doc_add_string(&doc, norm, <uint32_t>len(norm)) if token != NULL else -1
                    if place < 0:
                        raise MemoryError
                    token.start, token.end = at, at + len(form.encode())
                    token.norm, token.norm_length = <uint32_t>place, <uint16_t>len(norm)
                    token.upos, token.xpos = UPOS.index(upos), XPOS.index(xpos)
                    token.sentence = doc.n_sentences - 1
                    at = token.end + 1
                sentence.last, sentence.end = doc.n_tokens, max(at - 1, sentence.start)
            strings = doc.n_strings
            with nogil:
                for k in range(repeats):
                    doc.n_strings = strings
                    lemmatise(&self.model, &doc)
            if doc.status:
                raise MemoryError
            out = []
            for i in range(doc.n_sentences):
                out.append([((doc.strings + doc.tokens[j].lemma)[:doc.tokens[j].lemma_length].decode(), doc.tokens[j].lemma_hash)
                            for j in range(doc.sentences[i].first, doc.sentences[i].last)])
            return out
        finally:
            doc_free(&doc)
