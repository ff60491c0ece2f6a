"""How many: the dead, hurt, arrested, displaced and the size of a crowd."""
from libc.stdint cimport int32_t

cdef class Magnitude:
    cdef readonly int kind            # the field of demarche.v1.Magnitudes: 1 killed, 2 injured, 3 arrested, 4 displaced, 5 crowd
    cdef readonly int32_t low         # -1 where open
    cdef readonly int32_t high
    cdef readonly int32_t first       # tokens of the words that give it
    cdef readonly int32_t last
    cdef readonly int32_t word        # the word that tells what became of them
