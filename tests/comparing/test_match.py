"""Matching one to one: what is matched, what is refused and why, and where two differ."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.comparing.conftest import ours, theirs

from sayso.comparing.assign import one_to_one
from sayso.comparing.candidates import Index
from sayso.comparing.kinds import acled_types, covered, nearness
from sayso.comparing.match import Matcher
from sayso.comparing.result import Entry
from sayso.comparing.score import far, parts, total, weights
from sayso.comparing.telling import of_foreign, of_ours, place_key, side_keys

DAY = date(2016, 5, 13)


def match(one: Any, two: Any) -> list[Entry]:
    return Matcher([one] if not isinstance(one, list) else one, [two] if not isinstance(two, list) else two).entries()


def test_the_same_strike_is_matched_with_its_reasons() -> None:
    (entry,) = match(ours(), theirs())
    assert entry.outcome == "both"
    assert "both on 13 May 2016" in entry.why
    assert "both at Raqqa" in entry.why
    assert entry.differs == ()
    assert entry.score is not None
    assert entry.score >= weights()["threshold"]


@pytest.mark.parametrize(
    ("mine", "other", "detail", "words"),
    [
        ({"day": DAY + timedelta(days=1)}, {}, "time", "14 May 2016; UCDP GED: 13 May 2016 (1 day apart)"),
        ({"place": "Tabqa", "lat": 36.05}, {"killed_low": 4, "killed_high": 4}, "place", "Tabqa; UCDP GED: Raqqa town"),
        ({"killed_low": 10, "killed_high": 12}, {"killed_high": 8}, "killed", "10–12; UCDP GED: 3–8"),
        ({"actors": ("actor:syrian-democratic-forces",), "sides": ("SDF",)}, {}, "sides", "SDF; UCDP GED: Government"),
    ],
)
def test_a_match_that_differs_says_on_what(
    mine: dict[str, Any], other: dict[str, Any], detail: str, words: str
) -> None:
    mine = {"killed_low": 5, "killed_high": 5} | mine if detail == "place" else mine
    other = other | {"killed_low": 5, "killed_best": 5, "killed_high": 5} if detail == "place" else other
    (entry,) = match(ours(**mine), theirs(**other))
    assert entry.outcome == "both"
    found = {difference.detail: difference.words for difference in entry.differs}
    assert words in found[detail]
    assert "wrong" not in " ".join(found.values())


@pytest.mark.parametrize(
    ("mine", "other", "why"),
    [
        ({"place": "Homs", "lat": 34.73, "lon": 36.71, "admin1": "Homs"}, {}, None),
        ({"day": DAY + timedelta(days=5)}, {}, None),
        ({"type": "ceasefire"}, {}, "different acts"),
        ({"country": "IRQ"}, {}, "different countries"),
        ({"killed_low": 90, "killed_high": 90, "day": DAY + timedelta(days=2)}, {}, "differ"),
    ],
)
def test_what_is_not_one_is_left_on_its_side(mine: dict[str, Any], other: dict[str, Any], why: str | None) -> None:
    entries = match(ours(**mine), theirs(**other))
    assert [entry.outcome for entry in entries] == ["ours", "theirs"]
    if why and "countries" not in why:
        assert why in (entries[0].note or "")
        assert entries[0].near == "101"


def test_no_two_are_matched_with_one() -> None:
    days = [DAY, DAY + timedelta(days=1)]
    rows = [theirs(id=f"row {n}", day=when) for n, when in enumerate(days)]
    entries = match(ours(), rows)
    both = [entry for entry in entries if entry.outcome == "both"]
    assert len(both) == 1
    assert both[0].theirs is not None
    assert both[0].theirs.id == "row 0"
    assert {entry.outcome for entry in entries} <= {"both", "also", "theirs"}


def test_days_of_one_longer_event_are_parts_of_its_match() -> None:
    """ACLED has a row for each day of an event."""
    rows = [theirs(id=f"d{n}", day=DAY + timedelta(days=n), killed_low=None, killed_high=None) for n in range(3)]
    longer = ours(last=DAY + timedelta(days=2), time_precision="days", sides=("Islamic State",))
    entries = match(longer, rows)
    both, *rest = entries
    assert both.outcome == "both"
    assert len(both.also) == 2
    assert [entry.outcome for entry in rest] == ["also", "also"]
    assert rest[0].near == "SY-AAAAA"


def test_two_that_fit_equally_well_are_both_left_alone() -> None:
    rows = [theirs(id="a"), theirs(id="b")]
    entries = match(ours(), rows)
    assert {entry.outcome for entry in entries} == {"unclear"}
    assert "a, b" in (entries[0].note or "") + (entries[-1].note or "")


def test_the_number_of_killed_tells_two_rows_apart() -> None:
    same = {"killed_low": 7, "killed_best": 7, "killed_high": 7}
    rows = [theirs(id="a"), theirs(id="b", **same), theirs(id="c", killed_low=1, killed_best=1, killed_high=1)]
    entries = match(ours(killed_low=7, killed_high=7), rows)
    assert [(entry.outcome, entry.theirs.id) for entry in entries if entry.ours and entry.theirs] == [("both", "b")]


@pytest.mark.parametrize(
    "facts", [{"last": DAY + timedelta(days=90)}, {"last": DAY + timedelta(days=10), "precision": 6}]
)
def test_what_is_too_vague_is_not_matched(facts: dict[str, Any]) -> None:
    entries = match(ours(**facts), theirs())
    assert [entry.outcome for entry in entries] == ["theirs", "vague"]


def test_unknown_numbers_are_neither_for_nor_against() -> None:
    (entry,) = match(ours(), theirs(killed_low=None, killed_best=0, killed_high=None, dataset="acled"))
    assert entry.differs == ()
    assert not any("killed" in words for words in entry.why)


def test_a_province_holds_its_towns() -> None:
    nine = {"killed_low": 9, "killed_best": 9, "killed_high": 9}
    wide = theirs(place="Ar Raqqah governorate", precision=4, lat=36.3, lon=38.9, **nine)
    (entry,) = match(ours(killed_low=9, killed_high=9), wide)
    assert entry.outcome == "both"
    assert any("one province" in words for words in entry.why)


def test_sides_are_known_again_by_their_records() -> None:
    assert side_keys("IS", "SYR") & side_keys("Islamic State (Syria)", "SYR")
    assert side_keys("QSD: Syrian Democratic Forces", "SYR") & side_keys("SDF", "SYR")
    assert side_keys("Military Forces of Syria (2000-2024)", "SYR") & side_keys("Government of Syria", "SYR")
    assert not side_keys("Civilians (Syria)", "SYR")
    assert not side_keys("Unidentified Armed Group (Syria)", "SYR")


def test_places_are_known_again_without_their_kind() -> None:
    assert place_key("Ar Raqqah town") == place_key("Raqqa")
    assert place_key("Homs Governorate") == place_key("Homs")
    assert place_key("Homs") != place_key("Hama")


def test_types_follow_the_codes_of_the_vocabulary() -> None:
    assert "shelling" in acled_types("Explosions/Remote violence", "Shelling/artillery/missile attack")
    assert acled_types("Protests", "Peaceful protest") == ("protest",)
    assert "armed_clash" in acled_types("Battles", "something new")
    assert nearness("bombing", ("suicide_bombing",)) == "family"
    assert nearness("ceasefire", ("airstrike",)) == "apart"
    assert covered("acled", "ceasefire")
    assert not covered("ucdp", "ceasefire")
    assert covered("ucdp", "airstrike")


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(0, 5)), st.integers(1, 20).map(float), min_size=1, max_size=12
    ),
    st.randoms(),
)
def test_an_assignment_uses_nobody_twice_and_does_not_depend_on_the_order(
    pairs: dict[tuple[int, int], float], shuffle: random.Random
) -> None:
    chosen = one_to_one(pairs)
    assert len(set(chosen.values())) == len(chosen)
    assert all(pair in pairs for pair in chosen.items())
    turned = list(pairs.items())
    shuffle.shuffle(turned)
    assert one_to_one(dict(turned)) == chosen
    assert sum(pairs[pair] for pair in chosen.items()) >= max(pairs.values())


def test_the_best_sum_is_chosen_not_the_best_pair() -> None:
    assert one_to_one({(0, 0): 5.0, (0, 1): 4.0, (1, 0): 4.0}) == {0: 1, 1: 0}


def test_the_index_gives_every_event_near_and_few_others() -> None:
    events = [ours(id=f"SY-{n}", lat=30.0 + n * 0.5, day=DAY + timedelta(days=n % 10)) for n in range(60)]
    index = Index([of_ours(event) for event in events])
    found = set(index.near(of_foreign(theirs(lat=35.1, day=DAY))))
    assert {
        n for n, event in enumerate(events) if abs((event.lat or 0) - 35.1) < 0.5 and abs((event.first - DAY).days) <= 2
    } <= found
    assert len(found) <= 6


@pytest.mark.parametrize(("lon", "other"), [(179.99, -179.99), (-179.99, 179.99)])
@pytest.mark.parametrize("lat", [0.2, -17.5, 66.3])
def test_the_date_line_parts_nobody(lon: float, other: float, lat: float) -> None:
    index = Index([of_ours(ours(lat=lat, lon=lon))])
    assert list(index.near(of_foreign(theirs(lat=lat, lon=other)))) == [0]


def test_the_same_events_in_another_order_give_the_same_entries() -> None:
    mine = [ours(id=f"SY-{n}", day=DAY + timedelta(days=n)) for n in range(4)]
    others = [theirs(id=str(n), day=DAY + timedelta(days=n)) for n in range(5)]
    first = {(e.outcome, e.ours and e.ours.id, e.theirs and e.theirs.id) for e in match(mine, others)}
    second = {(e.outcome, e.ours and e.ours.id, e.theirs and e.theirs.id) for e in match(mine[::-1], others[::-1])}
    assert first == second


@given(
    st.floats(-80, 80), st.floats(-180, 180), st.floats(-1.5, 1.5), st.floats(-1.5, 1.5), st.integers(1, 5),
    st.integers(1, 5),
)  # fmt: skip
def test_what_is_told_to_be_far_could_never_have_been_matched(
    lat: float, lon: float, north: float, east: float, exact: int, other: int
) -> None:
    turned = (lon + east + 180) % 360 - 180
    mine, row = ours(lat=lat, lon=lon, precision=exact), theirs(lat=lat + north, lon=turned, precision=other)
    one, two = of_ours(mine), of_foreign(row)
    if far(one, two):
        assert total(parts(mine, row, one, two)) is None
