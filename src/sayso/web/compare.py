"""The pages of comparing: the ledger beside files of ACLED and UCDP GED. Neither side is called right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Response, get
from litestar.response import Stream
from sqlalchemy.engine import Connection

from sayso.comparing import keep, summary
from sayso.comparing.foreign import COUNTRY, DATASETS, ForeignEvent
from sayso.comparing.ours import Ours
from sayso.comparing.result import DETAILS, OUTCOMES, Entry
from sayso.comparing.rows import csv_lines
from sayso.comparing.score import their_toll
from sayso.errors import SaysoError
from sayso.incidents.wording import counted, english_days, listed
from sayso.ledger.queries import Page
from sayso.vocabulary import load
from sayso.web import filters, settings, words
from sayso.web.render import Asked, as_json, at, html, suffix, wants_json
from sayso.web.site import Site, site_of

BAD_ROWS = 20
"""Rows of the file that could not be used which a page names; the command names all."""
CREDITS = {
    "acled": "ACLED data belong to ACLED and are used under its terms; its notes are not kept here.",
    "ucdp": "UCDP GED: Uppsala Conflict Data Program, CC BY 4.0; its headlines and articles are not kept here.",
}


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One event of either side in words: the cells of its row."""

    who: str
    id: str
    link: str | None
    time: str
    place: str
    type: str
    sides: str
    killed: str


def compare_page(request: Asked) -> Response[Any]:
    """The comparisons that are kept."""
    site = site_of(request)
    with site.read() as connection:
        kept = keep.kept_comparisons(connection)
    if wants_json(request):
        return as_json([msgspec.to_builtins(one) for one in kept])
    return html("compare.html", kept=kept, datasets=DATASETS, spans=[_span(one) for one in kept])


@get("/compare/{name:str}", sync_to_thread=True, name="comparison")
def comparison_page(request: Asked) -> Response[Any] | Stream:
    """One comparison: what both have (``?differs=`` narrows it), what one has alone, what could not be told."""
    site = site_of(request)
    name, kind = suffix(request.path_params["name"], ("csv", "json"))
    show, differs = _asked(request)
    number = filters.parse_page(request.query_params.get("page", "1"))
    with site.read() as connection:
        found = keep.kept_comparison(connection, int(name)) if name.isdigit() and len(name) < 10 else None
        if found is None:
            raise SaysoError("S506", what="comparison", id=name)
        size = settings.PAGE_SIZE
        start = (number - 1) * size
        total, entries = keep.kept_entries(connection, found.id, show, differs=differs, start=start, size=size)
    if kind == "csv":
        return _download(site, found)
    if kind or wants_json(request):
        about = {"comparison": msgspec.to_builtins(found), "show": show, "total": total, "page": number}
        return as_json(about | {"entries": msgspec.to_builtins(entries)})
    return html(
        "comparison.html",
        **_context(found, show, differs, Page(items=[], total=total, number=number, size=size), entries),
    )


def _asked(request: Asked) -> tuple[str, str | None]:
    """The outcome and the detail that the address asks for. Raises S504."""
    show, differs = request.query_params.get("show", "both"), request.query_params.get("differs", "")
    if show not in OUTCOMES:
        raise SaysoError("S504", name="show", value=show, allowed=", ".join(OUTCOMES))
    if differs not in ("", "any", *DETAILS):
        raise SaysoError("S504", name="differs", value=differs, allowed=", ".join(("any", *DETAILS)))
    return show, differs or None


def _download(site: Site, found: keep.Kept) -> Stream:
    def lines() -> Iterator[bytes]:
        with site.read() as connection:
            yield from csv_lines(keep.every_entry(connection, found.id))

    headers = {"content-disposition": f'attachment; filename="comparison-{found.id}.csv"'}
    return Stream(lines(), media_type="text/csv", headers=headers)


def _context(found: keep.Kept, show: str, differs: str | None, page: Page, entries: list[Entry]) -> dict[str, Any]:
    theirs = DATASETS[found.dataset]
    sentences = summary.summary(found.about)
    return {
        "kept": found,
        "theirs": theirs,
        "show": show,
        "differs": differs,
        "page": page,
        "tabs": _tabs(found, theirs),
        "details": [
            (key, word, found.about.differs[key]) for key, word in DETAILS.items() if key in found.about.differs
        ],
        "span": _span(found),
        "more": sentences[2 if not found.about.differs.get("any") else 3 :],
        "bad": found.about.bad[:BAD_ROWS],
        "entries": [_shown(entry) for entry in entries],
        "credit": CREDITS[found.dataset],
    }


def _tabs(found: keep.Kept, theirs: str) -> list[tuple[str, str, int]]:
    names = {
        "both": "in both",
        "ours": "only in sayso",
        "theirs": f"only in {theirs}",
        "unclear": "more than one fits",
        "also": "part of a match",
        "vague": "too vague",
    }
    counts = found.about.counts
    return [(key, name, counts.get(key, 0)) for key, name in names.items() if key in names and _offered(key, counts)]


def _offered(outcome: str, counts: dict[str, int]) -> bool:
    return outcome in ("both", "ours", "theirs") or bool(counts.get(outcome))


def _span(found: keep.Kept) -> str:
    return english_days(found.about.since, found.about.until)


def _shown(entry: Entry) -> dict[str, Any]:
    """An entry as the template takes it: its sides in words, and which cells differ."""
    sides = [_ours(entry.ours)] if entry.ours else []
    if entry.theirs:
        sides.append(_theirs(entry.theirs))
    return {
        "sides": sides,
        "differs": {difference.detail: difference.words for difference in entry.differs},
        "on": [DETAILS[difference.detail] for difference in entry.differs],
        "why": entry.why,
        "also": entry.also,
        "near": entry.near,
        "near_link": f"/incidents/{entry.near}" if entry.near and entry.ours is None else None,
        "note": entry.note,
        "closest": entry.outcome in ("ours", "theirs") and entry.near is not None,
    }


def _ours(event: Ours) -> Side:
    known = event.killed_low is not None or event.killed_high is not None
    return Side(
        who="sayso",
        id=event.id,
        link=f"/incidents/{event.id}",
        time=english_days(event.first, event.last),
        place=_place(event),
        type=words.label("event_types", event.type),
        sides=listed(event.sides, 4) if event.sides else "not stated",
        killed=counted(event.killed_low, event.killed_high) if known else "not stated",
    )


def _theirs(event: ForeignEvent) -> Side:
    return Side(
        who=DATASETS[event.dataset],
        id=event.id,
        link=None,
        time=english_days(event.first, event.last),
        place=_place(event),
        type=event.kind[:1].upper() + event.kind[1:],
        sides=" – ".join(event.sides) or "not stated",
        killed=their_toll(event),
    )


def _place(event: Ours | ForeignEvent) -> str:
    name = event.place or event.admin1 or "not stated"
    level = load("place_precisions").get(str(event.precision))
    # Only what is less exact than a town is said: "exact place" goes without saying.
    return f"{name} ({level.label})" if level and 3 <= event.precision <= COUNTRY else name


def compared(connection: Connection, incident_id: str) -> list[dict[str, Any]]:
    """With what the kept comparisons match an incident: dataset, id, the details on which they differ, an address."""
    return [
        {
            "dataset": DATASETS[told.dataset],
            "id": told.foreign_id,
            "differs": [DETAILS[detail] for detail in told.differs],
            "url": f"/compare/{told.comparison}" + ("?differs=any" if told.differs else ""),
        }
        for told in keep.told_of(connection, incident_id)
    ]


PAGES = (*at("/compare", "/compare.json")(compare_page), comparison_page)
