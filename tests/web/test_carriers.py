from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient
from tests.incidents.test_independence import FURTHER, MORE, STRUCK, told
from tests.web.conftest import HOST

from sayso.incidents import update
from sayso.ledger import copies, schema
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.web.app import create_app
from sayso.web.carriers import _runs
from sayso.web.security import GuardedLitestar

HOSTILE = "<script>alert(1)</script> Post"
TEXT = (STRUCK.format(toll=12), MORE, FURTHER)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient[GuardedLitestar]]:
    path = tmp_path / "ledger.sqlite"
    accounts = [
        told(*TEXT, day="2021-07-05", publisher="AFP"),
        told(*TEXT, "The end.", day="2021-07-06", publisher="Beta"),
        told(FURTHER + " So it went on.", TEXT[0], day="2021-07-07", publisher=HOSTILE, agency="AFP"),
    ]
    with Store.open(path) as store, store.write() as connection:
        for one in accounts:
            put_account(connection, one, "test")
            copies.place(connection, one.report, copies.sign(one.report))
        update(connection, [one.report.id for one in accounts])
    with TestClient(create_app(str(path)), base_url=HOST) as opened:
        yield opened


def test_an_incident_s_page_names_the_carriers_of_a_text_as_one_voice(
    client: TestClient[GuardedLitestar], tmp_path: Path
) -> None:
    with Store.open(tmp_path / "ledger.sqlite") as store, store.read() as connection:
        (incident,) = connection.scalars(sa.select(schema.incidents.c.id))
    page = client.get(f"/incidents/{incident}").text
    assert "One voice: AFP text, carried by 2 outlets" in page
    assert "paragraphs 1–3, all of its words" in page
    assert "credits AFP" in page
    assert "60% or more of its three-word runs" in page
    assert "<script>alert(1)" not in page


def test_a_report_s_page_says_whose_paragraphs_it_repeats_and_who_carries_its_own(
    client: TestClient[GuardedLitestar],
) -> None:
    copy, original = client.get("/reports/Beta-2021-07-06").text, client.get("/reports/AFP-2021-07-05").text
    assert "Paragraphs that others published first" in copy
    assert "Carried by" not in copy
    assert "Carried by" in original
    assert "Paragraphs that others published first" not in original


@pytest.mark.parametrize(
    ("numbers", "words"), [((2,), "2"), ((1, 2, 3), "1–3"), ((1, 2, 4), "1–2 and 4"), ((1, 3, 5, 6), "1, 3 and 5–6")]
)
def test_numbers_of_paragraphs_read_as_people_write_them(numbers: tuple[int, ...], words: str) -> None:
    assert _runs(numbers) == words
