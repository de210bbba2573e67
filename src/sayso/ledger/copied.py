"""Which paragraphs of one report stand in another: by MinHash first, then by the words themselves.

Nothing here asks the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from sayso.ledger import paragraphs
from sayso.ledger.paragraphs import FEWEST_WORDS, Paragraph

COPIED = 0.6
"""The part of a paragraph's three-word runs that must stand in the other one for it to be a copy."""
COPIED_SHORT = 0.9
"""The same for a paragraph under ``FEWEST_WORDS``, and only beside a longer one of the same two reports."""
_MARGIN = 0.2  # how far a MinHash estimate may fall short of the share that the words then show
_AT_ONCE = 500  # how many paragraphs of others are compared at once, which bounds the memory

Near = Mapping[int, Sequence[int]]
"""Paragraphs of the later report, each with those of the earlier one that it may be a copy of, by their places."""


class Kept(msgspec.Struct, frozen=True):
    """A report as near-copies are sought: who and when, and its paragraphs."""

    id: str
    published: str
    day: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def age(self) -> tuple[str, str]:
        """What the earlier report has less of."""
        return (self.published, self.id)


class Match(msgspec.Struct, frozen=True):
    """A paragraph (its place among its report's) that stands in one of an earlier report."""

    mine: int
    theirs: Paragraph
    share: float


def likely_in(mine: Kept, earlier: Sequence[Kept]) -> list[Near]:
    """Which paragraphs of this report may be copies of which of each earlier one, by MinHash alone."""
    return [near for part in _parts(earlier) for near in _near(mine, part, lent=False)]


def likely_of(mine: Kept, later: Sequence[Kept]) -> list[Near]:
    """Which paragraphs of each later report may be copies of which of this one, by MinHash alone."""
    return [near for part in _parts(later) for near in _near(mine, part, lent=True)]


def matches(later: Kept, text: str, earlier: Kept, its_text: str, near: Near, wanted: Collection[int]) -> list[Match]:
    """Of the ``wanted`` paragraphs of the one those that are copied, by their words, each with that of the other in
    which most of it stands; none where only short ones are, of all that are near.
    """
    found = [match for at in near if at in wanted if (match := _match(later, text, earlier, its_text, near, at))]
    rest = (at for at in near if at not in wanted and _is_long(later.paragraphs[at]))
    if found and not any(_is_long(later.paragraphs[match.mine]) for match in found):
        beside = any(_match(later, text, earlier, its_text, near, at) for at in rest)
        return found if beside else []
    return found


def _match(later: Kept, text: str, earlier: Kept, its_text: str, near: Near, at: int) -> Match | None:
    mine = later.paragraphs[at]
    words = text[mine.start : mine.end]
    shares = []
    for there in near[at]:
        theirs = earlier.paragraphs[there]
        shares.append((paragraphs.share(words, its_text[theirs.start : theirs.end]), -theirs.start, theirs))
    best, _, theirs = max(shares, key=lambda found: found[:2])
    return Match(at, theirs, best) if best >= _needed(mine) else None


def _near(mine: Kept, others: Sequence[Kept], *, lent: bool) -> list[Near]:
    """All at once; ``lent`` where the others are the later ones."""
    places = [(number, at) for number, other in enumerate(others) for at in range(len(other.paragraphs))]
    theirs = [others[number].paragraphs[at] for number, at in places]
    near: list[dict[int, list[int]]] = [{} for _ in others]
    for one, other in _likely(theirs, mine.paragraphs) if lent else _likely(mine.paragraphs, theirs):
        number, its = places[one if lent else other]
        later, earlier = (its, other) if lent else (one, its)
        near[number].setdefault(later, []).append(earlier)
    return [*near]


def _likely(later: Sequence[Paragraph], earlier: Sequence[Paragraph]) -> list[list[int]]:
    """The places of each two of which the one may be a copy of the other."""
    import numpy

    needed = numpy.array([_needed(one) - _MARGIN for one in later])
    found: list[list[int]] = numpy.argwhere(paragraphs.likely_shares(later, earlier) >= needed[:, None]).tolist()
    return found


def _parts(reports: Sequence[Kept]) -> Iterator[list[Kept]]:
    """The reports in runs of at least one, and of some hundred paragraphs at most."""
    part: list[Kept] = []
    size = 0
    for report in reports:
        if part and size + len(report.paragraphs) > _AT_ONCE:
            yield part
            part, size = [], 0
        part.append(report)
        size += len(report.paragraphs)
    if part:
        yield part


def _is_long(paragraph: Paragraph) -> bool:
    return paragraph.words >= FEWEST_WORDS


def _needed(paragraph: Paragraph) -> float:
    return COPIED if _is_long(paragraph) else COPIED_SHORT
