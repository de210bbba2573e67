"""Our own annotated accounts (``training/accounts``): triggers, modality, sides, stances, speakers, evidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from training.annotate import ACCOUNTS, AnnotationError, texts
from training.corpora.conflict import ORDER
from training.corpora.example import Example, Labelled, apart, layer, united
from training.corpora.words import nearest

Row = dict[str, Any]
Place = tuple[int, int]
NEAR = 200
"""Code points from a trigger or evidence to where a side or speaker is looked for by its words."""
STANCES = ("denies", "uncertain")


def read(corpus: str) -> Iterator[Example]:
    """All committed accounts. Raises AnnotationError where a report's text is not the one that was annotated."""
    for path in sorted(ACCOUNTS.glob("*.json")):
        account = json.loads(path.read_text(encoding="utf-8"))
        text = texts()[account["report"]["id"]]["text"]
        if hashlib.sha256(text.encode()).hexdigest() != account["report"]["sha256"]:
            raise AnnotationError(f"{account['report']['id']}: the text is not the one that was annotated")
        yield example(corpus, account, text)


def example(corpus: str, account: Row, text: str) -> Example:
    """An account with its layers: trigger, modality, sides, stance, stance_slot, speaker, claim.

    Annotations of names point to where the words first stand, whatever they are named for. A side is labelled near each
    mention of its event, a speaker near the evidence, and where it was annotated if its words do not stand near.
    """
    events, claims = account["events"], account["claims"]
    mentions = {(at[0], at[1]): event for event in reversed(events) for at in event["mentions"]}
    triggers = apart((*at, event["type"]) for at, event in mentions.items())
    modality = layer((start, end, mentions[start, end]["modality"]) for start, end, _ in triggers)
    doubts = [claim for claim in claims if claim["stance"] in STANCES]
    return Example(
        corpus,
        account["report"]["id"],
        text,
        {
            "trigger": triggers,
            "modality": modality,
            "sides": apart((span for event in events for span in _sides(event, text)), ORDER),
            "stance": apart(united((*claim["text"], claim["stance"]) for claim in doubts), STANCES),
            "stance_slot": layer((*claim["text"], f"{claim['stance']}:{claim['slot']}") for claim in doubts),
            "speaker": apart(
                (*_near(claim["speaker"], claim["text"][0], text), "speaker") for claim in claims if claim["speaker"]
            ),
            "claim": layer((*claim["text"], claim["slot"]) for claim in claims),
        },
    )


def _sides(event: Row, text: str) -> Iterator[Labelled]:
    weapon = [event["weapon"]] if event["weapon"] else []
    for label, places in zip(ORDER, (event["initiators"], event["recipients"], weapon), strict=True):
        for at in places:
            for start, _ in event["mentions"]:
                yield (*_near(at, start, text), label)


def _near(at: list[int], to: int, text: str) -> Place:
    """Where annotated words stand nearest to an offset; where they were annotated if that is not near."""
    found = nearest(text[at[0] : at[1]], text, to)
    return found if found and abs(found[0] - to) <= NEAR else (at[0], at[1])
