"""The figures that the reading reaches, held; ``sayso evaluate accounts ... --update-floors`` raises the floors."""

from pathlib import Path

import pytest

from sayso.evaluation.accounts import DEVELOPMENT, FOUNDING, evaluate, gold_files
from sayso.evaluation.floors import digest, dropped, load
from sayso.evaluation.report import as_json

TESTS = Path(__file__).parents[1]
FLOORS = load(TESTS / "evaluation" / "floors.json")
FOUNDING_REPORT = TESTS / "reading" / "founding_report.json"
GOLD = TESTS.parents[1] / "shared" / "gold"


def fallen(path: Path, group: str) -> list[str]:
    files = gold_files(path)[group]
    held = FLOORS[group]
    assert digest(files) == held["digest"], "the gold files changed: look at the figures and update the floors"
    return dropped(as_json({group: evaluate(path)[group]})[group], held["floors"])


def test_founding_report_is_read_as_well_as_before() -> None:
    assert fallen(FOUNDING_REPORT, FOUNDING) == []


@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
def test_development_accounts_are_read_as_well_as_before() -> None:
    assert fallen(GOLD, DEVELOPMENT) == []


@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
def test_founding_report_here_is_the_annotated_one() -> None:
    assert digest([FOUNDING_REPORT]) == digest([GOLD / "seed.json"])
