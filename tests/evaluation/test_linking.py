from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.evaluation import linking, longtail, tfidf
from sayso.evaluation.longtail import Row


def row(number: int, incident: str, text: str, happened: str = "2016-02-01", published: str = "2016-02-02") -> Row:
    return Row(number, incident, "Shooting", published, f"http://a.example/{number}", text, happened)


def lines(path: Path, rows: Iterable[Row]) -> Path:
    made = [
        {"incident": r.incident, "title": r.title, "published": r.published, "url": r.url, "text": r.text}
        | {"truth": {"date": r.happened}}
        for r in rows
    ]
    path.write_text("\n".join(map(json.dumps, made)), encoding="utf-8")
    return path


def test_development_alone_is_scored_where_a_file_has_earlier_incidents() -> None:
    old, new, later = (row(n, str(n), "a", day) for n, day in enumerate(("2015-01-01", "2016-03-01", "2016-08-01")))
    assert longtail.scored([old, new, later])[1] == [new]
    assert longtail.scored([new, later]) == ("all incidents", [new, later])


def test_a_folder_stands_for_its_file(tmp_path: Path) -> None:
    lines(tmp_path / "train.jsonl", [row(0, "7", "a text")])
    assert longtail.rows(tmp_path) == longtail.rows(tmp_path / "train.jsonl")


def test_no_reports_and_bad_lines_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="S765"):
        longtail.rows(tmp_path)
    bad = tmp_path / "train.jsonl"
    bad.write_text('{"incident": 1}', encoding="utf-8")
    with pytest.raises(SaysoError, match="S766 line 1"):
        longtail.rows(bad)


def test_the_baseline_joins_what_is_alike_and_near_in_time() -> None:
    told = "gunmen wounded three people outside the tavern on Loomis avenue"
    other = "a parade crossed the northern bridge in heavy rain yesterday"
    rows = [
        row(0, "1", told),
        row(1, "1", told + " again"),
        row(2, "2", other),
        row(3, "3", told, published="2016-09-01"),
    ]
    assert sorted(map(sorted, tfidf.clusters(rows, alike=0.3, days=14))) == [[0, 1], [2], [3]]


def test_a_report_that_was_not_read_is_an_incident_by_itself() -> None:
    found = linking.score("all incidents", [row(0, "1", "gunmen at the tavern"), row(1, "2", "rain")], {})
    assert found.without_event == 2
    assert next(way for way in found.rows if way.name == linking.SAYSO).scores.b_cubed.f1 == 1.0
    assert "without an event" in linking.as_text(found)
    assert "CoNLL" in linking.as_page(found, "sayso evaluate linking x")
