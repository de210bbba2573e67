"""A template of MUC-4: one incident with who, against whom, by what, when, where and how surely."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from typing import Literal

import msgspec

Role = Literal["PerpInd", "PerpOrg", "Target", "Victim", "Weapon", "AnyVictim"]
ROLES: tuple[Role, ...] = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
"""The five roles of the published scores; Victim is the slot of human targets' names (``HUM TGT: NAME``) alone."""
ANYONE: Role = "AnyVictim"
"""All human targets, named or described (with ``HUM TGT: DESCRIPTION``): in the keys, in no published score."""

CONFIDENCE = (
    "REPORTED AS FACT",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "SUSPECTED OR ACCUSED",
    "CLAIMED OR ADMITTED",
    "POSSIBLE",
)
"""The values of the slot ``PERP: ORGANIZATION CONFIDENCE``."""

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


class Entity(msgspec.Struct, frozen=True):
    """Somebody or something as the strings that name it, any of which is as good."""

    mentions: tuple[str, ...]
    optional: bool = False
    """Marked ``?`` in the key: it need not be found."""

    @property
    def strings(self) -> frozenset[str]:
        """The mentions as they are compared (``plain``)."""
        return frozenset(map(plain, self.mentions))


class Days(msgspec.Struct, frozen=True):
    """ISO 8601 days, both inclusive; ``start`` is null for "on or before ``end``"."""

    start: str | None
    end: str


class Location(msgspec.Struct, frozen=True):
    """A country by name, and within it ever smaller places; none where the country is all that is told."""

    country: str
    places: tuple[str, ...] = ()


class Confidence(msgspec.Struct, frozen=True):
    """How sure a report is that an organisation did it; in a key several values may be alternatives."""

    organisation: tuple[str, ...]
    values: frozenset[str]

    @property
    def strings(self) -> frozenset[str]:
        """The organisation's names as they are compared (``plain``)."""
        return frozenset(map(plain, self.organisation))


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """One incident; ``types``, ``days`` and ``locations`` are alternatives in a key, at most one when predicted."""

    types: tuple[str, ...]
    roles: Mapping[Role, tuple[Entity, ...]] = {}
    days: tuple[Days, ...] = ()
    locations: tuple[Location, ...] = ()
    confidence: tuple[Confidence, ...] = ()
    optional: bool = False


def plain(words: str) -> str:
    """Words as the published scorers compare them: small, without punctuation, articles and extra white space."""
    return " ".join(_ARTICLES.sub(" ", words.lower().translate(_PUNCTUATION)).split())
