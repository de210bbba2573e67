"""The table ``mapping.yaml``: how an account of sayso becomes templates of MUC-4."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
import yaml

THING = "thing"
"""The kind of what is hit and is no actor."""


class Incident(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an event type of sayso is in MUC-4."""

    incident: str
    label: str
    help: str
    hits: frozenset[str] | None = None
    """Only where one of these kinds of actors is hit, or a ``THING``; null: whoever is hit."""


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An incident type that words beginning so tell, of events of these types."""

    incident: str
    of: tuple[str, ...]
    beginnings: tuple[str, ...]
    label: str
    help: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of words with what it is for."""

    label: str
    help: str
    words: frozenset[str]


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One value of a vocabulary of sayso."""

    name: str
    label: str
    help: str


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A share from which something counts."""

    label: str
    help: str
    least: float


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table."""

    incidents: dict[str, Incident]
    told_by_words: tuple[Told, ...]
    modalities: tuple[Named, ...]
    organisation_words: Words
    people_heads: Words
    relevance: Share


@cache
def table() -> Mapping:
    """The table that ships with sayso. Raises ``msgspec.ValidationError`` where an entry is malformed."""
    text = files("sayso.evaluation.muc4").joinpath("mapping.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), Mapping)
