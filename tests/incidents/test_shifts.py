from __future__ import annotations

from typing import Any

import pytest

from sayso.incidents.shifts import Shift, shifts
from sayso.incidents.statement import Statement, Voice
from sayso.incidents.testimony import Testimony

MINISTRY = Voice(key="RUSMOD", name="Russian Defence Ministry", kind="government", country="RUS")
MONITOR = Voice(key="SOHR", name="Syrian Observatory for Human Rights", kind="monitor")
DIRECTOR = Voice(
    key="rahman", name="Rami Abdel Rahman", kind="person", affiliation="Syrian Observatory for Human Rights"
)


def said(
    voice: Voice | None, published: str, stance: str = "asserts", slot: str = "occurrence", **facts: Any
) -> Statement:
    report = facts.pop("report", f"r-{published}")
    known: dict[str, Any] = {"report_id": report, "copy_root": report, "claim": f"{report}:{slot}"} | facts
    return Statement(slot=slot, stance=stance, voice=voice, published=published, **known)


def killed(voice: Voice, published: str, number: int, high: int | None = -1, **facts: Any) -> Statement:
    limits = [number, number if high == -1 else high]
    return said(voice, published, slot="killed", value=str(number), normalised=limits, **facts)


def found(*statements: Statement) -> list[Shift]:
    return shifts(Testimony(statements=statements))


def test_none_and_then_three_is_a_changed_account_in_both_s_words() -> None:
    (shift,) = found(
        killed(MINISTRY, "2021-07-04", 0, words="no casualties"),
        killed(MINISTRY, "2021-07-05", 3, words="three of its soldiers died"),
    )
    assert (shift.kind, shift.normal) == ("came_from_none", False)
    assert (shift.earlier.words, shift.later.words) == ("no casualties", "three of its soldiers died")
    assert shift.sentence == (
        "Russian Defence Ministry said none killed (4 July 2021); later said 3 killed (5 July 2021)"
    )


def test_a_toll_that_grows_is_normal_and_one_that_shrinks_is_news() -> None:
    grown = found(killed(MONITOR, "2021-07-04", 3), killed(MONITOR, "2021-07-05", 9), killed(MONITOR, "2021-07-06", 20))
    assert [(shift.kind, shift.normal, shift.steps) for shift in grown] == [("grew", True, 2)]
    assert (grown[0].earlier.said, grown[0].later.said) == ("said 3 killed", "said 20 killed")
    (shrunk,) = found(killed(MONITOR, "2021-07-04", 20), killed(MONITOR, "2021-07-05", 12))
    assert (shrunk.kind, shrunk.normal) == ("shrank", False)


def test_at_least_eighteen_and_then_twenty_is_no_change() -> None:
    assert found(killed(MONITOR, "2021-07-04", 18, None), killed(MONITOR, "2021-07-05", 20)) == []


@pytest.mark.parametrize(
    ("first", "then", "kind"),
    [
        ("asserts", "denies", "withdrew"),
        ("denies", "asserts", "came_to_assert"),
        ("asserts", "uncertain", "doubted"),
        ("uncertain", "denies", "settled"),
        ("uncertain", "asserts", "settled"),
    ],
)
def test_a_stance_that_turns_is_named(first: str, then: str, kind: str) -> None:
    (shift,) = found(said(MINISTRY, "2021-07-04", first), said(MINISTRY, "2021-07-05", then))
    assert shift.kind == kind


def test_a_director_speaks_for_the_organisation() -> None:
    (shift,) = found(killed(MONITOR, "2021-07-04", 20), killed(DIRECTOR, "2021-07-05", 12))
    assert shift.sentence.endswith("later Rami Abdel Rahman said 12 killed (5 July 2021)")


def test_two_organisations_that_differ_have_not_changed_anything() -> None:
    assert found(killed(MONITOR, "2021-07-04", 20), killed(MINISTRY, "2021-07-05", 0)) == []


def test_who_is_only_described_is_not_held_to_be_the_same() -> None:
    one = Voice(key="r1-officials", name="officials")
    two = Voice(key="r2-officials", name="officials")
    assert found(killed(one, "2021-07-04", 3, report="r1"), killed(two, "2021-07-05", 1, report="r2")) == []


def test_reports_of_one_day_without_a_clock_have_no_order() -> None:
    assert found(killed(MONITOR, "2021-07-04", 20, report="r1"), killed(MONITOR, "2021-07-04", 12, report="r2")) == []


def test_an_old_account_that_a_copy_carries_later_is_no_change() -> None:
    copied = killed(MONITOR, "2021-07-06", 3, report="r3", copy_root="r-2021-07-04")
    assert len(found(killed(MONITOR, "2021-07-04", 3), killed(MONITOR, "2021-07-05", 9), copied)) == 1


def test_one_of_several_numbers_that_still_stands_is_no_change() -> None:
    first = killed(MONITOR, "2021-07-04", 3), killed(MONITOR, "2021-07-04", 12)
    assert found(*first, killed(MONITOR, "2021-07-05", 12)) == []


def test_another_perpetrator_is_a_changed_account() -> None:
    one = said(MONITOR, "2021-07-04", slot="initiator", value="the army", normalised="SYRMIL")
    two = said(MONITOR, "2021-07-05", slot="initiator", value="rebels", normalised="FSA")
    (shift,) = found(one, two)
    assert (shift.kind, shift.slot) == ("differs", "initiator")


def test_news_comes_before_what_is_normal() -> None:
    growing = killed(MONITOR, "2021-07-01", 3), killed(MONITOR, "2021-07-02", 9)
    turning = said(MINISTRY, "2021-07-04", "denies"), said(MINISTRY, "2021-07-05")
    assert [shift.normal for shift in found(*growing, *turning)] == [False, True]
