"""Matching the incidents of a span with foreign events, one to one, and saying of each what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from sayso.comparing.assign import one_to_one
from sayso.comparing.candidates import Index, too_vague
from sayso.comparing.differences import differences
from sayso.comparing.foreign import DATASETS, ForeignEvent
from sayso.comparing.ours import Ours
from sayso.comparing.result import OUTCOMES, Entry
from sayso.comparing.score import away_km, busy, far, gap_days, in_words, one_name, parts, total, weights
from sayso.comparing.telling import Telling, of_foreign, of_ours

SAME_KM = 5.0
"""Within which two events of one side are at one place."""
MOST_ALSO = 20
"""Further events that one match names."""


class _Near(msgspec.Struct, gc=False):
    """The best pair of an event that is not matched: its other side and points."""

    other: int
    score: float


class Matcher:
    """One matching. ``pairs`` are those that reach the threshold, by number of ours and theirs."""

    def __init__(self, ours: Sequence[Ours], theirs: Sequence[ForeignEvent]) -> None:
        self.ours, self.theirs = ours, theirs
        self._ones = [of_ours(event) for event in ours]
        self._twos = [of_foreign(event) for event in theirs]
        self.pairs: dict[tuple[int, int], float] = {}
        self._best_of_ours: dict[int, _Near] = {}
        self._best_of_theirs: dict[int, _Near] = {}
        self._around: Counter[int] = Counter()
        self._score()
        self._of_ours: dict[int, list[int]] = defaultdict(list)
        self._of_theirs: dict[int, list[int]] = defaultdict(list)
        for one, two in self.pairs:
            self._of_ours[one].append(two)
            self._of_theirs[two].append(one)
        assigned = one_to_one(self.pairs)
        back = {two: one for one, two in assigned.items()}
        self._unclear_ours: dict[int, list[int]] = {}
        self._unclear_theirs: dict[int, list[int]] = {}
        self.chosen = {one: two for one, two in assigned.items() if not self._doubtful(one, two, assigned, back)}
        self._back = {two: one for one, two in self.chosen.items()}

    def entries(self) -> list[Entry]:
        """One entry for each match and for each event that is in none, by outcome and day."""
        found = [self._matched(one, two) for one, two in self.chosen.items()]
        found += [self._alone_ours(one) for one in range(len(self.ours)) if one not in self.chosen]
        found += [self._alone_theirs(two) for two in range(len(self.theirs)) if two not in self._back]
        order = {outcome: number for number, outcome in enumerate(OUTCOMES)}
        return sorted(found, key=lambda entry: (order[entry.outcome], entry.day, _key(entry)))

    def _score(self) -> None:
        index = Index(self._ones)
        least = weights()["threshold"]
        for two, theirs in enumerate(self._twos):
            if too_vague(theirs):
                continue
            for one in index.near(theirs):
                if far(self._ones[one], theirs):
                    continue
                score = total(parts(self.ours[one], self.theirs[two], self._ones[one], theirs))
                if score is None:
                    continue
                self._around[one] += 1
                if score >= least:
                    self.pairs[one, two] = score
                _keep(self._best_of_ours, one, two, score)
                _keep(self._best_of_theirs, two, one, score)
        points = {one: sum(weights()[part.weight or ""] for part in busy(count)) for one, count in self._around.items()}
        lowered = {(one, two): score + points[one] for (one, two), score in self.pairs.items()}
        self.pairs = {pair: score for pair, score in lowered.items() if score >= least}

    def _doubtful(self, one: int, two: int, assigned: dict[int, int], back: dict[int, int]) -> bool:
        """Whether others fit about as well, and nothing else explains them: then neither is chosen.

        Rows of theirs for other days of a longer event are no rivals, nor are incidents of ours at one place and time.
        """
        least, margin = self.pairs[one, two] - weights()["margin"], weights()["margin"]
        theirs = [
            other
            for other in self._of_ours[one]
            if other != two
            and self.pairs[one, other] > least
            and not (other in back and self.pairs[back[other], other] >= self.pairs[one, other] + margin)
            and not _parts_of_one(self._ones[one], self._twos[two], self._twos[other])
        ]
        ours = [
            other
            for other in self._of_theirs[two]
            if other != one
            and self.pairs[other, two] > least
            and not (other in assigned and self.pairs[other, assigned[other]] >= self.pairs[other, two] + margin)
            and not _together(self._ones[one], self._ones[other])
        ]
        if theirs:
            self._unclear_ours[one] = sorted([two, *theirs])
        if ours:
            self._unclear_theirs[two] = sorted([one, *ours])
        return bool(theirs or ours)

    def _matched(self, one: int, two: int) -> Entry:
        ours, theirs = self.ours[one], self.theirs[two]
        found = [*parts(ours, theirs, self._ones[one], self._twos[two]), *busy(self._around[one])]
        more = [self.theirs[other].id for other in sorted(self._of_ours[one]) if other not in self._back]
        more += [self.ours[other].id for other in sorted(self._of_theirs[two]) if other not in self.chosen]
        return Entry(
            outcome="both",
            ours=ours,
            theirs=theirs,
            score=self.pairs[one, two],
            why=tuple(in_words(part, ours, theirs) for part in found),
            differs=differences(ours, theirs, self._ones[one], self._twos[two]),
            also=tuple(more[:MOST_ALSO]),
        )

    def _alone_ours(self, one: int) -> Entry:
        ours = self.ours[one]
        if too_vague(self._ones[one]):
            return Entry(outcome="vague", ours=ours, note=_VAGUE)
        if one in self._unclear_ours:
            return Entry(outcome="unclear", ours=ours, note=self._equal_theirs(self._unclear_ours[one]))
        taken = [two for two in self._of_ours[one] if two in self._back]
        if taken:
            two = max(taken, key=lambda other: (self.pairs[one, other], -other))
            return Entry(outcome="also", ours=ours, near=self.theirs[two].id, note=self._taken(two))
        if self._of_ours[one]:
            return Entry(outcome="unclear", ours=ours, note=self._equal_theirs(self._of_ours[one]))
        near = self._best_of_ours.get(one)
        if near is None:
            return Entry(outcome="ours", ours=ours)
        note = self._why_not(one, near.other)
        return Entry(outcome="ours", ours=ours, near=self.theirs[near.other].id, note=note)

    def _alone_theirs(self, two: int) -> Entry:
        theirs = self.theirs[two]
        if too_vague(self._twos[two]):
            return Entry(outcome="vague", theirs=theirs, note=_VAGUE)
        if two in self._unclear_theirs:
            ids = [self.ours[n].id for n in self._unclear_theirs[two]]
            return Entry(outcome="unclear", theirs=theirs, note=_equal(ids))
        taken = [one for one in self._of_theirs[two] if one in self.chosen]
        if taken:
            one = max(taken, key=lambda other: (self.pairs[other, two], -other))
            other = self.theirs[self.chosen[one]].id
            words = f"it fits incident {self.ours[one].id}, which is matched with {other}"
            return Entry(outcome="also", theirs=theirs, near=self.ours[one].id, note=words)
        if self._of_theirs[two]:
            return Entry(outcome="unclear", theirs=theirs, note=_equal([self.ours[n].id for n in self._of_theirs[two]]))
        near = self._best_of_theirs.get(two)
        if near is None:
            return Entry(outcome="theirs", theirs=theirs)
        note = self._why_not(near.other, two)
        return Entry(outcome="theirs", theirs=theirs, near=self.ours[near.other].id, note=note)

    def _equal_theirs(self, numbers: list[int]) -> str:
        return _equal([self.theirs[number].id for number in numbers])

    def _taken(self, two: int) -> str:
        return (
            f"it fits {DATASETS[self.theirs[two].dataset]} {self.theirs[two].id}, "
            f"which is matched with incident {self.ours[self._back[two]].id}"
        )

    def _why_not(self, one: int, two: int) -> str:
        """What speaks against the closest event of the other side, in words."""
        ours, theirs = self.ours[one], self.theirs[two]
        found = [*parts(ours, theirs, self._ones[one], self._twos[two]), *busy(self._around[one])]
        known = weights()
        weak = sorted(found, key=lambda part: known[part.weight or "apart"])[:2]
        return "too little in common: " + "; ".join(in_words(part, ours, theirs) for part in weak)


_VAGUE = "its dates or its place are too vague for a match of one with one"
MOST_NAMED = 5


def _equal(ids: list[str]) -> str:
    named = ", ".join(ids[:MOST_NAMED])
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return f"more than one fits about equally well: {named}{more}"


def _keep(best: dict[int, _Near], key: int, other: int, score: float) -> None:
    known = best.get(key)
    if known is None:
        best[key] = _Near(other, score)
    elif (score, -other) > (known.score, -known.other):
        known.other, known.score = other, score


def _together(one: Telling, two: Telling) -> bool:
    """Whether two events of one side are at one place and time, so that either may stand for both."""
    return gap_days(one, two) <= 1 and _at_one_place(one, two)


def _at_one_place(one: Telling, two: Telling) -> bool:
    if max(one.precision, two.precision) > 3:
        return False
    away = away_km(one, two)
    return away is not None and (away <= SAME_KM or one_name(one.place_key, two.place_key, close=False))


def _parts_of_one(whole: Telling, one: Telling, two: Telling) -> bool:
    """Whether two rows are days of one longer event of ours: at one place, and neither on the other's days."""
    return whole.days > 1 and gap_days(one, two) > 0 and _at_one_place(one, two)


def _key(entry: Entry) -> str:
    return entry.ours.id if entry.ours else entry.theirs.id if entry.theirs else ""
