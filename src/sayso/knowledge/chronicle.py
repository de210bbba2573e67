"""The chronicle: well-known acts of war whose day is public, to note where a report dates one of them otherwise."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from sayso.knowledge.data import load_yaml
from sayso.knowledge.names import plain

_WORD = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")
_POSSESSIVE = re.compile(r"'s\b|(?<=s)'(?!\w)")


class DatedEvent(msgspec.Struct, frozen=True):
    """One act: its name, the spellings that must all be there, its first and last day (ISO 8601), and its source.

    ``kind`` is killing (of the person ``names`` tell) or act (of one of ``types``); ``names`` are groups of plain
    spellings, of each of which one must be said.
    """

    name: str
    kind: Literal["killing", "act"]
    types: tuple[str, ...]
    names: tuple[frozenset[str], ...]
    start: str
    end: str
    source: str

    def meets(self, start: str | None, end: str | None) -> bool:
        """Whether days (ISO 8601, inclusive, null where open) and its own have one in common."""
        return (start or "")[:10] <= self.end and self.start <= (end or "9999")[:10]


@lru_cache(maxsize=1)
def chronicle() -> tuple[DatedEvent, ...]:
    """All dated events of dated_events.yaml."""
    listed = load_yaml("dated_events.yaml")
    killings = (_event(row, "killing", f"the killing of {row['name']}") for row in listed["killings"])
    return (*killings, *(_event(row, "act", str(row["name"])) for row in listed["acts"]))


def killings_named(victim: str, head: str | None = None) -> list[DatedEvent]:
    """The killings whose victim is named in the words for who was killed.

    ``head`` is the word that says who ("sons" of "the sons of X"); where it is given it must be one of the names.
    """
    named = _named(victim, "killing")
    return [e for e in named if head is None or any(plain(head) in group for group in e.names)]


def acts_named(type_: str, clause: str) -> list[DatedEvent]:
    """The acts of an event type whose names are all in the words that tell of it."""
    return [event for event in _named(clause, "act") if type_ in event.types]


def spellings(text: str) -> frozenset[str]:
    """The plain words of a text, without the possessive."""
    return frozenset(plain(word) for word in _WORD.findall(_POSSESSIVE.sub("", text.replace("’", "'"))))


def _named(text: str, kind: str) -> list[DatedEvent]:
    said = spellings(text)
    near = {number for word in said for number in _index().get(word, ())}
    events = (chronicle()[number] for number in sorted(near))
    return [event for event in events if event.kind == kind and all(group & said for group in event.names)]


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[int, ...]]:
    """The numbers of the events by each spelling of their first name group."""
    found: dict[str, tuple[int, ...]] = {}
    for number, event in enumerate(chronicle()):
        for word in event.names[0]:
            found[word] = (*found.get(word, ()), number)
    return found


def _event(row: dict[str, object], kind: Literal["killing", "act"], name: str) -> DatedEvent:
    groups, days, types = row["names"], row["day"], row.get("types", [])
    assert isinstance(groups, list)
    assert isinstance(days, list)
    assert isinstance(types, list)
    first, last = _day(days[0]), _day(days[-1])
    names = tuple(frozenset(plain(str(word)) for word in group) for group in groups)
    return DatedEvent(name, kind, tuple(types), names, first, last, str(row["source"]))


def _day(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
