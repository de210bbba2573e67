from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from tests.incidents.made import Made

from sayso.incidents import campaigns
from sayso.ledger.store import Store
from sayso.web.app import create_app
from sayso.web.security import GuardedLitestar

HOST = "http://127.0.0.1:8321"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    with Store.open(tmp_path / "war.db") as store:
        made = Made(store)
        for day in (1, 5, 9):
            made.incident(f"A{day}", f"2020-01-0{day}", ["blue-front"], ["red-guard"])
        for day in (1, 5, 9, 12):
            made.incident(f"B{day}", f"2020-03-{day:02d}", place="<b>q</b>", kind="airstrike")
        made.incident("B30", "2020-04-20", place="<b>q</b>", kind="airstrike")
        made.incident("A20", "2020-01-20", kind="airstrike")
        made.incident("S", "2020-01-12", stub=True)
        made.done()
        yield made


@pytest.fixture
def client(made: Made, tmp_path: Path) -> Iterator[TestClient[GuardedLitestar]]:
    with TestClient(create_app(str(tmp_path / "war.db")), base_url=HOST) as client:
        yield client


def test_all_series_are_found_the_longest_first(made: Made) -> None:
    with made.store.read() as connection:
        found = campaigns.campaigns(connection)
        one_by_one = [campaigns.campaign(connection, one.first) for one in found.series]
    assert [one.attacks for one in found.series] == [("B1", "B5", "B9", "B12"), ("A1", "A5", "A9")]
    assert found.since is None
    assert [tuple(attack.id for attack in one.attacks) for one in one_by_one if one] == [
        one.attacks for one in found.series
    ]


def test_the_page_names_places_and_attackers(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/campaigns").text
    assert "2 series of similar attacks" in page
    assert '<a href="/campaigns/A1"><bdi>Place p1</bdi></a>, Syria' in page
    assert '<bdi>Blue Front</bdi> <span class="number">3</span>' in page
    assert "nobody named" in page
    assert "<b>q" not in page
    found = client.get("/campaigns.json").json()
    assert [one["attackers"] for one in found["campaigns"]] == [[], [["Blue Front", 3]]]


def test_a_date_leaves_out_what_began_later(client: TestClient[GuardedLitestar]) -> None:
    assert "1 series of similar attacks, begun by 29 Feb 2020" in client.get("/campaigns?to=2020-02").text
    assert "No three attacks of one kind" in client.get("/campaigns?to=2019").text


def test_what_is_looked_at_is_bounded_and_said(
    client: TestClient[GuardedLitestar], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaigns, "LOOKED_AT", 5)
    page = client.get("/campaigns").text
    assert "1 series" in page
    assert 'among the latest 5 incidents, back to 1 Mar 2020; <a href="/campaigns?to=2020-03-01">' in page


def test_a_series_is_shown_with_why_each_attack_belongs(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/campaigns/A5").text
    assert "Rocket, missile or artillery fire at one place" in page
    assert "4 days after the one before" in page
    assert client.get("/campaigns/A20").status_code == 404
