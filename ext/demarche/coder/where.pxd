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
    cdef readonly int32_t kind    # MENTION_..., or -1 where the knowledge has no such actor
    cdef readonly object located  # knowledge.places.Place, or None

cdef class Places:
    cdef Reading reading
    cdef Parties parties
    cdef readonly list placed     # in the order of the text
    cdef dict by_sentence
    cdef int add_named(self, Parties parties, gazetteer, int32_t token, tuple around) except -1
    cdef tuple around(self, Parties parties)
    cdef object context(self, Parties parties, PlacedPlace placed, tuple around)
    cdef int locate(self, Parties parties, gazetteer, tuple around) except -1
    cdef bint in_name(self, int32_t token)
    cdef bint called_region(self, PlacedPlace placed)
    cdef frozenset beside(self, Parties parties, PlacedPlace placed)
    cdef int keep(self, PlacedPlace placed) except -1
    cdef int add_unknown(self, Parties parties, int32_t token) except -1
    cdef PlacedPlace find(self, int32_t trigger, int32_t clause)
