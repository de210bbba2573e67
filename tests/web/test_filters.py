"""The filter in the address bar: what is chosen can be sent, kept and read back."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.vocabulary import load
from sayso.web.filters import SORTS, VIEWS, Filter, chips, parse

words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=40)
days = st.dates().map(str) | st.just("")
boxes = st.tuples(st.integers(-180, 0), st.integers(-90, 0), st.integers(1, 180), st.integers(1, 90))
chosen = st.builds(
    Filter,
    q=words,
    type=st.sampled_from(["", *load("event_types")]),
    side=words,
    country=st.sampled_from(["", "SYR"]),
    status=st.sampled_from(["", *load("statuses")]),
    speaker=words,
    since=days,
    until=days,
    box=st.none() | boxes.map(lambda box: tuple(map(float, box))),
    sort=st.sampled_from(list(SORTS)),
    view=st.sampled_from(list(VIEWS)),
)


@given(chosen, st.integers(1, 2000))
def test_a_filter_survives_the_address_bar(found: Filter, page: int) -> None:
    address = found.query(page=page)
    read = parse(dict(parse_qsl(address.removeprefix("?"))))
    assert read.query(page=read.page) == address
    assert (read.since, read.until, read.box, read.sort) == (found.since, found.until, found.box, found.sort)


def test_defaults_are_left_out_of_the_address() -> None:
    assert Filter().query() == ""
    assert Filter(page=7).query() == ""  # any change of the filter goes back to its first page
    assert Filter(page=7).query(page=7) == "?page=7"


@pytest.mark.parametrize(
    ("given_", "since", "until"),
    [("2021", "2021-01-01", "2021-12-31"), ("2021-02", "2021-02-01", "2021-02-28"), ("2021-07-04",) * 3],
)
def test_a_year_or_a_month_stands_for_its_days(given_: str, since: str, until: str) -> None:
    found = parse({"from": given_, "to": given_})
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize(
    "box", ["1,2,3", "a,b,c,d", "10,0,5,1", "0,10,1,5", "-181,0,1,1", "0,0,1,91", "nan,0,1,1", "1e2,0,1,1"]
)
def test_a_box_that_is_none_is_refused(box: str) -> None:
    with pytest.raises(SaysoError, match="S504"):
        parse({"box": box})


def test_each_chip_takes_one_narrowing_away() -> None:
    found = chips(Filter(q="raid", country="SYR", since="2021-07-04", box=(35.0, 32.0, 42.0, 37.0)), {"SYR": "Syria"})
    assert [(chip.label, chip.value) for chip in found] == [
        ("words", "raid"),
        ("country", "Syria"),
        ("when", "since 4 Jul 2021"),
        ("map box", "32.0° N–37.0° N, 35.0° E–42.0° E"),
    ]
    assert all(
        f"{name}=" not in chip.without for chip, name in zip(found, ("q", "country", "from", "box"), strict=True)
    )
