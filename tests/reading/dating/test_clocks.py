"""Clock times have the zone of the words or of the place."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Jets bombed Aleppo on Sunday at 05:30.", "Asia/Damascus"),
        ("Rockets hit a base in Baghdad at 0914 GMT on Sunday.", "UTC"),
        ("Gunmen attacked a bank in Homs at 11:30 p.m. local time on Sunday.", "Asia/Damascus"),
        ("A car bomb exploded in Russia at 10:15 on Sunday.", None),
        ("Jets bombed Aleppo on Sunday.", None),
    ],
)
def test_a_clock_time_has_the_zone_of_the_words_or_of_the_place(read: Read, text: str, zone: str | None) -> None:
    (event,) = read(text).events
    assert event.time is not None
    assert event.time.zone == zone


def test_the_clock_of_a_header_is_no_events(read: Read) -> None:
    account = read("Saturday 3 July 2021 18:05 Regime shells Homs.\n\nThe regime shelled Homs on Friday.")
    assert all(e.time is None or e.time.precision != "minute" for e in account.events)
