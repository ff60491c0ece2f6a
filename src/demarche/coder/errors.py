"""The one exception of coding: a document that cannot be coded."""
from __future__ import annotations


class DocumentError(ValueError):
    """One document cannot be coded, and why.

    `reason` is an upper-case code of the contract, `field` the path of the bad field inside `Document` (empty: the whole of it), `index` the
    position of the document in its batch. Batches return these as values, in the place of the coded document.
    """

    def __init__(self, reason: str, field: str, message: str, index: int = 0) -> None:
        super().__init__(message)
        self.reason = reason
        self.field = field
        self.message = message
        self.index = index

    def at(self, index: int) -> DocumentError:
        """The same error for another position."""
        return DocumentError(self.reason, self.field, self.message, index)
