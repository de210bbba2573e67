"""When an incident's statuses became what they are: its statements replayed in the order of publication.

A pure function of the set of reports: whatever came into the ledger first, the same reports give the same history.
Reports of one instant speak at once. On a day of which some report gives no time, all of that day's reports do: which
of them came first is not known, and no change is dated more exactly than its reports are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from sayso.incidents.clash import figures
from sayso.incidents.features import day
from sayso.incidents.statement import Statement, Voice, one_side
from sayso.incidents.status import rival_pair, standing_of, with_occurrence
from sayso.incidents.testimony import Testimony
from sayso.incidents.wording import counted, english_day
from sayso.model import Status
from sayso.vocabulary import load

MOST_STEPS = 120
"""Moments at which one slot's status is computed; of more, neighbouring ones are taken together."""
ENOUGH = 4
"""Speakers of one kind, stance and value after which one more changes no status."""

_CLOCK = re.compile(r"T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$")


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """The statement that changed a status: ``speaker`` null is the report's own narration."""

    words: str
    """What it did, as a sentence goes on: "the US military denied it"."""
    report: str
    outlet: str | None
    claim: str
    evidence: str
    speaker: str | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A status as it became on a day: ``published`` is the report's date (ISO 8601), ``when`` the same in words.

    ``at_latest`` says that it may have changed before: more moments than are looked at lie since the one before.
    """

    status: Status
    reason: str
    published: str
    when: str
    before: Status | None = None
    cause: Cause | None = None
    at_latest: bool = False

    @property
    def sentence(self) -> str:
        """The change in words: "Contested since 5 July 2021, 14:00, when the US military denied it (Reuters)"."""
        since = "by" if self.at_latest else "since"
        text = f"{load('statuses')[self.status].label} {since} {self.when}"
        if self.cause is None:
            return text
        outlet = f" ({self.cause.outlet})" if self.cause.outlet else ""
        return f"{text}, when {self.cause.words}{outlet}"


class SlotHistory(msgspec.Struct, frozen=True, kw_only=True):
    """The changes of one slot's status, the first one first; the last is what stands."""

    slot: str
    changes: list[Change]


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Reports that speak at once: their statements and the initiators that they name."""

    published: str
    when: str
    statements: list[Statement]
    named: list[Voice]


def history(testimony: Testimony) -> list[SlotHistory]:
    """The history of every slot that somebody speaks to, ``occurrence`` first."""
    found = moments(msgspec.structs.replace(testimony, statements=with_occurrence(testimony.statements)))
    spoken = {s.slot for s in testimony.statements}
    slots = [slot for slot in load("slots") if slot in spoken or slot == "occurrence"]
    return [SlotHistory(slot=slot, changes=_changes(slot, found, testimony)) for slot in slots if testimony.statements]


def since(histories: Sequence[SlotHistory]) -> Change | None:
    """Since when the occurrence has its status, and what gave it; null where nobody says anything."""
    first = next((one.changes for one in histories if one.slot == "occurrence"), [])
    return first[-1] if first else None


def instant(published: str) -> tuple[datetime, bool]:
    """A publication date as an instant (UTC), and whether its clock is known. Midnight sharp is a date without one."""
    clock = _CLOCK.search(published)
    try:
        if clock is None or clock[1] == "00:00":
            return datetime.combine(date.fromisoformat(published[:10]), datetime.min.time(), UTC), False
        found = datetime.fromisoformat(published)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC), False
    return (found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)), True


def moments(testimony: Testimony) -> list[Moment]:
    """The statements in groups that speak at once, the earliest first."""
    dates = {s.published for s in testimony.statements} | {named.published for named in testimony.named}
    read = {published: instant(published) for published in dates}
    vague = {at.date() for at, exact in read.values() if not exact}
    groups: dict[tuple[date, datetime | None], tuple[list[Statement], list[Voice], set[str]]] = {}

    def group(published: str) -> tuple[list[Statement], list[Voice], set[str]]:
        at, _ = read[published]
        key = (at.date(), None if at.date() in vague else at)
        held = groups.setdefault(key, ([], [], set()))
        held[2].add(published)
        return held

    for s in testimony.statements:
        group(s.published)[0].append(s)
    for named in testimony.named:
        group(named.published)[1].append(named.voice)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] or datetime.min.replace(tzinfo=UTC)))
    return [_moment(key, held) for key, held in ordered]


def _moment(key: tuple[date, datetime | None], held: tuple[list[Statement], list[Voice], set[str]]) -> Moment:
    statements, named, dates = held
    published = min(dates)
    if key[1] is None and day(published):
        published = key[0].isoformat()
        return Moment(published=published, when=_day(published), statements=statements, named=named)
    return Moment(published=published, when=in_words(published), statements=statements, named=named)


def in_words(published: str) -> str:
    """A publication date no more exactly than it is known: "5 July 2021, 14:00 UTC", "5 July 2021"."""
    clock = _CLOCK.search(published)
    if clock is None or not instant(published)[1]:
        return _day(published)
    zone = {None: "", "Z": " UTC", "+00:00": " UTC"}.get(clock[2], f" (UTC{clock[2]})")
    return f"{_day(published)}, {clock[1]}{zone}"


def _day(published: str) -> str:
    found = day(published)
    return english_day(found) if found else published


class _Heard:
    """What has been said on one slot so far, without what was said before in the same way by the same speaker."""

    def __init__(self, slot: str) -> None:
        # Who blames whom decides whether an initiator's word on the occurrence acknowledges it.
        self._slots = {slot, "initiator"} if slot == "occurrence" else {slot}
        self._seen: set[tuple[Any, ...]] = set()
        self._told: set[str] = set()
        self.said: list[Statement] = []

    def add(self, statements: Iterable[Statement]) -> list[Statement]:
        """Takes these in; returns those that say something new."""
        new = []
        for s in statements:
            if s.slot not in self._slots:
                continue
            reports = {s.report_id, s.copy_root or s.report_id}
            if s.voice is None:
                self._told |= reports
            who = s.voice.key if s.voice else s.source
            # A speaker heard before still matters in a report that narrates: its narration is then no second source.
            value = (str(s.normalised), s.value if s.normalised is None else "")
            key = (s.slot, s.stance, s.voice is None, who, *value, *sorted(reports & self._told))
            if key not in self._seen:
                self._seen.add(key)
                new.append(s)
        self.said += new
        return new


def _changes(slot: str, found: Sequence[Moment], testimony: Testimony) -> list[Change]:
    news = _news(slot, found)
    chosen = _thinned(news)
    changes: list[Change] = []
    heard = _Heard(slot)
    named: dict[str, Voice] = {}
    done = 0
    for at in chosen:
        fresh: list[Statement] = []
        for moment in found[done : at + 1]:
            # Narration first: whether a report quotes somebody matters only where it narrates.
            fresh += heard.add(sorted(moment.statements, key=lambda s: s.voice is not None))
            named |= {voice.key: voice for voice in moment.named}
        done = at + 1
        if not any(s.slot == slot for s in heard.said):
            continue
        initiators = list(named.values())
        standing = standing_of(slot, heard.said, initiators, testimony.places)
        if at == chosen[-1]:  # The last word is the rule's own, over all that was said.
            standing = standing_of(slot, testimony.statements, testimony.initiators, testimony.places)
        if changes and changes[-1].status == standing.status:
            continue
        rivals = () if slot == "occurrence" else rival_pair(heard.said, initiators, testimony.places) or ()
        decisive = _decisive(standing.status, [s for s in fresh if s.slot == slot], rivals, initiators)
        changes.append(
            Change(
                status=standing.status,
                reason=standing.reason,
                published=found[at].published,
                when=found[at].when,
                before=changes[-1].status if changes else None,
                cause=_cause(slot, decisive) if decisive else None,
                at_latest=len(news) > len(chosen) and bool(changes),
            )
        )
    return changes


def _decisive(
    status: str, fresh: Sequence[Statement], rivals: Iterable[Statement], named: Sequence[Voice]
) -> Statement | None:
    """The statement among the new ones that gave the status: a denial, a rival value, the side's own word, …"""
    wanted = {
        "denied": ("denies",),
        "contested": ("denies", "asserts"),
        "uncertain": ("uncertain", "denies", "asserts"),
    }.get(status, ("asserts", "uncertain"))
    if status == "contested" and not any(s.stance == "denies" for s in fresh):
        claims = {s.claim for s in rivals}
        for s in reversed(fresh):
            if s.claim in claims:
                return s
    if status == "acknowledged":
        own = [s for s in fresh if s.voice and s.stance == "asserts" and any(one_side(s.voice, v) for v in named)]
        if own:
            return own[0]
    for stance in wanted:
        found = [s for s in fresh if s.stance == stance]
        # A speaker's word before the narration's, and whether it happened before the details.
        found.sort(key=lambda s: (s.voice is None, s.slot != "occurrence"))
        if found:
            return found[0]
    return None


def _cause(slot: str, s: Statement) -> Cause:
    return Cause(
        words=_did(slot, s),
        report=s.report_id,
        outlet=s.outlet,
        claim=s.claim,
        evidence=s.words,
        speaker=s.voice.shown if s.voice else None,
    )


def _did(slot: str, s: Statement) -> str:
    who = s.voice.shown if s.voice else "a report"
    if s.stance == "denies":
        return f"{who} denied it"
    if s.stance == "uncertain":
        return f"{who} called it not clear"
    if slot == "occurrence":
        return f"{who} told of it" if s.voice is None else f"{who} said so"
    said = value_in_words(s)
    return f"{who} said {said}" if said else f"{who} said so"


def value_in_words(s: Statement) -> str | None:
    """What a statement gives for its slot: "3 killed", "Mayadeen"; null where it names nothing."""
    limits = figures(s)
    if s.slot in ("killed", "injured") and limits:
        return f"{'none' if limits == (0, 0) else counted(*limits)} {s.slot}"
    return f"“{s.value}”" if s.value else None


def _news(slot: str, found: Sequence[Moment]) -> list[int]:
    """The moments at which something is said on a slot that could change its status, by number."""
    counts: Counter[tuple[Any, ...]] = Counter()
    seen: set[tuple[Any, ...]] = set()
    named: set[str] = set()
    fresh: list[int] = []
    last = None
    for number, moment in enumerate(found):
        named_now = {voice.key for voice in moment.named}
        new = slot in ("occurrence", "initiator") and not named_now <= named
        named |= named_now
        for s in moment.statements:
            if s.slot != slot and not (slot == "occurrence" and s.slot == "initiator"):
                continue
            last = number
            value = () if s.slot == "occurrence" else (str(s.normalised), s.value if s.normalised is None else None)
            kind = (s.slot, s.stance, s.voice is None, bool(s.voice and s.voice.key in named), *value)
            who = (*kind, s.voice.key if s.voice else s.source)
            if who not in seen:
                seen.add(who)
                counts[kind] += 1
                new = new or counts[kind] <= ENOUGH
        if new:
            fresh.append(number)
    # The last moment closes the account: whatever was passed over, the history ends with what stands.
    return fresh if last is None or last in fresh else sorted([*fresh, last])


def _thinned(news: Sequence[int]) -> list[int]:
    if len(news) <= MOST_STEPS:
        return list(news)
    step = len(news) / (MOST_STEPS - 1)
    return sorted({news[int(n * step)] for n in range(MOST_STEPS - 1) if int(n * step) < len(news)} | {news[-1]})
