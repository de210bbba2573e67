"""The pages: server-rendered, read-only, for one reader on this machine. ``serve`` opens them on 127.0.0.1."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from litestar import Litestar


def create_app(ledger_path: str, *, include_private: bool = False) -> Litestar:
    """The application over a ledger; see ``sayso.web.app.create_app``."""
    from sayso.web.app import create_app as create

    return create(ledger_path, include_private=include_private)


def serve(
    ledger_path: str | Path,
    port: int = 8321,
    *,
    include_private: bool = False,
    ready: Callable[[str], object] | None = None,
) -> None:
    """Serve a ledger's pages on 127.0.0.1; see ``sayso.web.app.serve``."""
    from sayso.web.app import serve as run

    run(ledger_path, port, include_private=include_private, ready=ready)
