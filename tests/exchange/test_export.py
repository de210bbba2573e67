from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sayso.cli import app
from sayso.errors import SaysoError
from sayso.exchange import FORMATS, WHATS, export
from sayso.exchange.columns import CLAIMS, INCIDENTS
from sayso.exchange.csv_format import restored, safe
from sayso.exchange.geojson_format import geometry
from sayso.incidents import update
from sayso.ledger import schema
from sayso.ledger.filters import Filters
from sayso.ledger.store import Store
from sayso.ledger.write import put_account
from sayso.model import Account, Actor, Claim, Event, Interval, Place, Report, Span

DOCS = Path(__file__).parents[2] / "docs" / "exchange.md"
TEXT = "A strike killed Samira Haddad in Raqqa. Haddad was 34, a resident of Raqqa said. =HYPERLINK said."
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "＝1", "＋1", "－1", "＠1", " =1", "\u200b=1", "'=1"]
HARMLESS = ['a"b', "a\nb", "a,b", "it's", "'quoted'"]


def words(text: str, of: str = TEXT) -> Span:
    start = of.index(text)
    return Span(start, start + len(text), text)


def place(**facts: Any) -> Place:
    known: dict[str, Any] = {"id": "p1", "span": words("Raqqa"), "name": "Raqqa", "gazetteer_id": "g:raqqa"}
    known |= {"lat": 35.95, "lon": 39.01, "country": "SYR", "admin1": "Raqqa", "precision": 1, "radius_km": 15.0}
    return Place(**(known | facts))


def account(report_id: str = "r1", **facts: Any) -> Account:
    samira = Actor(id="a1", spans=(words("Samira Haddad"),), name="Samira Haddad", kind="civilian", private=True)
    monitor = Actor(id="a2", spans=(), name="War Monitor", kb_id="MON", kind="monitor")
    event = Event(
        id="e1", type="airstrike", mentions=(words("strike"),), place="p1", recipients=("a1",), killed=(1, None),
        time=Interval(start="2016-05-13", end="2016-05-13", precision="day"),
    )  # fmt: skip
    claims = (
        Claim(id="c1", event="e1", slot="occurrence", value=None, stance="asserts", speaker="a2", normalised=True,
              evidence=words("A strike killed Samira Haddad in Raqqa")),
        Claim(id="c2", event="e1", slot="recipient", value="Samira Haddad", stance="asserts", speaker="a2",
              normalised="a1", evidence=words("Haddad was 34")),
        Claim(id="c3", event="e1", slot="damage", value="=HYPERLINK", stance="denies", speaker="a1",
              evidence=words("=HYPERLINK said")),
    )  # fmt: skip
    report = Report(id=report_id, text=TEXT, published="2016-05-14", sha256=report_id, publisher="Alpha, Times")
    known: dict[str, Any] = {"places": (place(),), "actors": (samira, monitor), "events": (event,), "claims": claims}
    return Account(report=report, reader="hand", **(known | facts))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "ledger.db") as store:
        yield store


def add(store: Store, *accounts: Account) -> None:
    with store.write() as connection:
        for one in accounts:
            put_account(connection, one, "/home/somebody/reports.txt")
        update(connection, [one.report.id for one in accounts])


def written(store: Store, format_: str, what: str = "incidents", **options: Any) -> bytes:
    out = io.BytesIO()
    with store.read() as connection:
        export(connection, format_, what, out, **options)
    return out.getvalue()


def rows(store: Store, what: str = "incidents", **options: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(store, "jsonl", what, **options).splitlines()]


def cells(store: Store, what: str = "incidents", **options: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(store, "csv", what, **options).decode(), newline="")))


def test_an_incident_has_its_facts_and_unknown_is_null(ledger: Store) -> None:
    add(ledger, account())
    (row,) = rows(ledger)
    assert list(row) == [column.name for column in INCIDENTS]
    assert (row["killed_low"], row["killed_high"], row["injured_low"]) == (1, None, None)
    assert (row["lat"], row["place"], row["place_precision"]) == (35.95, "Raqqa", 1)
    assert row["publishers"] == ["Alpha, Times"]
    assert row["previous_ids"] == []


def test_unknown_is_an_empty_cell_and_never_zero(ledger: Store) -> None:
    add(ledger, account())
    (row,) = cells(ledger)
    assert (row["killed_low"], row["killed_high"], row["injured_low"], row["injured_high"]) == ("1", "", "", "")
    assert row["denies"] == "0"


def test_claims_have_speaker_stance_words_and_offsets(ledger: Store) -> None:
    add(ledger, account())
    first, second, third = rows(ledger, "claims", include_private=True)
    assert list(first) == [column.name for column in CLAIMS]
    assert (first["speaker"], first["stance"], first["normalised"]) == ("War Monitor", "asserts", True)
    assert TEXT[second["evidence_start"] : second["evidence_end"]] == second["evidence"] == "Haddad was 34"
    assert (third["speaker"], third["stance"]) == ("Samira Haddad", "denies")


@pytest.mark.parametrize("format_", list(FORMATS))
@pytest.mark.parametrize("what", WHATS)
def test_private_persons_are_not_named_unless_asked_for(ledger: Store, format_: str, what: str) -> None:
    add(ledger, account())
    public = written(ledger, format_, what).decode()
    assert "Samira" not in public
    assert "Haddad" not in public
    assert "haddad" not in public
    assert "a private person" in public
    assert "Samira Haddad" in written(ledger, format_, what, include_private=True).decode()


def test_a_redacted_claim_says_so_and_keeps_the_rest_of_its_words(ledger: Store) -> None:
    add(ledger, account())
    first, second, third = rows(ledger, "claims")
    assert first["evidence"] == "A strike killed a private person in Raqqa"
    assert (second["value"], second["normalised"]) == ("a private person", None)
    assert [first["redacted"], second["redacted"], third["redacted"]] == [True, True, False]
    assert (third["speaker"], third["speaker_id"]) == ("a private person", None)


def test_no_path_or_user_name_of_the_machine_is_exported(ledger: Store) -> None:
    add(ledger, account())
    for format_ in FORMATS:
        for what in WHATS:
            assert b"somebody" not in written(ledger, format_, what)


@pytest.mark.parametrize("format_", list(FORMATS))
@pytest.mark.parametrize("what", WHATS)
def test_the_same_ledger_gives_the_same_bytes(ledger: Store, format_: str, what: str) -> None:
    add(ledger, account("r2"), account("r1"))
    first = written(ledger, format_, what)
    assert first == written(ledger, format_, what)
    assert first.count(b"\n") > 0


@pytest.mark.parametrize("text", [*HOSTILE, *HARMLESS])
def test_a_hostile_cell_runs_in_no_spreadsheet_and_is_read_back_whole(ledger: Store, text: str) -> None:
    add(ledger, account(places=(place(name=text, gazetteer_id=None),)))
    (row,) = cells(ledger)
    assert restored(row["place"]) == text
    assert row["place"] == (f"'{text}" if text in HOSTILE else text)
    assert rows(ledger)[0]["place"] == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_making_a_text_safe_can_be_undone(text: str) -> None:
    assert restored(safe(text)) == text
    assert not safe(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠"))


def test_numbers_stay_numbers_in_csv(ledger: Store) -> None:
    add(ledger, account(places=(place(lat=-35.5, lon=-0.25, country="ZAF"),)))
    (row,) = cells(ledger)
    assert (row["lat"], row["lon"]) == ("-35.5", "-0.25")


def test_csv_lines_end_as_rfc_4180_wants(ledger: Store) -> None:
    add(ledger, account())
    data = written(ledger, "csv")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == 2
    assert b'"Alpha, Times"' in data


@pytest.mark.parametrize("format_", list(FORMATS))
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_refused(ledger: Store, format_: str, number: float) -> None:
    add(ledger, account(places=(place(radius_km=number, precision=2),)))
    with ledger.write() as connection:
        # SQLite keeps NaN as null; infinity it keeps.
        connection.execute(sa.update(schema.incidents).values(lat=float("inf")))
    with pytest.raises(SaysoError, match="S604"):
        written(ledger, format_)


def test_geojson_is_a_feature_collection_with_longitude_first(ledger: Store) -> None:
    add(ledger, account())
    data = json.loads(written(ledger, "geojson"))
    assert data["type"] == "FeatureCollection"
    (feature,) = data["features"]
    assert feature["type"] == "Feature"
    assert feature["geometry"] == {"type": "Point", "coordinates": [39.01, 35.95]}
    assert feature["properties"]["radius_km"] == 15.0
    assert feature["id"] == feature["properties"]["id"]


def test_an_empty_ledger_gives_valid_files(ledger: Store) -> None:
    assert json.loads(written(ledger, "geojson")) == {"type": "FeatureCollection", "features": []}
    assert written(ledger, "jsonl") == b""
    assert written(ledger, "csv").count(b"\r\n") == 1


def where(**facts: Any) -> dict[str, Any]:
    return {"id": "x", "lat": 35.95, "lon": 39.01, "place_precision": 1, "radius_km": None, "geometry": None} | facts


@pytest.mark.parametrize("facts", [{"place_precision": 6}, {"place_precision": None}, {"lat": None, "lon": None}])
def test_a_country_or_an_unknown_place_has_no_geometry(facts: dict[str, Any]) -> None:
    assert geometry(where(**facts)) is None


def test_a_country_s_coordinates_are_in_no_format(ledger: Store) -> None:
    add(ledger, account(places=(place(name="Syria", kind="country", precision=6, lat=34.8, lon=39.0),)))
    for format_ in FORMATS:
        assert b"34.8" not in written(ledger, format_)
        assert b"34.8" not in written(ledger, format_, "claims")


@pytest.mark.parametrize("precision", [2, 3, 4, 5])
def test_a_vague_place_is_a_closed_ring_counter_clockwise(precision: int) -> None:
    shape = geometry(where(place_precision=precision))
    assert shape is not None
    assert shape["type"] == "Polygon"
    (ring,) = shape["coordinates"]
    assert ring[0] == ring[-1]
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    assert area > 0
    assert all(abs(y - 35.95) < 3 and abs(x - 39.01) < 4 for x, y in ring)


SQUARE = '{"type":"Polygon","coordinates":[[39.0,35.0],[39.0,36.0],[40.0,36.0],[40.0,35.0],[39.0,35.0]]}'


@pytest.mark.parametrize("point", [{}, {"lat": None, "lon": None}])
def test_a_vague_place_with_an_area_is_that_area_counter_clockwise(point: dict[str, Any]) -> None:
    shape = geometry(where(place_precision=5, geometry=SQUARE, **point))
    assert shape == {"type": "Polygon", "coordinates": [[[39, 35], [40, 35], [40, 36], [39, 36], [39, 35]]]}


def test_a_border_is_a_line() -> None:
    border = '{"type":"LineString","coordinates":[[41.1,34.4],[42.3,37.1]]}'
    shape = geometry(where(place_precision=5, lat=None, lon=None, geometry=border))
    assert shape == {"type": "LineString", "coordinates": [[41.1, 34.4], [42.3, 37.1]]}


def test_an_area_off_the_globe_is_refused() -> None:
    with pytest.raises(SaysoError, match=r"^S604 "):
        geometry(where(place_precision=5, geometry=SQUARE.replace("36.0", "136.0")))


def test_a_ring_over_the_date_line_or_a_pole_is_left_out() -> None:
    assert geometry(where(lon=179.9, place_precision=4)) is None
    assert geometry(where(lat=89.9, place_precision=4)) is None


def test_filters_choose_what_is_exported(ledger: Store) -> None:
    add(ledger, account())
    assert len(rows(ledger, filters=Filters(countries=("SYR",)))) == 1
    assert rows(ledger, filters=Filters(countries=("IRQ",))) == []
    assert rows(ledger, "claims", filters=Filters(types=("arrest",))) == []


def test_more_rows_than_one_chunk_are_all_written_in_order(ledger: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.exchange.rows.CHUNK", 2)
    days = ("2016-05-13", "2016-05-20", "2016-05-28", "2016-06-05", "2016-06-15")
    kinds = ("airstrike", "abduction", "siege", "ceasefire", "protest")
    for number, (day, kind) in enumerate(zip(days, kinds, strict=True)):
        when = Interval(start=day, end=day, precision="day")
        event = msgspec.structs.replace(account().events[0], type=kind, time=when)
        add(ledger, account(f"r{number}", events=(event,)))
    assert [row["start"] for row in rows(ledger)] == list(days)
    assert len(rows(ledger, "claims")) == 15


def test_an_unknown_format_is_refused_with_the_list(ledger: Store) -> None:
    with pytest.raises(SaysoError, match=r"S601 xlsx is not a format that sayso exports\. Use jsonl, csv, geojson\."):
        written(ledger, "xlsx")
    with pytest.raises(SaysoError, match="S602"):
        written(ledger, "csv", "reports")


def test_the_docs_list_every_column() -> None:
    text = DOCS.read_text()
    for heading, columns in (("## Incidents", INCIDENTS), ("## Claims", CLAIMS)):
        table = text.split(heading)[1].split("\n## ")[0]
        listed = [line.split("|")[1].strip(" `") for line in table.splitlines() if line.startswith("| `")]
        assert listed == [column.name for column in columns]


class TestCommand:
    def test_writes_a_file_that_appears_when_it_is_whole(self, ledger: Store, tmp_path: Path) -> None:
        add(ledger, account())
        target = tmp_path / "out.csv"
        found = CliRunner().invoke(app, ["export", "csv", "--ledger", ledger.name, "--output", str(target)])
        assert found.exit_code == 0, found.output
        assert target.read_bytes() == written(ledger, "csv")
        assert sorted(path.name for path in tmp_path.glob("*out*")) == ["out.csv"]

    def test_prints_to_standard_output(self, ledger: Store) -> None:
        add(ledger, account())
        found = CliRunner().invoke(app, ["export", "jsonl", "--what", "claims", "--ledger", ledger.name])
        assert found.exit_code == 0
        assert [json.loads(line)["slot"] for line in found.stdout.splitlines()] == ["occurrence", "recipient", "damage"]

    def test_a_reader_that_has_seen_enough_is_no_error(self, ledger: Store) -> None:
        add(ledger, account())
        command = [sys.executable, "-c", "from sayso.cli import run; run()", "export", "csv", "--ledger", ledger.name]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait() == 0

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["xlsx"], "S601"),
            (["csv", "--what", "reports"], "S602"),
            (["csv", "--output", "/nowhere/at/all.csv"], "S603"),
        ],
    )
    def test_bad_input_is_a_coded_error(self, ledger: Store, arguments: list[str], code: str) -> None:
        found = CliRunner().invoke(app, ["export", *arguments, "--ledger", ledger.name])
        assert isinstance(found.exception, SaysoError)
        assert found.exception.code == code


def test_who_is_only_described_stays(ledger: Store) -> None:
    resident = Actor(id="a1", spans=(words("a resident"),), name="a resident", kind="civilian", private=True)
    add(ledger, account(actors=(resident, account().actors[1])))
    assert rows(ledger)[0]["recipients"] == ["a resident"]
    third = rows(ledger, "claims")[2]
    assert (third["speaker"], third["redacted"]) == ("a resident", False)
