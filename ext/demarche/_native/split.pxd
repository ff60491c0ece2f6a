"""Token and sentence boundaries of a whole document."""
from demarche._native.boundary cimport SplitterC
from demarche._native.document cimport Doc
from demarche._native.text cimport TextTables

# Fills Doc.tokens and Doc.sentences; Doc.text is valid UTF-8. Returns Doc.status: DOC_OK, DOC_NO_MEMORY or DOC_TOO_LONG.
cdef int split_document(const SplitterC* model, const TextTables* tables, Doc* doc) noexcept nogil

cdef class Splitter:
    cdef SplitterC model     # borrowed by callers as &splitter.model
    cdef TextTables tables
    cdef tuple sections      # the views that the pointers lead into
    cdef list document(self, bytes text)
    cdef tuple rows_of(self, bytes text, bytes marks, bint sentences)
