"""`sayso gazetteer build`: the places file, made from what is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The gazetteer: the places that reports name.", no_args_is_help=True)


@app.callback()
def gazetteer() -> None:
    """The gazetteer: the places that reports name."""


@app.command("build")
def build_cli(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it; default: the user's cache folder.")
    ] = None,
    if_missing: Annotated[bool, typer.Option("--if-missing", help="Do nothing where there is one already.")] = False,
) -> None:
    """Build the gazetteer file from the installed packages and bundled tables; needs no network."""
    from sayso.knowledge.build import build
    from sayso.knowledge.gazetteer import Gazetteer

    path = build(output, if_missing=if_missing)
    typer.echo(f"{path}: {Gazetteer.open(path).count():,} places")
