"""Why two incidents, events or reports are, or are not, held to be one occurrence: what is weighed, and what decides.

Events are compared in pairs; of each side a bounded number, the likeliest pairs of the ledger first.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Literal

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError
from sayso.incidents.clustering import linkage, representatives
from sayso.incidents.compare import Comparison, compare
from sayso.incidents.decided import Ruling, between
from sayso.incidents.features import Features, chunks, load_by_id
from sayso.incidents.ids import current_id
from sayso.ledger import schema

COMPARED = 30
"""How many events of each side are compared with each other, at most."""
LIKELY = 20
"""How many of the ledger's likely pairs between the two are compared besides."""
SHOWN = 5
"""How many pairs are given, the likeliest first."""
LONGEST = 8
"""How many steps a chain of reports that holds an incident together may have, to be shown."""
STEPS_SEEN = 5_000
"""How many likely pairs are walked along at most to find it."""

CLAUSE = 40
"""Characters from which words on an event are taken for a clause."""
LONGEST_WORDS = 240
"""Characters of the words that tell of an event; of longer ones the mention alone is shown."""

Kind = Literal["incident", "event", "report"]


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two that are asked about. ``id`` differs from ``asked`` where an incident was merged into another."""

    asked: str
    id: str
    kind: Kind
    title: str
    incidents: tuple[str, ...]
    """The incidents that its events are in: itself, of an incident."""
    events: int


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One event of one report, as it is shown; ``words`` are those that say that it happened."""

    event: str
    report: str
    incident: str | None
    outlet: str | None
    published: str
    words: str


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """Two tellings and what comparing them shows."""

    one: Telling
    two: Telling
    comparison: Comparison

    @property
    def start(self) -> float:
        """The log-odds before anything was found."""
        return self.comparison.score - sum(reason.weight or 0.0 for reason in self.comparison.reasons)


class Apart(msgspec.Struct, frozen=True, kw_only=True):
    """An incident that is another one although two tellings are alike; ``score`` is in log-odds."""

    incident: str
    title: str
    score: float


class Grounds(msgspec.Struct, frozen=True, kw_only=True):
    """All that speaks for and against two being one occurrence.

    ``together``: the incidents that both are part of. ``pairs``: tellings of either, the likeliest first. ``steps``:
    how the two hang together where no pair of them is alike enough by itself. ``against``: what rules out further
    pairs, in words, with how many. ``rulings``: what people decided on the two, the latest first. ``left_out``:
    how many events were not compared.
    """

    first: Subject
    second: Subject
    together: tuple[str, ...]
    pairs: tuple[Weighed, ...] = ()
    steps: tuple[Weighed, ...] = ()
    against: tuple[tuple[str, int], ...] = ()
    rulings: tuple[Ruling, ...] = ()
    left_out: int = 0
    mean: float | None = None
    """Of the likeliest pair's incidents, where they are two: what their tellings come to on average, in log-odds …"""
    barrier: Weighed | None = None
    """… or the pair that rules it out."""

    @property
    def best(self) -> Weighed | None:
        """The likeliest pair; null where there is none to compare."""
        return self.pairs[0] if self.pairs else None


def grounds(connection: Connection, first: str, second: str) -> Grounds:
    """Why two are or are not one occurrence; each is the id of an incident, of an event or of a report.

    Ids of incidents that were merged stand for what they are part of now. Raises S460 for an id that is none of these.
    """
    one, two = _subject(connection, first), _subject(connection, second)
    likely = _likely(connection, one, two)
    mine, theirs = _events(connection, one), _events(connection, two)
    known = load_by_id(connection, {*mine, *theirs, *(event for pair in likely for event in pair)})
    pairs = _weigh(known, {*product(mine, theirs), *likely})
    together = tuple(sorted({*one.incidents} & {*two.incidents}))
    best = pairs[0].comparison if pairs else None
    direct = best is not None and best.joins
    rulings = tuple(between(connection, mine, theirs))
    steps = () if direct or not together or not pairs else _steps(connection, pairs[0].one, pairs[0].two)
    against = () if together else _against(pairs[1:])
    mean, barrier = _linked(connection, pairs[0]) if pairs and not together else (None, None)
    shown = [*pairs[:SHOWN], *steps, *([barrier] if barrier is not None else [])]
    told = told_words(connection, [telling.event for pair in shown for telling in (pair.one, pair.two)])
    return Grounds(
        first=one,
        second=two,
        together=together,
        pairs=tuple(_worded(pair, told) for pair in pairs[:SHOWN]),
        steps=tuple(_worded(step, told) for step in steps),
        against=against,
        rulings=rulings,
        left_out=max(0, one.events - len(mine)) + max(0, two.events - len(theirs)),
        mean=mean,
        barrier=None if barrier is None else _worded(barrier, told),
    )


def kept_apart(connection: Connection, incident_id: str, most: int = LIKELY) -> list[Apart]:
    """Other incidents with a telling that is alike one of this incident's, the likeliest first."""
    first, second, i = schema.events.alias("first"), schema.events.alias("second"), schema.incidents.c
    near = (
        sa.select(schema.edges.c.other_id, schema.edges.c.score)
        .join(first, first.c.id == schema.edges.c.event_id)
        .where(first.c.incident_id == incident_id)
        .order_by(schema.edges.c.event_id, schema.edges.c.other_id)
        .limit(STEPS_SEEN)
        .subquery()
    )
    score = sa.func.max(near.c.score)
    query = (
        sa.select(i.id, i.title, score)
        .select_from(near)
        .join(second, second.c.id == near.c.other_id)
        .join(schema.incidents, i.id == second.c.incident_id)
        .where(second.c.incident_id != incident_id)
        .group_by(i.id, i.title)
        .order_by(score.desc(), i.id)
        .limit(most)
    )
    return [Apart(incident=row[0], title=row[1], score=row[2]) for row in connection.execute(query)]


def _subject(connection: Connection, asked: str) -> Subject:
    for wanted in dict.fromkeys((asked.strip(), asked.strip().upper())):
        found = _incident(connection, asked, wanted) or _event(connection, wanted) or _report(connection, wanted)
        if found is not None:
            return found
    raise SaysoError("S460", id=asked)


def _incident(connection: Connection, asked: str, wanted: str) -> Subject | None:
    i, now = schema.incidents.c, current_id(connection, wanted)
    title = connection.scalar(sa.select(i.title).where(i.id == now))
    if title is None:
        return None
    count = _count(connection, schema.events.c.incident_id == now)
    return Subject(asked=asked, id=now, kind="incident", title=title, incidents=(now,), events=count)


def _event(connection: Connection, wanted: str) -> Subject | None:
    e = schema.events.c
    row = connection.execute(sa.select(e.mention, e.incident_id).where(e.id == wanted)).first()
    if row is None:
        return None
    incidents = () if row.incident_id is None else (row.incident_id,)
    return Subject(asked=wanted, id=wanted, kind="event", title=row.mention, incidents=incidents, events=1)


def _report(connection: Connection, wanted: str) -> Subject | None:
    e, r = schema.events.c, schema.reports.c
    row = connection.execute(sa.select(r.title, r.publisher).where(r.id == wanted)).first()
    if row is None:
        return None
    inside = sa.select(e.incident_id).where(e.report_id == wanted, e.incident_id.is_not(None)).distinct()
    return Subject(
        asked=wanted,
        id=wanted,
        kind="report",
        title=": ".join(part for part in (row.publisher, row.title) if part) or "a report",
        incidents=tuple(sorted(found for found in connection.scalars(inside) if found)),
        events=_count(connection, sa.and_(e.report_id == wanted, e.incident_id.is_not(None))),
    )


def _count(connection: Connection, where: sa.ColumnElement[bool]) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(schema.events).where(where)) or 0


def _of(subject: Subject, events: sa.FromClause) -> sa.ColumnElement[bool]:
    """The events that a subject is about."""
    if subject.kind == "incident":
        return sa.and_(events.c.incident_id == subject.id)
    if subject.kind == "event":
        return sa.and_(events.c.id == subject.id)
    return sa.and_(events.c.report_id == subject.id, events.c.incident_id.is_not(None))


def _events(connection: Connection, subject: Subject) -> list[str]:
    e, r = schema.events, schema.reports.c
    query = sa.select(e.c.id).join(schema.reports, r.id == e.c.report_id).where(_of(subject, e))
    return list(connection.scalars(query.order_by(r.published, e.c.id).limit(COMPARED)))


def _likely(connection: Connection, one: Subject, two: Subject) -> list[tuple[str, str]]:
    """The likeliest pairs between the two that the ledger knows."""
    first, second, d = schema.events.alias("first"), schema.events.alias("second"), schema.edges.c
    query = (
        sa.select(d.event_id, d.other_id)
        .join(first, first.c.id == d.event_id)
        .join(second, second.c.id == d.other_id)
        .where(_of(one, first), _of(two, second))
        .order_by(d.score.desc(), d.event_id, d.other_id)
        .limit(LIKELY)
    )
    return [(row.event_id, row.other_id) for row in connection.execute(query)]


def _weigh(known: dict[str, Features], pairs: Iterable[tuple[str, str]]) -> list[Weighed]:
    """The pairs compared, the likeliest first; what rules a pair out puts it behind all others."""
    seen = {tuple(sorted(pair)): pair for pair in sorted(pairs) if pair[0] != pair[1]}
    found = [_weighed(known[one], known[two]) for one, two in seen.values() if one in known and two in known]
    return sorted(
        found, key=lambda pair: (pair.comparison.refused, -pair.comparison.score, pair.one.event, pair.two.event)
    )


def _rank(pair: Weighed) -> tuple[bool, float, str, str]:
    return (pair.comparison.refused, -pair.comparison.score, pair.one.event, pair.two.event)


def _weighed(one: Features, two: Features) -> Weighed:
    return Weighed(one=_telling(one), two=_telling(two), comparison=compare(one, two))


def _worded(pair: Weighed, told: Mapping[str, str]) -> Weighed:
    one, two = (replace(telling, words=told.get(telling.event, telling.words)) for telling in (pair.one, pair.two))
    return replace(pair, one=one, two=two)


def told_words(connection: Connection, events: Iterable[str]) -> dict[str, str]:
    """For events, the words of their reports that say that it happened."""
    c = schema.claims.c
    found: dict[str, list[str]] = defaultdict(list)
    for part in chunks(sorted(set(events))):
        query = sa.select(c.event_id, c.evidence).where(c.event_id.in_(part), c.slot == "occurrence")
        for event, words in connection.execute(query.order_by(c.event_id, c.evidence_start, c.id)):
            found[event].append(words)
    return {event: words for event, passages in found.items() if (words := best_words(passages))}


def best_words(passages: Sequence[str]) -> str | None:
    """Of the passages that tell of one event, in their order, the first that is a clause and no mere word."""
    fit = [words for words in passages if len(words) <= LONGEST_WORDS]
    return next((words for words in fit if len(words) >= CLAUSE), max(fit, key=len, default=None))


def _telling(event: Features) -> Telling:
    return Telling(
        event=event.id,
        report=event.report_id,
        incident=event.incident_id,
        outlet=event.outlet,
        published=event.published,
        words=event.mention,
    )


def _steps(connection: Connection, one: Telling, two: Telling) -> tuple[Weighed, ...]:
    """The shortest chain of likely pairs of their incident from one event to the other; empty where none is found."""
    e, d = schema.events.c, schema.edges.c
    before: dict[str, str] = {one.event: ""}
    queue, walked = deque([(one.event, 0)]), 0
    while queue and two.event not in before and walked < STEPS_SEEN:
        event, steps = queue.popleft()
        if steps == LONGEST:
            continue
        near = (
            sa.select(d.other_id)
            .join(schema.events, e.id == d.other_id)
            .where(d.event_id == event, e.incident_id == one.incident)
            .order_by(d.score.desc(), d.other_id)
        )
        for other in connection.scalars(near.limit(STEPS_SEEN - walked)):
            walked += 1
            if other not in before:
                before[other] = event
                queue.append((other, steps + 1))
    if two.event not in before:
        return ()
    path = [two.event]
    while before[path[-1]]:
        path.append(before[path[-1]])
    known = load_by_id(connection, path)
    return tuple(_weighed(known[a], known[b]) for a, b in zip(path[::-1], path[::-1][1:], strict=False))


def _linked(connection: Connection, best: Weighed) -> tuple[float | None, Weighed | None]:
    """How the joining weighs the incidents of the likeliest pair as wholes: the mean, or the pair that rules it out."""
    first, second = best.one.incident, best.two.incident
    if first is None or second is None or first == second:
        return None, None
    mine, theirs = _members(connection, first), _members(connection, second)
    found = linkage(representatives(mine), representatives(theirs), compare)
    if found.between is None:
        return found.mean, None
    one, two = (next(event for event in (*mine, *theirs) if event.id == wanted) for wanted in found.between)
    return None, _weighed(one, two)


def _members(connection: Connection, incident_id: str) -> list[Features]:
    """The earliest events of an incident."""
    subject = Subject(asked="", id=incident_id, kind="incident", title="", incidents=(incident_id,), events=0)
    return list(load_by_id(connection, _events(connection, subject)).values())


def _against(pairs: Sequence[Weighed]) -> tuple[tuple[str, int], ...]:
    found = Counter(r.words for pair in pairs for r in pair.comparison.reasons if r.weight is None)
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:SHOWN])
