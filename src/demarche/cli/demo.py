"""`demarche demo`: the whole of it on a few reports of our own."""
from __future__ import annotations

from importlib.resources import as_file, files

import click


@click.command("demo")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True,
              help="table for people; json: one CodedDocument a line.")
def command(form: str) -> int:
    """Start the server on a free port, send it the bundled reports through the client, and print what happened in each."""
    from demarche.cli.code import heading
    from demarche.cli.coding import load_coder
    from demarche.cli.inputs import Complaints, reports
    from demarche.cli.protojson import to_line
    from demarche.cli.table import document_table, screen_width
    from demarche.client import Client, DemarcheError
    from demarche.server.app import Server
    from demarche.server.config import ServerConfig
    complaints = Complaints()
    with as_file(files("demarche") / "demo") as folder:
        samples = list(reports(tuple(str(path) for path in sorted(folder.iterdir()) if path.suffix in (".md", ".txt")), complaints))
    with Server(ServerConfig(address="127.0.0.1:0", grace_seconds=1.0), load_coder()) as server, Client(server.address) as client:
        click.echo(f"Sending {len(samples)} reports to the server on {server.address}.\n", err=True)
        for sample in samples:
            try:
                coded = client.code(sample.document)
            except DemarcheError as error:
                complaints.add(sample.origin, str(error))
                continue
            if form == "json":
                print(to_line(coded))
                continue
            for line in document_table(coded, heading(sample), screen_width()):
                print(line)
    return complaints.status
