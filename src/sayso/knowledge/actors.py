"""The actor base: who is behind a name, and what a description ("Iran-backed militia groups") tells of an actor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from sayso.knowledge.actor_records import (
    PART_OF,
    ActorDescription,
    ActorRecord,
    Base,
    Body,
    Term,
    Tie,
    codes,
    holds,
    name_key,
)
from sayso.knowledge.countries import countries, country_names, demonyms
from sayso.knowledge.descriptions import Descriptions
from sayso.knowledge.names import fold, plain

if TYPE_CHECKING:
    from sayso.knowledge.offices import Offices

CACHED = 8192
"""Names whose answer is kept: reports repeat theirs."""

LEAST_FOLDED = 6
"""Letters that a folded name must have to count: short names and acronyms are compared as they are written."""


_ARTICLE = re.compile(
    r"^(?:the|a|an|some|several|many|its|their|his|her|our|two|three|four|five|at least|suspected|alleged) ", re.I
)
_COMMON = re.compile(r"(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat) [a-z]+")
"""A common noun, whatever paper or acronym is written so: "the site", "a map"."""

_OF = re.compile(r" (?:of|in) (?:the )?")
_LIST = re.compile(r"\s*(?:[,;]|\band\b)\s*")


class ActorBase:
    """Look-up of actors by any usual spelling of their name, of descriptions by pattern, and of who was what when."""

    def __init__(self, base: Base) -> None:
        self.records = base.records
        self._plain = base.plain
        self._folded = base.folded
        self._shared = base.shared
        self._bodies = {plain(w): body for body in base.bodies for w in body.words}
        self._body = {body.key: body for body in base.bodies}
        self._stands = {r.stands_for: r for r in base.records if r.stands_for}
        self._descriptions = Descriptions(base.agents, self.named)
        self._found = lru_cache(maxsize=CACHED)(self._look_up)
        self._described = lru_cache(maxsize=CACHED)(self._descriptions.describe)
        self._ids: dict[str, ActorRecord] = {}
        self._back: dict[str, list[tuple[str, str]]] = {}
        self._offices: Offices | None = None
        self._office_words = base.offices

    @staticmethod
    @lru_cache(maxsize=1)
    def open() -> ActorBase:
        """The base that ships with sayso, read once."""
        data = files("sayso.knowledge.data").joinpath("actors.json").read_bytes()
        return ActorBase(msgspec.json.decode(data, type=Base))

    def named(self, name: str) -> ActorRecord | None:
        """The listed actor of exactly this name, marks and case apart; no composed bodies, no other spellings."""
        return self._at(name_key(name))

    def _at(self, key: str) -> ActorRecord | None:
        index = self._plain.get(key)
        return None if index is None else self.records[index]

    def get(self, identity: str) -> ActorRecord | None:
        """The record of an id, composed ones ("state:SYR/army") too; null where there is none."""
        if not self._ids:
            self._ids = {r.id: r for r in self.records}
        found = self._ids.get(identity)
        if found is None and identity.startswith("state:"):
            code, _, key = identity.removeprefix("state:").partition("/")
            body = self._body.get(key or "state")
            found = self._of_state(code, body) if body and code in countries() else None
        return found

    def lookup(self, name: str, country: str | None = None) -> ActorRecord | None:
        """The actor of this name in any usual spelling, with or without an article; null where none is known.

        ``country`` (alpha-3) is the one that the text is about: of actors that share a name ("ISF"), its own is meant.
        """
        return self._found(name, country)

    def _look_up(self, name: str, country: str | None) -> ActorRecord | None:
        full, key = name_key(name), _bare(name)
        if not key or (_COMMON.fullmatch(name) and full not in self._plain):
            return None
        if full in self._plain or full in self._shared:
            key = full
        found = self._at(key) or self._at(f"the {key}")
        if country is not None and (found is None or found.country != country):
            found = next((r for i in self._shared.get(key, ()) if (r := self.records[i]).country == country), found)
        if found is None:
            folded = fold(key if key.isascii() and name.isascii() else name)
            if len(folded) >= LEAST_FOLDED and folded in self._folded:
                found = self.records[self._folded[folded]]
        return found or self._state_body(name, key) or self.offices.titled(key)

    def parties(self, text: str, country: str | None = None) -> tuple[ActorRecord, ...]:
        """All actors of a list of names ("HTS, Southern Front"), or the one of a name that holds a comma.

        Empty where one of them is not known.
        """
        whole = self.lookup(text, country)
        if whole is not None:
            return (whole,)
        found = [self.lookup(part, country) for part in _LIST.split(text) if part.strip()]
        return tuple(r for r in found if r is not None) if all(found) else ()

    def resolve(self, name: str, country: str | None = None) -> ActorRecord | ActorDescription | None:
        """The actor of a name, or what the words describe where they name nobody."""
        return self.lookup(name, country) or self.describe(name)

    @property
    def offices(self) -> Offices:
        """Who held which office when."""
        if self._offices is None:
            from sayso.knowledge.offices import Offices

            self._offices = Offices(self.records, self._office_words)
        return self._offices

    def holder(self, office: str, country: str, on: date) -> ActorRecord | None:
        """Who held an office ("defence minister") of a country (alpha-3) on a day; null where unknown or unsure."""
        return self.offices.holder(office, country, on)

    def office(self, person: ActorRecord, on: date) -> Term | None:
        """The office that a person held on a day; null where none is known."""
        return self.offices.term(person, on)

    def who(self, phrase: str, on: date, country: str | None = None) -> ActorRecord | None:
        """Whom a title means on a day: "the Syrian defence minister", "President Assad"; null where unsure.

        ``country`` (alpha-3) is the one that the text is about, where the phrase names none.
        """
        return self.offices.who(_bare(phrase), on, country)

    def affiliation(self, record: ActorRecord, on: date) -> ActorRecord | None:
        """The body that an actor belonged to on a day; null where it belonged to none, or the dates do not tell.

        A person's is that of his office.
        """
        if (term := self.office(record, on)) is not None:
            return self.get(term.body)
        return next((self.get(t.body) for t in _holding(record.ties, on) if t.relation == PART_OF), None)

    def as_of(self, record: ActorRecord, on: date) -> ActorRecord:
        """The record as it was on a day: kind, codes and affiliation of the office then held or the body then above it.

        Where the dates do not tell, it stays as it is, without an affiliation.
        """
        from sayso.knowledge.offices import in_office

        if (term := self.office(record, on)) is not None:
            return in_office(record, term, self._office_words, self.get(term.body))
        body = self.affiliation(record, on)
        return msgspec.structs.replace(record, affiliation=body.name if body is not None else None)

    def related(self, record: ActorRecord) -> tuple[tuple[str, ActorRecord], ...]:
        """Actors that are not this one but belong with it, each with its relation.

        ``part_of`` gives the chain upwards (unit, army, ministry, state); ``renamed`` and ``formerly`` one body under
        two names; ``backed_by``, ``split_from`` and ``related`` what they say.
        """
        found: dict[str, tuple[str, ActorRecord]] = {}
        above: ActorRecord | None = record
        while above is not None:
            above = self._parent(above)
            if above is None or above.id in found:
                break
            found[above.id] = (PART_OF, above)
        for relation, identity in [*((t.relation, t.body) for t in record.ties), *self._pointing(record.id)]:
            other = self.get(identity)
            if other is not None and other.id != record.id:
                found.setdefault(other.id, (relation, other))
        return tuple(found.values())

    def _parent(self, record: ActorRecord) -> ActorRecord | None:
        ties = [t.body for t in record.ties if t.relation == PART_OF] or [t.body for t in record.terms[-1:]]
        if ties:
            return self.get(ties[-1])
        place = record.stands_for or (record.id.removeprefix("state:") if record.id.startswith("state:") else "")
        code, _, key = place.partition("/")
        body = self._body.get(key)
        return self._of_state(code, self._body[body.parent]) if body is not None and body.parent else None

    def _pointing(self, identity: str) -> list[tuple[str, str]]:
        """The ties of others to this actor that count both ways."""
        if not self._back:
            back = {"renamed": "formerly", "related": "related"}
            for r in self.records:
                for t in r.ties:
                    if t.relation in back:
                        self._back.setdefault(t.body, []).append((back[t.relation], r.id))
        return self._back.get(identity, [])

    def describe(self, phrase: str) -> ActorDescription | None:
        """What a phrase tells of an unnamed actor by its head words; null where no pattern fits."""
        return self._described(phrase)

    def _state_body(self, name: str, key: str) -> ActorRecord | None:
        code = country_names().get(key) or _capital(key)
        if code is not None:
            return self._of_state(code, self._body["state"])
        possessive = re.match(r"^(?P<country>.+?)(?:['’]s?) (?P<body>.+)$", name.strip())
        if possessive:
            code = country_names().get(plain(possessive["country"])) or _capital(plain(possessive["country"]))
            body = self._bodies.get(plain(possessive["body"]))
            return self._of_state(code, body) if code and body else None
        words = key.split()
        for cut in range(1, min(4, len(words))):
            first, rest = " ".join(words[:cut]), " ".join(words[cut:])
            code = demonyms().get(first) or country_names().get(first) or _capital(first)
            body = self._bodies.get(rest)
            if code and body:
                return self._of_state(code, body)
        for of in _OF.finditer(key):
            code, body = country_names().get(key[of.end() :]), self._bodies.get(key[: of.start()])
            if code and body:
                return self._of_state(code, body)
        return None

    def _of_state(self, code: str, body: Body) -> ActorRecord:
        standing = self._stands.get(f"{code}/{body.key}")
        if standing is not None:
            return standing
        country = countries()[code]
        if body.key == "state":
            return ActorRecord(f"state:{code}", country.name, "state", code, codes={"cameo": code, "plover": "GOV"})
        adjective = country.demonyms[0] if country.demonyms else country.name
        name = f"{adjective} {body.label}"
        known = self._at(plain(name))
        if known is not None:
            return known
        identity = f"state:{code}/{body.key}"
        return ActorRecord(identity, name, body.kind, code, country.name, codes(body.sector, code))


def _holding(ties: Iterable[Tie], on: date) -> list[Tie]:
    """Those that hold on a day, the sure ones first, then the later ones; those that surely do not are left out."""
    held = [(holds(t, on), t) for t in ties]
    return [t for h, t in sorted(held, key=lambda x: (x[0] is True, x[1].since or ""), reverse=True) if h is not False]


def _bare(name: str) -> str:
    text = re.sub(r"\((?:[A-Z]{2,8}|[^)]*)\)", " ", name).strip()
    lower = name_key(text)
    return _ARTICLE.sub("", lower) if " " in lower else lower


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    return {plain(c.capital): c.code for c in sorted(countries().values(), key=lambda c: c.population) if c.capital}


def _capital(key: str) -> str | None:
    return _capitals().get(key)
