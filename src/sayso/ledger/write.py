"""Accounts into rows: all of one report's rows, within the caller's transaction."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.ledger import schema
from sayso.ledger.keys import actor_key, url_key
from sayso.ledger.store import now
from sayso.ledger.terms import event_terms
from sayso.model import Account, Actor, Claim, Count, Event, Place, Report, Span
from sayso.vocabulary import load

Row = dict[str, Any]

WHOLLY = 1_000
"""``stale_events.lost`` of an event whose likely pairs are all to be found anew."""


class KnownReport(msgspec.Struct, frozen=True):
    """A report that the ledger has: its id, the hash of its text, its date, and the version of its reader."""

    id: str
    sha256: str
    published: str
    reader: str


def find_report(connection: Connection, report: Report) -> KnownReport | None:
    """The ledger's report that is this one, by its text or else by its address; ``None`` where it is new."""
    r, a = schema.reports.c, schema.accounts.c
    query = sa.select(r.id, r.sha256, r.published, a.reader).join(schema.accounts, a.report_id == r.id)
    address = url_key(report.url)
    for where in (r.id == report.id, r.sha256 == report.sha256, *([r.url_key == address] if address else ())):
        row = connection.execute(query.where(where)).first()
        if row is not None:
            return KnownReport(*row)
    return None


def put_account(
    connection: Connection, account: Account, source: str, *, copy_of: str | None = None, added_at: str | None = None
) -> None:
    """Write one report's account; an account that the ledger already has of this report is superseded.

    Superseding replaces the machine's rows only: the report's row (but for its date), its incidents' ids and every
    decision stay.
    Incidents that lost events are noted in ``stale_incidents`` for ``sayso.incidents.update``. ``source`` is the file
    or address the report came from; ``copy_of`` the id of the report that it nearly repeats; ``added_at`` ISO 8601.
    """
    report = account.report
    known = connection.scalar(sa.select(schema.reports.c.id).where(schema.reports.c.id == report.id)) is not None
    if known:
        _remove_reading(connection, report.id)
        dated = {"published": report.published, "published_from": report.published_from}
        connection.execute(sa.update(schema.reports).where(schema.reports.c.id == report.id).values(dated))
    else:
        row = _report_row(report) | {"copy_of": copy_of, "source": source, "added_at": added_at or now()}
        connection.execute(sa.insert(schema.reports), row)
    data = zlib.compress(account.to_json().encode())
    connection.execute(sa.insert(schema.accounts), {"report_id": report.id, "reader": account.reader, "data": data})
    keys = _put_actors(connection, account)
    rows = _Rows(account, keys)
    for table, values in (
        (schema.events, [rows.event(event) for event in account.events]),
        (schema.sides, [side for event in account.events for side in rows.sides(event)]),
        (schema.claims, [rows.claim(claim) for claim in account.claims]),
        (schema.refused, [rows.claim(refused.claim) | {"reason": refused.reason} for refused in account.refused]),
        (schema.links, list(rows.links())),
        (schema.search_text, [rows.search_text(event) for event in account.events if event.modality == "actual"]),
    ):
        if values:
            connection.execute(sa.insert(table), values)


def read_account(connection: Connection, report_id: str) -> Account | None:
    """The whole account of a report, as it was written; ``None`` where the ledger has none."""
    data = connection.scalar(sa.select(schema.accounts.c.data).where(schema.accounts.c.report_id == report_id))
    return None if data is None else Account.from_json(zlib.decompress(data))


def _report_row(report: Report) -> Row:
    names = ("id", "url", "publisher", "title", "published", "published_from", "language", "sha256", "bytes_sha256")
    row = {name: getattr(report, name) for name in (*names, "text", "body_start")}
    place = report.dateline.place if report.dateline else None
    agencies = json.dumps(report.dateline.agencies if report.dateline else (), ensure_ascii=False)
    return row | {"url_key": url_key(report.url), "dateline_place": place, "agencies": agencies}


def _remove_reading(connection: Connection, report_id: str) -> None:
    """Take away what an earlier reader made of a report; sides, claims, joins and search rows go with the events."""
    events, stale = schema.events, schema.stale_incidents
    lost = sa.select(events.c.incident_id).where(events.c.report_id == report_id, events.c.incident_id.is_not(None))
    lost = lost.where(events.c.incident_id.not_in(sa.select(stale.c.incident_id))).distinct()
    connection.execute(sa.insert(stale).from_select(["incident_id"], lost))
    _note_lost_pairs(connection, report_id)
    for table in (schema.links, schema.claims, schema.refused, events, schema.accounts):
        connection.execute(sa.delete(table).where(table.c.report_id == report_id))


def weigh_anew(connection: Connection, reports: Sequence[str]) -> None:
    """Have the events of these reports weighed anew by the next ``sayso.incidents.update``, whatever they lost."""
    e, stale = schema.events.c, schema.stale_events
    joined = (e.report_id.in_(reports), e.incident_id.is_not(None))
    connection.execute(sa.delete(stale).where(stale.c.event_id.in_(sa.select(e.id).where(*joined))))
    wanted = sa.select(e.id, sa.literal(WHOLLY)).where(*joined)
    connection.execute(sa.insert(stale).from_select(["event_id", "lost"], wanted))


def _note_lost_pairs(connection: Connection, report_id: str) -> None:
    """Note the events that have one of this report's among their likely pairs, or are among its: they lose it."""
    e, p, stale = schema.events.c, schema.edges.c, schema.stale_events
    mine = sa.select(e.id).where(e.report_id == report_id)
    lost = {
        event: count
        for ours, theirs, number in ((p.event_id, p.other_id, 0), (p.other_id, p.event_id, 1))
        for event, count in connection.execute(
            sa.select(theirs, number * sa.func.count()).where(ours.in_(mine)).group_by(theirs)
        )
    }
    known = set(connection.scalars(sa.select(stale.c.event_id).where(stale.c.event_id.in_(lost))))
    rows = [{"event_id": event, "lost": count} for event, count in lost.items() if event not in known]
    if rows:
        connection.execute(sa.insert(stale), rows)


def _put_actors(connection: Connection, account: Account) -> dict[str, str]:
    """The account's actors as rows of their own across reports; returns their keys by the account's ids."""
    keys = {actor.id: actor_key(actor, account.report.id, account.report.text) for actor in account.actors}
    wanted: dict[str, Row] = {}
    for actor in account.actors:
        row = _actor_row(actor, keys[actor.id])
        wanted[row["id"]] = _merged(wanted[row["id"]], row) if row["id"] in wanted else row
    table = schema.actors
    found = connection.execute(sa.select(table).where(table.c.id.in_(wanted)))
    known = {row["id"]: dict(row) for row in found.mappings()}
    new = [row for key, row in wanted.items() if key not in known]
    if new:
        connection.execute(sa.insert(table), new)
    for key, row in known.items():
        merged = _merged(row, wanted[key])
        if merged != row:
            connection.execute(sa.update(table).where(table.c.id == key).values(merged))
    return keys


def _actor_row(actor: Actor, key: str) -> Row:
    names = ("name", "kind", "country", "affiliation", "kb_id")
    return {"id": key} | {name: getattr(actor, name) for name in names} | {"private": actor.private}


def _merged(first: Row, second: Row) -> Row:
    """Two readings of one actor as one, whichever came first: of two words for the same the one that says more.

    A person once private stays so.
    """
    filled = {key: _fuller(value, second[key]) for key, value in first.items() if key != "private"}
    return filled | {"private": bool(first["private"] or second["private"])}


def _fuller(one: str | None, two: str | None) -> str | None:
    """The longer of two words, of equally long ones the first in the alphabet; what is said, where one is silent."""
    if one is None or two is None:
        return two if one is None else one
    return min(one, two, key=lambda word: (-len(word), word))


class _Rows:
    """The rows of one account; the account's own ids become the ledger's."""

    def __init__(self, account: Account, keys: dict[str, str]) -> None:
        self._report = account.report.id
        self._account = account
        self._keys = keys
        self._actors = {actor.id: actor for actor in account.actors}
        self._places = {place.id: place for place in account.places}
        self._times = {time.id: time.span.text for time in account.times}
        self._terms = event_terms(account)

    def _id(self, local: str) -> str:
        return f"{self._report}:{local}"

    def _key(self, actor: str | None) -> str | None:
        return None if actor is None else self._keys[actor]

    def event(self, event: Event) -> Row:
        time = event.time
        words = None
        if time is not None:
            words = time.evidence.text if time.evidence else self._times.get(time.time or "")
        return {
            "id": self._id(event.id),
            "report_id": self._report,
            "type": event.type,
            "modality": event.modality,
            "mention": event.mentions[0].text,
            "start": time.start if time else None,
            "end": time.end if time else None,
            "time_precision": time.precision if time else None,
            "time_words": words,
            **_place_row(self._places.get(event.place or "")),
            **_count_row("killed", event.killed),
            **_count_row("injured", event.injured),
            "weapon": event.weapon.text if event.weapon else None,
            "terms": self._terms[event.id],
        }

    def sides(self, event: Event) -> Iterable[Row]:
        for role, members in (("initiator", event.initiators), ("recipient", event.recipients)):
            for member in members:
                if isinstance(member, Span):
                    actor_id, words = None, member.text
                else:
                    actor = self._actors[member]
                    actor_id, words = self._keys[member], actor.spans[0].text if actor.spans else actor.name
                yield {"event_id": self._id(event.id), "role": role, "actor_id": actor_id, "words": words}

    def claim(self, claim: Claim) -> Row:
        normalised = self._normalised(claim)
        return {
            "id": self._id(claim.id),
            "event_id": self._id(claim.event),
            "report_id": self._report,
            "slot": claim.slot,
            "value": claim.value,
            "normalised": None if normalised is None else json.dumps(normalised, ensure_ascii=False),
            "stance": claim.stance,
            "speaker_id": self._key(claim.speaker),
            "via_id": self._key(claim.via),
            **_evidence_row(claim.evidence),
            "confidence": claim.confidence,
        }

    def _normalised(self, claim: Claim) -> Any:
        value = claim.normalised
        if not isinstance(value, str):
            return value
        if value in self._keys and value in self._actors:
            return self._keys[value]
        return self._places[value].gazetteer_id if value in self._places else value

    def links(self) -> Iterable[Row]:
        for number, link in enumerate(self._account.links, 1):
            yield {
                "id": self._id(f"l{number}"),
                "report_id": self._report,
                "from_event": self._id(link.from_),
                "to_event": self._id(link.to),
                "kind": link.kind,
                "speaker_id": self._key(link.speaker),
                "via_id": self._key(link.via),
                **_evidence_row(link.evidence),
            }

    def search_text(self, event: Event) -> Row:
        claims = [claim for claim in self._account.claims if claim.event == event.id]
        people = [*event.initiators, *event.recipients, *(claim.speaker for claim in claims)]
        names = [self._actors[who].name for who in people if isinstance(who, str) and not self._actors[who].private]
        names += [who.text for who in event.recipients if isinstance(who, Span)]
        place = self._places.get(event.place or "")
        where = [place.name, place.span.text, place.admin1] if place else []
        return {
            "event_id": self._id(event.id),
            "title": _joined([*_type_words(event.type), *(mention.text for mention in event.mentions)]),
            "place": _joined(where),
            "names": _joined(names),
            "quotes": _joined(claim.evidence.text for claim in claims),
        }


def _type_words(name: str) -> Iterable[str]:
    """An event type as people may look for it: "airstrike", "Air strike"."""
    entry = load("event_types").get(name)
    return (name.replace("_", " "), *((entry.label, entry.noun or "") if entry else ()))


def _joined(words: Iterable[str | None]) -> str:
    return "\n".join(dict.fromkeys(word for word in words if word))


def _evidence_row(span: Span) -> Row:
    return {"evidence_start": span.start, "evidence_end": span.end, "evidence": span.text}


def _count_row(slot: str, count: Count | None) -> Row:
    low, high = count or (None, None)
    return {f"{slot}_low": low, f"{slot}_high": high}


def _place_row(place: Place | None) -> Row:
    names = {"place_name": "name", "place_kind": "kind", "place_precision": "precision"}
    names |= {name: name for name in ("gazetteer_id", "country", "admin1", "lat", "lon", "radius_km")}
    row = {column: getattr(place, field) if place else None for column, field in names.items()}
    shape = None if place is None or place.geometry is None else msgspec.json.encode(place.geometry).decode()
    return row | {"place_words": place.span.text if place else None, "geometry": shape}
