"""Templates of MUC-4 from an account of sayso, by the table ``mapping.yaml``; the account is all that is looked at.

One event is at most one template. Strings are words of the report; of an entity's mentions one is given, for a
published score counts an entity as found only where every mention that is given is one of the key's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.evaluation.muc4.fillers import core, counted, mention, perpetrators, person
from sayso.evaluation.muc4.table import THING, table
from sayso.evaluation.muc4.template import ANYONE, Confidence, Days, Entity, Location, Role, Template
from sayso.knowledge.countries import countries
from sayso.model import Account, Actor, Attribution, Claim, Event, Place, Span

_LIST = re.compile(r"\s+and\s+|,\s*")


def templates(account: Account, *, dated: bool = True) -> tuple[Template, ...]:
    """The templates of an account, one for each event that MUC-4 asks for, in the account's order; equal ones once.

    ``dated`` false gives no dates: the report's own is not known, and every day would be counted from a made-up one.
    """
    asked = {m.name for m in table().modalities}
    reader = _Reader(account, dated)
    found: list[Template] = []
    for event in account.events:
        kind = incident_type(event, account.actors) if event.modality in asked else None
        made = reader.template(event, kind) if kind else None
        if made is not None and made not in found:
            found.append(made)
    return tuple(found)


def incident_type(event: Event, actors: Sequence[Actor] = ()) -> str | None:
    """The incident type of an event of these actors; null where MUC-4 does not ask for such events."""
    words = [w for span in event.mentions for w in span.text.lower().split()]
    for told in table().told_by_words:
        if event.type in told.of and any(w.startswith(told.beginnings) for w in words):
            return told.incident
    found = table().incidents.get(event.type)
    if found is None:
        return None
    kinds = {a.id: a.kind for a in actors}
    hit = {kinds.get(r) if isinstance(r, str) else THING for r in event.recipients}
    return found.incident if found.hits is None or hit & found.hits else None


class _Reader:
    """The templates of one account."""

    def __init__(self, account: Account, dated: bool) -> None:
        self._account = account
        self._dated = dated
        self._actors = {a.id: a for a in account.actors}
        self._places = {p.id: p for p in account.places}
        self._attributions = {a.id: a for a in account.attributions}

    def template(self, event: Event, kind: str) -> Template:
        """The template of one event."""
        individuals: list[str] = []
        organisations: dict[str, str] = {}
        for identity in event.initiators:
            people, bodies = perpetrators(self._actors[identity])
            individuals += people
            organisations |= {body: self._confidence(event, identity) for body in bodies}
        roles: dict[Role, list[str]] = {
            "PerpInd": individuals,
            "PerpOrg": list(organisations),
            "Weapon": self._weapons(event),
            **self._struck(event),
        }
        return Template(
            types=(kind,),
            roles={role: _entities(words) for role, words in roles.items() if words},
            days=self._days(event),
            locations=self._locations(event),
            confidence=tuple(Confidence((body,), frozenset({value})) for body, value in organisations.items()),
        )

    def _struck(self, event: Event) -> dict[Role, list[str]]:
        """People, named or not, and things that were hit."""
        found: dict[Role, list[str]] = {"Target": [], "Victim": [], ANYONE: []}
        for recipient in event.recipients:
            actor = self._actors[recipient] if isinstance(recipient, str) else None
            spans = (recipient,) if isinstance(recipient, Span) else self._actors[recipient].spans
            words = core(mention(spans))
            if not any(map(str.isalpha, words)):
                continue
            if actor is None or actor.kind == "facility":
                found["Target"].append(words)
            elif name := person(actor):
                found["Victim"].append(name)
                found[ANYONE].append(name)
            else:
                found[ANYONE].append(counted(words))
        return found

    def _weapons(self, event: Event) -> list[str]:
        """The event's weapon and those of all claims that do not deny it; "mortars and rifles" are two."""
        claimed = [
            c.value for c in self._account.claims if c.event == event.id and c.slot == "weapon" and c.stance != "denies"
        ]
        named = [event.weapon.text if event.weapon else None, *claimed]
        return list(dict.fromkeys(core(part) for words in named if words for part in _LIST.split(words)))

    def _days(self, event: Event) -> tuple[Days, ...]:
        """The days of an event; without any, on or before that of the report, as the keys have it."""
        if not self._dated:
            return ()
        today = self._account.report.published[:10]
        time = event.time
        if time is None or time.end is None:
            return (Days(time.start[:10] if time and time.start else None, today),)
        return (Days(time.start[:10] if time.start else None, time.end[:10]),)

    def _locations(self, event: Event) -> tuple[Location, ...]:
        place = self._places.get(event.place or "")
        if place is None or place.country is None:
            return ()
        name = countries()[place.country].name if place.country in countries() else place.country
        return (Location(name, _levels(place)),)

    def _confidence(self, event: Event, identity: str) -> str:
        """How sure the report is that this initiator did it: the value of the first row of the table that fits a claim.

        Where several claims name it, the surest; the table's last row fits every claim.
        """
        claims = [c for c in self._account.claims if c.event == event.id and c.slot == "initiator"]
        own = [c for c in claims if c.normalised == identity and c.stance != "denies"]
        values = [self._sure(c, identity) for c in own]
        order = {row.value: k for k, row in enumerate(table().confidence)}
        return min(values, key=order.__getitem__, default=table().confidence[-1].value)

    def _sure(self, claim: Claim, identity: str) -> str:
        speaker = self._speaker(claim, identity)
        cue = self._cue(claim)
        for row in table().confidence:
            if speaker in row.speakers and (not row.cues or any(w.startswith(row.cues) for w in cue)):
                return row.value
            if row.uncertain and claim.stance == "uncertain":
                return row.value
        return table().confidence[-1].value

    def _speaker(self, claim: Claim, identity: str) -> str:
        """Who speaks, as the table has it: self, authority, anyone or narration."""
        if claim.speaker is None:
            return "narration"
        speaker = self._actors.get(claim.speaker)
        if claim.speaker == identity or (speaker is not None and identity in speaker.related):
            return "self"
        return "authority" if speaker is not None and speaker.kind in table().authorities.words else "anyone"

    def _cue(self, claim: Claim) -> list[str]:
        found: Attribution | None = self._attributions.get(claim.attribution or "")
        return [w for span in found.cue for w in span.text.lower().split()] if found else []


def _entities(words: Sequence[str]) -> tuple[Entity, ...]:
    return tuple(Entity((text,)) for text in dict.fromkeys(words))


def _levels(place: Place) -> tuple[str, ...]:
    """The place and what it lies in, below the country; none where it is the country itself."""
    if place.kind == "country":
        return ()
    wider = (place.admin1,) if place.admin1 and place.admin1 != place.name else ()
    return (*wider, place.name)
