"""A large made-up ledger: rows written straight through the schema, the same for the same seed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.model import Account, Report

TYPES = ("airstrike", "shelling", "bombing", "armed_clash", "armed_attack", "abduction", "drone_strike")
COUNTRIES = ("SYR", "IRQ", "AFG", "YEM", "UKR", "SOM", "NGA", "LBY", "SDN", "MLI")
STATUSES = ("contested", "denied", "acknowledged", "corroborated", "single_source", "single_source", "uncertain")
SLOTS = ("occurrence", "time", "place", "initiator", "weapon", "killed")
SPEAKERS = 400
PLACES = 2000
BATCH = 2000
"""How many incidents are written in one go."""

Rows = dict[str, list[dict[str, Any]]]


def make(path: Path, incidents: int, seed: int = 7) -> None:
    """Write a ledger of made-up incidents, one in four told by two reports, with six claims a telling."""
    with Store.open(path) as store:
        with store.write() as connection:
            connection.execute(sa.insert(schema.actors), [_actor(number) for number in range(SPEAKERS)])
        stream = _incidents(Random(seed), incidents)
        while batch := list(islice(stream, BATCH)):
            with store.write() as connection:
                for table in (
                    "reports",
                    "accounts",
                    "events",
                    "sides",
                    "claims",
                    "links",
                    "incidents",
                    "joins",
                    "search_text",
                ):
                    rows = [row for part in batch for row in part.get(table, [])]
                    if rows:
                        connection.execute(sa.insert(schema.metadata.tables[table]), rows)
        with store.write() as connection:
            connection.exec_driver_sql("ANALYZE")


def incident_id(number: int) -> str:
    """The id of the incident of this number."""
    return f"XX-{number:06}"


def _actor(number: int) -> dict[str, Any]:
    kind = ("military", "government", "monitor", "media")[number % 4]
    return {
        "id": f"actor-{number}",
        "name": f"Speaker {number}",
        "kind": kind,
        "country": COUNTRIES[number % 10],
        "private": False,
    }


def _incidents(random: Random, count: int) -> Iterator[Rows]:
    for number in range(count):
        yield _incident(random, number)


def _incident(random: Random, number: int) -> Rows:
    """The rows of one incident, by table."""
    facts = _facts(random)
    identity = incident_id(number)
    tellings = 2 if random.random() < 0.25 else 1
    rows: Rows = {"incidents": [_incident_row(random, identity, facts, tellings)]}
    for telling in range(tellings):
        for table, found in _telling(random, f"{number:06}{telling}", identity, facts).items():
            rows.setdefault(table, []).extend(found)
    if number and random.random() < 0.1:
        rows["links"] = [_link(f"{number:06}0", identity, incident_id(random.randrange(number)))]
    return rows


def _facts(random: Random) -> dict[str, Any]:
    day = date(2011, 1, 1) + timedelta(days=random.randrange(5000))
    place = random.randrange(PLACES)
    spread = Random(place)
    return {
        "type": random.choice(TYPES),
        "start": day.isoformat(),
        "end": (day + timedelta(days=random.choice((0, 0, 0, 1, 6)))).isoformat(),
        "time_precision": "day",
        "place_name": f"Place {place}",
        "gazetteer_id": f"g{place}",
        "country": COUNTRIES[place % 10],
        "admin1": f"Province {place % 40}",
        "lat": spread.uniform(-5, 50),
        "lon": spread.uniform(-10, 70),
        "place_precision": 1 + place % 3,
        "radius_km": 5.0,
        "killed_low": random.choice((None, 0, 3, 12)),
        "killed_high": random.choice((None, 14, 20)),
    }


def _incident_row(random: Random, identity: str, facts: dict[str, Any], tellings: int) -> dict[str, Any]:
    counts = {
        "reports": tellings,
        "speakers": 2,
        "asserts": 2,
        "denies": random.randrange(2),
        "uncertain": random.randrange(2),
    }
    title = f"{facts['type'].replace('_', ' ').capitalize()} reported in {facts['place_name']}, {facts['start']}"
    status = random.choice(STATUSES)
    return {
        **facts,
        **counts,
        "id": identity,
        "status": status,
        "reason": "Made up for measuring.",
        "title": title,
        "updated_at": "2024-01-01T00:00:00+00:00",
    }


def _telling(random: Random, key: str, incident: str, facts: dict[str, Any]) -> Rows:
    """One report of an incident: its text, account, event and claims."""
    text = f"Troops struck {facts['place_name']} on {facts['start']}, a spokesman said. " * 8
    report = Report(
        id=f"r{key}", text=text, published=facts["end"], sha256=f"sha{key}", publisher=f"Paper {random.randrange(50)}"
    )
    speakers = [f"actor-{random.randrange(SPEAKERS)}" for _ in range(2)]
    event = f"r{key}:e1"
    account = Account(report=report).to_json().encode()
    claims = [
        _claim(random, f"r{key}:c{number}", event, incident, f"r{key}", slot, speakers[number % 2], text)
        for number, slot in enumerate(SLOTS)
    ]
    return {
        "reports": [
            {
                "id": report.id,
                "publisher": report.publisher,
                "title": f"Report {key}",
                "published": report.published,
                "published_from": "given",
                "language": "en",
                "sha256": report.sha256,
                "text": text,
                "source": f"{key}.txt",
                "added_at": "2024-01-01T00:00:00+00:00",
            }
        ],
        "accounts": [{"report_id": report.id, "reader": "bench", "data": zlib.compress(account)}],
        "events": [
            {
                **facts,
                "id": event,
                "report_id": report.id,
                "modality": "actual",
                "mention": "struck",
                "incident_id": incident,
            }
        ],
        "sides": [{"event_id": event, "role": "initiator", "actor_id": speakers[0], "words": "Troops"}],
        "claims": claims,
        "joins": [{"event_id": event, "incident_id": incident, "score": 6.0, "why": "[]"}],
        "search_text": [
            {
                "event_id": event,
                "title": f"Report {key}",
                "place": facts["place_name"],
                "names": " ".join(speakers),
                "quotes": text[:80],
            }
        ],
    }


def _claim(
    random: Random, identity: str, event: str, incident: str, report: str, slot: str, speaker: str, text: str
) -> dict[str, Any]:
    start = random.randrange(0, 200)
    return {
        "id": identity,
        "event_id": event,
        "incident_id": incident,
        "report_id": report,
        "slot": slot,
        "value": "12" if slot == "killed" else "struck",
        "normalised": json.dumps([12, 12] if slot == "killed" else True),
        "stance": random.choice(("asserts", "asserts", "asserts", "denies", "uncertain")),
        "speaker_id": speaker,
        "evidence_start": start,
        "evidence_end": start + 40,
        "evidence": text[start : start + 40],
    }


def _link(key: str, incident: str, other: str) -> dict[str, Any]:
    return {
        "id": f"r{key}:l1",
        "report_id": f"r{key}",
        "from_event": f"r{key}:e1",
        "to_event": None,
        "from_incident": incident,
        "to_incident": other,
        "kind": "follows",
        "evidence_start": 0,
        "evidence_end": 12,
        "evidence": "Troops struc",
    }
