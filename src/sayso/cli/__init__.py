"""The command line: one verb a file, loaded only when it is called, so that ``sayso --help`` is quick."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
import typer.main
from typer.core import TyperGroup

from sayso import __version__
from sayso.errors import SaysoError

VERBS: dict[str, str] = {
    "demo": "Read the bundled reports into a fresh ledger and open its pages.",
    "read": "Read reports and print their accounts; keep nothing.",
    "add": "Read reports into the ledger.",
    "incidents": "List the incidents of the ledger.",
    "show": "Show one incident: who says what, and who denies it.",
    "compare": "Compare the ledger with a file of ACLED or UCDP GED.",
    "why": "Why two incidents are, or are not, one.",
    "decide": "Say that incidents are one, or are not; list and undo it.",
    "estimate": "Estimate beside the rules how likely incidents are, under a model's assumptions.",
    "dyads": "Which sides are said to strike each other, how often, and what answers what.",
    "analysis": "Count incidents by time, place, type, side and status.",
    "export": "Write the ledger's incidents and claims in another format.",
    "relink": "Join all events of the ledger into incidents anew.",
    "serve": "Serve the ledger's pages on 127.0.0.1.",
    "evaluate": "Score the reading against an annotated test set.",
    "gazetteer": "The gazetteer: the places that reports name.",
    "doctor": "What is installed, what is missing, what to do.",
}
"""Every verb with what it does, in the order of the help. Verb ``x`` is the function ``x``, or the Typer ``app``, of
``sayso/cli/x.py``."""


class Verbs(TyperGroup):
    """A group that knows its verbs by name and imports one only to run it."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The verb that the arguments name, imported. Raises S217 where its module is missing."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, load(name) if name else None, rest

    def list_commands(self, ctx: Any) -> list[str]:
        """The verbs in the order of ``VERBS``."""
        return list(VERBS)


def load(verb: str) -> Any:
    """A verb's command. Raises S217 where its module is missing."""
    module_name = f"sayso.cli.{verb}"
    try:
        module = import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name != module_name:
            raise
        raise SaysoError("S217", exit_status=1, what=f"'sayso {verb}'") from error
    if hasattr(module, "app"):
        return typer.main.get_command(module.app)
    single = typer.Typer(add_completion=False)
    single.command(verb)(getattr(module, verb))
    return typer.main.get_command(single)


app = typer.Typer(cls=Verbs, no_args_is_help=True, pretty_exceptions_enable=False)


def _nothing() -> None:
    """Stands in the help for a verb that is not loaded."""


for _verb, _help in VERBS.items():
    app.command(_verb, help=_help)(_nothing)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sayso {__version__}")
        raise typer.Exit


@app.callback()
def sayso(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """The ledger of who says what happened in a war: every fact a claim, with its speaker, its stance and its words."""


def run() -> None:
    """The program: an error is one line on standard error; exit status 2 for the user's mistakes, 1 for ours."""
    try:
        app()
    except SaysoError as error:
        _end(str(error), error.exit_status)
    except Exception as error:
        if os.environ.get("SAYSO_DEBUG"):
            raise
        fault = SaysoError("S299", exit_status=1, why=f"{type(error).__name__}: {error}")
        _end(str(fault), fault.exit_status)


def _end(line: str, status: int) -> None:
    typer.echo(line, err=True)
    sys.exit(status)
