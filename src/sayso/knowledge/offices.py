"""Who held which office when, and whom a title ("the defence minister", "President Assad") means on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from sayso.knowledge.actor_records import ActorRecord, Office, Term, codes, holds
from sayso.knowledge.countries import country_names, demonyms
from sayso.knowledge.names import ARTICLES, plain

TITLE = "title"
"""The key of ranks and forms of address, which tell no office."""

LONGEST = 5
"""Words of the longest country name, office or surname that is looked for."""

_PAST = frozenset(("former", "ex", "late", "then", "outgoing", "ousted", "deposed", "onetime"))
_SMALL = ARTICLES | {"bin", "ben", "bint", "abu", "abdel", "abdul", "de", "van", "von", "ibn"}


class Offices:
    """The terms of all persons of the base, by office and by surname."""

    def __init__(self, records: Iterable[ActorRecord], offices: Iterable[Office]) -> None:
        self._offices = tuple(offices)
        self._keys = {plain(w): office.key for office in self._offices for w in office.words}
        self._terms: dict[tuple[str, str | None], list[tuple[Term, ActorRecord]]] = {}
        self._surnames: dict[str, list[ActorRecord]] = {}
        self._full: dict[str, ActorRecord] = {}
        for record in records:
            for term in record.terms:
                self._terms.setdefault((term.office, term.country), []).append((term, record))
            if record.terms:
                names = [plain(name) for name in (record.name, *record.aliases)]
                self._full.update((name, record) for name in names if " " in _without_articles(name))
                for key in {k for name in names for k in _surnames(name)}:
                    self._surnames.setdefault(key, []).append(record)

    def key(self, office: str) -> str | None:
        """The key of an office from any of its words: "secretary of defense" is "defence-minister"."""
        return self._keys.get(plain(office).removeprefix("the "))

    def holder(self, office: str, country: str | None, on: date) -> ActorRecord | None:
        """Who held an office of a country on a day; null where nobody is known, or two fit equally."""
        key = self.key(office) or plain(office).replace(" ", "-")
        held = [(holds(t, on), t.since or "", r) for t, r in self._terms.get((key, country), ())]
        sure = sorted(((since, r) for h, since, r in held if h), key=lambda pair: pair[0])
        if sure:
            # On the day of a change both held it: the one who came is meant.
            return sure[-1][1]
        maybe = {r.id: r for h, _, r in held if h is None}
        return next(iter(maybe.values())) if len(maybe) == 1 else None

    def term(self, person: ActorRecord, on: date) -> Term | None:
        """The office that a person held on a day, the later of two; null where none is known or none is sure."""
        sure = [t for t in person.terms if holds(t, on)]
        maybe = [t for t in person.terms if holds(t, on) is None]
        if sure:
            return max(sure, key=lambda t: t.since or "")
        return maybe[0] if len(maybe) == 1 else None

    def who(self, phrase: str, on: date, country: str | None = None) -> ActorRecord | None:
        """Whom a phrase in plain letters without article means on a day; ``country`` where the phrase names none."""
        named, office, rest, past = self._parts(phrase)
        if rest:
            return self._person(rest, office, named or country, on, past)
        if office is None or office == TITLE or past:
            return None
        return self.holder(office, named or country, on)

    def titled(self, phrase: str) -> ActorRecord | None:
        """The one person whom a title with a name can mean at any time: "Syrian President Bashar al-Assad"."""
        words = phrase.split()
        for start in range(1, len(words) - 1):
            found = self._full.get(" ".join(words[start:]))
            if found is not None and any(
                " ".join(words[i:j]) in self._keys for i in range(start) for j in range(i + 1, start + 1)
            ):
                return found
        country, office, rest, _ = self._parts(phrase)
        found = self._person(rest, office, country, None, True) if office is not None and rest else None
        term = next((t for t in found.terms if t.office == office and t.country), None) if found is not None else None
        return in_office(found, term, self._offices, None) if found is not None and term is not None else found

    def _parts(self, phrase: str) -> tuple[str | None, str | None, str, bool]:
        """Country, office, what is left (the name), and whether the office is said to be past."""
        words = phrase.split()
        past = bool(words) and words[0] in _PAST
        words = words[past:]
        country, words = _country(words)
        if words and words[0] in _PAST:
            past, words = True, words[1:]
        office = None
        for count in range(min(LONGEST, len(words)), 0, -1):
            office = self._keys.get(" ".join(words[:count]))
            if office is not None:
                words = words[count:]
                break
        if office is not None and words[:1] == ["of"]:
            named, words = _country([w for w in words[1:] if w != "the"])
            country = named or country
        return country, office, " ".join(words), past

    def _person(
        self, name: str, office: str | None, country: str | None, on: date | None, past: bool
    ) -> ActorRecord | None:
        full = plain(name)
        if full in self._full:
            return self._full[full]
        if " " in _without_articles(full):
            return None
        found = [r for key in _surnames(full) for r in self._surnames.get(key, ())]
        called = [r for r in found if full in map(plain, r.aliases)]
        for some in (called, found):
            fit = [r for r in some if self._can_be(r, office, country, on, past)]
            if len(fit) == 1:
                return fit[0]
        return None

    def _can_be(
        self, record: ActorRecord, office: str | None, country: str | None, on: date | None, past: bool
    ) -> bool:
        """Whether the office, the country and the day that a text gives fit a person."""
        if country is not None and record.country not in (country, None):
            return False
        if office is None or office == TITLE:
            return on is None or past or self.term(record, on) is not None
        return any(t.office == office and (on is None or _fits(t, on, past)) for t in record.terms)


def in_office(record: ActorRecord, term: Term, offices: Iterable[Office], body: ActorRecord | None) -> ActorRecord:
    """A person as one who holds an office: of the kind and with the codes of the state's office, or of his body."""
    office = next((o for o in offices if o.key == term.office), None)
    if term.country is not None and office is not None:
        record = msgspec.structs.replace(record, kind=office.kind, codes=codes(office.sector, record.country))
    elif body is not None:
        record = msgspec.structs.replace(record, kind=body.kind, codes=body.codes)
    return msgspec.structs.replace(record, affiliation=term.name)


def _fits(term: Term, on: date, past: bool) -> bool:
    return (term.since is None or term.since <= on.isoformat()) if past else holds(term, on) is not False


def _country(words: list[str]) -> tuple[str | None, list[str]]:
    """The country that the words begin with, by name or adjective, and the words after it."""
    for count in range(min(LONGEST, len(words)), 0, -1):
        first = " ".join(words[:count])
        for name in (first, first.removesuffix("s")):
            code = demonyms().get(name) or country_names().get(name)
            if code is not None:
                return code, words[count:]
    return None, words


def _surnames(name: str) -> list[str]:
    """What a person with this name in plain letters is called for short: the last word."""
    return name.split()[-1:]


def _without_articles(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0] in _SMALL:
        words = words[1:]
    return " ".join(words)
