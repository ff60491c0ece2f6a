"""`demarche serve`: the gRPC server."""
from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import click

_FILE = click.Path(path_type=Path)


@click.command("serve")
@click.option("--address", default="127.0.0.1:50051", show_default=True, help="HOST:PORT (port 0: a free one) or unix:PATH.")
@click.option("--workers", type=click.IntRange(1), help="Threads for single calls. Default: the number of cores.")
@click.option("--streams", type=click.IntRange(1), help="CodeDocuments streams served at once. Default: 16.")
@click.option("--max-calls", type=click.IntRange(1), help="Calls under way or waiting; more are refused. Default: 256.")
@click.option("--tls-certificate", type=_FILE, metavar="PEM", help="Certificate with its chain; turns TLS on.")
@click.option("--tls-key", type=_FILE, metavar="PEM", help="Private key of the certificate.")
@click.option("--tls-client-ca", type=_FILE, metavar="PEM", help="Ask clients for a certificate signed by this authority.")
@click.option("--token-file", type=_FILE, metavar="FILE", help="Accepted bearer tokens, one a line; read again when it changes.")
@click.option("--insecure", is_flag=True, help="Allow plain text on an address that other machines can reach.")
@click.option("--reflection/--no-reflection", default=True, show_default=True, help="Let clients ask for the contracts.")
@click.option("--drain-seconds", type=click.FloatRange(0), help="Time for balancers to notice a shutdown. Default: 0.")
@click.option("--grace-seconds", type=click.FloatRange(0), help="Time for calls under way to end. Default: 10.")
@click.option("--verbose", "-v", is_flag=True, help="Log every call.")
def command(verbose: bool, **settings: Any) -> None:
    """Serve until SIGTERM or Ctrl-C. Plain text is served to this machine only, unless --insecure says otherwise."""
    from demarche.cli import CommandError
    from demarche.cli.coding import load_coder
    from demarche.server.app import Server, serve
    from demarche.server.config import ConfigError, ServerConfig
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    try:
        config = ServerConfig(**{name: value for name, value in settings.items() if value is not None})
        server = Server(config, load_coder())
        serve(server, ready=lambda address: click.echo(f"demarche: serving on {address}", err=True))
    except ConfigError as error:
        raise CommandError(str(error)) from None
