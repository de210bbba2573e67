"""When two names, or a name and a description, are of one actor within a report."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.model import Span
from sayso.reading.lexicon import values, words
from sayso.reading.naming import fold

if TYPE_CHECKING:
    from sayso.knowledge.actor_records import ActorRecord

NAMED_LATER = frozenset({"monitor", "ngo"})
"""Kinds that a report describes first and names then: "a monitoring group said … the Observatory said"."""
ARTICLE_OF_ARAB_NAMES = frozenset({"al", "el", "ad", "an", "as", "ash", "at", "az"})


@dataclass(slots=True)
class Entry:
    """One actor of a report while it is read; ``id`` is empty until somebody asks for the actor."""

    name: str
    proper: bool
    id: str = ""
    spans: list[Span] = field(default_factory=list)
    record: ActorRecord | None = None
    kind: str | None = None
    country: str | None = None
    affiliation: str | None = None
    codes: dict[str, str] = field(default_factory=dict)
    private: bool = False
    role: str | None = None
    head: str = ""
    """The word that says what a description is of: "spokesman"."""
    body: Entry | None = None
    """The body that the actor speaks for."""
    same_as: str | None = None
    _starts: list[int] = field(default_factory=list)
    """Where the spans seen so far begin, sorted: an actor may be named ten thousand times."""

    def named_at(self, offset: int) -> int:
        """Where the actor is last named before a code point; -1 where he is not."""
        for span in self.spans[len(self._starts) :]:
            insort(self._starts, span.start)
        before = bisect_left(self._starts, offset)
        return self._starts[before - 1] if before else -1

    @property
    def office(self) -> set[str]:
        """The words of the office that the actor is named with."""
        return set(fold(self.role or "").replace(".", " ").replace(",", " ").split()) | {self.head}

    @property
    def person(self) -> bool | None:
        """Whether the actor is one person; null where nothing tells."""
        if self.record is not None:
            return is_person(self.record)
        if self.office & words("actors", "people"):
            return True
        if not self.proper:
            return False
        return True if self.kind == "person" or self.office & words("actors", "titles") else None

    @property
    def many(self) -> bool:
        """Whether a description is of several: "residents", "two officials"."""
        return not self.proper and self.head.endswith("s")


def is_person(record: ActorRecord) -> bool:
    """Whether a known actor is a person: one who held an office."""
    return bool(record.terms)


def same_name(a: Entry, name: str, record: ActorRecord | None) -> bool:
    """Whether a proper name is that of an actor already named, in full, by a part of it, or by its acronym.

    Two known actors are never one, however alike their names ("Syrian army", "Free Syrian Army").
    """
    first, second = _parts(a.name), _parts(name)
    if not first or not second:
        return False
    if len(second) == 1 and second[0] == _head(first):
        return True
    if a.record is not None and record is not None:
        return a.record.id == record.id
    short, long = (first, second) if len(first) <= len(second) else (second, first)
    if short == long:
        return True
    if len(short) == 1 and short is second and record is not None and record.kind == "state":
        return False  # "Pakistan", "Tehreek-e-Taliban Pakistan"
    if len(short) == 1:
        return _stands_for(short[0], long)
    # A part of a known body's name is another body: "United Nations", "United Nations Relief Agency".
    whole = a.record if short == first else record
    if whole is not None and not is_person(whole):
        return False
    return short == long[-len(short) :] or _first_and_last(short, long)


def _parts(name: str) -> list[str]:
    parts = fold(name).replace("-", " ").split()
    return [p for p in parts if p.rstrip(".") not in ARTICLE_OF_ARAB_NAMES] or parts


def _head(parts: list[str]) -> str | None:
    """The word that says what a body is, before its "for" or "of", by which it goes as well: "Centre for Studies"."""
    cut = next((i for i, word in enumerate(parts) if i and word in words("actors", "initialless")), None)
    return parts[cut - 1] if cut is not None and parts[cut - 1] not in words("actors", "common") else None


def _stands_for(word: str, long: list[str]) -> bool:
    """Whether one word stands for a name: its last word, its head, or its acronym."""
    telling = len(word) > 2 and word not in words("actors", "common")
    return word == acronym(long) or (telling and word in {long[-1], _head(long)})


def _first_and_last(short: list[str], long: list[str]) -> bool:
    """ "Barack Obama", "Barack Hussein Obama"; or the same words in another place, rank and all."""
    return short[-1] == long[-1] and set(short) <= set(long)


def acronym(name: list[str]) -> str:
    """The first letters of a name's words, without the small ones."""
    return "".join(w[0] for w in name if w not in words("actors", "initialless"))


def fits(kind: str | None, head: str) -> bool:
    """Whether an actor of this kind can be called by this word: "group", "monitor", "agency"."""
    kinds = values("actors", "kinds_of").get(head, ())
    return not kinds or kind is None or kind in kinds


def takes_up(entry: Entry, name: str, head: str) -> bool:
    """Whether "the …" may take up this actor: by the words of his name, by his office, or by his kind."""
    said = set(fold(name).split()) - words("actors", "sameness")
    named = set(fold(entry.name).split())
    if head in words("actors", "people"):
        return not entry.many and said <= entry.office | named
    if entry.person or not fits(entry.kind, head):
        return False
    if said <= named and (entry.proper or head == entry.head):
        return True
    if (
        head in words("actors", "by_words")
        or entry.kind not in values("actors", "kinds_of").get(head, ())
        or entry.many
    ):
        return False
    return {part for word in said - {head} for part in word.split("-")} <= words("actors", "telling_of") | named
