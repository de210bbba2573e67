from __future__ import annotations

from pathlib import Path

from sayso.evaluation.scorecard import as_table
from sayso.incidents.weights import weights

PAGE = Path(__file__).parents[2] / "docs" / "joining.md"


def test_the_page_lists_every_finding_with_the_weight_that_is_used() -> None:
    assert as_table(weights()) in PAGE.read_text(encoding="utf-8")


def test_a_higher_grade_of_likeness_never_weighs_less() -> None:
    found = weights().findings
    for group in ("names", "towns", "ages", "sentences", "reports", "rare"):
        grades = [entry for name, entry in found.items() if name.startswith(f"{group}.")]
        assert [entry.weight for entry in grades] == sorted(entry.weight for entry in grades)
        assert [entry.passing for entry in grades] == sorted(entry.passing for entry in grades)


def test_what_a_denial_looks_like_keeps_nothing_apart() -> None:
    assert weights().findings["killed.none_or_some"].weight == 0.0
    assert weights().findings["injured.none_or_some"].passing == 0.0
