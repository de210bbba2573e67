"""Toponyms as geoparsing corpora count them: every name of a place, whatever it does in the sentence."""

from __future__ import annotations

from collections.abc import Mapping

from sayso.knowledge.countries import country_names
from sayso.knowledge.gazetteer import Gazetteer, PlaceRecord
from sayso.knowledge.names import plain
from sayso.knowledge.placewords import place_words
from sayso.model import Dateline, Place, Span
from sayso.reading.places.candidates import ADJECTIVE, FAMOUS, Candidate
from sayso.reading.places.context import LARGE
from sayso.reading.places.reader import Resolved, resolved
from sayso.reading.places.resolve import resolve
from sayso.reading.places.tokens import Token


def read_toponyms(
    text: str, *, start: int = 0, dateline: Dateline | None = None, gazetteer: Gazetteer | None = None
) -> tuple[Place, ...]:
    """The toponyms of ``text``, none overlapping, with ids t1, t2, …; ``kind`` is ``demonym`` for an adjective.

    More than ``read_places`` gives: adjectives ("Syrian"), capitals that speak, and names within names ("Hopkinton" in
    "Hopkinton Police Department"); and bare names, without direction or type word ("Kansas" of "southwest Kansas").
    Raises ``SaysoError`` S350 to S352 where there is no gazetteer to be had.
    """
    found = resolved(text, (), start=start, dateline=dateline, gazetteer=gazetteer or Gazetteer.open())
    resolve([c for c in found.asides if c.chosen is None], found.context, found.named)
    toponyms = [_toponym(text, c, i) for i, c in enumerate(_chosen(text, found), 1)]
    return tuple(toponyms)


def _chosen(text: str, found: Resolved) -> list[Candidate]:
    """Resolved names of places first, then the asides that hold, none overlapping, in order."""
    kept = [c for c in found.named if c.chosen is not None or _whole(c)]
    echoed = {plain(c.stem): c.chosen for c in kept if c.chosen is not None}
    taken = {k for c in kept for k in range(*_bare(text, c))}
    for c in found.asides:
        c.chosen = c.chosen or echoed.get(plain(c.stem))
        if (
            (c.chosen is not None or _whole(c))
            and taken.isdisjoint(range(c.start, c.end))
            and _holds(c, found.words, echoed)
        ):
            kept.append(c)
            taken.update(range(c.start, c.end))
    return sorted(kept, key=lambda c: c.start)


def _whole(c: Candidate) -> bool:
    """Whether a place that the gazetteer has not is a name to itself: "Mason County"."""
    return c.type is not None and c.type.kind in ("admin2", "water")


def _holds(c: Candidate, words: list[Token], echoed: Mapping[str, PlaceRecord]) -> bool:
    """Whether a name within another name stands for the place."""
    record, name = c.chosen, plain(c.stem)
    if c.role == ADJECTIVE or c.type is not None or (record is not None and not c.records):
        return True
    if record is None:
        return False
    after = words[c.last] if c.last < len(words) and not words[c.last].mark else None
    institution = after is not None and after.lower in (
        place_words().institutions if after.capital else place_words().belonging
    )
    if name in place_words().given and not institution and after is not None and after.capital:
        return False
    if name in country_names() or name in echoed:
        return True
    return plain(record.name) == name and (
        institution
        or (record.kind == "admin1" and record.population > LARGE)
        or (record.population >= FAMOUS and c.alone)
    )


def _bare(text: str, c: Candidate) -> tuple[int, int]:
    """Start and end of the name without its direction and, where that is no part of it, without its type word."""
    start = c.stem_start
    if not text.startswith(c.stem, start):
        return c.start, c.end
    whole = (
        c.type_text is not None and c.type is not None and c.type.kind not in ("city", "town", "village", "district")
    )
    settled = c.chosen is not None and c.chosen.kind in ("city", "town", "village", "country")
    end = start + len(c.stem)
    if c.stem.endswith(" City") and c.chosen is not None and plain(c.chosen.name) == plain(c.stem[:-5]):
        return start, end - 5
    capital = text[end : c.end].strip()[:1].isupper()
    return start, (c.end if whole and capital and not settled else end)


def _toponym(text: str, c: Candidate, number: int) -> Place:
    record = c.chosen
    start, end = _bare(text, c)
    kind = "demonym" if c.role == ADJECTIVE else (record.kind if record else None)
    return Place(
        id=f"t{number}",
        span=Span(start, end, text[start:end]),
        name=text[start:end],
        gazetteer_id=record.gazetteer_id if record else None,
        kind=kind,
        lat=record.lat if record else None,
        lon=record.lon if record else None,
        country=c.country,
        reason=c.reason,
    )
