from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from tests.incidents.made import Made

from sayso.incidents import Changes, update
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account, Actor, Claim, Event, Interval, Link, Place, Report, Span


def span(words: str) -> Span:
    return Span(0, len(words), words)


def actor(key: str, name: str, **facts: Any) -> Actor:
    return Actor(id=key, spans=(), name=name, kb_id=facts.pop("kb_id", key), **facts)


RAQQA = Place(
    id="p1", span=span("Raqqa"), name="Raqqa", gazetteer_id="g:raqqa", kind="city", lat=35.95, lon=39.01, country="SYR",
    admin1="Raqqa", precision=1, radius_km=15.0,
)  # fmt: skip
ARMY = actor("a1", "Syrian army", kb_id="SYRMIL", kind="military", country="SYR")
REBELS = actor("a2", "Free Syrian Army", kb_id="SYRREB", kind="rebel", country="SYR")
MONITOR = actor("a3", "Syrian Observatory for Human Rights", kb_id="SOHR", kind="monitor", country="GBR")
MINISTRY = actor("a4", "Russian Defense Ministry", kb_id="RUSMIL", kind="government", country="RUS")
NEIGHBOUR = actor("a5", "Samira Haddad", kb_id=None, kind="civilian", private=True)


def told(kind: str = "airstrike", day: str | None = "2016-05-13", **facts: Any) -> Event:
    """An event of one day; ``facts`` are fields of Event, ``precision`` that of its time."""
    precision = facts.pop("precision", "day")
    end = facts.pop("end", day)
    time = Interval(start=day, end=end, precision=precision) if day else None
    facts = {"id": "e1", "place": "p1"} | facts
    return Event(type=kind, mentions=(span(facts.pop("mention", "strike")),), time=time, **facts)


def says(event: str, speaker: str | None, stance: Any = "asserts", slot: Any = "occurrence", **facts: Any) -> Claim:
    facts = {"value": None, "id": f"{event}-{speaker}-{slot}-{stance}"} | facts
    evidence = span(facts.pop("words", "words"))
    return Claim(event=event, slot=slot, stance=stance, speaker=speaker, evidence=evidence, **facts)


def account(
    report_id: str,
    *events: Event,
    claims: Sequence[Claim] = (),
    places: Sequence[Place] = (RAQQA,),
    actors: Sequence[Actor] = (ARMY, REBELS, MONITOR, MINISTRY, NEIGHBOUR),
    links: Sequence[Link] = (),
    published: str = "2016-05-14",
    publisher: str | None = None,
) -> Account:
    """One report's account; each event gets the narration's word that it happened where no claim speaks of it."""
    spoken = {claim.event for claim in claims}
    narrated = [says(event.id, None) for event in events if event.id not in spoken]
    report = Report(
        id=report_id, text=f"text of {report_id}", published=published, sha256=report_id, publisher=publisher
    )
    return Account(
        report=report, reader="hand", places=tuple(places), actors=tuple(actors), events=events,
        claims=(*claims, *narrated), links=tuple(links),
    )  # fmt: skip


class Ledger:
    """A fresh ledger that takes accounts and tells which event is in which incident."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(self, *accounts: Account, copy_of: str | None = None) -> Changes:
        with self.store.write() as connection:
            for one in accounts:
                put_account(connection, one, "test", copy_of=copy_of)
            return update(connection, [one.report.id for one in accounts])

    def rows(self, table: sa.Table) -> list[dict[str, Any]]:
        with self.store.read() as connection:
            query = sa.select(table).order_by(*table.primary_key.columns)
            return [dict(row) for row in connection.execute(query).mappings()]

    def incident_of(self, event: str) -> str | None:
        found: dict[str, str | None] = {row["id"]: row["incident_id"] for row in self.rows(schema.events)}
        return found[event]

    def incident(self, event: str = "r1:e1") -> dict[str, Any]:
        wanted = self.incident_of(event)
        return next(row for row in self.rows(schema.incidents) if row["id"] == wanted)

    def together(self, *events: str) -> bool:
        return len({self.incident_of(event) for event in events}) == 1


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Store.open(tmp_path / "ledger.db") as store:
        yield Ledger(store)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    with Store.open(tmp_path / "made.db") as store:
        yield Made(store)
