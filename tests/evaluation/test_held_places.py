"""The figures that toponyms reach on LGL, held; raise the floors in floors_places.json where they rise."""

from pathlib import Path

import pytest

from sayso.evaluation.floors import TOLERANCE, digest, load
from sayso.evaluation.places import toponyms

TESTS = Path(__file__).parents[1]
LGL = TESTS.parents[1] / "shared" / "data" / "geoparsing" / "lgl.xml"
HELD = load(TESTS / "evaluation" / "floors_places.json")["lgl"]


@pytest.mark.skipif(not LGL.exists(), reason="needs ../shared/data")
def test_toponyms_are_read_and_placed_as_well_as_before() -> None:
    assert digest([LGL]) == HELD["digest"], "the corpus changed: look at the figures and set the floors anew"
    found = toponyms(LGL, documents=slice(0, None, HELD["every"]))
    fallen = {
        name: getattr(found, name) for name, floor in HELD["floors"].items() if getattr(found, name) < floor - TOLERANCE
    }
    assert fallen == {}
