"""The figures that the joining reaches on the first development incidents and on the hand-judged groups, held."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.evaluation import fakes_linking, linking, longtail
from sayso.evaluation.fakes_groups import articles, groups
from sayso.evaluation.floors import TOLERANCE

FLOORS = json.loads((Path(__file__).parent / "floors_linking.json").read_text(encoding="utf-8"))
SHARED = Path(__file__).parents[3] / "shared" / "data"
DATA, FAKES = SHARED / "longtail", SHARED / "fakes"


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data/longtail")
def test_reports_are_joined_as_well_as_before() -> None:
    part, rows = longtail.scored(longtail.rows(DATA))
    rows = [row for row in rows if row.happened < FLOORS["incidents_before"]]
    assert len(rows) == FLOORS["reports"]
    figures = linking.as_figures(linking.score(part, rows, longtail.read(rows)))
    assert figures["sayso, reports.conll"] >= FLOORS["conll"] - TOLERANCE
    assert figures["sayso, reports.pairs.precision"] >= FLOORS["pair_precision"] - TOLERANCE
    assert figures["sayso, reports.conll"] > figures["TF-IDF and dates, reports.conll"]


@pytest.mark.skipif(not FAKES.exists(), reason="needs ../shared/data/fakes")
def test_reports_of_war_are_joined_as_well_as_before() -> None:
    judged = {told.text for group in groups() for told in group.reports}
    texts = [text for text in articles(FAKES) if text.digest in judged]
    found = fakes_linking.count(fakes_linking.judge(fakes_linking.incidents_of(texts), groups()))
    assert (found.precision or 0) >= FLOORS["fakes_precision"] - TOLERANCE
    assert (found.recall or 0) >= FLOORS["fakes_recall"] - TOLERANCE
