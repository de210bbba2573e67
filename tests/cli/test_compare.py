"""``sayso compare`` as a user runs it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.comparing.conftest import UCDP, table

Run = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """UCDP's row for the rockets of the ledger's report."""
    row = UCDP | {
        "where_coordinates": "Al Omar oil field", "adm_1": "Deir ez Zor Governorate", "latitude": "35.1",
        "longitude": "40.4", "date_start": "2021-07-04", "date_end": "2021-07-04",
    }  # fmt: skip
    path = tmp_path / "ged.csv"
    path.write_text(table([row, row | {"id": "bad", "best": "?"}], list(row)))
    return path


def test_text_says_what_was_compared_and_what_was_not(sayso: Run, filled: Path, file: Path) -> None:
    ended = sayso("compare", file)
    assert ended.status == 0, ended.err
    assert "UCDP GED (ged.csv)" in ended.out
    assert "in both" in ended.out
    assert "1 rows of the file could not be used" in ended.out.replace("\n", " ")
    assert "S831" in ended.out


def test_json_and_csv_hold_every_entry(sayso: Run, filled: Path, file: Path) -> None:
    data = json.loads(sayso("compare", file, "--format", "json").out)
    assert data["about"]["dataset"] == "ucdp"
    rows = list(csv.DictReader(io.StringIO(sayso("compare", file, "--format", "csv").out)))
    assert len(rows) == len(data["entries"])
    assert {row["outcome"] for row in rows} <= {"both", "ours", "theirs", "also", "unclear", "vague"}


def test_kept_listed_and_forgotten(sayso: Run, filled: Path, file: Path) -> None:
    assert "No comparison is kept" in sayso("compare", "--list").out
    assert "Kept as GED" in sayso("compare", file, "--keep", "GED").err
    assert "GED  UCDP GED" in sayso("compare", "--list").out
    assert sayso("compare", "--forget", "GED").status == 0
    assert "No comparison is kept" in sayso("compare", "--list").out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "S837"),
        (("none.csv",), "S108"),
        (("--forget", "GED"), "S836"),
        (("ged.csv", "--from", "May"), "S838"),
        (("ged.csv", "--country", "irq"), "S834"),
        (("one.txt",), "S830"),
    ],
)
def test_mistakes_are_one_coded_line(
    sayso: Run, filled: Path, file: Path, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    (tmp_path / "one.txt").write_text("a,b\n1,2\n")
    ended = sayso("compare", *arguments)
    assert ended.status == 2
    assert ended.err.startswith(code)
    assert ended.err.count("\n") == 1
