"""Derives the table of armed groups from PETRARCH 2's dictionary of militarised non-state actors (MIT licence)."""

from __future__ import annotations

import re
from pathlib import Path

from sayso.knowledge.countries import countries, country_names, demonyms
from sayso.knowledge.names import plain

COLUMNS = ("name", "country", "aliases")

_HEAD = re.compile(r"^([^+#\[\]]+?)\s*\[(\w+)")
_ACRONYM = re.compile(r"\(([^)]+)\)")
SMALL = frozenset(
    (
        *(
            "of",
            "the",
            "for",
            "and",
            "in",
            "on",
            "to",
            "de",
            "la",
            "del",
            "el",
            "al",
            "las",
            "los",
            "y",
            "e",
            "da",
            "do",
        ),
        *("des", "du", "et"),
    )
)

NO_NAMES = frozenset(
    (
        *("youth", "zero", "falcon", "organization", "boogeymen", "paradise", "machete", "mavericks", "emetic"),
        *("yahweh", "tigers", "muhammed", "marxist leninist"),
    )
)
"""Single words of the dictionary that name nothing by themselves."""


def groups(dictionary: Path) -> list[tuple[str, str, str]]:
    """Name, ISO alpha-3 country (empty where many) and aliases joined by ``|``, in the order of the file."""
    found: list[tuple[str, str, list[str]]] = []
    known = set(countries())
    for line in dictionary.read_text("utf-8", "replace").splitlines():
        head = _HEAD.match(line)
        if head:
            country = head[2][:3]
            found.append((head[1], country if country in known else "", []))
        elif line.startswith("+") and found:
            found[-1][2].append(line[1:].split("#")[0])
    return [(names[0], country, "|".join(names[1:])) for raw, country, more in found if (names := _names([raw, *more]))]


def _names(raw: list[str]) -> list[str]:
    names: list[str] = []
    for text in raw:
        words = text.replace("_", " ").replace("+", " ").strip()
        names += [_cased(_ACRONYM.sub(" ", words)), *(a for a in _ACRONYM.findall(words) if a.isupper() and len(a) > 2)]
    return [n for n in dict.fromkeys(names) if len(n) > 2 and _names_something(n)]


def _names_something(name: str) -> bool:
    """Whether a name could only mean a group: no number, no country (the dictionary's note of where), no plain word."""
    key = plain(name)
    return not (key.replace(" ", "").isdigit() or key in country_names() or key in demonyms() or key in NO_NAMES)


def _cased(text: str) -> str:
    words = text.lower().split()
    return " ".join(
        w if i and w in SMALL else "-".join(p.capitalize() for p in w.split("-")) for i, w in enumerate(words)
    )
