from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest

from sayso.errors import SaysoError
from sayso.model import Report
from sayso.sources import Unread, settings
from sayso.sources.jsonl import read_json, read_jsonl

TODAY = date(2022, 1, 1)


def read(*lines: Any, mapping: dict[str, str] | None = None) -> list[Report | Unread]:
    data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(read_jsonl(io.BytesIO(data), "a.jsonl", mapping or {}, today=TODAY))


def test_one_report_a_line() -> None:
    first, second = read(
        {"text": "Two died.", "date": "2021-07-05", "title": "Two", "url": "https://e.org", "source": "AP"},
        {"Article-Content": ["Three died.", "In Homs."], "published_at": "2021-07-06T10:00:00Z"},
    )
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.title, first.url, first.publisher, first.published_from) == ("Two", "https://e.org", "AP", "column")
    assert (second.text, second.published) == ("Three died.\n\nIn Homs.", "2021-07-06T10:00+00:00")


def test_a_bad_line_is_named_and_the_others_go_on() -> None:
    good = {"text": "Two died.", "date": 20210705}
    found = read(
        good, b'{"text": "Two', b"", b"[1]", {"date": "2021-07-05"}, {"text": "Two died."}, b'{"text": "\xff"}', good
    )
    assert [item.published if isinstance(item, Report) else (item.source, item.code) for item in found] == [
        "2021-07-05",
        ("a.jsonl:2", "S114"),
        ("a.jsonl:4", "S114"),
        ("a.jsonl:5", "S115"),
        ("a.jsonl:6", "S103"),
        ("a.jsonl:7", "S114"),
        "2021-07-05",
    ]


def test_a_mapping_beats_the_usual_names() -> None:
    (report,) = read({"text": "no", "mine": "Two died.", "date": "2021-07-05"}, mapping={"text": "mine"})
    assert isinstance(report, Report)
    assert report.text == "Two died."


def test_a_line_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAX_BYTES", 100)
    found = read({"text": "x" * 500, "date": "2021-07-05"}, {"text": "Two died.", "date": "2021-07-05"})
    assert isinstance(found[0], Unread)
    assert (found[0].source, found[0].code) == ("a.jsonl:1", "S107")
    assert isinstance(found[1], Report)


def test_json_files_hold_one_object_or_many() -> None:
    record = {"text": "Two died.", "date": "2021-07-05"}
    one = list(read_json(json.dumps(record).encode(), "a.json", {}, today=TODAY))
    many = list(read_json(json.dumps([record, 1]).encode(), "a.json", {}, today=TODAY))
    assert isinstance(one[0], Report)
    assert many[0] == one[0]
    assert isinstance(many[1], Unread)
    assert many[1].source == "a.json:2"
    with pytest.raises(SaysoError, match="S114"):
        list(read_json(b"[" * 100_000, "a.json", {}, today=TODAY))
