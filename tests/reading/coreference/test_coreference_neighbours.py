"""Figures of a pair of mentions by how the other pairs of the group were judged, and which mentions have company."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.evaluation.ecbplus import Document, Mention, given
from sayso.evaluation.ecbplus_joining import mentions_told
from sayso.reading.coreference.company import FIGURES, WEIGHT, Company, company_rows
from sayso.reading.coreference.features import UNKNOWN
from sayso.reading.coreference.model import model
from sayso.reading.coreference.neighbours import NEIGHBOURS, neighbours
from sayso.reading.coreference.told import Told

LINES = {
    "1_1ecb": ("Jets bombed a clinic in Aleppo .", (1,)),
    "1_2ecb": ("Warplanes bombed and killed nurses in Aleppo .", (1, 3)),
    "1_3ecb": ("The bombing killed two nurses .", (1, 2)),
    "1_4ecb": ("Police met in Homs .", (1,)),
}
BOMBED, BOMBED_TOO, KILLED, BOMBING, KILLED_TOO, MET = range(6)


@pytest.fixture(scope="module")
def group() -> list[Told]:
    documents = [
        Document(name, (tuple(line.split(" ")),), tuple(Mention(name, str(k), 0, (k,), "") for k in heads))
        for name, (line, heads) in LINES.items()
    ]
    return list(mentions_told(list(given(documents)), model().rarity))


@pytest.fixture
def likely() -> np.ndarray:
    """All of the bombing are near, and both killings."""
    table = np.full((6, 6), 0.05)
    for i, j, value in (
        (BOMBED, BOMBED_TOO, 0.8),
        (BOMBED, BOMBING, 0.6),
        (BOMBED_TOO, BOMBING, 0.4),
        (KILLED, KILLED_TOO, 0.7),
    ):
        table[i, j] = table[j, i] = value
    np.fill_diagonal(table, 1.0)
    return table


def row(group: list[Told], likely: np.ndarray, i: int, j: int) -> dict[str, float]:
    found = neighbours(group, likely, np.array([i]), np.array([j]))
    return dict(zip(NEIGHBOURS, found[0].tolist(), strict=True))


def test_a_pair_knows_the_best_partners_that_either_has_besides(group: list[Told], likely: np.ndarray) -> None:
    found = row(group, likely, BOMBING, BOMBED)
    assert found["other_least"] == pytest.approx(0.4)
    assert found["other_most"] == pytest.approx(0.8)
    assert found["lead_least"] == pytest.approx(-0.2)
    assert found["likely"] == pytest.approx(np.log(0.6 / 0.4), abs=1e-5)


def test_mentions_near_to_the_same_third_have_more_in_common(group: list[Told], likely: np.ndarray) -> None:
    common, none = row(group, likely, BOMBING, BOMBED_TOO), row(group, likely, MET, BOMBED_TOO)
    assert common["ways"] > none["ways"]
    assert common["ways_cosine"] > none["ways_cosine"]
    assert (common["together_tight"], none["together_tight"]) == (1, 0)
    assert common["size_most_tight"] == 3


def test_what_stands_beside_a_pair_speaks_for_it(group: list[Told], likely: np.ndarray) -> None:
    found = row(group, likely, BOMBING, BOMBED_TOO)
    assert found["beside_least"] == found["beside_most"] == pytest.approx(0.7)
    alone = row(group, likely, MET, BOMBED)
    assert alone["beside_least"] == alone["beside_most"] == UNKNOWN


def test_other_pairs_of_the_same_lemmas_speak_for_a_pair(group: list[Told], likely: np.ndarray) -> None:
    found = row(group, likely, BOMBING, BOMBED_TOO)
    assert (group[BOMBING].lemma == group[BOMBED].lemma) == (found["lemma_pairs"] > 2)
    assert row(group, likely, KILLED_TOO, KILLED)["lemma_pairs"] == 2


def test_the_order_of_a_pair_says_nothing(group: list[Told], likely: np.ndarray) -> None:
    first, second = np.tril_indices(len(group), -1)
    forth, back = neighbours(group, likely, first, second), neighbours(group, likely, second, first)
    assert np.isfinite(forth).all()
    assert np.allclose(forth, back, atol=1e-6)


def test_no_pair_has_no_figures(group: list[Told], likely: np.ndarray) -> None:
    none = np.array([], dtype=np.intp)
    assert neighbours(group, likely, none, none).shape == (0, len(NEIGHBOURS))


def test_a_mention_that_is_near_to_others_is_told_apart_from_one_that_is_not(
    group: list[Told], likely: np.ndarray
) -> None:
    rows = company_rows(group, likely)
    best = rows[:, FIGURES.index("best")]
    assert best[BOMBED] > best[KILLED] > best[MET]
    assert rows[MET, FIGURES.index("beside")] == 0
    assert rows[KILLED, FIGURES.index("beside")] == 1
    assert np.isfinite(rows).all()


def test_a_pair_is_the_less_likely_the_less_either_has_company() -> None:
    one = np.ones(1, dtype=np.float32)
    company = Company({"mean": 0 * one, "spread": one, "weight": one, "bias": 0 * one})
    found = company.weighed(np.zeros((2, 2)), np.array([[2.0], [-1.0]], dtype=np.float32))
    assert found[0, 1] == found[1, 0] == -WEIGHT
    assert found[0, 0] == 2 * WEIGHT
