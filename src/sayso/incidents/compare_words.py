"""What the words of two tellings share: rare names, ages, clock times, the words of the sentences and of the reports.

No name stands in a reason: names come from the text, and private persons' are among them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from sayso.incidents.features import Features
from sayso.incidents.reason import Reason, found
from sayso.ledger.rare_names import is_street, name_rarity
from sayso.ledger.words import rarity

RARITY_STEPS = (0.01, 5.5, 8.0, 11.0, 15.0, 21.0, 30.0)
"""Shared names are graded by the sum of their words' rarity; a surname in one report of a thousand has 7."""
SENTENCE_STEPS = (0.05, 0.12, 0.2, 0.3, 0.45, 0.65)
REPORT_STEPS = (0.04, 0.08, 0.14, 0.22, 0.32, 0.45, 0.65)
"""Likeness of words (cosine of their weights, 0 to 1) is graded at these."""
RARE = 4.0
RARE_STEPS = (0.01, 6.0, 11.0, 17.0, 24.0, 34.0, 50.0)
"""Shared words that one report in fifty has, or fewer, are graded by the sum of their rarity."""
_ALIKE = frozenset(
    {f"names.{n}" for n in range(4, 8)} | {f"rare.{n}" for n in range(4, 8)} | {f"reports.{n}" for n in range(4, 8)}
)
CLOCK_MINUTES = 30
_SHARE = ("nothing", "a little", "a little", "some", "much", "very much", "nearly all", "nearly all")


def compare_words(one: Features, two: Features, *, main: bool) -> list[Reason]:
    """The reasons that names, ages, clock times and words give; none for what a report has none of.

    Whole reports are compared only where both are ``main``ly about the event.
    """
    if not (one.event_words or one.report_words) or not (two.event_words or two.report_words):
        return [found("words.none", "one report has no words to compare")]
    reasons = [
        _names(one, two),
        _streets(one, two),
        _places(one, two),
        _days(one, two),
        _ages(one, two),
        _clocks(one, two),
    ]
    reasons += [_sentences(one, two), *((_reports(one, two), _rare(one, two)) if main else ())]
    return [reason for reason in reasons if reason is not None]


def _names(one: Features, two: Features) -> Reason | None:
    if not one.names or not two.names:
        return None
    shared = {word for name in one.names for word in name.split()} & {
        word for name in two.names for word in name.split()
    }
    grade = bisect_right(RARITY_STEPS, sum(map(name_rarity, sorted(shared))))
    if grade == 0:
        return found("names.0", "they share no rare name")
    count = len(shared)
    words = "one rare word of a name" if count == 1 else f"{count} rare words of names"
    return found(f"names.{grade}", f"they share {words}")


def _streets(one: Features, two: Features) -> Reason | None:
    first, second = set(filter(is_street, one.names)), set(filter(is_street, two.names))
    if not first or not second:
        return None
    if not first.isdisjoint(second):
        return found("street.same", "they name a street in common")
    # "9500 block of Loomis" and "Loomis Street" are one.
    if {word for name in first for word in name.split()}.isdisjoint(word for name in second for word in name.split()):
        return found("street.different", "they name different streets")
    return None


def _places(one: Features, two: Features) -> Reason | None:
    if not one.places or not two.places:
        return None
    shared = len(one.places & two.places)
    if shared == 0:
        return found("towns.0", "they name no town in common")
    return found(f"towns.{min(shared, 3)}", f"they name {'one place' if shared == 1 else f'{shared} places'} in common")


def _days(one: Features, two: Features) -> Reason | None:
    if not one.days or not two.days:
        return None
    if one.days & two.days:
        return found("days.shared", "they name a day in common")
    return found("days.none", "they name no day in common")


def _ages(one: Features, two: Features) -> Reason | None:
    if not one.ages or not two.ages:
        return None
    shared, fewer = len(one.ages & two.ages), min(len(one.ages), len(two.ages))
    if shared == 0:
        return found("ages.0", "they give no age in common")
    # A round-up gives so many ages that one is shared by chance.
    grade = 1 if 2 * shared < fewer else 3 if 1 < shared == fewer else 2
    return found(f"ages.{grade}", f"they give {'one age' if shared == 1 else f'{shared} ages'} in common")


def _clocks(one: Features, two: Features) -> Reason | None:
    if not one.clocks or not two.clocks:
        return None
    if one.clocks & two.clocks:
        return found("clock.same", "they give the same clock time")
    if any(_minutes(first, second) <= CLOCK_MINUTES for first in one.clocks for second in two.clocks):
        return found("clock.near", f"they give clock times at most {CLOCK_MINUTES} minutes apart")
    return found("clock.different", "they give different clock times")


def _minutes(one: int, two: int) -> int:
    away = abs(one - two)
    return min(away, 1440 - away)


def _sentences(one: Features, two: Features) -> Reason | None:
    if not one.event_words or not two.event_words:
        return None
    grade = bisect_right(SENTENCE_STEPS, likeness(one.event_words, two.event_words))
    return found(f"sentences.{grade}", f"the sentences on it share {_SHARE[grade]}")


def _reports(one: Features, two: Features) -> Reason | None:
    if not one.report_words or not two.report_words:
        return None
    grade = bisect_right(REPORT_STEPS, likeness(one.report_words, two.report_words))
    return found(f"reports.{grade}", f"the reports, mostly about it, share {_SHARE[grade]}")


def _rare(one: Features, two: Features) -> Reason | None:
    """Words may be alike since both reports are short and plain: how rare the shared ones are tells more."""
    if not one.report_words or not two.report_words:
        return None
    shared = sorted(
        rare for word in one.report_words.keys() & two.report_words.keys() if (rare := rarity(word)) >= RARE
    )
    grade = bisect_right(RARE_STEPS, sum(shared))
    words = "no rare word" if not shared else "one rare word" if len(shared) == 1 else f"{len(shared)} rare words"
    return found(f"rare.{grade}", f"they share {words}")


def alike(reasons: list[Reason]) -> bool:
    """Whether two reports share so much that one outlet's pages may explain it: what stands beside each report."""
    return any(reason.finding in _ALIKE for reason in reasons)


def likeness(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    """The cosine of two lists of weighted words, each of length 1."""
    shared = one.keys() & two.keys()
    # In one order, so that the sum does not depend on how a set is laid out.
    return sum(one[word] * two[word] for word in sorted(shared))
