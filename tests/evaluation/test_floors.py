from pathlib import Path
from typing import Any

import pytest

from sayso.errors import SaysoError
from sayso.evaluation.floors import digest, dropped, floors_of, load, update


def figures(events: float | None = 0.7, denials: tuple[float, float, float] = (0.6, 0.7, 0.65)) -> dict[str, Any]:
    precision, recall, f1 = denials
    return {
        "all": {
            "events": {"precision": 0.6, "recall": 0.8, "f1": events},
            "denials_doubts": {"precision": precision, "recall": recall, "f1": f1},
            "links": {"precision": None, "recall": None, "f1": None},
        }
    }


def test_floors_hold_f1_and_both_shares_of_denials_and_nothing_that_was_not_measured() -> None:
    assert floors_of(figures()) == {
        "events": {"f1": 0.7},
        "denials_doubts": {"precision": 0.6, "recall": 0.7, "f1": 0.65},
    }


@pytest.mark.parametrize(("f1", "lines"), [(0.7, 0), (0.696, 0), (0.694, 1), (None, 1)])
def test_figure_may_fall_by_the_tolerance_and_no_further(f1: float | None, lines: int) -> None:
    assert len(dropped(figures(events=f1), floors_of(figures()))) == lines


def test_better_f1_does_not_excuse_lost_denials() -> None:
    worse = figures(denials=(0.9, 0.6, 0.72))
    assert dropped(worse, floors_of(figures())) == ["denials_doubts recall: 0.6 is below its floor 0.7"]


def test_update_refuses_to_lower_a_floor_unless_allowed(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    update(path, {"g": ("sha", figures(events=0.7))})
    with pytest.raises(SaysoError, match=r"^S704 the g figures fell \(events f1 0.7 → 0.6\)"):
        update(path, {"g": ("sha", figures(events=0.6))})
    assert load(path)["g"]["floors"]["events"]["f1"] == 0.7
    update(path, {"g": ("sha", figures(events=0.6))}, allow_regression=True)
    assert load(path)["g"]["floors"]["events"]["f1"] == 0.6


def test_update_keeps_other_groups_and_starts_afresh_for_other_gold(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    update(path, {"g": ("sha", figures()), "h": ("sha", figures())})
    update(path, {"g": ("other", figures(events=0.1))})
    assert load(path)["g"] == {"digest": "other", "floors": floors_of(figures(events=0.1))}
    assert load(path)["h"]["digest"] == "sha"


def test_digest_tells_changed_gold(tmp_path: Path) -> None:
    one, two = tmp_path / "1.json", tmp_path / "2.json"
    one.write_text("a")
    two.write_text("b")
    before = digest([one, two])
    assert before == digest([two, one])
    two.write_text("c")
    assert digest([one, two]) != before
