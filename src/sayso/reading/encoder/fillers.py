"""Who and what a text names in the roles of an attack, as the trained reader marks them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sayso.reading.encoder.decoding import labelled_spans, shares
from sayso.reading.encoder.inference import Encoded
from sayso.reading.encoder.weights import Description


class Filler(NamedTuple):
    """Words that fill a role, in code-point offsets; ``share`` is the mean share that their label has."""

    start: int
    end: int
    role: str
    share: float


def fillers(encoded: Encoded, description: Description, head: str, bias: float = 0.0) -> list[Filler]:
    """The words that a head over pieces marks, in the order of the text; ``bias`` below 0 finds more."""
    names = [label.removeprefix("B-") for label in description.labels[head] if label.startswith("B-")]
    words = encoded.words()
    return [
        Filler(int(words[a, 0]), int(words[b - 1, 1]), names[number], share)
        for a, b, number, share in labelled_spans(encoded.scores[head], bias)
    ]


def best_label(encoded: Encoded, description: Description, head: str, start: int, end: int) -> tuple[str, float] | None:
    """The label, other than outside, that a head gives the words of a span, and its share among those labels."""
    words = encoded.words()
    inside = (words[:, 0] < end) & (words[:, 1] > start)
    if not inside.any():
        return None
    mean = shares(encoded.scores[head][inside][:, 1:]).mean(axis=0)
    best = int(np.argmax(mean))
    return description.labels[head][1 + best], float(mean[best])
