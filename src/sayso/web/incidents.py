"""The list of incidents: one filter for sentences, table, map and timeline."""

from __future__ import annotations

from typing import Any, cast

import msgspec
from litestar import Response, get
from sqlalchemy.engine import Connection

from sayso.ledger import overview, queries
from sayso.ledger.filters import Sort
from sayso.vocabulary import load
from sayso.web import filters as urls
from sayso.web import mapplace, outlines, privacy, settings, svgmap, timeline, words
from sayso.web.download import download
from sayso.web.filters import Filter
from sayso.web.mapplace import MapPlace
from sayso.web.render import Asked, as_json, at, html, wants_json
from sayso.web.site import Counts, Site, site_of

MAP_SIZE = (620, 430)
FILES = ("/incidents.csv", "/incidents.geojson")
"""Where the whole filtered list can be had as a file."""


def incidents_page(request: Asked) -> Response[Any]:
    """The incidents that the filter in the address asks for."""
    site = site_of(request)
    chosen = urls.parse(request.query_params)
    with site.read() as connection:
        wanted = site.ledger_filters(connection, chosen)
        found = queries.list_incidents(connection, wanted, cast("Sort", chosen.sort), chosen.page, settings.PAGE_SIZE)
        rows = _told(site, connection, found.items)
        if wants_json(request):
            return as_json(
                {"total": found.total, "page": found.number, "pages": found.pages, "filter": chosen, "incidents": rows}
            )
        counts = site.counts(connection, wanted)
        context = _context(site, connection, chosen, counts)
    return html("incidents.html", page=found, rows=rows, **context)


@get("/places.json", sync_to_thread=True, name="places")
def places_json(request: Asked) -> Response[Any]:
    """What is on the map: the places of the incidents that the filter asks for."""
    site = site_of(request)
    chosen = urls.parse(request.query_params)
    with site.read() as connection:
        counts = site.counts(connection, site.ledger_filters(connection, chosen))
    return as_json({"places": [svgmap.as_json(place) for place in map_places(counts.places, chosen)]})


def incidents_file(request: Asked) -> Response[Any]:
    """All incidents that the filter asks for, not one page of them, as a file."""
    site = site_of(request)
    chosen = urls.parse(request.query_params)
    with site.read() as connection:
        wanted = site.ledger_filters(connection, chosen)
    return download(site, request.url.path.rpartition(".")[2], "incidents", wanted, "incidents")


def _told(site: Site, connection: Connection, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of incidents with the words that only their events hold: part of the day, weapon and sides."""
    told = overview.told_of(connection, [row["id"] for row in items])
    rows = []
    for row in items:
        more = told[row["id"]]
        sides = {
            role: [
                name if site.include_private or not private else privacy.PRIVATE for name, private in more[role].items()
            ]
            for role in ("initiator", "recipient")
        }
        rows.append(row | {"time_words": more["time_words"], "weapon": more["weapon"]} | sides)
    return rows


def _context(site: Site, connection: Connection, chosen: Filter, counts: Counts) -> dict[str, Any]:
    places = map_places(counts.places, chosen)
    bars = timeline.bars(counts.histogram, counts.unit, chosen)
    return {
        "chosen": chosen,
        "chips": site.chips(connection, chosen),
        "facets": _facets(counts, chosen),
        "speaker_names": site.names(connection, "speaker"),
        "side_names": site.names(connection, "side"),
        "sorts": urls.SORTS,
        "views": urls.VIEWS,
        "bars": bars,
        "chart": timeline.chart(bars),
        "ticks": timeline.ticks(bars),
        "unit": counts.unit,
        "places": places,
        "countries": [place for place in places if not place.pinned and place.country_only],
        "unplaced": [place for place in places if not place.pinned and not place.country_only],
        "map": svgmap.draw(
            places, *MAP_SIZE, label="Places of the incidents listed", more=lambda box: "/" + chosen.query(box=box)
        ),
        "places_listed": settings.PLACES_LISTED,
        "places_shown": settings.PLACES_ON_MAP,
        "places_cut": len(counts.places) >= settings.PLACES_ON_MAP,
        "dateless": counts.dateless,
        "ledger": queries.counts(connection),
    }


def _facets(counts: Counts, chosen: Filter) -> dict[str, list[tuple[str, str, int]]]:
    """The choices of each field as value, label and count; the chosen one stays even where it would find nothing."""
    found = {}
    for field, values in counts.facets.items():
        known = [(value, number) for value, number in values if value]
        mine = getattr(chosen, field)
        if mine and mine not in dict(known):
            known.append((mine, 0))
        vocabulary = {"type": "event_types", "status": "statuses"}.get(field)
        named = [
            (value, words.label(vocabulary, value) if vocabulary else outlines.names().get(value, value), number)
            for value, number in known
        ]
        if field == "status":
            order = list(load("statuses"))
            named.sort(key=lambda choice: order.index(choice[0]) if choice[0] in order else len(order))
        found[field] = named
    return found


def map_places(rows: list[dict[str, Any]], chosen: Filter) -> list[MapPlace]:
    """Places of the ledger as the map takes them, each leading to its incident, or to the list of its incidents.

    Names that come to no more than the same country are one place.
    """
    found: dict[str, MapPlace] = {}
    for row in rows:
        place = _map_place(row, chosen)
        key = place.name if place.country_only else f"{row['gazetteer_id']} {place.name} {place.precision}"
        known = found.get(key)
        if known is not None:
            place = msgspec.structs.replace(known, count=known.count + place.count, url=_list_url(row, chosen))
        found[key] = place
    return sorted(found.values(), key=lambda place: -place.count)


def _map_place(row: dict[str, Any], chosen: Filter) -> MapPlace:
    url = f"/incidents/{row['first_id']}" if row["incidents"] == 1 else _list_url(row, chosen)
    name = ("near " if row["place_precision"] == 2 else "") + words.where(row, outlines.names())
    return mapplace.place_of(row, name=name, kind=_kind(row), count=row["incidents"], url=url)


def _list_url(row: dict[str, Any], chosen: Filter) -> str:
    """The list of the incidents at a place; of those in a country where no more is known."""
    if row["place_name"] and row["place_precision"] != words.COUNTRY_ONLY:
        return "/" + chosen.query(q=f'"{row["place_name"]}"', view="list")
    return "/" + chosen.query(country=row["country"] or "", view="list")


def _kind(row: dict[str, Any]) -> str:
    """How a place is drawn: by what is said of its incidents."""
    if row["denied"] == row["incidents"]:
        return "denies"
    if row["unclear"] == row["incidents"]:
        return "uncertain"
    return "contested" if row["contested"] or row["denied"] else "asserts"


PAGES = (*at("/", "/incidents", "/incidents.json")(incidents_page), places_json, *at(*FILES)(incidents_file))
