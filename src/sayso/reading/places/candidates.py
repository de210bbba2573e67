"""Stretches of a report that may name a place, with what the words around them say."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.knowledge.gazetteer import PlaceRecord
from sayso.knowledge.placewords import TypeWord, place_words
from sayso.reading.places.reckoned import Reckoned

LONGEST_NAME = 6
"""Most words of a name that is looked up."""
FAMOUS = 200_000
"""People of a settlement that is recognised without a preposition or a tagger's hint."""
NEVER_PLACES = frozenset(("rebel", "militia", "criminal", "igo"))
SELDOM_PLACES = frozenset(("media", "ngo", "monitor", "opposition"))
PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))


PLACE, SPEAKER, ADJECTIVE, PART = "place", "speaker", "adjective", "part"
"""What a name does in the text: name a place, those who speak or act there, whose somebody is, or part of a name."""


class Candidate(msgspec.Struct):
    """A name that may be a place: words ``[first, last)`` with its type word and direction, and its gazetteer records.

    ``stem`` is the bare name; ``start`` and ``end`` are offsets of the whole phrase; the resolver sets ``chosen``.
    """

    first: int
    last: int
    start: int
    end: int
    stem: str
    records: tuple[PlaceRecord, ...] = ()
    type: TypeWord | None = None
    type_text: str | None = None
    direction: tuple[int, int] | None = None
    label: str | None = None
    governor: str = ""
    alone: bool = True
    weak: bool = False
    container: Candidate | None = None
    guessed: Candidate | None = None
    beside: Candidate | None = None
    role: str = PLACE
    stem_at: int = -1
    told: Reckoned | None = None
    holds: bool = False
    country_hint: str | None = None
    unit_hint: str | None = None
    chosen: PlaceRecord | None = None
    country: str | None = None
    reason: str = ""

    @property
    def stem_start(self) -> int:
        """The offset of the bare name, past a direction."""
        return self.start if self.stem_at < 0 else self.stem_at

    @property
    def strong(self) -> bool:
        """Whether a preposition governs it that hardly governs anything but places."""
        return self.governor in place_words().strong


class Hints:
    """NER spans as hints, by offset."""

    def __init__(self, spans: Sequence[tuple[int, int, str]]) -> None:
        self._spans = sorted(spans)

    def label(self, start: int, end: int) -> str | None:
        """The label of the hint that covers most of ``[start, end)``, or null."""
        best, most = None, 0
        for begin, finish, label in self._spans:
            if begin >= end:
                break
            shared = min(end, finish) - max(start, begin)
            if shared > most:
                best, most = label, shared
        return best if most * 2 >= end - start else None
