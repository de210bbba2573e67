"""``sayso demo``: the bundled reports, read into a fresh ledger and shown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.options import Port
from sayso.cli.serve import DEFAULT_PORT
from sayso.errors import SaysoError

DEFAULT_TO = Path("demo/ledger.sqlite")
MADE_BY = "made_by"
"""The key in the ledger's ``meta`` that tells a demo's ledger from a user's own."""


def demo(
    to: Annotated[
        Path, typer.Option(metavar="PATH", help="The ledger file to make; an earlier demo's is made anew.")
    ] = DEFAULT_TO,
    port: Port = DEFAULT_PORT,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the pages when the reports are read.")
    ] = True,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the pages in the browser.")] = True,
) -> None:
    """Read the bundled reports into a fresh ledger and open its pages on 127.0.0.1."""
    import sqlalchemy as sa

    from sayso import intake
    from sayso.cli.add import progress, summary
    from sayso.cli.serve import serve_pages
    from sayso.examples import report_paths
    from sayso.ledger.schema import meta
    from sayso.ledger.store import Store

    paths = [str(path) for path in report_paths()]
    make_way(to)
    typer.echo(f"Reading {len(paths)} bundled reports into {to}")
    with Store.open(to) as store:
        with store.write() as connection:
            connection.execute(sa.insert(meta), {"key": MADE_BY, "value": "demo"})
        outcomes = list(progress(intake.add(store, paths), total=len(paths)))
    summary(outcomes, str(to))
    if serve:
        serve_pages(str(to), port, open_browser=open_)


def make_way(path: Path) -> None:
    """Make the folder and remove the ledger of an earlier demo, but nothing else. Raises S201, S205, S218."""
    import sqlalchemy as sa

    from sayso.ledger.schema import meta
    from sayso.ledger.store import Store

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            return
        with Store.open(path, create=False) as store, store.read() as connection:
            made_by = connection.scalar(sa.select(meta.c.value).where(meta.c.key == MADE_BY))
        if made_by != "demo":
            raise SaysoError("S218", path=path)
        for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            name.unlink(missing_ok=True)
    except OSError as error:
        raise SaysoError("S205", path=path, why=error.strerror or error) from error
