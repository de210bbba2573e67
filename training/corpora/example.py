"""The one shape of all training data: a text, and layers of labelled spans of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).parents[2].parent / "shared"

Labelled = tuple[int, int, str | float]
"""Start and end in code points of the text, and a label or a value."""
Layer = tuple[Labelled, ...]


@dataclass(frozen=True)
class Example:
    """One report or sentence.

    A layer that is there but empty was annotated and holds nothing; an absent one is unknown.
    ``types`` are the incident types of the whole text, sorted; null where the corpus has none.
    """

    corpus: str
    id: str
    text: str
    layers: Mapping[str, Layer]
    types: tuple[str, ...] | None = None


def layer(spans: Iterable[Labelled]) -> Layer:
    """The spans in order, each once; they may overlap."""
    return tuple(sorted(dict.fromkeys(spans), key=lambda span: (span[0], span[1], str(span[2]))))


def united(spans: Iterable[Labelled]) -> Layer:
    """The spans in order, those of one label that overlap as one."""
    made: dict[str | float, list[Labelled]] = {}
    for start, end, label in layer(spans):
        before = made.setdefault(label, [])
        if before and start < before[-1][1]:
            before[-1] = (before[-1][0], max(end, before[-1][1]), label)
        else:
            before.append((start, end, label))
    return layer(span for spans in made.values() for span in spans)


def apart(spans: Iterable[Labelled], before: Sequence[str] = ()) -> Layer:
    """The spans without overlaps, in order: the longest is kept, of equals the label first in ``before``."""
    rank = {label: place for place, label in enumerate(before)}
    wanted = sorted(
        dict.fromkeys(spans), key=lambda span: (span[0] - span[1], rank.get(str(span[2]), len(rank)), span[0])
    )
    kept: list[Labelled] = []
    taken: set[int] = set()
    for span in wanted:
        letters = range(span[0], span[1])
        if letters and taken.isdisjoint(letters):
            kept.append(span)
            taken.update(letters)
    return layer(kept)
