"""The pages of the speakers: who speaks, and what each asserted, denied and left open. Counts, never a score."""

from __future__ import annotations

from typing import Any

from litestar import Response, get

from sayso.errors import SaysoError
from sayso.ledger import queries
from sayso.vocabulary import load
from sayso.web import filters, matrix, privacy, settings
from sayso.web.render import Asked, as_json, at, html, suffix, wants_json
from sayso.web.site import site_of


def speakers_page(request: Asked) -> Response[Any]:
    """Everybody who speaks, those who speak to most incidents first."""
    site = site_of(request)
    number = filters.parse_page(request.query_params.get("page", "1"))
    with site.read() as connection:
        found = queries.speakers(connection, number, settings.PAGE_SIZE, private=site.include_private)
    if wants_json(request):
        return as_json({"total": found.total, "page": found.number, "pages": found.pages, "speakers": found.items})
    return html("speakers.html", page=found, most=max((_claims(row) for row in found.items), default=1))


def _claims(row: dict[str, Any]) -> int:
    return int(row["asserts"] + row["denies"] + row["uncertain"])


@get("/speakers/{name:str}", sync_to_thread=True, name="speaker")
def speaker_page(request: Asked) -> Response[Any]:
    """One speaker's claims, all or those of one stance (``?stance=``)."""
    site = site_of(request)
    actor_id, kind = suffix(request.path_params["name"], ("json",))
    stance = request.query_params.get("stance", "")
    if stance and stance not in load("stances"):
        raise SaysoError("S504", name="stance", value=stance, allowed=", ".join(load("stances")))
    number = filters.parse_page(request.query_params.get("page", "1"))
    size = settings.CLAIMS_OF_SPEAKER
    with site.read() as connection:
        found = queries.speaker(connection, actor_id)
        chosen = [claim for claim in found.claims if not stance or claim["stance"] == stance] if found else []
        claims = chosen[(number - 1) * size : number * size]
        told = [claim["report_id"] for claim in claims]
        hidden = privacy.hidden_in(connection, told, include_private=site.include_private)
    if found is None or (found.actor["private"] and not site.include_private):
        raise SaysoError("S506", what="speaker", id=actor_id)
    masked = [privacy.withheld(claim, hidden) for claim in claims]
    pages = max(1, -(-len(chosen) // size))
    if kind or wants_json(request):
        about = {"actor": found.actor, "counts": found.counts, "page": number, "pages": pages}
        return as_json(about | {"claims": masked})
    shown = [claim | {"shown": matrix.in_words(claim["slot"], claim)} for claim in masked]
    return html(
        "speaker.html",
        actor=found.actor,
        counts=found.counts,
        stance=stance,
        claims=shown,
        page=number,
        pages=pages,
        more=sum(found.counts.values()) > len(found.claims),
    )


PAGES = (*at("/speakers", "/speakers.json")(speakers_page), speaker_page)
