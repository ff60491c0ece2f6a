"""What more than one folder of tests needs."""
from __future__ import annotations

import time
from collections.abc import Sequence
from types import SimpleNamespace

import pytest

from demarche.coder.errors import DocumentError
from demarche.v1.coding_service_pb2 import AnalyzeTextResponse
from demarche.v1.document_pb2 import CodedDocument, Document
from demarche.v1.event_pb2 import REALIS_ACTUAL, STANDING_REPORTED


class FakeCoder:
    """Stands in for the coder: one CONSULT event a document, whose trigger is the first word; some first words have effects."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def code_each(self, documents: Sequence[Document], encoding_type: int = 0) -> list[CodedDocument | DocumentError]:
        self.batches.append(len(documents))
        return [self._code(document, index) for index, document in enumerate(documents)]

    def _code(self, document: Document, index: int) -> CodedDocument | DocumentError:
        word, _, rest = document.text.partition(" ")
        if word == "SLOW":
            time.sleep(0.05)
        elif word == "FAULT":
            raise RuntimeError("the secret text of a fault")
        elif word == "REFUSE":
            return DocumentError("NOT_TEXT", "text", "refused by the coder", index)
        coded = CodedDocument(document_id=document.id or "derived", text=document.text)
        coded.sentences.add().span.end = len(document.text)
        event = coded.events.add(id="e1", type="CONSULT", realis=REALIS_ACTUAL, standing=STANDING_REPORTED, quad_class=1, confidence=0.9)
        event.evidence.trigger.end = len(word)
        event.evidence.pattern_id = "fake-pattern"
        actor = event.actors.add(text=word, name=word, country="KEN")
        actor.span.end = len(word)
        if document.HasField("published"):
            event.when.start.CopyFrom(document.published)
            event.when.end.CopyFrom(document.published)
        else:
            coded.diagnostics.add(code="NO_PUBLICATION_DATE", message="The report has no publication date.")
        coded.versions.program = "fake"
        return coded

    def decisions(self, document: Document) -> tuple[SimpleNamespace, list[SimpleNamespace]]:
        """One act that is dropped, in the first sentence."""
        word = document.text.partition(" ")[0].encode()
        reading = SimpleNamespace(text=document.text.encode(), sentences=[(0, 1, 0, len(word), 1)], span=lambda token: (0, len(word)))
        return reading, [SimpleNamespace(trigger=0, sentence=0, type="ACCUSE", pattern_id="fake-other", dropped="negated")]

    def analyze(self, text: str, encoding_type: int = 0) -> AnalyzeTextResponse:
        response = AnalyzeTextResponse()
        sentence = response.sentences.add(starts_paragraph=True)
        at = 0
        for number, word in enumerate(text.split()):
            at = text.index(word, at)
            token = sentence.tokens.add(text=word, lemma=word.lower(), upos="NOUN", xpos="NN", head=min(number, 1))
            token.relation = "dep" if number else "root"
            token.span.start, token.span.end = at, at + len(word)
            at += len(word)
        sentence.span.start, sentence.span.end = sentence.tokens[0].span.start, at
        return response


@pytest.fixture
def fake_coder() -> FakeCoder:
    return FakeCoder()
