"""A report's page: what each event's date and place rest on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from litestar.testing import TestClient

from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account, Event, Interval, Note, Place, Report, Span
from sayso.reading.relevance import GATE, SKIPPED
from sayso.web.app import create_app
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


def test_pages_say_which_reports_were_not_read_and_why(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    note = Note(code=SKIPPED, text="not read: its words are those of a report on other matters", span=span("The base"))
    with Store.open(path) as store, store.write() as connection:
        for name, reader, notes in (("one", GATE, (note,)), ("two", "rules-3", ())):
            report = Report(id=name, text=TEXT, published="2021-07-05", sha256=name)
            put_account(connection, Account(report=report, reader=reader, notes=notes), f"{name}.txt")
    with TestClient(create_app(str(path)), base_url="http://127.0.0.1") as client:
        skipped, read, every = (client.get(f"/reports{name}").text for name in ("/one", "/two", ""))
        assert client.get("/reports.json").json()["not_read"] == 1
    assert "It was not read" in skipped
    assert "tells of no event" not in skipped
    assert "tells of no event" in read
    assert "1 report of these was kept without being read" in every
    assert every.count("not read: on other matters") == 1
