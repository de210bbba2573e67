from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.cli.incidents import when

pytestmark = pytest.mark.usefixtures("filled")


def test_the_list_shows_each_incident_with_its_status_and_counts(sayso: Any) -> None:
    ended = sayso("incidents")
    assert ended.status == 0
    assert "Contested" in ended.out
    assert "2 incidents" in ended.out


def test_json_is_one_array_and_jsonl_a_line_each(sayso: Any) -> None:
    rows = json.loads(sayso("incidents", "--format", "json").out)
    lines = [json.loads(line) for line in sayso("incidents", "--format", "jsonl").out.splitlines()]
    assert rows == lines
    assert {row["type"] for row in rows} == {"shelling", "airstrike"}


@pytest.mark.parametrize(
    ("options", "types"),
    [
        (["--type", "shelling"], {"shelling"}),
        (["--country", "syr", "--since", "2021-07-05"], {"airstrike"}),
        (["--status", "contested"], {"shelling"}),
        (["--until", "2021-07-04"], {"shelling"}),
        (["--speaker", "US military", "--stance", "denies"], {"shelling"}),
        (["--text", "benton"], {"airstrike"}),
        (["--country", "IRQ"], set()),
    ],
)
def test_filters(sayso: Any, options: list[str], types: set[str]) -> None:
    assert {row["type"] for row in json.loads(sayso("incidents", *options, "--format", "json").out)} == types


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--type", "war"], "S211"),
        (["--since", "July"], "S211"),
        (["--sort", "loudest"], "S211"),
        (["--speaker", "Nobody"], "S210"),
    ],
)
def test_a_value_that_fits_nothing_is_refused(sayso: Any, options: list[str], code: str) -> None:
    ended = sayso("incidents", *options)
    assert (ended.status, ended.err[:4]) == (2, code)


def test_nothing_fits(sayso: Any) -> None:
    ended = sayso("incidents", "--country", "IRQ")
    assert (ended.status, ended.out.startswith("No incident fits.")) == (0, True)


def test_report_text_cannot_steer_the_terminal(sayso: Any, filled: Path) -> None:
    import sqlite3

    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE incidents SET title = char(27) || '[2J[bold]evil' || char(8238)")
    out = sayso("incidents").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[bold]evil" in out


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2021-07-04", "2021-07-04", "2021-07-04"),
        ("2021-07-04T10:00", "2021-07-04T11:00", "2021-07-04"),
        ("2021-07-04", "2021-07-06", "2021-07-04 to 2021-07-06"),
        (None, "2021-07-06", "by 2021-07-06"),
        ("2021-07-04", None, "from 2021-07-04"),
        (None, None, "unknown"),
    ],
)
def test_an_interval_in_words(start: str | None, end: str | None, words: str) -> None:
    assert when({"start": start, "end": end}) == words
