"""The pages of the series of similar attacks: all that the rule finds, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from litestar import Response, get
from markupsafe import Markup

from sayso.errors import SaysoError
from sayso.incidents import campaigns
from sayso.ledger import queries
from sayso.web import chain, filters, settings
from sayso.web.render import Asked, as_json, at, html, suffix, wants_json
from sayso.web.site import site_of

LINKS_SHOWN = 40
"""Links of resemblance that the page of one series lists."""


def campaigns_page(request: Asked) -> Response[Any]:
    """The series among the latest attacks, or among those that began by ``?to=``; those of most attacks first."""
    site = site_of(request)
    chosen = filters.parse({name: request.query_params.get(name, "") for name in ("to", "page")})
    until = chosen.until or None
    with site.read() as connection:
        found = site.remember(connection, ("campaigns", until), lambda: campaigns.campaigns(connection, until))
        size = settings.PAGE_SIZE
        rows = found.series[(chosen.page - 1) * size : chosen.page * size]
        attackers = campaigns.attackers(connection, rows)
    page = queries.Page(items=[], total=len(found.series), number=chosen.page, size=size)
    if wants_json(request):
        listed = [msgspec.to_builtins(row) | {"attackers": attackers[row.first]} for row in rows]
        about = {"total": page.total, "page": page.number, "pages": page.pages, "since": found.since}
        return as_json(about | {"campaigns": listed})
    shown: dict[str, Any] = {
        "found": found,
        "rows": rows,
        "attackers": attackers,
        "chosen": chosen,
        "looked": campaigns.LOOKED_AT,
    }
    return html("campaigns.html", page=page, kinds=KINDS, strip=_strip, **shown)


def _strip(days: Sequence[str]) -> Markup:
    """The days of a series as marks on a line from its first to its last."""
    ordinals = [date.fromisoformat(one).toordinal() for one in days]
    span = max(ordinals[-1] - ordinals[0], 1)
    marks = "".join(f'<circle cx="{4 + 132 * (one - ordinals[0]) / span:.1f}" cy="6" r="3"/>' for one in ordinals)
    return Markup(
        f'<svg class="daystrip" viewBox="0 0 140 12" width="140" height="12" aria-hidden="true">'
        f'<line x1="0" x2="140" y1="6" y2="6"/>{marks}</svg>'
    )


KINDS = {
    "aerial": "attacks from the air",
    "indirect_fire": "rocket, missile or artillery fire",
    "explosives": "bombings",
    "chemical": "chemical attacks",
    "ground": "attacks on the ground",
    "killing": "killings",
    "downing": "aircraft downed",
}
"""The families of attacks in words."""


@get("/campaigns/{name:str}", sync_to_thread=True, name="campaign")
def campaign_page(request: Asked) -> Response[Any]:
    """The series of similar attacks that an incident is part of, and why each belongs."""
    site = site_of(request)
    identity, kind = suffix(request.path_params["name"], ("json",))
    with site.read() as connection:
        found = campaigns.campaign(connection, identity)
        if found is None:
            raise SaysoError("S506", what="series with incident", id=identity)
        links = chain.shown_edges(site, connection, found.resembling[:LINKS_SHOWN])
    if kind or wants_json(request):
        facts = msgspec.to_builtins(found) | {"resembling": links, "first": found.first}
        return as_json(facts)
    return html("campaign.html", campaign=found, links=links, family=KINDS[found.family])


PAGES = (*at("/campaigns", "/campaigns.json")(campaigns_page), campaign_page)
