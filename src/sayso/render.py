"""An account as a person likes to read it on a terminal: incidents, and under each who says what, in the exact words.

Colour shows the stance and is never alone: a symbol and a verb say the same. What strangers wrote is printed as text
only; control characters, which could steer a terminal, are taken out.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from io import StringIO

import msgspec
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sayso.incidents.statement import Statement, Voice
from sayso.incidents.status import Standing, standings
from sayso.incidents.wording import a, counted, english_day, english_days, english_month, listed
from sayso.model import Account, Actor, Claim, Event, Interval, Link, Place, Report, Span, Stance
from sayso.reading.relevance import is_skipped
from sayso.vocabulary import load

WIDEST = 120
"""Lines are never longer than this many columns, however wide the terminal."""
STANCES: tuple[Stance, ...] = ("asserts", "denies", "uncertain")
COLOURS: dict[Stance, str] = {"asserts": "bright_blue", "denies": "bright_red", "uncertain": "yellow"}
PLAIN_SYMBOLS: dict[Stance, str] = {"asserts": "+", "denies": "x", "uncertain": "?"}
"""The symbols where the terminal has ASCII only."""
STATUS_COLOURS = {"contested": "bright_red", "denied": "bright_red", "uncertain": "yellow"}
REPORTED = {
    "denied": "is alleged, and denied",
    "contested": "is reported, and denied",
    "acknowledged": "is reported, and acknowledged by those who did it",
    "corroborated": "is reported by several speakers",
    "single_source": "is reported",
    "uncertain": "is reported as unclear",
}
"""The hedged end of an incident's sentence, by its status."""
MODALITIES = {"planned": "planned or threatened", "hypothetical": "possible, not as a fact", "generic": "a habit"}
"""The end of the sentence of what did not happen as one thing."""
ARTICLE = re.compile(r"^(?:An?|The)\b")
NO_EVENT = "No event of armed conflict was found in this report."
NOT_READ = "This report was not read: its words are those of a report on other matters."
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Said(msgspec.Struct, frozen=True):
    """Claims that differ in their speaker alone, as one line shows them."""

    claim: Claim
    speakers: tuple[str, ...]


def as_text(account: Account, width: int = 80) -> str:
    """The account as plain text of at most ``width`` columns, without spaces at the ends of lines."""
    out = StringIO()
    print_account(account, Console(file=out, width=width, color_system=None, legacy_windows=False))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).rstrip() + "\n"


def print_account(account: Account, console: Console) -> None:
    """Print the account; the console decides on colour, width and encoding."""
    with_symbols = _Renderer(account, ascii_only=console.options.ascii_only)
    console.print(with_symbols.render(), width=min(console.width, WIDEST), highlight=False, no_wrap=False)


def clean(words: str) -> str:
    """Words of a report on one line, without what could steer a terminal."""
    return " ".join(STEERING.sub(" ", words).split())


class _Renderer:
    """One account being rendered: its actors and places by id, and the symbols in use."""

    def __init__(self, account: Account, *, ascii_only: bool) -> None:
        self.account = account
        self.actors: dict[str, Actor] = {actor.id: actor for actor in account.actors}
        self.places: dict[str, Place] = {place.id: place for place in account.places}
        self.ascii_only = ascii_only

    def render(self) -> RenderableType:
        actual = sorted((e for e in self.account.events if e.modality == "actual"), key=_latest_first, reverse=True)
        others = [e for e in self.account.events if e.modality != "actual"]
        parts: list[RenderableType] = [self.header()]
        parts += [self.event(event) for event in actual]
        if others:
            parts.append(Text("Not as one thing that happened", style="bold underline"))
            parts += [self.event(event) for event in others]
        if not self.account.events:
            parts.append(Text(NOT_READ if is_skipped(self.account) else NO_EVENT))
        if self.account.refused:
            parts.append(self.refused())
        if self.account.notes:
            parts.append(self.notes())
        return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))

    def header(self) -> RenderableType:
        report = self.account.report
        lines = [Text(clean(report.title), style="bold")] if report.title else []
        lines.append(Text(" · ".join(_header_facts(report)), style="" if report.title else "bold"))
        lines.append(Text(self.summary(), style="dim"))
        legend = Text()
        for stance in STANCES:
            legend.append(f"{self.symbol(stance)} {load('stances')[stance].label}   ", style=COLOURS[stance])
        legend.append("“the report’s own words”", style="italic")
        return Group(*lines, legend)

    def summary(self) -> str:
        claims = self.account.claims
        speakers = {claim.speaker for claim in claims if claim.speaker}
        counts = [f"{_number(len(self.account.events), 'event')}, {_number(len(claims), 'claim')}"]
        counts.append(f"{_number(len(speakers), 'speaker')} beside the report itself")
        for stance, word in (("denies", "denial"), ("uncertain", "doubt")):
            found = sum(claim.stance == stance for claim in claims)
            if found:
                counts.append(_number(found, word))
        if self.account.refused:
            counts.append(f"{len(self.account.refused)} refused")
        return ", ".join(counts)

    def event(self, event: Event) -> RenderableType:
        found = _standings(self.account, event) if event.modality == "actual" else {}
        heading = Text()
        heading.append(f"{event.id}  ", style="dim")
        heading.append(self.title(event), style="bold")
        lines: list[RenderableType] = [heading, Padding(self.sentence(event, found.get("occurrence")), (0, 0, 0, 4))]
        lines.append(Padding(self.claims(event, found), (0, 0, 0, 4)))
        links = self.links(event)
        if links:
            lines.append(Padding(Group(*links), (0, 0, 0, 4)))
        return Group(*lines)

    def title(self, event: Event) -> str:
        entry = load("event_types").get(event.type)
        kind = entry.label if entry else event.type.replace("_", " ").capitalize()
        place = self.places.get(event.place or "")
        parts = [kind, clean(place.name) if place else "place not stated", when(event.time)]
        if event.modality != "actual":
            parts.append(load("modalities")[event.modality].label.lower())
        return " · ".join(parts)

    def sentence(self, event: Event, standing: Standing | None) -> Text:
        """The hedged sentence: what is reported, never that it is so."""
        entry = load("event_types").get(event.type)
        noun = a((entry.noun if entry else None) or event.type.replace("_", " "))
        words = [noun[:1].upper() + noun[1:]]
        if event.initiators:
            words.append(f"by {listed([self.side(side) for side in event.initiators])}")
        if event.recipients:
            words.append(f"against {listed([self.side(side) for side in event.recipients])}")
        text = Text(" ".join(words))
        toll = _toll(event)
        if toll:
            text.append(f", {toll},")
        if standing is None:
            return text.append(f" is told of as {MODALITIES[event.modality]}.")
        status, entry = standing.status, load("statuses")[standing.status]
        text.append(f" {REPORTED[status]}. ")
        label = entry.label if self.ascii_only else f"{entry.label} {entry.symbol}"
        text.append(label, style=f"bold {STATUS_COLOURS.get(status, '')}".strip())
        return text.append(f": {clean(standing.reason).removeprefix(f'{entry.label}: ')}")

    def claims(self, event: Event, found: Mapping[str, Standing]) -> RenderableType:
        table = Table.grid(padding=(0, 1))
        table.add_column(width=12)
        table.add_column(width=1)
        table.add_column(ratio=1)
        claims = [claim for claim in self.account.claims if claim.event == event.id]
        for slot, entry in load("slots").items():
            rows = self.said([claim for claim in claims if claim.slot == slot])
            contested = slot != "occurrence" and slot in found and found[slot].status == "contested"
            for number, said in enumerate(rows):
                label = Text(entry.label if number == 0 else "", style="dim")
                if contested and number == min(1, len(rows) - 1):
                    label.append("\ncontested" if number == 0 else "contested", style="not dim bright_red")
                stance = said.claim.stance
                table.add_row(label, Text(self.symbol(stance), style=f"bold {COLOURS[stance]}"), self.line(said))
        return table

    def said(self, claims: Iterable[Claim]) -> list[Said]:
        """Claims of one slot with those in the same words from several speakers as one; assertions come first."""
        together: dict[tuple[object, ...], list[Claim]] = {}
        for claim in sorted(claims, key=lambda claim: STANCES.index(claim.stance)):
            key = (claim.stance, claim.value, str(claim.normalised), claim.evidence, claim.via, claim.speaker is None)
            together.setdefault(key, []).append(claim)
        return [
            Said(rows[0], tuple(dict.fromkeys(self.name(row.speaker) for row in rows))) for rows in together.values()
        ]

    def line(self, said: Said) -> Text:
        """Who says what: speakers, verb, carrier, the value where the words do not show it, and the words."""
        claim = said.claim
        text = Text()
        text.append(listed(said.speakers, limit=len(said.speakers)), style="bold" if claim.speaker else "")
        if claim.via:
            text.append(f" (via {self.name(claim.via)})", style="dim")
        many = len(said.speakers) > 1 or _is_many(self.actors.get(claim.speaker or ""))
        text.append(f" {_verb(claim.stance, many=many)}", style=COLOURS[claim.stance])
        value = self.value(claim)
        if value:
            text.append(f" {value}:")
        text.append(f" “{clean(claim.evidence.text)}”", style="italic")
        return text

    def value(self, claim: Claim) -> str | None:
        """What is claimed, where the quoted words do not say it in the same way."""
        if claim.slot in ("killed", "injured") and isinstance(claim.normalised, list | tuple):
            low, high = claim.normalised
            return counted(low, high)
        if claim.slot == "time" and isinstance(claim.normalised, str):
            start, _, end = claim.normalised.partition("/")
            return days(None if start == ".." else start, (None if end == ".." else end) if end else start)
        if claim.slot == "occurrence" or claim.value is None:
            return None
        value = clean(claim.value)
        return None if value.casefold() in clean(claim.evidence.text).casefold() and len(value) > 2 else value

    def links(self, event: Event) -> list[Text]:
        """The chain: what this event answers, follows or resembles, on whose word; one line for the same words."""
        together: dict[tuple[str, str | None, Span], list[Link]] = {}
        for link in self.account.links:
            if link.from_ == event.id:
                together.setdefault((link.to, link.speaker, link.evidence), []).append(link)
        return [self.link(links) for links in together.values()]

    def link(self, links: list[Link]) -> Text:
        first = links[0]
        kinds = listed([load("link_kinds")[link.kind].label for link in links])
        text = Text(f"{'->' if self.ascii_only else '↳'} ")
        text.append(f"{kinds} {first.to}", style="bold")
        verb = _verb("asserts", many=_is_many(self.actors.get(first.speaker or "")))
        text.append(f", {self.name(first.speaker)} {verb}: ")
        text.append(f"“{clean(first.evidence.text)}”", style="italic")
        return text

    def refused(self) -> RenderableType:
        """What was read, but is too unlikely to be what the report says."""
        lines = [Text("Refused: read, but too unlikely", style="bold underline")]
        for refused in self.account.refused:
            claim = refused.claim
            line = Text(f"{claim.event}  {load('slots')[claim.slot].label} ", style="dim")
            line.append(f"{self.symbol(claim.stance)} ", style=COLOURS[claim.stance])
            line.append(self.line(Said(claim, (self.name(claim.speaker),))))
            line.append(f" {clean(refused.reason)}", style="dim")
            lines.append(line)
        return Group(*lines)

    def notes(self) -> RenderableType:
        lines = [Text("Not read, or read with doubt", style="bold underline")]
        for note in self.account.notes:
            line = Text(f"{note.code}  ", style="yellow")
            line.append(clean(note.text), style="default")
            if note.span:
                line.append(f" “{clean(note.span.text)}”", style="italic default")
            lines.append(line)
        return Group(*lines)

    def symbol(self, stance: Stance) -> str:
        return PLAIN_SYMBOLS[stance] if self.ascii_only else load("stances")[stance].symbol or PLAIN_SYMBOLS[stance]

    def name(self, actor: str | None) -> str:
        """An actor's name; narration is the report itself."""
        if actor is None:
            return "the report"
        return clean(self.actors[actor].name) if actor in self.actors else actor

    def side(self, side: str | Span) -> str:
        """A side within a sentence: an article that began the report's own is written small."""
        words = clean(side.text) if isinstance(side, Span) else self.name(side)
        return ARTICLE.sub(lambda article: article[0].lower(), words)


def when(interval: Interval | None) -> str:
    """When something happened, never more exactly than the interval, with the part of the day in the report's words."""
    if interval is None:
        return "date not stated"
    words = days(interval.start, interval.end)
    if interval.precision == "part_of_day" and interval.evidence:
        return f"{words} (“{clean(interval.evidence.text)}”)"
    return words


def days(start: str | None, end: str | None) -> str:
    """An inclusive interval of ISO dates or months in words; null is an open end."""
    first, last = _day(start), _day(end, last=True)
    if first is None or last is None:
        if first is None:
            return "date not known" if last is None else f"by {english_day(last)}"
        return f"since {english_day(first)}"
    if (first.day, first.month, last.day, last.month) == (1, 1, 31, 12) and first.year == last.year:
        return str(first.year)
    whole_month = first.day == 1 and _day(f"{last.year:04}-{last.month:02}", last=True) == last
    if whole_month and (first.year, first.month) == (last.year, last.month):
        return english_month(first)
    return english_days(first, last)


def _day(iso: str | None, *, last: bool = False) -> date | None:
    """The day of an ISO date, or the first or last day of an ISO month or year; null where it is no date."""
    try:
        parts = [int(part) for part in (iso or "")[:10].split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12 if last else 1
        return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1] if last else 1)
    except ValueError:
        return None


def _verb(stance: Stance, *, many: bool) -> str:
    if many:
        return {"asserts": "say", "denies": "deny", "uncertain": "say it is not clear"}[stance]
    return {"asserts": "says", "denies": "denies", "uncertain": "says it is not clear"}[stance]


def _is_many(actor: Actor | None) -> bool:
    """Whether a name is a plural: "officials in Aleppo", "Residents"; "Damascus" and "Reuters" are not."""
    if actor is None:
        return False
    words = actor.name.split()
    head = (
        next((i for i, word in enumerate(words) if i and word in ("of", "in", "for", "from", "on", "at")), len(words))
        - 1
    )
    if head < 0 or not words[head].endswith("s") or words[head].endswith("ss"):
        return False
    described = head == 0 and actor.kb_id is None and actor.kind not in (None, "media")
    return words[head].islower() or described


def _toll(event: Event) -> str | None:
    """The casualties as part of a sentence; null where the report does not say."""
    if event.killed == event.injured == (0, 0):
        return "without casualties"
    parts = [
        f"{counted(*toll)} {slot}" for slot, toll in (("killed", event.killed), ("injured", event.injured)) if toll
    ]
    return f"with {' and '.join(parts)}" if parts else None


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _latest_first(event: Event) -> tuple[str, bool]:
    """Sorted in reverse this gives the latest event first, an open beginning after a known one, no date last."""
    start, end = (event.time.start, event.time.end) if event.time else (None, None)
    return start or end or "", start is not None


def _header_facts(report: Report) -> list[str]:
    facts = [clean(report.publisher)] if report.publisher else []
    published = _day(report.published)
    facts.append(f"published {english_day(published) if published else clean(report.published)}")
    if report.dateline and (report.dateline.place or report.dateline.agencies):
        agencies = f" ({', '.join(report.dateline.agencies)})" if report.dateline.agencies else ""
        facts.append(f"filed from {clean((report.dateline.place or 'an unnamed place') + agencies)}")
    if report.url:
        facts.append(clean(report.url))
    return facts


def _standings(account: Account, event: Event) -> dict[str, Standing]:
    """What the claims of this one report amount to, slot by slot, by the rules that hold for incidents."""
    voices = {actor.id: _voice(actor) for actor in account.actors}
    statements = [
        Statement(
            slot=claim.slot,
            stance=claim.stance,
            voice=voices.get(claim.speaker or ""),
            report_id=account.report.id,
            publisher=account.report.publisher,
            value=claim.value,
            normalised=claim.normalised,
        )
        for claim in account.claims
        if claim.event == event.id
    ]
    return standings(statements, [voices[side] for side in event.initiators if side in voices])


def _voice(actor: Actor) -> Voice:
    return Voice(
        key=actor.id,
        name=actor.name,
        kind=actor.kind,
        country=actor.country,
        affiliation=actor.affiliation or actor.kb_id,
    )
