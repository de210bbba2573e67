"""The event that a report is mostly about."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.ledger.principal import opening, principal
from sayso.model import Account, Event, Interval, Report, Span

TEXT = "Strike kills nine in market\n\nJets struck the market of Saraqeb on Monday. " + "Talks went on. " * 60


def event(key: str, at: int, *more: int, kind: str = "airstrike", **facts: Any) -> Event:
    return Event(id=key, type=kind, mentions=tuple(Span(n, n + 5, TEXT[n : n + 5]) for n in (at, *more)), **facts)


def first(*events: Event) -> str | None:
    return principal(Account(report=Report(id="r", text=TEXT, published="2016-05-14"), events=events))


def day(when: str) -> Interval:
    return Interval(start=when, end=when, precision="day")


BODY, LATE = TEXT.index("struck"), len(TEXT) - 10


@pytest.mark.parametrize(
    ("events", "chosen"),
    [
        ((event("e1", BODY), event("e2", 0)), "e2"),
        ((event("e1", LATE), event("e2", BODY)), "e2"),
        ((event("e1", LATE), event("e2", LATE + 1, LATE + 2)), "e2"),
        ((event("e1", 0, kind="arrest"), event("e2", LATE)), "e2"),
        ((event("e1", 0, time=day("2009-01-01")), event("e2", BODY, time=day("2016-05-13"))), "e2"),
        ((event("e1", BODY), event("e2", BODY + 1)), "e1"),
    ],
    ids=["title", "opening", "come back to", "what an arrest answers", "not long past", "first told"],
)
def test_the_principal_event_is_the_one_of(events: tuple[Event, ...], chosen: str) -> None:
    assert first(*events) == chosen
    assert first(*events[::-1]) == chosen


def test_what_has_not_happened_is_not_what_a_report_is_mostly_about() -> None:
    assert first(event("e1", 0, modality="planned")) is None
    assert first() is None


def test_the_opening_begins_after_a_title_line_of_its_own() -> None:
    head, end = opening(Account(report=Report(id="r", text=TEXT, published="2016-05-14")))
    assert TEXT[:head] == "Strike kills nine in market"
    assert end - head == 600
