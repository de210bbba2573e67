"""Short ids of incidents that people can say aloud: a country, five letters or digits; derived from an event.

An id once given stays with the greater part of its events; what it was merged into is found under it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.features import Features, chunks
from sayso.knowledge.countries import countries
from sayso.ledger import schema

# Crockford's base 32: without I, L, O and U, which are misread.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHORTEST = 5
RETRACED = 20
"""Of how many of a group's events the ids are looked at that it may have had before."""


def incident_id(event_id: str, country: str | None, length: int = _SHORTEST) -> str:
    """The id that an incident gets from its first event; ``country`` is ISO 3166-1 alpha-3, "XX" stands for none."""
    number = int.from_bytes(hashlib.sha256(event_id.encode()).digest())
    letters = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        letters.append(_ALPHABET[digit])
    known = countries().get(country or "")
    return f"{known.iso2 if known else 'XX'}-{''.join(letters)}"


def current_id(connection: Connection, wanted: str) -> str:
    """The id under which an incident is found now: itself, or the one that it was merged into."""
    table = schema.incident_ids.c
    return connection.scalar(sa.select(table.current).where(table.old == wanted)) or wanted


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """The ids of groups of events, by position, and what became of the ids that the events had."""

    ids: tuple[str, ...]
    merged: dict[str, str]
    """Ids given up, and the id under which most of their events are found now."""
    split: tuple[tuple[str, str], ...]
    """An id that stayed with a part, and the new one of another part."""
    restored: tuple[str, ...]
    """Ids that had been merged away, and stand for their events again."""


def name_groups(
    connection: Connection,
    groups: Sequence[Sequence[Features]],
    held: Collection[str] = (),
    orphans: list[Features] | None = None,
) -> Naming:
    """Give each group (its events, the oldest first) the id that most of its events had, else one of its own.

    ``held`` are ids that other events keep; ``orphans`` incidents that lost all their events, as what a group must
    look like to take their id; those taken are removed from the list.
    """
    before = [Counter(event.incident_id for event in group if event.incident_id) for group in groups]
    kept = _kept(groups, before, set(held))
    restored = _restored(connection, groups, before, kept)
    names = _orphaned(groups, {**kept, **restored}, orphans or [])
    missing = [at for at in range(len(groups)) if at not in names]
    new = free_ids(connection, [(groups[at][0].id, groups[at][0].country) for at in missing], set(names.values()))
    names |= dict(zip(missing, new, strict=True))
    stays = set(names.values()) | set(held)
    merged = {
        old: names[max(range(len(groups)), key=lambda at: (before[at][old], -at))]
        for old in sorted({old for counts in before for old in counts} - stays)
    }
    split = [
        (old, names[at])
        for at, counts in enumerate(before)
        for old in sorted(counts)
        if at not in kept and old != names[at] and old in stays
    ]
    return Naming(
        ids=tuple(names[at] for at in range(len(groups))),
        merged=merged,
        split=tuple(split),
        restored=tuple(sorted(restored.values())),
    )


def _kept(groups: Sequence[Sequence[Features]], before: Sequence[Counter[str]], held: set[str]) -> dict[int, str]:
    """Which group keeps which id: the greatest part first; of equal ones the id with the oldest event."""
    oldest: dict[str, tuple[str, str]] = {}
    for group in groups:
        for event in group:
            if event.incident_id:
                age = (event.published, event.id)
                oldest[event.incident_id] = min(oldest.get(event.incident_id, age), age)
    ranked = sorted(
        (-count, oldest[old], old, at)
        for at, counts in enumerate(before)
        for old, count in counts.items()
        if old not in held
    )
    found: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, old, at in ranked:
        if at not in found and old not in taken:
            found[at] = old
            taken.add(old)
    return found


def _restored(
    connection: Connection,
    groups: Sequence[Sequence[Features]],
    before: Sequence[Counter[str]],
    kept: Mapping[int, str],
) -> dict[int, str]:
    """Ids merged away that a part gets back as it leaves the incident that they led to."""
    wanted = {
        incident_id(event.id, event.country): at
        for at, group in reversed(list(enumerate(groups)))
        if at not in kept and before[at]
        for event in reversed(group[:RETRACED])
    }
    table, found = schema.incident_ids.c, dict[int, str]()
    for part in chunks(sorted(wanted)):
        for old, current in connection.execute(sa.select(table.old, table.current).where(table.old.in_(part))):
            if current in before[wanted[old]]:
                found.setdefault(wanted[old], old)
    return found


def _orphaned(groups: Sequence[Sequence[Features]], names: dict[int, str], orphans: list[Features]) -> dict[int, str]:
    for at, group in enumerate(groups):
        if at in names:
            continue
        looks = {(event.type, event.first, event.gazetteer_id, event.place_name) for event in group}
        same = (one for one in orphans if (one.type, one.first, one.gazetteer_id, one.place_name) in looks)
        orphan = next(same, None)
        if orphan is not None:
            orphans.remove(orphan)
            names[at] = orphan.id
    return names


def free_ids(connection: Connection, events: Sequence[tuple[str, str | None]], given: set[str]) -> list[str]:
    """For each event and country the shortest id that no incident has or ever had."""
    found: dict[int, str] = {}
    given, length = set(given), _SHORTEST
    while len(found) < len(events):
        wanted = {at: incident_id(*events[at], length) for at in range(len(events)) if at not in found}
        taken = _taken(connection, sorted(set(wanted.values()))) | given
        for at, candidate in wanted.items():
            if candidate not in taken:
                found[at] = candidate
                taken.add(candidate)
                given.add(candidate)
        length += 1
    return [found[at] for at in range(len(events))]


def _taken(connection: Connection, candidates: Sequence[str]) -> set[str]:
    found: set[str] = set()
    # An incident has events before it has a row.
    for column in (schema.incidents.c.id, schema.incident_ids.c.old, schema.events.c.incident_id):
        for part in chunks(candidates):
            found |= {one for one in connection.scalars(sa.select(column).where(column.in_(part))) if one}
    return found
