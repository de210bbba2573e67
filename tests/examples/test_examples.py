from __future__ import annotations

import re
from collections import Counter

import pytest

from sayso.examples import report_paths
from sayso.model import Report
from sayso.reading.language import read_paragraphs
from sayso.sources import read_sources

REPORTS = list(read_sources([str(path) for path in report_paths()]))


def voa() -> list[Report]:
    return [item for item in REPORTS if isinstance(item, Report) and item.publisher == "Voice of America"]


def test_every_bundled_report_can_be_read() -> None:
    assert [item for item in REPORTS if not isinstance(item, Report)] == []
    assert len({item.id for item in voa()}) == len(report_paths()) - 1 >= 60


def test_the_founding_report_is_among_them() -> None:
    seed = next(item for item in REPORTS if isinstance(item, Report) and item.publisher is None)
    assert (seed.published, seed.published_from, seed.body_start) == ("2021-07-05", "header", 17)


@pytest.mark.parametrize("report", voa(), ids=lambda report: report.published)
def test_reports_are_clean(report: Report) -> None:
    assert report.title
    assert report.published_from == "front_matter"
    body = report.text[report.body_start :]
    assert not re.search(
        r"FILE ?-|[{}<>]|contributed to this|\(AP\)|size-width|\xa0| {2}|[a-z]\.[A-Z][a-z]|,\.|\.\.$", body
    )
    assert not report.text.startswith(report.title)
    assert all(paragraph.read for paragraph in read_paragraphs(report.text, report.body_start))
    for paragraph in body.split("\n\n"):
        assert re.search(r"[.!?][”\"’')]*$|[:,;]$|[”\"]$", paragraph), paragraph


@pytest.mark.parametrize("report", voa(), ids=lambda report: report.published)
def test_no_sentence_stands_twice(report: Report) -> None:
    counts = Counter(paragraph for paragraph in report.text.split("\n\n") if len(paragraph) > 40)
    assert [paragraph for paragraph, count in counts.items() if count > 1] == []


def test_datelines_are_split_off() -> None:
    places = {report.dateline.place for report in voa() if report.dateline}
    assert {"CAIRO", "BEIRUT", "SEOUL", "MOSUL, IRAQ"} <= places
    assert all(report.body_start for report in voa() if report.dateline)
