"""What two tellings of an event are compared by: rare names, telling words, places, days, ages and clock times.

It is computed from one report alone and weighed by frequencies that never change, so that no comparison depends on
which reports came before. It is kept beside the event and shown to nobody: names of private persons are among it.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from sayso.ledger.principal import opening, principal
from sayso.ledger.rare_names import rare_names, tellers
from sayso.ledger.words import rarity, words
from sayso.model import Account, Event
from sayso.vocabulary import load

MOST_WORDS = 24
MOST_AGES = 8
MOST_CLOCKS = 4
MOST_DAYS = 4
MOST_PLACES = 8
LARGEST_PLACE = 3
"""UCDP where_prec of the largest places: districts."""
WORD_RARITY = 1.5
"""A word that more reports have than one in five tells nothing."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n+")
_AGE = re.compile(r"\b(\d{1,2})[- ](year|month)s?[- ]old|, (\d{1,2}),|\baged? (\d{1,2})\b|\((\d{1,2})\)")
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s?([ap])\.?\s?m\b", re.IGNORECASE)

Stretch = tuple[int, int]


def event_terms(account: Account, *, passing: bool = False) -> dict[str, str]:
    """The terms of each event of an account by the event's id, as JSON text (``events.terms``).

    ``names`` are rare names, folded; ``event`` and ``report`` words with their weights (TF-IDF, of length 1) of the
    sentences with the event's mentions and of the whole report; ``places`` those named most (ids of the gazetteer, or
    names); ``days`` ISO dates; ``ages`` years, or months below zero; ``clocks`` minutes of the day; ``main`` whether
    the report is mostly about this event; ``others`` how many further events of its family the report tells. Of the
    principal event all is taken from the whole report; of others, and of all where ``passing``, from its sentences.
    """
    if not account.events:
        return {}
    text = account.report.text
    sentences = _sentences(text)
    first = None if passing else principal(account)
    left_out = tellers(text)
    _, body = opening(account)
    counts = Counter(_family(event) for event in account.events if event.modality == "actual")
    found = {}
    for event in account.events:
        told = _told(sentences, event)
        said = [text[start:end] for start, end in told]
        main = event.id == first
        around = [*said, text] if main else said
        terms: dict[str, Any] = {
            "names": rare_names(around, left_out),
            "places": _places(account, [(0, len(text))] if main else told),
            "event": _weights(said, left_out),
            "report": _weights([text], left_out) if main else {},
            "days": _days(account, [*told, (0, body)] if main else told),
            "ages": _ages(around),
            "clocks": _clocks(around),
            "main": main,
            "others": max(counts[_family(event)] - 1, 0),
        }
        found[event.id] = json.dumps(terms, ensure_ascii=False, separators=(",", ":"))
    return found


def _family(event: Event) -> str:
    entry = load("event_types").get(event.type)
    return (entry.family if entry else None) or event.type


def _sentences(text: str) -> list[Stretch]:
    """Where sentences begin and end; a line's end ends one."""
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(ends) if start < end]


def _told(sentences: Sequence[Stretch], event: Event) -> list[Stretch]:
    """The sentences with the event's mentions."""
    starts = [mention.start for mention in event.mentions]
    return [(start, end) for start, end in sentences if any(start <= at < end for at in starts)]


def _within(at: int, stretches: Sequence[Stretch]) -> bool:
    return any(start <= at < end for start, end in stretches)


def _places(account: Account, within: Sequence[Stretch]) -> list[str]:
    """The places that are named most; no country, no region."""
    found = Counter(
        place.gazetteer_id or "-".join(words(place.name))
        for place in account.places
        if (place.precision or 1) <= LARGEST_PLACE and _within(place.span.start, within)
    )
    return sorted(found, key=lambda name: (-found[name], name))[:MOST_PLACES]


def _days(account: Account, within: Sequence[Stretch]) -> list[str]:
    """The days that are named most."""
    found = Counter(
        time.start[:10]
        for time in account.times
        if time.start and time.end and time.start[:10] == time.end[:10] and _within(time.span.start, within)
    )
    return sorted(sorted(found, key=lambda when: (-found[when], when))[:MOST_DAYS])


def _weights(texts: Iterable[str], without: frozenset[str]) -> dict[str, float]:
    """The heaviest words with their TF-IDF weights, brought to length 1."""
    counts = Counter(word for text in texts for word in words(text))
    weights = {word: (1 + math.log(n)) * rarity(word) for word, n in counts.items() if _tells(word, without)}
    kept = sorted(weights, key=lambda word: (-weights[word], word))[:MOST_WORDS]
    length = math.sqrt(sum(weights[word] ** 2 for word in kept))
    return {word: round(weights[word] / length, 3) for word in kept}


def _tells(word: str, without: frozenset[str]) -> bool:
    return rarity(word) >= WORD_RARITY and word not in without


def _ages(texts: Iterable[str]) -> list[int]:
    found: Counter[int] = Counter()
    for text in texts:
        for number, unit, *others in _AGE.findall(text):
            age = int(number or next(filter(None, others)))
            found[-age if unit == "month" else age] += 1
    return sorted(sorted(found, key=lambda age: (-found[age], age))[:MOST_AGES])


def _clocks(texts: Iterable[str]) -> list[int]:
    found: Counter[int] = Counter()
    for text in texts:
        for hour, minute, half in _CLOCK.findall(text):
            if 0 < int(hour) <= 12 and int(minute or 0) < 60:
                found[int(hour) % 12 * 60 + int(minute or 0) + (720 if half.lower() == "p" else 0)] += 1
    return sorted(sorted(found, key=lambda clock: (-found[clock], clock))[:MOST_CLOCKS])
