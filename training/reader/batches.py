"""Examples as tensors: windows of pieces with the labels of every layer that their corpus annotates."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from sayso.evaluation.polnear import Said
from sayso.reading.encoder.inference import BEFORE, BEHIND
from sayso.reading.encoder.windows import PAD, Ints, Pieces, pieces, window_ids, windows
from training.corpora import Example

IGNORED = -100
TRAINING_OVERLAP = 32
PIECES = 2048
"""Pieces in a batch, about."""

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Head:
    """One head over pieces: the layer of examples that it learns, and its labels (begin and inside of each, or not)."""

    layer: str
    labels: tuple[str, ...]
    spans: bool = True
    corpora: tuple[str, ...] = ()
    """The corpora that it learns from; all that have the layer, where none is named."""

    @property
    def names(self) -> list[str]:
        """The labels as the network has them, outside first."""
        if not self.spans:
            return ["O", *self.labels]
        return ["O", *(f"{mark}-{label}" for label in self.labels for mark in "BI")]


@dataclass(frozen=True)
class Speech:
    """One attribution within a window: the pieces around it, its cue, and labels of source and content by piece."""

    first: int
    last: int
    cue: tuple[int, int]
    source: Ints
    content: Ints


@dataclass
class Window:
    """What one window is trained on; ``labels`` by head and piece, ``IGNORED`` where nothing is known."""

    ids: Ints
    heads: Ints
    """1 on the first piece of a word."""
    labels: dict[str, Ints] = field(default_factory=dict)
    values: Ints | None = None
    types: Ints | None = None
    speeches: list[Speech] = field(default_factory=list)


def example_windows(
    example: Example,
    tokenizer: Tokenizer,
    heads: Mapping[str, Head],
    types: Sequence[str],
    said: Sequence[Said] = (),
) -> Iterator[Window]:
    """The windows of one example with their labels; ``said`` are its attributions, if its corpus has them."""
    p = pieces(example.text, tokenizer)
    if not len(p.ids):
        return
    is_head = np.zeros(len(p.ids), dtype=np.int64)
    is_head[p.heads] = 1
    layers = {
        name: _piece_labels(p, example.layers[head.layer], head)
        for name, head in heads.items()
        if head.layer in example.layers and (not head.corpora or example.corpus in head.corpora)
    }
    values = _piece_values(p, example.layers["factuality"]) if "factuality" in example.layers else None
    speeches = [(_range(p, (one.cue[0][0], one.cue[-1][1])), one.source, one.content) for one in said if one.cue]
    role = layers.get("muc")
    for first, last in windows(len(p.ids), overlap=TRAINING_OVERLAP):
        window = Window(window_ids(p.ids, (first, last)), _framed(is_head[first:last], 0))
        for name, labels in layers.items():
            window.labels[name] = _framed(np.where(is_head, labels, IGNORED)[first:last], IGNORED)
        if values is not None:
            window.values = _framed(values[first:last], np.nan)
        if example.types is not None:
            told = role is None or bool((role[first:last] > 0).any()) or not (role > 0).any()
            window.types = np.array([told and t in example.types for t in types], dtype=np.int64)
        for (a, b), source, content in speeches:
            if a < first or b > last or a >= b:
                continue
            window.speeches.append(_speech(p, (first, last), (a, b), source, content, is_head))
        yield window


def _framed(values: Ints, edge: float) -> Ints:
    return np.concatenate(([edge], values, [edge])).astype(values.dtype)


def _range(p: Pieces, span: tuple[int, int]) -> tuple[int, int]:
    """The pieces that a span of the text covers, as ``[first, last)``."""
    inside = np.flatnonzero((p.ends > span[0]) & (p.starts < span[1]) & (p.starts >= 0))
    return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, 0)


def _piece_labels(p: Pieces, marked: Iterable[tuple[int, int, str | float]], head: Head) -> Ints:
    labels = np.zeros(len(p.ids), dtype=np.int64)
    for start, end, label in sorted(marked, key=lambda row: (row[0] - row[1], row[0])):
        if label not in head.labels:
            continue
        first, last = _range(p, (start, end))
        number = head.labels.index(str(label))
        if head.spans:
            labels[first:last] = 2 + 2 * number
            labels[first : first + 1] = 1 + 2 * number
        else:
            labels[first:last] = 1 + number
    return labels


def _piece_values(p: Pieces, marked: Iterable[tuple[int, int, str | float]]) -> Ints:
    values = np.full(len(p.ids), np.nan)
    for start, end, value in marked:
        first, last = _range(p, (start, end))
        if first < last:
            values[first] = float(value)
    return values


def _speech(
    p: Pieces, window: tuple[int, int], cue: tuple[int, int], source: Spans, content: Spans, is_head: Ints
) -> Speech:
    """Labels of one attribution in the pieces around its cue; offsets are those of the framed window."""
    lo, hi = max(window[0], cue[0] - BEFORE), min(window[1], cue[0] + BEHIND)
    found = []
    for spans in (source, content):
        labels = np.zeros(len(p.ids), dtype=np.int64)
        for span in spans:
            first, last = _range(p, span)
            labels[first:last] = 2
            labels[first : first + 1] = 1
        found.append(np.where(is_head, labels, IGNORED)[lo:hi])
    by = 1 - window[0]
    return Speech(lo + by, hi + by, (cue[0] + by, cue[1] + by), found[0], found[1])


@dataclass(frozen=True)
class Batch:
    """Windows of about the same length as tensors; speeches name the window that they are in."""

    ids: Tensor
    mask: Tensor
    labels: dict[str, Tensor]
    values: Tensor
    types: Tensor
    speech: list[tuple[int, Speech]]


def batches(found: Sequence[Window], heads: Mapping[str, Head], types: int, rng: random.Random) -> Iterator[Batch]:
    """The windows in batches of about ``PIECES`` pieces, those of like length together, in random order."""
    order = sorted(range(len(found)), key=lambda n: (len(found[n].ids) + rng.randint(0, 24), rng.random()))
    groups: list[list[int]] = [[]]
    for n in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(found[n].ids) > PIECES:
            groups.append([])
        groups[-1].append(n)
    rng.shuffle(groups)
    for group in groups:
        yield batch([found[n] for n in group], heads, types)


def batch(found: Sequence[Window], heads: Mapping[str, Head], types: int) -> Batch:
    """One batch of the windows, padded to the longest."""
    n, t = len(found), max(len(w.ids) for w in found)
    ids = np.full((n, t), PAD, dtype=np.int64)
    mask = np.zeros((n, t), dtype=np.int64)
    labels = {name: np.full((n, t), IGNORED, dtype=np.int64) for name in heads}
    values = np.full((n, t), np.nan, dtype=np.float32)
    kinds = np.full((n, types), IGNORED, dtype=np.int64)
    speech = []
    for k, w in enumerate(found):
        size = len(w.ids)
        ids[k, :size], mask[k, :size] = w.ids, 1
        for name in labels.keys() & w.labels.keys():
            labels[name][k, :size] = w.labels[name]
        if w.values is not None:
            values[k, :size] = w.values
        if w.types is not None:
            kinds[k] = w.types
        speech += [(k, s) for s in w.speeches]
    as_tensor = torch.from_numpy
    return Batch(
        as_tensor(ids),
        as_tensor(mask),
        {name: as_tensor(row) for name, row in labels.items()},
        as_tensor(values),
        as_tensor(kinds),
        speech,
    )
