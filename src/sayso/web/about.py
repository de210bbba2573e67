"""How to read the pages: the rules of the statuses in words, the signs, and what the ledger must not be used for."""

from __future__ import annotations

from typing import Any

from litestar import Response, get

from sayso import __version__
from sayso.ledger import queries
from sayso.web.render import Asked, html
from sayso.web.site import site_of


@get("/about", sync_to_thread=True, name="about")
def about_page(request: Asked) -> Response[Any]:
    """The rules, in words, from the vocabularies themselves."""
    with site_of(request).read() as connection:
        ledger = queries.counts(connection)
    return html("about.html", ledger=ledger, version=__version__)


PAGES = (about_page,)
