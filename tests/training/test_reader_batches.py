"""Windows that the reader is trained on: labels by piece, layers that a corpus lacks, attributions within a window."""

from __future__ import annotations

import random
from typing import Any

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from sayso.evaluation.polnear import Said
from sayso.reading.encoder.windows import CLS, PAD, SEP, SIZE
from training.corpora import Example
from training.corpora.example import Layer

torch = pytest.importorskip("torch")
batches = pytest.importorskip("training.reader.batches")

VOCABULARY = ("[PAD]", "[UNK]", "the", "army", "den", "##ied", "killing", "two", "men", ".", "it", "said", "a")
ONE = {name: n for n, name in enumerate(VOCABULARY)}
TYPES = ("ATTACK", "BOMBING")
TEXT = "The army denied killing two men."
IGNORED = -100
O, B, I, NO = 0, 1, 2, IGNORED  # noqa: E741
"""Outside, begin, inside; no label."""


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordPiece(ONE, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


HEADS = {
    "cue": batches.Head("cue", ("cue",)),
    "muc": batches.Head("muc", ("target", "victim")),
    "stance": batches.Head("stance", ("denies", "uncertain"), spans=False),
    "sides": batches.Head("sides", ("victim",), corpora=("accounts",)),
}


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def example(text: str = TEXT, corpus: str = "muc4", types: tuple[str, ...] | None = None, **layers: Layer) -> Example:
    return Example(corpus, "1", text, layers, types)


def window(tokenizer: Tokenizer, found: Example, *said: Said) -> Any:
    (one,) = batches.example_windows(found, tokenizer, HEADS, TYPES, said)
    return one


def test_pieces_stand_between_the_special_ones_and_words_begin_at_their_first(tokenizer: Tokenizer) -> None:
    one = window(tokenizer, example())
    assert one.ids.tolist() == [
        CLS,
        *(ONE[p] for p in ["the", "army", "den", "##ied", "killing", "two", "men", "."]),
        SEP,
    ]
    assert one.heads.tolist() == [0, 1, 1, 1, 0, 1, 1, 1, 1, 0]


def test_a_span_is_labelled_on_the_first_pieces_of_its_words(tokenizer: Tokenizer) -> None:
    one = window(tokenizer, example(cue=((*span("army denied killing"), "cue"),)))
    assert one.labels["cue"].tolist() == [NO, O, B, I, NO, I, O, O, O, NO]


def test_each_label_has_a_begin_and_an_inside(tokenizer: Tokenizer) -> None:
    assert HEADS["muc"].names == ["O", "B-target", "I-target", "B-victim", "I-victim"]
    one = window(tokenizer, example(muc=((*span("army"), "target"), (*span("two men"), "victim"))))
    assert one.labels["muc"].tolist() == [NO, O, 1, O, NO, O, 3, 4, O, NO]


def test_a_head_without_spans_labels_each_word(tokenizer: Tokenizer) -> None:
    assert HEADS["stance"].names == ["O", "denies", "uncertain"]
    one = window(tokenizer, example(stance=((*span("denied killing"), "denies"),)))
    assert one.labels["stance"].tolist() == [NO, O, O, 1, NO, 1, O, O, O, NO]


def test_of_spans_within_each_other_the_inner_one_is_kept(tokenizer: Tokenizer) -> None:
    one = window(tokenizer, example(muc=((*span("men"), "target"), (*span("two men"), "victim"))))
    assert one.labels["muc"].tolist() == [NO, O, O, O, NO, O, 3, 1, O, NO]


def test_a_label_that_the_head_does_not_know_is_left_out(tokenizer: Tokenizer) -> None:
    one = window(tokenizer, example(muc=((*span("army"), "weapon"),)))
    assert one.labels["muc"].tolist() == [NO, O, O, O, NO, O, O, O, O, NO]


def test_layers_that_a_corpus_does_not_annotate_are_masked(tokenizer: Tokenizer) -> None:
    one = window(tokenizer, example(cue=()))
    assert set(one.labels) == {"cue"}
    assert (one.values, one.types, one.speeches) == (None, None, [])
    made = batches.batch([one], HEADS, len(TYPES))
    assert made.labels["cue"].tolist()[0][1] == O
    assert set(made.labels["muc"].flatten().tolist()) == {IGNORED}
    assert set(made.types.flatten().tolist()) == {IGNORED}
    assert torch.isnan(made.values).all()


@pytest.mark.parametrize(("corpus", "learnt"), [("accounts", True), ("voa", False)])
def test_a_head_learns_only_from_the_corpora_that_it_names(corpus: str, learnt: bool, tokenizer: Tokenizer) -> None:
    one = window(tokenizer, example(corpus=corpus, sides=((*span("two men"), "victim"),)))
    assert ("sides" in one.labels) == learnt


def test_a_value_stands_at_the_first_piece_of_its_words_alone(tokenizer: Tokenizer) -> None:
    one = window(tokenizer, example(factuality=((*span("denied"), 2.5), (*span("killing two"), -3.0))))
    assert {n: v for n, v in enumerate(one.values.tolist()) if v == v} == {3: 2.5, 5: -3.0}


def test_types_of_incidents_are_those_of_the_text(tokenizer: Tokenizer) -> None:
    assert window(tokenizer, example(types=("BOMBING",))).types.tolist() == [0, 1]
    assert window(tokenizer, example(types=())).types.tolist() == [0, 0]


def test_of_a_long_text_only_the_windows_that_tell_it_have_its_types(tokenizer: Tokenizer) -> None:
    text = "two men . " * 200 + "the army"
    marked = ((*span("the army", text), "target"),)
    found = batches.example_windows(example(text, types=("ATTACK",), muc=marked), tokenizer, HEADS, TYPES)
    told = [one.types.tolist() for one in found]
    assert len(told) > 2
    assert told[0] == [0, 0]
    assert told[-1] == [1, 0]


SAID = Said(source=(span("The army"),), cue=(span("denied"),), content=(span("killing two men"),))


def test_an_attribution_is_labelled_around_its_cue(tokenizer: Tokenizer) -> None:
    (one,) = window(tokenizer, example(cue=()), SAID).speeches
    assert one.cue == (3, 5)
    assert (one.first, one.last) == (1, 9)
    assert one.source.tolist() == [B, I, O, NO, O, O, O, O]
    assert one.content.tolist() == [O, O, O, NO, B, I, I, O]


def test_an_attribution_belongs_to_the_windows_that_hold_its_cue(tokenizer: Tokenizer) -> None:
    text = "two men . " * 100 + TEXT + " two men . " * 100
    at = text.index(TEXT)
    said = Said(*(tuple((a + at, b + at) for a, b in spans) for spans in (SAID.source, SAID.cue, SAID.content)))
    found = list(batches.example_windows(example(text, cue=()), tokenizer, HEADS, TYPES, [said]))
    holding = [{ONE["den"], ONE["##ied"]} <= set(one.ids.tolist()) for one in found]
    assert 0 < sum(holding) < len(found)
    assert [len(one.speeches) for one in found] == [int(held) for held in holding]
    for one in [one for one, held in zip(found, holding, strict=True) if held]:
        (speech,) = one.speeches
        assert one.ids[slice(*speech.cue)].tolist() == [ONE["den"], ONE["##ied"]]
        labelled = one.ids[speech.first : speech.last][speech.content > 0].tolist()
        assert labelled == [ONE[p] for p in ("killing", "two", "men")]
        assert len(speech.content) == len(speech.source) == speech.last - speech.first
        assert speech.last - speech.first <= batches.BEFORE + batches.BEHIND


def test_an_attribution_without_words_for_its_cue_is_left_out(tokenizer: Tokenizer) -> None:
    unsaid = Said(source=SAID.source, cue=(), content=SAID.content)
    assert window(tokenizer, example(cue=()), unsaid).speeches == []


def test_a_text_without_words_has_no_window(tokenizer: Tokenizer) -> None:
    assert list(batches.example_windows(example(" \n"), tokenizer, HEADS, TYPES)) == []


def test_shorter_windows_are_filled_up_and_masked(tokenizer: Tokenizer) -> None:
    long, short = (window(tokenizer, example(text, cue=())) for text in (TEXT, "it said"))
    made = batches.batch([long, short], HEADS, len(TYPES))
    assert made.mask.tolist() == [[1] * 10, [1] * 4 + [0] * 6]
    assert made.ids[1, 4:].tolist() == [PAD] * 6
    assert made.labels["cue"][1, 4:].tolist() == [IGNORED] * 6


def test_a_batch_names_the_window_of_each_attribution(tokenizer: Tokenizer) -> None:
    some = [window(tokenizer, example("it said", cue=())), window(tokenizer, example(cue=()), SAID, SAID)]
    assert [row for row, _ in batches.batch(some, HEADS, len(TYPES)).speech] == [1, 1]


def test_batches_hold_every_window_once_and_are_no_larger_than_allowed(tokenizer: Tokenizer) -> None:
    texts = ["two men " * n for n in range(1, 120)]
    some = [window(tokenizer, example(text, cue=())) for text in texts]
    made = list(batches.batches(some, HEADS, len(TYPES), random.Random(1)))
    lengths = sorted(int(row) for one in made for row in one.mask.sum(1))
    assert lengths == sorted(len(one.ids) for one in some)
    assert all(one.ids.numel() <= batches.PIECES + 24 * len(one.ids) for one in made)
    assert max(lengths) <= SIZE
