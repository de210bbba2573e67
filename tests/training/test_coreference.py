"""The training of coreference: what is written computes the same as what was learnt."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("sklearn")

from sayso.reading.coreference.features import COLUMNS  # noqa: E402
from sayso.reading.coreference.model import Projection  # noqa: E402
from sayso.reading.placing.forest import Forest  # noqa: E402
from training import coreference as training  # noqa: E402


def test_written_trees_give_the_sums_of_the_learners() -> None:
    draw = np.random.default_rng(3)
    chains = draw.integers(0, 6, 40)
    first, second = np.tril_indices(40, -1)
    same = chains[first] == chains[second]
    figures = draw.normal(size=(len(first), len(COLUMNS))).astype(np.float32)
    figures[:, 0] += 2 * same
    wood = training.Wood(training.FIRST, training.FIRST_SEEDS).learn([figures], [same])
    trees = wood.written(COLUMNS, 1.0, 0.0)
    sums = np.array(Forest(trees.trees).sums(figures[:100].tolist())) + trees.prior
    assert sums == pytest.approx(wood.scores(figures[:100]), abs=2e-3)


def test_the_projection_that_is_written_scores_as_the_one_that_learnt() -> None:
    torch.manual_seed(1)
    net = training.Net(torch.zeros(12), torch.ones(12)).eval()
    rows = torch.randn(5, 12)
    first, second = torch.tril_indices(5, 5, -1)
    projection = Projection(net.tables())
    found = projection.compared(projection.shortened(rows.numpy()))
    assert found[first, second] == pytest.approx(net(rows, first, second).detach().numpy(), abs=0.02)


def test_calibration_brings_down_what_is_overly_sure() -> None:
    draw = np.random.default_rng(5)
    truth = draw.normal(size=4000)
    same = draw.random(4000) < 1 / (1 + np.exp(-truth))
    slope, shift = training.calibration(2 * truth, same)
    assert slope == pytest.approx(0.5, abs=0.08)
    assert shift == pytest.approx(0.0, abs=0.1)


def test_stems_are_counted_once_a_report() -> None:
    from sayso.evaluation.ecbplus_joining import Given
    from sayso.reading.coreference.told import Words

    reports = [Given(Words(str(n), "", [], ["bombed", "bombing", f"x{n}"], [3]), []) for n in range(3)]
    assert training.counted(reports) == ({"bomb": 3}, 3)


def test_groups_that_are_as_the_chains_agree_wholly() -> None:
    from types import SimpleNamespace

    mentions = [SimpleNamespace(key=n) for n in range(4)]
    group = training.Group(1, mentions, ["a", "a", "b", "c"])  # type: ignore[arg-type]
    assert training.agreement([group], [np.where(group.same, 0.99, 0.01)]) == pytest.approx(1.0)
    assert training.agreement([group], [np.where(group.same, 0.99, 0.9)]) < 0.9
