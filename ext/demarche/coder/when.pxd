"""When an act happened."""
from libc.stdint cimport int32_t

from demarche._native.read cimport Reading

cdef class PlacedTime:
    cdef object anchor        # the day from which "three days later" counts; None for others
    cdef readonly object phrase
    cdef readonly int32_t token
    cdef readonly int32_t start   # bytes
    cdef readonly int32_t end
    cdef bytes wire               # the When message, once it was written

cdef class Times:
    cdef Reading reading
    cdef object published
    cdef readonly list placed     # in the order of the text
    cdef dict by_sentence
    cdef PlacedTime find(self, int32_t trigger, int32_t clause, bint future)
    cdef PlacedTime nearest(self, int32_t trigger, int32_t clause)
    cdef PlacedTime shared(self, int32_t clause)
    cdef PlacedTime matrix_clause(self, int32_t clause)

cdef bint is_history(PlacedTime placed, object published) except -1
