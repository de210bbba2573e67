"""Who has changed their account: one speaker, on one detail of one incident, with another value or stance later.

The speaker is an organisation that is named: two reports' "officials" may be different people. Later means a later
moment of publication, and a near-copy says nothing anew. A toll that grows is what reports of an attack normally do; it
is kept and marked so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from sayso.incidents.clash import clash, figures
from sayso.incidents.features import Features
from sayso.incidents.history import in_words, moments, value_in_words
from sayso.incidents.statement import Statement, Voice
from sayso.incidents.status import with_occurrence
from sayso.incidents.testimony import Testimony

Kind = Literal["grew", "shrank", "came_from_none", "withdrew", "came_to_assert", "doubted", "settled", "differs"]
_STANCES: dict[tuple[str, str], Kind] = {
    ("asserts", "denies"): "withdrew",
    ("denies", "asserts"): "came_to_assert",
    ("asserts", "uncertain"): "doubted",
    ("denies", "uncertain"): "doubted",
    ("uncertain", "asserts"): "settled",
    ("uncertain", "denies"): "settled",
}
NORMAL: frozenset[Kind] = frozenset({"grew", "settled"})
"""Changes that are what is expected as more becomes known."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two accounts: its words, date, report and claim."""

    speaker: str
    actor: str | None
    """The speaker's key in the ledger; null for a private person, whom it would name."""
    stance: str
    said: str
    words: str
    published: str
    when: str
    outlet: str | None
    report: str
    claim: str


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """A change of one speaker's account of one slot. ``normal`` marks what is expected as more becomes known."""

    kind: Kind
    slot: str
    earlier: Said
    later: Said
    normal: bool
    steps: int = 1
    """How many times a number grew from the earlier account to the later one."""

    @property
    def sentence(self) -> str:
        """The change in words: "the ministry said none killed on 4 July 2021, 3 killed on 5 July 2021"."""
        other = "" if self.later.speaker == self.earlier.speaker else f"{self.later.speaker} "
        first = f"{self.earlier.speaker} {self.earlier.said} ({self.earlier.when})"
        return f"{first}; later {other}{self.later.said} ({self.later.when})"


def shifts(testimony: Testimony) -> list[Shift]:
    """The changes of account in an incident, by speaker and slot; those that are news before those that are normal."""
    whole = msgspec.structs.replace(testimony, statements=with_occurrence(testimony.statements))
    turns: dict[tuple[str, str], list[list[Statement]]] = defaultdict(list)
    names = _organisations(whole.statements)
    for moment in moments(whole):
        now: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for s in moment.statements:
            if s.voice is not None and s.voice.key in names and s.report_id == (s.copy_root or s.report_id):
                now[names[s.voice.key], s.slot].append(s)
        for key, spoken in now.items():
            turns[key].append(spoken)
    found: list[Shift] = []
    for accounts in turns.values():
        found += _merged(_between(accounts, testimony.initiators, testimony.places))
    return sorted(found, key=lambda shift: (shift.normal, shift.later.published, shift.slot, shift.later.claim))


def _organisations(statements: Sequence[Statement]) -> dict[str, str]:
    """By speaker, the organisation that it speaks for (the least of its identities); who is only described has none."""
    known: dict[str, Voice] = {}
    described: set[str] = set()
    for s in statements:
        if s.voice is not None:
            known[s.voice.key] = s.voice
            if s.voice.key.startswith(f"{s.report_id}-"):
                described.add(s.voice.key)
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    named = [voice for key, voice in sorted(known.items()) if key not in described]
    for voice in named:
        first, *rest = sorted(voice.identities)
        for other in rest:
            one, two = sorted((root(first), root(other)))
            parent[two] = one
    return {voice.key: root(min(voice.identities)) for voice in named}


def _between(
    accounts: Sequence[Sequence[Statement]], initiators: Sequence[Voice], places: Mapping[str, Features]
) -> list[Shift]:
    """The changes from each account of one speaker to its next one."""
    found = []
    for earlier, later in pairwise(accounts):
        pair = _change(earlier, later, initiators, places)
        if pair is not None:
            kind, one, two = pair
            found.append(Shift(kind=kind, slot=one.slot, earlier=_said(one), later=_said(two), normal=kind in NORMAL))
    return found


def _change(
    earlier: Sequence[Statement],
    later: Sequence[Statement],
    initiators: Sequence[Voice],
    places: Mapping[str, Features],
) -> tuple[Kind, Statement, Statement] | None:
    """What changed, where nothing of the earlier account can stand beside anything of the later one."""
    stances = {s.stance for s in earlier}, {s.stance for s in later}
    one, two = earlier[-1], later[0]
    if not stances[0] & stances[1]:
        before, after = ("asserts" if "asserts" in found else min(found) for found in stances)
        first = next(s for s in reversed(earlier) if s.stance == before)
        return _STANCES[before, after], first, next(s for s in later if s.stance == after)
    firm = [s for s in earlier if s.stance == "asserts"], [s for s in later if s.stance == "asserts"]
    if not all(firm) or not all(clash(a, b, initiators, places) for a in firm[0] for b in firm[1]):
        return None
    one, two = firm[0][-1], firm[1][0]
    first_range, second_range = figures(one), figures(two)
    if first_range is None or second_range is None:
        return "differs", one, two
    if first_range == (0, 0):
        return "came_from_none", one, two
    return ("grew" if (second_range[0] or 0) > (first_range[0] or 0) else "shrank"), one, two


def _merged(found: Sequence[Shift]) -> list[Shift]:
    """Growth that goes on is one change, from the first number to the last."""
    kept: list[Shift] = []
    for shift in found:
        last = kept[-1] if kept else None
        if last and last.kind == shift.kind == "grew" and last.later.report == shift.earlier.report:
            kept[-1] = msgspec.structs.replace(last, later=shift.later, steps=last.steps + 1)
        else:
            kept.append(shift)
    return kept


def _said(s: Statement) -> Said:
    assert s.voice is not None
    return Said(
        speaker=s.voice.shown,
        actor=None if s.voice.private else s.voice.key,
        stance=s.stance,
        said=_words(s),
        words=s.words,
        published=s.published,
        when=in_words(s.published),
        outlet=s.outlet,
        report=s.report_id,
        claim=s.claim,
    )


def _words(s: Statement) -> str:
    value = value_in_words(s)
    if s.stance == "uncertain":
        return "called it not clear"
    if s.slot == "occurrence" or value is None:
        return "denied it" if s.stance == "denies" else "said so"
    return f"denied {value}" if s.stance == "denies" else f"said {value}"
