"""Hostile words stay words, and only this machine's own names are answered."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from litestar.testing import TestClient

from sayso.web import settings
from sayso.web.app import create_app
from sayso.web.security import GuardedLitestar


class Elements(HTMLParser):
    """The elements of a page, as a browser's parser would find them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_no_page_holds_an_element_that_a_report_wrote(
    client: TestClient[GuardedLitestar], pages: list[str], hostile: str
) -> None:
    seen = 0
    for page in pages:
        text = client.get(page).text
        seen += "&lt;script&gt;alert(" in text
        for tag, attributes in Elements(text).found:
            assert tag != "img", page
            assert not any(name.startswith("on") for name in attributes), page
            assert tag != "script" or (attributes["src"] or "").startswith("/static/js/"), page
            assert "style" not in attributes, page
    assert seen >= 4  # the hostile words are there, as words


class Isolated(HTMLParser):
    """Texts that turn the direction of writing, with whether an element keeps the turn to itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.turns: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "br"):
            self.open.append(tag in ("bdi", "title", "text") or dict(attrs).get("dir") == "auto")

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "\u202e" in data:
            self.turns.append(any(self.open))


def test_words_that_turn_the_direction_keep_it_to_themselves(
    client: TestClient[GuardedLitestar], pages: list[str]
) -> None:
    turns = [turn for page in pages for turn in Isolated(client.get(page).text).turns]
    assert len(turns) > 5
    assert all(turns)


@pytest.mark.parametrize("path", ["/", "/about", "/nowhere", "/?page=x", "/static/css/base.css", "/incidents.json"])
def test_every_answer_carries_the_policy(client: TestClient[GuardedLitestar], path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8321", "[::1]:8321", "", "a@localhost"]
)
def test_a_foreign_host_is_refused(client: TestClient[GuardedLitestar], host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert answer.text.startswith("S501 ")
    assert "incident" not in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.1:9", "localhost:65535"])
def test_this_machine_is_answered(client: TestClient[GuardedLitestar], host: str) -> None:
    assert client.get("/about", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_changed(client: TestClient[GuardedLitestar], method: str) -> None:
    answer = client.request(method, "/")
    assert answer.status_code == 405
    assert answer.text.startswith("S502 ")
    assert answer.headers["allow"] == "GET, HEAD"


def test_head_is_get_without_the_body(client: TestClient[GuardedLitestar]) -> None:
    answer = client.head("/about")
    assert answer.status_code == 200
    assert answer.content == b""
    assert client.head("/nowhere").status_code == 404


def test_a_long_address_is_refused(client: TestClient[GuardedLitestar]) -> None:
    answer = client.get("/?q=" + "a" * settings.QUERY_LENGTH)
    assert answer.status_code == 400
    assert answer.text.startswith("S503 ")


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"])
def test_static_files_do_not_lead_out(client: TestClient[GuardedLitestar], path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "create_app" not in answer.text


def test_the_name_of_a_private_person_is_withheld(
    client: TestClient[GuardedLitestar], pages: list[str], incident_id: str, report_id: str
) -> None:
    for page in [*pages, f"/incidents/{incident_id}.json", f"/incidents/{incident_id}.csv", "/speakers.json"]:
        assert "Darwish" not in client.get(page).text, page
    assert "[name withheld]" in client.get(f"/reports/{report_id}").text
    assert "private person" in client.get(f"/incidents/{incident_id}").text.lower()
    refused = client.get(f"/reports/{report_id}.json")
    assert (refused.status_code, refused.json()["code"]) == (400, "S508")


def test_private_names_are_shown_to_those_who_ask(ledger: Path, incident_id: str) -> None:
    with TestClient(create_app(str(ledger), include_private=True), base_url="http://127.0.0.1:8321") as client:
        assert "Hassan Darwish" in client.get(f"/incidents/{incident_id}").text
