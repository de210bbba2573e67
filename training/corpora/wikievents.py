"""WikiEvents: triggers and arguments of news about attacks.

Arguments are words without offsets, taken where they stand nearest to their trigger.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.corpora.conflict import ORDER, SIDES, kind_of
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
        at, end = event["trigger"]["start_idx"], event["trigger"]["end_idx"]
        roles = frozenset(argument["role"] for argument in event["arguments"])
        kind = kind_of(event["event_type"], event["trigger"]["text"], roles)
        if kind is None:
            continue
        triggers.append((places[at][0], places[end - 1][1], kind))
        for argument in event["arguments"]:
            side = SIDES.get(argument["role"])
            found = _nearest(tuple(argument["text"].split()), tokens, at)
            if side and found:
                sides.append((places[found[0]][0], places[found[1] - 1][1], side))
    return Example(corpus, row["docid"], text, {"trigger_wiki": apart(triggers), "sides": apart(sides, ORDER)})


def _nearest(words: Tokens, tokens: Tokens, at: int) -> tuple[int, int] | None:
    size = len(words)
    starts = [start for start in range(len(tokens) - size + 1) if tokens[start : start + size] == words]
    start = min(starts, key=lambda start: abs(start - at), default=None)
    return None if start is None or not size else (start, start + size)
