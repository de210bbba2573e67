"""``sayso export``: the ledger's incidents or claims as JSON Lines, CSV or GeoJSON."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Annotated

import typer

from sayso.cli.options import DEFAULT_LEDGER, Countries, Ledger, Since, Statuses, Text, Types, Until, chosen
from sayso.errors import SaysoError

STANDARD_OUTPUT = "-"


def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help="jsonl, csv or geojson.")],
    what: Annotated[str, typer.Option(help="incidents or claims.")] = "incidents",
    ledger: Ledger = DEFAULT_LEDGER,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")
    ] = STANDARD_OUTPUT,
    type_: Types = None,
    country: Countries = None,
    status: Statuses = None,
    since: Since = None,
    until: Until = None,
    text: Text = None,
    include_private: Annotated[
        bool, typer.Option("--include-private", help="Name private persons (victims, witnesses) too.")
    ] = False,
) -> None:
    """Write the ledger's incidents, or the claims on them, in a format that other programs read."""
    from sayso.exchange.export import checked_format
    from sayso.exchange.export import export as write
    from sayso.ledger.store import Store

    checked_format(format_)
    filters = chosen(type_, country, status, since=since, until=until, text=text)
    with Store.open(ledger, create=False) as store, store.read() as connection, _written(output) as out:
        count = write(connection, format_, what, out, filters, include_private=include_private)
    if output != STANDARD_OUTPUT:
        typer.echo(f"{count} {what} written to {output}", err=True)


@contextmanager
def _written(output: str) -> Iterator[IO[bytes]]:
    """Standard output, or a file that appears only when it is whole. Raises S603."""
    if output == STANDARD_OUTPUT:
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            # Whoever reads has seen enough ("| head"); Python's own flush at the end must not complain either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    path = Path(output)
    temporary: Path | None = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            yield file.file
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise SaysoError("S603", path=output, why=error.strerror or error) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
