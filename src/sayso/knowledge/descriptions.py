"""What a phrase tells of an actor whom it does not name: "Iran-backed militia groups", "sources close to Hezbollah"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from sayso.knowledge.actor_records import ActorDescription, ActorRecord, Body, codes, role
from sayso.knowledge.countries import countries, country_names, demonyms
from sayso.knowledge.names import plain

ACRONYM_LETTERS = 3
SPEAKS_FOR = frozenset(("spokesperson", "sources"))

OF_THE_GROUP = frozenset(("members", "warplanes", "staff", "government", "military", "militia", "rebels", "sources"))
"""Kinds of unnamed actors who are of the kind of the group that the phrase names: "UN officials", "SDF forces"."""

_OWN_KIND = frozenset(("rebel", "militia", "igo", "ngo", "coalition", "criminal", "intelligence", "police", "monitor"))
_LEADERS = frozenset(("leader", "leaders"))
"""Those of a country govern it; those of a group are its members."""

_STAFF = frozenset(("workers", "worker", "employees", "employee", "volunteers", "volunteer", "staff"))

_BACKED = re.compile(
    r"(?P<who>[\w.]+)-(?:backed|led|aligned|linked|allied|supported|sponsored|funded|trained|affiliated|controlled)\b",
    re.I,
)
_PRO = re.compile(r"\bpro-(?P<who>[\w.]+)", re.I)
_ELSEWHERE = re.compile(
    f"{_BACKED.pattern}|{_PRO.pattern.replace('who', 'pro')}|\\banti-[\\w.]+|\\bethnic [\\w-]+", re.I
)
"""Words of a country that is not the actor's own."""

_NO_SIDE = frozenset(("government", "regime", "democracy", "independence", "opposition", "reform"))
_SPEAKS_FOR = re.compile(r" (?:for|at|in|from|of|within|inside|close to|near) (.+)$")
_TAIL = re.compile(
    r"(?:,.*| (?:for|at|of|in|from|who|which|that|with|near|close|linked|loyal|backed|on|by|and|including|to|affiliated"
    r"|containing|positioned|treating|carrying|among|between|next|inside|around|targeting|distributed|led|belonging|held"
    r"|riding)\b.*)$"
)
_MODIFIER = re.compile(r"[- ](?:linked|affiliated|aligned|inspired|held|run|backed|led)\b", re.I)
_RUN = re.compile(r"-(?:run|held|controlled|linked)\b", re.I)
_OPENINGS = frozenset(
    ("the", "a", "an", "suspected", "alleged", "several", "some", "two", "three", "four", "five", "dozens", "of")
)
_RANKS = frozenset(("senior", "top", "unidentified", "unnamed", "former", "local"))
_OFFICES = frozenset(("military", "police", "government", "intelligence"))

Find = Callable[[str], "ActorRecord | None"]


class Descriptions:
    """Reads phrases by their head words; ``named`` finds listed actors by their exact names."""

    def __init__(self, agents: Iterable[Body], named: Find) -> None:
        self._agents = _by_words(agents)
        self._longest = max(len(k.split()) for k in self._agents)
        self._named = named

    def describe(self, phrase: str) -> ActorDescription | None:
        """What a phrase tells of an unnamed actor by its head words; null where no pattern fits."""
        full = _lower(phrase)
        head = _TAIL.sub("", full)
        agent = self._agent(head) or self._titled(phrase) or self._in_the_tail(full)
        if agent is None:
            return _nationals(phrase, head) if not full.startswith(f"{head} and ") else None
        group = self._group_in(phrase)
        if agent.key in SPEAKS_FOR and (body := _SPEAKS_FOR.search(" ".join(phrase.split()))):
            agent = self._speaker(agent, self._agent(_TAIL.sub("", _lower(body[1]))))
            group = group or self._whole(body[1])
        if group is not None and not _RUN.search(phrase):
            agent = _of_group(agent, group, head.split()[-1])
        backer = None if group is not None else self._backer(phrase)
        plainly = _ELSEWHERE.sub(" ", phrase)
        country = _country_in(plainly) or (group.country if group is not None else None)
        if agent.key == "members" and group is None and country is not None and head.split()[-1] in _LEADERS:
            agent = msgspec.structs.replace(agent, kind="government", sector="GOV")
        return ActorDescription(
            label=agent.label,
            kind=agent.kind,
            country=country,
            affiliation=group.name if group is not None else backer,
            codes=codes(agent.sector, country) if agent.sector else {},
            private=agent.private,
        )

    def _in_the_tail(self, full: str) -> Body | None:
        """An agent that ends the whole phrase; not a place, which "control of the town" only mentions."""
        agent = self._agent(full)
        return agent if agent is not None and agent.kind != "facility" else None

    def _group_in(self, phrase: str) -> ActorRecord | None:
        """The known actor whose name begins the phrase: "IS fighters", "al-Qaida linked militants"."""
        for text in (phrase, _MODIFIER.sub(" ", phrase)):
            words = [w for w in text.split() if w.lower() not in _OPENINGS | _RANKS]
            for count in range(min(5, len(words) - 1), 0, -1):
                name = " ".join(words[:count])
                if name[:1].isupper() or "-" in name:
                    record = self._named(name.removesuffix("'s").removesuffix("’s"))
                    if record is not None and record.kind != "media" and not record.terms:
                        return record
        return None

    def _whole(self, text: str) -> ActorRecord | None:
        words = [w for w in text.split() if w.lower() not in _OPENINGS | _RANKS]
        record = self._named(" ".join(words)) if words else None
        return record if record is not None and not record.terms else None

    def _backer(self, phrase: str) -> str | None:
        """The country or body before "-backed" or after "pro-", as a name: "US", "Iran"; a people is none."""
        found = _BACKED.search(phrase) or _PRO.search(phrase)
        if found is None or found["who"].lower() in _NO_SIDE:
            return None
        who = found["who"]
        country = country_names().get(plain(who)) or demonyms().get(plain(who))
        if country is not None:
            return who.upper() if len(who) <= ACRONYM_LETTERS else countries()[country].name
        record = self._named(who)
        return (record.affiliation if record.terms else record.name) if record is not None else None

    def _titled(self, phrase: str) -> Body | None:
        """A rank or office before a person's name: "Lieutenant General A B", "Algerian President C D"."""
        words = phrase.split()
        for count in range(len(words) - 1, 0, -1):
            if not (words[count][:1].isupper() or "-" in words[count]):
                break
            agent = self._agent(_lower(" ".join(words[:count])))
            if agent is not None and agent.kind in _OFFICES:
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


def _of_group(agent: Body, group: ActorRecord, last: str) -> Body:
    """The agent as one of the group that the phrase names."""
    sector = role(group.codes) or agent.sector
    if agent.key == "spokesperson":
        return msgspec.structs.replace(agent, sector=sector)
    if agent.key == "members" or (group.kind in _OWN_KIND and (agent.key in OF_THE_GROUP or last in _STAFF)):
        return msgspec.structs.replace(agent, kind=group.kind, sector=sector, private=False)
    return agent


def _nationals(phrase: str, head: str) -> ActorDescription | None:
    """The people of a country: "four Palestinians"; what they are besides, the words do not tell."""
    last = head.split()[-1:]
    if not last or plain(last[0]) not in demonyms():
        return None
    country = demonyms()[plain(last[0])]
    known = phrase[:1].isupper() or any(w[:1].isupper() for w in phrase.split())
    return ActorDescription("nationals", "person", country, codes={"cameo": country}) if known else None


def _by_words(agents: Iterable[Body]) -> dict[str, Body]:
    found: dict[str, Body] = {}
    for agent in agents:
        for words in agent.words:
            found.setdefault(_lower(words), agent)
    return found


def _lower(text: str) -> str:
    return " ".join(re.sub(r"[^\w' .-]", " ", text.replace("’", "'").lower()).replace("u.s.", "us").split()).strip(" .")


def _country_in(text: str) -> str | None:
    """The country that a name or an adjective in the text tells; three letters or fewer count in capitals only."""
    words = [w.strip('.,;:()"“”') for w in text.replace("’", "'").replace("-", " ").split()]
    words = [w.removesuffix("'s") for w in words]
    for size in (2, 1):
        for i in range(len(words) - size + 1):
            raw = " ".join(words[i : i + size])
            part = plain(raw)
            code = demonyms().get(part) or country_names().get(part)
            if code and (len(part) > ACRONYM_LETTERS or raw[:1].isupper()):
                return code
    return None
