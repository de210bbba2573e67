from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.incidents.conftest import Ledger, account, told

from sayso.incidents import candidates, keys
from sayso.incidents.candidates import Finder
from sayso.incidents.features import Features
from sayso.ledger import schema

DAY = date(2016, 5, 13)


def event(name: str = "a", **facts: Any) -> Features:
    known: dict[str, Any] = {
        "type": "airstrike", "published": "2016-05-14", "first": DAY, "last": DAY, "place_name": "Raqqa",
        "place_precision": 1, "country": "SYR", "lat": 35.95, "lon": 39.01,
    }  # fmt: skip
    return Features(id=f"{name}:e1", report_id=name, **(known | facts))


def found(one: Features, two: Features) -> bool:
    """Whether the index gives the second where the first is looked up."""
    at, held = keys.slot(two), set(keys.stored(two))
    wanted = (look.key for look in keys.lookups(one) if look.key in held and look.since <= at <= look.until)
    return two.type in keys.joinable(one.type) and any(keys.near(one, two, key) for key in wanted)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (event("b"), True),
        (event("b", lat=35.99, lon=39.03), True),
        (event("b", lat=36.2, lon=37.16), False),
        (event("b", lat=35.6, lon=38.8, place_precision=4, radius_km=80.0), True),
        (event("b", lat=34.0, lon=39.0, place_precision=5), True),
        (event("b", first=DAY + timedelta(days=3), last=DAY + timedelta(days=3)), True),
        (event("b", first=DAY + timedelta(days=5), last=DAY + timedelta(days=5)), False),
        (event("b", first=DAY - timedelta(days=20), last=DAY + timedelta(days=2)), True),
        (event("b", first=None, last=None), True),
        (event("b", first=None, last=None, published="2016-07-01"), False),
        (event("b", type="shelling"), True),
        (event("b", type="arrest"), False),
        (event("b", place_precision=6, lat=None, lon=None), False),
        (event("b", lat=None, lon=None), True),
    ],
)
def test_what_is_found(other: Features, expected: bool) -> None:
    assert found(event(), other) is expected
    assert found(other, event()) is expected


def test_a_rare_name_is_found_whatever_the_place_and_the_act() -> None:
    one = event(names=("walnut creek",))
    other = event("b", names=("walnut creek",), lat=1.0, lon=1.0, first=None, last=None, published="2016-06-20")
    assert found(one, other)
    late = DAY + timedelta(days=keys.NAME_DAYS + 1)
    assert not found(one, event("b", names=("walnut creek",), first=late, last=late))


def test_what_reports_are_mostly_about_is_found_by_telling_words_and_towns_too() -> None:
    words = {"qwxz": 0.8, "killed": 0.6}
    one = event(main=True, report_words=words, places=frozenset({"g:tabqa"}))
    nowhere: dict[str, Any] = {"lat": None, "lon": None, "place_name": None, "place_precision": None}
    later = DAY + timedelta(days=keys.TELLING_DAYS)
    assert found(one, event("b", **nowhere, main=True, report_words=words, first=later, last=later))
    assert not found(one, event("b", **nowhere, main=True, report_words={"killed": 1.0}))
    after = later + timedelta(days=1)
    assert not found(one, event("b", **nowhere, main=True, report_words=words, first=after, last=after))
    assert found(one, event("b", **nowhere, main=True, places=frozenset({"g:tabqa"})))
    assert not found(one, event("b", **nowhere, places=frozenset({"g:tabqa"})))


def test_what_a_report_is_mostly_about_is_never_too_vague() -> None:
    month = DAY + timedelta(days=30)
    assert not keys.leaf(event(main=True, last=month))
    assert not keys.leaf(event(main=True, first=None, last=None))
    assert keys.leaf(event(last=month))
    assert keys.leaf(event(first=None, last=None))


def test_the_same_toll_is_found_where_one_report_names_only_the_country() -> None:
    one = event(killed=(17, 17))
    assert found(one, event("b", killed=(17, None), place_precision=6, lat=None, lon=None))
    assert not found(one, event("b", killed=(18, 18), place_precision=6, lat=None, lon=None))


EVENTS = st.builds(
    lambda kind, start, long, spread, lat, lon, precision, radius, published, killed: event(
        type=kind, first=None if start is None else DAY + timedelta(days=start),
        last=None if start is None else DAY + timedelta(days=start + long), lat=None if spread else lat,
        lon=None if spread else lon, place_precision=precision, radius_km=radius,
        published=(DAY + timedelta(days=published)).isoformat(), killed=(killed, killed),
    ),
    kind=st.sampled_from(["airstrike", "shelling", "armed_attack", "bombing"]),
    start=st.none() | st.integers(-40, 40), long=st.sampled_from([0, 0, 2, 6, 7, 20, 40]),
    spread=st.booleans(), lat=st.floats(-89, 89), lon=st.floats(-180, 180),
    precision=st.integers(1, 7), radius=st.none() | st.floats(1, 400), published=st.integers(-5, 60),
    killed=st.none() | st.integers(0, 3),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(one=EVENTS, two=EVENTS, by=st.floats(-3, 3), east=st.floats(-3, 3))
def test_what_one_finds_finds_it_too(one: Features, two: Features, by: float, east: float) -> None:
    if one.lat is not None and one.lon is not None and two.lat is not None:
        moved = {"lat": max(-89.0, min(89.0, one.lat + by)), "lon": (one.lon + east + 180) % 360 - 180}
        two = msgspec.structs.replace(two, **moved)
    assert found(one, two) is found(two, one)


def test_each_look_up_is_a_search_in_the_index(ledger: Ledger) -> None:
    ledger.add(account("r1", told()), account("r2", told()))
    with ledger.store.read() as connection:
        sql = candidates._FIND["sqlite"].replace(":wanted", "'[]'").replace(":most", "10")
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    assert plan[1].startswith("SEARCH k USING PRIMARY KEY (key=? AND day>? AND day<?)")


def test_a_crowd_is_bounded_and_the_nearest_days_come_first(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add(*(account(f"r{number:02}", told(day=f"2016-05-{13 + number % 3}")) for number in range(30)))
    monkeypatch.setattr(candidates, "MOST_WEIGHED", 8)
    monkeypatch.setattr(candidates, "CROWD", 8)
    with ledger.store.read() as connection:
        finder = Finder(connection)
        (one,) = finder.load(["r15:e1"])
        near = finder.candidates([one])[one.id]
    assert len(near) == 8
    assert {other.first for other in near} == {one.first}


def test_an_event_leaves_the_index_with_its_report_s_reading(ledger: Ledger) -> None:
    ledger.add(account("r1", told()))
    ledger.add(account("r1", told(modality="planned")))
    assert ledger.rows(schema.event_keys) == []
    assert ledger.rows(schema.edges) == []
    with ledger.store.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.stale_events)) == 0
