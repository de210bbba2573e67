"""Exchanges within a dyad: strike, answer, strike. Said to be so, or only a pattern in time; the two are kept apart.

An exchange says nothing about what anybody planned: sayso records what was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Literal

import msgspec

from sayso.incidents.dyads import Strike, by_incident
from sayso.incidents.features import day

LEAST = 3
"""Strikes of an exchange, at least: strike, answer, strike."""
PATTERN_DAYS = 3
"""In a pattern in time, each strike begins at most this many days after the one before."""
KNOWN_DAYS = 2
"""A strike whose date is known no closer than this has no place in a pattern in time."""
MEMBERS_SHOWN = 60
"""How many strikes one exchange lists at most, the earliest; ``Exchange.size`` counts them all."""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One strike of an exchange, and why it belongs."""

    strike: Strike
    why: str
    answers: tuple[str, ...] = ()
    """The incidents of the exchange that it is said to answer or follow."""


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """Strikes in turn: ``said`` where links make it one, ``pattern`` where only the dates do."""

    ground: Literal["said", "pattern"]
    members: tuple[Member, ...]
    size: int
    turns: int
    """How often the striking side changed, plus one; in an exchange that is said, its number of links plus one."""


def said(strikes: Sequence[Strike], links: Iterable[tuple[str, str, str]]) -> list[Exchange]:
    """The exchanges that links of answering and following make: three or more strikes, linked between the two sides.

    ``links`` are kind, later incident, earlier incident.
    """
    known = by_incident(strikes)
    edges: dict[tuple[str, str], str] = {}
    for kind, source, target in sorted(links):
        if source in known and target in known and _opposed(known[source], known[target]):
            edges[source, target] = "retaliation_for" if edges.get((source, target)) == "retaliation_for" else kind
    found = []
    for group in _components(edges):
        if len(group) < LEAST:
            continue
        ordered = sorted((known[identity] for identity in group), key=_moment)
        members = [_linked_member(one, edges) for one in ordered[:MEMBERS_SHOWN]]
        turns = 1 + sum(1 for source, _ in edges if source in group)
        found.append(Exchange(ground="said", members=tuple(members), size=len(ordered), turns=turns))
    return sorted(found, key=lambda one: _moment(one.members[0].strike))


def _linked_member(strike: Strike, edges: dict[tuple[str, str], str]) -> Member:
    answered = sorted((target, kind) for (source, target), kind in edges.items() if source == strike.incident_id)
    words = {"retaliation_for": "said to be in answer to", "follows": "said to have followed"}
    why = "; ".join(f"{words[kind]} {target}" for target, kind in answered)
    targets = tuple(target for target, _ in answered)
    return Member(strike=strike, why=why or "what the next is said to answer or follow", answers=targets)


def _components(edges: Iterable[tuple[str, str]]) -> list[set[str]]:
    found: list[set[str]] = []
    for source, target in edges:
        joined = {source, target}
        apart = []
        for group in found:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        found = [*apart, joined]
    return found


def _opposed(one: Strike, other: Strike) -> bool:
    return {one.direction, other.direction} == {"a", "b"} or (one.contested and one.direction != "both")


def patterns(strikes: Sequence[Strike], days: int = PATTERN_DAYS) -> list[Exchange]:
    """Runs in which the sides struck in turn, each at most ``days`` after the other; nobody need have linked them."""
    dated = sorted(
        (one for one in by_incident(strikes).values() if one.direction != "both" and _known_days(one) is not None),
        key=_moment,
    )
    found: list[Exchange] = []
    run: list[Strike] = []
    for one in dated:
        if run and (_start(one) - _start(run[-1])).days > days:
            found += _pattern(run)
            run = []
        run.append(one)
    return found + _pattern(run)


def unsaid(found: Iterable[Exchange], said: Iterable[Exchange]) -> list[Exchange]:
    """The patterns that are more than an exchange which speakers make of the same strikes."""
    known = [{member.strike.incident_id for member in one.members} for one in said]
    return [
        one for one in found if not any({member.strike.incident_id for member in one.members} <= ids for ids in known)
    ]


def _pattern(run: Sequence[Strike]) -> list[Exchange]:
    turns = 1 + sum(1 for one, other in pairwise(run) if one.direction != other.direction)
    if turns < LEAST:
        return []
    members = [Member(strike=run[0], why="the first of the run")]
    for before, one in pairwise(run[:MEMBERS_SHOWN]):
        gap = (_start(one) - _start(before)).days
        when = "on the same day (which came first is not known)" if gap == 0 else f"{gap} day{'s' * (gap > 1)} later"
        who = "the same side again" if one.direction == before.direction else "the other side"
        members.append(Member(strike=one, why=f"{who}, {when}"))
    return [Exchange(ground="pattern", members=tuple(members), size=len(run), turns=turns)]


def _known_days(strike: Strike) -> int | None:
    """How many days the date leaves open; null where it leaves too many."""
    first, last = day(strike.start), day(strike.end)
    if first is None or last is None or (last - first).days > KNOWN_DAYS:
        return None
    return (last - first).days


def _start(strike: Strike) -> date:
    return day(strike.start) or date.max


def _moment(strike: Strike) -> tuple[str, str]:
    return strike.start or strike.end or "~", strike.incident_id
