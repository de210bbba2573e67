"""``python -m bench.archive.make PATH INCIDENTS``: a ledger of made-up reports, not joined yet.

The accounts of the bundled reports are cut to one event each and retold in other words some thousand times; those go
through the real writing into a small ledger. Its rows are then written again and again under new ids, with other dates,
towns and sides: as many reports as an archive has, faster than they could be read. The same seed makes the same ledger.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bench.archive.tellings import DAY, Facts, retold, tellings, vocabulary
from bench.archive.world import FIRST, World
from sayso.examples import report_paths
from sayso.ledger import copies, schema
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account, Report

VARIANTS = 3000
"""Retellings that are written through the real code."""
AGAIN = 0.25
"""The share of incidents that two reports tell of."""
RARE = 0.12
"""Words of more weight than this in a telling are changed from one occurrence to another."""
BATCH = 4000
"""How many reports are written in one go."""

Row = dict[str, Any]
Rows = dict[str, list[Row]]

_COMPUTED = {"incidents", "incident_ids", "joins", "edges", "event_keys", "stale_incidents", "splits", "constraints"}
_COMPUTED |= {"meta", "unread", "decisions", "actors", "signatures", "bands", "copied_paragraphs", "parties", "dyads"}
"""Tables whose rows are not copied: what the joining makes of reports, and those that are treated by themselves."""


def accounts() -> list[Account]:
    """What the bundled reports tell."""
    from sayso.reading.account import read_reports
    from sayso.sources import read_sources

    found = read_sources([str(path) for path in report_paths()])
    return list(read_reports([report for report in found if isinstance(report, Report)]))


def make(path: Path, incidents: int, seed: int = 7) -> int:
    """Write a ledger of so many made-up occurrences that nothing has joined yet; returns the number of reports."""
    random, real = Random(seed), accounts()
    world, kinds = World(real), _kinds(real, random)
    reports = 0
    with Store.open(path) as store, TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "variants.sqlite") as small:
            patterns = _patterns(small, kinds)
            with small.read() as source, store.write() as target:
                own = {report for kind in patterns for pattern in kind for report in _ids(pattern)}
                known = [dict(row) for row in source.execute(sa.select(schema.actors)).mappings()]
                shared = [row for row in known if row["id"][:16] not in own]
                target.execute(sa.insert(schema.actors), _with_sides(shared, world))
        stream = _reports(random, world, patterns, incidents)
        while batch := list(islice(stream, BATCH)):
            with store.write() as connection:
                _write(connection, batch)
            reports += len(batch)
    return reports


def _kinds(real: list[Account], random: Random) -> list[list[Account]]:
    """For each real telling, its retellings."""
    found, words = tellings(real), vocabulary(real)
    return [[retold(one, words, random) for _ in range(VARIANTS // len(found))] for one in found]


def _patterns(small: Store, kinds: list[list[Account]]) -> list[list[Rows]]:
    """The rows of each retelling, by table, as the real code writes them."""
    with small.write() as connection:
        for kind in kinds:
            for number, account in enumerate(kind):
                # A month apart, so that none is taken for a copy of another.
                day = (FIRST + timedelta(days=30 * number)).isoformat()
                told = msgspec.structs.replace(account.report, published=day)
                put_account(connection, account, "archive", added_at="2024-01-01T00:00:00+00:00")
                copies.place(connection, told, copies.sign(told))
    with small.read() as connection:
        by_report = _by_report(connection)
    return [[by_report[account.report.id] for account in kind] for kind in kinds]


def _by_report(connection: Connection) -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(dict)
    for table in schema.metadata.sorted_tables:
        owner = next((name for name in ("report_id", "event_id") if name in table.c), None)
        owner = "id" if table.name == "reports" else owner
        if table.name in _COMPUTED or owner is None:
            continue
        numbered = isinstance(table.c["id"].type, sa.Integer) if "id" in table.c else False
        for row in connection.execute(sa.select(table)).mappings():
            plain = {name: value for name, value in row.items() if not (numbered and name == "id")}
            found[plain[owner].split(":")[0]].setdefault(table.name, []).append(plain)
    signed = {row["id"]: dict(row) for row in connection.execute(sa.select(schema.signatures)).mappings()}
    for one in signed.values():
        found[one["report_id"]]["signatures"] = [one]
    for row in connection.execute(sa.select(schema.bands)).mappings():
        found[signed[row["signature_id"]]["report_id"]].setdefault("bands", []).append(dict(row))
    # Who is only described ("residents") is an actor of one report.
    for row in connection.execute(sa.select(schema.actors)).mappings():
        if row["id"][:16] in found:
            found[row["id"][:16]].setdefault("actors", []).append(dict(row))
    return found


def _ids(pattern: Rows) -> list[str]:
    return [row["id"] for row in pattern["reports"]]


def _with_sides(known: list[Row], world: World) -> list[Row]:
    rows = {row["id"]: row for row in known}
    for side in world.sides:
        rows.setdefault(side.kb_id, {**side._asdict(), "id": side.kb_id, "private": False})
    return list(rows.values())


def _reports(random: Random, world: World, patterns: list[list[Rows]], incidents: int) -> Iterator[Rows]:
    number = 0
    for _ in range(incidents):
        kind, facts = random.choice(patterns), world.facts(random)
        for pattern in random.sample(kind, 2 if random.random() < AGAIN else 1):
            number += 1
            yield _another(pattern, facts, f"{random.getrandbits(64):016x}", number)


def _another(pattern: Rows, facts: Facts, key: str, number: int) -> Rows:
    """A retelling's rows under another report's id and number, with these facts."""
    (report,) = pattern["reports"]
    old = report["id"]
    (event,) = pattern["events"]
    shift = facts.day - date.fromisoformat(event["start"][:10])
    told = facts.day + timedelta(days=1)
    rows = {table: [_renamed(row, old, key) for row in found] for table, found in pattern.items()}
    rows["reports"][0] |= {"sha256": key, "published": told.isoformat(), "copy_of": None}
    rows["events"][0] |= {
        "start": _later(event["start"], shift),
        "end": _later(event["end"], shift),
        **_where(facts),
    }
    terms, named = rows["events"][0]["terms"], f"{facts.day} {facts.town.gazetteer_id}"
    rows["events"][0]["terms"] = _later(other_terms(terms, named, facts.town.gazetteer_id), shift)
    for side, who in zip(rows.get("sides", ()), facts.sides, strict=False):
        side |= {"actor_id": who.kb_id, "words": who.name}
    for row in rows.get("signatures", ()):
        row |= {"id": number, "day": told.toordinal()}
    for row in rows.get("bands", ()):
        row |= {"signature_id": number, "day": told.toordinal()}
    for claim in rows["claims"]:
        if claim["slot"] == "time" and claim["normalised"]:
            claim["normalised"] = _later(claim["normalised"], shift)
    return rows


def _renamed(row: Mapping[str, Any], old: str, new: str) -> Row:
    return {
        name: value.replace(old, new, 1) if isinstance(value, str) and value.startswith(old) else value
        for name, value in row.items()
    }


def _where(facts: Facts) -> Row:
    place = {"place_name": facts.town.name, "place_kind": "town", "place_precision": 1, "radius_km": 5.0}
    place |= {name: getattr(facts.town, name) for name in ("gazetteer_id", "country", "admin1", "lat", "lon")}
    return place | {"geometry": None, "place_words": facts.town.name}


def other_terms(terms: str, facts: str, town: str) -> str:
    """The terms by which an event is compared, with other names and rare words, the same for the same facts."""
    found = json.loads(terms)

    def other(words: str) -> str:
        return " ".join(
            hashlib.blake2b(f"{facts} {word}".encode(), digest_size=4).hexdigest() for word in words.split()
        )

    found["names"] = [other(name) for name in found["names"]]
    found["places"] = [town, *(other(place) for place in found["places"][1:])] if found["places"] else []
    for kind in ("event", "report"):
        found[kind] = {other(word) if weight >= RARE else word: weight for word, weight in found[kind].items()}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _later(value: str, shift: timedelta) -> str:
    return DAY.sub(lambda found: (date.fromisoformat(found.group()) + shift).isoformat(), value)


def _write(connection: Connection, batch: list[Rows]) -> None:
    for table in schema.metadata.sorted_tables:
        rows = [row for one in batch for row in one.get(table.name, ())]
        if rows:
            connection.execute(sa.insert(table), rows)


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2])))
