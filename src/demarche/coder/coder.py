"""The coder: documents in, coded documents out; the core reads a whole batch in one call, this resolves what it found."""
from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Sequence

from demarche import __version__
from demarche._native.analyze import Analyzer
from demarche._native.read import Reader, Reading
from demarche.blob import Blob
from demarche.coder.contexts import About, Subjects
from demarche.coder.dateline import find_dateline
from demarche.coder.diagnostics import diagnose
from demarche.coder.drafts import Draft, make_drafts
from demarche.coder.errors import DocumentError
from demarche.coder.magnitudes import attach_magnitudes
from demarche.coder.messages import MessageWriter
from demarche.coder.offsets import Offsets
from demarche.coder.parties import Parties
from demarche.coder.when import Times
from demarche.coder.where import Places
from demarche.knowledge.model import Knowledge
from demarche.knowledge.pattern_table import pattern_table
from demarche.knowledge.ontology import load_ontology
from demarche.knowledge.places import Gazetteer
from demarche.v1 import coding_service_pb2, document_pb2, event_pb2

MODEL = Path(__file__).parents[1] / "model" / "english.blob"
RELATIONS = Path(__file__).parents[1] / "model" / "relations.blob"
# what a Reading's status numbers mean (document.pxd)
_STATUS = {1: ("RESOURCE_EXHAUSTED", "the document does not fit into memory"), 2: ("DOCUMENT_TOO_LONG", "the text is too long"),
           3: ("NOT_TEXT", "the text is not UTF-8"), 4: ("CANCELLED", "the caller went away")}


class Coder:
    """Codes documents with one model and one knowledge. Immutable, so that threads may share it."""

    def __init__(self, model: Blob, knowledge: Knowledge, relations: Blob | None = None) -> None:
        """`relations`: the learned judge; without it only patterns tell acts."""
        self.knowledge = knowledge
        self.gazetteer = Gazetteer()
        self.analyzer = Analyzer(model)
        self.reader = Reader(self.analyzer, knowledge.blob, relations)
        self.ontology = load_ontology()
        self.patterns = pattern_table(knowledge)
        self.subjects = Subjects(knowledge.blob, knowledge.string, self.ontology.contexts)
        self.versions = document_pb2.Versions(program=__version__, model=_version(model, relations), knowledge=_version(knowledge.blob, self.gazetteer.blob), ontology=self.ontology.version)
        self._writer = MessageWriter(self.ontology, f"{__version__} {self.versions.model} {self.versions.knowledge} {self.versions.ontology}",
                                     self.versions.SerializeToString())

    @classmethod
    def load(cls, model: str | Path | None = None, knowledge: str | Path | None = None) -> Coder:
        """Maps the shipped model and knowledge, or those given. Raises BlobError for files that are not such."""
        return cls(Blob(model or MODEL, "model"), Knowledge(knowledge) if knowledge else Knowledge(), Blob(RELATIONS, "relations"))

    def code(self, documents: Sequence[document_pb2.Document], encoding_type: int = 0) -> list[document_pb2.CodedDocument]:
        """The coded documents, in order. Raises DocumentError for the first that cannot be coded."""
        results = self.code_each(documents, encoding_type)
        for result in results:
            if isinstance(result, DocumentError):
                raise result
        return results  # type: ignore[return-value]

    def code_each(self, documents: Sequence[document_pb2.Document], encoding_type: int = 0) -> list[document_pb2.CodedDocument | DocumentError]:
        """For each document its coding, or the error that speaks of it."""
        results: list[document_pb2.CodedDocument | DocumentError] = []
        for document, (reading, text, given) in zip(documents, self._read(documents, encoding_type)):
            status, _ = reading.status
            if status:
                reason, message = _STATUS[status]
                results.append(DocumentError(reason, "text", message, len(results)))
            else:
                results.append(self._coded(document, reading, text, given, encoding_type))
        return results

    def decisions(self, document: document_pb2.Document) -> tuple[Reading, list[Draft]]:
        """The reading of one document and every act seen in it, also those that are no events, with the reason."""
        reading, _, given = self._read([document], 0)[0]
        drafts, _ = self._drafts(reading, Parties(reading, self.knowledge, _published(document), given))
        return reading, drafts

    def analyze(self, text: str, encoding_type: int = 0) -> coding_service_pb2.AnalyzeTextResponse:
        """Sentences, tokens, tags, lemmas, trees and entities of a text; heads count from 1 within their sentence, 0 is the root."""
        reading = self.reader.read([text.encode()])[0]
        offsets = Offsets(text, encoding_type or document_pb2.ENCODING_TYPE_UTF32)
        parties = Parties(reading, self.knowledge, None)
        response = coding_service_pb2.AnalyzeTextResponse(versions=self.versions)
        response.MergeFromString(self._writer.entities(response.DESCRIPTOR.fields_by_name["entities"].number, reading, parties, offsets))
        for first, last, start, end, paragraph in reading.sentences:
            sentence = response.sentences.add(span=event_pb2.Span(start=offsets.unit(start), end=offsets.unit(end)), starts_paragraph=paragraph)
            for token in range(first, last):
                upos, xpos, relation, head, _ = reading.tag(token)
                begin, stop = reading.span(token)
                sentence.tokens.add(span=event_pb2.Span(start=offsets.unit(begin), end=offsets.unit(stop)), text=reading.text[begin:stop].decode(), lemma=reading.lemma(token), upos=upos, xpos=xpos,
                                    head=head - first + 1 if head >= 0 else 0, relation=relation)
        response.diagnostics.extend(diagnose(text, "", True, reading.n_tokens))
        return response

    def _read(self, documents: Sequence[document_pb2.Document], encoding_type: int) -> list[tuple[Reading, str, list[tuple[int, int, str]]]]:
        texts = [_canonical(document) for document in documents]
        given: list[list[tuple[int, int, str]]] = []
        for document, text in zip(documents, texts):
            spans: list[tuple[int, int, str]] = []
            if document.mentions:
                shift = len(text) - len(document.text)
                offsets = Offsets(text, encoding_type or document_pb2.ENCODING_TYPE_UTF32)
                spans = [(offsets.byte(m.start + shift), offsets.byte(m.end + shift), m.entity_id) for m in document.mentions]
            given.append(spans)
        readings = self.reader.read([_core_text(text, document) for text, document in zip(texts, documents)], [[(a, b) for a, b, _ in spans] for spans in given])
        return list(zip(readings, texts, given))

    def _drafts(self, reading: Reading, parties: Parties) -> tuple[list[Draft], About]:
        """Every act seen, decided on and counted, and what the report is about."""
        drafts, about = make_drafts(reading, parties, self.patterns), About(self.subjects, reading)
        about.drop(drafts)
        attach_magnitudes(reading, drafts)
        return drafts, about

    def _coded(self, document: document_pb2.Document, reading: Reading, text: str, given: list[tuple[int, int, str]], encoding_type: int) -> document_pb2.CodedDocument:
        published = _published(document)
        code_points = Offsets(text)
        offsets = code_points if encoding_type in (0, document_pb2.ENCODING_TYPE_UTF32) else Offsets(text, encoding_type)
        parties = Parties(reading, self.knowledge, published, given)
        times = Times(reading, text, published, code_points)
        drafts, about = self._drafts(reading, parties)
        diagnostics = [d.SerializeToString() for d in diagnose(text, document.language, published is not None, reading.n_tokens)]
        return document_pb2.CodedDocument.FromString(self._writer.coded_document(
            document.id, text, reading, parties, times, Places(reading, parties, self.gazetteer), offsets, drafts, about,
            published, diagnostics))


def _version(*blobs: Blob | None) -> str:
    """Twelve hexadecimal digits for the learnt parts together."""
    return hashlib.sha256("".join(blob.meta["sha256"] for blob in blobs if blob).encode()).hexdigest()[:12]


def _canonical(document: document_pb2.Document) -> str:
    """The text that all spans index: the title, a blank line and the text, or the text alone."""
    return f"{document.title}\n\n{document.text}" if document.title else document.text


def _core_text(text: str, document: document_pb2.Document) -> bytes:
    """The text for the core, its dateline blanked: where a report was written takes no part in its sentences. Offsets stay."""
    dateline = find_dateline(document.text)
    if dateline is None:
        return text.encode()
    start = len(text) - len(document.text)
    blank = b" " * len(text[start:start + dateline.end].encode())
    return text[:start].encode() + blank + text[start + dateline.end:].encode()


def _published(document: document_pb2.Document) -> date | None:
    if document.WhichOneof("publication") == "published":
        day = document.published
        return date(day.year, max(day.month, 1), max(day.day, 1))
    if document.WhichOneof("publication") == "published_time":
        return document.published_time.ToDatetime().date()
    return None
