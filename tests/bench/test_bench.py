"""The benchmark's own arithmetic and its made-up ledger; nothing here is timed."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bench.layers import Stopwatch
from bench.ledger import incident_id, make
from bench.reading import WORDS, usual_reports
from bench.table import Row, as_page, as_text, page_rows, reading_rows
from sayso.ledger import schema
from sayso.ledger.store import Store


def count(path: Path, table: str) -> int:
    with Store.open(path) as store, store.read() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(schema.metadata.tables[table])).scalar_one()


def test_made_up_ledger_has_the_incidents_asked_for_and_their_claims(tmp_path: Path) -> None:
    path = tmp_path / "made.sqlite"
    make(path, 30)
    assert count(path, "incidents") == 30
    assert count(path, "events") == count(path, "reports") >= 30
    assert count(path, "claims") == 6 * count(path, "events")


def test_made_up_ledger_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    titles = []
    for name in ("one", "two"):
        make(tmp_path / name, 5)
        with Store.open(tmp_path / name) as store, store.read() as connection:
            query = sa.select(schema.incidents.c.title).where(schema.incidents.c.id == incident_id(3))
            titles.append(connection.execute(query).scalar_one())
    assert titles[0] == titles[1]


def test_pages_of_the_made_up_ledger_are_served(tmp_path: Path) -> None:
    from litestar.testing import TestClient

    from sayso.web.app import create_app

    make(tmp_path / "made.sqlite", 20)
    with TestClient(create_app(str(tmp_path / "made.sqlite")), base_url="http://127.0.0.1") as client:
        assert "Place" in client.get("/").text
        assert client.get(f"/incidents/{incident_id(7)}").status_code == 200


SPEED = {
    "reports": 2,
    "words": 300,
    "sayso_per_second": 7.0,
    "bare_per_second": 10.0,
    "encoder_per_second": 20.0,
    "ratio": 0.7,
    "ratio_low": 0.6,
    "ratio_high": 0.8,
}


@pytest.mark.parametrize(("speed", "met"), [(10.0, True), (9.9, False)])
def test_speed_is_held_against_what_is_to_be_reached(speed: float, met: bool) -> None:
    rows = reading_rows(SPEED | {"sayso_per_second": speed}, {"peak_mb": 1200.0}, {"times": 0.05, "places": 0.1})
    assert [row.met for row in rows] == [met, None, None, None, True, False]


def test_usual_reports_have_about_as_many_words_as_the_issue_counts() -> None:
    lengths = [len(report.text.split()) for report in usual_reports()]
    assert lengths
    assert all(abs(length - WORDS) < 60 for length in lengths)


def test_layers_are_held_against_their_share_of_the_reading() -> None:
    rows = reading_rows(SPEED, {"peak_mb": 200.0}, {"times": 0.1, "places": 0.2})
    assert (rows[4].value, rows[4].met) == ("30.0%", False)


def test_time_inside_an_entry_of_a_layer_is_counted_once() -> None:
    watch = Stopwatch()
    inner = watch.around("places", lambda: sum(range(1000)))
    watch.around("times", inner)()
    assert set(watch.seconds) == {"times"}


def test_pages_are_judged_by_their_median() -> None:
    taken = {"first_ms": 900.0, "median_ms": 199.0, "worst_ms": 400.0}
    rows = page_rows({"incidents": 100_000, "megabytes": 500.0, "pages": {"incident": taken}})
    assert rows[1] == Row("… incident", "199 ms (worst 400, first 900)", "< 200 ms", True)


def test_table_says_what_is_not_met() -> None:
    rows = [Row("speed", "3", "≥ 4", False), Row("size", "1 MB")]
    assert as_text(rows) == "speed  3     ≥ 4        NOT met\nsize   1 MB"
    assert "| speed | 3 | ≥ 4 | NOT met |" in as_page(rows, machine="a machine")
