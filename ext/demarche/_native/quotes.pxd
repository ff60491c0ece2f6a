"""Quotations that run over sentences: who speaks in those that do not say so themselves."""
from demarche._native.acts cimport ActList, JudgeTables
from demarche._native.arguments cimport Grammar
from demarche._native.patterns cimport PatternTables

# Gives the acts told inside a quotation, and that nobody is said to tell, the speaker of the quotation.
cdef void spread_speakers(const PatternTables* patterns, const JudgeTables* judge, const Grammar* g, ActList* list) noexcept nogil
