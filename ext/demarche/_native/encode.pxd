"""What the network and the knowledge see of a token: its rows in the embedding tables, its lower-cased form, its shape bits."""
from libc.stdint cimport uint16_t, uint32_t, uint64_t

from demarche._native.document cimport Doc
from demarche._native.text cimport TextTables

cdef enum:
    FEATURES = 5             # form, prefix, suffix-3, suffix-4, shape
    MAX_NORM_BYTES = 65532   # of a lower-cased form; the rest of a longer one is left out

cdef struct EncoderC:
    TextTables tables
    const uint64_t* keys     # open addressing: hash of a form, 0 where there is none
    const uint16_t* rows     # the form's row
    uint32_t mask            # slots - 1

cdef class Encoder:
    cdef EncoderC c
    cdef object blob         # owns the memory that `c` points into

# Fills norm, norm_hash and shape of the tokens [first, last), one sentence, and rows [last - first][FEATURES] for the network.
# SHAPE_GLUED is read, not set: the splitter knows what stands between two tokens. SHAPE_HEADLINE is added to a sentence in capitals.
# Returns DOC_OK or DOC_NO_MEMORY (also in doc.status).
cdef int encode_sentence(const EncoderC* encoder, Doc* doc, uint32_t first, uint32_t last, uint32_t* rows) noexcept nogil
