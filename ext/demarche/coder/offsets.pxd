"""Offsets in the units that callers count in."""
from libc.stdint cimport uint32_t

cdef class Offsets:
    cdef uint32_t* bytes_     # byte after each character beyond ASCII
    cdef uint32_t* units      # the same place in units
    cdef Py_ssize_t n         # 0: bytes and units are the same
    cdef Py_ssize_t to_unit(self, Py_ssize_t byte) noexcept nogil
    cdef Py_ssize_t to_byte(self, Py_ssize_t unit) noexcept nogil
