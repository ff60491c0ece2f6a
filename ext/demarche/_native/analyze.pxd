"""From text to tokens, tags, trees and lemmas: the stages of the core up to the tree, over whole batches."""
from libc.stdint cimport uint32_t

from demarche._native.boundary cimport SplitterC
from demarche._native.document cimport MAX_SENTENCE, Doc
from demarche._native.encode cimport FEATURES, Encoder, EncoderC
from demarche._native.lemma cimport LemmatiserC
from demarche._native.network cimport Network, NetworkScratch, ParserC
from demarche._native.text cimport TextTables

# The compiled models, shared by all threads.
cdef struct AnalyzerC:
    const SplitterC* splitter      # NULL: the model has none
    const TextTables* tables
    const EncoderC* encoder
    const ParserC* parser
    const LemmatiserC* lemmatiser  # NULL: the model has none, lemmas stay empty

# What one thread works in.
cdef struct Scratch:
    NetworkScratch network
    uint32_t rows[MAX_SENTENCE * FEATURES]
    const int* cancelled           # looked at before each sentence: not 0 ends the work with DOC_CANCELLED; NULL: never

cdef bint scratch_begin(Scratch* scratch, const AnalyzerC* analyzer) noexcept nogil    # False: no memory
cdef void scratch_end(Scratch* scratch) noexcept nogil

# All stages for a document that was just reset to its text; doc.status says how it went.
cdef void analyze_doc(const AnalyzerC* analyzer, Scratch* scratch, Doc* doc) noexcept nogil
# The stages after the splitter (tags, trees, lemmas), for a document that has its tokens and sentences.
cdef void parse_doc(const AnalyzerC* analyzer, Scratch* scratch, Doc* doc) noexcept nogil

# Holds one Scratch; an Analyzer lends them out.
cdef class Workspace:
    cdef Scratch scratch

cdef class Analyzer:
    cdef AnalyzerC c
    cdef object splitter
    cdef object lemmatiser
    cdef Encoder encoder
    cdef Network network
    cdef list idle                 # Workspaces that nobody uses now
    cdef Workspace borrow(self)

cdef class Analysis:
    cdef Doc doc
    cdef bytes text                # what doc.text points into
