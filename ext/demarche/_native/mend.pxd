"""Mending attachments that a parser gets wrong in known ways, before arguments are read off the tree."""
from demarche._native.document cimport Doc
from demarche._native.gazetteer cimport MentionList

cdef void mend_tree(Doc* doc) noexcept nogil
cdef bint is_calendar_word(const Doc* doc, int token) noexcept nogil     # a weekday or month by name
cdef void mend_names(Doc* doc, MentionList* mentions) noexcept nogil     # once the names are known
