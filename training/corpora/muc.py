"""MUC-4: the strings of the answer keys, wherever they stand in their messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso.evaluation.muc4.messages import Message, messages
from sayso.evaluation.muc4.template import ANYONE, CONFIDENCE, Role
from training.corpora.example import Example, Labelled, Layer, apart, layer
from training.corpora.words import places_of

LABELS: dict[Role, str] = {
    "PerpOrg": "perp_org",
    "PerpInd": "perp_ind",
    "Victim": "victim",
    "Target": "target",
    "Weapon": "weapon",
}
"""In the order in which one is preferred where the same words fill two slots."""
DESCRIBED = "described"


def read(corpus: str, folders: Sequence[Path]) -> Iterator[Example]:
    """The messages of some folders of MUC-4 that have a key. Raises what ``messages`` raises."""
    for message in messages(folders):
        yield example(corpus, message)


def example(corpus: str, message: Message) -> Example:
    """A message with its layers ``muc``, ``muc_described`` and ``confidence``, and its incident types."""
    text = message.report.text
    roles = apart(
        (
            (*place, label)
            for role, label in LABELS.items()
            for words in strings(message, role)
            for place in places_of(words, text)
        ),
        tuple(LABELS.values()),
    )
    described = strings(message, ANYONE) - strings(message, "Victim")
    return Example(
        corpus,
        message.id,
        text,
        {
            "muc": roles,
            "muc_described": apart((*place, DESCRIBED) for words in described for place in places_of(words, text)),
            "confidence": _confidence(message, roles),
        },
        tuple(sorted({template.types[0] for template in message.key})),
    )


def strings(message: Message, role: Role) -> set[str]:
    """All strings that fill a role in a message's key, without extra white space."""
    found = (words for one in message.key for entity in one.roles.get(role, ()) for words in entity.mentions)
    return {" ".join(words.split()) for words in found}


def _confidence(message: Message, roles: Layer) -> Layer:
    """How sure the report is of each organisation where it stands; the first template that tells of it counts."""
    found: list[Labelled] = []
    said = [one for template in message.key for one in template.confidence]
    for start, end, label in roles:
        if label != LABELS["PerpOrg"]:
            continue
        words = " ".join(message.report.text[start:end].upper().split())
        for one in said:
            if words in {" ".join(name.upper().split()) for name in one.organisation}:
                found.append((start, end, next(value for value in CONFIDENCE if value in one.values)))
                break
    return layer(found)
