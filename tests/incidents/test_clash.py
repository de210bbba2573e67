from __future__ import annotations

from typing import Any

import pytest

from sayso.incidents.clash import agree, clash
from sayso.incidents.features import Features
from sayso.incidents.statement import Statement, Voice

ARMY = Voice(key="SYRMIL", name="Syrian army", kind="military", country="SYR")
STATE = Voice(key="SYR", name="Syria", kind="state", country="SYR")
REBELS = Voice(key="FSA", name="Free Syrian Army", kind="rebel", country="SYR")


def said(slot: str, value: str, normalised: Any = None) -> Statement:
    return Statement(slot=slot, stance="asserts", voice=ARMY, report_id="r1", value=value, normalised=normalised)


def both(slot: str, one: tuple[str, Any], two: tuple[str, Any], **known: Any) -> bool:
    found = clash(said(slot, *one), said(slot, *two), **known)
    assert clash(said(slot, *two), said(slot, *one), **known) == found
    return found


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ([3, 3], [5, 5], True),
        ([3, None], [5, 5], False),
        ([18, None], [12, 12], True),
        ([0, 0], [3, 3], True),
        ([None, None], [3, 3], False),
        (None, [3, 3], False),
    ],
)
def test_numbers_clash_where_their_ranges_do_not_overlap(one: Any, two: Any, apart: bool) -> None:
    assert both("killed", ("a", one), ("b", two)) == apart


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        (("Sunday", "2021-07-04"), ("Tuesday", "2021-07-06"), True),
        (("Sunday", "2021-07-04"), ("Monday", "2021-07-05"), True),
        (("late Sunday", "2021-07-04"), ("Monday", "2021-07-05"), False),
        (("last week", "2021-06-28/2021-07-04"), ("Sunday", "2021-07-04"), False),
        (("July", "2021-07"), ("4 July", "2021-07-04"), False),
        (("July", "2021-07"), ("2 August", "2021-08-02"), True),
        (("2020", "2020"), ("July", "2021-07"), True),
        (("some time ago", None), ("July", "2021-07"), False),
        (("February", "2021-02-30"), ("July", "2021-07"), False),
    ],
)
def test_times_clash_only_where_no_day_is_in_both(one: Any, two: Any, apart: bool) -> None:
    assert both("time", one, two) == apart


def place(key: str, name: str, lat: float | None, precision: int = 1, **facts: Any) -> Features:
    known: dict[str, Any] = {"country": "SYR", "lat": lat, "lon": 36.0 if lat else None} | facts
    return Features(
        id=key, report_id="r", type="t", gazetteer_id=key, place_name=name, place_precision=precision, **known
    )


PLACES = {
    "town": place("town", "Town", 35.0, admin1="Hama"),
    "near": place("near", "Suburb", 35.05),
    "far": place("far", "Far", 36.0, admin1="Aleppo"),
    "hama": place("hama", "Hama", 35.9, 4),
    "syria": place("syria", "Syria", 35.0, 6),
    "abroad": place("abroad", "Mosul", 36.3, country="IRQ"),
    "nowhere": place("nowhere", "Hill 5", None),
}


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ("town", "town", False),
        ("town", "near", False),
        ("town", "far", True),
        ("town", "hama", False),
        ("town", "syria", False),
        ("town", "abroad", True),
        ("syria", "abroad", True),
        ("town", "nowhere", False),
        ("town", "unknown to the ledger", False),
    ],
)
def test_places_clash_only_where_neither_s_reach_allows_the_other(one: str, two: str, apart: bool) -> None:
    assert both("place", (one, one), (two, two), places=PLACES) == apart


def test_a_force_and_its_state_are_no_rival_initiators() -> None:
    known = [ARMY, STATE, REBELS]
    assert not both("initiator", ("army", "SYRMIL"), ("Damascus", "SYR"), initiators=known)
    assert both("initiator", ("army", "SYRMIL"), ("rebels", "FSA"), initiators=known)


def test_origins_that_share_a_word_may_be_one() -> None:
    assert not both("origin", ("areas near Mayadeen", None), ("the area of Mayadeen", None))
    assert not both("origin", ("nearby areas", None), ("the area of Mayadeen", None))
    assert both("origin", ("Mayadeen", None), ("Deir Hafer", None))


@pytest.mark.parametrize("slot", ["weapon", "damage", "motive", "recipient", "occurrence"])
def test_details_that_may_be_several_never_clash(slot: str) -> None:
    assert not both(slot, ("rockets", None), ("drones", None))


@pytest.mark.parametrize(
    ("slot", "one", "two", "same"),
    [
        ("killed", ("18", [18, None]), ("20", [20, 20]), True),
        ("killed", ("18", [18, 18]), ("20", [20, 20]), False),
        ("killed", ("some", None), ("20", [20, 20]), False),
        ("time", ("Sunday", "2021-07-04"), ("last week", "2021-06-28/2021-07-04"), True),
        ("time", ("Sunday", "2021-07-04"), ("Tuesday", "2021-07-06"), False),
        ("place", ("Town", "town"), ("Suburb", "near"), True),
        ("place", ("Town", "town"), ("Far", "far"), False),
        ("initiator", ("army", "SYRMIL"), ("Damascus", "SYR"), True),
        ("initiator", ("army", "SYRMIL"), ("rebels", "FSA"), False),
        ("weapon", ("two rockets", None), ("rockets", None), True),
        ("weapon", ("rockets", None), ("drones", None), False),
        ("origin", ("nearby areas", None), ("Mayadeen", None), False),
    ],
)
def test_what_agrees_says_the_same_more_or_less_exactly(slot: str, one: Any, two: Any, same: bool) -> None:
    known: dict[str, Any] = {"initiators": [ARMY, STATE, REBELS], "places": PLACES}
    assert agree(said(slot, *one), said(slot, *two), **known) == same
    assert agree(said(slot, *two), said(slot, *one), **known) == same
