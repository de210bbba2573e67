from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient
from tests.incidents.made import ACTORS, Made

from sayso.incidents.dyads import strikes
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.model import Account, Actor, Report, Span
from sayso.web import dyadline
from sayso.web.app import create_app
from sayso.web.security import GuardedLitestar

HOST = "http://127.0.0.1:8321"
HOSTILE = "<script>alert(1)</script> Red Guard"


@pytest.fixture
def war(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    monkeypatch.setitem(ACTORS, "red-guard", ACTORS["red-guard"] | {"name": HOSTILE})
    with Store.open(tmp_path / "war.db") as store:
        made = Made(store)
        made.incident("A", "2020-01-01", ["blue-front"], ["red-guard"], said_by=("monitor",))
        made.incident("B", "2020-01-03", ["red-guard"], ["blue-front"], end="2020-01-20", denied_by=("red-guard",))
        made.incident("C", "2020-01-05", ["blue-front"], ["red-guard"])
        made.incident("D", "2020-02-01", ["blue-front"], ["red-guard"], kind="armed_clash")
        made.incident("S", None, stub=True)
        made.link("B", "A", speaker="monitor")
        made.link("B", "A")
        made.link("C", "B", "follows")
        made.link("B", "S", "follows")
        made.claim("B", "motive", "denies", "red-guard", "it was no retaliation")
        made.done()
        yield made


@pytest.fixture
def client(war: Made, tmp_path: Path) -> Iterator[TestClient[GuardedLitestar]]:
    with TestClient(create_app(str(tmp_path / "war.db")), base_url=HOST) as client:
        yield client


def test_the_list_names_both_sides_and_escapes_them(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/dyads").text
    assert 'href="/dyads/blue-front/red-guard"' in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    (row,) = client.get("/dyads.json").json()["dyads"]
    assert (row["by_a"], row["by_b"], row["clashes"], row["contested"], row["total"]) == (2, 1, 1, 1, 4)


def test_dyads_of_a_side_that_is_not_there_are_not_found(client: TestClient[GuardedLitestar]) -> None:
    assert client.get("/dyads?side=blue").status_code == 200
    assert client.get("/dyads?side=nobody").status_code == 404


def test_a_dyad_has_one_address(client: TestClient[GuardedLitestar]) -> None:
    answer = client.get("/dyads/red-guard/blue-front", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "/dyads/blue-front/red-guard")
    assert client.get("/dyads/blue-front/nobody").status_code == 404


def test_the_page_of_a_dyad_has_its_links_with_words_and_denials(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/dyads/blue-front/red-guard").text
    assert "B retaliation_for A" in page
    assert "it was no retaliation" in page
    assert "disputed" in page
    assert 'href="#link-1"' in page
    assert 'id="link-1"' in page
    assert "Said to be strike and answer" in page
    assert "too few to sum up" in page
    assert "<script>alert" not in page
    assert len(page.encode()) < 150_000


def test_the_timeline_puts_the_sides_apart_and_hatches_what_is_contested(war: Made) -> None:
    with war.store.read() as connection:
        found = strikes(connection, "blue-front", "red-guard")
    drawn = str(dyadline.timeline(found, (), ("Blue Front", "Red Guard")))
    marks = re.findall(
        r'<rect class="strike ([^"]*)"( fill="[^"]*")? x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', drawn
    )
    kinds = [kind for kind, *_ in marks]
    assert kinds == ["known", "within contested", "known", "known clash"]
    above, below, _, clash = (float(y) for *_, y, _ in marks)
    assert above < clash < below
    assert float(marks[1][4]) > 10 * float(marks[0][4]) / 8  # eighteen days are drawn wider than one
    assert 'fill="url(#doubt)"' in marks[1][1]


def test_strikes_without_a_date_are_told_of_but_not_drawn(client: TestClient[GuardedLitestar], war: Made) -> None:
    war.incident("E", None, ["blue-front"], ["red-guard"])
    war.done()
    page = client.get("/dyads/blue-front/red-guard").text
    assert "1 attack without a known beginning is not drawn" in page


def test_dates_narrow_the_timeline_and_a_fit_is_only_made_when_asked_for(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/dyads/blue-front/red-guard?from=2020-02-01&to=2020-02-28&fit=1").text
    assert "1 Feb 2020 – 28 Feb 2020: 1 attack" in page
    assert "Not fitted: 2 and 1 dated strikes are too few" in page
    assert "Fit it" in client.get("/dyads/blue-front/red-guard").text


def test_a_dyad_as_json(client: TestClient[GuardedLitestar]) -> None:
    found = client.get("/dyads/blue-front/red-guard.json").json()
    assert [one["incident_id"] for one in found["strikes"]] == ["A", "B", "C", "D"]
    assert [one["days"] for one in found["responses"]["answers"]] == [[2, 19], [0, 2]]
    assert found["said"][0]["size"] == 3


def test_an_incident_shows_its_chain_with_stubs_and_exchanges(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/incidents/B").text
    assert "known only from mentions" in page
    assert "In an exchange of 3 attacks between" in page
    chain = client.get("/incidents/B.json").json()["chain"]
    assert {(link["kind"], link["to_incident"], link["reports"]) for link in chain["links"]} == {
        ("retaliation_for", "A", 2),
        ("follows", "S", 1),
        ("follows", "B", 1),
    }
    assert "No report here tells of it more closely" in client.get("/incidents/S").text


def test_a_series_is_shown_with_why_each_belongs(client: TestClient[GuardedLitestar], war: Made) -> None:
    war.incident("F", "2020-01-10")
    war.done()
    page = client.get("/campaigns/A").text
    assert "3 similar attacks at <bdi>Place p1</bdi>" in page
    assert "at the same place, Place p1, 4 days after the one before" in page
    assert client.get("/campaigns/D").status_code == 404
    assert "In a series of" in client.get("/incidents/A").text


def test_the_list_marks_what_is_only_mentioned_and_can_leave_it_out(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/").text
    assert page.count("known only from mentions") == 1
    assert [row["id"] for row in client.get("/incidents.json?mentions=only").json()["incidents"]] == ["S"]
    rest = client.get("/incidents.json?mentions=without").json()["incidents"]
    assert {row["id"] for row in rest} == {"A", "B", "C", "D"}
    assert client.get("/?mentions=some").status_code == 400


def test_the_words_of_a_link_name_no_private_person(client: TestClient[GuardedLitestar], war: Made) -> None:
    witness = Actor(id="a1", spans=(Span(0, 13, "Samira Haddad"),), name="Samira Haddad", private=True)
    for number, kind in enumerate(("retaliation_for", "similar_to"), 5):
        war.link("C", "A" if number == 5 else "B", kind, words="Samira Haddad called it an answer")
        report = Report(id=f"link-{number}", text="Samira Haddad called it", published="2020-01-01", sha256="x")
        packed = zlib.compress(Account(report=report, actors=(witness,)).to_json().encode())
        with war.store.write() as connection:
            row = {"report_id": report.id, "reader": "hand", "data": packed}
            connection.execute(sa.insert(schema.accounts), [row])
    war.incident("F", "2020-01-10")
    war.done()
    for path in ("/dyads/blue-front/red-guard", "/incidents/C", "/campaigns/C"):
        page, data = client.get(path).text, client.get(f"{path}.json").json()
        # The events' own links are masked by the reports of the incident, of which the link's is always one.
        data.pop("answers", None)
        assert "a private person called it an answer" in page
        assert "Samira" not in page
        assert "Samira" not in str(data)


def test_dyads_with_the_most_answers_can_be_asked_for(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/dyads?sort=links").text
    assert '<a href="/dyads/blue-front/red-guard#links-title">2</a>' in page
    (row,) = client.get("/dyads.json?sort=links&side=red-guard").json()["dyads"]
    assert row["links"] == 2  # two reports tell that B answered A: one pair
    assert client.get("/dyads?sort=alphabet").status_code == 400


def test_the_numbers_of_the_arrows_are_those_of_the_words(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/dyads/blue-front/red-guard").text
    drawn = re.findall(r'data-link="(\d)">.*?<text [^>]*>(\d)</text></a>', page)
    assert drawn == [("1", "1"), ("2", "2")]
    assert re.findall(r'<li id="link-(\d)" value="(\d)">', page) == [("2", "2"), ("1", "1")]


def test_answers_are_drawn_as_wide_as_their_dates_leave_open(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/dyads/blue-front/red-guard").text
    marks = re.findall(r'<rect class="(exact|range)" x="[\d.]+" y="\d+" width="([\d.]+)"', page)
    assert [kind for kind, _ in marks] == ["range", "range"]
    b_after_a, c_after_b = sorted((float(width) - 6 for _, width in marks), reverse=True)
    assert b_after_a / c_after_b == pytest.approx(17 / 2, rel=0.02)  # 2 to 19 days, and 0 to 2


def test_a_pattern_in_time_that_speakers_call_an_exchange_is_told_once(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/incidents/B").text
    assert page.count("In an exchange of") == 1


def test_a_long_dyad_lists_its_latest_attacks(war: Made, client: TestClient[GuardedLitestar]) -> None:
    for number in range(120):
        day = f"2020-{3 + number // 28:02d}-{1 + number % 28:02d}"
        war.incident(f"L{number}", day, ["blue-front"], ["red-guard"])
    war.done()
    page = client.get("/dyads/blue-front/red-guard").text
    assert "The 100 latest of 124. Pick a month above to see those before them." in page
    assert page.count('<li class="way-') == 100
    assert "By the month they began" in page
    assert len(page.encode()) < 200_000
