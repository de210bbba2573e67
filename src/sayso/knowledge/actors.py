"""The actor base: who is behind a name, and what a description ("Iran-backed militia groups") tells of an actor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

import msgspec

from sayso.knowledge.countries import countries, country_names, demonyms
from sayso.knowledge.names import fold, plain

ACRONYM_LETTERS = 3
LEAST_FOLDED = 6
"""Letters that a folded name must have to count: short names and acronyms are compared as they are written."""


class ActorRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A known actor; country is ISO alpha-3, ``codes`` hold its CAMEO code and PLOVER sector; unknown is null."""

    id: str
    name: str
    kind: str
    country: str | None = None
    affiliation: str | None = None
    codes: dict[str, str] = {}
    aliases: tuple[str, ...] = ()
    office: str | None = None
    since: int | None = None
    until: int | None = None
    source: str = "common knowledge"


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


class Base(msgspec.Struct, frozen=True):
    """The compiled content of the YAML files."""

    records: tuple[ActorRecord, ...]
    bodies: tuple[Body, ...]
    agents: tuple[Body, ...]
    plain: dict[str, int] = {}
    folded: dict[str, int] = {}
    """Index of the record by each name, in plain and in folded letters."""


_ARTICLE = re.compile(
    r"^(?:the|a|an|some|several|many|its|their|his|her|our|two|three|four|five|at least|suspected|alleged) ", re.I
)
_OF = re.compile(r"^(?P<body>.+) (?:of|in) (?:the )?(?P<country>.+?)$")
_BACKED = re.compile(
    r"(?P<who>[\w.]+)-(?:backed|led|aligned|linked|allied|supported|sponsored|funded|trained|affiliated)\b"
)
SPEAKS_FOR = frozenset(("spokesperson", "sources"))
_SPEAKS_FOR = re.compile(r" (?:for|at|in|from|of|within|inside|close to) (.+)$")
_TAIL = re.compile(
    r"(?:,.*| (?:for|at|of|in|from|who|which|that|with|near|close|linked|loyal|backed|on|by|and|including|to|affiliated"
    r"|containing|positioned|treating|carrying|among|between|next|inside|around|targeting|distributed|led|belonging|held"
    r"|riding)\b.*)$"
)
_MODIFIER = re.compile(r"[- ](?:linked|affiliated|aligned|inspired|held|run|backed|led)\b", re.I)
_OPENINGS = frozenset(
    ["the", "a", "an", "suspected", "alleged", "several", "some", "two", "three", "four", "five", "dozens", "of"]
)
_OFFICES = frozenset(("military", "police", "government", "intelligence"))


def codes(sector: str, country: str | None) -> dict[str, str]:
    """CAMEO's code (country and role) and PLOVER's sector."""
    return {"cameo": f"{country or ''}{sector}", "plover": sector}


class ActorBase:
    """Look-up of actors by any usual spelling of their name, and of descriptions by pattern."""

    def __init__(self, base: Base) -> None:
        self.records = base.records
        self._plain = {name: base.records[i] for name, i in base.plain.items()}
        self._folded = {key: base.records[i] for key, i in base.folded.items()}
        self._bodies = {plain(w): body for body in base.bodies for w in body.words}
        self._body = {body.key: body for body in base.bodies}
        self._agents = _by_words(base.agents)
        self._longest = max(len(k.split()) for k in self._agents)

    @staticmethod
    @lru_cache(maxsize=1)
    def open() -> ActorBase:
        """The base that ships with sayso, read once."""
        data = files("sayso.knowledge.data").joinpath("actors.json").read_bytes()
        return ActorBase(msgspec.json.decode(data, type=Base))

    def named(self, name: str) -> ActorRecord | None:
        """The listed actor of exactly this name, marks and case apart; no composed bodies, no other spellings."""
        return self._plain.get(plain(name))

    def lookup(self, name: str) -> ActorRecord | None:
        """The actor of this name in any usual spelling, with or without an article; null where none is known."""
        key = _bare(name)
        if not key:
            return None
        found = self._plain.get(key) or self._plain.get(f"the {key}")
        if found is None:
            folded = fold(key if key.isascii() and name.isascii() else name)
            found = self._folded.get(folded) if len(folded) >= LEAST_FOLDED else None
        return found or self._state_body(name, key)

    def describe(self, phrase: str) -> ActorDescription | None:
        """What a phrase tells of an unnamed actor by its head words; null where no pattern fits."""
        full = _lower(phrase)
        head = _TAIL.sub("", full)
        agent = self._agent(head) or self._titled(phrase) or self._agent(full)
        if agent is None:
            return None
        if agent.key in SPEAKS_FOR and (body := _SPEAKS_FOR.search(full)):
            agent = self._speaker(agent, self._agent(_TAIL.sub("", body[1])))
        group = self._group_in(phrase)
        if agent.key == "members" and group is not None:
            agent = msgspec.structs.replace(agent, kind=group.kind, sector=group.codes.get("plover", agent.sector))
        country = _country_in(_BACKED.sub(" ", full)) or (group.country if group is not None else None)
        return ActorDescription(
            label=agent.label,
            kind=agent.kind,
            country=country,
            affiliation=group.name if group is not None else _backer(full),
            codes=codes(agent.sector, country) if agent.sector else {},
            private=agent.private,
        )

    def _group_in(self, phrase: str) -> ActorRecord | None:
        """The known actor whose name begins the phrase: "IS fighters", "al-Qaida linked militants"."""
        words = [w for w in _MODIFIER.sub(" ", phrase).split() if w.lower() not in _OPENINGS]
        for count in range(min(5, len(words) - 1), 0, -1):
            name = " ".join(words[:count])
            if name[:1].isupper() or "-" in name:
                record = self._plain.get(plain(name))
                if record is not None and record.kind != "media":
                    return record
        return None

    def _titled(self, phrase: str) -> Body | None:
        """A rank or office before a person's name: "Lieutenant General A B", "King C"."""
        words = phrase.split()
        for count in range(min(4, len(words) - 1), 0, -1):
            agent = self._agents.get(_lower(" ".join(words[:count])))
            if agent is not None and agent.kind in _OFFICES and all(w[:1].isupper() or "-" in w for w in words[count:]):
                return agent
        return None

    @staticmethod
    def _speaker(agent: Body, body: Body | None) -> Body:
        """A spokesman stays one, with the codes of the body; a source is of the body's own kind."""
        if body is None:
            return agent
        if agent.key == "spokesperson":
            return msgspec.structs.replace(agent, sector=body.sector)
        return msgspec.structs.replace(body, private=agent.private)

    def _agent(self, head: str) -> Body | None:
        words = head.split()
        for start in range(max(0, len(words) - self._longest), len(words)):
            found = self._agents.get(" ".join(words[start:]))
            if found is not None:
                return found
        return None

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
            code = demonyms().get(first) or country_names().get(first)
            body = self._bodies.get(rest)
            if code and body:
                return self._of_state(code, body)
        of = _OF.match(key)
        if of and (code := country_names().get(of["country"])) and (body := self._bodies.get(of["body"])):
            return self._of_state(code, body)
        return None

    def _of_state(self, code: str, body: Body) -> ActorRecord:
        country = countries()[code]
        if body.key == "state":
            return ActorRecord(f"state:{code}", country.name, "state", code, codes=codes("GOV", code))
        adjective = country.demonyms[0] if country.demonyms else country.name
        name = f"{adjective} {body.label}"
        known = self._plain.get(plain(name))
        if known is not None:
            return known
        return ActorRecord(f"state:{code}/{body.key}", name, body.kind, code, country.name, codes(body.sector, code))


def _backer(text: str) -> str | None:
    """The country or body before "-backed", as a name: "US", "Iran"."""
    found = _BACKED.search(text)
    if found is None:
        return None
    return found["who"].upper() if len(found["who"]) <= ACRONYM_LETTERS else found["who"].capitalize()


def _by_words(agents: Iterable[Body]) -> dict[str, Body]:
    found: dict[str, Body] = {}
    for agent in agents:
        for words in agent.words:
            found.setdefault(_lower(words), agent)
    return found


def _lower(text: str) -> str:
    return " ".join(re.sub(r"[^\w' .-]", " ", text.replace("’", "'").lower()).replace("u.s.", "us").split()).strip(" .")


def _bare(name: str) -> str:
    text = re.sub(r"\((?:[A-Z]{2,8}|[^)]*)\)", " ", name).strip()
    lower = plain(text)
    return _ARTICLE.sub("", lower) if " " in lower else lower


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    return {plain(c.capital): c.code for c in sorted(countries().values(), key=lambda c: c.population) if c.capital}


def _capital(key: str) -> str | None:
    return _capitals().get(key)


def _country_in(text: str) -> str | None:
    words = [w.removesuffix("'s") for w in text.replace("-", " ").split()]
    for size in (2, 1):
        for i in range(len(words) - size + 1):
            part = plain(" ".join(words[i : i + size]))
            code = demonyms().get(part) or country_names().get(part)
            if code:
                return code
    return None
