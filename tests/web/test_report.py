"""A report's page: what each event's date and place rest on."""

from __future__ import annotations

from typing import Any

from litestar.testing import TestClient

from sayso.model import Account, Event, Interval, Place, Report, Span
from sayso.web.report import grounds_of

TEXT = "The base came under attack at 9 pm near Raqqa."


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words), words)


def test_a_date_shows_its_words_how_exact_they_are_its_zone_and_what_else_is_known() -> None:
    time = Interval(
        start="2021-07-04T21:00", end="2021-07-04T21:00", precision="hour", evidence=span("9 pm"),
        reason="the day of the dateline", zone="Asia/Damascus", note="the knowledge base has 5 July",
    )  # fmt: skip
    event = Event(id="e1", type="shelling", mentions=(span("attack"),), time=time)
    report = Report(id="r", text=TEXT, published="2021-07-05", sha256="0" * 64)
    place = Place(id="p1", span=span("Raqqa"), name="Raqqa", precision=2, reason="the words say near")
    when, where = grounds_of(Account(report=report), event, place, {})
    assert (when.words, when.exactness) == ("9 pm", "to the hour")
    assert when.reasons == (
        "the day of the dateline",
        "clock time in Asia/Damascus",
        "the knowledge base has 5 July",
    )
    assert (where.words, where.reasons) == ("Raqqa", ("the words say near",))


def test_other_events_are_named_by_their_words() -> None:
    time = Interval(start="2021-07-04", end="2021-07-04", precision="day", reason="six days: counted from e1")
    event = Event(id="e2", type="shelling", mentions=(span("base"),), time=time)
    report = Report(id="r", text=TEXT, published="2021-07-05", sha256="0" * 64)
    first = Event(id="e1", type="shelling", mentions=(span("came under attack"),))
    (when,) = grounds_of(Account(report=report, events=(first, event)), event, None, {})
    assert when.reasons == ("six days: counted from “came under attack”",)


def test_the_page_says_what_each_date_rests_on(client: TestClient[Any], report_id: str) -> None:
    page = client.get(f"/reports/{report_id}").text
    assert "Why this date and place" in page
    assert '<q dir="auto">late Sunday</q>, part of a day' in page
