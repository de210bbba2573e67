"""The pages of comparing, over a ledger whose words, and a file whose names, are hostile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from tests.comparing.conftest import ACLED, table
from tests.web.conftest import HOST, HOSTILE

from sayso.comparing.compare import compare
from sayso.comparing.keep import keep
from sayso.ledger.store import Store
from sayso.web.app import create_app
from sayso.web.security import GuardedLitestar

Client = TestClient[GuardedLitestar]


@pytest.fixture
def compared(ledger: Path, tmp_path: Path) -> Iterator[Client]:
    """The pages of a ledger with one kept comparison."""
    row = ACLED | {
        "location": "Al-Omar field", "latitude": "35.1", "longitude": "40.4", "event_date": "2021-07-03",
        "sub_event_type": "Shelling/artillery/missile attack", "fatalities": "0",
    }  # fmt: skip
    far = {"event_id_cnty": "SYR7", "latitude": "33.5", "longitude": "36.3", "location": HOSTILE, "actor1": HOSTILE}
    path = tmp_path / "acled.csv"
    path.write_text(table([row, row | far], list(row)))
    with Store.open(ledger) as store:
        with store.read() as connection:
            found = compare(connection, path)
        with store.write() as connection:
            keep(connection, f"ACLED {HOSTILE}", found)
    with TestClient(create_app(str(ledger)), base_url=HOST) as client:
        yield client


def test_without_comparisons_the_page_says_how_to_make_one(ledger: Path) -> None:
    with TestClient(create_app(str(ledger)), base_url=HOST) as client:
        answer = client.get("/compare")
    assert answer.status_code == 200
    assert "sayso compare FILE --keep NAME" in answer.text


def test_the_list_and_each_view_answer(compared: Client) -> None:
    (one,) = compared.get("/compare.json").json()
    assert one["dataset"] == "acled"
    for address in ("/compare", *(f"/compare/1?show={show}" for show in ("both", "ours", "theirs", "also", "vague"))):
        answer = compared.get(address)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "Neither is called right" in answer.text


def test_both_sides_stand_beside_each_other(compared: Client) -> None:
    data = compared.get("/compare/1.json").json()
    assert data["total"] == len(data["entries"])
    text = compared.get("/compare/1?show=theirs").text
    assert "&lt;script&gt;" in text
    assert "ACLED" in text


def test_what_is_not_understood_is_said(compared: Client) -> None:
    for address, status in (
        ("/compare/99", 404),
        ("/compare/x", 404),
        ("/compare/99999999999999999999", 404),
        ("/compare/1?show=all", 400),
        ("/compare/1?differs=colour", 400),
    ):
        assert compared.get(address).status_code == status


def test_a_comparison_can_be_taken_along(compared: Client) -> None:
    answer = compared.get("/compare/1.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.text.splitlines()[0].startswith("id,outcome,differs")


def test_an_incident_says_with_what_it_is_matched(compared: Client) -> None:
    entries = compared.get("/compare/1.json").json()["entries"]
    assert entries, "the ledger's rockets are matched"
    text = compared.get(f"/incidents/{entries[0]['ours']['id']}").text
    assert "In ACLED:" in text
    assert ">SYR1</bdi>" in text
    assert "(differs on date)" in text
