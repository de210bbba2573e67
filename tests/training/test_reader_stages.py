"""What the second stage does to windows, and how the weights of both stages are mixed."""

from __future__ import annotations

import random

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from training.reader.batches import IGNORED, Speech, Window  # noqa: E402
from training.reader.disturb import MASK, disturbed, without  # noqa: E402
from training.reader.mix import mixed  # noqa: E402

COMMA = 1010


def window() -> Window:
    """[CLS] he said , no [SEP], with "said" as cue and ", no" as content."""
    ids = np.array([101, 2002, 2056, COMMA, 2053, 102])
    speech = Speech(1, 5, (2, 3), np.array([1, 0, 0, 0]), np.array([0, 0, 1, 2]))
    cue = np.array([IGNORED, 0, 1, 0, 0, IGNORED])
    return Window(ids, np.array([0, 1, 1, 1, 1, 0]), {"cue": cue}, speeches=[speech])


def test_a_span_that_lost_its_first_piece_begins_at_its_next_one() -> None:
    made = without(window(), frozenset({COMMA}))
    assert made.ids.tolist() == [101, 2002, 2056, 2053, 102]
    (speech,) = made.speeches
    assert (speech.first, speech.last, speech.cue) == (1, 4, (2, 3))
    assert speech.content.tolist() == [0, 0, 1]
    assert made.labels["cue"].tolist() == [IGNORED, 0, 1, 0, IGNORED]


def test_an_attribution_without_its_cue_is_left_out() -> None:
    assert without(window(), frozenset({2056})).speeches == []


def test_only_words_are_hidden_and_the_window_itself_stays() -> None:
    whole = window()
    made = [disturbed(whole, frozenset(), random.Random(seed)) for seed in range(60)]
    assert any(MASK in one.ids for one in made)
    assert all((one.ids[0], one.ids[-1]) == (101, 102) for one in made)
    assert MASK not in whole.ids


def test_the_mean_counts_new_layers_by_the_share_of_the_second_stage() -> None:
    ones, threes = torch.ones(2), torch.full((2,), 3.0)
    second = {"words": threes, "speech.blocks.0.out.weight": threes, "speech.blocks.0.mix.weight": threes}
    found = mixed({"words": ones}, second, 0.25)
    assert found["words"].tolist() == [1.5, 1.5]
    assert found["speech.blocks.0.out.weight"].tolist() == [0.75, 0.75]
    assert found["speech.blocks.0.mix.weight"].tolist() == [3.0, 3.0]
