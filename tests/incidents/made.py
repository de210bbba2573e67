"""A ledger written row by row, so that what is built on incidents is tested apart from the joining."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents import parties
from sayso.incidents.statement import load_statements
from sayso.incidents.testimony import events_of
from sayso.ledger import schema
from sayso.ledger.store import Store

ACTORS: dict[str, dict[str, Any]] = {
    "blue-front": {"name": "Blue Front", "kind": "rebel"},
    "red-guard": {"name": "Red Guard", "kind": "militia"},
    "green-league": {"name": "Green League", "kind": "rebel"},
    "actor:syrian-arab-army": {"name": "regime forces", "kind": "military", "country": "SYR", "kb": True},
    "syrian-jets": {"name": "Syrian jets", "kind": "military", "country": "SYR"},
    "monitor": {"name": "War Monitor", "kind": "monitor"},
    "blue-spokesman": {"name": "Blue spokesman", "kind": "rebel", "affiliation": "Blue Front"},
    "villagers": {"name": "villagers", "kind": "civilian"},
}


class Made:
    """A fresh ledger whose incidents are put in by hand; ``done`` computes the sides."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._links = 0
        with store.write() as connection:
            rows = [
                {"id": key, "kb_id": key if facts.get("kb") else None}
                | {name: facts.get(name) for name in ("name", "kind", "country", "affiliation")}
                | {"private": False}
                for key, facts in ACTORS.items()
            ]
            connection.execute(sa.insert(schema.actors), rows)

    def incident(
        self,
        identity: str,
        day: str | None,
        by: Sequence[str] = (),
        on: Sequence[str] = (),
        *,
        end: str | None = None,
        kind: str = "shelling",
        place: str = "p1",
        said_by: Iterable[str | None] = (None,),
        denied_by: Iterable[str] = (),
        rival: tuple[str, str] | None = None,
        **facts: Any,
    ) -> str:
        """An incident of a day (or from ``day`` to ``end``) told by one report. ``rival``: a speaker, and whom it
        names as the attacker instead."""
        end = end or day
        precision = None if day is None else "day" if day == end else "days"
        when = {"start": day, "end": end, "time_precision": precision}
        where = {"place_name": f"Place {place}", "gazetteer_id": place, "country": "SYR", "admin1": "Raqqa"}
        where |= {"place_precision": 1} | {name: facts.pop(name) for name in tuple(facts) if name in where}
        report, event = f"r-{identity}", f"r-{identity}:e1"
        with self.store.write() as connection:
            self._report(connection, report, end or "2020-01-01")
            told = {"id": event, "report_id": report, "type": kind, "modality": "actual", "mention": "struck"}
            connection.execute(sa.insert(schema.events), [told | when | where | {"incident_id": identity}])
            sides = [("initiator", key) for key in by] + [("recipient", key) for key in on]
            rows = [{"event_id": event, "role": role, "actor_id": key, "words": key} for role, key in sides]
            if rows:
                connection.execute(sa.insert(schema.sides), rows)
            claims = [("initiator", key, speaker, "asserts") for speaker in said_by for key in by]
            claims += [("initiator", key, speaker, "denies") for speaker in denied_by for key in by]
            if rival:
                claims.append(("initiator", rival[1], rival[0], "asserts"))
            for number, claim in enumerate(claims):
                self._claim(connection, f"{report}:c{number}", event, identity, *claim)
            row = {
                "id": identity, "type": kind, "status": "single_source", "reason": "Made up.", "reports": 1,
                "title": f"{kind.capitalize()} reported in {where['place_name']}, {day or 'date not stated'}",
                "updated_at": "2024-01-01T00:00:00+00:00",
            }  # fmt: skip
            connection.execute(sa.insert(schema.incidents), [row | when | where | facts])
        return identity

    def link(
        self,
        source: str,
        target: str,
        kind: str = "retaliation_for",
        speaker: str | None = None,
        copy_of: str = "",
        words: str = "",
    ) -> None:
        """One report says that the source answers (or follows, …) the target."""
        self._links += 1
        report = f"link-{self._links}"
        words = words or f"{source} {kind} {target}"
        with self.store.write() as connection:
            self._report(connection, report, "2020-01-01", copy_of or None)
            row = {
                "id": f"{report}:l1", "report_id": report, "from_event": f"r-{source}:e1",
                "to_event": f"r-{target}:e1", "from_incident": source, "to_incident": target, "kind": kind,
                "speaker_id": speaker, "evidence_start": 0, "evidence_end": len(words), "evidence": words,
            }  # fmt: skip
            connection.execute(sa.insert(schema.links), [row])

    def claim(self, identity: str, slot: str, stance: str, speaker: str, words: str) -> None:
        """One more claim on an incident."""
        with self.store.write() as connection:
            key = f"r-{identity}:{slot}-{stance}-{speaker}"
            self._claim(connection, key, f"r-{identity}:e1", identity, slot, None, speaker, stance, words)

    def done(self) -> Store:
        """The store, with the sides of all incidents computed."""
        with self.store.write() as connection:
            rows = connection.execute(sa.select(schema.incidents)).mappings().all()
            events = events_of(connection, [row["id"] for row in rows])
            told = parties.load_told(connection, events, load_statements(connection, events))
            parts = [parties.part(dict(row), told.get(row["id"], [])) for row in rows]
            for table, name in ((schema.parties, "parties"), (schema.dyads, "dyads")):
                connection.execute(sa.delete(table))
                made = [row for part in parts for row in getattr(part, name)]
                if made:
                    connection.execute(sa.insert(table), made)
        return self.store

    @staticmethod
    def _report(connection: Connection, identity: str, published: str, copy_of: str | None = None) -> None:
        row = {
            "id": identity, "publisher": "Example Wire", "title": f"Report {identity}", "published": published,
            "published_from": "given", "language": "en", "sha256": identity, "text": "struck " * 20, "source": "x.txt",
            "added_at": "2024-01-01T00:00:00+00:00", "copy_of": copy_of,
        }  # fmt: skip
        connection.execute(sa.insert(schema.reports), [row])

    @staticmethod
    def _claim(
        connection: Connection,
        key: str,
        event: str,
        incident: str,
        slot: str,
        value: str | None,
        speaker: str | None,
        stance: str,
        words: str = "struck",
    ) -> None:
        row = {
            "id": key, "event_id": event, "incident_id": incident, "report_id": event.split(":")[0], "slot": slot,
            "value": value, "normalised": json.dumps(value) if value else None, "stance": stance, "speaker_id": speaker,
            "evidence_start": 0, "evidence_end": len(words), "evidence": words,
        }  # fmt: skip
        connection.execute(sa.insert(schema.claims), [row])
