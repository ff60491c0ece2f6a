"""What a caller should know of a result, beside the result."""
from __future__ import annotations

from demarche.coder.language import detect_language
from demarche.v1.document_pb2 import Diagnostic


def diagnose(text: str, declared: str, dated: bool, tokens: int) -> list[Diagnostic]:
    """The diagnostics of one document. `declared` is the language that the caller names, if any."""
    found = []
    language = declared.lower().replace("_", "-").partition("-")[0]
    if language not in ("", "und", "mul", "en", "eng", "english"):
        found.append(Diagnostic(code="LANGUAGE_NOT_ENGLISH", message=f"the document is said to be in {declared!r}; only English is read"))
    elif detect_language(text) == "other":
        found.append(Diagnostic(code="LANGUAGE_NOT_ENGLISH", message="the text does not look English; only English is read"))
    if not dated:
        found.append(Diagnostic(code="NO_PUBLICATION_DATE", message="the document has no publication date: relative times stay open"))
    if not tokens:
        found.append(Diagnostic(code="NO_WORDS", message="the text has no words"))
    return found
