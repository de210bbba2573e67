"""The page of counts: by time, place, type, side and status, with the filter of the lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Response

from sayso.errors import SaysoError
from sayso.exchange import counts as tables
from sayso.incidents.counts import BY, OPEN, TIMES, VAGUE, Count, Counts, check_by, count
from sayso.ledger import queries
from sayso.ledger.filters import UNKNOWN, Field
from sayso.web import filters, leads, multiples, outlines, words
from sayso.web.render import Asked, as_json, at, html, wants_json
from sayso.web.site import site_of

CELLS_SHOWN = 720
"""Numbers of the table on the page; the files have all."""
MOST_ROWS = 120


def analysis_page(request: Asked) -> Response[Any]:
    """Counts of the incidents that the filter asks for, by ``?by=`` and ``?and=``."""
    site = site_of(request)
    chosen = filters.parse(request.query_params)
    by = _divisions(request)
    with site.read() as connection:
        wanted = site.ledger_filters(connection, chosen)
        found = site.remember(connection, ("analysis", wanted, by), lambda: count(connection, wanted, by))
        facets = site.remember(connection, ("facets",), lambda: queries.facets(connection))
        chips = site.chips(connection, chosen)
    if request.url.path.endswith(".csv"):
        headers = {"content-disposition": 'attachment; filename="analysis.csv"'}
        return Response(tables.as_csv(found), media_type="text/csv", headers=headers)
    if wants_json(request):
        return as_json(tables.as_json(found))
    return html(
        "analysis.html",
        **_context(found, chosen),
        chosen=chosen,
        choices=_choices(facets),
        chips=[msgspec.structs.replace(chip, without=_query(chip.without, found.by)) for chip in chips],
        query=_query(chosen.query(), found.by),
    )


def _query(narrowing: str, by: Sequence[str]) -> str:
    """The query string of this page for a filter's."""
    divisions = "&".join(f"{name}={value}" for name, value in zip(("by", "and"), by, strict=False))
    return f"{narrowing}{'&' if narrowing else '?'}{divisions}"


def _divisions(request: Asked) -> tuple[Any, ...]:
    """What to count by: a time first, as the charts run along it. Raises S504."""
    asked = f"{request.query_params.get('by', 'month')},{request.query_params.get('and', '')}"
    try:
        found = check_by(asked.split(","))
    except SaysoError as error:
        allowed = f"one or two of {', '.join(BY)}, of which one is a time at most"
        raise SaysoError("S504", name="by", value=asked.strip(","), allowed=allowed) from error
    return tuple(sorted(found, key=lambda name: name not in TIMES))


def _choices(facets: Mapping[Field, list[tuple[str | None, int]]]) -> dict[str, list[tuple[str, str, int]]]:
    """The values that the ledger has of each field: value, label and number of incidents."""
    found = {}
    for field, values in facets.items():
        vocabulary = {"type": "event_types", "status": "statuses"}.get(field)
        found[str(field)] = sorted(
            (
                (value, words.label(vocabulary, value) if vocabulary else outlines.names().get(value, value), number)
                for value, number in values
                if value
            ),
            key=lambda choice: choice[1],
        )
    return found


def _context(found: Counts, chosen: filters.Filter) -> dict[str, Any]:
    cells = multiples.grid(found)
    columns = list(found.order[1]) if len(found.by) > 1 else [""]
    timed = found.by[0] in TIMES
    keys = list(found.order[0])
    limit = min(MOST_ROWS, max(24, CELLS_SHOWN // len(columns)))
    rows = _latest_first(keys)[:limit] if timed else keys[:limit]
    drawn, most = multiples.charts(found, lambda keys: leads.lead(chosen, found.by, keys))
    return {
        "counts": found,
        "by": list(found.by) + [""] * (2 - len(found.by)),
        "divisions": BY,
        "timed": timed,
        "charts": [(chart, _closer(found, chosen, chart.key)) for chart in drawn],
        "most": most,
        "begins": multiples.undrawn(found),
        "columns": [found.labels[1][key] if key else "Incidents" for key in columns],
        "rows": [(_row_label(found, key), [_cell(found, chosen, cells, key, one) for one in columns]) for key in rows],
        "left_out": len(keys) - len(rows),
        "number": multiples.number,
        "opening": words.opening,
    }


def _latest_first(keys: Sequence[str]) -> list[str]:
    """Periods from the latest back, after what has none: the bars run the other way."""
    special = [key for key in keys if key in (OPEN, VAGUE, UNKNOWN)]
    return special + [key for key in reversed(keys) if key not in special]


def _cell(
    found: Counts, chosen: filters.Filter, cells: Mapping[tuple[str, str], Count], row: str, column: str
) -> tuple[Count, str | None] | None:
    """A number of the table and where it leads; null where nothing was counted."""
    count = cells.get((row, column))
    if count is None:
        return None
    return count, leads.lead(chosen, found.by, (row, column)[: len(found.by)])


def _closer(found: Counts, chosen: filters.Filter, key: str) -> str | None:
    """The address of one of several charts by itself."""
    narrowed = leads.within(chosen, found.by[1], key) if len(found.by) > 1 else None
    return None if narrowed is None else f"/analysis{_query(narrowed.query(), found.by[:1])}"


def _row_label(found: Counts, key: str) -> str:
    label = found.labels[0].get(key, key)
    return multiples.period(key) if found.by[0] in TIMES and label == key else label


PAGES = at("/analysis", "/analysis.json", "/analysis.csv")(analysis_page)
