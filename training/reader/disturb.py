"""Disturbed windows: words hidden, commas and quotation marks lost, so that what was learnt by heart is of no use."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from sayso.reading.encoder.windows import CLS, SEP, Ints
from training.reader.batches import IGNORED, Speech, Window

MASK = 103
HIDDEN = 0.12
"""The share of word pieces that are hidden."""
STRIPPED = 0.3
"""The share of windows that lose their commas and quotation marks, as the texts of FA-KES have."""


def disturbed(window: Window, marks: frozenset[int], rng: random.Random) -> Window:
    """A window with some pieces hidden; some windows without the pieces of ``marks``."""
    if rng.random() < STRIPPED:
        window = without(window, marks)
    ids = window.ids.copy()
    for n in range(len(ids)):
        if ids[n] not in (CLS, SEP) and rng.random() < HIDDEN:
            ids[n] = MASK
    return replace(window, ids=ids)


def without(window: Window, marks: frozenset[int]) -> Window:
    """The window without some pieces; a span that lost its first piece begins at its next one."""
    kept = np.array([int(one) not in marks for one in window.ids])
    after = np.concatenate(([0], np.cumsum(kept)))
    speeches = []
    for s in window.speeches:
        inside = kept[s.first : s.last]
        cue = int(after[s.cue[0]]), int(after[s.cue[1]])
        if cue[0] < cue[1]:
            source, content = _mended(s.source[inside]), _mended(s.content[inside])
            speeches.append(Speech(int(after[s.first]), int(after[s.last]), cue, source, content))
    return Window(
        window.ids[kept],
        window.heads[kept],
        {name: _mended(row[kept]) if (row[row >= 0] <= 2).all() else row[kept] for name, row in window.labels.items()},
        None if window.values is None else window.values[kept],
        window.types,
        speeches,
    )


def _mended(labels: Ints) -> Ints:
    """Labels (outside, begin, inside) in which every span has its begin."""
    made = labels.copy()
    before = 0
    for n, label in enumerate(labels.tolist()):
        if label == IGNORED:
            continue
        if label == 2 and before == 0:
            made[n] = 1
        before = label
    return made
