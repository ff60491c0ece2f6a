"""Mending attachments that a parser gets wrong in known ways, before arguments are read off the tree."""
from libc.stdint cimport int32_t

from demarche._native.document cimport Doc

cdef void mend_tree(Doc* doc) noexcept nogil
cdef bint is_calendar_word(const Doc* doc, int token) noexcept nogil     # a weekday or month by name
cdef bint is_leaf(const Doc* doc, int32_t token) noexcept nogil          # nothing hangs on it
