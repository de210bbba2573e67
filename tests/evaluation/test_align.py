from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.evaluation.align import align_events, assign, overlap, shared_characters
from sayso.model import Event, Span


def span(start: int, end: int) -> Span:
    return Span(start, end, "x" * (end - start))


def event(identity: str, *mentions: tuple[int, int]) -> Event:
    return Event(id=identity, type="airstrike", mentions=tuple(span(*mention) for mention in mentions))


def test_greatest_total_wins_over_the_greatest_pair() -> None:
    # Greedy would take 9 first and end at 9 + 0; the best total is 8 + 7.
    assert assign([[9, 8], [7, 0]]) == [(0, 1), (1, 0)]


def test_pair_of_no_weight_is_no_pair() -> None:
    assert assign([[0, 0], [0, 3]]) == [(1, 1)]


@pytest.mark.parametrize("weights", [[], [[]], [[], []]])
def test_nothing_to_assign_gives_no_pairs(weights: list[list[float]]) -> None:
    assert assign(weights) == []


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=1, max_size=5)
    )
)
def test_assignment_weighs_as_much_as_the_best_of_all(weights: list[list[int]]) -> None:
    rows, columns = len(weights), len(weights[0])
    size = max(rows, columns)
    padded = [[weights[r][c] if r < rows and c < columns else 0 for c in range(size)] for r in range(size)]
    best = max(sum(padded[r][c] for r, c in enumerate(order)) for order in permutations(range(size)))
    pairs = assign(weights)
    assert sum(weights[r][c] for r, c in pairs) == best
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)


def test_characters_under_two_mentions_count_once() -> None:
    assert shared_characters([span(0, 10), span(5, 12)], [span(8, 20)]) == 4


def test_event_goes_to_the_one_it_shares_most_with() -> None:
    read = [event("r1", (0, 10)), event("r2", (20, 24))]
    annotated = [event("a1", (20, 30)), event("a2", (4, 24))]
    # r1–a2 share 6; r2–a1 share 4 and r2–a2 share 4: both pairs stand.
    assert [(r.id, a.id) for r, a in align_events(read, annotated)] == [("r1", "a2"), ("r2", "a1")]


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [((0, 10), (5, 10), 0.5), ((0, 10), (9, 30), 1 / 21), ((0, 4), (4, 8), 0.0), ((3, 3), (3, 3), 0.0)],
)
def test_overlap_is_a_share_of_the_longer(left: tuple[int, int], right: tuple[int, int], share: float) -> None:
    assert overlap(span(*left), span(*right)) == pytest.approx(share)
