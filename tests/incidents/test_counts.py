from __future__ import annotations

import pytest
from tests.incidents.made import Made

from sayso.errors import SaysoError
from sayso.incidents.counts import Counts, count
from sayso.ledger.filters import Filters


def of(made: Made, *by: str, **filters: object) -> dict[tuple[str, ...], tuple[int, int]]:
    found = counted(made, *by, **filters)
    return {cell.keys: (cell.count.certain, cell.count.possible) for cell in found.cells}


def counted(made: Made, *by: str, **filters: object) -> Counts:
    with made.done().read() as connection:
        return count(connection, Filters(**filters), by)  # type: ignore[arg-type]


def test_an_interval_over_two_months_is_possible_in_both_and_certain_in_neither(made: Made) -> None:
    made.incident("A", "2020-01-03")
    made.incident("B", "2020-01-30", end="2020-02-02")
    assert of(made, "month") == {("2020-01",): (1, 2), ("2020-02",): (0, 1)}
    assert of(made, "year") == {("2020",): (2, 2)}


def test_weeks_begin_on_monday(made: Made) -> None:
    made.incident("A", "2020-01-05")
    made.incident("B", "2020-01-06", end="2020-01-12")
    assert of(made, "week") == {("2019-12-30",): (1, 1), ("2020-01-06",): (1, 1)}


def test_unknown_open_and_vague_dates_have_rows_of_their_own(made: Made) -> None:
    made.incident("A", None)
    made.incident("B", None, end="2020-02-02")
    made.incident("C", "2011-01-01", end="2020-02-02")
    assert of(made, "month") == {("unknown",): (1, 1), ("open",): (1, 1), ("vague",): (1, 1)}


def test_a_contested_attacker_is_possible_only_and_an_unknown_one_is_not_dropped(made: Made) -> None:
    made.incident("A", "2020-01-03", ["blue-front"], rival=("monitor", "green-league"))
    made.incident("B", "2020-01-03", ["blue-front"])
    made.incident("C", "2020-01-03", ["villagers"])
    found = counted(made, "side")
    assert of(made, "side") == {("blue-front",): (1, 2), ("green-league",): (0, 1), ("unknown",): (1, 1)}
    assert found.labels[0]["blue-front"] == "Blue Front"
    assert found.several


def test_two_divisions_and_filters(made: Made) -> None:
    made.incident("A", "2020-01-03", kind="bombing")
    made.incident("B", "2020-01-03")
    made.incident("C", "2020-02-03", admin1=None)
    assert of(made, "month", "type") == {
        ("2020-01", "bombing"): (1, 1),
        ("2020-01", "shelling"): (1, 1),
        ("2020-02", "shelling"): (1, 1),
    }
    assert of(made, "admin1", types=("shelling",)) == {("SYR/Raqqa",): (1, 1), ("unknown",): (1, 1)}


def test_stubs_are_told_of_but_not_counted(made: Made) -> None:
    made.incident("A", "2020-01-03")
    made.incident("B", None, stub=True)
    found = counted(made, "type")
    assert (found.total, found.stubs, len(found.cells)) == (1, 1, 1)


def test_the_rarest_of_many_values_are_summed_up(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.incidents.counts.MOST_SERIES", 1)
    for name, kind in (("A", "shelling"), ("B", "shelling"), ("C", "bombing"), ("D", "airstrike")):
        made.incident(name, "2020-01-03", kind=kind)
    assert of(made, "month", "type") == {("2020-01", "shelling"): (2, 2), ("2020-01", "other"): (2, 2)}


@pytest.mark.parametrize(("by", "code"), [(["weather"], "S450"), ([], "S451"), (["month", "week"], "S451")])
def test_what_cannot_be_counted_by_is_an_error(made: Made, by: list[str], code: str) -> None:
    with pytest.raises(SaysoError, match=code):
        counted(made, *by)
