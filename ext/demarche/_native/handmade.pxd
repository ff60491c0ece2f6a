"""Documents from hand-made tokens, for tests and tools: no model is needed to say what the words are."""
from demarche._native.document cimport Doc

# Appends (form, lemma, upos) tuples to an empty document whose text is the forms, one space apart; None ends a sentence.
# `headline` sets SHAPE_HEADLINE on every token. Raises MemoryError, and ValueError for an unknown tag.
cdef int fill(Doc* doc, tokens, bint headline) except -1
