"""The names of private persons, victims and witnesses, kept out of pages unless the ledger is served with them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.model import Account, Actor, Span
from sayso.web.textmarks import WITHHELD

PERSON = "a private person"


def names_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    """All the words by which the private persons among ``actors`` are called, the longest first.

    Descriptions without a capital ("a resident") name nobody and stay.
    """
    found = {words for actor in actors if actor.private for words in (actor.name, *(span.text for span in actor.spans))}
    return tuple(sorted((name for name in found if re.search(r"[^\W\d_]", name) and name != name.lower()), key=len))[::-1]


def withhold(text: str, names: Iterable[str]) -> str:
    """``text`` with each of the names replaced; what stands around them is untouched."""
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", WITHHELD, text, flags=re.IGNORECASE)
    return text


def spans_of(account: Account, names: Iterable[str]) -> list[Span]:
    """Where the names stand in the report's text."""
    text = account.report.text
    return [
        Span(match.start(), match.end(), match.group())
        for name in names
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags=re.IGNORECASE)
    ]
