"""Which places of a sentence belong to which of its triggers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sayso.model import Place
from sayso.reading.lexicon import phrases, values, words
from sayso.reading.placing.features import path
from sayso.reading.placing.model import Memo, binder
from sayso.reading.placing.names import Name, names_of
from sayso.reading.syntax import NOUN_TAGS, Syntax
from sayso.reading.triggers import Trigger

LEAST = 0.25
"""From this likelihood on a place is an act's. Lower than where F1 on the labelled sentences is best: there four acts
in ten have no place, in reports of war one in six."""
SURE = 0.75
"""From this likelihood on a place is an act's that is not the nearest to it in the sentence."""
HALTS = frozenset({"ceasefire", "withdrawal"})
"""What ends or is broken by an act beside it is not where that act was."""
OF = 0.8
"""Likelihood of a place that a noun of an act has behind "of"."""
NEAR = 4
"""Heads above a name that may tell who stood there."""
BACK = 40
"""How many places before them the words that take one up may reach back."""
WINDOW = 16
"""How many names before an act, and how many after it, are looked at."""
FAR = 99
COUNTRY = "country"
LIST = frozenset({"and", ",", "&"})


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A place that words without a name take up ("the town"), with the tokens ``[lo, hi)`` of these words."""

    place: Place
    lo: int
    hi: int


@dataclass(slots=True)
class Whereabouts:
    """Where one trigger's act happened, by the words of its sentence."""

    places: list[Place] = field(default_factory=list)
    taken_up: TakenUp | None = None
    likelihood: float | None = None
    """That of the likeliest of the places."""


class PlaceChooser:
    """Gives the places of each sentence of a report to the triggers for which the binder finds them likely."""

    def __init__(self, s: Syntax, places: Iterable[Place]) -> None:
        self.s = s
        self.memo: Memo = {}
        named = names_of(s, places)
        self.names = self._by_sentence(named)
        self.generic = self._by_sentence(_taking_up(s, named))

    def choose(
        self, triggers: Sequence[Trigger], apart: Sequence[Trigger] = (), elsewhere: Sequence[tuple[int, int]] = ()
    ) -> dict[int, Whereabouts]:
        """The whereabouts of the triggers of one sentence, by head token; a place goes to the nearest likely one.

        ``apart`` are triggers that tell of no event here, whose places are nobody's; ``elsewhere`` are tokens
        ``[lo, hi)`` with the places of those who speak and those where something came from.
        """
        if not triggers:
            return {}
        number = self.s.sentence_of[triggers[0].head]
        names = self.names.get(number, [])
        free = [n for n in names if n.place is not None and not self._elsewhere(n, elsewhere)]
        likely = {t.head: self._likely(t.head, names) for t in (*triggers, *apart)}
        nearest = {n: act for n in free if (act := self._nearest(n, likely)) is not None}
        made = {}
        for t in triggers:
            own = [n for n in free if nearest.get(n) == t.head]
            if not own and t.type not in HALTS:
                own = [n for n, act in nearest.items() if self._shared(n, t.head, act, likely)]
            own += [n for n in free if n.lo in likely[t.head] and n not in own and self._listed(n, own)]
            taken = self._taken_up(t.head, names, self.generic[number]) if not own and number in self.generic else None
            most = max((likely[t.head].get(n.lo, 0.0) for n in own), default=None)
            made[t.head] = Whereabouts([n.place for n in own if n.place is not None], taken, most)
        return made

    def _nearest(self, name: Name, likely: dict[int, dict[int, float]]) -> int | None:
        """The nearest of the acts that are likely to have happened at a name."""
        fit = [act for act, of in likely.items() if of.get(name.lo, 0.0) >= LEAST]
        return min(fit, key=lambda act: (self._steps(name.head, act), abs(name.lo - act)), default=None)

    def _shared(self, name: Name, act: int, nearest: int, likely: dict[int, dict[int, float]]) -> bool:
        """Whether an act without a place of its own surely happened at that of a nearer one, not told apart from it."""
        lo, hi = sorted((act, nearest))
        parted = words("links", "parting") & set(self.s.low[lo:hi])
        return likely[act].get(name.lo, 0.0) >= SURE and not parted

    def _steps(self, i: int, j: int) -> int:
        way = path(self.s, i, j)
        return FAR if way is None else len(way[0]) + len(way[1])

    def _elsewhere(self, name: Name, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether a name tells where somebody speaks, where something came from, or where those who did it stood."""
        if any(lo <= name.head < hi for lo, hi in spans):
            return True
        s = self.s
        above = [a for _, a in zip(range(NEAR), s.ancestors(name.head), strict=False)]
        of_a_body = any(tuple(s.low[a - 1 : a + 1]) in phrases("placing", "bodies") for a in above)
        left = any(s.low[a] == "from" and s.low[s.head[a]] in words("placing", "fleeing") for a in above)
        return of_a_body or left or any(s.low[a] in words("placing", "stationed") for a in above)

    def _listed(self, name: Name, own: list[Name]) -> bool:
        """Whether a name is one of a list with a name chosen: "al-Qusour and al-Joura neighborhoods"."""
        return any(set(self.s.low[o.hi : name.lo]) <= LIST and o.hi < name.lo for o in own)

    def _taken_up(self, act: int, names: list[Name], generic: list[Name]) -> TakenUp | None:
        likely = self._likely(act, sorted([*names, *generic], key=lambda n: n.lo))
        best = max(generic, key=lambda n: likely.get(n.lo, 0.0))
        if best.place is None or likely.get(best.lo, 0.0) < LEAST:
            return None
        return TakenUp(best.place, best.lo, best.hi)

    def _likely(self, act: int, names: list[Name]) -> dict[int, float]:
        """The likelihood of each name beside an act, by its first token."""
        beside = _around(names, act)
        if all(n.place is None for n in beside):
            return {}
        likely = zip(beside, binder().likelihoods(self.s, act, beside, placed=True, memo=self.memo), strict=True)
        return {n.lo: max(p, OF if self._suffers(n, act) else 0.0) for n, p in likely}

    def _suffers(self, name: Name, act: int) -> bool:
        """ "The invasion of Iraq": the verbs that the binder learnt from have no such tie."""
        prep = self.s.head[name.head]
        of = self.s.dep[name.head] == "pobj" and self.s.low[prep] == "of" and self.s.head[prep] == act
        return of and self.s.tag[act] in NOUN_TAGS and name.place is not None

    def _by_sentence(self, names: Iterable[Name]) -> dict[int, list[Name]]:
        found: dict[int, list[Name]] = {}
        for name in names:
            found.setdefault(self.s.sentence_of[name.head], []).append(name)
        return found


def _around(names: list[Name], act: int) -> list[Name]:
    """The names nearest to an act without that which holds it: a sentence without end costs no more than a long one."""
    middle = bisect_left([n.lo for n in names], act)
    return [n for n in names[max(0, middle - WINDOW) : middle + WINDOW] if not n.lo <= act < n.hi]


def listed(s: Syntax, place: Place, places: Iterable[Place]) -> tuple[int, int] | None:
    """The tokens ``[lo, hi)`` of a place and of those beside it in one list: "al-Qusour and al-Joura neighborhoods"."""
    here = _tokens(s, place)
    if here is None:
        return None
    ranges = sorted(r for p in places if (r := _tokens(s, p)) is not None)
    lo, hi = here
    for first, last in ranges:
        if hi < first and set(s.low[hi:first]) <= LIST:
            hi = last
    for first, last in reversed(ranges):
        if last < lo and set(s.low[last:lo]) <= LIST:
            lo = first
    return lo, hi


def _tokens(s: Syntax, place: Place) -> tuple[int, int] | None:
    lo, last = s.token_at(place.span.start), s.token_at(place.span.end - 1)
    return None if lo is None or last is None else (lo, last + 1)


def _taking_up(s: Syntax, named: list[Name]) -> Iterator[Name]:
    """The words that take up a place by its kind, as names with that place: the last one of the kind named before."""
    kinds = values("placing", "generic")
    placed = [n for n in named if n.place is not None]
    starts, placed_ends = [n.lo for n in named], [n.hi for n in placed]
    for i, word in enumerate(s.low):
        if word not in kinds or s.tag[i] not in {"NN", "NNS"} or s.dep[i] == "compound":
            continue
        lo, hi = s.noun_phrase(i)
        within = bisect_left(starts, hi)
        if s.low[lo] not in words("placing", "pointing") or (within and named[within - 1].hi > lo):
            continue
        before = bisect_right(placed_ends, lo)
        earlier = reversed(placed[max(0, before - BACK) : before])
        own = _told_of(placed[:before]) if word == COUNTRY else None
        last = next(
            (n for n in earlier if _suits(n.place, kinds[word]) and own in {None, n.place and n.place.country}), None
        )
        if last is not None:
            yield Name(lo, hi, i, s.start[lo], s.end[hi - 1], last.place)


def _told_of(named: list[Name]) -> str | None:
    """The country of most towns and quarters named so far, which "the country" takes up; none where none is named."""
    inside = [n.place.country for n in named if n.place is not None and n.place.country and n.place.kind != COUNTRY]
    return Counter(inside).most_common(1)[0][0] if inside else None


def _suits(place: Place | None, kinds: list[str]) -> bool:
    return place is not None and ("any" in kinds or place.kind in kinds)
