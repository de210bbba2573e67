"""A report's text as word pieces, and as overlapping windows of them that the encoder can take.

Paragraphs are cut apart by the separator piece, so that the encoder sees where one ends. Labels hang on the first
piece of each word; predictions of a piece that two windows cover come from the one in which it stands further inside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP, PAD = 101, 102, 0
"""Ids of the special pieces in the vocabulary of uncased BERT."""
SIZE = 256
"""Pieces in a window, its first and last (special) ones included."""
OVERLAP = 64
"""Pieces that two windows next to each other share."""
_PARAGRAPH = re.compile(r"[^\n]+")

Ints = NDArray[np.int64]


class Pieces(NamedTuple):
    """The word pieces of one text."""

    ids: Ints
    starts: Ints
    """Code-point offsets into the text; −1 for a separator."""
    ends: Ints
    heads: Ints
    """Indices of the pieces with which words begin, in order."""


def pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """The word pieces of a text, with a separator between its lines that have any."""
    lines = [m for m in _PARAGRAPH.finditer(text) if m.group().strip()]
    encoded = tokenizer.encode_batch([m.group() for m in lines], add_special_tokens=False)
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    heads: list[int] = []
    for line, found in zip(lines, encoded, strict=True):
        if not found.ids:
            continue
        if ids:
            ids.append(SEP)
            offsets.append((-1, -1))
        words = found.word_ids
        heads += [len(ids) + n for n, word in enumerate(words) if n == 0 or word != words[n - 1]]
        ids += found.ids
        offsets += [(a + line.start(), b + line.start()) for a, b in found.offsets]
    bounds = np.array(offsets, dtype=np.int64).reshape(-1, 2)
    return Pieces(np.array(ids, dtype=np.int64), bounds[:, 0], bounds[:, 1], np.array(heads, dtype=np.int64))


def windows(count: int, size: int = SIZE, overlap: int = OVERLAP) -> list[tuple[int, int]]:
    """The windows over so many pieces, each as ``[first, last)``; the last one is as long as what is left."""
    room = size - 2
    if count <= room:
        return [(0, count)] if count else []
    firsts = range(0, count - overlap, room - overlap)
    return [(first, min(first + room, count)) for first in firsts]


def window_ids(ids: Ints, span: tuple[int, int]) -> Ints:
    """What the encoder takes for one window: its pieces between the two special ones."""
    return np.concatenate(([CLS], ids[span[0] : span[1]], [SEP])).astype(np.int64)


def owners(count: int, spans: Sequence[tuple[int, int]]) -> Ints:
    """For each piece the window in which it stands furthest inside; the earlier of two as good."""
    best = np.full(count, -1, dtype=np.int64)
    owner = np.zeros(count, dtype=np.int64)
    for number, (first, last) in enumerate(spans):
        place = np.arange(first, last)
        inside = np.minimum(place - first, last - 1 - place)
        if first == 0:
            inside = last - 1 - place
        if last == count:
            inside = place - first if first else np.full(last - first, count)
        better = inside > best[first:last]
        best[first:last] = np.where(better, inside, best[first:last])
        owner[first:last] = np.where(better, number, owner[first:last])
    return owner
