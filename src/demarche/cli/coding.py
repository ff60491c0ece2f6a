"""What the commands that code have in common: the loaded coder, and batches of reports through it."""
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from demarche.cli import CommandError
from demarche.cli.inputs import Complaints, Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from demarche.coder.coder import Coder
    from demarche.v1.document_pb2 import CodedDocument

# Batches grow from one report to this many: the first result comes at once, the later ones cost the least.
_LARGEST_BATCH = 64


def load_coder() -> Coder:
    """The coder with the model and knowledge of this installation. CommandError if they are missing or damaged."""
    from demarche.blob import BlobError
    try:
        from demarche.coder.coder import Coder
        return Coder.load()
    except ModuleNotFoundError as error:
        raise CommandError(f"this installation is incomplete: the module {error.name} is missing") from None
    except FileNotFoundError as error:
        raise CommandError(f"this installation is incomplete: {error.filename} is missing") from None
    except (BlobError, OSError) as error:
        raise CommandError(f"this installation cannot be used: {error}") from None


def code_reports(coder: Coder, reports: Iterable[Report], complaints: Complaints) -> Iterator[tuple[Report, CodedDocument]]:
    """Every report with its result, in order; what cannot be coded is complained of and left out."""
    size, batch = 1, []
    for report in reports:
        batch.append(report)
        if len(batch) == size:
            yield from _code_batch(coder, batch, complaints)
            size, batch = min(2 * size, _LARGEST_BATCH), []
    if batch:
        yield from _code_batch(coder, batch, complaints)


def _code_batch(coder: Coder, batch: list[Report], complaints: Complaints) -> Iterator[tuple[Report, CodedDocument]]:
    from demarche.coder.errors import DocumentError
    from demarche.coder.intake import code_checked
    from demarche.v1.document_pb2 import ENCODING_TYPE_UTF32
    results = code_checked(coder, [report.document for report in batch], ENCODING_TYPE_UTF32)
    for report, result in zip(batch, results, strict=True):
        if isinstance(result, DocumentError):
            complaints.add(report.origin, result.message)
        else:
            yield report, result
