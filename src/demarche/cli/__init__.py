"""The command line. Each command is a module of this package, imported only when it is called or listed."""
from __future__ import annotations

import importlib
import os
import sys
from typing import NoReturn

import click

COMMANDS = ("analyze", "code", "demo", "explain", "knowledge", "learn", "serve", "train", "version")
DEBUG_VARIABLE = "DEMARCHE_TRACEBACK"  # set to anything, it shows the traceback of an internal error


class CommandError(Exception):
    """What went wrong, in one line for people; ends the command with a non-zero status."""


class Commands(click.Group):
    """A group that imports a command's module when the command is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, sorted."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command `cmd_name`, or None."""
        if cmd_name not in COMMANDS:
            return None
        return importlib.import_module(f"demarche.cli.{cmd_name}").command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def demarche() -> None:
    """Reads news reports and says what happened politically: who did what to whom, when, where, and according to whom."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command and exit with its status: 0, or 1 for an error, 2 for a wrong call, 130 for an interrupt."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run a command; every failure becomes one line on standard error and a status."""
    # The transport reports on standard error what it then reports to us.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    try:
        status = demarche.main(arguments, prog_name="demarche", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.ClickException as error:
        where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "demarche"
        return _report(f"{where}: {error.format_message()} (see {where} --help)", error.exit_code)
    except CommandError as error:
        return _report(f"demarche: {error}", 1)
    except (KeyboardInterrupt, click.Abort):
        return _report("demarche: interrupted", 130)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001  a fault of ours, still not a traceback for the user
        if os.environ.get(DEBUG_VARIABLE):
            raise
        return _report(f"demarche: internal error: {type(error).__name__}: {error} (set {DEBUG_VARIABLE}=1 to see where)", 1)


def _report(message: str, status: int) -> int:
    click.echo(" ".join(message.split()), err=True)
    return status
