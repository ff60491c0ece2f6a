"""One reading: everything that the core finds in a document, owned together."""
from demarche._native.acts cimport ActList
from demarche._native.document cimport Doc
from demarche._native.gazetteer cimport MentionList
from demarche._native.parties cimport GivenSpan

cdef class Reading:
    cdef Doc doc
    cdef MentionList mentions_
    cdef ActList acts_
    cdef GivenSpan* given
    cdef unsigned int n_given
    cdef readonly bytes text
    cdef int take_given(self, object spans) except -1
    cdef int check(self, Py_ssize_t token) except -1
