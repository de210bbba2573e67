"""One entry of a vocabulary, and the loader that reads a vocabulary's YAML once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import msgspec
import yaml

NAMES = (
    "actor_kinds",
    "event_types",
    "link_kinds",
    "modalities",
    "place_precisions",
    "precisions",
    "slots",
    "stances",
    "statuses",
)

# The C parser reads the same, ten times as fast; a Python without it has the other.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Codes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What other code books call an entry, in their exact names; null where they have no fitting code."""

    acled: Mapping[str, str] | None = None
    """ACLED columns and values, such as ``event_type`` and ``sub_event_type``; a key ending in ``_state`` replaces the
    plain one where a state's forces are the initiator."""
    ucdp: str | None = None
    plover: Mapping[str, str] | None = None
    """PLOVER ``category`` and ``mode`` of an event type, or ``sector`` of an actor kind."""
    cameo: str | None = None
    hxl: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One value of a vocabulary, as people read it and as other code books name it."""

    name: str
    label: str
    help: str
    noun: str | None = None
    """How a sentence names one of it: "air strike"."""
    plural: str | None = None
    symbol: str | None = None
    inverse: str | None = None
    """How a link reads from its other end."""
    family: str | None = None
    """Event types of one family may be one occurrence in the words of two reports."""
    joins: tuple[str, ...] = ()
    """Other families that may name the same occurrence, where all else agrees."""
    rare: bool = False
    """Whether two of them on one day in one province are hardly two."""
    codes: Codes = Codes()


@cache
def load(name: str) -> Mapping[str, Entry]:
    """The vocabulary ``name`` (one of ``NAMES``), its entries by value in the order of the file; read-only and cached.

    Raises ``KeyError`` for a name that is no vocabulary, ``msgspec.ValidationError`` for a malformed file.
    """
    if name not in NAMES:
        raise KeyError(f"{name} is no vocabulary; there are {', '.join(NAMES)}")
    text = files("sayso.vocabulary").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    raw = yaml.load(text, Loader=_LOADER)
    return MappingProxyType({str(key): _entry(str(key), value) for key, value in raw.items()})


def _entry(name: str, value: dict[str, Any]) -> Entry:
    entry = msgspec.convert({"name": name, **value}, Entry)
    codes = entry.codes
    frozen = msgspec.structs.replace(codes, acled=_frozen(codes.acled), plover=_frozen(codes.plover))
    return msgspec.structs.replace(entry, codes=frozen)


def _frozen(mapping: Mapping[str, str] | None) -> Mapping[str, str] | None:
    return None if mapping is None else MappingProxyType(dict(mapping))
