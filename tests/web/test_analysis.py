from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient
from tests.incidents.made import Made

from sayso.incidents.counts import Count
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.web import multiples
from sayso.web.app import create_app
from sayso.web.security import GuardedLitestar

HOST = "http://127.0.0.1:8321"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient[GuardedLitestar]]:
    with Store.open(tmp_path / "made.db") as store:
        made = Made(store)
        made.incident("A", "2020-01-03", ["blue-front"], ["red-guard"])
        made.incident("B", "2020-01-30", ["red-guard"], ["blue-front"], end="2020-02-02")
        made.incident("C", None, kind="bombing", admin1="=cmd|<b>")
        made.incident("S", None, stub=True)
        made.done()
    with TestClient(create_app(str(tmp_path / "made.db")), base_url=HOST) as client:
        yield client


def test_counts_by_month_have_a_range_and_a_row_for_what_is_not_dated(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/analysis").text
    assert "3 incidents by month" in page
    assert re.search(r'<td class="n"><a href="[^"]+">1–2</a></td>', page)
    assert "Date not stated" in page
    assert "1 incident known only from mentions is not counted" in page


def test_two_divisions_make_small_charts_on_one_scale(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/analysis?by=type&and=month").text  # a time runs along the charts, whichever comes first
    assert page.count('<svg class="small"') == 2
    assert "All charts on one scale: the tallest bar is 2." in page


def test_the_filter_of_the_lists_narrows_the_counts(client: TestClient[GuardedLitestar]) -> None:
    assert "1 incident by month" in client.get("/analysis?type=bombing").text
    assert client.get("/analysis.json?by=type&from=2020-01-01&to=2020-01-15").json()["total"] == 1
    assert "No incident fits" in client.get("/analysis?type=riot").text


def test_the_numbers_can_be_taken_along(client: TestClient[GuardedLitestar]) -> None:
    answer = client.get("/analysis.csv?by=month&and=type")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows[0] == {
        "month": "2020-01", "month_label": "2020-01", "type": "shelling",
        "type_label": "Rocket, missile or artillery fire", "certain": "1", "possible": "2",
    }  # fmt: skip
    assert "'=cmd" not in client.get("/analysis.csv?by=month").text
    found = client.get("/analysis.json?by=side").json()
    assert found["several"] is True


def test_words_of_reports_are_escaped(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/analysis?by=admin1").text
    assert "&lt;b&gt;" in page
    assert "=cmd|<b>" not in page


@pytest.mark.parametrize("query", ["by=weather", "by=month&and=week", "by=type&page=0"])
def test_what_is_not_understood_is_said(client: TestClient[GuardedLitestar], query: str) -> None:
    answer = client.get(f"/analysis?{query}")
    assert answer.status_code == 400
    assert "S504" in answer.text


@pytest.mark.parametrize(("count", "words"), [(Count(2, 2), "2"), (Count(0, 3), "0–3"), (Count(1200, 1200), "1,200")])
def test_a_count_in_words(count: Count, words: str) -> None:
    assert multiples.number(count) == words


@pytest.mark.parametrize(
    "by", ["month", "week", "year", "month&and=side", "side&and=target", "admin1", "type&and=status"]
)
def test_each_number_leads_to_the_incidents_it_counts(client: TestClient[GuardedLitestar], by: str) -> None:
    page = client.get(f"/analysis?by={by}").text
    cells = re.findall(r'<td class="n"><a href="([^"]+)">([^<]+)</a></td>', page)
    assert cells
    for address, number in cells:
        listed = client.get(html.unescape(address), headers={"accept": "application/json"}).json()
        assert listed["total"] == int(number.split("–")[-1]), address


def test_a_period_that_the_dates_asked_for_cut_through_leads_nowhere(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/analysis?by=year&from=2020-01-02").text
    assert re.search(r'<td class="n">2</td>', page)


def test_one_of_several_charts_leads_to_itself_alone(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/analysis?by=month&and=type&status=single_source").text
    assert '<a href="/analysis?type=shelling&amp;status=single_source&amp;by=month">' in page


def test_what_narrows_the_counts_can_be_taken_away(client: TestClient[GuardedLitestar]) -> None:
    page = client.get("/analysis?by=year&type=bombing&dated=unknown").text
    assert '<a href="/analysis?dated=unknown&amp;by=year" aria-label="Remove type: Bombing">' in page
    assert "date known" in page


@pytest.mark.parametrize(("most", "levels"), [(1, [1]), (4, [1, 2, 3, 4]), (160, [50, 100, 150]), (19, [5, 10, 15])])
def test_a_chart_has_a_few_round_lines(most: int, levels: list[int]) -> None:
    assert multiples._levels(most) == levels


def test_dates_that_are_open_or_vague_lead_to_lists_of_their_own(tmp_path: Path) -> None:
    with Store.open(tmp_path / "made.db") as store:
        made = Made(store)
        made.incident("A", "2020-01-03")
        made.incident("V", "2017-01-01", end="2021-06-01")
        made.incident("O", "2020-01-05")
        made.done()
        with store.write() as connection:
            connection.execute(sa.update(schema.incidents).where(schema.incidents.c.id == "O").values(end=None))
    with TestClient(create_app(str(tmp_path / "made.db")), base_url=HOST) as client:
        page = client.get("/analysis").text
        for dated, only in (("vague", "V"), ("open", "O")):
            address = f"/?mentions=without&dated={dated}"
            assert html.escape(address) in page
            rows = client.get(address, headers={"accept": "application/json"}).json()["incidents"]
            assert [row["id"] for row in rows] == [only]
        month = "/?from=2020-01-01&to=2020-01-31&mentions=without&dated=close"
        assert client.get(month, headers={"accept": "application/json"}).json()["total"] == 1
        assert "to within a year" in client.get(month).text
        assert client.get("/?dated=never").status_code == 400


def test_charts_begin_where_most_incidents_do(tmp_path: Path) -> None:
    with Store.open(tmp_path / "made.db") as store:
        made = Made(store)
        made.incident("OLD", "1916-07-01")
        for day in range(1, 29):
            for month in ("01", "02"):
                made.incident(f"A{month}{day}", f"2020-{month}-{day:02d}", place=f"p{day}")
        made.done()
    with TestClient(create_app(str(tmp_path / "made.db")), base_url=HOST) as client:
        page = client.get("/analysis?by=year").text
        assert "The few before 2020 are in the files and the table alone." in page
        assert 'viewBox="0 0 1 150"' in page
        assert "<bdi>1916</bdi>" in page
        assert "Jan 2020 and earlier" in client.get("/").text
