"""The pages that say why two are one, and what people decided on it: read only, escaped, paged."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from tests.web.conftest import HOST, HOSTILE, TEXT, account

from sayso import incidents
from sayso.incidents.deciding import say_apart, say_same, undo
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.web import settings
from sayso.web.app import create_app
from sayso.web.security import GuardedLitestar

NAME = f"Rana {HOSTILE}"


class Pages:
    """A ledger of two reports with decisions on it, and its pages."""

    def __init__(self, path: Path) -> None:
        self.path = path
        first, second = account(), account(TEXT + " So said another.", publisher="Second Wire")
        self.reports = (first.report.id, second.report.id)
        with Store.open(path) as store, store.write() as connection:
            for one in (first, second):
                put_account(connection, one, "test")
            incidents.update(connection, list(self.reports))
            found = connection.exec_driver_sql("SELECT id, incident_id FROM events WHERE type = 'shelling' ORDER BY id")
            self.events = {row[0]: row[1] for row in found}
            one, two = sorted(self.events)
            self.same = say_same(connection, NAME, [one, two], f"the same night {HOSTILE}")
            self.apart = say_apart(connection, "Omar", [one], [two])
            self.undone = undo(connection, "Rana", self.apart)
            self.incident = connection.exec_driver_sql(
                f"SELECT incident_id FROM events WHERE id = '{one}'"
            ).scalar_one()

    def get(self, path: str, **params: Any) -> Any:
        with TestClient(create_app(str(self.path)), base_url=HOST) as client:
            return client.get(path, params=params)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return Pages(tmp_path_factory.mktemp("why") / "ledger.sqlite")


def test_the_page_asks_for_two(pages: Pages) -> None:
    page = pages.get("/why", a="SY-7K3QD").text
    assert "Are these two one?" in page
    assert 'value="SY-7K3QD"' in page


def test_it_says_what_holds_and_shows_every_finding_with_its_weight(pages: Pages) -> None:
    one, two = sorted(pages.events)
    page = pages.get("/why", a=one, b=two).text
    assert "They are one incident" in page
    assert '<table class="findings">' in page
    assert "One occurrence with a likelihood of" in page
    assert "They are one incident" in pages.get("/why", a=pages.incident.lower(), b=one).text


def test_it_is_given_as_json(pages: Pages) -> None:
    one, two = sorted(pages.events)
    data = pages.get("/why.json", a=one, b=two).json()
    (pair,) = data["pairs"]
    assert pair["probability"] > 0.5
    assert all(reason["words"] for reason in pair["reasons"])
    assert [ruling["id"] for ruling in data["rulings"]] == [pages.apart, pages.same]


@pytest.mark.parametrize(
    ("path", "params", "status", "code"),
    [
        ("/why", {"a": "SY-NONE0", "b": "SY-NONE1"}, 404, "S460"),
        ("/why", {"a": "x" * (settings.FIELD_LENGTH + 1), "b": "y"}, 400, "S503"),
        ("/why.json", {"a": "SY-NONE0"}, 400, "S520"),
        ("/decisions", {"page": "none"}, 400, "S504"),
    ],
)
def test_what_cannot_be_answered_is_said_so(
    pages: Pages, path: str, params: dict[str, str], status: int, code: str
) -> None:
    answer = pages.get(path, **params)
    assert (answer.status_code, code in answer.text) == (status, True)


def test_the_incident_shows_what_joined_its_reports(pages: Pages) -> None:
    page = pages.get(f"/incidents/{pages.incident}").text
    assert "Why these are the same incident" in page
    assert '<span class="likelihood">likelihood ' in page
    assert f'href="/why?a={pages.incident}"' in page


def test_the_incident_shows_decisions_of_people_apart_from_what_was_read(pages: Pages) -> None:
    page = pages.get(f"/incidents/{pages.incident}").text
    section = page[page.index('<section class="decided"') :]
    section = section[: section.index("</section>")]
    assert section.count('class="mark person"') == 3
    assert 'class="mark machine"' not in section
    assert f"undone by decision {pages.undone}" in section
    assert section.index(f'id="decision-{pages.undone}"') < section.index(f'id="decision-{pages.same}"')


def test_an_incident_without_decisions_has_no_such_section(pages: Pages) -> None:
    found = pages.get("/incidents.json").json()["incidents"]
    other = next(row["id"] for row in found if row["id"] != pages.incident)
    assert '<section class="decided"' not in pages.get(f"/incidents/{other}").text


def test_all_decisions_have_a_page_with_the_state_of_their_seals(pages: Pages) -> None:
    page = pages.get("/decisions").text
    assert "<h1>3 decisions</h1>" in page
    assert "All 3 seals fit" in page
    data = pages.get("/decisions.json").json()
    assert [one["id"] for one in data["decisions"]] == [pages.undone, pages.apart, pages.same]
    assert [one["state"] for one in data["decisions"]] == ["stands", "undone", "stands"]


def test_a_broken_seal_is_shown(tmp_path: Path) -> None:
    pages = Pages(tmp_path / "ledger.sqlite")
    with sqlite3.connect(pages.path) as connection:
        connection.execute("UPDATE decisions SET who = 'somebody' WHERE id = 2")
    assert "The seals do not fit: " in pages.get("/decisions").text


def test_a_page_does_not_check_seals_without_end(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SEALS_CHECKED", 2)
    assert "sayso decide verify" in pages.get("/decisions").text


def test_a_ledger_without_decisions_says_how_to_decide(client: TestClient[GuardedLitestar]) -> None:
    assert "Nobody has decided anything yet." in client.get("/decisions").text


def test_words_of_reviewers_and_reports_are_escaped(pages: Pages) -> None:
    one, two = sorted(pages.events)
    for page in (pages.get("/decisions"), pages.get(f"/incidents/{pages.incident}"), pages.get("/why", a=one, b=two)):
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "Hassan Darwish" not in page.text


@pytest.mark.parametrize("path", ["/why", "/decisions"])
def test_nothing_can_be_changed_from_the_pages(pages: Pages, path: str) -> None:
    with TestClient(create_app(str(pages.path)), base_url=HOST) as client:
        assert client.post(path, params={"a": "1", "b": "2"}).status_code in (403, 405)
