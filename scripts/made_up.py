"""Made-up reports of two made-up sides that strike and answer, for the pictures of chains. None of it happened.

The reports are accounts as the reading would give them, so that what the pictures show does not hang on the reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sayso.model import (
    Account,
    Actor,
    Attribution,
    Claim,
    Event,
    Interval,
    Link,
    LinkKind,
    Place,
    Report,
    Slot,
    Span,
    Stance,
)

BLUE, RED, MONITOR = "Blue Front", "Red Guard", "War Monitor"
PUBLISHERS = ("Made-up Wire", "Invented Daily")
SIDES = {BLUE: "rebel", RED: "militia"}
TOWNS = ("Harrun", "Tel Orma", "Besk", "Old Mill bridge")
KINDS = {
    "shelling": ("shelled", "shelling of"),
    "airstrike": ("bombed", "air raid on"),
    "bombing": ("blew up a post in", "bombing in"),
}
"""How the news tells of an attack, and how a later report names it."""


class Told(NamedTuple):
    """One attack of the story: days after the first, who, how, where; what it is said to answer, and by whom."""

    day: int
    by: str
    kind: str
    town: str
    answers: int | None = None
    link: LinkKind = "retaliation_for"
    said_by: str | None = None
    denied: bool = False
    days: int = 1
    killed: int = 0


STORY = (
    Told(0, RED, "shelling", "Harrun", killed=3),
    Told(2, BLUE, "bombing", "Tel Orma", answers=0, said_by=BLUE, killed=1),
    Told(3, RED, "airstrike", "Old Mill bridge", answers=1, said_by=RED, killed=4),
    Told(9, RED, "airstrike", "Harrun", denied=True),
    Told(11, BLUE, "shelling", "Besk", answers=3, said_by=BLUE, killed=2),
    Told(17, RED, "airstrike", "Harrun", killed=1),
    Told(24, BLUE, "shelling", "Besk", days=7),
    Told(38, RED, "airstrike", "Old Mill bridge", killed=5),
    Told(39, BLUE, "shelling", "Tel Orma", answers=7, said_by=MONITOR),
    Told(41, RED, "shelling", "Harrun", answers=8, link="follows", killed=2),
    Told(42, BLUE, "shelling", "Besk", answers=9, said_by=BLUE, killed=6),
    Told(55, BLUE, "bombing", "Besk", denied=True, killed=2),
    Told(58, RED, "airstrike", "Harrun", answers=11, said_by=RED),
    Told(70, RED, "shelling", "Besk", days=14),
    Told(88, BLUE, "shelling", "Tel Orma", killed=1),
    Told(90, RED, "airstrike", "Old Mill bridge", answers=14, link="follows"),
    Told(27, RED, "airstrike", "Harrun", killed=2),
)
DETAILS = (
    "Families slept in the cellars of the grain store, and the school stayed shut for a week.",
    "A checkpoint by the petrol station burned out; its guards had been changed an hour before.",
    "Two aircraft crossed the river at noon, and smoke stood over the tannery until dusk.",
    "The market had just opened. Shopkeepers spoke of one loud blast and of broken glass as far as the bus yard.",
    "Mortar rounds fell among the orchards east of the ring road, where drivers wait for the ferry.",
    "A water tower came down. Engineers said that half of the town would have no tap water.",
    "Observers counted forty impacts in the vineyards over several nights, and none that could be dated.",
    "The span was passable on foot again by evening; lorries were sent round by the northern ford.",
    "A fuel depot caught fire, and the ring of the church bells was heard between the explosions.",
    "Gunners fired from the quarry on the far bank, a shepherd who watched them told a reporter.",
    "A lorry with a false number plate had been parked behind the post office since the morning.",
    "Nobody was seen near the barracks wall before it fell, a clerk of the land registry said.",
    "Windows shook in the clinic, whose patients were carried to a gymnasium across the square.",
    "Farmers heard single rounds at night, too far off to tell from which of the hills they came.",
    "The mill wheel stopped, and so did the power in the lower streets, where the bakers work.",
    "Pilots made three passes over the pylons; the toll booth and a customs shed were hit.",
    "The tannery burned again; what was left of its roof fell into the yard of the primary school.",
)
"""What else each report tells: reports of one wording would be taken for copies of each other."""
FIRST = date(2031, 3, 3)


def accounts(story: tuple[Told, ...] = STORY) -> Iterator[Account]:
    """An account for each attack of the story, published on the day after."""
    for number, told in enumerate(story):
        yield _Report(story, number, told).account()


class _Report:
    """One report as it is written: its text grows sentence by sentence, and each span is where its words came to be."""

    def __init__(self, story: tuple[Told, ...], number: int, told: Told) -> None:
        self.story, self.number, self.told = story, number, told
        self.text = ""
        self.claims: list[Claim] = []
        self.attributions: list[Attribution] = []
        self.actors: dict[str, Actor] = {}
        self.places: list[Place] = []

    def account(self) -> Account:
        told = self.told
        other = BLUE if told.by == RED else RED
        event, links = self._attack("e1", told, first=True), []
        self._killed("e1", told)
        events = [event]
        if told.answers is not None:
            before = self.story[told.answers]
            start = len(self.text)
            verb = "was in answer to" if told.link == "retaliation_for" else "followed"
            lead = f" The attack {verb} "
            self.text += lead
            answered = self._attack("e2", before, first=False)
            said = f", the {told.said_by} said" if told.said_by else ""
            self.text += f"{said}."
            events.append(answered)
            words = self._span(start + 1, len(self.text))
            links.append(Link(from_="e1", to="e2", kind=told.link, speaker=self._actor(told.said_by), evidence=words))
        self.text += f"\n\n{DETAILS[self.number]}"
        if told.denied:
            start = len(self.text) + 1
            self.text += f" The {told.by} denied that it had attacked {told.town}."
            words = self._span(start, len(self.text) - 1)
            by = self._actor(told.by)
            self._claim("e1", "occurrence", True, words, by, "denies")
            self._claim("e1", "initiator", by, words, by, "denies")
        self._actor(other)
        published = FIRST + timedelta(days=told.day + told.days)
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        title = f"{told.town}: {KINDS[told.kind][1].split()[0]}"
        return Account(
            report=Report(
                id=digest[:16], text=self.text, published=published.isoformat(), title=title, sha256=digest,
                publisher=PUBLISHERS[self.number % 2],
            ),
            reader="made-up",
            actors=tuple(self.actors.values()), places=tuple(self.places), attributions=tuple(self.attributions),
            events=tuple(events), claims=tuple(self.claims), links=tuple(links),
        )  # fmt: skip

    def _attack(self, identity: str, told: Told, *, first: bool) -> Event:
        """Writes the words of one attack; ``first`` as the news, else as what went before."""
        verb, noun = KINDS[told.kind]
        victim = BLUE if told.by == RED else RED
        at = FIRST + timedelta(days=told.day)
        day, ago = f"{at.day} {at:%B}", FIRST + timedelta(days=told.day + told.days - 1)
        when = f"on {day}" if told.days == 1 else f"between {day} and {ago.day} {ago:%B}"
        start = len(self.text)
        self.text += f"The {told.by} {verb} " if first else f"the {noun} "
        mention = self._span(start + (0 if first else 4), len(self.text) - 1)
        where = len(self.text)
        self.text += told.town
        place = self._span(where, len(self.text))
        self.text += ", a town that the " if first else " "
        if first:
            self.text += f"{victim} holds, "
        since = len(self.text)
        self.text += when
        time = self._span(since, len(self.text))
        words = self._span(start, len(self.text))
        if first:
            self.text += f", the {MONITOR} said."
        by = self._actor(MONITOR) if first else None
        name = f"p{len(self.places) + 1}"
        key = TOWNS.index(told.town)
        self.places.append(
            Place(id=name, span=place, name=told.town, gazetteer_id=f"made-up:{key}", kind="town", precision=1)
        )
        told_of: tuple[tuple[Slot, object, Span], ...] = (
            ("occurrence", True, words), ("initiator", self._actor(told.by), words),
            ("recipient", self._actor(victim), words),
            ("place", told.town, place), ("time", at.isoformat(), time),
        )  # fmt: skip
        for slot, value, span in told_of:
            self._claim(identity, slot, value, span, by)
        killed = (told.killed, told.killed) if first and told.killed else None
        return Event(
            id=identity, type=told.kind, mentions=(mention,), place=name, killed=killed,
            initiators=(self._actor(told.by) or "",), recipients=(self._actor(victim) or "",),
            time=Interval(
                start=at.isoformat(), end=ago.isoformat(), precision="day" if told.days == 1 else "days", evidence=time
            ),
        )  # fmt: skip

    def _killed(self, event: str, told: Told) -> None:
        if told.killed:
            start = len(self.text) + 1
            self.text += f" The {MONITOR} counted {told.killed} dead."
            words = self._span(start, len(self.text) - 1)
            self._claim(event, "killed", [told.killed, told.killed], words, self._actor(MONITOR))

    def _actor(self, name: str | None) -> str | None:
        """The id of an actor; where its name stands in the text first is its span."""
        if name is None:
            return None
        at = max(self.text.find(name), 0)
        kind = SIDES.get(name, "monitor")
        identity = f"a{len(self.actors) + 1}"
        known = self.actors.setdefault(
            name, Actor(id=identity, spans=(Span(at, at + len(name), name),), name=name, kind=kind)
        )
        return known.id

    def _claim(
        self, event: str, slot: Slot, value: object, evidence: Span, speaker: str | None, stance: Stance = "asserts"
    ) -> None:
        shown = None if value is True else evidence.text
        self.claims.append(
            Claim(
                id=f"c{len(self.claims) + 1}", event=event, slot=slot, value=shown, normalised=value,
                stance=stance, evidence=evidence, speaker=speaker,
            )
        )  # fmt: skip

    def _span(self, start: int, end: int) -> Span:
        return Span(start, end, self.text[start:end])
