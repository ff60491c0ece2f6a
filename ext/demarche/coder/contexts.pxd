"""What a report is about."""
from libc.stdint cimport int32_t, uint16_t, uint32_t, uint64_t

from demarche._native.read cimport Reading

cdef class Subjects:
    cdef object blob
    cdef list views
    cdef const uint64_t* keys
    cdef const uint32_t* first
    cdef const uint32_t* count
    cdef const uint16_t* tells
    cdef const uint64_t* starts       # bits of the words that a term may begin with
    cdef uint32_t mask
    cdef int32_t n
    cdef uint64_t topics              # bits of those that are no politics
    cdef list names                   # by number; the contexts in the order of the ontology come out of `order`
    cdef list order
    cdef dict by_type                 # (type, mode) -> bits of the contexts that it means
    cdef dict dropped_by              # (type, mode) -> bits of the subjects in which it is no event
    cdef const void* section(self, str name) except NULL
    cdef uint64_t look_up(self, const uint64_t* hashes, int32_t words, uint64_t* strong) noexcept nogil

cdef class About:
    cdef Subjects subjects
    cdef readonly list sentences      # bits of each sentence
    cdef readonly object document     # bits of the whole
    cdef readonly object foremost     # bits of those that most of it is about
    cdef dict named                   # bits -> names, as they were asked for
    cdef list names_of(self, object bits)
