from __future__ import annotations

import random

import pytest

from sayso.incidents.truth import Parameters, fit

QUICK = Parameters(draws=150, burn_in=100)
RATES = {0: (0.95, 0.05), 1: (0.9, 0.1), 2: (0.85, 0.2), 3: (0.9, 0.15), 4: (0.6, 0.9), 5: (0.8, 0.3)}
"""How often each speaker asserts what happened and what did not; the fifth is likelier to assert what did not."""


def simulated(size: int, seed: int, share: float = 0.6) -> tuple[list[bool], list[int], list[int], list[bool]]:
    chance = random.Random(seed)
    truth = [chance.random() < share for _ in range(size)]
    labels = [
        (number, who, chance.random() < RATES[who][0 if happened else 1])
        for number, happened in enumerate(truth)
        for who in chance.sample(list(RATES), 4)
    ]
    return truth, [a for a, _, _ in labels], [b for _, b, _ in labels], [c for _, _, c in labels]


def most_say(size: int, incidents: list[int], asserts: list[bool]) -> list[bool]:
    votes = [0] * size
    for incident, yes in zip(incidents, asserts, strict=True):
        votes[incident] += 1 if yes else -1
    return [vote > 0 for vote in votes]


def test_it_finds_more_of_a_known_truth_than_a_count_of_votes() -> None:
    truth, incidents, speakers, asserts = simulated(400, 7)
    found = [one.probability > 0.5 for one in fit(incidents, speakers, asserts, QUICK)]
    counted = most_say(400, incidents, asserts)
    right = sum(a == b for a, b in zip(found, truth, strict=True))
    assert right > sum(a == b for a, b in zip(counted, truth, strict=True))
    assert right / 400 > 0.93


def test_its_chances_are_what_they_say_on_data_that_fits_the_model() -> None:
    truth, incidents, speakers, asserts = simulated(600, 11)
    found = fit(incidents, speakers, asserts, QUICK)
    middle = [(one.probability, happened) for one, happened in zip(found, truth, strict=True)]
    expected, came = sum(p for p, _ in middle) / 600, sum(h for _, h in middle) / 600
    assert abs(expected - came) < 0.06


def test_an_interval_holds_the_chance_and_narrows_with_more_incidents() -> None:
    _, incidents, speakers, asserts = simulated(60, 3)
    few = fit(incidents, speakers, asserts, QUICK)
    assert all(0 <= one.low <= one.probability + 1e-6 and one.probability <= one.high + 1e-6 <= 1 + 1e-5 for one in few)
    _, incidents, speakers, asserts = simulated(1200, 3)
    many = fit(incidents, speakers, asserts, QUICK)
    assert sum(one.high - one.low for one in many) / 1200 < sum(one.high - one.low for one in few) / 60


def test_the_same_input_gives_the_same_figures() -> None:
    _, incidents, speakers, asserts = simulated(50, 5)
    assert fit(incidents, speakers, asserts, QUICK) == fit(incidents, speakers, asserts, QUICK)


@pytest.mark.parametrize("yes", [True, False])
def test_where_all_agree_the_estimate_leans_their_way(yes: bool) -> None:
    _, incidents, speakers, asserts = simulated(200, 9)
    incidents += [200, 200, 200]
    speakers += [0, 1, 3]
    asserts += [yes, yes, yes]
    assert (fit(incidents, speakers, asserts, QUICK)[200].probability > 0.5) == yes
