"""From texts to readings: one call without the GIL for a whole batch."""
from libc.stdint cimport int8_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t
from libc.stdlib cimport free, malloc

from demarche._native.acts cimport Act, Judge, acts_find, acts_free, acts_init, acts_judge, acts_prepare, arguments_of, order_acts, share_content
from demarche._native.analyze cimport Analyzer, Workspace, analyze_doc
from demarche._native.arguments cimport Arguments, Grammar, WHO_NAME
from demarche._native.document cimport (
    DOC_NO_MEMORY, DOC_OK, MAX_TEXT_BYTES, SHAPE_ALPHA, SHAPE_CAPITAL, SHAPE_DIGIT, SHAPE_GLUED, SHAPE_UPPER, Sentence, Token, doc_add_sentence, doc_add_string, doc_add_token, doc_free, doc_init, doc_reset, hash_bytes)
from demarche._native.gazetteer cimport Gazetteer, Mention, find_mentions, mentions_free, mentions_init
from demarche._native.labels import DEPREL, UPOS, XPOS
from demarche._native.mend cimport mend_tree
from demarche._native.mend_names cimport mend_names
from demarche._native.parties cimport head_of_span, mark_parties
from demarche._native.patterns cimport Match, Party, Patterns, find_entry, frame_holds
from demarche._native.relations import FEATURE_NAMES
from demarche._native.quotes cimport spread_speakers
from demarche._native.relations cimport (
    FeatureList, N_CLASSES, RelationTables, Relations, Verdict, add_relations, judge_pair, pair_features, row_of, sentence_features)
from demarche._native.tree cimport subtree_span

cdef dict UPOS_NUMBER = {name: number for number, name in enumerate(UPOS)}
cdef dict XPOS_NUMBER = {name: number for number, name in enumerate(XPOS)}
cdef dict DEPREL_NUMBER = {name: number for number, name in enumerate(DEPREL)}


cdef class Reading:
    """What the core found in one text. Tokens are numbered through the document; offsets are bytes of `text` (UTF-8)."""

    def __cinit__(self):
        doc_init(&self.doc)
        mentions_init(&self.mentions_)
        acts_init(&self.acts_)
        self.given = NULL
        self.n_given = 0

    def __dealloc__(self):
        doc_free(&self.doc)
        mentions_free(&self.mentions_)
        acts_free(&self.acts_)
        free(self.given)

    cdef int take_given(self, object spans) except -1:
        cdef list pairs = sorted(spans)
        cdef Py_ssize_t i
        if not pairs:
            return 0
        self.given = <GivenSpan*>malloc(len(pairs) * sizeof(GivenSpan))
        if self.given == NULL:
            raise MemoryError
        for i in range(len(pairs)):
            self.given[i].start, self.given[i].end = pairs[i]
        self.n_given = <unsigned int>len(pairs)
        return 0

    @property
    def status(self):
        """0, or the number of what went wrong (document.pxd, DOC_*), and the byte at which it did."""
        return self.doc.status, self.doc.status_offset

    @property
    def n_tokens(self):
        """How many tokens there are."""
        return self.doc.n_tokens

    @property
    def sentences(self):
        """(first token, token after the last, start, end, begins a paragraph) for each sentence."""
        cdef uint32_t i
        cdef list out = []
        for i in range(self.doc.n_sentences):
            out.append((self.doc.sentences[i].first, self.doc.sentences[i].last, self.doc.sentences[i].start, self.doc.sentences[i].end,
                        bool(self.doc.sentences[i].paragraph)))
        return out

    @property
    def mentions(self):
        """(head token, first token, token after the last, entity, role, kind, flags) for each mention, in order."""
        cdef uint32_t i
        cdef const Mention* m
        cdef list out = []
        for i in range(self.mentions_.count):
            m = &self.mentions_.items[i]
            out.append((head_of_span(&self.doc, m.first, m.last), m.first, m.last, m.entity, m.role, m.kind, m.flags))
        return out

    @property
    def acts(self):
        """For each act (trigger, pattern, frame, realis, standing, clause, parent or -1, is content, parties, speakers, noun of its frame
        or -1, is a future denied): parties are
        (token, slot, is owner), speakers (word of saying, speaker's head or -1), innermost first."""
        cdef uint32_t i, k
        cdef const Act* act
        cdef const Party* party
        cdef list out = [], parties, speakers
        for i in range(self.acts_.n_acts):
            act = &self.acts_.acts[i]
            parties = []
            for k in range(act.n_parties):
                party = &self.acts_.parties[act.first_party + k]
                parties.append((party.token, party.slot, party.owner))
            speakers = []
            for k in range(act.n_speakers):
                speakers.append((act.says[k], act.speakers[k]))
            out.append((act.trigger, act.pattern, act.frame, act.realis, act.standing, act.clause, act.parent, act.content, parties, speakers,
                        act.noun, act.refused))
        return out

    cdef int check(self, Py_ssize_t token) except -1:
        if not 0 <= token < self.doc.n_tokens:
            raise IndexError(token)
        return 0

    def span(self, Py_ssize_t token):
        """(start, end) of a token."""
        self.check(token)
        return self.doc.tokens[token].start, self.doc.tokens[token].end

    def tag(self, Py_ssize_t token):
        """(UPOS, XPOS, relation, head token or -1, sentence) of a token."""
        self.check(token)
        cdef const Token* t = &self.doc.tokens[token]
        return UPOS[t.upos], XPOS[t.xpos], DEPREL[t.deprel], t.head, t.sentence

    def head(self, Py_ssize_t token):
        """Its head's number, or -1."""
        self.check(token)
        return self.doc.tokens[token].head

    def relation(self, Py_ssize_t token):
        """Its relation to its head."""
        self.check(token)
        return DEPREL[self.doc.tokens[token].deprel]

    def upos(self, Py_ssize_t token):
        """Its universal part of speech."""
        self.check(token)
        return UPOS[self.doc.tokens[token].upos]

    def xpos(self, Py_ssize_t token):
        """Its Penn Treebank tag."""
        self.check(token)
        return XPOS[self.doc.tokens[token].xpos]

    def sentence_of(self, Py_ssize_t token):
        """The number of its sentence."""
        self.check(token)
        return self.doc.tokens[token].sentence

    def glued(self, Py_ssize_t token):
        """Whether no white space stands before it."""
        self.check(token)
        return bool(self.doc.tokens[token].shape & 1)

    def lemma(self, Py_ssize_t token):
        """Its lemma."""
        self.check(token)
        cdef const Token* t = &self.doc.tokens[token]
        return self.doc.strings[t.lemma:t.lemma + t.lemma_length].decode("utf-8")

    def norm(self, Py_ssize_t token):
        """Its form in lower case."""
        self.check(token)
        cdef const Token* t = &self.doc.tokens[token]
        return self.doc.strings[t.norm:t.norm + t.norm_length].decode("utf-8")

    def children(self, Py_ssize_t token):
        """The tokens that hang on it, in order."""
        self.check(token)
        cdef int32_t c = self.acts_.tree.first_child[token]
        cdef list out = []
        while c >= 0:
            out.append(c)
            c = self.acts_.tree.next_sibling[c]
        return out

    def token_at(self, Py_ssize_t byte):
        """The token that covers a byte of the text, or the first one after it; -1 past the last."""
        cdef Py_ssize_t low = 0, high = self.doc.n_tokens, middle
        while low < high:
            middle = (low + high) >> 1
            if <Py_ssize_t>self.doc.tokens[middle].end <= byte:
                low = middle + 1
            else:
                high = middle
        return low if low < self.doc.n_tokens else -1

    @property
    def names(self):
        """Head tokens of the proper names that the knowledge does not have."""
        cdef uint32_t i
        cdef list out = []
        for i in range(self.doc.n_tokens):
            if self.acts_.who[i] == WHO_NAME:
                out.append(i)
        return out

    def who(self, Py_ssize_t token):
        """Its WHO_* mark (arguments.pxd)."""
        self.check(token)
        return self.acts_.who[token]

    def subtree(self, Py_ssize_t token):
        """(first token, token after the last) of all that hangs on it, directly or not."""
        self.check(token)
        cdef int32_t first, last
        subtree_span(&self.acts_.tree, <int32_t>token, &first, &last)
        return first, last


# What the loop without the GIL needs of a Reading.
cdef struct Job:
    Doc* doc
    MentionList* mentions
    ActList* acts
    GivenSpan* given
    uint32_t n_given


cdef class Reader:
    """Model and knowledge together: `read` does all the reading of a batch of texts. Without an analyser only `read_analyzed` works."""
    cdef Analyzer analyzer
    cdef Gazetteer gazetteer
    cdef Patterns patterns
    cdef Judge judge
    cdef Relations relations

    def __init__(self, Analyzer analyzer, knowledge, relations=None):
        """`relations`: the learned judge's blob; without it only patterns tell acts."""
        self.analyzer = analyzer
        self.relations = Relations(relations) if relations is not None else None
        self.gazetteer = Gazetteer(knowledge)
        self.patterns = Patterns(knowledge)
        self.judge = Judge(knowledge)

    def read(self, list texts not None, list given=None):
        """One Reading for each text (UTF-8 bytes); `given[i]` lists (start, end) bytes that the caller knows to be actors.
        What is wrong with a text is in its reading's status; nothing is raised for it."""
        cdef list readings = []
        cdef Reading reading
        cdef Py_ssize_t i, n = len(texts)
        cdef Workspace workspace
        cdef Job* jobs
        cdef const RelationTables* relations = &self.relations.tables if self.relations is not None else NULL
        if self.analyzer is None:
            raise ValueError("this reader has no analyser: it reads analysed text only")
        workspace = self.analyzer.borrow()
        jobs = <Job*>malloc((n if n else 1) * sizeof(Job))
        if jobs == NULL:
            raise MemoryError
        try:
            for i in range(n):
                reading = self.prepare(texts[i], given[i] if given is not None else None, &jobs[i])
                readings.append(reading)
            with nogil:
                for i in range(n):
                    analyze_doc(&self.analyzer.c, &workspace.scratch, jobs[i].doc)
                    find_acts(self, relations, &jobs[i])
        finally:
            free(jobs)
            self.analyzer.idle.append(workspace)
        return readings

    def read_analyzed(self, bytes text not None, list sentences not None, list given=None):
        """A Reading of a text whose analysis is given: `sentences` are lists of (start, end, lemma, upos, xpos, head within the
        sentence counted from 1 or 0, relation). For tests with trees made by hand and for callers with a parser of their own."""
        cdef Job job
        cdef Reading reading = self.prepare(text, given, &job)
        cdef uint32_t end = 0
        cdef const RelationTables* relations = &self.relations.tables if self.relations is not None else NULL
        for words in sentences:
            add_sentence(&reading.doc, words, &end)
        with nogil:
            find_acts(self, relations, &job)
        return reading

    def pair_features(self, Reading reading not None, int32_t actor, int32_t recipient):
        """(hash, what it says, token or -1, other token or -1) of every feature of a pair of words of one sentence, for training and for
        explanations."""
        cdef FeatureList features
        cdef Grammar grammar
        cdef uint32_t i
        reading.check(actor)
        reading.check(recipient)
        if reading.doc.tokens[actor].sentence != reading.doc.tokens[recipient].sentence or actor == recipient:
            raise ValueError("a pair stands in one sentence")
        grammar.doc, grammar.tree, grammar.who, grammar.light = &reading.doc, &reading.acts_.tree, reading.acts_.who, reading.acts_.light
        features.n = 0
        pair_features(&self.patterns.tables, &self.judge.tables, &grammar, &reading.acts_, actor, recipient, &features)
        sentence_features(&self.patterns.tables, &self.judge.tables, &grammar, reading.doc.tokens[actor].sentence, &features)
        return [(features.items[i].hash, FEATURE_NAMES[features.items[i].kind], features.items[i].first, features.items[i].second)
                for i in range(features.n)]

    def readings_of(self, Reading reading not None, Py_ssize_t token):
        """(pattern, whether it holds) of every frame of the patterns that a word may trigger, most specific first: the first that holds
        has told the act. None where no pattern begins with the word."""
        cdef Grammar g
        cdef Arguments arguments
        cdef Match match
        cdef uint16_t position
        cdef int64_t entry
        cdef uint32_t k
        cdef list found = []
        reading.check(token)
        g.doc, g.tree, g.who, g.light = &reading.doc, &reading.acts_.tree, reading.acts_.who, reading.acts_.light
        position = arguments_of(&g, <int32_t>token, &arguments)
        if position == 0:
            return None
        entry = find_entry(self.patterns.tables.trigger_keys, self.patterns.tables.trigger_mask, reading.doc.tokens[token].lemma_hash, position)
        if entry < 0:
            return None
        for k in range(self.patterns.tables.trigger_count[entry]):
            found.append((self.patterns.tables.frames[self.patterns.tables.trigger_frames[self.patterns.tables.trigger_first[entry] + k]].pattern,
                          frame_holds(&self.patterns.tables, &g, <int32_t>token, entry, k, position, &arguments, &match)))
        return found

    def evidence(self, Reading reading not None, int32_t actor, int32_t recipient, int32_t kind):
        """(weight, what it says, token or -1, other token or -1) of every feature of a pair that speaks for a type, strongest first: what
        the learned judge goes by. Weights are logarithms of odds."""
        cdef FeatureList features
        cdef Grammar g
        cdef uint32_t i
        cdef const int8_t* row
        cdef list found = []
        if self.relations is None:
            raise ValueError("this reader has no learned judge")
        reading.check(actor)
        reading.check(recipient)
        g.doc, g.tree, g.who, g.light = &reading.doc, &reading.acts_.tree, reading.acts_.who, reading.acts_.light
        features.n = 0
        pair_features(&self.patterns.tables, &self.judge.tables, &g, &reading.acts_, actor, recipient, &features)
        sentence_features(&self.patterns.tables, &self.judge.tables, &g, reading.doc.tokens[actor].sentence, &features)
        for i in range(features.n):
            row = row_of(&self.relations.tables, features.items[i].hash)
            if row != NULL and row[kind] > 0:
                found.append((row[kind] * self.relations.tables.scale, FEATURE_NAMES[features.items[i].kind], features.items[i].first, features.items[i].second))
        return sorted(found, key=lambda feature: -feature[0])

    def verdict(self, Reading reading not None, int32_t actor, int32_t recipient):
        """What the learned judge makes of a pair: (number of the type, its probability, the probability of no relation)."""
        cdef Grammar grammar
        cdef Verdict verdict
        cdef int32_t sums[N_CLASSES]
        cdef bint summed = False
        if self.relations is None:
            raise ValueError("this reader has no learned judge")
        reading.check(actor)
        reading.check(recipient)
        grammar.doc, grammar.tree, grammar.who, grammar.light = &reading.doc, &reading.acts_.tree, reading.acts_.who, reading.acts_.light
        judge_pair(&self.relations.tables, &self.patterns.tables, &self.judge.tables, &grammar, &reading.acts_, actor, recipient,
                   reading.doc.tokens[actor].sentence, sums, &summed, &verdict)
        return verdict.kind, verdict.probability, verdict.none

    cdef Reading prepare(self, bytes text, object given, Job* job):
        cdef Reading reading = Reading()
        if len(text) > MAX_TEXT_BYTES:
            raise ValueError(f"a text of {len(text)} bytes is over the limit of {MAX_TEXT_BYTES}")
        reading.text = text
        if given:
            reading.take_given(given)
        doc_reset(&reading.doc, <const uint8_t*><char*>text, <uint32_t>len(text))
        job.doc, job.mentions, job.acts = &reading.doc, &reading.mentions_, &reading.acts_
        job.given, job.n_given = reading.given, reading.n_given
        return reading


cdef void find_acts(Reader reader, const RelationTables* relations, Job* job) noexcept nogil:
    """Mentions, parties and acts of an analysed document; what fails is in its status."""
    cdef Grammar grammar
    cdef uint32_t n_told
    if job.doc.status != DOC_OK:
        return
    mend_tree(job.doc)
    if find_mentions(&reader.gazetteer.c, job.doc, job.mentions) != DOC_OK:
        job.doc.status = DOC_NO_MEMORY
        return
    mend_names(job.doc, job.mentions)
    if not acts_prepare(job.acts, job.doc):
        job.doc.status = DOC_NO_MEMORY
        return
    mark_parties(job.doc, &job.acts.tree, job.mentions, job.given, job.n_given, job.acts.who)
    if not acts_find(&reader.patterns.tables, &reader.judge.tables, job.doc, job.acts) or not share_content(job.acts, job.doc):
        job.doc.status = DOC_NO_MEMORY
        return
    grammar.doc, grammar.tree, grammar.who, grammar.light = job.doc, &job.acts.tree, job.acts.who, job.acts.light
    if relations != NULL:
        n_told = job.acts.n_acts
        if not add_relations(relations, &reader.patterns.tables, &reader.judge.tables, &grammar, job.acts, job.n_given > 1):
            job.doc.status = DOC_NO_MEMORY
            return
        order_acts(job.acts, n_told)
    acts_judge(&reader.patterns.tables, &reader.judge.tables, &grammar, job.acts)
    spread_speakers(&reader.patterns.tables, &reader.judge.tables, &grammar, job.acts)


cdef int add_sentence(Doc* doc, object words, uint32_t* end) except -1:
    """One analysed sentence to the document; `end` is where the last token ended."""
    cdef Sentence* sentence = doc_add_sentence(doc)
    cdef Token* token
    cdef uint32_t first = doc.n_tokens
    cdef bytes norm, low, whole = (<const char*>doc.text)[:doc.length]
    if sentence == NULL:
        raise MemoryError
    sentence.first, sentence.start = first, words[0][0]
    for start, stop, lemma, upos, xpos, head, relation in words:
        if not end[0] <= start < stop <= doc.length:
            raise ValueError(f"token {start} to {stop} does not follow in the text")
        token = doc_add_token(doc)
        form = whole[start:stop].decode("utf-8")
        norm, low = form.lower().encode(), lemma.encode()
        if token == NULL or doc_add_string(doc, norm, <uint32_t>len(norm)) < 0 or doc_add_string(doc, low, <uint32_t>len(low)) < 0:
            raise MemoryError
        token.start, token.end, token.sentence = start, stop, doc.n_sentences - 1
        token.norm, token.norm_length = doc.n_strings - <uint32_t>len(norm) - <uint32_t>len(low), <uint16_t>len(norm)
        token.lemma, token.lemma_length = doc.n_strings - <uint32_t>len(low), <uint16_t>len(low)
        token.norm_hash = hash_bytes(norm, len(norm), 0)
        low = lemma.lower().encode()
        token.lemma_hash = hash_bytes(low, len(low), 0)
        token.upos, token.xpos, token.deprel = UPOS_NUMBER[upos], XPOS_NUMBER[xpos], DEPREL_NUMBER[relation]
        token.head = <int32_t>(first + head) - 1 if head else -1
        token.shape = (SHAPE_GLUED if start == end[0] and start else 0) | (SHAPE_CAPITAL if form[0].isupper() else 0) | (
            SHAPE_UPPER if len(form) > 1 and form.isupper() else 0) | (SHAPE_ALPHA if form.isalpha() else 0) | (
            SHAPE_DIGIT if any(c.isdigit() for c in form) else 0)
        end[0] = stop
    sentence = &doc.sentences[doc.n_sentences - 1]
    sentence.last, sentence.end = doc.n_tokens, end[0]
    return 0
