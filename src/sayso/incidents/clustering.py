"""Likely pairs into groups that are one occurrence each: a pure function of the events, their pairs and the decisions.

What reviewers decided comes first, then what near-copies tell in the same words, then the likeliest pairs. Two groups
become one if nothing rules it out between any of their events and the pairs across them speak for it on average. An
event whose time is vague is put into a group last, and never makes two groups one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from sayso.incidents.compare import THRESHOLD, Comparison
from sayso.incidents.constraints import Rules
from sayso.incidents.edges import COPY, Scores, edge_score
from sayso.incidents.features import Features

REPRESENTATIVES = 16
"""How many events stand for a group where it is weighed against another: the earliest, near-copies last."""
STRONGEST = 8.0
"""No pair counts for more, or against more, than this (log-odds) where groups are weighed."""
CLEAR = 2.0
"""By how much (log-odds) one group must be the likelier one for a vague event that fits several."""

Weigh = Callable[[Features, Features], Comparison]


def age(event: Features) -> tuple[str, str]:
    """Where an event stands among others, whichever was added first: by its report's publication, then by id."""
    return (event.published, event.id)


class Linkage(msgspec.Struct, frozen=True):
    """Whether two groups are one: what rules it out, or the mean score of the pairs across them."""

    mean: float
    refusal: Comparison | None = None
    between: tuple[str, str] | None = None
    """The two events of the refusal."""

    @property
    def joins(self) -> bool:
        """Whether the two groups are held to be one occurrence."""
        return self.refusal is None and self.mean >= THRESHOLD


def linkage(one: Sequence[Features], two: Sequence[Features], weigh: Weigh) -> Linkage:
    """Weigh two groups, each by its representatives, against each other."""
    total = 0.0
    for first in one:
        for second in two:
            found = weigh(first, second)
            if found.refused:
                return Linkage(0.0, found, (first.id, second.id))
            total += max(-STRONGEST, min(STRONGEST, edge_score(found)))
    return Linkage(total / (len(one) * len(two)))


def representatives(events: Iterable[Features]) -> list[Features]:
    """The events that stand for a group: of each text the earliest, then further ones."""
    first, further = _by_text(events)
    return (first + further)[:REPRESENTATIVES]


def _by_text(events: Iterable[Features]) -> tuple[list[Features], list[Features]]:
    """Of each text the earliest event, and the further ones; both by age."""
    seen, first, further = set[str](), list[Features](), list[Features]()
    for event in sorted(events, key=age):
        (further if event.copy_root in seen else first).append(event)
        seen.add(event.copy_root)
    return first, further


class Group:
    """Events that are one occurrence, while it grows."""

    def __init__(self, event: Features, apart: Iterable[str] = ()) -> None:
        self.events = [event]
        self.ids = {event.id}
        self.reports = {event.report_id}
        self.apart = set(apart)
        self.standing = [event]
        """Its representatives."""
        self._leading = [event]
        # Which representatives it has, to tell whether they are others than when something was ruled out.
        self.state = event.id

    def kept_apart(self, other: Group) -> bool:
        """Whether a decision keeps the two apart."""
        return not self.apart.isdisjoint(other.ids) or not other.apart.isdisjoint(self.ids)

    def absorb(self, other: Group) -> None:
        """Take in the events of another."""
        self.events += other.events
        self.ids |= other.ids
        self.reports |= other.reports
        self.apart |= other.apart
        # No other events can come to stand for the whole, so that a large group need not be sorted as each one joins.
        first, further = _by_text([*self._leading, *other._leading])
        self._leading = [*first[:REPRESENTATIVES], *further[:REPRESENTATIVES]]
        standing = (first + further)[:REPRESENTATIVES]
        if standing != self.standing:
            self.standing = standing
            self.state = " ".join(event.id for event in standing)


def cluster(
    events: Sequence[Features], pairs: Mapping[str, Scores], rules: Rules, weigh: Weigh
) -> list[list[Features]]:
    """Put events into groups by their likely pairs (``pairs`` of each, in either direction); oldest groups first."""
    known = {event.id: event for event in events}
    forbidden = rules.forbidden()
    groups = {event.id: Group(event, forbidden.get(event.id, ())) for event in events}
    for one, two in sorted(rules.same):
        if one in groups and two in groups:
            _merge(groups, one, two)
    refused: set[tuple[str, str]] = set()
    for score, one, two in _ranked(pairs, known):
        first, second = groups[one], groups[two]
        if first is second:
            continue
        state = (first.state, second.state)
        if not first.reports.isdisjoint(second.reports) or first.kept_apart(second):
            continue
        if score >= COPY or (state not in refused and linkage(first.standing, second.standing, weigh).joins):
            _merge(groups, one, two)
        elif score < COPY:
            refused |= {state, (second.state, first.state)}
    found = {id(group): sorted(group.events, key=age) for group in groups.values()}
    return sorted(found.values(), key=lambda group: age(group[0]))


def _ranked(pairs: Mapping[str, Scores], known: Mapping[str, Features]) -> list[tuple[float, str, str]]:
    found = {
        (min(one, two), max(one, two)): score
        for one, scores in pairs.items()
        for two, score in scores.items()
        if one in known and two in known
    }
    ranked = [(score, *pair) for pair, score in found.items()]
    # What two reports are mostly about comes first: told in passing too, it would keep them from each other.
    return sorted(ranked, key=lambda one: (one[0] < COPY, not _principal(known, one[1:]), -one[0], one[1:]))


def _principal(known: Mapping[str, Features], pair: tuple[str, ...]) -> bool:
    return all(known[event].main for event in pair)


def _merge(groups: dict[str, Group], one: str, two: str) -> None:
    first, second = groups[one], groups[two]
    if first is second:
        return
    if len(first.events) < len(second.events):
        first, second = second, first
    first.absorb(second)
    for event in second.events:
        groups[event.id] = first


class Place(msgspec.Struct, frozen=True):
    """A group of dated events that a vague one may belong to, as far as that must be known."""

    key: str
    reports: frozenset[str]
    """The reports of its events."""
    ids: frozenset[str]


def attach(
    groups: Sequence[Sequence[Features]],
    pairs: Mapping[str, Scores],
    where: Mapping[str, str],
    places: Mapping[str, Place],
    rules: Rules,
) -> dict[int, str]:
    """Which place each of these groups of vague events belongs to, by the group's position; none where it is not clear.

    ``where`` has the place's key of each dated event. A group belongs to the only place that its pairs lead to, or to
    the one that is clearly likelier than the next.
    """
    forbidden = rules.forbidden()
    fits: list[tuple[float, tuple[str, str], int, str]] = []
    for at, group in enumerate(groups):
        found: dict[str, float] = defaultdict(lambda: float("-inf"))
        for event in group:
            for other, score in pairs.get(event.id, {}).items():
                if other in where:
                    found[where[other]] = max(found[where[other]], score)
        ranked = sorted(((score, key) for key, score in found.items()), key=lambda one: (-one[0], one[1]))
        ranked = [(score, key) for score, key in ranked if _open_to(group, places[key], forbidden)]
        if ranked and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= CLEAR):
            fits.append((-ranked[0][0], age(group[0]), at, ranked[0][1]))
    taken: dict[str, set[str]] = defaultdict(set)
    chosen = {}
    for _, _, at, key in sorted(fits):
        reports = {event.report_id for event in groups[at]}
        if taken[key].isdisjoint(reports):
            taken[key] |= reports
            chosen[at] = key
    return chosen


def _open_to(group: Sequence[Features], place: Place, forbidden: Mapping[str, set[str]]) -> bool:
    if any(event.report_id in place.reports for event in group):
        return False
    return not any(forbidden.get(event.id, set()) & place.ids for event in group)
