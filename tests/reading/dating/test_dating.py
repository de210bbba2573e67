"""What holds of every dated account: a reason for what is open, and no day that nobody told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.conftest import Read

from sayso.reading.account import read_report
from sayso.sources import report_from_text


@pytest.mark.parametrize(
    "text",
    [
        "The army said on Sunday that rockets hit the base.",
        "Rebels shelled Aleppo on Sunday. Army units then shelled Homs.",
        "In recent weeks, jets bombed Homs.",
        "Jets bombed a depot on Sunday after jets bombed a bridge.",
        "The group buried a commander Friday after he was killed in an attack in Syria.",
    ],
)
def test_a_precision_that_is_unknown_has_a_reason(read: Read, text: str) -> None:
    unknown = [e.time for e in read(text).events if e.time is not None and e.time.precision == "unknown"]
    assert all(time.reason for time in unknown)


SENTENCES = (
    "Jets bombed Aleppo on Sunday.",
    "Army units then shelled Homs.",
    "Two days later, police arrested a man in Hama.",
    "In 2013 the army launched gas attacks on the Ghouta.",
    "Rebels have besieged the town since May, when troops seized the road.",
    "The army said on Friday that rockets had hit a base at 0914 GMT.",
    "The group buried a commander on Thursday after he was killed in an attack.",
    "Troops will storm the city next week.",
    "The strikes followed a car bomb in Kabul six days after gunmen attacked a hotel.",
    "Hours later, rockets fell in Idlib before the truce collapsed in June.",
    "FILE - Men stand near the scene of an explosion a day after a bomb killed two, Jan. 12, 2015.",
)


@settings(max_examples=25, deadline=None)
@given(told=st.permutations(SENTENCES), breaks=st.lists(st.booleans(), min_size=11, max_size=11))
def test_in_any_order_intervals_run_forwards_and_open_ones_have_a_reason(told: list[str], breaks: list[bool]) -> None:
    text = "".join(line + ("\n\n" if apart else " ") for line, apart in zip(told, breaks, strict=True))
    report = report_from_text(text, published="2021-07-05")
    account = read_report(report)
    assert account == read_report(report)
    for time in (e.time for e in account.events if e.time is not None):
        assert time.start is None or time.end is None or time.start <= time.end
        assert time.reason or (time.start is not None and time.end is not None and time.precision != "unknown")
        assert time.evidence is not None
        assert report.text[time.evidence.start : time.evidence.end] == time.evidence.text


def test_an_event_without_words_for_it_never_has_the_day_of_publication(read: Read) -> None:
    account = read("Jets bombed Aleppo. Rebels had seized the town years before. The war has killed many.")
    assert all(e.time is None or (e.time.start or "") < "2021-07-05" for e in account.events)
