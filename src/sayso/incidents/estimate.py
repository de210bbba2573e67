"""An estimate beside the rules: how likely a truth-discovery model holds it that an incident happened.

It stands apart: no status, list, export or order rests on it, and it is shown only where somebody asks. Where there is
too little to go by, it is refused with the reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.incidents.features import chunks
from sayso.incidents.statement import Voice, organisations
from sayso.incidents.truth import VERSION, Fitted, Parameters, fit
from sayso.ledger import schema
from sayso.ledger.filters import Filters, conditions
from sayso.ledger.store import now

LEAST_INCIDENTS = 30
"""Incidents of which two speakers or more say whether they happened; with fewer, nothing is estimated."""
LEAST_DISPUTED = 5
"""Incidents that some assert and others deny; without any, the model learns nothing of who denies what."""
LEAST_KNOWN = 3
"""Incidents of the set to which a speaker must speak to count as known."""
MOST_LABELS = 5_000_000
MOST_ESTIMATED = 200_000
"""Bounds of one run: what is kept of the draws must fit into memory."""
_ALONE = "fewer than two speakers say whether it happened"
_UNKNOWN = f"fewer than two of its speakers speak to {LEAST_KNOWN} incidents or more"

ASSUMPTIONS = (
    "Each speaker is taken to assert what happened, and what did not, at rates of its own that never change.",
    "Speakers are taken to err independently of each other. In war they do not: sides agree on what serves them, and "
    "reports repeat each other.",
    "Speakers are taken to be likelier to assert what happened than what did not. Nothing in the data can test that.",
    "Only who asserts and who denies is looked at: no weapon, no place, no number, no picture.",
    "What nobody reports is not in it. Incidents that one speaker alone tells of are not estimated.",
)
"""What the model assumes, in words; shown wherever an estimate is."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a run rests on. ``speakers`` are organisations; ``refused`` counts the reasons why there is no estimate."""

    model: str
    parameters: Parameters
    incidents: int
    disputed: int
    speakers: int
    labels: int
    refused: dict[str, int]
    filters: str


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """The estimate of one incident: a chance from 0 to 1 with its interval; null with the reason where refused."""

    incident_id: str
    asserts: int
    denies: int
    probability: float | None = None
    low: float | None = None
    high: float | None = None
    refused: str | None = None


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run: what it rests on, and the estimates by incident id."""

    about: About
    estimates: list[Estimate]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A kept estimate with the run that it is from; ``stale`` where the incident has changed since."""

    estimate: Estimate
    about: About
    made_at: str
    stale: bool


def estimate(connection: Connection, filters: Filters | None = None, parameters: Parameters | None = None) -> Run:
    """Estimate the incidents that fit ``filters``, all together. Raises S440 where there is too little, S441 for too
    much. Deterministic: the same ledger gives the same figures."""
    wanted = filters or Filters()
    said = _labels(connection, wanted)
    told = {incident: by for incident, by in sorted(said.items()) if len(by) > 1}
    disputed = sum(1 for by in told.values() if len(set(by.values())) > 1)
    if len(told) < LEAST_INCIDENTS or disputed < LEAST_DISPUTED:
        raise SaysoError(
            "S440", incidents=len(told), disputed=disputed, least=LEAST_INCIDENTS, least_disputed=LEAST_DISPUTED
        )
    if len(told) > MOST_ESTIMATED:
        raise SaysoError("S441", incidents=len(told), most=MOST_ESTIMATED)
    known = Counter(who for by in told.values() for who in by)
    used = parameters or Parameters()
    fitted = dict(zip(told, _fit(told, used), strict=True))
    estimates = [_estimate(incident, by, fitted.get(incident), known) for incident, by in sorted(said.items())]
    about = About(
        model=VERSION,
        parameters=used,
        incidents=len(told),
        disputed=disputed,
        speakers=len(known),
        labels=sum(map(len, told.values())),
        refused=dict(Counter(one.refused for one in estimates if one.refused)),
        filters=_in_words(wanted),
    )
    return Run(about=about, estimates=estimates)


def keep(connection: Connection, run: Run) -> None:
    """Keep a run's estimates for the pages, in place of all earlier ones; part of the caller's transaction."""
    runs, table = schema.estimate_runs, schema.estimates
    connection.execute(sa.delete(table))
    connection.execute(sa.delete(runs))
    row = {"made_at": now(), "about": msgspec.json.encode(run.about).decode()}
    made = connection.execute(sa.insert(runs).values(row)).inserted_primary_key
    rows = [msgspec.to_builtins(one) | {"run_id": made[0] if made else None} for one in run.estimates]
    for at in range(0, len(rows), 5000):
        connection.execute(sa.insert(table), rows[at : at + 5000])


def shown(connection: Connection, incident_id: str) -> Shown | None:
    """The kept estimate of one incident; ``None`` where no run has looked at it."""
    t, r, i = schema.estimates, schema.estimate_runs, schema.incidents
    query = sa.select(t, r.c.made_at, r.c.about, i.c.updated_at).join(r, r.c.id == t.c.run_id)
    query = query.join(i, i.c.id == t.c.incident_id).where(t.c.incident_id == incident_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return Shown(
        estimate=Estimate(**{name: row[name] for name in Estimate.__struct_fields__}),
        about=msgspec.json.decode(row["about"], type=About),
        made_at=row["made_at"],
        stale=row["updated_at"] > row["made_at"],
    )


def _labels(connection: Connection, filters: Filters) -> dict[str, dict[int, bool]]:
    """By incident, which organisation asserts (true) and which denies that it happened; who does both is left out."""
    r, i = schema.records.c, schema.incidents.c
    query = sa.select(r.incident_id, r.actor_id, r.occurrence).where(r.occurrence != 0)
    where = conditions(filters, connection)
    if where:
        query = query.join(schema.incidents, i.id == r.incident_id).where(*where)
    rows = connection.execute(query.limit(MOST_LABELS + 1)).all()
    if len(rows) > MOST_LABELS:
        raise SaysoError("S441", incidents=len({row[0] for row in rows}), most=MOST_ESTIMATED)
    groups = _organisations(connection, sorted({row[1] for row in rows}))
    both: dict[str, dict[int, set[bool]]] = defaultdict(lambda: defaultdict(set))
    for incident, actor, stance in rows:
        both[incident][groups[actor]].add(stance > 0)
    return {
        incident: {who: next(iter(stances)) for who, stances in sorted(by.items()) if len(stances) == 1}
        for incident, by in both.items()
    }


def _organisations(connection: Connection, actors: Sequence[str]) -> dict[str, int]:
    a = schema.actors.c
    columns = (a.id.label("key"), a.name, a.kind, a.country, a.affiliation)
    found: list[Voice] = []
    for part in chunks(actors):
        for row in connection.execute(sa.select(*columns).where(a.id.in_(part)).order_by(a.id)).mappings():
            found.append(Voice(**dict(row)))
    numbered = enumerate(organisations(sorted(found, key=lambda voice: voice.key)))
    return {voice.key: number for number, members in numbered for voice in members}


def _fit(told: dict[str, dict[int, bool]], parameters: Parameters) -> list[Fitted]:
    numbers = {who: number for number, who in enumerate(sorted({who for by in told.values() for who in by}))}
    labels = [(at, numbers[who], said) for at, by in enumerate(told.values()) for who, said in by.items()]
    return fit(
        [label[0] for label in labels], [label[1] for label in labels], [label[2] for label in labels], parameters
    )


def _estimate(incident: str, by: dict[int, bool], fitted: Fitted | None, known: Counter[int]) -> Estimate:
    bare = Estimate(incident_id=incident, asserts=sum(by.values()), denies=len(by) - sum(by.values()))
    if fitted is None:
        return msgspec.structs.replace(bare, refused=_ALONE)
    if sum(known[who] >= LEAST_KNOWN for who in by) < 2:
        return msgspec.structs.replace(bare, refused=_UNKNOWN)
    figures = {name: round(getattr(fitted, name), 3) for name in ("probability", "low", "high")}
    return msgspec.structs.replace(bare, **figures)


def _in_words(filters: Filters) -> str:
    chosen = {name: value for name, value in msgspec.to_builtins(filters).items() if value}
    parts = [f"{name} {', '.join(value) if isinstance(value, tuple) else value}" for name, value in chosen.items()]
    return "; ".join(parts) or "all incidents"
