"""The figures that the joining reaches on the reports of the first development incidents, held."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.evaluation import linking, longtail
from sayso.evaluation.floors import TOLERANCE

FLOORS = json.loads((Path(__file__).parent / "floors_linking.json").read_text(encoding="utf-8"))
DATA = Path(__file__).parents[3] / "shared" / "data" / "longtail"


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data/longtail")
def test_reports_are_joined_as_well_as_before() -> None:
    part, rows = longtail.scored(longtail.rows(DATA))
    rows = [row for row in rows if row.happened < FLOORS["incidents_before"]]
    assert len(rows) == FLOORS["reports"]
    figures = linking.as_figures(linking.score(part, rows, longtail.read(rows)))
    assert figures["sayso, reports.conll"] >= FLOORS["conll"] - TOLERANCE
    assert figures["sayso, reports.pairs.precision"] >= FLOORS["pair_precision"] - TOLERANCE
    assert figures["sayso, reports.conll"] > figures["TF-IDF and dates, reports.conll"]
