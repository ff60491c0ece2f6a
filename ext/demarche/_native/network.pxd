"""Tags, heads and relations of a sentence from the rows of its tokens: the quantised parser network and the tree search."""
from libc.stdint cimport int8_t, int16_t, int32_t, uint8_t, uint32_t

from demarche._native.document cimport Doc

cdef extern from "network.hpp" namespace "demarche" nogil:
    # What each field holds is said in the header.
    cdef struct Dense:
        const int8_t* weights
        const float* scale
        const float* bias
        int inputs "in"
        int out
    cdef struct Recurrent:
        Dense input, forward, backward
    cdef struct NetworkC "demarche::Network":
        const int8_t** table
        int32_t* multiplier
        uint32_t* rows
        int embedding, hidden, arc, label, tags, labels, root_label, subject, passive_subject, passive_auxiliary
        uint8_t* once
        Recurrent layer1, layer2
        Dense tag_hidden, tag_out, arc_dependent, arc_head, arc_bilinear, label_dependent, label_head, label_out
        const uint8_t* arc_root
        const float* label_root
        const float* distance
    cdef struct NetworkScratch "demarche::Scratch":
        uint8_t* encoded2
        int32_t* arcs
        int32_t* tag_keys
        int32_t* label_keys
    ctypedef void (*ParseFunction)(const NetworkC&, NetworkScratch&, const uint32_t*, int, uint8_t*, int16_t*, uint8_t*) noexcept nogil
    cdef struct Kernels:
        const char* name
        ParseFunction parse
    const Kernels* find_kernels(const char* name) noexcept
    bint scratch_allocate(NetworkScratch& scratch, const NetworkC& network) noexcept
    void scratch_free(NetworkScratch& scratch) noexcept
    enum:
        TABLES "demarche::TABLES"
        ARC_STRIDE "demarche::ROW"

cdef struct ParserC:
    NetworkC network
    const Kernels* kernels
    const uint8_t* tags      # [tags][2]: UPOS_*, XPOS_*
    const uint8_t* labels    # [labels]: DEP_*

cdef class Network:
    cdef ParserC c
    cdef object blob         # owns the memory that `c` points into
    cdef size_t words_of(self, bytes rows) except 0

# Fills upos, xpos, head and deprel of the tokens [first, last) of `doc`, at most MAX_SENTENCE; rows [last - first][TABLES].
# Every sentence gets one root, whose relation is root, and no other word has that relation.
cdef void network_parse(const ParserC* parser, NetworkScratch* scratch, Doc* doc, uint32_t first, uint32_t last,
                        const uint32_t* rows) noexcept nogil

# The buffers of one thread for this network; False: no memory.
cdef bint network_scratch_begin(NetworkScratch* scratch, const ParserC* parser) noexcept nogil
cdef void network_scratch_end(NetworkScratch* scratch) noexcept nogil
