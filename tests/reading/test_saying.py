"""Which attribution's content holds a word."""

from __future__ import annotations

from sayso.reading.content import Range
from sayso.reading.saying import ATTITUDE, Coverage, Reading


def reading(*content: Range, kind: str = "say", cue: Range = (0, 1), source: Range | None = (5, 6)) -> Reading:
    return Reading(cue=cue, source=source, content=list(content), kind=kind, stance="asserts")


def test_a_word_belongs_to_the_innermost_content() -> None:
    outer, inner = reading((10, 20)), reading((14, 16), cue=(12, 13))
    coverage = Coverage([inner, outer])
    assert [coverage.at(i) for i in (9, 10, 14, 15, 16, 19, 20)] == [None, outer, inner, inner, outer, outer, None]


def test_content_in_two_parts_covers_both_and_not_between() -> None:
    one = reading((2, 4), (8, 9))
    coverage = Coverage([one])
    assert [i for i in range(12) if coverage.at(i) is one] == [2, 3, 8]
    assert [i for i in range(12) if one.covers(i)] == [2, 3, 8]


def test_an_attitude_covers_nothing() -> None:
    said, hoped = reading((10, 20)), reading((14, 16), kind=ATTITUDE)
    coverage = Coverage([said, hoped])
    assert coverage.at(15) is said
    assert Coverage([hoped]).at(15) is None


def test_speakers_of_one_cue_and_one_content_speak_together() -> None:
    army, police = reading((10, 20), source=(0, 1)), reading((10, 20), source=(2, 3))
    elsewhere, other = reading((10, 20), cue=(7, 8)), reading((11, 20))
    unnamed, hoping = reading((10, 20), source=None), reading((10, 20), kind=ATTITUDE)
    coverage = Coverage([army, police, elsewhere, other, unnamed, hoping])
    assert coverage.speakers(army) == [army, police]
    assert coverage.speakers(elsewhere) == [elsewhere]
    assert coverage.speakers(unnamed) == [unnamed]


def test_an_attribution_that_is_covered_by_none_speaks_for_itself() -> None:
    hoped = reading((10, 20), kind=ATTITUDE)
    assert Coverage([hoped]).speakers(hoped) == [hoped]
