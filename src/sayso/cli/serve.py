"""``sayso serve``: the ledger's pages and JSON API, on this machine only."""

from __future__ import annotations

import errno
import socket
from typing import Annotated

import typer

from sayso.cli.options import DEFAULT_LEDGER, Ledger, Port
from sayso.errors import SaysoError

HOST = "127.0.0.1"
"""The only address that is ever bound: the ledger has no log-in."""
DEFAULT_PORT = 8321


def serve(
    ledger: Ledger = DEFAULT_LEDGER,
    port: Port = DEFAULT_PORT,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the pages in the browser.")] = False,
) -> None:
    """Serve the ledger's pages and JSON API on 127.0.0.1, until Ctrl+C."""
    from sayso.ledger.store import Store

    Store.open(ledger, create=False).close()  # An error is told here, in one line, not on a page.
    serve_pages(ledger, port, open_browser=open_)


def serve_pages(ledger: str, port: int, *, open_browser: bool) -> None:
    """Bind, print the address, and serve until interrupted. Port 0 takes a free one. Raises S215 where it is taken."""
    import uvicorn

    from sayso.web.app import create_app

    listener = bind(port)
    address = f"http://{HOST}:{listener.getsockname()[1]}/"
    server = uvicorn.Server(uvicorn.Config(create_app(ledger), log_level="warning", server_header=False))
    typer.echo(f"The pages are at {address}  (Ctrl+C ends)")
    if open_browser:
        typer.launch(address)
    server.run(sockets=[listener])


def bind(port: int) -> socket.socket:
    """A socket that listens on 127.0.0.1 only. Raises S215."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise SaysoError("S215", port=port) from error
        raise
    return listener
