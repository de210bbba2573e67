"""Who and what a report names in the roles of an attack, each once: fillers of one name joined, the doubtful left out.

The roles are those of MUC-4: who did it (a person or people, an organisation), what and whom it was meant for, with
what. Weights over a few figures of its mentions decide whether a name is kept (``training/reader/selection.py``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sayso.knowledge.names import plain
from sayso.reading.encoder.decoding import Floats, Ints, shares
from sayso.reading.encoder.inference import Encoded
from sayso.reading.encoder.weights import Description
from sayso.reading.lexicon import words

HEAD, DESCRIBED = "muc", "described"
LEAST = 0.03
"""The share of a role from which a word is looked at."""
BEGINS = 0.35
"""The share of a begin from which a filler ends before the next word of the same role."""
NAMED_BY_LAST = frozenset({"victim"})
"""Roles whose fillers are one where their last words are: "Maza Marquez" is Miguel Maza Marquez."""
LONGEST_NAMES = frozenset({"victim", "perp_org"})
"""Roles that are given by the longest of their names; the others by the surest."""
FEATURES = ("most", "mean", "mentions", "relevant", "first", "words", "own")


class Filler(NamedTuple):
    """Words that fill a role, in code-point offsets; ``share`` is the mean share of the role in its words."""

    start: int
    end: int
    role: str
    share: float


class Named(NamedTuple):
    """Somebody or something in a role: its words, all its fillers, and how sure it is that it belongs there."""

    words: str
    role: str
    fillers: tuple[Filler, ...]
    share: float


def roles(description: Description, head: str = HEAD) -> list[str]:
    """The roles of a head, in the order of its labels."""
    return [label.removeprefix("B-") for label in description.labels[head] if label.startswith("B-")]


def fillers(text: str, encoded: Encoded, description: Description, head: str = HEAD) -> list[Filler]:
    """All words with a share of a role of ``LEAST`` or more, by role and in the order of the text."""
    where = encoded.words()
    if not len(where):
        return []
    share = shares(encoded.scores[head])
    simple = [plain(text[a:b]) for a, b in where.tolist()]
    found = []
    for number, role in enumerate(roles(description, head)):
        begin = share[:, 1 + 2 * number]
        whole = begin + share[:, 2 + 2 * number]
        for first, last in _stretches(whole, begin, where):
            lo, hi = _trimmed(simple, first, last)
            if lo < hi and any(_says(word) for word in simple[lo:hi]):
                found.append(Filler(int(where[lo, 0]), int(where[hi - 1, 1]), role, float(whole[lo:hi].mean())))
    return found


def role_fillers(text: str, encoded: Encoded, description: Description) -> list[Filler]:
    """The words of all roles, those of people whom the text only describes among them."""
    return [f for head in (HEAD, DESCRIBED) for f in fillers(text, encoded, description, head)]


def _stretches(whole: Floats, begin: Floats, where: Ints) -> list[tuple[int, int]]:
    """Runs of words of one role, cut where the next filler of it begins."""
    found: list[tuple[int, int]] = []
    first: int | None = None
    for n in range(len(whole) + 1):
        inside = n < len(whole) and whole[n] >= LEAST
        if first is not None and inside:
            apart = where[n, 0] - where[n - 1, 1] > 2
            anew = begin[n] > BEGINS and begin[n] > 0.5 * whole[n]
            inside_still = not (apart or anew)
        else:
            inside_still = False
        if first is not None and not inside_still:
            found.append((first, n))
            first = None
        if inside and first is None:
            first = n
    return found


def _trimmed(simple: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """The range without articles and prepositions at its ends."""
    while first < last and (simple[first] in words("grammar", "edges_before") or not simple[first]):
        first += 1
    while first < last and (simple[last - 1] in words("grammar", "edges_behind") or not simple[last - 1]):
        last -= 1
    return first, last


def _says(word: str) -> bool:
    """Whether a word by itself says who or what: "two", "armed" and "alleged" do not."""
    return bool(word) and word[0].isalpha() and word not in words("grammar", "saying_nothing")


def named(text: str, encoded: Encoded, description: Description, least: float | None = None) -> list[Named]:
    """The names of each role that are kept: whose share is ``least`` or more, by default as trained."""
    kept = description.thresholds.get("named", 0.5) if least is None else least
    return [one for one, _ in weighed(text, encoded, description) if one.share >= kept]


def certainty(one: Named, encoded: Encoded, description: Description) -> str:
    """How sure the text is that this one did it, as MUC-4 tells apart: reported as fact, accused, claimed, possible."""
    where = encoded.words()
    inside = np.zeros(len(where), dtype=bool)
    for filler in one.fillers:
        inside |= (where[:, 0] < filler.end) & (where[:, 1] > filler.start)
    mean = shares(encoded.scores["confidence"][inside][:, 1:]).mean(axis=0)
    return description.labels["confidence"][1 + int(np.argmax(mean))]


def weighed(text: str, encoded: Encoded, description: Description) -> list[tuple[Named, dict[str, float]]]:
    """All names of each role with the features by which they are kept or left out."""
    found = []
    by_role: dict[str, list[Filler]] = {}
    for filler in fillers(text, encoded, description):
        by_role.setdefault(filler.role, []).append(filler)
    for role, some in by_role.items():
        for group in _groups(text, role, some):
            one, features = _named(text, role, group, encoded)
            share = _share(features, description.selection.get(role, {}))
            found.append((one._replace(share=share), features))
    return found


def _groups(text: str, role: str, found: Sequence[Filler]) -> list[list[tuple[str, list[Filler]]]]:
    """Fillers by their words, the longest words first; shorter ones within them are the same."""
    by_words: dict[str, list[Filler]] = {}
    for filler in found:
        by_words.setdefault(plain_words(text[filler.start : filler.end]), []).append(filler)
    groups: list[list[tuple[str, list[Filler]]]] = []
    for key in sorted(by_words, key=lambda k: (-len(k.split()), k)):
        if not key:
            continue
        same = next((g for g in groups if _is_one(key, g[0][0], role)), None)
        if same is None:
            groups.append([(key, by_words[key])])
        else:
            same.append((key, by_words[key]))
    return groups


def plain_words(text: str) -> str:
    """Words as they are compared: small, without marks and articles."""
    return " ".join(w for w in plain(text).split() if w not in {"a", "an", "the"})


def _is_one(key: str, lead: str, role: str) -> bool:
    if f" {key} " in f" {lead} ":
        return True
    return role in NAMED_BY_LAST and key.split()[-1] == lead.split()[-1]


def _named(
    text: str, role: str, group: Sequence[tuple[str, list[Filler]]], encoded: Encoded
) -> tuple[Named, dict[str, float]]:
    surest = max(group, key=lambda row: (sum(f.share for f in row[1]), len(row[0])))
    own = group[0] if role in LONGEST_NAMES else surest
    all_of_them = sorted(filler for _, some in group for filler in some)
    share = [f.share for f in all_of_them]
    first = own[1][0]
    relevant = float(encoded.types.max()) if len(encoded.types) else 0.0
    features = {
        "most": _logit(max(share)),
        "mean": _logit(sum(share) / len(share)),
        "mentions": math.log1p(len(share)),
        "relevant": _logit(relevant),
        "first": all_of_them[0].start / max(1, len(text)),
        "words": float(len(own[0].split())),
        "own": max(f.share for f in own[1]),
    }
    said = " ".join(text[first.start : first.end].split())
    return Named(said, role, tuple(all_of_them), 0.0), features


def _logit(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(share / (1 - share))


def _share(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The share that a name is one; the surest mention's own where there are no weights."""
    if not weights:
        return 1 / (1 + math.exp(-features["most"]))
    return 1 / (1 + math.exp(-weights.get("bias", 0.0) - sum(weights.get(k, 0.0) * v for k, v in features.items())))
