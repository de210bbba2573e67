"""Annotated accounts: the JSON of ../shared/gold (its GUIDE.md says what the rows mean) as values of the model."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from sayso.errors import SaysoError
from sayso.model import (
    Account,
    Actor,
    Claim,
    Count,
    Event,
    Interval,
    Link,
    LinkKind,
    Modality,
    Place,
    Report,
    Slot,
    Span,
    Stance,
    Time,
    TimePrecision,
)

HEADER = re.compile(r"\s*date \d{4}-\d\d-\d\d\s+")
ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


class _Range(msgspec.Struct, frozen=True):
    start: int
    end: int
    text: str


class _Report(msgspec.Struct, frozen=True):
    id: str
    published: str
    text: str
    publisher: str | None = None
    title: str | None = None


class _Time(msgspec.Struct, frozen=True):
    start: str | None
    end: str | None
    precision: TimePrecision
    text: str


class _Place(msgspec.Struct, frozen=True):
    name: str
    text: str
    admin1: str | None = None
    country: str | None = None


class _Side(msgspec.Struct, frozen=True):
    name: str
    text: str


class _Event(msgspec.Struct, frozen=True):
    id: str
    type: str
    modality: Modality
    mentions: tuple[_Range, ...]
    time: _Time | None
    place: _Place | None
    initiators: tuple[_Side, ...]
    recipients: tuple[_Side, ...]
    weapon: str | None
    killed: Count | None
    injured: Count | None


class _Claim(msgspec.Struct, frozen=True):
    event: str
    slot: Slot
    value: Any
    stance: Stance
    speaker: str | None
    via: str | None
    start: int
    end: int
    text: str


class _Link(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    from_: str
    to: str
    kind: LinkKind
    speaker: str | None
    start: int
    end: int
    text: str


class _Gold(msgspec.Struct, frozen=True):
    report: _Report
    events: tuple[_Event, ...]
    claims: tuple[_Claim, ...]
    links: tuple[_Link, ...]


def load_gold(path: str | Path) -> Account:
    """The annotated account in a gold file, as the account that a perfect reader would give.

    Actors are numbered a1…, places p1…, times t1…, claims c1… in the order of first use; events keep their ids. Speaker
    null is narration. Where the file gives words without offsets (times, places, sides, weapons) the occurrence nearest
    to the event's mentions is taken. Attributions are not annotated, so there are none.
    Raises SaysoError S701 where the file is no gold account.
    """
    name = Path(path).name
    try:
        gold = msgspec.json.decode(Path(path).read_bytes(), type=_Gold)
    except (OSError, msgspec.MsgspecError) as error:
        raise SaysoError("S701", name=name, why=error) from error
    builder = _Builder(gold, name)
    return builder.account()


class _Builder:
    """Gathers the actors, places and times of one gold file while its events, claims and links are converted."""

    def __init__(self, gold: _Gold, name: str) -> None:
        self.gold = gold
        self.name = name
        self.text = gold.report.text
        self.anchors = {e.id: [m.start for m in e.mentions] for e in gold.events}
        self.actors: dict[str, Actor] = {}
        self.places: dict[str, Place] = {}
        self.times: list[Time] = []

    def account(self) -> Account:
        events = tuple(self.event(row) for row in self.gold.events)
        claims = tuple(self.claim(number, row) for number, row in enumerate(self.gold.claims, 1))
        links = tuple(self.link(row) for row in self.gold.links)
        return Account(
            report=self.report(),
            reader="gold",
            times=tuple(self.times),
            places=tuple(self.places.values()),
            actors=tuple(self.actors.values()),
            events=events,
            claims=claims,
            links=links,
        )

    def report(self) -> Report:
        row = self.gold.report
        header = HEADER.match(row.text)
        return Report(
            id=row.id,
            text=row.text,
            published=row.published,
            publisher=row.publisher,
            title=row.title,
            sha256=hashlib.sha256(row.text.encode()).hexdigest(),
            body_start=header.end() if header else 0,
        )

    def event(self, row: _Event) -> Event:
        anchors = self.anchors[row.id]
        return Event(
            id=row.id,
            type=row.type,
            mentions=tuple(sorted(self.span(m.start, m.end, m.text) for m in row.mentions)),
            modality=row.modality,
            time=self.interval(row.time, anchors),
            place=self.place(row.place, anchors),
            initiators=tuple(self.actor(side.name, side.text, anchors) for side in row.initiators),
            recipients=tuple(self.actor(side.name, side.text, anchors) for side in row.recipients),
            weapon=self.nearest(row.weapon, anchors) if row.weapon else None,
            killed=row.killed,
            injured=row.injured,
        )

    def interval(self, row: _Time | None, anchors: Sequence[int]) -> Interval | None:
        if row is None:
            return None
        span = self.nearest(row.text, anchors)
        kind: Literal["DATE", "TIME"] = "TIME" if row.precision in ("minute", "hour", "part_of_day") else "DATE"
        value = row.start if row.start and row.start == row.end else f"{row.start or '..'}/{row.end or '..'}"
        identity = f"t{len(self.times) + 1}"
        time = Time(
            id=identity, span=span, kind=kind, value=value, start=row.start, end=row.end, precision=row.precision
        )
        self.times.append(time)
        return Interval(start=row.start, end=row.end, precision=row.precision, time=identity, evidence=span)

    def place(self, row: _Place | None, anchors: Sequence[int]) -> str | None:
        if row is None:
            return None
        key = folded(row.name)
        known = self.places.get(key)
        if known is None or (known.country is None and row.country is not None):
            self.places[key] = Place(
                id=known.id if known else f"p{len(self.places) + 1}",
                span=self.nearest(row.text, anchors),
                name=row.name,
                country=row.country,
                admin1=row.admin1,
            )
        return self.places[key].id

    def actor(self, name: str, words: str, anchors: Sequence[int]) -> str:
        """The id of the actor of this name; a new form of words adds a span to it."""
        key = folded(name)
        span = self.nearest(words, anchors) if words in self.text else None
        known = self.actors.get(key)
        if known is None:
            spans = (span,) if span else ()
            self.actors[key] = Actor(id=f"a{len(self.actors) + 1}", spans=spans, name=name)
        elif span and span not in known.spans:
            self.actors[key] = msgspec.structs.replace(known, spans=tuple(sorted((*known.spans, span))))
        return self.actors[key].id

    def claim(self, number: int, row: _Claim) -> Claim:
        anchors = [row.start]
        if row.event not in self.anchors:
            raise SaysoError("S701", name=self.name, why=f"claim {number} is about the unknown event {row.event}")
        value, normalised = self.value(row)
        return Claim(
            id=f"c{number}",
            event=row.event,
            slot=row.slot,
            value=value,
            normalised=normalised,
            stance=row.stance,
            speaker=self.actor(row.speaker, row.speaker, anchors) if row.speaker else None,
            via=self.actor(row.via, row.via, anchors) if row.via else None,
            evidence=self.span(row.start, row.end, row.text),
        )

    def value(self, row: _Claim) -> tuple[str | None, Any]:
        """The claim's value in words and for machines, as ``Claim`` defines them."""
        if row.slot == "occurrence":
            return None, True
        if row.value is None:
            return None, None
        if row.slot in ("killed", "injured"):
            return row.text, row.value
        if row.slot == "time":
            return row.text, row.value
        words = str(row.value)
        if row.slot == "place":
            return words, self.place(_Place(name=words, text=row.text), [row.start])
        if row.slot == "initiator":
            return words, self.actor(words, words, [row.start])
        known = self.actors.get(folded(words)) if row.slot == "recipient" else None
        return words, known.id if known else None

    def link(self, row: _Link) -> Link:
        return Link(
            from_=row.from_,
            to=row.to,
            kind=row.kind,
            evidence=self.span(row.start, row.end, row.text),
            speaker=self.actor(row.speaker, row.speaker, [row.start]) if row.speaker else None,
        )

    def span(self, start: int, end: int, words: str) -> Span:
        if self.text[start:end] != words:
            raise SaysoError("S701", name=self.name, why=f"the words at {start}–{end} are not {words!r}")
        return Span(start, end, words)

    def nearest(self, words: str, anchors: Sequence[int]) -> Span:
        starts = [found.start() for found in re.finditer(re.escape(words), self.text)]
        if not starts:
            raise SaysoError("S701", name=self.name, why=f"the report has no words {words!r}")
        start = min(starts, key=lambda found: min(abs(found - anchor) for anchor in anchors))
        return Span(start, start + len(words), words)


def folded(name: str) -> str:
    """A name for comparison: lower case, plain quotes, single spaces, without a leading article."""
    plain = " ".join(name.replace("’", "'").casefold().split())
    return ARTICLE.sub("", plain)
