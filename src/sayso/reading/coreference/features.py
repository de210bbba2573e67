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
CLOSEST = 10
"""So many sentences of other reports that are most like one tell how much it is spoken of."""

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
SEEN = ("head_seen", "mention_seen", "line_seen", "report_seen", "scores_seen", "mention_seen_centred")
GROUP = (
    *("often_less", "often_more", "reports_least", "rank_best", "rank_worst", "line_rank", "learnt"),
    *("match_less", "match_more", "spoken_less", "spoken_more", "central_less", "central_more"),
    *("beside_less", "beside_more", "first_less", "first_more", "lemma_less", "lemma_more"),
)
"""Figures that depend on the other mentions of the group."""
COLUMNS = PAIR + SEEN + GROUP


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
    seen = np.stack([table[first, second] for table in _seen(group)], axis=1)
    among = _group(group, first, second, own[:, PAIR.index("sentence")], own[:, PAIR.index("report")], learnt)
    return Pairs(first, second, np.concatenate([own, seen, among], axis=1).astype(np.float32))


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
    views.append(mention - mention.mean(axis=0))
    return [unit @ unit.T for unit in map(_unit, views)]


def _ranks(table: Floats) -> NDArray[np.float64]:
    """For each mention, as how many others are nearer to it, by all; [mentions, mentions]."""
    apart = table - 1e3 * np.eye(len(table), dtype=np.float32)
    order: NDArray[np.float64] = (-apart).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable") / len(table)
    return order


def _group(
    group: Sequence[Told], first: Ints, second: Ints, sentence: Floats, report: Floats, learnt: Floats
) -> Floats:
    """The figures of ``GROUP``: how often the words stand in the group, and how near others are."""
    count = len(group)
    views = _seen(group)
    ranks, lines = _ranks(views[1]), _ranks(views[2])
    where = {name: n for n, name in enumerate(dict.fromkeys(m.report for m in group))}
    owner = np.array([where[m.report] for m in group])
    elsewhere = owner[:, None] != owner[None, :]
    often = Counter(m.lemma for m in group)
    holding = Counter(lemma for _, lemma in {(m.report, m.lemma) for m in group})
    share = np.array([often[m.lemma] / len(where) for m in group])
    held = np.array([holding[m.lemma] / len(where) for m in group])
    likely = 1 / (1 + np.exp(-learnt))
    spoken = np.sort(np.where(elsewhere, _square(count, first, second, sentence), 0), axis=1)[:, ::-1]
    central = np.where(elsewhere, _square(count, first, second, report), 0).sum(axis=1)
    same = np.array([[a.lemma == b.lemma for b in group] for a in group]) & ~np.eye(count, dtype=bool)
    beside = Counter((m.report, m.sentence) for m in group)
    by_mention = (
        np.where(elsewhere, likely, 0).max(axis=1),
        spoken[:, : min(CLOSEST, count)].mean(axis=1),
        central / np.maximum(elsewhere.sum(axis=1), 1),
        np.array([beside[m.report, m.sentence] for m in group]),
        np.array([m.sentence for m in group]),
        np.where(same, likely, 0).sum(axis=1) / np.maximum(same.sum(axis=1), 1),
    )
    columns = [
        *_two(share, first, second),
        np.minimum(held[first], held[second]),
        np.minimum(ranks[first, second], ranks[second, first]),
        np.maximum(ranks[first, second], ranks[second, first]),
        np.minimum(lines[first, second], lines[second, first]),
        learnt[first, second],
    ]
    columns += [column for values in by_mention for column in _two(values, first, second)]
    return np.stack(columns, axis=1).astype(np.float32)


def _square(count: int, first: Ints, second: Ints, values: Floats) -> Floats:
    table = np.zeros((count, count), dtype=np.float32)
    table[first, second] = table[second, first] = values
    return table


def _two(values: NDArray[np.floating], first: Ints, second: Ints) -> tuple[NDArray[np.floating], ...]:
    """The lesser and the greater of both mentions of each pair."""
    return np.minimum(values[first], values[second]), np.maximum(values[first], values[second])
