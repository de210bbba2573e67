"""Reads the places of a report: find names, see what contains what, choose by context, say why."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.names import plain
from sayso.knowledge.placewords import place_words
from sayso.model import Dateline, Place
from sayso.reading.places.areas import Border, borders
from sayso.reading.places.asides import asides
from sayso.reading.places.candidates import PART, PLACE, Candidate, Hints
from sayso.reading.places.containment import contain, units
from sayso.reading.places.context import Context
from sayso.reading.places.eligible import HOME
from sayso.reading.places.finder import Finder, with_apostrophes
from sayso.reading.places.reckoned import reckoned
from sayso.reading.places.resolve import resolve
from sayso.reading.places.speakers import mark_speakers
from sayso.reading.places.tokens import Token, tokens
from sayso.reading.places.values import value

WEAK_POPULATION = 1_000


class Resolved(msgspec.Struct):
    """A text's names of places, each with the record that it means; and its asides, not resolved yet."""

    words: list[Token]
    named: list[Candidate]
    asides: list[Candidate]
    borders: list[Border]
    context: Context


def read_places(
    text: str,
    spans: Sequence[tuple[int, int, str]] = (),
    *,
    start: int = 0,
    dateline: Dateline | None = None,
    gazetteer: Gazetteer | None = None,
) -> tuple[Place, ...]:
    """The places named in ``text`` from offset ``start`` on, in order, with ids p1, p2, …

    ``spans`` are hints of a tagger: start, end (offsets of ``text``) and label (GPE, LOC, FAC, ORG, PERSON, NORP).
    Raises ``SaysoError`` S350 to S352 where there is no gazetteer to be had.
    """
    known = gazetteer or Gazetteer.open()
    found = resolved(text, spans, start=start, dateline=dateline, gazetteer=known)
    told = {id(c.container) for c in found.named if c.container is not None}
    places = [(c.start, value(text, c, known, reference=id(c) in told)) for c in found.named if c.role == PLACE]
    places += [(found.words[b.first].start, b.place(text, found.words, known)) for b in found.borders]
    ordered = [p for _, p in sorted(places, key=lambda pair: pair[0])]
    return tuple(_numbered(p, i) for i, p in enumerate(ordered, 1))


def resolved(
    text: str, spans: Sequence[tuple[int, int, str]], *, start: int, dateline: Dateline | None, gazetteer: Gazetteer
) -> Resolved:
    """The names in ``text``, resolved together; arguments as for ``read_places``."""
    words = with_apostrophes(tokens(text, start), gazetteer)
    found_borders = borders(text, words)
    taken = {k for b in found_borders for k in range(b.first, b.last)}
    finder = Finder(text, words, gazetteer, Hints(spans))
    candidates = [c for c in finder.found() if taken.isdisjoint(range(c.first, c.last))]
    for c in candidates:
        c.told = reckoned(text, c.start)
    contain(text, words, candidates)
    candidates = units(text, candidates, gazetteer)
    mark_speakers(words, candidates)
    beside = asides(text, words, finder, gazetteer)
    context = Context.of(words, candidates, _telling(words, beside), dateline, gazetteer)
    resolve(candidates, context)
    named = [c for c in candidates if (_fits(c, context) if c.weak else c.chosen or _worth_keeping(c))]
    return Resolved(words, named, beside, found_borders, context)


def _telling(words: list[Token], beside: list[Candidate]) -> list[Candidate]:
    """Names within names that tell where a report is at home: "Rapides Parish", "Hopkinton Police Department"."""
    rules = place_words()
    return [
        c
        for c in beside
        if c.type is not None or (c.role == PART and c.last < len(words) and words[c.last].lower in rules.institutions)
    ]


def _numbered(place: Place, number: int) -> Place:
    return msgspec.structs.replace(place, id=f"p{number}")


def _fits(c: Candidate, context: Context) -> bool:
    """Whether a name that nothing but the gazetteer speaks for lies in a unit that the report speaks of."""
    r = c.chosen
    if c.beside is not None:
        return r is not None
    return (
        r is not None
        and r.tier == 0
        and r.population >= WEAK_POPULATION
        and plain(r.name) == plain(c.stem)
        and ((r.country or "", r.admin1 or "") in context.units or context.nearness.support(plain(c.stem), r) >= HOME)
    )


def _worth_keeping(c: Candidate) -> bool:
    return c.type is not None or c.label in ("GPE", "LOC", "FAC")
