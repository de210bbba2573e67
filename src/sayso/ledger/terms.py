"""The words by which two tellings of an event are compared: rare names, telling words, ages and clock times.

They are computed from one report alone and weighed by frequencies that never change, so that no comparison depends on
which reports came before. They are kept beside the event and shown to nobody: names of private persons are among them.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from sayso.ledger.principal import principal
from sayso.ledger.words import folded, rarity, words
from sayso.model import Account, Event
from sayso.vocabulary import load

MOST_NAMES = 12
MOST_WORDS = 24
MOST_AGES = 8
MOST_CLOCKS = 4
NAME_RARITY = 4.0
"""A word of a name is at least so rare (natural logarithm): it stands in one report of fifty or fewer."""
ALONE_RARITY = 7.0
"""A name of one word is at least so rare: it stands in one report of a thousand or fewer."""
WORD_RARITY = 1.5
"""A word that more reports have than one in five tells nothing."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n+")
_NAME = re.compile(r"[A-Z][\w'’-]*(?:[ \t]+(?:(?:al|el|bin|ibn|de|la|von|van|abu|of)[ \t]+)?[A-Z][\w'’-]*)*")
_AGE = re.compile(r"\b(\d{1,2})[- ]year[- ]old|, (\d{1,2}),|\baged? (\d{1,2})\b|\((\d{1,2})\)")
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s?([ap])\.?\s?m\b", re.IGNORECASE)
_BLOCK = re.compile(r"\b(\d{3,5})(?:th)? block of ((?:[NSEW]\.? |North |South |East |West )?[A-Z]\w+|\d+\w*)")
_STREETS = {
    "st": "street", "ave": "avenue", "av": "avenue", "dr": "drive", "rd": "road", "blvd": "boulevard", "ln": "lane",
    "ct": "court", "pl": "place", "hwy": "highway", "pkwy": "parkway", "apt": "apartment",
}  # fmt: skip


def event_terms(account: Account) -> dict[str, str]:
    """The terms of each event of an account by the event's id, as JSON text (``events.terms``).

    ``names`` are rare names, folded; ``event`` and ``report`` words with their weights (TF-IDF, of length 1) of the
    sentences with the event's mentions and of the whole report; ``ages`` years; ``clocks`` minutes of the day; ``main``
    whether the report is mostly about this event; ``others`` how many further events of its family the report tells.
    """
    if not account.events:
        return {}
    text = account.report.text
    sentences = _sentences(text)
    whole = _weights([text])
    first = principal(account)
    counts = Counter(_family(event) for event in account.events if event.modality == "actual")
    found = {}
    for event in account.events:
        said = _told(text, sentences, event)
        main = event.id == first
        others = max(counts[_family(event)] - 1, 0)
        # What a report says elsewhere is said of its principal event, unless it has many.
        around = [*said, text] if main else said
        terms: dict[str, Any] = {
            "names": _names(around),
            "event": _weights(said),
            "report": whole if main else {},
            "ages": _ages(around),
            "clocks": _clocks(around),
            "main": main,
            "others": others,
        }
        found[event.id] = json.dumps(terms, ensure_ascii=False, separators=(",", ":"))
    return found


def _family(event: Event) -> str:
    entry = load("event_types").get(event.type)
    return (entry.family if entry else None) or event.type


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where sentences begin and end; a line's end ends one."""
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(ends) if start < end]


def _told(text: str, sentences: Sequence[tuple[int, int]], event: Event) -> list[str]:
    """The sentences with the event's mentions."""
    starts = [mention.start for mention in event.mentions]
    return [text[start:end] for start, end in sentences if any(start <= at < end for at in starts)]


def _weights(texts: Iterable[str]) -> dict[str, float]:
    """The heaviest words with their TF-IDF weights, cut to length 1 after the rest is dropped."""
    counts = Counter(word for text in texts for word in words(text))
    weights = {word: (1 + math.log(n)) * rarity(word) for word, n in counts.items() if rarity(word) >= WORD_RARITY}
    kept = sorted(weights, key=lambda word: (-weights[word], word))[:MOST_WORDS]
    length = math.sqrt(sum(weights[word] ** 2 for word in kept))
    return {word: round(weights[word] / length, 3) for word in kept}


def _names(texts: Iterable[str]) -> list[str]:
    """Rare names: two words of a name that stand beside each other, then single rare words; the likeliest first."""
    pairs: Counter[str] = Counter()
    singles: Counter[str] = Counter()
    for text in texts:
        for number, street in _BLOCK.findall(text):
            pairs[f"{number} {' '.join(words(street)) or street.casefold()}"] += 1
        for found in _NAME.finditer(text):
            run = [_STREETS.get(word, word) for word in words(found.group())]
            for one, two in pairwise(run):
                if min(rarity(one), rarity(two)) >= NAME_RARITY or (
                    two in _STREETS.values() and rarity(one) >= WORD_RARITY
                ):
                    pairs[f"{one} {two}"] += 1
            singles.update(word for word in run if rarity(word) >= ALONE_RARITY)
    score = {name: sum(map(_rarity, name.split())) * (1 + math.log(n)) for name, n in (pairs | singles).items()}
    return sorted(score, key=lambda name: (-score[name], name))[:MOST_NAMES]


def _rarity(word: str) -> float:
    return NAME_RARITY if word.isdigit() else rarity(folded(word))


def _ages(texts: Iterable[str]) -> list[int]:
    found = Counter(int(next(filter(None, m))) for text in texts for m in _AGE.findall(text))
    return sorted(sorted(found, key=lambda age: (-found[age], age))[:MOST_AGES])


def _clocks(texts: Iterable[str]) -> list[int]:
    found: Counter[int] = Counter()
    for text in texts:
        for hour, minute, half in _CLOCK.findall(text):
            if int(hour) <= 12 and int(minute or 0) < 60:
                found[int(hour) % 12 * 60 + int(minute or 0) + (720 if half.lower() == "p" else 0)] += 1
    return sorted(sorted(found, key=lambda clock: (-found[clock], clock))[:MOST_CLOCKS])
