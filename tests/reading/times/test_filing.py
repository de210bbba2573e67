"""The day on which a text says that it was filed, which goes before the date in the file."""

from __future__ import annotations

import pytest

from sayso.model import Dateline
from sayso.reading.times import filed_on, read_times

FILE = "2016-09-05"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Raids kill 24 AFP Saturday 10 Sep 2016 Air strikes hit a market on Friday.", "2016-09-10"),
        ("Date of publication 7 September 2016 Video Raids hit a market on Friday.", "2016-09-07"),
        ("12 September 2016\nRaids hit a market on Friday.", "2016-09-12"),
        ("Published September 12 2016 Raids hit a market on Friday.", "2016-09-12"),
        ("Posted on September 8 2016 by Jordan Dakamseh Raids hit a market.", "2016-09-08"),
        ("Middle East 2159 07.09.2016(updated 2204 07.09.2016) Get short URL Raids hit a market.", "2016-09-07"),
        ("Posted on 5 September 2016 Raids hit a market.", None),
        ("Since 10 September 2016 Aleppo has been hit.", None),
        ("The raid of 10 September 2016 killed ten.", None),
        ("Raids on 10 September 2016 Hit Market", None),
        ("A child in Aleppo, 10 September 2016. Raids hit a market.", None),
        ("10 September 2012 Four years on, nobody has been charged.", None),
        ("10 September Air strikes hit a market.", None),
        ("Raids hit a market. " * 20 + "10 September 2016 Air strikes hit.", None),
    ],
)
def test_filing_date_is_a_full_date_by_itself_at_the_beginning(text: str, day: str | None) -> None:
    filed = filed_on(text, FILE)
    assert (filed and filed[0]) == day


def test_filing_date_is_what_days_are_counted_from() -> None:
    text = "Raids kill 24 AFP Saturday 10 Sep 2016 Air strikes hit a market on Friday."
    assert [time.start for time in read_times(text, FILE)] == ["2016-09-10", "2016-09-09"]


def test_filing_date_may_stand_in_the_header() -> None:
    header = "Published 10 September 2016\n"
    text = header + "Air strikes hit a market on Friday."
    assert [time.start for time in read_times(text, FILE, start=len(header))] == ["2016-09-09"]


def test_filing_date_gives_way_to_the_dateline() -> None:
    dateline = Dateline(place="Aleppo", date="2016-09-06")
    text = "10 September 2016 Air strikes hit a market on Friday."
    assert filed_on(text, FILE, dateline=dateline) is None
    assert read_times(text, FILE, dateline=dateline)[1].start == "2016-09-02"
