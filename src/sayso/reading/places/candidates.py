"""Stretches of a report that may name a place, with what the words around them say."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.knowledge.countries import country_names, demonyms
from sayso.knowledge.gazetteer import Gazetteer, PlaceRecord
from sayso.knowledge.names import fold, plain
from sayso.knowledge.placewords import TypeWord, place_words, type_word
from sayso.reading.places.tokens import Token, joined, runs

LONGEST_NAME = 6
LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "around",
        "outside",
        "inside",
        "into",
        "across",
        "toward",
        "towards",
        "between",
        "through",
        "throughout",
        "within",
        "beyond",
        "above",
        "over",
        "off",
        "along",
        "against",
        "of",
        "via",
        "reach",
        "reached",
        "entered",
        "leaving",
        "around",
        "beside",
    ]
)
STRONG = frozenset(
    ["in", "at", "near", "from", "outside", "inside", "into", "across", "towards", "throughout", "within", "around"]
)
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "president",
        "minister",
        "general",
        "gen",
        "col",
        "colonel",
        "capt",
        "captain",
        "major",
        "maj",
        "lt",
        "lieutenant",
        "sgt",
        "king",
        "queen",
        "prince",
        "sheikh",
        "shaikh",
        "imam",
        "mullah",
        "ayatollah",
        "senator",
        "secretary",
        "ambassador",
        "judge",
        "professor",
        "pope",
        "sultan",
        "emir",
        "commander",
    ]
)


class Candidate(msgspec.Struct):
    """A name that may be a place: words ``[first, last)`` with its type word, and its records in the gazetteer."""

    first: int
    last: int
    start: int
    end: int
    stem: str
    records: tuple[PlaceRecord, ...] = ()
    type: TypeWord | None = None
    type_text: str | None = None
    direction: tuple[int, int] | None = None
    label: str | None = None
    locative: bool = False
    strong: bool = False
    near: bool = False
    alone: bool = True
    container: Candidate | None = None
    country_hint: str | None = None
    chosen: PlaceRecord | None = None
    reason: str = ""


class Hints:
    """NER spans as hints, by offset."""

    def __init__(self, spans: Sequence[tuple[int, int, str]]) -> None:
        self._spans = sorted(spans)

    def label(self, start: int, end: int) -> str | None:
        """The label of the hint that covers most of ``[start, end)``, or null."""
        best, most = None, 0
        for begin, finish, label in self._spans:
            if begin >= end:
                break
            shared = min(end, finish) - max(start, begin)
            if shared > most:
                best, most = label, shared
        return best if most * 2 >= end - start else None


def find(text: str, words: list[Token], gazetteer: Gazetteer, hints: Hints) -> list[Candidate]:
    """All names that the gazetteer or the words around them say may be places, in order, none overlapping."""
    stretches = runs(text, words)
    keys: dict[tuple[int, int], str] = {}
    typed: dict[int, tuple[str, TypeWord, int]] = {}
    for first, last in stretches:
        typed_word = _type_after(text, words, last)
        if typed_word:
            typed[last] = typed_word
        for i in range(first, last):
            for j in range(i + 1, min(last, i + LONGEST_NAME) + 1):
                keys[i, j] = fold(text[words[i].start : words[j - 1].end])
    wanted = set(keys.values())
    wanted.update(f"{keys[i, j]}#{typed[j][1].cls}" for i, j in keys if j in typed)
    records = gazetteer.by_keys(k for k in wanted if k.strip("#"))
    found: list[Candidate] = []
    for first, last in stretches:
        i = first
        while i < last:
            candidate = _longest(text, words, i, first, last, keys, typed, records, hints)
            if candidate is None:
                i += 1
            else:
                found.append(candidate)
                i = candidate.last
    return found


def _longest(
    text: str,
    words: list[Token],
    i: int,
    first: int,
    last: int,
    keys: dict[tuple[int, int], str],
    typed: dict[int, tuple[str, TypeWord, int]],
    records: dict[str, tuple[PlaceRecord, ...]],
    hints: Hints,
) -> Candidate | None:
    for j in range(min(last, i + LONGEST_NAME), i, -1):
        key = keys[i, j]
        word = typed.get(j)
        own = tuple(records.get(key, ()))
        if word:
            own = (*records.get(f"{key}#{word[1].cls}", ()), *own)
        candidate = _candidate(text, words, i, j, first, last, own, word, hints)
        if candidate is not None and _plausible(candidate, words, i, j):
            return candidate
    return None


def _candidate(
    text: str,
    words: list[Token],
    i: int,
    j: int,
    first: int,
    last: int,
    own: tuple[PlaceRecord, ...],
    typed: tuple[str, TypeWord, int] | None,
    hints: Hints,
) -> Candidate | None:
    start, end = words[i].start, words[j - 1].end
    label = hints.label(start, end)
    if (
        not own
        and not (typed and i == _after_adjectives(words, first, j))
        and not (label in ("GPE", "LOC", "FAC") and i == first and j == last)
    ):
        return None
    before = words[i - 1] if i else None
    prior = _before(words, i)
    candidate = Candidate(i, j, start, end, text[start:end], own, label=label)
    candidate.alone = (i == first or _is_context(words[i - 1])) and (j == last)
    candidate.locative = prior in LOCATIVE
    candidate.strong = prior in STRONG
    candidate.near = prior in ("near", "outside", "around", "beside")
    if typed:
        candidate.type_text, candidate.type, candidate.last = typed[0], typed[1], typed[2]
        candidate.end = words[typed[2] - 1].end
    elif before is not None and before.lower == "of" and i >= 2:
        candidate.type = type_word(words[i - 2].lower)
    if before is not None and before.lower in place_words().directions and joined(text, before, words[i]):
        candidate.direction = place_words().directions[before.lower]
        candidate.start, candidate.first = _direction_start(text, words, i - 1)
        candidate.locative = candidate.locative or _before(words, candidate.first) in LOCATIVE
    return candidate


def _direction_start(text: str, words: list[Token], i: int) -> tuple[int, int]:
    directions = place_words().directions
    # "eastern and northern Syria" is one region of two parts.
    if i >= 2 and words[i - 1].lower == "and" and words[i - 2].lower in directions:
        i -= 2
    return words[i].start, i


def _after_adjectives(words: list[Token], first: int, j: int) -> int:
    i = first
    while i < j - 1 and _is_context(words[i]):
        i += 1
    return i


def _is_context(word: Token) -> bool:
    """A capitalised word that qualifies a place but is no part of its name: a demonym, a direction, an opening "In"."""
    lower = plain(word.text)
    return (
        lower in demonyms() or lower in place_words().directions or lower in LOCATIVE or lower in ("the", "rebel-held")
    )


def _before(words: list[Token], i: int) -> str:
    """The word that governs the name at ``i``: articles, adjectives of kind and directions are passed over."""
    skip = place_words().directions
    for k in range(i - 1, max(-1, i - 6), -1):
        word = words[k]
        if word.mark:
            return ""
        lower = word.lower
        if lower == "of" and k and type_word(words[k - 1].lower):
            return "in"
        if lower in LOCATIVE:
            return lower
        if (
            lower not in ("the", "a", "an", "nearby", "capital", "besieged", "and", "city", "town")
            and lower not in skip
            and plain(lower) not in demonyms()
        ):
            return ""
    return ""


def _type_after(text: str, words: list[Token], last: int) -> tuple[str, TypeWord, int] | None:
    for count in (3, 2, 1):
        end = last + count
        if end > len(words) or any(w.mark for w in words[last:end]):
            continue
        if not all(joined(text, words[k - 1], words[k]) for k in range(last, end)):
            continue
        word = " ".join(w.lower for w in words[last:end])
        meaning = type_word(word)
        if meaning:
            return word, meaning, end
    return None


def _plausible(c: Candidate, words: list[Token], i: int, j: int) -> bool:
    lower = plain(c.stem)
    rules = place_words()
    if lower in rules.never or lower in rules.seats or len(lower) < 2 or (c.label == "NORP" and not c.type):
        return False
    # "US troops", "Syrian": an adjective is no place, save "in the US".
    if lower in demonyms() and not (lower in country_names() and c.locative and not _adjective_use(words, j)):
        return False
    country = any(r.kind == "country" and r.tier < 2 for r in c.records)
    if country and lower in country_names():
        return c.alone or c.label in ("GPE", "LOC") or c.strong
    if c.type is not None and (c.alone or c.locative):
        return not (c.label == "PERSON" and not c.records)
    if c.label in ("PERSON", "ORG") and not (c.strong and c.records and c.alone):
        return False
    if i and words[i - 1].lower.rstrip(".") in TITLES:
        return False
    if not c.alone:
        return False
    return c.label in ("GPE", "LOC", "FAC") or c.locative or _famous(c)


def _adjective_use(words: list[Token], j: int) -> bool:
    """Whether a noun follows at once ("in US custody")."""
    return (
        j < len(words)
        and not words[j].mark
        and words[j].lower
        not in (
            "and",
            "or",
            "in",
            "on",
            "at",
            "to",
            "from",
            "by",
            "for",
            "after",
            "before",
            "since",
            "said",
            "is",
            "was",
            "has",
            "have",
            "had",
            "will",
            "would",
            "could",
            "over",
            "during",
            "as",
            "but",
            "that",
            "which",
            "where",
            "when",
            "who",
            "with",
            "were",
            "are",
        )
    )


def _famous(c: Candidate) -> bool:
    return any(
        r.kind in ("region", "water", "facility") and r.gazetteer_id.startswith("region:") for r in c.records
    ) or any(r.population >= 200_000 and r.tier <= 1 and plain(r.name) == plain(c.stem) for r in c.records)
