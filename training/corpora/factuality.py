"""UW and UDS-IH2: how certain it is that what a predicate tells happened, −3 (certainly not) to 3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sayso.evaluation.factuality import Sentence, sentences
from training.corpora.example import Example, layer
from training.corpora.words import joined


def read(corpus: str, file: Path) -> Iterator[Example]:
    """The sentences of a file. Raises what ``sentences`` raises."""
    for number, sentence in enumerate(sentences(file)):
        yield example(corpus, str(number), sentence)


def example(corpus: str, name: str, sentence: Sentence) -> Example:
    """A sentence with its layer ``factuality``; a predicate that was judged twice has the mean."""
    text, places = joined(sentence.tokens)
    values: dict[tuple[int, int], list[float]] = {}
    for target in sentence.targets:
        start, end = target.span1
        values.setdefault((places[start][0], places[end - 1][1]), []).append(target.label)
    found = layer((start, end, sum(all_) / len(all_)) for (start, end), all_ in values.items())
    return Example(corpus, name, text, {"factuality": found})
