"""Claims that were refused: folded away on the pages of report and incident, with their words and the reason."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from litestar.testing import TestClient

from sayso.incidents import update
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account, Actor, Claim, Event, Interval, Place, Refused, Report, Span
from sayso.web.app import create_app
from sayso.web.refused import of_account

TEXT = (
    "Rockets hit Alford on Sunday, a monitor said. Hassan Darwish, a shepherd, said seven men died near <b>Darwish</b>."
)
REASON = "confidence 0.12 is below 0.25"
HOST = "http://127.0.0.1:8321"


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words), words)


def account() -> Account:
    said = Claim(id="c1", event="e1", slot="occurrence", value=None, normalised=True, stance="asserts",
                 evidence=span("Rockets hit Alford"), speaker="a1", confidence=0.8)  # fmt: skip
    refused = Claim(id="c2", event="e1", slot="killed", value="seven men", normalised=[7, 7], stance="asserts",
                    evidence=span("seven men died near <b>Darwish"), speaker="a2", confidence=0.12)  # fmt: skip
    day = Interval(start="2021-07-04", end="2021-07-04", precision="day", evidence=span("on Sunday"))
    return Account(
        report=Report(id="r1", text=TEXT, published="2021-07-05", publisher="Example Wire", sha256="0" * 64),
        actors=(
            Actor(id="a1", spans=(span("a monitor"),), name="a monitor"),
            Actor(id="a2", spans=(span("Hassan Darwish"),), name="Hassan Darwish", private=True),
        ),
        places=(Place(id="p1", span=span("Alford"), name="Alford", country="SYR", precision=1),),
        events=(Event(id="e1", type="shelling", mentions=(span("Rockets hit"),), time=day, place="p1"),),
        claims=(said,),
        refused=(Refused(claim=refused, reason=REASON),),
    )


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, str]:
    """The report's and the incident's page as they are served."""
    path = tmp_path / "ledger.sqlite"
    with Store.open(path) as store, store.write() as connection:
        put_account(connection, account(), "one.txt")
        update(connection, ["r1"])
    with TestClient(create_app(str(path)), base_url=HOST) as client:
        (row,) = client.get("/incidents.json").json()["incidents"]
        incident = f"/incidents/{row['id']}"
        return {
            "report": client.get("/reports/r1").text,
            "incident": client.get(incident).text,
            "json": client.get(f"{incident}.json").text,
        }


def folded(page: str) -> str:
    found = re.search(r'<details class="refused">.*?</details>', page, flags=re.S)
    assert found is not None
    return html.unescape(found[0])


@pytest.mark.parametrize("name", ["report", "incident"])
def test_a_refused_claim_is_shown_folded_with_words_reason_and_confidence(pages: dict[str, str], name: str) -> None:
    part = folded(pages[name])
    assert "Read, but below the threshold (1)" in part
    assert "seven men died near <b>" in part
    assert REASON in part
    assert "<b>" not in pages[name]


@pytest.mark.parametrize("name", ["report", "incident", "json"])
def test_a_private_persons_name_is_withheld_there_too(pages: dict[str, str], name: str) -> None:
    assert "Darwish" not in pages[name]


@pytest.mark.parametrize("name", ["report", "incident"])
def test_a_claims_confidence_stands_beside_it(pages: dict[str, str], name: str) -> None:
    assert re.search(r'<span class="confidence" title="Confidence[^"]*">.*?0\.80</span>', pages[name])


def test_what_was_refused_counts_nowhere(pages: dict[str, str]) -> None:
    assert '"killed_high":null' in pages["json"]
    assert "7 killed" not in pages["incident"]


def test_a_report_without_refused_claims_shows_no_such_part() -> None:
    whole = account()
    assert [claim.value for claim in of_account(whole, {})] == ["7"]
    assert of_account(Account(report=whole.report), {}) == []
