"""What lasts or goes on in turn has all its days."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read
from tests.reading.dating.conftest import days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Their 10-day-old assault killed dozens.", ("2021-06-25", "2021-07-05", "days")),
        ("Two weeks of clashes killed dozens.", ("2021-06-21", "2021-07-05", "week")),
        ("The army has killed 70 rebels in two days.", ("2021-07-03", "2021-07-05", "days")),
        ("For nearly a week troops have shelled the town.", ("2021-06-28", "2021-07-05", "week")),
        ("Air strikes killed ten people over the last 48 hours.", ("2021-07-03", "2021-07-05", "days")),
        ("Jets bombed Idlib on Saturday and Sunday.", ("2021-07-03", "2021-07-04", "days")),
    ],
)
def test_what_lasts_runs_up_to_publication_as_exact_as_its_unit(
    read: Read, text: str, expected: tuple[str, str, str]
) -> None:
    assert days(read(text).events[0]) == expected


def test_an_assault_of_more_days_than_a_length_can_have_is_not_dated(read: Read) -> None:
    (event,) = read("Their 900-day-old assault killed dozens.").events
    assert days(event) is None
