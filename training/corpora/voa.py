"""Voice of America: events of single sentences in the types of ACE.

A sentence's last point was left out of the data and is put back. The sentences that stand beside a picture are in a
file of their own and go back to their places. Arguments count tokens that are not given, so their words are looked for.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from training.corpora.conflict import ORDER, SIDES, TRIGGERS, kind_of
from training.corpora.example import Example, Labelled, apart
from training.corpora.words import places_of

Row = dict[str, Any]
CLOSE = 3
"""Code points from the end of a sentence to the next that follows it at once."""
TOKEN = re.compile(r"\w+(?:[-.’']\w+)*|[^\w\s]")


def read(corpus: str, files: Sequence[Path], without: frozenset[str] = frozenset()) -> Iterator[Example]:
    """The reports of some files but for those ``without``, each with the sentences that any of the files has."""
    reports: dict[str, dict[int, Row]] = {}
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                known = reports.setdefault(row["id"], {})
                for sentence in row["sentences"]:
                    before = known.get(sentence["start"], {"events": []})
                    known[sentence["start"]] = sentence | {"events": before["events"] + sentence["events"]}
    for name, sentences in reports.items():
        if name not in without:
            yield example(corpus, name, [sentences[start] for start in sorted(sentences)])


def example(corpus: str, name: str, sentences: Sequence[Row]) -> Example:
    """A report with its layers ``trigger_voa`` and ``sides``."""
    text = ""
    triggers: list[Labelled] = []
    sides: list[Labelled] = []
    end = 0
    for sentence in sentences:
        if text:
            text += " " if sentence["start"] - end <= CLOSE else "\n\n"
        start = len(text)
        end = sentence["start"] + len(sentence["text"])
        text += sentence["text"].replace("\xa0", " ")
        if text[-1:].isalnum():
            text += "."
        for event in sentence["events"]:
            _read_event(event, text[start:], start, triggers, sides)
    return Example(corpus, name, text, {"trigger_voa": apart(triggers, TRIGGERS), "sides": apart(sides, ORDER)})


def _read_event(event: Row, text: str, start: int, triggers: list[Labelled], sides: list[Labelled]) -> None:
    trigger = event["trigger"]
    kind = kind_of(event["type"], trigger["text"], frozenset())
    place = _place(trigger, text)
    if kind is None or place is None:
        return
    triggers.append((start + place[0], start + place[1], kind))
    for argument in event["arguments"]:
        side = SIDES.get(argument["role"])
        if side and (place := _place(argument, text)):
            sides.append((start + place[0], start + place[1], side))


def _place(part: Row, text: str) -> tuple[int, int] | None:
    """Where the words of a trigger or argument stand; of several places the one nearest to its number of tokens."""
    words = part["text"].replace("\xa0", " ")
    starts = [match.start() for match in TOKEN.finditer(text)]
    at = starts[min(part["start"], len(starts) - 1)] if starts else 0
    return min(places_of(words, text), key=lambda place: abs(place[0] - at), default=None)
