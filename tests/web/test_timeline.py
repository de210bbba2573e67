"""Bars of a list and the strip of an incident: nothing drawn more exactly than it is known."""

from __future__ import annotations

import pytest

from sayso.web.filters import Filter
from sayso.web.timeline import Tick, bars, beginning, strip, ticks


def test_empty_periods_stay_between_the_first_and_the_last() -> None:
    found = bars([("2020-11", 2), ("2021-02", 4)], "month", Filter())
    assert [bar.count for bar in found] == [2, 0, 0, 4]
    assert [bar.share for bar in found] == [0.5, 0, 0, 1]
    assert (found[3].first, found[3].last) == ("2021-02-01", "2021-02-28")


def test_a_bar_leads_to_its_period_and_keeps_the_filter() -> None:
    found = bars([("2021", 1)], "year", Filter(type="airstrike"))
    assert found[0].url == "?type=airstrike&from=2021-01-01&to=2021-12-31"


def test_bars_outside_the_chosen_period_stand_back() -> None:
    found = bars([("2020", 1), ("2021", 1)], "year", Filter(since="2021-01-01"))
    assert [bar.chosen for bar in found] == [False, True]


def test_broken_dates_are_in_no_bar() -> None:
    assert bars([("20x1", 3), ("", 1)], "year", Filter()) == []


def test_ticks_do_not_crowd() -> None:
    assert len(ticks(bars([("1980", 1), ("2021", 1)], "year", Filter()))) <= 9


@pytest.mark.parametrize(
    ("start", "end", "exact", "kind"),
    [
        ("2021-07-04", "2021-07-04", True, "event known"),
        ("2021-06-28", "2021-07-04", False, "event within"),
        (None, "2021-07-04", True, "event within open-left"),
        ("2021-07-04", None, True, "event within open-right"),
    ],
)
def test_the_strip_draws_what_is_known(start: str | None, end: str | None, exact: bool, kind: str) -> None:
    assert f'class="{kind}"' in strip(start, end, exact, [Tick("2021-07-05", "Example Wire", "published")])


def test_a_strip_escapes_its_labels_and_needs_a_day() -> None:
    assert "<b>" not in strip("2021-07-04", "2021-07-04", True, [Tick("2021-07-05", "<b>", "published")])
    assert strip(None, None, False, []) == ""


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_edges_of_the_calendar_can_be_drawn(day: str) -> None:
    assert "event known" in strip(day, day, True, [])


def test_a_few_incidents_of_long_ago_share_the_first_bar() -> None:
    found = bars([("1778", 1), ("1945", 1), *((str(year), 40) for year in range(2011, 2015))], "year", Filter())
    assert [(bar.label, bar.count) for bar in found][:2] == [("2011 and earlier", 42), ("2012", 40)]
    assert found[0].url == "?to=2011-12-31"
    assert [text for _, text in ticks(found)] == ["to 2011", "2012", "2013", "2014"]


def test_where_there_are_few_incidents_all_have_their_bar() -> None:
    assert beginning({"1945": 1, "2021": 12}) == "1945"
