"""What the joining looks at: one event with its time, place, sides and toll, as plain values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import msgspec
import sqlalchemy as sa
import yaml
from sqlalchemy.engine import Connection

from sayso.knowledge.countries import countries
from sayso.ledger import schema
from sayso.model import Count

PLACE_COLUMNS = (
    "place_name",
    "place_kind",
    "gazetteer_id",
    "country",
    "admin1",
    "lat",
    "lon",
    "place_precision",
    "radius_km",
    "geometry",
)
PRIVATE = "a private person"
"""What stands in the place of a private person's name."""
MAIN = '"main":true'
"""Stands in the terms of an event that its report is mostly about (``sayso.ledger.terms``)."""
CHUNK = 500
"""How many ids one query asks for at most."""

_EVENT = (
    *("id", "report_id", "type", "mention", "incident_id", "weapon", "start", "end", "time_precision"),
    *("killed_low", "killed_high", "injured_low", "injured_high", "terms", *PLACE_COLUMNS),
)
# Made once: they are asked with every report.
_E, _R, _S, _A, _C = (table.c for table in (schema.events, schema.reports, schema.sides, schema.actors, schema.claims))
_IDS: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
_ROWS = sa.select(_R.published, *(_E[name] for name in _EVENT), _R.copy_of, _R.publisher, _R.url_key).join(
    schema.reports, _R.id == _E.report_id
)
_BY_ID = _ROWS.where(_E.id.in_(_IDS))
_SIDES = (
    sa.select(_S.event_id, _S.role, _S.actor_id, _S.words, _A.name, _A.kind, _A.country, _A.affiliation, _A.private)
    .outerjoin(schema.actors, _A.id == _S.actor_id)
    .where(_S.event_id.in_(_IDS))
    .order_by(_S.id)
)
_WORDS = sa.select(_C.event_id, _C.evidence).where(_C.event_id.in_(_IDS), _C.slot == "occurrence")
_WORD = re.compile(r"[^\W\d_]{3,}")
_HOST = re.compile(r"https?:/{1,2}([^/:?#]+)", re.IGNORECASE)


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One side of an event: an actor (``key`` is the ledger's) or only words."""

    name: str
    key: str | None = None
    kind: str | None = None
    country: str | None = None
    affiliation: str | None = None
    words: frozenset[str] = frozenset()
    """The words that say who or what it is, folded, without those that fit anybody."""


class Features(msgspec.Struct, frozen=True, kw_only=True):
    """One event as the joining sees it. ``first`` and ``last`` are days, inclusive, null where open."""

    id: str
    report_id: str
    type: str
    copy_root: str = ""
    """The report that this event's report copies, or that report itself."""
    published: str = ""
    mention: str = ""
    incident_id: str | None = None
    first: date | None = None
    last: date | None = None
    time_precision: str = "unknown"
    place_name: str | None = None
    place_kind: str | None = None
    gazetteer_id: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    place_precision: int | None = None
    radius_km: float | None = None
    geometry: str | None = None
    """The area or line of a vague place, as the ledger holds it (JSON)."""
    initiators: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    killed: Count = (None, None)
    injured: Count = (None, None)
    weapon: str | None = None
    evidence: frozenset[str] = frozenset()
    """The words of its occurrence claims; only near-copies are compared by them."""
    outlet: str | None = None
    """Who published the report: its publisher, else the host of its address."""
    names: tuple[str, ...] = ()
    """Rare names told of the event, folded, the likeliest first (``sayso.ledger.terms``); never shown."""
    event_words: dict[str, float] = {}
    """Telling words of the event's sentences with their weights, of length 1."""
    report_words: dict[str, float] = {}
    """Telling words of the whole report; only of its principal event."""
    places: frozenset[str] = frozenset()
    """Towns and other places named with it, by gazetteer id or name; of a principal event all of its report's."""
    days: frozenset[str] = frozenset()
    """Days named with it (ISO dates), whether or not they are its own."""
    ages: frozenset[int] = frozenset()
    """Ages in years; in months below zero."""
    clocks: frozenset[int] = frozenset()
    """Clock times, in minutes of the day."""
    main: bool = False
    """Whether its report is mostly about it (``sayso.ledger.principal``)."""
    others: int = 0
    """How many further events of its family its report tells."""


@cache
def common_words() -> frozenset[str]:
    """The words of common_words.yaml, and countries: two reports that share only these name no shared side."""
    raw = yaml.safe_load(files("sayso.incidents").joinpath("common_words.yaml").read_text(encoding="utf-8"))
    listed = {word for entry in raw.values() for word in entry["words"]}
    named = {name for country in countries().values() for name in (*country.names, *country.demonyms)}
    return frozenset(listed | {word for name in named for word in name.casefold().split()})


@lru_cache(maxsize=65_536)
def side_words(text: str) -> frozenset[str]:
    """The words that tell one side from another, lower case, without a plural's s."""
    found = {word.casefold() for word in _WORD.findall(text)}
    return frozenset(word[:-1] if word.endswith("s") and len(word) > 4 else word for word in found - common_words())


def hidden(private: bool | None, key: str | None, report_id: str) -> bool:
    """Whether an actor's name must be kept back: a private person's, but not a description such as "a resident".

    Who is only described has a ledger key that stays within the report (``sayso.ledger.keys.actor_key``).
    """
    return bool(private) and not (key or "").startswith(f"{report_id}-")


def day(value: str | None) -> date | None:
    """The calendar day of an ISO 8601 date or time; null where there is none that a calendar knows."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def load_features(connection: Connection, where: sa.ColumnElement[bool]) -> list[Features]:
    """The events that fit ``where`` (a condition on ``events``), by publication date and id of their reports."""
    return _loaded(connection, connection.execute(_ROWS.where(where)).all())


def load_by_id(connection: Connection, ids: Iterable[str], *, bare: bool = False) -> dict[str, Features]:
    """Events by id, asked for in pieces that every database takes.

    ``bare`` leaves out sides and evidence, for events that are not to be compared.
    """
    found: list[Features] = []
    for part in chunks(sorted(set(ids))):
        found += _loaded(connection, connection.execute(_BY_ID, {"ids": part}).all(), bare=bare)
    return {event.id: event for event in found}


def _loaded(connection: Connection, rows: Sequence[Any], *, bare: bool = False) -> list[Features]:
    # Sorted here: asked to sort, SQLite may walk all reports by date instead of the few events that fit.
    rows = sorted(rows, key=lambda row: (row[0], row[2], row[1]))
    ids = [] if bare else [row[1] for row in rows]
    sides, evidence = _sides(connection, ids), _evidence(connection, ids)
    return [_features(row, sides.get(row[1], ()), evidence.get(row[1], ())) for row in rows]


def chunks(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    """The ids in pieces of at most ``CHUNK``."""
    return (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))


def _sides(connection: Connection, ids: Sequence[str]) -> dict[str, list[tuple[str, Party]]]:
    found: dict[str, list[tuple[str, Party]]] = defaultdict(list)
    for part in chunks(ids):
        rows = connection.execute(_SIDES, {"ids": part}).all()
        for event, role, key, words, name, kind, country, affiliation, private in rows:
            party: Party
            if hidden(private, key, event.rsplit(":", 1)[0]):
                # The reasons of a joining are shown to anybody: no name of a private person may stand in them.
                party = Party(name=PRIVATE, key=key, kind=kind, country=country, affiliation=affiliation)
            else:
                party = _party(key, words, name, kind, country, affiliation)
            found[event].append((role, party))
    return found


@lru_cache(maxsize=65_536)
def _party(
    key: str | None, words: str, name: str | None, kind: str | None, country: str | None, affiliation: str | None
) -> Party:
    told = side_words(f"{words} {name or ''}")
    return Party(name=name or words, key=key, words=told, kind=kind, country=country, affiliation=affiliation)


def _evidence(connection: Connection, ids: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for part in chunks(ids):
        for event_id, words in connection.execute(_WORDS, {"ids": part}).all():
            found[event_id].add(words)
    return found


def _features(row: Any, sides: Iterable[tuple[str, Party]], evidence: Iterable[str]) -> Features:
    published, event, report, kind, mention, incident, weapon, start, end, precision = row[:10]
    killed_low, killed_high, injured_low, injured_high, told, *place, copy_of, publisher, url_key = row[10:]
    return Features(
        id=event,
        report_id=report,
        type=kind,
        mention=mention,
        incident_id=incident,
        weapon=weapon,
        published=published,
        **dict(zip(PLACE_COLUMNS, place, strict=True)),
        copy_root=copy_of or report,
        first=day(start),
        last=day(end),
        time_precision=precision or "unknown",
        initiators=tuple(party for role, party in sides if role == "initiator"),
        recipients=tuple(party for role, party in sides if role == "recipient"),
        killed=(killed_low, killed_high),
        injured=(injured_low, injured_high),
        evidence=frozenset(evidence),
        outlet=publisher or outlet(url_key),
        **terms(told),
    )


def terms(data: str | None) -> dict[str, Any]:
    """The fields of ``Features`` that an event's terms (``sayso.ledger.terms``) give."""
    known = _TERMS.decode(data or "{}")
    return {
        "names": known.names,
        "event_words": known.event,
        "report_words": known.report,
        "places": known.places,
        "days": known.days,
        "ages": known.ages,
        "clocks": known.clocks,
        "main": known.main,
        "others": known.others,
    }


class _Terms(msgspec.Struct, frozen=True):
    """What ``sayso.ledger.terms`` writes of an event."""

    names: tuple[str, ...] = ()
    event: dict[str, float] = {}
    report: dict[str, float] = {}
    places: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    ages: frozenset[int] = frozenset()
    clocks: frozenset[int] = frozenset()
    main: bool = False
    others: int = 0


_TERMS = msgspec.json.Decoder(_Terms)


@lru_cache(maxsize=4_096)
def outlet(address: str | None) -> str | None:
    """The host of an address, without an archive's before it ("web.archive.org/web/2016…/http://host/…")."""
    hosts = _HOST.findall(address or "")
    return hosts[-1].removeprefix("www.") if hosts else None
