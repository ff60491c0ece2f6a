"""Where an act happened."""
from libc.stdint cimport int32_t

from demarche._native.read cimport Reading
from demarche.coder.parties cimport Parties

cdef class PlacedPlace:
    cdef readonly str name
    cdef readonly str country
    cdef readonly int32_t token
    cdef readonly int32_t first
    cdef readonly int32_t last

cdef class Places:
    cdef Reading reading
    cdef readonly list placed     # in the order of the text
    cdef dict by_sentence
    cdef int keep(self, PlacedPlace placed) except -1
    cdef int add_unknown(self, Parties parties, int32_t token) except -1
    cdef PlacedPlace find(self, int32_t trigger, int32_t clause)
