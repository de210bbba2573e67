"""Training of the relevance gate: which passages have an event, and that what is fitted is what the gate adds up."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.evaluation.relevance_sets import Sample
from sayso.reading.relevance import STRIDE, UNIT, WINDOW, Gate
from sayso.sources import report_from_text
from training.relevance import Passages, Read, Vocabulary, edges, entries, labelled, rows


def sample(text: str, *, told: bool | None = None) -> Sample:
    return Sample("a set", text, report_from_text(text, published="2021-07-05"), told)


def read(text: str, *events: list[Any], told: bool | None = None) -> Read:
    found = labelled(sample(text, told=told), list(events))
    assert found is not None
    return found


def calm(number: int) -> str:
    return " ".join(["calm"] * number)


def test_passages_with_a_mention_have_an_event() -> None:
    text = f"{calm(WINDOW)} attack {calm(WINDOW)}"
    found = read(text, ["actual", False, [text.index("attack")]])
    at = text[: text.index("attack")].count(" ")
    assert found.relevant
    assert found.passages == [int(lo <= at < hi) for lo, hi in edges(2 * WINDOW + 1)]
    assert 0 < sum(found.passages) < len(found.passages)


@pytest.mark.parametrize(
    ("event", "label", "relevant"),
    [(["actual", False, [0]], 1, True), (["planned", True, [0]], 1, False), (["planned", False, [0]], -1, False)],
)
def test_what_is_planned_says_nothing_and_what_is_denied_is_an_event(
    event: list[Any], label: int, relevant: bool
) -> None:
    found = read(f"attack {calm(WINDOW - 1)}", event)
    assert (found.passages[0], found.relevant) == (label, relevant)


def test_where_only_annotators_see_an_event_no_passage_is_used() -> None:
    found = read(calm(2 * WINDOW), told=True)
    assert found.relevant
    assert set(found.passages) == {-1}


@pytest.mark.parametrize("n", [1, STRIDE, WINDOW - 1, WINDOW, WINDOW + 1, WINDOW + STRIDE, 5 * WINDOW + 3])
def test_passages_leave_no_word_out(n: int) -> None:
    assert {k for lo, hi in edges(n) for k in range(lo, hi)} == set(range(n))


def test_words_of_a_lexicon_share_their_entry() -> None:
    found = entries()
    assert found["ambushed"] == found["ambush"] == {"triggers.armed_attack"}
    assert "triggers.armed_attack" in found["opened fire"]


def test_what_is_fitted_is_what_the_gate_adds_up() -> None:
    violent = [read(f"{calm(30)} attack{' bad' * k} {calm(30 + k)}", ["actual", False, [150]]) for k in range(6)]
    peaceful = [read(f"{calm(70 + k)} concert") for k in range(6)]
    vocabulary = Vocabulary([*violent, *peaceful])
    passages = Passages([*violent, *peaceful], vocabulary)
    w = passages.fit()
    best = passages.best(w)
    assert min(best[:6]) > max(best[6:])
    gate = Gate(dict(rows(vocabulary, w, 1.0)), round(w[-1] * UNIT), 0)
    for report, total in zip([*violent, *peaceful], best, strict=True):
        found = [gate.weights.get(word) for word in report.words]
        assert max(gate._sums(report.words, found)) / UNIT == pytest.approx(total, abs=0.02 * WINDOW)
