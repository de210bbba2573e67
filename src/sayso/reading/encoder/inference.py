"""Runs the trained reader over texts: scores of every head by word, and the attributions as spans of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sayso.reading.encoder.decoding import BEGIN, Floats, Ints, best_labels, runs, shares
from sayso.reading.encoder.weights import Reader
from sayso.reading.encoder.windows import PAD, Pieces, owners, pieces, window_ids, windows

BEFORE, BEHIND = 56, 72
"""Pieces before and behind the beginning of a cue in which its source and content are sought."""
PIECES = 2048
"""Pieces that the encoder takes at once, about: more needs memory and is no faster."""
NOWHERE = 10_000
"""The distance of a piece that only fills its row."""
CHARACTERS = 300_000
"""Code points of the texts that are read at once."""
ROWS = 64
"""Attributions that are read at once."""

Spans = tuple[tuple[int, int], ...]


class Spoken(NamedTuple):
    """One attribution in code-point offsets; ``confidence`` is the mean share of the labels of cue and content."""

    cue: tuple[int, int]
    source: Spans
    content: Spans
    confidence: float


class Encoded(NamedTuple):
    """What the trained reader makes of one text."""

    pieces: Pieces
    scores: dict[str, Floats]
    """By head: [words, labels], before any threshold."""
    types: Floats
    """Shares of the incident types, the greatest of any window."""
    spoken: tuple[Spoken, ...]

    def words(self) -> Ints:
        """Begin and end of each word, in code points of the text."""
        p = self.pieces
        if not len(p.heads):
            return np.zeros((0, 2), dtype=np.int64)
        ends = np.append(p.heads[1:], len(p.ids)) - 1
        ends = ends - (p.starts[ends] < 0)
        found: Ints = np.stack([p.starts[p.heads], p.ends[ends]], axis=1)
        return found


class _Window(NamedTuple):
    text: int
    first: int
    last: int
    number: int


def encode_each(texts: Sequence[str], reader: Reader) -> Iterator[Encoded]:
    """What the reader makes of each text, in their order; no more of them at a time than ``CHARACTERS`` allow."""
    group: list[str] = []
    size = 0
    for text in texts:
        if group and size + len(text) > CHARACTERS:
            yield from encode(group, reader)
            group, size = [], 0
        group.append(text)
        size += len(text)
    yield from encode(group, reader)


def encode(texts: Sequence[str], reader: Reader) -> list[Encoded]:
    """What the reader makes of each text; memory grows with the words, not with the number of windows at once."""
    found = [pieces(text, reader.tokenizer) for text in texts]
    spans = [windows(len(p.ids)) for p in found]
    owner = [owners(len(p.ids), s) for p, s in zip(found, spans, strict=True)]
    width = sum(map(len, reader.description.labels.values()))
    scores = [np.zeros((len(p.heads), width), dtype=np.float32) for p in found]
    types = [np.zeros(len(reader.description.types), dtype=np.float32) for _ in found]
    spoken: list[list[Spoken]] = [[] for _ in found]
    todo = [_Window(t, a, b, n) for t, s in enumerate(spans) for n, (a, b) in enumerate(s)]
    for group in _groups(todo):
        hidden, made, kinds = _run(reader, [window_ids(found[w.text].ids, (w.first, w.last)) for w in group])
        for row, w in enumerate(group):
            p = found[w.text]
            lo, hi = np.searchsorted(p.heads, (w.first, w.last))
            heads = p.heads[lo:hi]
            mine = owner[w.text][heads] == w.number
            scores[w.text][lo:hi][mine] = made[row, heads[mine] - w.first + 1]
            np.maximum(types[w.text], kinds[row], out=types[w.text])
        for text, one in _speech(reader, group, found, owner, hidden, made):
            spoken[text].append(one)
    columns = reader.description.columns()
    return [
        Encoded(p, {name: s[:, where] for name, where in columns.items()}, t, tuple(sorted(a)))
        for p, s, t, a in zip(found, scores, types, spoken, strict=True)
    ]


def _groups(todo: list[_Window]) -> Iterator[list[_Window]]:
    """Windows of one text together.

    The quantised encoder scales its numbers by the greatest of all that it is given at once, so that another text
    among them would change what is read.
    """
    group: list[_Window] = []
    for window in todo:
        full = (len(group) + 1) * (window.last - window.first + 2) > PIECES
        if group and (full or window.text != group[0].text):
            yield group
            group = []
        group.append(window)
    if group:
        yield group


def _run(reader: Reader, rows: Sequence[Ints]) -> tuple[Floats, Floats, Floats]:
    size = max(map(len, rows))
    ids = np.full((len(rows), size), PAD, dtype=np.int64)
    mask = np.zeros((len(rows), size), dtype=np.int64)
    for n, row in enumerate(rows):
        ids[n, : len(row)], mask[n, : len(row)] = row, 1
    hidden, scores, types = reader.encoder.run(["hidden", "scores", "types"], {"ids": ids, "mask": mask})
    return hidden, scores, 1 / (1 + np.exp(-types))


class _Cue(NamedTuple):
    """A cue within a group of windows: its row there, its words among the report's, and its own pieces."""

    row: int
    first: int
    last: int
    share: float


def _speech(
    reader: Reader,
    group: Sequence[_Window],
    found: Sequence[Pieces],
    owner: Sequence[Ints],
    hidden: Floats,
    scores: Floats,
) -> Iterator[tuple[int, Spoken]]:
    """The attributions whose cues begin in pieces that belong to these windows."""
    cues = _cues(reader, group, found, owner, scores)
    for start in range(0, len(cues), ROWS):
        chosen = cues[start : start + ROWS]
        places = []
        for cue in chosen:
            w = group[cue.row]
            places.append((max(w.first, cue.first - BEFORE), min(w.last, cue.first + BEHIND)))
        size = max(hi - lo for lo, hi in places)
        around = np.zeros((len(chosen), size, hidden.shape[2]), dtype=np.float32)
        middle = np.zeros((len(chosen), hidden.shape[2]), dtype=np.float32)
        distance = np.full((len(chosen), size), NOWHERE, dtype=np.int64)
        for n, (cue, (lo, hi)) in enumerate(zip(chosen, places, strict=True)):
            by = 1 - group[cue.row].first
            around[n, : hi - lo] = hidden[cue.row, lo + by : hi + by]
            middle[n] = hidden[cue.row, cue.first + by : cue.last + by].mean(axis=0)
            distance[n, : hi - lo] = np.arange(lo, hi) - cue.first
        read = reader.speech.run(["source", "content"], {"hidden": around, "cue": middle, "distance": distance})
        words = [_words(found[group[cue.row].text], *place) for cue, place in zip(chosen, places, strict=True)]
        source, _ = _spans(reader, "source", read[0], words, places)
        content, certain = _spans(reader, "content", read[1], words, places)
        for n, cue in enumerate(chosen):
            p = found[group[cue.row].text]
            if not content[n]:
                continue
            yield (
                group[cue.row].text,
                Spoken(
                    (int(p.starts[cue.first]), int(p.ends[cue.last - 1])),
                    tuple(_span(p, *where) for where in source[n]),
                    tuple(_span(p, *where) for where in content[n]),
                    round(float((cue.share + certain[n]) / 2), 4),
                ),
            )


def _cues(
    reader: Reader, group: Sequence[_Window], found: Sequence[Pieces], owner: Sequence[Ints], scores: Floats
) -> list[_Cue]:
    where = reader.description.columns()["cue"]
    words = [_words(found[w.text], w.first, w.last) for w in group]
    lengths = np.array([len(one) for one in words])
    rows = np.zeros((len(group), max(1, int(lengths.max())), 3), dtype=np.float32)
    for n, (w, one) in enumerate(zip(group, words, strict=True)):
        rows[n, : len(one)] = scores[n, one - w.first + 1, where]
    biased = rows.copy()
    biased[:, :, BEGIN] += np.float32(reader.description.thresholds.get("cue", 0.0))
    labels = best_labels(biased, lengths, *reader.description.chains["cue"].arrays())
    certain = 1 - shares(rows)[:, :, 0]
    cues = []
    for n, w in enumerate(group):
        p = found[w.text]
        for first, last in runs(labels[n, : lengths[n]]):
            begin, end = int(words[n][first]), _word_end(p, int(words[n][last - 1]))
            if owner[w.text][begin] == w.number:
                cues.append(_Cue(n, begin, min(end, w.last), float(certain[n, first:last].mean())))
    return cues


def _spans(
    reader: Reader, name: str, scores: Floats, words: Sequence[Ints], places: Sequence[tuple[int, int]]
) -> tuple[list[list[tuple[int, int]]], list[float]]:
    """Spans of pieces that the chain finds in each row, and the mean share of their labels."""
    lengths = np.array([len(one) for one in words])
    rows = np.zeros((len(words), max(1, int(lengths.max())), 3), dtype=np.float32)
    for n, (one, (lo, _)) in enumerate(zip(words, places, strict=True)):
        rows[n, : len(one)] = scores[n, one - lo]
    labels = best_labels(rows, lengths, *reader.description.chains[name].arrays())
    inside = 1 - shares(rows)[:, :, 0]
    found, certain = [], []
    for n, one in enumerate(words):
        spans = runs(labels[n, : lengths[n]])
        found.append([(int(one[a]), int(one[b - 1])) for a, b in spans])
        certain.append(float(np.mean([inside[n, a:b].mean() for a, b in spans])) if spans else 0.0)
    return found, certain


def _words(p: Pieces, first: int, last: int) -> Ints:
    """The first pieces of the words that begin in a stretch of pieces."""
    lo, hi = np.searchsorted(p.heads, (first, last))
    return p.heads[lo:hi]


def _word_end(p: Pieces, head: int) -> int:
    """The piece behind the last one of the word that begins at a piece."""
    end = head + 1
    at = int(np.searchsorted(p.heads, head)) + 1
    limit = int(p.heads[at]) if at < len(p.heads) else len(p.ids)
    while end < limit and p.starts[end] >= 0:
        end += 1
    return end


def _span(p: Pieces, first: int, last: int) -> tuple[int, int]:
    """The code points from the word at one piece to the end of the word at another."""
    return int(p.starts[first]), int(p.ends[_word_end(p, last) - 1])
