"""Mentions with what they are compared by, figures of pairs, and the shipped model over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from sayso.errors import SaysoError
from sayso.evaluation.ecbplus import Document, Mention, given
from sayso.evaluation.ecbplus_joining import joined_events, matters, mentions_told
from sayso.reading.coreference import model as model_module
from sayso.reading.coreference.features import COLUMNS, UNKNOWN
from sayso.reading.coreference.joining import joined, parted
from sayso.reading.coreference.layers import MIDDLE, OUTPUTS, seeing, with_output
from sayso.reading.coreference.model import model
from sayso.reading.coreference.told import Told
from sayso.reading.encoder.weights import describe, folder, load_reader

REPORTS = {
    "1_1ecb": ("Jets bombed a clinic in Aleppo on Sunday .", "The bombing killed two nurses ."),
    "1_2ecb": ("Two nurses died when warplanes bombed a clinic in Aleppo .", "Police met in Homs on Monday ."),
}
HEADS = (("1_1ecb", "bombed"), ("1_1ecb", "bombing"), ("1_2ecb", "bombed"), ("1_2ecb", "met"))


def document(name: str, lines: Sequence[str] = ()) -> Document:
    sentences = tuple(tuple(line.split(" ")) for line in lines or REPORTS[name])
    words = [(word, n) for n, sentence in enumerate(sentences) for word in sentence]
    wanted = [head for report, head in HEADS if report == name]
    found = tuple(Mention(name, w, n, (k,), "") for k, (w, n) in enumerate(words) if w in wanted)
    return Document(name, sentences, found)


def told() -> list[Told]:
    reports = list(given(document(name) for name in REPORTS))
    return list(mentions_told(reports, model().rarity))


def test_a_mention_has_its_words_and_those_that_hang_on_it() -> None:
    bombed = told()[0]
    assert (bombed.key, bombed.lemma, bombed.kind, bombed.sentence) == (("1_1ecb", "bombed"), "bomb", "VERB", 0)
    assert "jet" in bombed.who
    assert "clinic" in bombed.whom
    assert bombed.times == {"sunday"}
    assert "aleppo" in bombed.names


def test_figures_compare_what_both_have_and_are_unknown_where_one_has_nothing() -> None:
    group = told()
    found = model().pairs(group)
    assert found.figures.shape == (6, len(COLUMNS))
    assert np.isfinite(found.figures).all()
    rows = {
        frozenset((group[i].key, group[j].key)): dict(zip(COLUMNS, row, strict=True))
        for i, j, row in zip(found.first, found.second, found.figures.tolist(), strict=True)
    }
    alike = rows[frozenset({("1_1ecb", "bombed"), ("1_2ecb", "bombed")})]
    assert alike["lemma"] == 1
    assert alike["one_report"] == 0
    assert alike["sentences_apart"] == UNKNOWN
    assert alike["whom"] > 0
    within = rows[frozenset({("1_1ecb", "bombed"), ("1_1ecb", "bombing")})]
    assert (within["lemma"], within["stem"], within["sentences_apart"]) == (0, 1, 1)


def test_mentions_of_one_event_are_likelier_than_others() -> None:
    group = told()
    likely = model().probabilities(group)
    number = {mention.key: n for n, mention in enumerate(group)}
    bombed, again, met = number["1_1ecb", "bombed"], number["1_2ecb", "bombed"], number["1_2ecb", "met"]
    assert likely[bombed, again] > 0.5 > likely[bombed, met]
    assert np.allclose(likely, likely.T)
    assert (likely >= 0).all()
    assert (likely <= 1).all()


def test_the_order_of_mentions_changes_nothing() -> None:
    group = told()
    forth, back = model().probabilities(group), model().probabilities(group[::-1])
    assert np.allclose(forth, back[::-1, ::-1], atol=1e-6)


@pytest.mark.parametrize("count", [0, 1])
def test_few_mentions_are_judged_too(count: int) -> None:
    group = told()[:count]
    assert model().probabilities(group).tolist() == np.eye(count).tolist()
    assert model().events(group) == {mention.key: 0 for mention in group}


def test_events_are_within_a_group_of_reports() -> None:
    group = told()
    apart = joined_events(group, {name: name for name in REPORTS}, model())
    assert apart["1_1ecb", "bombed"] != apart["1_2ecb", "bombed"]
    together = joined_events(group, dict.fromkeys(REPORTS, 0), model())
    assert together["1_1ecb", "bombed"] == together["1_2ecb", "bombed"] != together["1_2ecb", "met"]


def test_reports_on_one_matter_are_told_by_their_words() -> None:
    other = ("The minister opened a school in Lyon .", "Parents praised the new school in Lyon .")
    names = {**REPORTS, "2_1ecb": other, "2_2ecb": other}
    found = matters(list(given(document(name, lines) for name, lines in names.items())), model())
    assert found["2_1ecb"] == found["2_2ecb"] != found["1_1ecb"]


@pytest.mark.parametrize(
    ("likeness", "groups"),
    [([[1, 0.9, 0.1], [0.9, 1, 0.1], [0.1, 0.1, 1]], 2), ([[1, 0.9, 0.7], [0.9, 1, 0.6], [0.7, 0.6, 1]], 1), ([], 0)],
)
def test_groups_are_joined_while_they_are_alike_on_average(likeness: list[list[float]], groups: int) -> None:
    assert len(set(joined(np.array(likeness), 0.6))) == groups


def table(size: int, pairs: dict[tuple[int, int], float], other: float = 0.02) -> np.ndarray:
    """Likelihoods of some pairs, and one of all others."""
    likely = np.full((size, size), other)
    for (i, j), value in pairs.items():
        likely[i, j] = likely[j, i] = value
    np.fill_diagonal(likely, 1.0)
    return likely


def test_mentions_are_parted_where_they_agree_most_with_what_they_can_expect() -> None:
    one, two, alone = (0, 2), (1, 3), 4
    numbers = parted(table(5, {one: 0.7, two: 0.6}))
    assert numbers[0] == numbers[2] != numbers[1] == numbers[3]
    assert numbers[alone] not in numbers[:alone]
    assert len(set(parted(table(5, {one: 0.2, two: 0.2})))) == 5


def test_a_mention_that_is_near_to_each_of_many_joins_them_though_it_would_not_join_one() -> None:
    """Two by themselves are better apart at a chance at which one does join six."""
    assert len(set(parted(table(2, {(0, 1): 0.38})))) == 2
    close = {(i, j): 0.95 for i in range(6) for j in range(i)}
    assert len(set(parted(table(7, close | {(6, k): 0.38 for k in range(6)})))) == 1


@pytest.mark.parametrize("count", [0, 1])
def test_few_mentions_are_parted_too(count: int) -> None:
    assert parted(np.eye(count)) == [0] * count


def test_the_encoder_sees_as_the_reader_does_and_gives_two_layers_more() -> None:
    given = {"ids": np.array([[101, 7592, 102]]), "mask": np.ones((1, 3), dtype=np.int64)}
    hidden, scores, early, middle = seeing().run(list(OUTPUTS), given)
    reader = load_reader().encoder.run(["hidden", "scores"], given)
    assert np.array_equal(hidden, reader[0])
    assert np.array_equal(scores, reader[1])
    assert early.shape == middle.shape == hidden.shape
    assert not np.allclose(early, middle, atol=0.1)
    assert not np.allclose(middle, hidden, atol=0.1)


def test_an_output_is_added_behind_the_file() -> None:
    added = with_output(b"graph", MIDDLE)
    assert added.startswith(b"graph")
    assert added.endswith(MIDDLE.encode())


def test_weights_other_than_trained_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_module, "SHA256", "0" * 64)
    model.cache_clear()
    with pytest.raises(SaysoError, match="S735"):
        model()
    monkeypatch.undo()
    model.cache_clear()


def test_missing_weights_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(model_module, "files", lambda _: tmp_path)
    model.cache_clear()
    with pytest.raises(SaysoError, match=r"S735 .*weights.json"):
        model()
    monkeypatch.undo()
    model.cache_clear()


def test_it_learnt_on_the_encoder_that_is_shipped() -> None:
    assert describe(folder()).files["encoder.onnx"] == model_module.ENCODER
