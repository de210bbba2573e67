"""WikiEvents: triggers and arguments of news about attacks.

Arguments are words without offsets, taken where they stand nearest to their trigger. Of words that end in a letter
or figure twice, the data have it once ("kil", "1 , 80"); triggers that this befell have no offsets.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.corpora.conflict import ORDER, SIDES, TRIGGERS, kind_of
from training.corpora.example import Example, Labelled, apart
from training.corpora.words import joined

Tokens = tuple[str, ...]


def read(corpus: str, file: Path) -> Iterator[Example]:
    """The reports of a file."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield example(corpus, json.loads(line))


def example(corpus: str, row: dict[str, Any]) -> Example:
    """A report with its layers ``trigger_wiki`` and ``sides``."""
    tokens: Tokens = tuple(row["tokens"])
    text, places = joined(tokens)
    triggers: list[Labelled] = []
    sides: list[Labelled] = []
    for event in row["event_mentions"]:
        trigger = _trigger(event["trigger"], tokens)
        roles = frozenset(argument["role"] for argument in event["arguments"])
        kind = kind_of(event["event_type"], event["trigger"]["text"], roles)
        if kind is None or trigger is None:
            continue
        triggers.append((places[trigger[0]][0], places[trigger[1] - 1][1], kind))
        for argument in event["arguments"]:
            side = SIDES.get(argument["role"])
            found = _nearest(tuple(argument["text"].split()), tokens, trigger[0])
            if side and found:
                sides.append((places[found[0]][0], places[found[1] - 1][1], side))
    return Example(
        corpus, row["docid"], text, {"trigger_wiki": apart(triggers, TRIGGERS), "sides": apart(sides, ORDER)}
    )


def _trigger(trigger: dict[str, Any], tokens: Tokens) -> tuple[int, int] | None:
    """The trigger's tokens; one without offsets is known where its words stand only once."""
    start, end = trigger["start_idx"], trigger["end_idx"]
    if start < end:
        return start, end
    found = _places(tuple(trigger["text"].split()), tokens)
    return found[0] if len(found) == 1 else None


def _nearest(words: Tokens, tokens: Tokens, at: int) -> tuple[int, int] | None:
    return min(_places(words, tokens), key=lambda place: abs(place[0] - at), default=None)


def _places(words: Tokens, tokens: Tokens) -> list[tuple[int, int]]:
    """Where words stand, or would if the end of the last were doubled."""
    if not words:
        return []
    size = len(words)
    wanted = {words, (*words[:-1], words[-1] + words[-1][-1])}
    starts = range(len(tokens) - size + 1)
    return [(start, start + size) for start in starts if tokens[start : start + size] in wanted]
