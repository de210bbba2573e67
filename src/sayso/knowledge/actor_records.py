"""The values of the actor base: records, what they belong to and hold and when, descriptions and bodies."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

import msgspec

from sayso.knowledge.names import plain

PART_OF = "part_of"
"""The relation of a unit to its force, a person to his body: the one that is an actor's affiliation."""

RELATIONS = (PART_OF, "backed_by", "renamed", "split_from", "related")

FIELD = "common knowledge of the field, written for sayso as of spring 2025"
"""Where a record comes from if its entry and its file say nothing else."""

LAST_LATIN = "\u024f"
"""The last letter of Unicode's Latin blocks that names are written with."""

_VARIANTS = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "", "״": "", "׳": ""})
_SPAN_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Tie(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one actor is to another: ``body`` is the other's id, ``name`` its name.

    ``since`` and ``until`` are ISO dates as exact as known (year, month or day), inclusive; null where not known, and
    ``until`` is ``..`` where it still holds.
    """

    relation: str
    body: str
    name: str
    since: str | None = None
    until: str | None = None


class Term(msgspec.Struct, frozen=True, omit_defaults=True):
    """An office that a person held: its key or words, the body by id and name, and the dates as in ``Tie``."""

    office: str
    body: str
    name: str
    country: str | None = None
    since: str | None = None
    until: str | None = None


class ActorRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A known actor; country is ISO alpha-3, ``codes`` hold its CAMEO code and PLOVER sector; unknown is null.

    ``affiliation`` is the body that it last belonged to; ``ties`` and ``terms`` say what was when. ``marks`` tell of
    media whose they are: state, party, independent, agency.
    """

    id: str
    name: str
    kind: str
    country: str | None = None
    affiliation: str | None = None
    codes: dict[str, str] = {}
    aliases: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    """Names that mean it only in a text about its country: "NSA" is the New Syrian Army in one about Syria."""
    ties: tuple[Tie, ...] = ()
    terms: tuple[Term, ...] = ()
    marks: tuple[str, ...] = ()
    stands_for: str | None = None
    """The state's body that this one is: "USA/defence-ministry" of the Pentagon."""
    source: str = FIELD


class ActorDescription(msgspec.Struct, frozen=True):
    """What a phrase without a name tells of an actor; ``affiliation`` is the backer in "Iran-backed"."""

    label: str
    kind: str
    country: str | None = None
    affiliation: str | None = None
    codes: dict[str, str] = {}
    private: bool = False


class Body(msgspec.Struct, frozen=True):
    """A body that every state has, or a kind of unnamed actor: the words that name it, and what they tell."""

    key: str
    label: str
    kind: str
    sector: str
    words: tuple[str, ...]
    private: bool = False
    parent: str | None = None
    """The body above this one in every state."""


class Office(msgspec.Struct, frozen=True):
    """An office that many states or groups have; ``body`` is the key of the state's body that its holder heads."""

    key: str
    label: str
    kind: str
    sector: str
    body: str | None
    words: tuple[str, ...]


class Base(msgspec.Struct, frozen=True):
    """The compiled content of the files."""

    records: tuple[ActorRecord, ...]
    bodies: tuple[Body, ...]
    agents: tuple[Body, ...]
    offices: tuple[Office, ...] = ()
    plain: dict[str, int] = {}
    folded: dict[str, int] = {}
    """Index of the record by each name, in plain and in folded letters."""
    shared: dict[str, tuple[int, ...]] = {}
    """Further records of a plain name that actors of several countries share: "ISF", "NLA"."""


_PLOVER = {"MED": "JRN", "HLH": "MED"}
"""Where PLOVER's sector is not CAMEO's role: the media are JRN, and MED is medical."""


def codes(sector: str, country: str | None) -> dict[str, str]:
    """The codes of an actor by its CAMEO role: CAMEO's code (country and role) and PLOVER's sector."""
    return {"cameo": f"{country or ''}{sector}", "plover": _PLOVER.get(sector, sector)}


def role(coded: dict[str, str]) -> str:
    """The CAMEO role that PLOVER's sector of some codes stands for; empty where there is none."""
    back = {plover: cameo for cameo, plover in _PLOVER.items()}
    return back.get(coded.get("plover", ""), coded.get("plover", ""))


def span(text: str) -> tuple[str | None, str | None]:
    """``FROM/UNTIL`` as its two dates: null where a side is empty, ``..`` where it is open.

    Raises ``ValueError`` on anything else, on a date that is none, and where the second lies before the first.
    """
    first, slash, last = text.strip().partition("/")
    if not slash:
        raise ValueError("no slash between two dates")
    for side in (first, last):
        if side not in ("", "..") and not _SPAN_DATE.fullmatch(side):
            raise ValueError(f"{side} is no date")
        if side not in ("", ".."):
            bounds(side)
    if first not in ("", "..") and last not in ("", "..") and bounds(first)[0] > bounds(last)[1]:
        raise ValueError("the end is before the beginning")
    return (None if first in ("", "..") else first), (last or None)


def bounds(text: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day. Raises ``ValueError`` where there is no such day."""
    numbers = [int(part) for part in text.split("-")]
    first = date(numbers[0], *(numbers[1:] or [1]), *([1] if len(numbers) < 3 else []))
    if len(numbers) == 3:
        return first, first
    after = (
        date(first.year + 1, 1, 1) if len(numbers) == 1 or first.month == 12 else date(first.year, first.month + 1, 1)
    )
    return first, after - timedelta(days=1)


def holds(one: Tie | Term, on: date) -> bool | None:
    """Whether a tie or a term holds on a day: true, false, or null where its dates do not tell."""
    sure = True
    if one.since is None:
        sure = False
    else:
        first, last = bounds(one.since)
        if on < first:
            return False
        sure = on >= last
    if one.until == "..":
        return True if sure else None
    if one.until is None:
        return None
    first, last = bounds(one.until)
    if on > last:
        return False
    return True if sure and on <= first else None


def name_key(name: str) -> str:
    """The key of a name as written: plain letters of a Latin one; others keep their script, without marks and variants.

    Transliterated, "صفا" would be "SF".
    """
    letters = [c for c in name if c.isalpha()]
    if not letters or any(c <= LAST_LATIN for c in letters):
        return plain(name)
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare.translate(_VARIANTS)).split())
