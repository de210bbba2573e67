"""How likely two events of two reports are one occurrence: a readable sum of findings, each with words and a weight.

The weights are log-odds (matching.yaml; docs/joining.md lists them all). A reason of weight null rules the joining out,
whatever the rest adds up to.
"""

from __future__ import annotations

from math import exp
from typing import Any

import msgspec

from sayso.incidents.compare_places import compare_places
from sayso.incidents.compare_reports import compare_reports
from sayso.incidents.compare_sides import compare_sides
from sayso.incidents.compare_times import WIDE_DAYS as WIDE_DAYS
from sayso.incidents.compare_times import WIDEST_DAYS as WIDEST_DAYS
from sayso.incidents.compare_times import compare_times, vague
from sayso.incidents.compare_tolls import compare_tolls
from sayso.incidents.compare_words import alike, compare_words, likeness
from sayso.incidents.features import Features, side_words
from sayso.incidents.misread import ANYTHING, Misread, misread, no_force
from sayso.incidents.reason import Reason, found, in_passing, refusal
from sayso.incidents.weights import weights
from sayso.incidents.wording import a
from sayso.vocabulary import load

THRESHOLD = 0.0
"""The log-odds from which two events are held to be one."""
SAME_WORDS = 0.65
"""Near-copies tell one thing where the sentences with it are so alike (cosine, 0 to 1)."""
ROUNDUP = 20
"""A report with so many further events of one kind is a round-up: it is compared by sentences, not as a whole."""
_EXACT = frozenset({"place.same", "place.near", "place.same_district"})
_PLACED = frozenset(
    f"place.{how}"
    for how in ("same", "near", "within", "same_district", "same_province", "in_province", "near_province")
) | {"place.same_region", "place.in_region", "place.named_as_province"}
_NAMED = frozenset({f"names.{grade}" for grade in range(2, 8)} | {f"towns.{grade}" for grade in range(1, 4)})
_OTHER_PLACES = frozenset({"place.far", "place.provinces", "place.one_province", "place.countries"})
_SIDES = frozenset({"sides", "initiators", "recipients"})


class Comparison(msgspec.Struct, frozen=True):
    """Two events weighed against each other; ``reasons`` in the order of type, time, place, sides, toll, words."""

    reasons: tuple[Reason, ...]
    start: float = 0.0
    """The log-odds before any reason: two events that are met by chance are seldom one."""

    @property
    def refused(self) -> bool:
        """Whether one reason rules the joining out."""
        return any(reason.weight is None for reason in self.reasons)

    @property
    def score(self) -> float:
        """The log-odds that the two are one: the start and the sum of the weights; a refusal adds nothing."""
        return round(self.start + sum(reason.weight or 0.0 for reason in self.reasons), 6)

    @property
    def probability(self) -> float:
        """How likely the two are one occurrence, 0 to 1; 0 where something rules it out."""
        return 0.0 if self.refused else 1 / (1 + exp(-self.score))

    @property
    def joins(self) -> bool:
        """Whether the two are held to be one occurrence."""
        return not self.refused and self.score >= THRESHOLD

    @property
    def why_not(self) -> str:
        """Why the two are not joined, in words; empty where they are."""
        if self.joins:
            return ""
        against = [r.words for r in self.reasons if r.weight is None]
        if not against:
            weak = [r.words for r in self.reasons if r.weight is not None and r.weight < 0]
            against = [f"too little speaks for it (a likelihood of {100 * self.probability:.0f} %)", *weak]
        return "; ".join(against)

    def as_rows(self) -> list[dict[str, Any]]:
        """The reasons as plain rows, as ``joins.why`` keeps them."""
        return [msgspec.to_builtins(reason) for reason in self.reasons]


def compare(first: Features, second: Features) -> Comparison:
    """Weigh two events against each other; pure, and the same whichever comes first."""
    # One order, so that the words do not depend on which event was asked for first.
    one, two = (first, second) if first.id <= second.id else (second, first)
    if one.report_id == two.report_id:
        return Comparison((refusal("report.same", "one report tells the two apart"),))
    copied = _copied(one, two)
    if copied is not None:
        return Comparison((copied,))
    kind = _type(one, two)
    if kind.weight is None:
        return Comparison((kind,))
    main = subject(one) and subject(two)
    said = compare_words(one, two, main=main)
    allowed = _allowed(one, two, said) if main else misread(map(in_passing, said))
    when, where = compare_times(one, two, allowed), compare_places(one, two, allowed)
    if when.weight is None or where.weight is None:
        return Comparison((kind, when, where))
    if where.finding in _OTHER_PLACES and not _together(when, allowed):
        return Comparison((kind, refusal(when.finding, when.words), refusal(where.finding, where.words)))
    reasons = [kind, when, where, *_details(one, two), *said, *compare_reports(one, two, alike=alike(said))]
    reasons += _ground(where, said)
    if not allowed.near and (vague(one) or vague(two)) and not _exact_enough(reasons):
        words = "one time is too vague to join on without an exact place and a shared side"
        reasons.append(refusal("time.too_vague", words))
    if main:
        return Comparison(tuple(reasons), weights().start)
    reasons.append(_told(one, two))
    return Comparison(tuple(map(in_passing, reasons)), weights().start_passing)


def _allowed(one: Features, two: Features, said: list[Reason]) -> Misread:
    """What may have been misread of two events that their reports are mostly about."""
    return misread(said, told_again=no_force(one) and no_force(two))


def _together(when: Reason, allowed: Misread) -> bool:
    """Whether a time may be a misreading where the place does not fit either; true of one that fits."""
    return {"time.apart": allowed.both, "time.told_before": allowed.told}.get(when.finding, True)


def subject(event: Features) -> bool:
    """Whether a report is mostly about this event, and tells few others of its kind."""
    return event.main and event.others < ROUNDUP


def findings(one: Features, two: Features) -> list[Reason]:
    """All that speaks for or against two events of types that may be joined, with nothing ruled out by time or place.

    What the weights are learnt from.
    """
    when, where = compare_times(one, two, ANYTHING), compare_places(one, two, ANYTHING)
    said = compare_words(one, two, main=subject(one) and subject(two))
    reasons = [_type(one, two), when, where, *_details(one, two), *said, *_ground(where, said)]
    return [*reasons, *compare_reports(one, two, alike=alike(said))]


def _details(one: Features, two: Features) -> list[Reason]:
    return [*compare_sides(one, two), *compare_tolls(one, two), *_weapon(one, two)]


def _told(one: Features, two: Features) -> Reason:
    if one.main or two.main:
        return found("told.one", "one report is mostly about it, the other tells of it in passing")
    return found("told.both", "both reports tell of it in passing")


def _ground(where: Reason, said: list[Reason]) -> list[Reason]:
    """Day and country alone are no ground: many acts of one kind happen in a country on a day."""
    if where.finding in _PLACED or any(reason.finding in _NAMED for reason in said):
        return []
    return [found("ground.none", "they have neither a place nor a rare name in common")]


def _copied(one: Features, two: Features) -> Reason | None:
    if one.copy_root != two.copy_root or one.type != two.type or not one.evidence & two.evidence:
        return None
    # Reports may be near-copies by what stands on all pages of an outlet.
    if one.event_words and two.event_words and likeness(one.event_words, two.event_words) < SAME_WORDS:
        return None
    return found("copy.same_words", "one report nearly repeats the other, and tells this in the same words")


def _type(one: Features, two: Features) -> Reason:
    types = load("event_types")
    first, second = types.get(one.type), types.get(two.type)
    if first is None or second is None:
        return refusal("type.unheard", "one report tells of a kind of event that is not in the vocabulary")
    if one.type == two.type:
        if first.rare:
            return found("type.rare", f"both are {first.plural}, which are rare")
        return found("type.same", f"both are {first.plural}")
    words = f"{a(first.noun or one.type)} and {a(second.noun or two.type)}"
    if first.family == second.family:
        return found("type.family", f"{words} may be one act in two reports' words")
    if first.family in second.joins or second.family in first.joins:
        return found("type.unclear", f"{words} may be one act, where the means are unclear")
    return refusal("type.different", f"{words} are different acts")


def _exact_enough(reasons: list[Reason]) -> bool:
    exact = any(reason.finding in _EXACT for reason in reasons)
    return exact and any(reason.feature in _SIDES and (reason.weight or 0) > 0 for reason in reasons)


def _weapon(one: Features, two: Features) -> list[Reason]:
    if not one.weapon or not two.weapon:
        return []
    shared = sorted(side_words(one.weapon) & side_words(two.weapon))
    return [found("weapon.shared", f"both speak of {', '.join(shared)}")] if shared else []
