"""``sayso serve``: the ledger's pages and JSON API, on this machine only."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.cli.options import DEFAULT_LEDGER, Ledger, Port

DEFAULT_PORT = 8321


def serve(
    ledger: Ledger = DEFAULT_LEDGER,
    port: Port = DEFAULT_PORT,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the pages in the browser.")] = False,
    include_private: Annotated[
        bool, typer.Option("--include-private", help="Show private persons' names (victims, witnesses) too.")
    ] = False,
) -> None:
    """Serve the ledger's pages and JSON API on 127.0.0.1, until Ctrl+C."""
    serve_pages(ledger, port, open_browser=open_, include_private=include_private)


def serve_pages(ledger: str, port: int, *, open_browser: bool, include_private: bool = False) -> None:
    """Print the address, open the browser if asked, and serve until interrupted."""
    from sayso.web import serve as run

    def ready(address: str) -> None:
        typer.echo(f"The pages are at {address}  (Ctrl+C ends)")
        if open_browser:
            typer.launch(address)

    run(ledger, port, include_private=include_private, ready=ready)
