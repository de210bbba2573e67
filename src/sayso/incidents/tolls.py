"""How many were killed and injured by kind of speaker: from the lowest to the highest that each kind says.

A kind that gives no number is not in the table; unknown is null, never 0. "At least" leaves a range open above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec
import yaml

from sayso.incidents.clash import figures
from sayso.incidents.history import in_words, instant
from sayso.incidents.statement import Statement

SLOTS = ("killed", "injured")
NARRATION = "narration"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One number as somebody gives it: a range, null where open; ``speaker`` null is the report's own narration."""

    low: int | None
    high: int | None
    speaker: str | None
    outlet: str | None
    published: str
    when: str
    words: str
    claim: str


class Toll(msgspec.Struct, frozen=True, kw_only=True):
    """What one kind of speakers says of one number.

    ``low`` is the lowest number said and ``high`` the highest; ``high`` is null where somebody's number is open above
    and ``low`` where all are open below. ``named`` is the highest number that anybody names, open or not.
    """

    slot: str
    group: str
    label: str
    low: int | None
    high: int | None
    named: int | None
    speakers: int
    """How many speakers; for narration, how many publishers. A near-copy speaks for its original."""
    latest: Figure
    figures: tuple[Figure, ...]
    """The different numbers, each as it was first said, the earliest first."""


@cache
def groups() -> dict[str, tuple[str, frozenset[str]]]:
    """The groups of speaker_groups.yaml: label and actor kinds."""
    raw = yaml.safe_load(files("sayso.incidents").joinpath("speaker_groups.yaml").read_text(encoding="utf-8"))
    return {key: (entry["label"], frozenset(entry["kinds"])) for key, entry in raw.items()}


@cache
def _group_of_kind() -> dict[str, str]:
    return {kind: key for key, (_, kinds) in groups().items() for kind in kinds}


def tolls(statements: Sequence[Statement]) -> list[Toll]:
    """A row for each number and each kind of speakers that gives it; killed first, kinds in the order of the file."""
    spoken = [s for s in statements if s.slot in SLOTS and s.stance == "asserts" and figures(s) is not None]
    bodies = _bodies(spoken)
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in spoken:
        found[s.slot, _group(s, bodies)].append(s)
    order = list(groups())
    keys = sorted(found, key=lambda key: (SLOTS.index(key[0]), order.index(key[1])))
    return [_toll(slot, group, found[slot, group]) for slot, group in keys]


def _bodies(spoken: Sequence[Statement]) -> dict[str, str]:
    """The kind of each organisation that speaks itself, by what identifies it."""
    return {
        identity: s.voice.kind
        for s in reversed(spoken)
        if s.voice and s.voice.kind and s.voice.kind not in ("spokesperson", "person")
        for identity in s.voice.identities
    }


def _group(s: Statement, bodies: dict[str, str]) -> str:
    if s.voice is None:
        return NARRATION
    kind = s.voice.kind
    if kind in ("spokesperson", "person", None):
        kind = next((bodies[identity] for identity in sorted(s.voice.identities) if identity in bodies), kind)
    return _group_of_kind().get(kind or "unknown", "unknown")


def _toll(slot: str, group: str, spoken: Sequence[Statement]) -> Toll:
    ordered = sorted(spoken, key=lambda s: (instant(s.published)[0], s.report_id))
    ranges = [limits for s in ordered if (limits := figures(s))]
    lows = [low for low, _ in ranges if low is not None]
    highs = [high for _, high in ranges if high is not None]
    different: dict[tuple[int | None, int | None], Statement] = {}
    for s in ordered:
        limits = figures(s)
        if limits is not None:
            different.setdefault(limits, s)
    return Toll(
        slot=slot,
        group=group,
        label=groups()[group][0],
        low=min(lows) if len(lows) == len(ranges) else None,
        high=max(highs) if len(highs) == len(ranges) else None,
        named=max([*lows, *highs], default=None),
        speakers=len({s.voice.key if s.voice else s.source for s in ordered}),
        latest=_figure(ordered[-1]),
        figures=tuple(_figure(s) for s in different.values()),
    )


def _figure(s: Statement) -> Figure:
    low, high = figures(s) or (None, None)
    return Figure(
        low=low,
        high=high,
        speaker=s.voice.shown if s.voice else None,
        outlet=s.outlet,
        published=s.published,
        when=in_words(s.published),
        words=s.words,
        claim=s.claim,
    )
