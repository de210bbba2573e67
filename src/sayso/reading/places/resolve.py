"""Which place of many a name means here: outer places before inner ones, and every answer with its reason."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.knowledge.countries import demonyms
from sayso.knowledge.gazetteer import PlaceRecord
from sayso.knowledge.names import plain
from sayso.reading.places.candidates import Candidate
from sayso.reading.places.context import Context
from sayso.reading.places.eligible import eligible
from sayso.reading.places.scoring import CONTAINED, DEEPEST, outer_country, score

LEAST = 2.6
"""Least score of a place that is taken; below it the name is left unresolved."""
DOMINANT = 0.5
"""Share of a report's country words from which an unknown place is taken to lie in that country."""
ANYWHERE = frozenset(("university", "school", "hotel", "stadium", "street"))
"""Facilities that reports name without being where they are."""
MOST_FIXED = 40


def resolve(candidates: list[Candidate], context: Context, settled: Iterable[Candidate] = ()) -> None:
    """Chooses a record, or none, for every candidate, outer places before inner ones, and gives each its reason.

    A name that one of the ``settled`` candidates bears means the same place here.
    """
    resolver = _Resolver(context)
    for c in settled:
        resolver.recall(c)
    for c in sorted(candidates, key=_ease):
        resolver.settle(c, 0)


def _ease(c: Candidate) -> int:
    if any(r.kind == "country" for r in c.records[:4]):
        return 0
    if c.container is not None or c.country_hint or c.type is not None:
        return 1
    return 2 if len(c.records) == 1 else 3


class _Resolver:
    """One resolution of a report: remembers what was settled, by name and by point."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.done: set[int] = set()
        self.fixed: dict[str, PlaceRecord] = {}
        self.by_name: dict[str, PlaceRecord] = {}

    def recall(self, c: Candidate) -> None:
        """Takes note of a candidate that was settled before."""
        if c.chosen is not None:
            self.by_name.setdefault(plain(c.stem), c.chosen)
            self._fix(c.chosen)

    def settle(self, c: Candidate, depth: int) -> None:
        """Chooses for one candidate, after those that it lies in or beside."""
        if id(c) in self.done:
            return
        self.done.add(id(c))
        for around in (c.container, c.guessed, c.beside):
            if around is not None and depth < DEEPEST:
                self.settle(around, depth + 1)
        records = eligible(c, self.context)
        choices = sorted(
            ((score(r, c, self.context, self.fixed.values()), r) for r in records),
            key=lambda p: (-p[0], -p[1].population, p[1].gazetteer_id),
        )
        same = self.by_name.get(plain(c.stem))
        bare = c.type is None and c.container is None and c.country_hint is None
        if same is not None and bare and same in records:
            choices = [(CONTAINED, same)]
        if choices and choices[0][0] >= LEAST:
            self._choose(c, choices[0][1], len(choices))
            return
        known = bool(records)
        c.reason = (
            "the gazetteer's places of this name do not fit this report" if known else "no such place in the gazetteer"
        )
        _country_of_unknown(c, self.context)

    def _choose(self, c: Candidate, record: PlaceRecord, choices: int) -> None:
        c.chosen, c.country = record, record.country
        c.reason = _why(c, self.context, choices)
        self._fix(record)
        if c.container is not None or c.country_hint or c.type is not None:
            self.by_name.setdefault(plain(c.stem), record)

    def _fix(self, record: PlaceRecord) -> None:
        if record.kind not in ("country", "region", "water") and len(self.fixed) < MOST_FIXED:
            self.fixed[record.gazetteer_id] = record


def _country_of_unknown(c: Candidate, context: Context) -> None:
    """An unknown place gets the country that the text gives it, or the one that the report is about."""
    c.country = outer_country(c)
    if c.country is not None:
        c.reason += "; its country is the text's"
        return
    if c.guessed is not None and c.guessed.chosen is not None:
        c.country = c.guessed.chosen.country
        c.reason += f"; taken to lie in {c.guessed.stem}, the city that the text named last"
        return
    if (code := demonyms().get(plain(c.stem).split(" ")[0])) is not None:
        c.country = code
        c.reason += f"; the words say that it is {c.stem.split()[0]}"
        return
    best = max(context.shares, key=lambda k: context.shares[k], default=None)
    if c.type is not None and c.type.cls in ANYWHERE:
        c.reason += "; nothing says where it is"
        return
    if best is not None and context.shares[best] >= DOMINANT and c.type is not None:
        c.country = best
        c.reason += f"; the report is about {best}"


def _why(c: Candidate, context: Context, choices: int) -> str:
    r = c.chosen
    assert r is not None
    label = f"{r.name} ({r.gazetteer_id})"
    if c.container is not None and c.container.chosen is not None:
        lies = "how it lies from" if c.container.told is not None else "that it lies in"
        return f"{label}: the text says {lies} {c.container.stem}"
    if c.country_hint and r.country == c.country_hint:
        return f"{label}: the text names its country"
    if choices == 1:
        return f"{label}: the only place of this name in the gazetteer"
    if r.country in context.shares:
        return f"{label}: of {choices} places of this name, the one that fits the countries in the report"
    return f"{label}: the largest of {choices} places of this name"
