"""A mention of an event with all that it is compared by: its words, those around it, and what the encoder sees."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sayso.reading.coreference.layers import OUTPUTS, seeing
from sayso.reading.coreference.words import Rarity, Vector, stem
from sayso.reading.encoder.decoding import Floats
from sayso.reading.encoder.weights import Reader
from sayso.reading.encoder.windows import CLS, SEP, owners, pieces, window_ids, windows

if TYPE_CHECKING:
    from spacy.tokens import Doc

TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "  # noqa: SIM905
    "september october november december today yesterday tomorrow tonight morning afternoon evening night week month "
    "year weekend".split()
)
SAYING = frozenset(
    "say tell report announce accord add claim state confirm deny call describe ask warn note speak comment statement "  # noqa: SIM905
    "announcement".split()
)
WHO = frozenset({"nsubj", "poss", "agent", "compound", "amod"})
WHOM = frozenset({"dobj", "nsubjpass", "attr", "pobj"})
CONTENT = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "VERB"})
NEAR = 6
"""Words before and behind the head of a mention that are its nearest."""


class Sentence(NamedTuple):
    """A parsed sentence with mentions: the number of its first word in the report, and each mention by its words.

    The words of a mention are numbers within the report.
    """

    first: int
    parse: Doc
    mentions: Mapping[Hashable, Sequence[int]]


class Words(NamedTuple):
    """A report as it is compared: its text, its words with their code points in it, and how long its sentences are."""

    report: str
    text: str
    spans: Sequence[tuple[int, int]]
    words: Sequence[str]
    lengths: Sequence[int]


class Told(NamedTuple):
    """A mention; vectors of words have length 1, ``mention``, ``head``, ``line`` and ``whole`` are the encoder's.

    ``early`` and ``middle`` are the mention, its head and its sentence, one behind the other, as the encoder's second
    and fourth layer have them.
    """

    key: Hashable
    report: str
    lemma: str
    word: str
    said: str
    lemmas: frozenset[str]
    kind: str
    governor: str
    sentence: int
    sentences: int
    length: int
    saying: bool
    negated: bool
    modal: bool
    here: Vector
    around: Vector
    near: Vector
    all: Vector
    names: frozenset[str]
    numbers: frozenset[str]
    times: frozenset[str]
    who: frozenset[str]
    whom: frozenset[str]
    where: frozenset[str]
    every: frozenset[str]
    mention: Floats
    head: Floats
    line: Floats
    whole: Floats
    scores: Floats
    alone: Floats
    early: Floats
    middle: Floats


class _Seen(NamedTuple):
    """What the encoder makes of a report: by piece the last layer, scores, two layers before; by word its pieces."""

    hidden: Floats
    scores: Floats
    early: Floats
    middle: Floats
    pieces: list[tuple[int, int]]


class Eyes:
    """The frozen encoder, as mentions are seen by it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._encoder = seeing()
        self._alone: dict[str, Floats] = {}

    def see(self, report: Words) -> _Seen:
        """All pieces of a report, each as its window shows it best."""
        found = pieces(report.text, self._reader.tokenizer)
        spans = windows(len(found.ids))
        owner = owners(len(found.ids), spans)
        made = [self._run(window_ids(found.ids, span)) for span in spans]
        views = [np.zeros((len(found.ids), part.shape[1]), dtype=np.float32) for part in made[0]]
        for number, ((first, last), parts) in enumerate(zip(spans, made, strict=True)):
            mine = owner[first:last] == number
            for view, part in zip(views, parts, strict=True):
                view[first:last][mine] = part[1:-1][mine]
        inside = np.flatnonzero(found.starts >= 0)
        starts, ends = found.starts[inside], found.ends[inside]
        ranges = []
        for start, end in report.spans:
            lo, hi = int(np.searchsorted(ends, start, "right")), int(np.searchsorted(starts, end, "left"))
            ranges.append((int(inside[lo]), int(inside[hi - 1]) + 1) if lo < hi else (0, 1))
        hidden, scores, early, middle = views
        return _Seen(hidden, scores, early, middle, ranges)

    def alone(self, word: str) -> Floats:
        """A word by itself: what it may mean anywhere."""
        if word not in self._alone:
            ids = self._reader.tokenizer.encode(word, add_special_tokens=False).ids or [SEP]
            self._alone[word] = self._run(np.array([CLS, *ids[:32], SEP]))[0][1:-1].mean(axis=0)
        return self._alone[word]

    def _run(self, ids: np.ndarray) -> list[Floats]:
        given = {"ids": ids[None], "mask": np.ones((1, len(ids)), dtype=np.int64)}
        return [view[0] for view in self._encoder.run(list(OUTPUTS), given)]


def told(report: Words, sentences: Iterable[Sentence], rarity: Rarity, eyes: Eyes) -> Iterator[Told]:
    """The mentions of a report's sentences, in their order; nothing for a report without words."""
    if not report.words:
        return
    seen = eyes.see(report)
    whole, everything = seen.hidden.mean(axis=0), rarity.vector(report.words)
    starts = np.cumsum([0, *report.lengths])
    for sentence in sentences:
        number = int(np.searchsorted(starts, sentence.first, "right")) - 1
        around = report.words[starts[max(0, number - 1)] : starts[min(len(report.lengths), number + 2)]]
        shared = _Shared(number, len(report.lengths), rarity.vector(around), everything, whole)
        for key, numbers in sentence.mentions.items():
            yield _told(report.report, sentence, key, numbers, shared, seen, rarity, eyes)


class _Shared(NamedTuple):
    """What the mentions of one sentence have in common."""

    number: int
    sentences: int
    around: Vector
    all: Vector
    whole: Floats


def head_of(parse: Doc, tokens: Sequence[int]) -> int:
    """The word of a mention that hangs on a word outside of it, the first where several do."""
    inside = set(tokens)
    return next(k for k in tokens if parse[k].head.i not in inside or parse[k].head.i == k)


def _told(
    report: str,
    sentence: Sentence,
    key: Hashable,
    numbers: Sequence[int],
    shared: _Shared,
    seen: _Seen,
    rarity: Rarity,
    eyes: Eyes,
) -> Told:
    parse, first = sentence.parse, sentence.first
    own = [k - first for k in numbers if 0 <= k - first < len(parse)]
    inside, head = set(own), parse[head_of(parse, own)]
    words = [token.text for token in parse]
    near = [words[k] for k in range(max(0, head.i - NEAR), min(len(parse), head.i + NEAR + 1)) if k not in inside]
    roles = _roles(head.i, parse, inside)
    lemma = head.lemma_.lower()
    at = seen.pieces[first + head.i]
    own_pieces = [p for k in own for p in range(*seen.pieces[first + k])]
    line = slice(seen.pieces[first][0], max(seen.pieces[first][0] + 1, seen.pieces[first + len(parse) - 1][1]))
    parts = own_pieces, slice(*at), line
    return Told(
        key=key,
        report=report,
        lemma=lemma,
        word=head.text.lower(),
        said=" ".join(words[k].lower() for k in own),
        lemmas=frozenset(parse[k].lemma_.lower() for k in own),
        kind=head.pos_,
        governor=head.head.lemma_.lower() if head.head.i != head.i else "",
        sentence=shared.number,
        sentences=shared.sentences,
        length=len(parse),
        saying=lemma in SAYING,
        negated=any(child.dep_ == "neg" for child in head.children),
        modal=any(child.tag_ == "MD" for child in head.children),
        here=rarity.vector(words),
        around=shared.around,
        near=rarity.vector(near),
        all=shared.all,
        names=frozenset(stem(t.text) for t in parse if t.pos_ == "PROPN" and t.i not in inside),
        numbers=frozenset(t.text.lower() for t in parse if t.pos_ == "NUM"),
        times=frozenset(word.lower() for word in words) & TIMES,
        who=roles["who"],
        whom=roles["whom"],
        where=roles["where"],
        every=roles["who"] | roles["whom"] | roles["where"] | roles["other"],
        mention=seen.hidden[own_pieces].mean(axis=0),
        head=seen.hidden[at[0] : at[1]].mean(axis=0),
        line=seen.hidden[line].mean(axis=0),
        whole=shared.whole,
        scores=seen.scores[at[0]],
        alone=eyes.alone(lemma),
        early=np.concatenate([seen.early[part].mean(axis=0) for part in parts]),
        middle=np.concatenate([seen.middle[part].mean(axis=0) for part in parts]),
    )


def _roles(head: int, parse: Doc, inside: set[int]) -> dict[str, frozenset[str]]:
    """The stems of the words below the head, by what part hangs on it."""
    found: dict[str, set[str]] = {"who": set(), "whom": set(), "where": set(), "other": set()}
    for child in parse[head].children:
        dep = child.dep_
        role = "who" if dep in WHO else "whom" if dep in WHOM else "where" if dep == "prep" else "other"
        found[role] |= {stem(t.lemma_) for t in child.subtree if t.pos_ in CONTENT and t.i not in inside}
    return {role: frozenset(stems) for role, stems in found.items()}
