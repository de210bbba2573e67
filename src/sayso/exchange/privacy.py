"""The names of private persons (victims, witnesses) out of what is exported.

An actor that the reading marked as private is shown as "a private person", and its name is taken out of quoted words.
This is a help, not a promise: a name that the reading did not find stays in the words.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec
from sqlalchemy.engine import Connection

from sayso.incidents.features import PRIVATE, hidden
from sayso.knowledge.countries import countries
from sayso.ledger.keys import actor_key
from sayso.ledger.write import read_account
from sayso.model import Account, Actor
from sayso.reading.dictionary import is_word
from sayso.reading.recase import is_capitals

__all__ = ["PRIVATE", "Names", "private_names"]

_TITLES = frozenset({"Abu", "Col", "Dr", "Gen", "Haj", "Lt", "Miss", "Mr", "Mrs", "Ms", "Sgt", "Sheikh", "The", "Umm"})
_NAME = re.compile(r"(?<!\w)[^\W\d_a-z][\w’'-]+")


class Names(msgspec.Struct, frozen=True):
    """The private persons of one report: their keys in the ledger, and what their names look like in its words."""

    keys: frozenset[str]
    pattern: re.Pattern[str] | None

    def out_of(self, text: str | None) -> str | None:
        """The text with each such name, or run of its parts, replaced."""
        return text if text is None or self.pattern is None else self.pattern.sub(PRIVATE, text)


def private_names(connection: Connection, report_id: str) -> Names:
    """The names of a report's private persons, from its account."""
    account = read_account(connection, report_id)
    if account is None:
        return Names(frozenset(), None)
    keys = {actor_key(actor, report_id, account.report.text): actor for actor in account.actors if actor.private}
    named = {key: actor for key, actor in keys.items() if hidden(actor.private, key, report_id)}
    parts = {part for actor in named.values() for words in _words(actor) for part in _NAME.findall(words)}
    if any(is_capitals(span.text, 1) for actor in named.values() for span in actor.spans):
        # In a text in capitals every word looks like a name; what the reading gave mixed case tells the names.
        shown = {part.upper() for actor in named.values() for part in _NAME.findall(actor.name)}
        parts = {part for part in parts if part in shown or not part.isupper() or not is_word(part.lower())} | shown
    # A description names places and others: "a resident of Raqqa", "a Russian's brother".
    parts = {part for part in parts if _bare(part) not in _known(account) and _bare(part) not in _TITLES}
    if not parts:
        return Names(frozenset(named), None)
    one = "|".join(re.escape(part) for part in sorted(parts, key=lambda part: (-len(part), part)))
    return Names(frozenset(named), re.compile(rf"(?<!\w)(?:{one})(?:[ ](?:{one}))*(?!\w)"))


def _words(actor: Actor) -> list[str]:
    return [actor.name, *(span.text for span in actor.spans)]


def _bare(part: str) -> str:
    return re.sub(r"['’]s?$", "", part)


def _known(account: Account) -> set[str]:
    """Capitalised words that name something else than a private person."""
    names = [place.name for place in account.places] + [place.span.text for place in account.places]
    names += [words for actor in account.actors if not actor.private for words in _words(actor)]
    return {_bare(part) for name in names for part in _NAME.findall(name)} | _countries()


@cache
def _countries() -> frozenset[str]:
    names = {name for country in countries().values() for name in (*country.names, *country.demonyms)}
    return frozenset(part for name in names for part in _NAME.findall(name))
