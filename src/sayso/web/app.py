"""The application: which page stands at which address, and what is shown when something goes wrong."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from litestar import Request, Response
from litestar.config.compression import CompressionConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.exceptions import HTTPException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.static_files import create_static_files_router

from sayso import __version__
from sayso.errors import SaysoError
from sayso.ledger.store import Store
from sayso.web import (
    about,
    analysis,
    campaigns,
    compare,
    decisions,
    dyads,
    incident,
    incidents,
    report,
    settings,
    speakers,
    unread,
    why,
)
from sayso.web.render import HERE, as_json, html, wants_json, warm
from sayso.web.security import GuardedLitestar
from sayso.web.site import Site

log = logging.getLogger("sayso.web")
HOST = "127.0.0.1"
"""The only address that is ever bound: the ledger has no log-in."""
PAGES = (
    *incidents.PAGES,
    *incident.PAGES,
    *report.PAGES,
    *dyads.PAGES,
    *campaigns.PAGES,
    *analysis.PAGES,
    *speakers.PAGES,
    *unread.PAGES,
    *compare.PAGES,
    *why.PAGES,
    *decisions.PAGES,
    *about.PAGES,
)


def create_app(ledger_path: str, *, include_private: bool = False) -> GuardedLitestar:
    """The pages and the JSON over the ledger at a path (or URL). Nothing in it can change the ledger.

    ``include_private`` shows the names of private persons. Raises the ledger's errors, S206 where there is none.
    """
    store = Store.open(ledger_path, create=False)
    site = Site(store, include_private=include_private)

    @asynccontextmanager
    async def closing(_: Any) -> AsyncIterator[None]:
        try:
            yield
        finally:
            store.close()

    static = create_static_files_router(
        path="/static",
        directories=[HERE / "static"],
        cache_control=CacheControlHeader(max_age=settings.ASSETS_KEPT),
        include_in_schema=False,
    )
    app = GuardedLitestar(
        route_handlers=[*PAGES, static],
        state=State({"site": site}),
        exception_handlers={SaysoError: coded, HTTPException: refused, Exception: failed},
        compression_config=CompressionConfig(
            backend="gzip", minimum_size=settings.COMPRESS_FROM, gzip_compress_level=5, exclude=[r"\.woff2$"]
        ),
        openapi_config=OpenAPIConfig(
            title="sayso", version=__version__, path="/schema", render_plugins=[JsonRenderPlugin()]
        ),
        lifespan=[closing],
    )
    app.refusal = refusal
    warm()
    site.warm()
    return app


def coded(request: Request[Any, Any, State], error: SaysoError) -> Response[Any]:
    """A coded error as a page that says what to do next; 404 for what is not there, 400 for what is not understood."""
    status = {"S506": 404, "S507": 404, "S210": 404, "S460": 404, "S502": 405}.get(error.code)
    if status is None:
        status = 400 if error.exit_status == 2 and error.code.startswith("S5") else 500
    return problem(error, status, json=wants_json(request))


def refused(request: Request[Any, Any, State], error: HTTPException) -> Response[Any]:
    """Litestar's own refusals (no such address, a malformed one) as coded errors."""
    if error.status_code == 404:
        return coded(request, SaysoError("S507", path=request.url.path))
    if error.status_code == 405:
        return coded(request, SaysoError("S502", method=request.method))
    return coded(request, SaysoError("S504", name="address", value=request.url.path, allowed="an address of the lists"))


def failed(request: Request[Any, Any, State], error: Exception) -> Response[Any]:
    """Our own fault: the whole of it in the log, one line of it on the page."""
    log.error("failed at %s", request.url.path, exc_info=error)
    fault = SaysoError("S549", why=type(error).__name__, exit_status=1)
    return problem(fault, 500, json=wants_json(request))


def problem(error: SaysoError, status: int, *, json: bool) -> Response[Any]:
    """An error as a page, or as JSON with ``code`` and ``message``."""
    message = str(error).removeprefix(error.code).strip()
    if json:
        return as_json({"code": error.code, "message": message}, status)
    return html("problem.html", status, code=error.code, message=message, status=status)


def refusal(_: Any, error: SaysoError, status: int) -> tuple[bytes, bytes]:
    """What a request gets that is refused before any page: plain text, which works wherever it was sent from."""
    return b"text/plain; charset=utf-8", f"{error}\n".encode()


def bind(port: int) -> socket.socket:
    """A socket on 127.0.0.1 and no other address. Port 0 takes a free one. Raises S215."""
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


def serve(
    ledger_path: str | Path,
    port: int = settings.PORT,
    *,
    include_private: bool = False,
    ready: Callable[[str], object] | None = None,
) -> None:
    """Serve the pages on 127.0.0.1 until interrupted; ``ready`` is told their address.

    Raises S215 where the port is taken, and the ledger's errors.
    """
    import uvicorn

    with bind(port) as listener:
        app = create_app(str(ledger_path), include_private=include_private)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="on")
        if ready is not None:
            ready(f"http://{HOST}:{listener.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listener])
