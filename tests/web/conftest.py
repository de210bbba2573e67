"""A small ledger whose words are hostile, and a client that reads its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from sayso.incidents import update
from sayso.ledger.store import Store
from sayso.ledger.unread import put_unread
from sayso.ledger.write import put_account
from sayso.model import Account, Actor, Attribution, Claim, Event, Interval, Link, Note, Place, Report, Span
from sayso.web.app import create_app
from sayso.web.security import GuardedLitestar

HOST = "http://127.0.0.1:8321"
HOSTILE = '<script>alert("1")</script> \u202egnp.exe\u202c "><img src=x onerror=alert(1)>'
TEXT = (
    "Rockets hit Al-Omar field in eastern Syria late Sunday, a war monitor said, "
    "though the army denied there was any attack. "
    f"Hassan Darwish, a shepherd, said {HOSTILE} fell near him.\n\n"
    "It was not clear who fired. The strike followed air raids somewhere in Syria last week."
)


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def account(text: str = TEXT, *, published: str = "2021-07-05", publisher: str = "Example Wire") -> Account:
    """Two events: one with a monitor who asserts and an army that denies it, one at a country only."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    day = Interval(start="2021-07-04", end="2021-07-04", precision="part_of_day", evidence=span("late Sunday", text))
    week = Interval(start="2021-06-28", end="2021-07-04", precision="week", evidence=span("last week", text))
    hit, denied = span("Rockets hit Al-Omar field in eastern Syria", text), span("there was any attack", text)
    return Account(
        report=Report(
            id=digest[:16],
            text=text,
            published=published,
            publisher=publisher,
            title=f"Rockets near Hassan Darwish {HOSTILE}",
            sha256=digest,
        ),
        reader="test-1",
        places=(
            Place(
                id="p1",
                span=span("Al-Omar field", text),
                name="Al-Omar field",
                gazetteer_id="g1",
                country="SYR",
                admin1="Deir ez-Zor",
                lat=35.1,
                lon=40.4,
                precision=1,
            ),
            Place(
                id="p2",
                span=span("somewhere in Syria", text),
                name="Syria",
                gazetteer_id="g2",
                country="SYR",
                lat=35.0,
                lon=38.0,
                precision=6,
            ),
        ),
        actors=(
            Actor(id="a1", spans=(span("a war monitor", text),), name="a war monitor"),
            Actor(id="a2", spans=(span("the army", text),), name="The Army of Testland", country="SYR"),
            Actor(id="a3", spans=(span("Hassan Darwish", text),), name="Hassan Darwish", private=True),
        ),
        attributions=(
            Attribution(
                id="q1", source=(span("a war monitor", text),), cue=(span("said", text),), content=(hit,), speaker="a1"
            ),
        ),
        events=(
            Event(
                id="e1",
                type="shelling",
                mentions=(span("Rockets hit", text),),
                time=day,
                place="p1",
                initiators=("a2",),
                killed=(0, 0),
            ),
            Event(id="e2", type="airstrike", mentions=(span("air raids", text),), time=week, place="p2"),
            Event(id="e3", type="airstrike", mentions=(span("fired", text),), modality="generic"),
        ),
        claims=(
            Claim(
                id="c1",
                event="e1",
                slot="occurrence",
                value=None,
                normalised=True,
                stance="asserts",
                evidence=hit,
                speaker="a1",
                attribution="q1",
            ),
            Claim(
                id="c2",
                event="e1",
                slot="occurrence",
                value=None,
                normalised=True,
                stance="denies",
                evidence=denied,
                speaker="a2",
            ),
            Claim(
                id="c3",
                event="e1",
                slot="weapon",
                value=HOSTILE,
                stance="asserts",
                evidence=span(HOSTILE, text),
                speaker="a3",
            ),
            Claim(
                id="c4",
                event="e1",
                slot="initiator",
                value=None,
                stance="uncertain",
                evidence=span("It was not clear who fired", text),
            ),
            Claim(
                id="c5",
                event="e1",
                slot="time",
                value="late Sunday",
                normalised="2021-07-04",
                stance="asserts",
                evidence=span("late Sunday", text),
                speaker="a1",
                attribution="q1",
            ),
            Claim(
                id="c6",
                event="e2",
                slot="occurrence",
                value=None,
                normalised=True,
                stance="asserts",
                evidence=span("air raids somewhere in Syria", text),
            ),
        ),
        links=(Link(from_="e1", to="e2", kind="follows", evidence=span("The strike followed air raids", text)),),
        notes=(Note(code="place_unknown", text=f"refused {HOSTILE}"),),
    )


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "ledger.sqlite"
    made = account()
    with Store.open(path) as store, store.write() as connection:
        put_account(connection, made, f"reports/{HOSTILE}.txt")
        update(connection, [made.report.id])
        put_unread(
            connection, f"{HOSTILE}.pdf", "S102", f"S102 {HOSTILE}.pdf is not readable as text (a PDF). Save it."
        )
    return path


@pytest.fixture(scope="session")
def client(ledger: Path) -> Iterator[TestClient[GuardedLitestar]]:
    with TestClient(create_app(str(ledger)), base_url=HOST) as found:
        yield found


@pytest.fixture(scope="session")
def incident_id(client: TestClient[GuardedLitestar]) -> str:
    """The id of the contested incident."""
    rows = client.get("/incidents.json?status=contested").json()["incidents"]
    assert len(rows) == 1
    return str(rows[0]["id"])


@pytest.fixture(scope="session")
def country_id(client: TestClient[GuardedLitestar]) -> str:
    """The id of the incident that is known to a country only."""
    return str(client.get("/incidents.json?type=airstrike").json()["incidents"][0]["id"])


@pytest.fixture(scope="session")
def report_id(client: TestClient[GuardedLitestar]) -> str:
    return str(client.get("/reports.json").json()["reports"][0]["id"])


@pytest.fixture(scope="session")
def hostile() -> str:
    return HOSTILE


@pytest.fixture(scope="session")
def pages(incident_id: str, country_id: str, report_id: str, client: TestClient[GuardedLitestar]) -> list[str]:
    """The address of every page."""
    speaker = client.get("/speakers.json").json()["speakers"][0]["id"]
    return [
        "/",
        "/?view=table",
        "/?view=places",
        "/?q=nothing+fits+this",
        f"/incidents/{incident_id}",
        f"/incidents/{country_id}",
        "/reports",
        f"/reports/{report_id}",
        "/speakers",
        f"/speakers/{speaker}",
        f"/speakers/{speaker}/record/all",
        "/unread",
        "/why",
        f"/why?a={incident_id}&b={country_id}",
        "/decisions",
        "/dyads",
        "/campaigns",
        "/analysis",
        "/analysis?by=month&and=side",
        "/?mentions=without&dated=close&from=2021-07-01&to=2021-07-31&attacker=state:SYR",
        "/compare",
        "/about",
    ]
