"""The one filter of list, table, map and timeline, as it stands in the address bar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec

from sayso.errors import SaysoError
from sayso.ledger.filters import UNKNOWN
from sayso.vocabulary import load
from sayso.web import settings, words

SORTS = {
    "newest": "newest first",
    "oldest": "oldest first",
    "denials": "most denials",
    "speakers": "most speakers",
    "reports": "most reports",
    "deadliest": "most killed (upper figure)",
    "updated": "last changed",
}
VIEWS = {"list": "Sentences", "table": "Table", "places": "Places"}
MENTIONS = {"without": "told of closely", "only": "known only from mentions"}
"""Incidents that reports tell of closely, and stubs."""
DATED = {
    "close": "to within a year",
    "vague": "no closer than a year",
    "open": "before or after a date",
    "unknown": "not at all",
}
"""How far an incident's date is known."""
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees (WGS 84)."""


class Filter(msgspec.Struct, frozen=True, kw_only=True, rename={"since": "from", "until": "to"}):
    """What a reader wants to see. ``since`` and ``until`` are ISO dates, inclusive; incidents that overlap them fit.

    ``attacker`` and ``target`` are keys of sides, ``province`` a country and its province ("SYR/Aleppo"); "unknown" in
    each is what is not known.
    """

    q: str = ""
    type: str = ""
    side: str = ""
    country: str = ""
    status: str = ""
    speaker: str = ""
    since: str = ""
    until: str = ""
    box: Box | None = None
    mentions: str = ""
    province: str = ""
    attacker: str = ""
    target: str = ""
    dated: str = ""
    sort: str = "newest"
    view: str = "list"
    page: int = 1

    def query(self, **changes: Any) -> str:
        """The query string of this filter with ``changes``; defaults are left out, any change goes back to page 1."""
        changed = msgspec.structs.replace(self, **({"page": 1} | changes))
        pairs = [(_NAMES.get(name, name), value) for name, value in msgspec.structs.asdict(changed).items()]
        kept = {name: _text(value) for name, value in pairs if value and value != _DEFAULTS[name]}
        return "?" + urlencode(kept) if kept else ""

    @property
    def narrowed(self) -> bool:
        """Whether any incident may be left out."""
        return any(getattr(self, name) for name in _NARROWING)


_NAMES = {"since": "from", "until": "to"}
_NARROWING = tuple(name for name in Filter.__struct_fields__ if name not in ("sort", "view", "page"))
_DEFAULTS: dict[str, Any] = {_NAMES.get(k, k): v for k, v in msgspec.structs.asdict(Filter()).items()}


def _text(value: Any) -> str:
    return ",".join(f"{part:g}" for part in value) if isinstance(value, tuple) else str(value)


def parse(parameters: Mapping[str, str]) -> Filter:
    """The filter in the address bar; unknown names are ignored.

    Raises S503 (a value too long), S504 (a value not understood), S505 (a page beyond the last).
    """
    values: dict[str, str] = {}
    for name in _DEFAULTS:
        value = " ".join(parameters.get(name, "").split())
        if len(value) > settings.FIELD_LENGTH:
            raise SaysoError("S503", name=name, limit=settings.FIELD_LENGTH)
        if value:
            values[name] = value
    for name, allowed in (
        ("type", load("event_types")),
        ("status", load("statuses")),
        ("sort", SORTS),
        ("view", VIEWS),
        ("mentions", MENTIONS),
        ("dated", DATED),
    ):
        if name in values and values[name] not in allowed:
            raise SaysoError("S504", name=name, value=values[name], allowed=", ".join(allowed))
    found: dict[str, Any] = dict(values)
    for name in ("from", "to"):
        if name in found:
            found[name] = _date(name, found[name])
    if "box" in found:
        found["box"] = parse_box(found["box"])
    if "page" in found:
        found["page"] = parse_page(found["page"])
    return msgspec.convert(found, Filter)


def _date(name: str, value: str) -> str:
    """A day; a year or a month stands for its first or last day."""
    whole = {4: ("-01-01", "-12-31"), 7: ("-01", "")}.get(len(value))
    try:
        if whole and name == "to" and len(value) == 7:
            return words.last_day(value)
        return date.fromisoformat(value + (whole[name == "to"] if whole else "")).isoformat()
    except ValueError:
        raise SaysoError("S504", name=name, value=value, allowed="a date such as 2021-07-04") from None


def parse_box(value: str) -> Box:
    """A map box "west,south,east,north" in degrees. Raises S504."""
    numbers = re.fullmatch(
        r"(-?\d{1,3}(?:\.\d+)?),(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?),(-?\d{1,2}(?:\.\d+)?)", value
    )
    if numbers:
        west, south, east, north = (float(number) for number in numbers.groups())
        if -180 <= west < east <= 180 and -90 <= south < north <= 90:
            return west, south, east, north
    raise SaysoError("S504", name="box", value=value, allowed="west,south,east,north in degrees, such as 35,32,42,37")


def parse_page(value: str) -> int:
    """A page number from 1. Raises S504, S505."""
    if not re.fullmatch(r"[1-9]\d{0,8}", value):
        raise SaysoError("S504", name="page", value=value, allowed="a number from 1")
    if int(value) > settings.PAGE_LAST:
        raise SaysoError("S505", page=value, limit=settings.PAGE_LAST)
    return int(value)


class Chip(msgspec.Struct, frozen=True):
    """One narrowing of the filter, as people read it, and the query string without it."""

    label: str
    value: str
    without: str


def chips(chosen: Filter, country_names: Mapping[str, str], side_names: Mapping[str, str] | None = None) -> list[Chip]:
    """The narrowings in force, each removable; ``side_names`` are those of attackers and targets by key."""
    found: list[Chip] = []
    for name, label in (("q", "words"), ("type", "type"), ("side", "side"), ("speaker", "speaker")):
        value = getattr(chosen, name)
        if value:
            shown = words.label("event_types", value) if name == "type" else value
            found.append(Chip(label, shown, chosen.query(**{name: ""})))
    if chosen.country:
        found.append(Chip("country", country_names.get(chosen.country, chosen.country), chosen.query(country="")))
    if chosen.province:
        code, _, province = chosen.province.partition("/")
        shown = f"{province}, {country_names.get(code, code)}" if province else "not known"
        found.append(Chip("province", shown, chosen.query(province="")))
    for name, label in (("attacker", "said to have attacked"), ("target", "said to have been attacked")):
        value = getattr(chosen, name)
        if value:
            shown = "not known" if value == UNKNOWN else (side_names or {}).get(value, value)
            found.append(Chip(label, shown, chosen.query(**{name: ""})))
    if chosen.status:
        found.append(Chip("status", words.label("statuses", chosen.status), chosen.query(status="")))
    if chosen.since or chosen.until:
        shown = words.interval(chosen.since or None, chosen.until or None)
        found.append(Chip("when", shown, chosen.query(since="", until="")))
    if chosen.dated:
        found.append(Chip("date known", DATED[chosen.dated], chosen.query(dated="")))
    if chosen.mentions:
        found.append(Chip("incidents", MENTIONS[chosen.mentions], chosen.query(mentions="")))
    if chosen.box:
        west, south, east, north = chosen.box
        latitudes = f"{_degrees(south, 'N', 'S')}–{_degrees(north, 'N', 'S')}"
        shown = f"{latitudes}, {_degrees(west, 'E', 'W')}–{_degrees(east, 'E', 'W')}"
        found.append(Chip("map box", shown, chosen.query(box=None)))
    return found


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):.1f}° {positive if value >= 0 else negative}"
