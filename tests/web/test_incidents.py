"""The list of incidents: one filter in the address for sentences, table, map and timeline."""

from __future__ import annotations

from pathlib import Path

import pytest
from litestar.testing import TestClient

from sayso.ledger.store import Store
from sayso.web.app import create_app
from sayso.web.security import GuardedLitestar


def test_every_page_is_whole_without_scripts(client: TestClient[GuardedLitestar], pages: list[str]) -> None:
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "<h1" in answer.text, page
        assert len(answer.content) < 150_000, page


def test_a_row_reads_like_a_sentence(client: TestClient[GuardedLitestar], incident_id: str) -> None:
    page = client.get("/").text
    assert f'href="/incidents/{incident_id}"' in page
    assert "4 Jul 2021, late" in page
    assert " at Al-Omar field, Deir ez-Zor, Syria" in page
    assert "1 denies" in page
    assert "Contested" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 2),
        ("?type=shelling", 1),
        ("?country=SYR", 2),
        ("?status=contested", 1),
        ("?q=monitor", 1),
        ("?q=nothing+of+the+kind", 0),
        ("?speaker=a+war+monitor", 1),
        ("?speaker=Nobody", 0),
        ("?side=Army+of+Testland", 1),
        ("?from=2021-07-04", 2),
        ("?from=2021-07-05", 0),
        ("?to=2021-07-03", 1),
        ("?box=40,35,41,36", 1),
        ("?box=0,0,1,1", 0),
        ("?type=shelling&status=contested&country=SYR&from=2021-07&to=2021", 1),
    ],
)
def test_the_filter_narrows_page_and_json_alike(client: TestClient[GuardedLitestar], query: str, expected: int) -> None:
    assert client.get(f"/incidents.json{query}").json()["total"] == expected
    assert f"<h1>{expected} incident" in client.get(f"/{query}").text


def test_an_accept_header_gives_json_of_the_same_address(client: TestClient[GuardedLitestar]) -> None:
    answer = client.get("/?type=shelling", headers={"accept": "application/json"})
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["total"] == 1


@pytest.mark.parametrize(("kind", "held"), [("csv", "SY-"), ("geojson", "FeatureCollection")])
def test_the_whole_list_can_be_taken_along(client: TestClient[GuardedLitestar], kind: str, held: str) -> None:
    answer = client.get(f"/incidents.{kind}?type=shelling")
    assert answer.status_code == 200
    assert held in answer.text
    assert "Al-Omar field" in answer.text
    assert "air strike" not in answer.text.lower()


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?type=party", "S504"),
        ("?status=true", "S504"),
        ("?from=yesterday", "S504"),
        ("?from=2021-02-30", "S504"),
        ("?box=1,2,3", "S504"),
        ("?box=9,0,1,1", "S504"),
        ("?page=0", "S504"),
        ("?page=99999", "S505"),
        ("?q=" + "a" * 201, "S503"),
    ],
)
def test_what_is_not_understood_is_said(client: TestClient[GuardedLitestar], query: str, code: str) -> None:
    page, data = client.get(f"/{query}"), client.get(f"/incidents.json{query}")
    assert page.status_code == data.status_code == 400
    assert code in page.text
    assert data.json()["code"] == code


def test_what_narrows_the_list_can_be_taken_away(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/?type=shelling&country=SYR").text
    assert 'href="/?country=SYR" aria-label="Remove type' in page
    assert 'href="/?type=shelling" aria-label="Remove country: Syria"' in page


def test_a_country_is_never_a_pin(client: TestClient[GuardedLitestar], country_id: str) -> None:
    places = {place["name"]: place for place in client.get("/places.json").json()["places"]}
    assert places["somewhere in Syria"]["pinned"] is False
    assert places["Al-Omar field, Deir ez-Zor, Syria"]["pinned"] is True
    page = client.get("/?type=airstrike").text
    assert 'class="mark' not in page
    assert "no place more exact than a country" in page
    assert "never drawn as a point" in client.get(f"/incidents/{country_id}").text


def test_what_is_on_the_map_is_a_table_too(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/?view=places").text
    assert "as a dot" in page
    assert "country only" in page


def test_an_empty_ledger_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    Store.open(path).close()
    with TestClient(create_app(str(path)), base_url="http://127.0.0.1:8321") as client:
        for page in ("/", "/reports", "/speakers"):
            assert "sayso add" in client.get(page).text
        assert "Everything that was added could be read" in client.get("/unread").text


def test_an_empty_answer_offers_a_way_back(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/?q=nothing+of+the+kind&type=shelling").text
    assert "No incident fits this filter" in page
    assert 'href="/?type=shelling">without words' in page
