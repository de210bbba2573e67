"""`sayso gazetteer build`: the places file, from what is installed, the official GeoNames files and own layers."""

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
    geonames: Annotated[
        Path | None,
        typer.Option(help="Official GeoNames files: allCountries.txt or .zip, SY.txt, or the folder that holds them."),
    ] = None,
    countries: Annotated[str, typer.Option(help="Of those, only these countries, such as SYR,IRQ.")] = "",
    classes: Annotated[
        str, typer.Option(help="Of those, only these feature classes and codes, such as P,A,AIRB; or all.")
    ] = "default",
    layer: Annotated[
        list[Path] | None, typer.Option(help="A CSV file of places to lay over; may be given several times.")
    ] = None,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="Leave out rows of layers that cannot be used, and list them.")
    ] = False,
) -> None:
    """Build the gazetteer file from the installed packages, the official GeoNames files and CSV layers; no network."""
    from sayso.knowledge.build import Recipe, build
    from sayso.knowledge.gazetteer import Gazetteer
    from sayso.knowledge.layers import BadRowsError

    recipe = Recipe(geonames, _listed(countries), _listed(classes), tuple(layer or ()), skip_bad_rows)
    try:
        built = build(output, recipe, if_missing=if_missing, tell=_tell)
    except BadRowsError as error:
        for note in error.notes:
            typer.echo(note, err=True)
        raise
    for note in built.skipped:
        typer.echo(f"left out: {note}", err=True)
    typer.echo(f"{built.path}: {Gazetteer.open(built.path).count():,} places")


def _tell(path: Path, line: int) -> None:
    typer.echo(f"{path.name}: {line:,} lines read", err=True)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
