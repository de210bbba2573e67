"""What reviewers decided about events, as hard constraints of the joining.

A decision speaks of events by their words in a report, so that it is found again when the report is read anew. The
later decision stands: one that cannot be kept beside a later one is overruled by it; both stay on record.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.features import chunks
from sayso.ledger import schema
from sayso.ledger.write import read_account
from sayso.model import Event

SAME, APART, UNDO = "same", "apart", "undo"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A decision about events: ``sides`` are ids of events, those that are found at present."""

    id: int
    kind: str
    sides: tuple[tuple[str, ...], ...]

    @property
    def events(self) -> list[str]:
        """All events of all sides."""
        return [event for side in self.sides for event in side]


class Rules(msgspec.Struct, frozen=True):
    """Decisions settled against each other: pairs to be joined, pairs to be kept apart, and who was overruled by whom.

    ``same`` and ``apart`` give with each pair (the lower id first) the decision; ``overruled`` has, for each decision
    that cannot be kept wholly, the latest that stands against it.
    """

    same: dict[tuple[str, str], int] = {}
    apart: dict[tuple[str, str], int] = {}
    overruled: dict[int, int] = {}

    def forbidden(self) -> dict[str, set[str]]:
        """Of each event those that it must not be joined with."""
        found: dict[str, set[str]] = defaultdict(set)
        for one, two in self.apart:
            found[one].add(two)
            found[two].add(one)
        return found


def settle(said: Iterable[Said]) -> Rules:
    """Which decisions hold, the latest first; pure.

    What follows from later decisions overrules an earlier one: where A and B were said to be one, and then B and C, and
    A and C apart at last, the first is kept, the second is not.
    """
    groups = _Groups()
    rules = Rules({}, {}, {})
    for decision in sorted(said, key=lambda one: -one.id):
        against: set[int] = set()
        if decision.kind == SAME:
            first, *others = decision.events or ("",)
            for event in others:
                against |= groups.join(first, event, decision.id, rules)
        elif len(decision.sides) == 2:
            for one in decision.sides[0]:
                for two in decision.sides[1]:
                    against |= groups.keep_apart(one, two, decision.id, rules)
        if against:
            rules.overruled[decision.id] = max(against)
    return rules


class _Groups:
    """Events said to be one so far, with what each group must be kept apart from and by which decision."""

    def __init__(self) -> None:
        self._group: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._by: dict[str, set[int]] = defaultdict(set)
        self._apart: dict[str, dict[str, int]] = defaultdict(dict)

    def _find(self, event: str) -> str:
        if event not in self._group:
            self._group[event], self._members[event] = event, [event]
        return self._group[event]

    def join(self, one: str, two: str, decision: int, rules: Rules) -> set[int]:
        """Put two events into one group; the decision that stands against it, where one does."""
        kept, gone = self._find(one), self._find(two)
        if kept == gone:
            return set()
        if gone in self._apart[kept]:
            return {self._apart[kept][gone]}
        rules.same[_pair(one, two)] = decision
        for member in self._members.pop(gone):
            self._group[member] = kept
            self._members[kept].append(member)
        self._by[kept] |= self._by.pop(gone, set()) | {decision}
        for other, by in self._apart.pop(gone, {}).items():
            self._apart[kept].setdefault(other, by)
            del self._apart[other][gone]
            self._apart[other].setdefault(kept, by)
        return set()

    def keep_apart(self, one: str, two: str, decision: int, rules: Rules) -> set[int]:
        """Keep two events' groups apart; the latest decision that made them one, where they are."""
        first, second = self._find(one), self._find(two)
        if first == second:
            return {max(self._by[first])}
        rules.apart[_pair(one, two)] = decision
        self._apart[first].setdefault(second, decision)
        self._apart[second].setdefault(first, decision)
        return set()


def _pair(one: str, two: str) -> tuple[str, str]:
    return (one, two) if one < two else (two, one)


def load_said(connection: Connection, events: Iterable[str]) -> list[Said]:
    """The decisions that speak of these events and are not undone, whole."""
    c = schema.constraints.c
    wanted: set[int] = set()
    for part in chunks(sorted(set(events))):
        wanted |= set(connection.scalars(sa.select(c.decision_id).where(c.event_id.in_(part)).distinct()))
    if not wanted:
        return []
    return load_decisions(connection, sorted(wanted - set(undone(connection))))


def load_decisions(connection: Connection, ids: Sequence[int]) -> list[Said]:
    """These decisions, by id, with the events that are found at present."""
    c, d = schema.constraints.c, schema.decisions.c
    found = []
    for part in chunks([str(one) for one in ids]):
        numbers = [int(one) for one in part]
        kinds = dict(connection.execute(sa.select(d.id, d.kind).where(d.id.in_(numbers))).all())
        sides: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        rows = sa.select(c.decision_id, c.side, c.event_id).where(c.decision_id.in_(numbers))
        for decision, side, event in connection.execute(rows.order_by(c.decision_id, c.side, c.place)):
            sides[decision][side] += [event] if event else []
        for number in numbers:
            told = sides[number]
            found.append(Said(id=number, kind=kinds[number], sides=tuple(tuple(told[side]) for side in sorted(told))))
    return found


def undone(connection: Connection) -> dict[int, int]:
    """Decisions that were undone, each with the decision that undid it; an undoing can be undone."""
    d = schema.decisions.c
    found: dict[int, int] = {}
    query = sa.select(d.id, d.value).where(d.kind == UNDO).order_by(d.id.desc())
    for number, value in connection.execute(query):
        # The latest first: whether an undoing stands is known before what it undid is.
        if number not in found:
            found.setdefault(int(json.loads(value)["decision"]), number)
    return found


def put_constraints(connection: Connection, decision: int, sides: Sequence[Sequence[Mapping[str, Any]]]) -> None:
    """Note the events that a decision speaks of; each is ``report``, ``id``, ``start``, ``text`` and ``type``."""
    rows = [
        {
            "decision_id": decision,
            "side": side,
            "place": place,
            "report_id": one["report"],
            "event_id": one["id"],
            **{name: one[name] for name in ("start", "text", "type")},
        }
        for side, events in enumerate(sides)
        for place, one in enumerate(events)
    ]
    if rows:
        connection.execute(sa.insert(schema.constraints), rows)


def anchor(connection: Connection, reports: Sequence[str]) -> set[str]:
    """Find the events that decisions speak of again in reports that were read anew; returns the events found."""
    c = schema.constraints
    found: set[str] = set()
    for part in chunks(reports):
        lost = sa.select(c).where(c.c.report_id.in_(part), c.c.event_id.is_(None))
        by_report: dict[str, list[Any]] = defaultdict(list)
        for row in connection.execute(lost.order_by(c.c.decision_id, c.c.side, c.c.place)).mappings():
            by_report[row["report_id"]].append(row)
        for report, rows in by_report.items():
            account = read_account(connection, report)
            for row in rows:
                event = None if account is None else _anchored(row["start"], row["text"], row["type"], account.events)
                if event is not None:
                    where = (c.c.decision_id == row["decision_id"], c.c.side == row["side"], c.c.place == row["place"])
                    values = {"event_id": f"{report}:{event.id}"}
                    connection.execute(sa.update(c).where(*where).values(values))
                    found.add(values["event_id"])
    return found


def _anchored(start: int, text: str, kind: str, events: Sequence[Event]) -> Event | None:
    """The event with the mention that overlaps most; of equally good ones the one of the same type, then the first."""
    end = start + len(text)
    ranked = [
        (max(min(end, mention.end) - max(start, mention.start) for mention in event.mentions), event.type == kind, -at)
        for at, event in enumerate(events)
        if event.modality == "actual"
    ]
    overlap, _, at = max(ranked, default=(0, False, 0))
    return events[-at] if overlap > 0 else None
