"""Who did it and who was struck, by incident: each actor folded to the organisation or the state that it belongs to.

A side is a state (all its forces, ministries and officials) or an armed organisation. Civilians, media and people who
are only described ("the attackers") are no sides. ``docs/chains.md`` has the rules in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.features import chunks
from sayso.incidents.statement import Statement
from sayso.knowledge.countries import countries
from sayso.ledger import schema
from sayso.vocabulary import load

Role = Literal["initiator", "recipient"]
Direction = Literal["a", "b", "both"]
Row = dict[str, Any]

_ROLES: dict[str, Role] = {"initiator": "initiator", "recipient": "recipient"}
STATE_KINDS = frozenset({"state", "government", "military", "police", "intelligence"})
"""Kinds of actors that act for a state."""
ARMED_KINDS = frozenset({"coalition", "rebel", "militia", "criminal"})
"""Kinds of actors that are a side of their own."""
STRIKES = frozenset({"aerial", "indirect_fire", "explosives", "chemical", "ground", "killing", "downing"})
"""Families of event types that are attacks; the others (truces, arrests, sieges, …) make no strike of a dyad."""
MUTUAL = frozenset({"armed_clash"})
"""Types in which both sides fight, whoever is named first."""
MOST_PAIRS = 24
"""How many strikes between different sides one incident may be: a report that lists many forces is no war of all."""


class Side(msgspec.Struct, frozen=True):
    """A state or an organisation: the key under which it counts, and its name."""

    key: str
    name: str


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """What folding needs of an actor of the ledger."""

    id: str
    name: str
    kind: str | None = None
    country: str | None = None
    affiliation: str | None = None
    kb_id: str | None = None
    private: bool = False


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One side's part in an incident: by how many speakers it is said and denied, and whether it is contested.

    ``said`` is 0 where only the reports' own narration says so.
    """

    side: Side
    role: Role
    said: int = 0
    denied: int = 0
    contested: bool = False


def side_of(actor: Actor, report_id: str) -> Side | None:
    """The side that an actor belongs to; null for civilians and for those who are only described, unless of a state.

    ``report_id`` is the report that names it: a key that begins with it is of somebody who is only described.
    """
    if actor.private:
        return None
    above = _known(actor.kb_id) if actor.kb_id else None
    if above is None and actor.affiliation:
        above = _named(actor.affiliation, actor.country)
        if above is not None and above.key.startswith("state:") and actor.kind not in STATE_KINDS:
            above = None  # "Iran-backed militias" are not Iran.
    if above is not None:
        return above
    if actor.kind in STATE_KINDS and actor.country:
        return _state(actor.country)
    if actor.kind not in ARMED_KINDS:
        return None
    described = actor.id.startswith(f"{report_id}-")
    return _led_by_name(actor.name) or (None if described else Side(actor.id, actor.name))


@cache
def _known(kb_id: str) -> Side | None:
    """The side of an actor of the knowledge base: the state or organisation at the end of what it is part of."""
    from sayso.knowledge.actors import ActorBase

    base = ActorBase.open()
    record = base.get(kb_id)
    if record is None:
        return None
    chain = [record, *(above for relation, above in base.related(record) if relation == "part_of")]
    state = next((one for one in chain if one.kind == "state" and one.country), None)
    if state is not None and state.country:
        return _state(state.country)
    top = chain[-1]
    if top.kind in ARMED_KINDS or top.kind == "government":
        # A government without a state above it is one in fact, such as that of a region.
        return Side(top.id, top.name)
    return _state(top.country) if top.kind in STATE_KINDS and top.country else None


@cache
def _named(name: str, country: str | None) -> Side | None:
    from sayso.knowledge.actors import ActorBase

    found = ActorBase.open().lookup(name, country)
    return _known(found.id) if found is not None else None


@cache
def _led_by_name(words: str) -> Side | None:
    """The organisation with whose name a description begins: "Islamic State fighters", "YPG positions near Menagh"."""
    from sayso.knowledge.actors import ActorBase

    names = list(takewhile(lambda word: word[:1].isupper(), words.split()))
    for count in range(len(names), 0, -1):
        found = ActorBase.open().lookup(" ".join(names[:count]))
        if found is not None and found.kind in ARMED_KINDS:
            return _known(found.id)
    return None


def _state(code: str) -> Side:
    known = countries().get(code)
    return Side(f"state:{code}", known.name if known else code)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One telling that a side did it or was struck: ``speaker`` null is the narration of the report."""

    side: Side | None
    role: Role
    report_id: str
    speaker: str | None = None
    speaker_side: str | None = None
    denies: bool = False


def parties(told: Sequence[Told]) -> list[Party]:
    """The sides of one incident, by role and key, with how they stand.

    A side's part is contested where a speaker denies it, where one of the side itself denies that it happened, and
    where tellings name different ones of which none names both.
    """
    found: list[Party] = []
    for role in ("initiator", "recipient"):
        mine = [one for one in told if one.role == role]
        named = {one.side.key: one.side for one in mine if one.side and not one.denies}
        sources: dict[str, set[str]] = defaultdict(set)
        for one in mine:
            if one.side and not one.denies:
                sources[one.speaker or f"report {one.report_id}"].add(one.side.key)
        for key in sorted(named):
            denying = {one.speaker for one in mine if one.denies and _denies(one, key, alone=len(named) == 1)}
            rival = any(_rivals(key, other, sources) for other in named if other != key)
            said = {one.speaker for one in mine if one.side and one.side.key == key and one.speaker and not one.denies}
            contested = bool(denying) or (role == "initiator" and rival)
            name = min(one.side.name for one in mine if one.side and one.side.key == key)
            found.append(
                Party(
                    side=Side(key, name), role=role, said=len(said), denied=len(denying - {None}), contested=contested
                )
            )
    return found


def _denies(one: Told, key: str, *, alone: bool) -> bool:
    """Whether a denial is of this side's part: it names it, or the side speaks for itself, or there is no other."""
    if one.side is not None:
        return one.side.key == key
    return one.speaker_side == key or (alone and one.speaker_side is None)


def _rivals(one: str, other: str, sources: Mapping[str, set[str]]) -> bool:
    """Whether some tell of the one and not of the other, and some the other way round."""
    first = any(one in sides and other not in sides for sides in sources.values())
    return first and any(other in sides and one not in sides for sides in sources.values())


class Part(msgspec.Struct, frozen=True):
    """The rows of ``parties`` and of ``dyads`` that one incident makes."""

    parties: list[Row]
    dyads: list[Row]


def part(incident: Row, told: Sequence[Told]) -> Part:
    """Who did it and who was struck in an incident, of which id, type, start and end must be known."""
    sides, identity = parties(told), {"incident_id": incident["id"]}
    when = {"start": incident["start"], "end": incident["end"]}
    rows = [
        identity
        | {"side": one.side.key, "role": one.role, "name": one.side.name}
        | {"said": one.said, "denied": one.denied, "contested": one.contested}
        for one in sides
    ]
    return Part(rows, [row | identity | when for row in strikes(incident["type"], sides)])


def strikes(kind: str, sides: Iterable[Party]) -> list[Row]:
    """The rows of ``dyads`` that an incident of this type makes, but for the incident's own columns."""
    entry = load("event_types").get(kind)
    if entry is None or entry.family not in STRIKES:
        return []
    sides = list(sides)
    struck = [one.side.key for one in sides if one.role == "recipient"]
    found: dict[tuple[str, str, str], Row] = {}
    for one in sides:
        if one.role != "initiator":
            continue
        for other in struck:
            if other == one.side.key:
                continue
            first, second = sorted((one.side.key, other))
            direction = "both" if kind in MUTUAL else "a" if one.side.key == first else "b"
            row = {"side_a": first, "side_b": second, "direction": direction}
            found.setdefault(
                (first, second, direction),
                row | {"said": one.said, "denied": one.denied, "contested": one.contested},
            )
    return list(found.values())[:MOST_PAIRS]


_E, _S, _A = schema.events.c, schema.sides.c, schema.actors.c
# Made once: they are asked with every report.
_ACTING = (
    sa.select(_E.id, _E.report_id, _S.role, _S.actor_id)
    .join(schema.sides, _S.event_id == _E.id)
    .where(_E.id.in_(sa.bindparam("events", expanding=True)), _S.actor_id.is_not(None))
)
_ACTORS = sa.select(*(_A[name] for name in Actor.__struct_fields__)).where(
    _A.id.in_(sa.bindparam("actors", expanding=True))
)


def load_told(
    connection: Connection, events: Mapping[str, str], statements: Mapping[str, Sequence[Statement]]
) -> dict[str, list[Told]]:
    """Every telling of who did it or was struck, by the incidents that ``events`` gives the events.

    The events' sides, the claims on them (``statements`` by incident), and denials by a side.
    """
    found: dict[str, list[Told]] = defaultdict(list)
    acting: list[Any] = []
    for ids in chunks(list(events)):
        acting += connection.execute(_ACTING, {"events": ids}).all()
    spoken = [
        (incident, one.report_id, one.slot, one.stance, one.normalised, one.voice.key if one.voice else None)
        for incident, said in statements.items()
        for one in said
        if (one.slot in _ROLES and one.stance in ("asserts", "denies"))
        or (one.slot == "occurrence" and one.stance == "denies")
    ]
    keys = {row.actor_id for row in acting} | {row[5] for row in spoken if row[5]}
    keys |= {row[4] for row in spoken if isinstance(row[4], str)}
    actors = _actors(connection, keys)

    def folded(key: Any, report: str) -> Side | None:
        actor = actors.get(key) if isinstance(key, str) else None
        return side_of(actor, report) if actor is not None else None

    claimed = set()
    for incident, report, slot, stance, value, speaker in spoken:
        mine = folded(speaker, report)
        side = folded(value, report)
        mine_key = mine.key if mine else None
        if slot == "occurrence":
            if mine is not None:  # Who denies that it happened denies its own side's part.
                denial = Told(side=mine, role="initiator", report_id=report, speaker=speaker, denies=True)
                found[incident].append(denial)
            continue
        if stance == "asserts" and side is None:
            continue
        claimed.add((incident, report, slot, side.key if side else None))
        one = Told(side=side, role=_ROLES[slot], report_id=report, speaker=speaker, speaker_side=mine_key)
        found[incident].append(msgspec.structs.replace(one, denies=stance == "denies"))
    for event, report, role, key in acting:
        incident, side = events[event], folded(key, report)
        if side is not None and (incident, report, role, side.key) not in claimed:
            found[incident].append(Told(side=side, role=role, report_id=report))
    return found


def _actors(connection: Connection, keys: Iterable[str]) -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for ids in chunks(sorted(keys)):
        for row in connection.execute(_ACTORS, {"actors": ids}).mappings():
            found[row["id"]] = Actor(**(dict(row) | {"private": bool(row["private"])}))
    return found
