"""Mending what the known names of a text show to be wrong in its tree."""
from demarche._native.document cimport Doc
from demarche._native.gazetteer cimport MentionList

cdef void mend_names(Doc* doc, MentionList* mentions) noexcept nogil
