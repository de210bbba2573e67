"""The incident page: the matrix, the evidence beside it, and what may be taken along."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from litestar.testing import TestClient

from sayso.web.incident import side_by_side
from sayso.web.security import GuardedLitestar


def marked(page: str) -> str:
    return html.unescape("".join(re.findall(r"<mark[^>]*>(.*?)</mark>", page, flags=re.S)))


def test_the_header_says_status_reason_and_counts(client: TestClient[GuardedLitestar], incident_id: str) -> None:
    page = client.get(f"/incidents/{incident_id}").text
    assert "Al-Omar field" in page
    assert "1 report, 3 speakers, 1 denial" in page
    assert "Contested" in page


def test_the_words_of_the_chosen_claim_are_marked(client: TestClient[GuardedLitestar], incident_id: str) -> None:
    data = client.get(f"/incidents/{incident_id}.json").json()
    for claim in data["claims"]:
        page = client.get(f"/incidents/{incident_id}", params={"claim": claim["id"]}).text
        assert marked(page) == claim["evidence"]


def test_other_claims_of_the_sentence_are_links_to_their_words(
    client: TestClient[GuardedLitestar], incident_id: str
) -> None:
    page = client.get(f"/incidents/{incident_id}").text
    assert re.search(r'<a class="also s-denies"[^>]*>there was any attack</a>', page)


def test_the_pane_alone_is_the_same_as_in_the_page(client: TestClient[GuardedLitestar], incident_id: str) -> None:
    claims = client.get(f"/incidents/{incident_id}.json").json()["claims"]
    denial = next(claim["id"] for claim in claims if claim["stance"] == "denies")
    part = client.get(f"/incidents/{incident_id}/evidence", params={"claim": denial}).text
    page = client.get(f"/incidents/{incident_id}", params={"claim": denial}).text
    assert part.strip() in page
    assert marked(part) == "there was any attack"


def test_what_nobody_states_is_no_zero(client: TestClient[GuardedLitestar], incident_id: str) -> None:
    page = client.get(f"/incidents/{incident_id}").text
    assert '<td class="unstated"><span aria-hidden="true">–</span><span class="unseen">not stated</span>' in page


def test_narration_has_a_column_of_its_own(client: TestClient[GuardedLitestar], country_id: str) -> None:
    page = client.get(f"/incidents/{country_id}").text
    assert re.search(r'<th scope="col" class="narration"><bdi>The report itself</bdi>', page)
    assert re.search(r'<td class="narration">\s*<a class="saying s-asserts"[^>]*><bdi', page)  # no chip


def test_the_chain_names_the_words_it_rests_on(
    client: TestClient[GuardedLitestar], incident_id: str, country_id: str
) -> None:
    page = client.get(f"/incidents/{incident_id}").text
    assert f'href="/incidents/{country_id}"' in page
    assert "The strike followed air raids" in page


@pytest.mark.parametrize("kind", ["csv", "geojson", "json"])
def test_an_incident_can_be_taken_along(client: TestClient[GuardedLitestar], incident_id: str, kind: str) -> None:
    answer = client.get(f"/incidents/{incident_id}.{kind}")
    assert answer.status_code == 200
    assert incident_id in answer.text
    if kind == "csv":
        assert len(list(csv.DictReader(io.StringIO(answer.text)))) == 5
        assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    "path", ["/incidents/XX-NONE", "/incidents/XX-NONE.json", "/reports/none", "/speakers/nobody", "/nowhere"]
)
def test_what_is_not_there_is_said(client: TestClient[GuardedLitestar], path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert re.search(r"S50[67]", answer.text)


def test_a_claim_that_is_not_there_is_said(client: TestClient[GuardedLitestar], incident_id: str) -> None:
    assert client.get(f"/incidents/{incident_id}/evidence?claim=no").status_code == 404
    assert client.get(f"/incidents/{incident_id}?claim=no").status_code == 200  # the page falls back to its first


def test_accounts_that_differ_stand_side_by_side() -> None:
    base = {"report_id": "r", "report_publisher": "P", "report_title": None, "slot": "occurrence", "evidence_end": 9}
    said = [
        base | {"id": "c1", "speaker": "A", "stance": "asserts", "evidence": "it fell", "evidence_start": 0},
        base | {"id": "c2", "speaker": "B", "stance": "asserts", "evidence": "it fell", "evidence_start": 0},
        base | {"id": "c3", "speaker": "C", "stance": "denies", "evidence": "any attack", "evidence_start": 4},
    ]
    pair = side_by_side(said, {})
    assert pair is not None
    assert [names for names, _ in pair[0].speakers] == [["A", "B"]]
    assert [names for names, _ in pair[1].speakers] == [["C"]]
    assert side_by_side(said[:2], {}) is None
