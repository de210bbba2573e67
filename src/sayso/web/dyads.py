"""The pages of the dyads: which sides are said to strike each other, how often, and what answers what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Response, get
from litestar.response import Redirect
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.incidents import dyads, exchanges, responses
from sayso.incidents.chains import edges_between
from sayso.incidents.excitation import Fit, fit
from sayso.web import answerplot, chain, dyadline, filters, multiples, settings, words
from sayso.web.render import Asked, as_json, at, html, suffix, wants_json
from sayso.web.site import Site, site_of

ANALYSED = 2_000
"""Strikes of a dyad, the latest, among which exchanges and answers are looked for."""
LINKS_SHOWN = 40
"""Links that one timeline draws and lists."""
EXCHANGES_SHOWN = 20
LISTED = 100
"""Attacks that the page of a dyad lists in words, the latest; the timeline and the JSON have more."""
MONTHS_LEAST = 7
"""Fewer months need no overview: the timeline has them all in sight."""
KINDS = ("retaliation_for", "follows")
SORTS = {"attacks": "most attacks", "links": "most attacks said to answer each other"}


def dyads_page(request: Asked) -> Response[Any]:
    """Every two sides between which there were strikes, those with the most first, or (``?sort=links``) those with the
    most attacks that are said to answer each other; ``?side=`` for one side's."""
    site = site_of(request)
    number = filters.parse_page(request.query_params.get("page", "1"))
    asked = " ".join(request.query_params.get("side", "").split())
    if len(asked) > settings.FIELD_LENGTH:
        raise SaysoError("S503", name="side", limit=settings.FIELD_LENGTH)
    sort = request.query_params.get("sort", "attacks")
    if sort not in SORTS:
        raise SaysoError("S504", name="sort", value=sort, allowed=", ".join(SORTS))
    with site.read() as connection:
        side = _side(connection, asked) if asked else None
        linked = site.remember(connection, ("linked",), lambda: dyads.linked_counts(connection))
        chosen = [pair for pair in linked if side is None or side in pair] if sort == "links" else None
        find = (
            partial(_linked, connection, linked, chosen, number)
            if chosen is not None
            else partial(dyads.dyads, connection, number, settings.PAGE_SIZE, side)
        )
        found = site.remember(connection, ("dyads", number, side, sort), find)
    links = {one: linked.get((one.a.key, one.b.key), 0) for one in found.items}
    if wants_json(request):
        about = {"total": found.total, "page": found.number, "pages": found.pages}
        rows = [_for_machines(one) | {"links": links[one]} for one in found.items]
        return as_json(about | {"dyads": rows})
    most = max((max(one.by_a, one.by_b) for one in found.items), default=1) or 1
    shown: dict[str, Any] = {"linked": len(linked), "links": links, "sort": sort, "sorts": SORTS}
    return html("dyads.html", page=found, most=most, asked=asked, **shown)


def _linked(
    connection: Connection, linked: dict[tuple[str, str], int], pairs: list[tuple[str, str]], number: int
) -> dyads.DyadPage:
    """A page of the dyads with the most links."""
    size = settings.PAGE_SIZE
    ordered = sorted(pairs, key=lambda pair: (-linked[pair], pair))
    found = [dyads.dyad(connection, *pair) for pair in ordered[(number - 1) * size : number * size]]
    return dyads.DyadPage(items=[one for one in found if one], total=len(pairs), number=number, size=size)


def _side(connection: Connection, asked: str) -> str:
    """The key of the side that is asked for. Raises S506."""
    try:
        return dyads.side_key(connection, asked)
    except SaysoError as error:
        raise SaysoError("S506", what="side", id=asked) from error


def _for_machines(found: dyads.Dyad) -> dict[str, Any]:
    return {**msgspec.to_builtins(found), "total": found.total}


@get("/dyads/{one:str}/{other:str}", sync_to_thread=True, name="dyad")
def dyad_page(request: Asked) -> Response[Any]:
    """Two sides: their timeline, what is said to answer what, exchanges and response times."""
    site = site_of(request)
    one = request.path_params["one"]
    other, kind = suffix(request.path_params["other"], ("json",))
    chosen = filters.parse({name: request.query_params.get(name, "") for name in ("from", "to")})
    with site.read() as connection:
        found = dyads.dyad(connection, one, other)
        if found is None:
            raise SaysoError("S506", what="dyad", id=f"{one} – {other}")
        address = f"/dyads/{quote(found.a.key, safe=':')}/{quote(found.b.key, safe=':')}"
        if one != found.a.key:
            return Redirect(f"{address}{'.json' if kind else ''}", status_code=301)
        page = _page(site, connection, found, chosen, wants_fit="fit" in request.query_params)
    if kind or wants_json(request):
        return as_json(_page_for_machines(page))
    return html("dyad.html", address=address, chosen=chosen, **_context(page, address))


class DyadPage(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page of one dyad shows. ``analysed`` are the strikes among which patterns were looked for."""

    dyad: dyads.Dyad
    strikes: list[dyads.Strike]
    months: list[dyadline.Month]
    links: list[chain.ShownEdge]
    links_left_out: int
    said: list[exchanges.Exchange]
    patterns: list[exchanges.Exchange]
    responses: responses.Responses
    fit: Fit | None
    analysed: int
    within: int
    """Strikes that began within the dates asked for, whether shown or not."""


def _page(
    site: Site, connection: Connection, found: dyads.Dyad, chosen: filters.Filter, *, wants_fit: bool
) -> DyadPage:
    pair = found.a.key, found.b.key
    since, until = chosen.since or None, chosen.until or None
    shown = dyads.strikes(connection, *pair, since, until)
    every = dyads.strikes(connection, *pair, limit=ANALYSED)
    linked = dyads.linked(connection, *pair)
    ids = sorted({one.incident_id for one in shown})
    edges = edges_between(connection, ids, KINDS) if linked else ()
    start = {one.incident_id: one.start or "~" for one in shown}
    drawn = sorted(edges, key=lambda edge: (start[edge.from_incident], edge.from_incident, edge.to_incident))
    drawn = drawn[-LINKS_SHOWN:]
    months = dyads.months(connection, *pair)
    within = sum(
        number
        for month, _, number, _ in months
        if (not since or month >= since[:7]) and (not until or month <= until[:7])
    )
    said = exchanges.said(every, linked)
    return DyadPage(
        dyad=found,
        strikes=shown,
        months=dyadline.months(months),
        links=chain.shown_edges(site, connection, drawn),
        links_left_out=len(edges) - len(drawn),
        said=said,
        patterns=exchanges.unsaid(exchanges.patterns(every), said),
        responses=responses.responses(every, linked),
        fit=site.remember(connection, ("fit", pair), lambda: fit(every)) if wants_fit else None,
        analysed=len(every),
        within=within,
    )


def _page_for_machines(page: DyadPage) -> dict[str, Any]:
    names = ("strikes", "months", "links", "said", "patterns", "responses", "fit", "analysed")
    return {"dyad": _for_machines(page.dyad)} | {name: getattr(page, name) for name in names}


def _context(page: DyadPage, address: str) -> dict[str, Any]:
    names = page.dyad.a.name, page.dyad.b.name
    titles = {one.incident_id: one for one in page.strikes}
    latest = [one for one in reversed(page.strikes) if one.start] + [one for one in page.strikes if not one.start]
    most = max((max(month.by_a, month.by_b) for month in page.months), default=0)
    answered = [(one, titles.get(one.from_incident), titles.get(one.to_incident)) for one in page.responses.answers]
    return {
        "dyad": page.dyad,
        "names": {"a": names[0], "b": names[1]},
        "strikes": latest,
        "within": max(page.within, len(page.strikes)),
        "undrawn": len(page.strikes) - len(dyadline.drawable(page.strikes)),
        "line": dyadline.timeline(page.strikes, page.links, names),
        "months": page.months,
        "overview": dyadline.overview(page.months, address, names)
        if len(page.months) >= MONTHS_LEAST and most > 1
        else "",
        "month_labels": multiples.labels("month", [month.key for month in page.months]),
        "most": most,
        "listed": LISTED,
        "plot": answerplot.plot(page.responses, names),
        "links": list(reversed(list(enumerate(page.links, 1)))),
        "titles": {key: one.title for key, one in titles.items()},
        "links_left_out": page.links_left_out,
        "said": page.said[:EXCHANGES_SHOWN],
        "patterns": list(reversed(page.patterns))[:EXCHANGES_SHOWN],
        "more_said": len(page.said) - EXCHANGES_SHOWN,
        "more_patterns": len(page.patterns) - EXCHANGES_SHOWN,
        "pattern_days": exchanges.PATTERN_DAYS,
        "responses": page.responses,
        "answered": answered,
        "fit": page.fit,
        "analysed": page.analysed,
        "dated": _spans(page.strikes),
    }


def _spans(strikes: Sequence[dyads.Strike]) -> dict[str, str]:
    return {one.incident_id: words.interval(one.start, one.end) for one in strikes}


PAGES = (*at("/dyads", "/dyads.json")(dyads_page), dyad_page)
