"""Accounts made by hand, for tests of what comes after the reading."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.ledger.store import Store
from sayso.model import Account, Actor, Claim, Event, Interval, Link, Place, Report, Span

TEXT = """Rockets hit the base at Alford on Sunday, a war monitor said.

The US military denied there was any attack. A day later jets struck Benton in answer, the ministry said.
"""

MakeReport = Callable[..., Report]
MakeAccount = Callable[..., Account]


def _report(text: str = TEXT, *, published: str = "2021-07-05", **fields: Any) -> Report:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Report(id=sha256[:16], sha256=sha256, text=text, published=published, **fields)


def _account(text: str = TEXT, *, reader: str = "test-1", report: Report | None = None, **fields: Any) -> Account:
    """An account of two events, one denied, one in answer to it; words that ``text`` lacks stand at its beginning."""
    report = report or _report(text, **fields)

    def span(words: str) -> Span:
        start = max(report.text.find(words), 0)
        return Span(start, start + len(words), words)

    actors = (
        Actor(id="a1", spans=(span("a war monitor"),), name="Northern Observatory", kind="monitor"),
        Actor(id="a2", spans=(span("The US military"),), name="the US military", kb_id="usa-military", country="USA"),
        Actor(id="a3", spans=(span("the ministry"),), name="Jane Witness", private=True),
    )
    places = (
        Place(id="p1", span=span("Alford"), name="Alford", gazetteer_id="g1", kind="town", lat=35.1, lon=40.4,
              country="SYR", precision=1, radius_km=3.0),
        Place(id="p2", span=span("Benton"), name="Benton", gazetteer_id="g2", kind="town", lat=34.4, lon=40.9,
              country="SYR", precision=1),
    )  # fmt: skip
    day = Interval(start="2021-07-04", end="2021-07-04", precision="day", evidence=span("on Sunday"))
    next_day = Interval(start="2021-07-05", end="2021-07-05", precision="day", evidence=span("A day later"))
    events = (
        Event(id="e1", type="shelling", mentions=(span("Rockets hit"),), time=day, place="p1", recipients=("a2",),
              killed=(0, 0), weapon=span("Rockets")),
        Event(id="e2", type="airstrike", mentions=(span("jets struck"),), time=next_day, place="p2",
              recipients=(span("Benton"),), killed=(2, None)),
    )  # fmt: skip
    claims = (
        Claim(id="c1", event="e1", slot="occurrence", value=None, stance="asserts",
              evidence=span("Rockets hit the base"), normalised=True, speaker="a1"),
        Claim(id="c2", event="e1", slot="occurrence", value=None, stance="denies",
              evidence=span("there was any attack"), normalised=True, speaker="a2"),
        Claim(id="c3", event="e1", slot="place", value="Alford", stance="asserts", evidence=span("Alford"),
              normalised="p1", speaker="a1"),
        Claim(id="c4", event="e1", slot="recipient", value="the US military", stance="uncertain",
              evidence=span("the base"), normalised="a2", speaker="a3"),
        Claim(id="c5", event="e2", slot="occurrence", value=None, stance="asserts", evidence=span("jets struck Benton"),
              normalised=True),
    )  # fmt: skip
    links = (Link(from_="e2", to="e1", kind="retaliation_for", evidence=span("in answer"), speaker="a3"),)
    return Account(
        report=report, reader=reader, actors=actors, places=places, events=events, claims=claims, links=links
    )


@pytest.fixture
def make_report() -> MakeReport:
    return _report


@pytest.fixture
def make_account() -> MakeAccount:
    return _account


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def store(ledger_path: Path) -> Store:
    return Store.open(ledger_path)
