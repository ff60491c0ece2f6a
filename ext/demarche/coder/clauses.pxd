"""Which clause a word belongs to: the shared way up the tree for time phrases and places."""
from libc.stdint cimport int32_t

from demarche._native.document cimport Doc

cdef int32_t steps_below(const Doc* doc, int32_t token, int32_t trigger, int32_t clause) noexcept nogil   # 0: a direct dependent; -1: not in its clause
cdef bint is_above(const Doc* doc, int32_t token, int32_t word) noexcept nogil     # `word` is `token` or above it in its clause
