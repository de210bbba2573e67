"""The page of what could not be read: nothing is dropped silently."""

from __future__ import annotations

from typing import Any

from litestar import Response

from sayso.ledger import queries
from sayso.web.render import Asked, as_json, at, html, wants_json
from sayso.web.site import site_of


def unread_page(request: Asked) -> Response[Any]:
    """Every source that could not be read, with its code, its reason and when it was tried."""
    with site_of(request).read() as connection:
        rows = queries.unread(connection)
        total = queries.counts(connection)["unread"]
    if wants_json(request):
        return as_json({"total": total, "unread": rows})
    return html("unread.html", rows=rows, total=total)


PAGES = at("/unread", "/unread.json")(unread_page)
