"""The value types of an account: small, frozen, typed, JSON both ways. No logic lives here.

Offsets everywhere are Unicode code points of ``Report.text``; ``start`` is inclusive and ``end`` exclusive (W3C Web
Annotation, TextPositionSelector). Dates are ISO 8601 strings, inclusive at both ends, null where open. Unknown is
null, never 0.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Stance = Literal["asserts", "denies", "uncertain"]
Slot = Literal[
    "occurrence", "time", "place", "initiator", "recipient", "weapon", "killed", "injured", "damage", "origin", "motive"
]
Modality = Literal["actual", "planned", "hypothetical", "generic"]
LinkKind = Literal["retaliation_for", "follows", "similar_to", "part_of"]
Status = Literal["denied", "contested", "acknowledged", "corroborated", "single_source", "uncertain"]
TimePrecision = Literal[
    "minute", "hour", "part_of_day", "day", "days", "week", "month", "season", "year", "decade", "century", "unknown"
]
Count = tuple[int | None, int | None]
"""A number as a range ``(low, high)``; ``None`` on a side is an open end: ``(18, None)`` is "at least 18"."""


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """A frozen value with keyword fields."""


class Span(msgspec.Struct, frozen=True, order=True):
    """Exact words of a report: ``report.text[start:end] == text``."""

    start: int
    end: int
    text: str


class Dateline(Value, frozen=True):
    """Where, when and by which agencies a report says it was filed: "BAGHDAD, 12 Jan (Agency) --"."""

    place: str | None = None
    agencies: tuple[str, ...] = ()
    date: str | None = None
    span: Span | None = None


class Report(Value, frozen=True):
    """One published text. ``id`` is derived from ``sha256``, the hash of the normalised text."""

    id: str
    text: str
    published: str
    """Publication date, ISO 8601 (a day, or a minute with offset): the only "now" of the reading."""
    published_from: str = "given"
    """Where the date came from: given, header, front_matter, dateline, html, column."""
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    dateline: Dateline | None = None
    language: str = "en"
    sha256: str = ""
    bytes_sha256: str | None = None
    body_start: int = 0
    """Where the prose begins in ``text``: a header such as `` date 2021-07-05 `` or a dateline lies before it."""
    notes: tuple[Note, ...] = ()
    """What was assumed while the source was read (charset, disagreeing dates)."""


class Paragraph(Value, frozen=True):
    """A stretch of text with its language (ISO 639-1); ``reason`` says why one was not read."""

    start: int
    end: int
    language: str
    read: bool = True
    reason: str | None = None


class Time(Value, frozen=True):
    """A time expression (TIMEX3: kind, value, mod) and the interval that it allows.

    ``relation`` and ``offset_days`` describe an expression that hangs on an event or another time ("six days after X":
    ``after``, ``(6, 6)``); until that is resolved its precision is ``unknown`` and ``reason`` says so.
    """

    id: str
    span: Span
    kind: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    mod: str | None = None
    start: str | None = None
    end: str | None = None
    precision: TimePrecision = "unknown"
    reason: str | None = None
    relation: Literal["after", "before", "since", "until"] | None = None
    offset_days: tuple[int, int] | None = None


class Geometry(Value, frozen=True):
    """Where a vague place may be, in GeoJSON's terms: WGS 84 degrees, longitude first; a polygon is one closed ring."""

    type: Literal["Polygon", "LineString"]
    coordinates: tuple[tuple[float, float], ...]


class Place(Value, frozen=True):
    """A place named in a report. ``precision`` is UCDP where_prec, 1 (exact) to 7 (international waters or airspace).

    ``lat`` and ``lon`` (WGS 84 degrees) are null where the gazetteer has none; a country or region is never a pin.
    ``radius_km`` is how far from the point the words still allow the place to be; ``geometry`` is the area or line of
    a vague one, where it is known better than by a radius.
    """

    id: str
    span: Span
    name: str
    gazetteer_id: str | None = None
    kind: str | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    precision: int | None = None
    radius_km: float | None = None
    reason: str | None = None
    geometry: Geometry | None = None


class Actor(Value, frozen=True):
    """Somebody who acts, suffers or speaks; all mentions of one actor within a report are one value."""

    id: str
    spans: tuple[Span, ...]
    name: str
    kb_id: str | None = None
    kind: str | None = None
    country: str | None = None
    affiliation: str | None = None
    codes: dict[str, str] = {}
    private: bool = False
    """A private person (victim, witness): kept out of exports and public pages unless the user asks."""
    related: tuple[str, ...] = ()
    """Actors of the report that are not this one but belong with it: a spokesman's body, the Pentagon and the army."""


class Attribution(Value, frozen=True):
    """Who says what: source, cue and content spans (PARC, PolNeAR). ``speaker`` null is the report's own narration."""

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None = None
    via: str | None = None
    within: str | None = None
    stance: Stance = "asserts"


class Interval(Value, frozen=True):
    """When an event happened: never narrower than the words in ``evidence``; ``time`` is the expression it rests on."""

    start: str | None
    end: str | None
    precision: TimePrecision
    time: str | None = None
    evidence: Span | None = None
    reason: str | None = None
    zone: str | None = None
    """IANA time zone of the clock times, where the place of the event tells it."""
    note: str | None = None
    """What else is known of the date, and from where, where the words and the knowledge base differ."""


class Event(Value, frozen=True):
    """Something said to have happened, within one report; all its mentions are one event.

    ``place_reason`` says why a place is the event's that no words of its own name.
    """

    id: str
    type: str
    mentions: tuple[Span, ...]
    modality: Modality = "actual"
    count: Count | None = None
    time: Interval | None = None
    place: str | None = None
    initiators: tuple[str, ...] = ()
    recipients: tuple[str | Span, ...] = ()
    weapon: Span | None = None
    killed: Count | None = None
    injured: Count | None = None
    place_reason: str | None = None


class Claim(Value, frozen=True):
    """One speaker's stance on one slot of one event, with the exact words.

    ``value`` is what is claimed in the report's words (null: nothing is named, as in "it is not clear who");
    ``normalised`` is the same for machines: ``true`` (occurrence), an ISO date or ``start/end`` (time), a place or
    actor id, ``[low, high]`` (killed, injured), else null. ``speaker`` and ``via`` are actor ids; null is narration.
    """

    id: str
    event: str
    slot: Slot
    value: str | None
    stance: Stance
    evidence: Span
    normalised: Any = None
    speaker: str | None = None
    via: str | None = None
    attribution: str | None = None
    confidence: float | None = None
    """How likely it is, from 0 to 1, that the report says this of the event; null where it was not judged."""


class Refused(Value, frozen=True):
    """A claim that was read and is not among the account's, and why, in words."""

    claim: Claim
    reason: str


class Link(Value, frozen=True, rename={"from_": "from"}):
    """A relation between two events, on somebody's word: ``from`` answers, follows, resembles or is part of ``to``."""

    from_: str
    to: str
    kind: LinkKind
    evidence: Span
    speaker: str | None = None
    via: str | None = None


class Note(Value, frozen=True):
    """Something the reading refused or found degraded, in words, with the place in the text where there is one."""

    code: str
    text: str
    span: Span | None = None


class Account(Value, frozen=True):
    """All that one report tells."""

    report: Report
    reader: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    refused: tuple[Refused, ...] = ()
    """Claims that were read but are less likely than the threshold: shown, and no part of what the account says."""

    def to_json(self) -> str:
        """The account as JSON text, keys in declared order; the same account gives the same bytes."""
        return msgspec.json.encode(self).decode()

    @staticmethod
    def from_json(data: str | bytes) -> Account:
        """The account that ``to_json`` wrote. Raises ``msgspec.ValidationError`` where it is not one."""
        return msgspec.json.decode(data, type=Account)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an account."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Account)}
