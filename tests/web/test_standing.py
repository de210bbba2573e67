from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient
from tests.incidents.conftest import Ledger, account, says, told

from sayso.incidents.statement import Statement, Voice
from sayso.incidents.tolls import tolls
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.web.app import create_app
from sayso.web.security import GuardedLitestar
from sayso.web.standing import draw, ranges

HOST = "http://127.0.0.1:8321"
Client = TestClient[GuardedLitestar]


def toll(number: int, speaker: str = "a4", **facts: Any) -> Any:
    known = {"value": str(number), "normalised": [number, number], "words": f"{number} <b>dead</b>"}
    return says("e1", speaker, slot="killed", **(known | {"id": f"k{number}"} | facts))


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[tuple[Client, str, Ledger]]:
    """An incident of two reports: the ministry first says none, then three; a resident and a monitor speak too."""
    path = tmp_path / "ledger.sqlite"
    with Store.open(path) as store:
        ledger = Ledger(store)
        sides: dict[str, Any] = {"initiators": ("a1",), "recipients": ("a2",)}
        first = toll(0), says("e1", "a3"), toll(12, "a3", normalised=[12, None]), says("e1", "a4", "denies")
        ledger.add(account("r1", told(**sides), claims=first, published="2016-05-14T09:30+00:00", publisher="Alpha"))
        second = toll(3), toll(5, "a5"), says("e1", "a4")
        ledger.add(account("r2", told(**sides), claims=second, published="2016-05-15T10:00+00:00", publisher="Beta"))
        assert ledger.together("r1:e1", "r2:e1")
        with TestClient(create_app(str(path)), base_url=HOST) as client:
            yield client, ledger.incident_of("r1:e1") or "", ledger


def test_the_page_says_since_when_and_why(shown: tuple[Client, str, Ledger]) -> None:
    client, incident, _ = shown
    page = client.get(f"/incidents/{incident}").text
    assert "Since 14 May 2016, 09:30 UTC</a>" in page
    assert "Russian Defense Ministry denied it" in page


def test_changed_accounts_stand_in_both_s_words(shown: tuple[Client, str, Ledger]) -> None:
    client, incident, _ = shown
    page = client.get(f"/incidents/{incident}").text
    assert "Who has changed their account" in page
    assert "from none to some" in page
    assert "denied, then asserted" in page
    assert "0 &lt;b&gt;dead&lt;/b&gt;" in page


def test_numbers_stand_by_kind_of_speaker(shown: tuple[Client, str, Ledger]) -> None:
    client, incident, _ = shown
    page = client.get(f"/incidents/{incident}").text
    assert "Monitors and aid organisations" in page
    assert "States and governments" in page
    assert "at least 12" in page


def test_json_has_statuses_histories_numbers_and_changes(shown: tuple[Client, str, Ledger]) -> None:
    client, incident, _ = shown
    found = client.get(f"/incidents/{incident}.json").json()
    occurrence = found["standings"][0]
    assert (occurrence["slot"], occurrence["status"]) == ("occurrence", "contested")
    assert occurrence["history"][0]["sentence"].startswith("Contested since 14 May 2016, 09:30 UTC, when ")
    assert {row["group"]: (row["low"], row["high"]) for row in found["tolls"]} == {
        "state": (0, 3),
        "monitor": (12, None),
        "residents": (5, 5),
    }
    assert {shift["kind"] for shift in found["shifts"]} == {"came_from_none", "came_to_assert"}
    assert "probability" not in str(found)


def test_no_private_person_is_named(shown: tuple[Client, str, Ledger]) -> None:
    client, incident, _ = shown
    for address in (f"/incidents/{incident}", f"/incidents/{incident}.json"):
        text = client.get(address).text
        assert "Haddad" not in text
        assert "a private person" in text


def test_a_speaker_s_page_has_counts_that_lead_to_their_incidents(shown: tuple[Client, str, Ledger]) -> None:
    client, incident, _ = shown
    page = client.get("/speakers/RUSMIL").text
    assert 'href="/speakers/RUSMIL/record/changed">1 incident</a>' in page
    assert "not who was right" in page
    behind = client.get("/speakers/RUSMIL/record/changed").text
    assert f'href="/incidents/{incident}"' in behind
    assert "0 &lt;b&gt;dead&lt;/b&gt;" in behind


def test_a_speaker_s_record_is_there_as_json(shown: tuple[Client, str, Ledger]) -> None:
    client, incident, _ = shown
    found = client.get("/speakers/RUSMIL.json").json()
    assert found["record"]["incidents"]["denies"] == 1
    assert found["record"]["statements"] == {"asserts": 3, "denies": 1, "uncertain": 0}
    assert found["changed"][0]["incident"] == incident
    behind = client.get("/speakers/RUSMIL/record/denies.json").json()
    assert (behind["total"], behind["incidents"][0]["incident_id"]) == (1, incident)
    assert [claim["stance"] for claim in behind["incidents"][0]["claims"]] == ["denies"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/speakers/RUSMIL/record/truth", 400, "S504"),
        ("/speakers/nobody/record/all", 404, "S506"),
        ("/speakers/samira-haddad/record/all", 404, "S506"),
    ],
)
def test_a_count_that_is_none_is_said(shown: tuple[Client, str, Ledger], path: str, status: int, code: str) -> None:
    answer = shown[0].get(path)
    assert answer.status_code == status
    assert code in answer.text


def test_a_page_past_the_last_shows_the_last(shown: tuple[Client, str, Ledger]) -> None:
    assert shown[0].get("/speakers/RUSMIL/record/all.json?page=900").json()["page"] == 1


def test_the_estimate_is_closed_names_its_assumptions_and_is_in_no_list(shown: tuple[Client, str, Ledger]) -> None:
    from sayso.incidents.estimate import About, Estimate, Run, keep
    from sayso.incidents.truth import Parameters

    client, incident, ledger = shown
    assert 'class="estimate"' not in client.get(f"/incidents/{incident}").text
    about = About(
        model="m", parameters=Parameters(), incidents=40, disputed=7, speakers=9, labels=99, refused={}, filters="all"
    )
    figure = Estimate(incident_id=incident, asserts=2, denies=1, probability=0.873, low=0.411, high=0.99)
    with ledger.store.write() as connection:
        keep(connection, Run(about=about, estimates=[figure]))
    page = client.get(f"/incidents/{incident}").text
    assert "<details>\n    <summary>An estimate beside the rules" in page
    assert "87 in 100" in page
    assert "In war they do not" in page
    for address in ("/", "/incidents.json", f"/incidents/{incident}.json", f"/incidents/{incident}.csv"):
        text = client.get(address).text
        assert "0.873" not in text
        assert "87 in 100" not in text


def many(ledger: Ledger, incidents: int) -> None:
    """A speaker, MONITOR, with a claim in each of so many incidents."""
    none = dict.fromkeys(("denies", "uncertain", "contested", "contradicted", "changed", "alone", "acknowledged"), 0)
    numbers = range(incidents)
    report = {"published_from": "given", "language": "en", "text": "", "body_start": 0, "source": "s", "added_at": "x"}
    dates = [f"20{10 + n * 7 // incidents:02d}-{1 + n % 12:02d}-{1 + n % 28:02d}" for n in numbers]
    rows: dict[sa.Table, list[dict[str, Any]]] = {
        schema.reports: [report | {"id": f"m{n}", "sha256": f"m{n}", "published": dates[n]} for n in numbers],
        schema.events: [
            {"id": f"m{n}:e", "report_id": f"m{n}", "type": "airstrike", "modality": "actual", "mention": "x"}
            | {"incident_id": f"SY-{n}"}
            for n in numbers
        ],
        schema.claims: [
            {"id": f"m{n}:c", "event_id": f"m{n}:e", "incident_id": f"SY-{n}", "report_id": f"m{n}"}
            | {"slot": "occurrence", "stance": "asserts", "speaker_id": "MONITOR"}
            | {"evidence_start": 0, "evidence_end": 1, "evidence": f"words {n}"}
            for n in numbers
        ],
        schema.incidents: [
            {"id": f"SY-{n}", "type": "airstrike", "status": "single_source", "reason": "r", "title": f"strike {n}"}
            | {"updated_at": "x"}
            for n in numbers
        ],
        schema.records: [
            none
            | {"actor_id": "MONITOR", "incident_id": f"SY-{n}", "asserts": 1, "occurrence": 1}
            | {"first": dates[n], "last": dates[n]}
            for n in numbers
        ],
    }
    with ledger.store.write() as connection:
        connection.execute(sa.insert(schema.actors), {"id": "MONITOR", "name": "Monitor", "private": False})
        for table, values in rows.items():
            connection.execute(sa.insert(table), values)


def test_a_speaker_of_very_many_claims_is_paged_by_incident_the_latest_first(
    shown: tuple[Client, str, Ledger],
) -> None:
    client, _, ledger = shown
    many(ledger, 1200)
    first, second = (client.get(f"/speakers/MONITOR.json?page={n}").json() for n in (1, 2))
    assert (first["counts"]["asserts"], first["pages"], len(first["claims"])) == (1200, 60, 20)
    dates = [claim["report_published"] for claim in (*first["claims"], *second["claims"])]
    assert dates == sorted(dates, reverse=True)
    assert first["claims"][0]["incident_title"].startswith("strike ")
    assert client.get("/speakers/MONITOR?stance=denies").status_code == 200
    assert "the first claims; its page has all" in client.get("/speakers/MONITOR").text


def gave(low: int | None, high: int | None, published: str = "2016-05-14") -> Statement:
    voice = Voice(key="v", name="<Monitor>", kind="monitor")
    known: dict[str, Any] = {"slot": "killed", "stance": "asserts", "report_id": published, "value": "x"}
    return Statement(voice=voice, published=published, normalised=[low, high], **known)


def test_an_open_number_is_drawn_open_and_the_latest_filled() -> None:
    (row,) = tolls([gave(18, None), gave(20, 20, "2016-05-15")])
    drawn = draw(row, 20, "18–20 or more")
    assert drawn.count('class="dot latest"') == 1
    assert drawn.count('class="dot"') == 1
    assert 'class="open"' in drawn
    assert ranges([row])[0][1][0].said == "18–20 or more"


def test_numbers_of_no_end_are_drawn_within_bounds() -> None:
    found = tolls([gave(number, number, f"2016-05-{1 + number % 28:02d}") for number in range(5000)])
    assert len(draw(found[0], 5000, "x")) < 10_000
