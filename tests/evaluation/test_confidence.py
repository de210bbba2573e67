"""Reliability: Brier score, calibration error, bins and thresholds, on cases worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.evaluation.accounts import DEVELOPMENT
from sayso.evaluation.confidence import Said, as_figures, as_page, as_text, reliability, score_sets

GOLD = {
    "report": {"id": "r1", "published": "2021-07-05", "text": "Rockets hit a base near Homs Sunday, a monitor said."},
    "events": [
        {
            "id": "e1", "type": "shelling", "modality": "actual",
            "mentions": [{"start": 0, "end": 11, "text": "Rockets hit"}],
            "time": None, "place": None, "initiators": [], "recipients": [], "weapon": None,
            "killed": None, "injured": None,
        }
    ],
    "claims": [
        {
            "event": "e1", "slot": "occurrence", "value": True, "stance": "asserts", "speaker": "a monitor",
            "via": None, "start": 0, "end": 35, "text": "Rockets hit a base near Homs Sunday",
        }
    ],
    "links": [],
}  # fmt: skip


def said(confidence: float, right: bool, speaker: bool | None = None) -> Said:
    return Said("asserts", confidence, right, right if speaker is None else speaker)


FOUR = [said(0.9, True), said(0.8, False), said(0.3, True, False), said(0.3, False)]


def test_the_brier_score_is_the_mean_square_of_what_is_off() -> None:
    assert reliability(FOUR, 5).brier == pytest.approx((0.01 + 0.64 + 0.49 + 0.09) / 4)
    assert reliability(FOUR, 5).constant == pytest.approx(0.25)


def test_the_calibration_error_weighs_bins_by_their_claims() -> None:
    # 0.9–1.0: 0.9 against 1; 0.8–0.9: 0.8 against 0; 0.3–0.4: 0.3 against 0.5, twice.
    assert reliability(FOUR, 5).ece == pytest.approx((0.1 + 0.8 + 2 * 0.2) / 4)


def test_perfect_confidence_has_no_error() -> None:
    found = reliability([said(1.0, True), said(0.0, False)], 1)
    assert (found.brier, found.ece, found.auc) == (0.0, 0.0, 1.0)


def test_auc_counts_pairs_and_halves_ties() -> None:
    # Right 0.9 beats 0.8 and 0.3; right 0.3 loses to 0.8 and ties with 0.3.
    assert reliability(FOUR, 5).auc == pytest.approx(2.5 / 4)
    assert reliability([said(0.9, True)], 1).auc is None


def test_ten_bins_hold_every_claim_once_edges_in_the_upper_one() -> None:
    found = reliability([said(n / 100, True) for n in range(101)], 101)
    assert [b.claims for b in found.bins] == [10] * 9 + [11]
    assert [(b.low, b.high) for b in found.bins][6] == (0.6, 0.7)


def test_an_empty_bin_has_no_shares() -> None:
    empty = reliability(FOUR, 5).bins[0]
    assert (empty.claims, empty.confidence, empty.right, empty.speaker) == (0, None, None, None)


def test_a_bin_tells_the_share_with_the_right_speaker_too() -> None:
    assert (reliability(FOUR, 5).bins[3].right, reliability(FOUR, 5).bins[3].speaker) == (0.5, 0.0)


def test_a_threshold_tells_what_it_refuses_and_what_of_that_was_right() -> None:
    kept = next(kept for kept in reliability(FOUR, 5).sweep if kept.threshold == 0.4)
    assert (kept.refused, kept.lost) == (2, 1)
    assert (kept.tally.agree, kept.tally.read, kept.tally.annotated) == (1, 2, 5)
    assert kept.tally.f1 == pytest.approx(2 / 7)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "accounts").mkdir()
    (tmp_path / "accounts" / "r1.gold.json").write_text(json.dumps(GOLD))
    return tmp_path


def test_a_claim_that_the_annotator_made_is_right(gold: Path) -> None:
    found = score_sets(gold)[DEVELOPMENT]
    assert found.annotated == 1
    assert found.claims > 1
    assert found.right == pytest.approx(1 / found.claims)
    assert sum(b.claims for b in found.bins) == found.claims


def test_text_page_and_figures_tell_the_same(gold: Path) -> None:
    sets = score_sets(gold)
    page = as_page(sets, "sayso evaluate confidence x")
    assert "Made by `sayso evaluate confidence x`." in page
    assert page.count("| 0.9–1.0 |") == 1
    assert f"{sets[DEVELOPMENT].claims} claims" in as_text(sets)
    assert as_figures(sets)[DEVELOPMENT]["claims"] == sets[DEVELOPMENT].claims


def test_the_command_writes_its_section_and_leaves_the_rest(gold: Path, tmp_path: Path) -> None:
    page = tmp_path / "confidence.md"
    page.write_text("# Confidence\n\n<!-- confidence -->\nbefore\n<!-- /confidence -->\n\nThe end.\n")
    done = CliRunner().invoke(app, ["evaluate", "confidence", str(gold), "--write", str(page)])
    assert done.exit_code == 0, done.output
    text = page.read_text()
    assert text.startswith("# Confidence\n")
    assert text.endswith("The end.\n")
    assert "before" not in text
    assert "## Reliability" in text
