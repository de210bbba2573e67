"""Templates of MUC-4 from an account and the names that the trained reader gives a role, by the table ``mapping.yaml``.

One event is at most one template, with date and place; names go to the event of which a mention stands nearest,
organisations to all.
Strings are words of the report; of an entity's mentions one is given, for a published score counts an entity as found
only where every mention that is given is one of the key's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sayso.evaluation.muc4.fillers import core, counted, mention, person
from sayso.evaluation.muc4.table import THING, table
from sayso.evaluation.muc4.template import ANYONE, Confidence, Days, Entity, Location, Role, Template
from sayso.knowledge.countries import countries
from sayso.model import Account, Actor, Event, Place
from sayso.reading.encoder.entities import Named

ROLE: Mapping[str, Role] = {
    "perp_ind": "PerpInd",
    "perp_org": "PerpOrg",
    "target": "Target",
    "victim": "Victim",
    "weapon": "Weapon",
}
"""The roles of the trained reader's head."""


class Cast(NamedTuple):
    """What the trained reader says of one report: names in roles, how sure it is of each organisation, the types."""

    names: tuple[Named, ...]
    certainty: Mapping[str, str]
    """By the words of an organisation."""
    types: Mapping[str, float]
    """The share of each incident type; of all that it does not name, nothing is known."""


def templates(account: Account, cast: Cast, *, dated: bool = True) -> tuple[Template, ...]:
    """The templates of an account, one for each event that MUC-4 asks for, in the account's order; equal ones once.

    Names without any such event make a template of the likeliest type. ``dated`` false gives no dates: the report's
    own is not known, and every day would be counted from a made-up one.
    """
    asked = {m.name for m in table().modalities}
    least = table().relevance.least
    reader = _Reader(account, cast, dated)
    kinds = {
        event.id: kind
        for event in account.events
        if event.modality in asked and (kind := incident_type(event, account.actors))
    }
    events = [event for event in account.events if cast.types.get(kinds.get(event.id, ""), 0.0) >= least]
    if not events:
        best = max(cast.types, key=lambda kind: cast.types[kind], default=None)
        if best is None or not cast.names or cast.types[best] < least:
            return ()
        return (reader.template(None, best, cast.names),)
    nearest = _by_event(events, cast.names)
    found: list[Template] = []
    for event in events:
        made = reader.template(event, kinds[event.id], nearest.get(event.id, ()))
        if made not in found:
            found.append(made)
    return tuple(found)


def _by_event(events: Sequence[Event], names: Sequence[Named]) -> dict[str, list[Named]]:
    """The names of each event: those that stand nearest to one of its mentions; the keys repeat organisations."""
    found: dict[str, list[Named]] = {}
    for one in names:
        if ROLE[one.role] == "PerpOrg":
            for event in events:
                found.setdefault(event.id, []).append(one)
            continue
        near = min(
            (
                min(abs(mention.start - filler.start) for mention in event.mentions for filler in one.fillers),
                n,
                event.id,
            )
            for n, event in enumerate(events)
        )
        found.setdefault(near[2], []).append(one)
    return found


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

    def __init__(self, account: Account, cast: Cast, dated: bool) -> None:
        self._account = account
        self._cast = cast
        self._dated = dated
        self._actors = {a.id: a for a in account.actors}
        self._places = {p.id: p for p in account.places}

    def template(self, event: Event | None, kind: str, names: Sequence[Named]) -> Template:
        """The template of one event with the names that are its own."""
        roles: dict[Role, list[str]] = {}
        for one in names:
            roles.setdefault(ROLE[one.role], []).append(core(one.words))
        if event is not None and (people := self._people(event)):
            roles[ANYONE] = people
        organisations = [one for one in names if ROLE[one.role] == "PerpOrg"]
        return Template(
            types=(kind,),
            roles={role: _entities(words) for role, words in roles.items() if words},
            days=self._days(event) if event is not None else self._report_day(),
            locations=self._locations(event) if event is not None else (),
            confidence=tuple(
                Confidence((core(one.words),), frozenset({self._cast.certainty[one.words]})) for one in organisations
            ),
        )

    def _people(self, event: Event) -> list[str]:
        """People that were hit, named or not."""
        found = []
        for recipient in event.recipients:
            actor = self._actors[recipient] if isinstance(recipient, str) else None
            if actor is None or actor.kind == "facility":
                continue
            words = core(mention(actor.spans))
            if any(map(str.isalpha, words)):
                found.append(person(actor) or counted(words))
        return found

    def _report_day(self) -> tuple[Days, ...]:
        return (Days(None, self._account.report.published[:10]),) if self._dated else ()

    def _days(self, event: Event) -> tuple[Days, ...]:
        """The days of an event; without any, on or before that of the report, as the keys have it."""
        time = event.time
        if not self._dated or time is None:
            return self._report_day()
        if time.end is None:
            return (Days(time.start[:10] if time.start else None, self._account.report.published[:10]),)
        return (Days(time.start[:10] if time.start else None, time.end[:10]),)

    def _locations(self, event: Event) -> tuple[Location, ...]:
        place = self._places.get(event.place or "")
        if place is None or place.country is None:
            return ()
        name = countries()[place.country].name if place.country in countries() else place.country
        return (Location(name, _levels(place)),)


def _entities(words: Sequence[str]) -> tuple[Entity, ...]:
    return tuple(Entity((text,)) for text in dict.fromkeys(words))


def _levels(place: Place) -> tuple[str, ...]:
    """The place and what it lies in, below the country; none where it is the country itself."""
    if place.kind == "country":
        return ()
    wider = (place.admin1,) if place.admin1 and place.admin1 != place.name else ()
    return (*wider, place.name)
