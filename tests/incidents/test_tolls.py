from __future__ import annotations

from typing import Any

from sayso.incidents.statement import Statement, Voice
from sayso.incidents.tolls import groups, tolls
from sayso.vocabulary import load

ARMY = Voice(key="SYRMIL", name="Syrian army", kind="military", country="SYR")
MONITOR = Voice(key="SOHR", name="Syrian Observatory for Human Rights", kind="monitor")
OTHER = Voice(key="SNHR", name="Syrian Network for Human Rights", kind="monitor")
DIRECTOR = Voice(
    key="rahman", name="Rami Abdel Rahman", kind="person", affiliation="Syrian Observatory for Human Rights"
)
SURGEON = Voice(key="r1-surgeon", name="a surgeon", kind="medical")


def gave(
    voice: Voice | None, low: int | None, high: int | None, published: str = "2016-05-14", **facts: Any
) -> Statement:
    known: dict[str, Any] = {"slot": "killed", "stance": "asserts", "report_id": f"r-{published}", "value": "x"} | facts
    return Statement(voice=voice, published=published, normalised=[low, high], **known)


def test_each_kind_has_its_own_range_from_the_lowest_to_the_highest() -> None:
    found = tolls([gave(MONITOR, 12, 12), gave(OTHER, 20, 20), gave(ARMY, 0, 0), gave(SURGEON, 15, 15)])
    assert [(row.group, row.low, row.high, row.speakers) for row in found] == [
        ("forces", 0, 0, 1),
        ("monitor", 12, 20, 2),
        ("medical", 15, 15, 1),
    ]


def test_at_least_leaves_a_range_open_and_the_highest_number_is_still_named() -> None:
    (row,) = tolls([gave(MONITOR, 18, None), gave(OTHER, 20, 20)])
    assert (row.low, row.high, row.named) == (18, None, 20)


def test_at_most_is_open_below() -> None:
    (row,) = tolls([gave(MONITOR, None, 5)])
    assert (row.low, row.high, row.named) == (None, 5, 5)


def test_the_latest_number_is_by_publication_and_the_others_stay() -> None:
    (row,) = tolls([gave(MONITOR, 3, 3, "2016-05-16"), gave(MONITOR, 9, 9, "2016-05-14")])
    assert (row.latest.low, row.latest.when) == (3, "16 May 2016")
    assert [figure.low for figure in row.figures] == [9, 3]
    assert row.speakers == 1


def test_somebody_who_speaks_for_an_organisation_counts_with_it() -> None:
    (row,) = tolls([gave(MONITOR, 12, 12), gave(DIRECTOR, 14, 14)])
    assert (row.group, row.low, row.high) == ("monitor", 12, 14)
    assert tolls([gave(DIRECTOR, 14, 14)])[0].group == "spokespeople"


def test_denied_doubted_and_unnamed_numbers_are_no_figures() -> None:
    assert (
        tolls([gave(ARMY, 3, 3, stance="denies"), gave(ARMY, 3, 3, stance="uncertain"), gave(ARMY, None, None)]) == []
    )


def test_narration_is_a_kind_of_its_own_and_a_copy_speaks_for_its_original() -> None:
    own = gave(None, 4, 4, publisher="AFP", copy_root="r1")
    copy = gave(None, 4, 4, publisher="AFP", copy_root="r1", outlet="Local News")
    (row,) = tolls([own, copy])
    assert (row.group, row.speakers, len(row.figures)) == ("narration", 1, 1)


def test_every_kind_of_actor_has_a_group_and_only_one() -> None:
    kinds = [kind for _, found in groups().values() for kind in found]
    assert sorted(kinds) == sorted(load("actor_kinds"))
