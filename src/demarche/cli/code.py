"""`demarche code`: reports in, events out."""
from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from demarche.cli.inputs import Report
    from demarche.v1.document_pb2 import CodedDocument

    Coded = Iterable[tuple[Report, CodedDocument]]

FORMATS = ("table", "json", "jsonl", "csv")


@click.command("code")
@click.argument("files", nargs=-1, metavar="[FILE...|-]")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
              help="table for people; json or jsonl: one CodedDocument a line; csv: one event a row.")
def command(files: tuple[str, ...], form: str) -> int:
    """Code reports and print their events.

    FILE is a report (.txt, .md, .html) or a file with many (.jsonl: a Document a line). With -, standard input: JSON Lines if it begins
    with {, one report otherwise. A report that cannot be coded gets a line on standard error, and the exit status is 1.
    """
    from demarche.cli.coding import code_reports, load_coder
    from demarche.cli.inputs import Complaints, reports
    complaints = Complaints()
    coded = code_reports(load_coder(), reports(files, complaints), complaints)
    WRITERS[form](coded)
    return complaints.status


def write_json(coded: Coded) -> None:
    """One CodedDocument a line."""
    from demarche.cli.progress import Progress
    from demarche.cli.protojson import to_line
    progress = Progress("reports")
    for _, document in coded:
        print(to_line(document))
        progress.add(1)
    progress.end()


def write_csv(coded: Coded) -> None:
    """A row of column names, then one event a row."""
    from demarche.cli import rows
    from demarche.cli.progress import Progress
    progress = Progress("reports")
    writer = csv.DictWriter(sys.stdout, rows.COLUMNS, lineterminator="\n")
    writer.writeheader()
    for _, document in coded:
        writer.writerows(rows.row(document, event) for event in document.events)
        progress.add(1)
    progress.end()


def write_table(coded: Coded) -> None:
    """One table a report."""
    from demarche.cli.table import document_table, screen_width
    width = screen_width()
    for report, document in coded:
        for line in document_table(document, heading(report), width):
            print(line)


def heading(report: Report) -> str:
    """The report's title, or where it came from, with its date and publisher if they are known."""
    document = report.document
    published = document.published
    day = f"{published.year:04d}-{published.month:02d}-{published.day:02d}" if document.HasField("published") else ""
    return " | ".join(part for part in (document.title or document.id or report.origin, document.publisher, day) if part)


WRITERS = {"table": write_table, "json": write_json, "jsonl": write_json, "csv": write_csv}
