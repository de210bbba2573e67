"""The trained reader as it is installed, and what it might make of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pytest

from sayso.reading.encoder.inference import Encoded
from sayso.reading.encoder.weights import Chain, Description, Reader, load_reader
from sayso.reading.encoder.windows import Pieces

LABELS = {
    "muc": ["O", "B-perp_org", "I-perp_org", "B-victim", "I-victim"],
    "described": ["O", "B-described", "I-described"],
    "confidence": ["O", "REPORTED AS FACT", "POSSIBLE"],
    "modality": ["O", "actual", "planned", "hypothetical", "generic"],
}
OUTSIDE, CERTAIN = 8.0, 16.0
"""The score of being outside, beside which labels at 0 have next to no share, and one beside which it has none."""


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader that ``sayso`` reads with."""
    return load_reader()


def description(**fields: object) -> Description:
    """A description with a few heads."""
    chains: dict[str, Chain] = {}
    made = {"version": "1", "files": {}, "labels": LABELS, "types": ["ATTACK"], "chains": chains, "thresholds": {}}
    return Description(**(made | fields))  # type: ignore[arg-type]


def made_up(text: str, marked: Mapping[tuple[int, str], float], types: float = 0.9) -> Encoded:
    """A text as encoded, all outside but what is marked: (number of the word, label) to its score."""
    bounds = np.array([m.span() for m in re.finditer(r"\w+|[^\w\s]", text)], dtype=np.int64).reshape(-1, 2)
    count = len(bounds)
    scores = {head: np.zeros((count, len(labels)), dtype=np.float32) for head, labels in LABELS.items()}
    for rows in scores.values():
        rows[:, 0] = OUTSIDE
    for (word, label), score in marked.items():
        head = next(head for head, labels in LABELS.items() if label in labels)
        scores[head][word, LABELS[head].index(label)] = score
    pieces = Pieces(np.arange(count), bounds[:, 0], bounds[:, 1], np.arange(count))
    return Encoded(pieces, scores, np.array([types], dtype=np.float32), ())
