"""The page of counts: by time, place, type, side and status, with the filter of the lists."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Response

from sayso.errors import SaysoError
from sayso.exchange import counts as tables
from sayso.incidents.counts import BY, TIMES, Counts, check_by, count
from sayso.ledger import queries
from sayso.vocabulary import load
from sayso.web import filters, multiples, outlines, words
from sayso.web.render import Asked, as_json, at, html, wants_json
from sayso.web.site import site_of

ROWS_SHOWN = 120
"""Rows of the table on the page, for a time the latest; the files have all."""
NARROWING = ("q", "type", "country", "status", "side", "speaker", "from", "to")


def analysis_page(request: Asked) -> Response[Any]:
    """Counts of the incidents that the filter asks for, by ``?by=`` and ``?and=``."""
    site = site_of(request)
    chosen = filters.parse(request.query_params)
    by = _divisions(request)
    with site.read() as connection:
        wanted = site.ledger_filters(connection, chosen)
        found = site.remember(connection, ("analysis", wanted, by), lambda: count(connection, wanted, by))
        countries = site.remember(connection, ("countries",), lambda: queries.facet(connection, "country"))
    if request.url.path.endswith(".csv"):
        headers = {"content-disposition": 'attachment; filename="analysis.csv"'}
        return Response(tables.as_csv(found), media_type="text/csv", headers=headers)
    if wants_json(request):
        return as_json(tables.as_json(found))
    given = {name: request.query_params[name] for name in NARROWING if request.query_params.get(name)}
    query = urlencode(given | {"by": found.by[0], "and": found.by[1] if len(found.by) > 1 else ""})
    return html("analysis.html", **_context(found), chosen=chosen, choices=_choices(countries), query=query)


def _divisions(request: Asked) -> tuple[Any, ...]:
    """What to count by: a time first, as the charts run along it. Raises S504."""
    asked = f"{request.query_params.get('by', 'month')},{request.query_params.get('and', '')}"
    try:
        found = check_by(asked.split(","))
    except SaysoError as error:
        allowed = f"one or two of {', '.join(BY)}, of which one is a time at most"
        raise SaysoError("S504", name="by", value=asked.strip(","), allowed=allowed) from error
    return tuple(sorted(found, key=lambda name: name not in TIMES))


def _choices(countries: list[tuple[str | None, int]]) -> dict[str, list[tuple[str, str]]]:
    named = [(code, outlines.names().get(code, code)) for code, _ in countries if code]
    return {
        "type": [(name, entry.label) for name, entry in load("event_types").items()],
        "country": sorted(named, key=lambda choice: choice[1]),
        "status": [(name, entry.label) for name, entry in load("statuses").items()],
    }


def _context(found: Counts) -> dict[str, Any]:
    cells = multiples.grid(found)
    columns = list(found.order[1]) if len(found.by) > 1 else [""]
    timed = found.by[0] in TIMES
    keys = list(found.order[0])
    rows = keys[-ROWS_SHOWN:] if timed else keys[:ROWS_SHOWN]
    drawn, most = multiples.charts(found)
    return {
        "counts": found,
        "by": list(found.by) + [""] * (2 - len(found.by)),
        "divisions": BY,
        "timed": timed,
        "charts": drawn,
        "most": most,
        "columns": [found.labels[1][key] if key else "Incidents" for key in columns],
        "rows": [(_row_label(found, key), [cells.get((key, column)) for column in columns]) for key in rows],
        "left_out": len(keys) - len(rows),
        "number": multiples.number,
        "opening": words.opening,
    }


def _row_label(found: Counts, key: str) -> str:
    label = found.labels[0].get(key, key)
    return multiples.period(key) if found.by[0] in TIMES and label == key else label


PAGES = at("/analysis", "/analysis.json", "/analysis.csv")(analysis_page)
