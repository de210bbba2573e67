"""One event of a real account as an account of its own, with other words, date, place and sides.

Words are changed so that no two tellings are near-copies of each other, and every span still holds the exact words.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

import msgspec

from sayso.model import Account, Event, Span

WORD = re.compile(r"\b[a-z]{5,}\b")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
CHANGED = 0.4
"""The share of a text's longer lower-case words that are changed: few shingles of five words stay."""


class Town(NamedTuple):
    """A place that something may have happened at."""

    gazetteer_id: str
    name: str
    country: str
    admin1: str | None
    lat: float
    lon: float


class Side(NamedTuple):
    """Somebody who may have done it, or to whom it was done."""

    kb_id: str
    name: str
    kind: str | None
    country: str | None
    affiliation: str | None


class Facts(NamedTuple):
    """What a made-up occurrence is: the day it happened, where, and between whom."""

    day: date
    town: Town
    sides: tuple[Side, Side]


def tellings(accounts: Iterable[Account]) -> list[Account]:
    """Every dated, placed event of these accounts that somebody makes claims on, each as an account of its own."""
    found = []
    for account in accounts:
        for event in account.events:
            if event.modality == "actual" and event.place and event.time and event.time.start and event.time.end:
                one = _cut(account, event)
                if one.claims:
                    found.append(one)
    return found


def retold(telling: Account, words: Sequence[str], random: Random) -> Account:
    """The same telling in other words: as a report that somebody else wrote."""
    kept = _kept(telling)
    changes = [
        (found.start(), found.end(), random.choice(words))
        for found in WORD.finditer(telling.report.text)
        if not any(start < found.end() and found.start() < end for start, end in kept) and random.random() < CHANGED
    ]
    return _signed(_rewritten(telling, changes), random)


def moved(telling: Account, facts: Facts, random: Random) -> Account:
    """The same telling of something that happened on another day, elsewhere, between others."""
    event = telling.events[0]
    (place,) = (place for place in telling.places if place.id == event.place)
    where = _rewritten(telling, [(place.span.start, place.span.end, facts.town.name)])
    shift = facts.day - date.fromisoformat(((event.time and event.time.start) or "")[:10])
    plain = msgspec.to_builtins(where)
    _walk(plain, lambda value: _shifted(value, shift) if isinstance(value, str) else value, skip="text")
    for row in plain["places"]:
        if row["id"] == event.place:
            row |= facts.town._asdict() | {"precision": 1, "kind": "town", "radius_km": 5.0, "geometry": None}
    sides = dict(zip((*event.initiators, *event.recipients), facts.sides, strict=False))
    for row in plain["actors"]:
        if row["id"] in sides:
            row |= sides[row["id"]]._asdict()
    return _signed(msgspec.convert(plain, Account), random)


def vocabulary(accounts: Iterable[Account]) -> list[str]:
    """The longer lower-case words of these accounts' texts."""
    return sorted({found for account in accounts for found in WORD.findall(account.report.text)})


def _cut(account: Account, event: Event) -> Account:
    claims = tuple(claim for claim in account.claims if claim.event == event.id)
    attributions = {a.id: a for a in account.attributions if a.id in {claim.attribution for claim in claims}}
    people = {*event.initiators, *(who for who in event.recipients if isinstance(who, str))}
    people |= {who for claim in claims for who in (claim.speaker, claim.via) if who}
    people |= {who for one in attributions.values() for who in (one.speaker, one.via) if who}
    normalised = {claim.normalised for claim in claims if isinstance(claim.normalised, str)}
    actors = tuple(
        msgspec.structs.replace(actor, related=()) for actor in account.actors if actor.id in people | normalised
    )
    places = tuple(place for place in account.places if place.id == event.place or place.id in normalised)
    times = tuple(time for time in account.times if event.time and time.id == event.time.time)
    said = tuple(msgspec.structs.replace(one, within=None) for one in attributions.values())
    whole = Account(
        report=msgspec.structs.replace(account.report, url=None, notes=(), body_start=0),
        reader="archive",
        times=times,
        places=places,
        actors=actors,
        attributions=said,
        events=(event,),
        claims=claims,
    )
    return _shortened(whole)


def _shortened(account: Account) -> Account:
    """The account with no more of the text than the lines that hold its spans."""
    text, held = account.report.text, list(_spans(msgspec.to_builtins(account)))
    changes, at = [], 0
    for line in text.splitlines(keepends=True):
        if not any(at < end and start < at + len(line) for start, end in held):
            changes.append((at, at + len(line), ""))
        at += len(line)
    return _rewritten(account, changes)


def _kept(account: Account) -> list[tuple[int, int]]:
    """The words of what the account knows: names, places, times, triggers, cues. Other words may change."""
    spans = [mention for event in account.events for mention in event.mentions]
    spans += [place.span for place in account.places] + [time.span for time in account.times]
    spans += [span for actor in account.actors for span in actor.spans]
    spans += [span for one in account.attributions for span in (*one.source, *one.cue)]
    spans += [who for event in account.events for who in event.recipients if isinstance(who, Span)]
    return [(span.start, span.end) for span in spans]


def _rewritten(account: Account, changes: Sequence[tuple[int, int, str]]) -> Account:
    """The account after parts of its text (start, end, new words; in order, apart) were replaced."""
    text, parts, starts, ends = account.report.text, [], [], []
    at = shift = 0
    for start, end, words in changes:
        parts += [text[at:start], words]
        starts.append(start)
        ends.append((end, start + shift, start + shift + len(words), shift := shift + len(words) - (end - start)))
        at = end
    new = "".join([*parts, text[at:]])

    def moved_to(offset: int, *, last: bool) -> int:
        index = bisect_right(starts, offset - 1 if last else offset) - 1
        if index < 0:
            return offset
        end, first_new, last_new, shifted = ends[index]
        return offset + shifted if offset >= end else last_new if last else first_new

    plain = msgspec.to_builtins(account)
    plain["report"]["text"] = new

    def place(row: dict[str, Any]) -> None:
        row["start"], row["end"] = moved_to(row["start"], last=False), moved_to(row["end"], last=True)
        if "text" in row:
            row["text"] = new[row["start"] : row["end"]]

    _each_span(plain, place)
    return msgspec.convert(plain, Account)


def _signed(account: Account, random: Random) -> Account:
    digest = hashlib.sha256(random.randbytes(16)).hexdigest()
    return msgspec.structs.replace(
        account, report=msgspec.structs.replace(account.report, id=digest[:16], sha256=digest, bytes_sha256=None)
    )


def _shifted(value: str, shift: timedelta) -> str:
    return DAY.sub(lambda found: (date.fromisoformat(found.group()) + shift).isoformat(), value)


def _walk(value: Any, change: Callable[[Any], Any], skip: str) -> None:
    """Change every leaf of JSON-like data in place, but for those under the key ``skip``."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        if isinstance(inner, dict | list):
            _walk(inner, change, skip)
        elif key != skip:
            value[key] = change(inner)


def _each_span(value: Any, change: Callable[[dict[str, Any]], None]) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
            change(value)
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            _each_span(inner, change)


def _spans(value: Any) -> Iterator[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    _each_span(value, lambda row: found.append((row["start"], row["end"])))
    return iter(found)
