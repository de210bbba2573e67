"""Figures of every pair of mentions of a group of reports, by which it is judged whether both are of one event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.reading.coreference.told import Told
from sayso.reading.coreference.words import Rarity, cosine, stem

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

UNKNOWN = -1.0
"""The value of a figure where there is nothing to compare."""

WORDS = (
    *("lemma", "word", "lemma_within", "shared_lemmas", "spelling", "beginning", "stem"),
    *("verbs", "nouns", "saying_both", "saying_one", "negated", "modal", "rare_less", "rare_more"),
)
CONTEXT = (
    *("one_report", "sentences_apart", "sentence", "around", "report", "near", "names", "names_share"),
    *("numbers", "other_numbers", "times", "other_times", "who", "whom", "where", "every", "who_share", "whom_share"),
    *("governor", "place_least", "place_most", "shorter"),
)
PAIR = WORDS + CONTEXT
"""Figures of two mentions and their reports by themselves."""
SEEN = (
    *("head_seen", "mention_seen", "line_seen", "report_seen", "scores_seen", "mention_seen_centred"),
    *("mention_middle", "head_middle", "line_middle", "mention_middle_centred", "mention_early"),
)
GROUP = (
    *("often_less", "often_more", "reports_least", "rank_best", "rank_worst", "line_rank"),
    *("rank_middle_best", "rank_middle_worst"),
)
"""Figures that depend on the other mentions of the group: how often the words stand there, and how near others are."""
COLUMNS = (*PAIR, *SEEN, *GROUP, "learnt")


class Pairs(NamedTuple):
    """All pairs of a group: the numbers of both mentions (the first is the greater), and the figures by column."""

    first: Ints
    second: Ints
    figures: Floats


def pairs_of(group: Sequence[Told], rarity: Rarity, learnt: Floats) -> Pairs:
    """The figures of every pair; ``learnt`` is [mentions, mentions], log-odds by the trained projection alone."""
    first, second = np.tril_indices(len(group), -1)
    rare = [rarity.of(stem(m.lemma)) for m in group]
    rows = [
        (*_words(group[i], group[j], rare[i], rare[j]), *_context(group[i], group[j], rarity))
        for i, j in zip(first.tolist(), second.tolist(), strict=True)
    ]
    own = np.array(rows, dtype=np.float32).reshape(len(first), len(PAIR))
    views = _seen(group)
    seen = [view[first, second] for view in views]
    among = _group(group, views, first, second)
    figures = [own, np.stack([*seen, *among, learnt[first, second]], axis=1)]
    return Pairs(first, second, np.concatenate(figures, axis=1).astype(np.float32))


def _words(a: Told, b: Told, rare_a: float, rare_b: float) -> tuple[float, ...]:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Prefix

    beginning = Prefix.similarity(a.lemma, b.lemma) / max(len(a.lemma), len(b.lemma), 1)
    return (
        a.lemma == b.lemma,
        a.word == b.word,
        a.lemma in b.lemmas or b.lemma in a.lemmas,
        _share(a.lemmas, b.lemmas),
        fuzz.ratio(a.said, b.said) / 100,
        beginning,
        stem(a.lemma) == stem(b.lemma),
        (a.kind == "VERB") + (b.kind == "VERB"),
        (a.kind == "NOUN") + (b.kind == "NOUN"),
        a.saying and b.saying,
        a.saying or b.saying,
        a.negated != b.negated,
        a.modal != b.modal,
        min(rare_a, rare_b),
        max(rare_a, rare_b),
    )


def _context(a: Told, b: Told, rarity: Rarity) -> tuple[float, ...]:
    one_report = a.report == b.report
    places = a.sentence / max(1, a.sentences), b.sentence / max(1, b.sentences)
    return (
        one_report,
        abs(a.sentence - b.sentence) if one_report else UNKNOWN,
        cosine(a.here, b.here),
        cosine(a.around, b.around),
        cosine(a.all, b.all),
        cosine(a.near, b.near),
        _weight(a.names, b.names, rarity),
        _share(a.names, b.names),
        len(a.numbers & b.numbers),
        bool(a.numbers and b.numbers) and not a.numbers & b.numbers,
        len(a.times & b.times),
        bool(a.times and b.times) and not a.times & b.times,
        _weight(a.who, b.who, rarity),
        _weight(a.whom, b.whom, rarity),
        _weight(a.where, b.where, rarity),
        _weight(a.every, b.every, rarity),
        _share(a.who, b.who),
        _share(a.whom, b.whom),
        bool(a.governor) and a.governor == b.governor,
        min(places),
        max(places),
        min(a.length, b.length),
    )


def _share(first: Set[str], second: Set[str]) -> float:
    """Words of both by words of either."""
    either = first | second
    return len(first & second) / len(either) if either else UNKNOWN


def _weight(first: Set[str], second: Set[str], rarity: Rarity) -> float:
    """How rare the words of both are, together."""
    if not first or not second:
        return UNKNOWN
    return sum(rarity.of(s) for s in sorted(first & second))


def _unit(rows: Floats) -> Floats:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Floats = rows / np.maximum(length, 1e-6)
    return found


def _seen(group: Sequence[Told]) -> list[Floats]:
    """How alike the mentions are to the encoder, [mentions, mentions], in the order of ``SEEN``."""
    views = [np.stack([getattr(m, name) for m in group]) for name in ("head", "mention", "line", "whole", "scores")]
    views[4] = views[4] - views[4].mean(axis=0)
    mention = _unit(views[1])
    middle = np.split(np.stack([m.middle for m in group]), 3, axis=1)
    near = _unit(middle[0])
    early = np.split(np.stack([m.early for m in group]), 3, axis=1)
    views += [mention - mention.mean(axis=0), *middle, near - near.mean(axis=0), early[0]]
    return [unit @ unit.T for unit in map(_unit, views)]


def _ranks(table: Floats) -> NDArray[np.float64]:
    """For each mention, how many others are nearer to it than each, by all; [mentions, mentions].

    Likeness is rounded, so that mentions that are as near share a rank in whatever order they come.
    """
    apart = np.round(table - 10 * np.eye(len(table), dtype=np.float32), 4)
    rows = [np.searchsorted(row[order], row) for row, order in zip(-apart, (-apart).argsort(axis=1), strict=True)]
    return np.stack(rows) / len(table)


def _group(group: Sequence[Told], views: Sequence[Floats], first: Ints, second: Ints) -> list[NDArray[np.floating]]:
    """The figures of ``GROUP``, each by pair."""
    mentions, lines, middle = (_ranks(views[SEEN.index(n)]) for n in ("mention_seen", "line_seen", "mention_middle"))
    reports = len({m.report for m in group})
    often = Counter(m.lemma for m in group)
    holding = Counter(lemma for _, lemma in {(m.report, m.lemma) for m in group})
    share = np.array([often[m.lemma] / reports for m in group])
    held = np.array([holding[m.lemma] / reports for m in group])
    return [
        np.minimum(share[first], share[second]),
        np.maximum(share[first], share[second]),
        np.minimum(held[first], held[second]),
        np.minimum(mentions[first, second], mentions[second, first]),
        np.maximum(mentions[first, second], mentions[second, first]),
        np.minimum(lines[first, second], lines[second, first]),
        np.minimum(middle[first, second], middle[second, first]),
        np.maximum(middle[first, second], middle[second, first]),
    ]
