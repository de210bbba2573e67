"""What the statuses rest on: each claim on an incident, with who makes it; and when two speakers count as one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.features import PRIVATE, chunks, hidden
from sayso.incidents.origins import Origins
from sayso.ledger import schema
from sayso.ledger.keys import fold

_OFFICIAL = frozenset({"state", "government", "military", "police", "intelligence", "spokesperson", "person"})
_BODIES = frozenset({"state", "government", "military", "police", "intelligence"})
_DETERMINERS = frozenset({"The", "A", "An", "One", "Two", "Some", "Several", "Many", "Much"})
_WITH_ARTICLE = frozenset({"EU", "Kremlin", "Observatory", "Pentagon", "Taliban", "UAE", "UK", "UN", "US"})
_SINGULAR = frozenset({"States", "Nations", "Netherlands", "Philippines", "Times", "News", "Affairs"})
_NO_AGENCY = (None, "", "[]")
_PERSONS = frozenset({"person", "spokesperson", "civilian"})
_COUNTED = frozenset({"killed", "injured"})


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who makes a claim: an actor of the ledger."""

    key: str
    name: str
    kind: str | None = None
    country: str | None = None
    affiliation: str | None = None
    private: bool = False

    @property
    def shown(self) -> str:
        """The name as a sentence gives it; never that of a private person."""
        if self.private:
            return PRIVATE
        words = self.name.split()
        if words[0] in ("The", "A", "An", "One", "Some"):
            return f"{words[0].lower()} {' '.join(words[1:])}".strip()
        if self.name in _WITH_ARTICLE:
            return f"the {self.name}"
        # "Syrian army", "Army of Conquest"; but not "Dalia Ghanem Yazbeck of the Carnegie Center", who is a person.
        common = len(words) > 1 and (words[-1].islower() or bool({"of", "for"} & set(words[1:3])))
        bare = words[0][:1].isupper() and words[0] not in _DETERMINERS and not words[0].endswith(("'s", "’s"))
        return f"the {self.name}" if common and bare and self.kind not in {*_PERSONS, "media"} else self.name

    @property
    def plural(self) -> bool:
        """Whether a verb after the name is a plural: "officials deny", "the ministry denies"."""
        if self.private:
            return False
        head = re.split(r" (?:of|for|in|at|from|on) ", self.name)[0].split()[-1]
        return head.endswith("s") and not head.endswith(("ss", "us", "is", "'s", "’s")) and head not in _SINGULAR

    @property
    def rank(self) -> int:
        """Named people first, then named bodies, then what is only described."""
        if self.private or self.name.lower().startswith(("a ", "an ")):
            return 2
        return 0 if self.kind in _PERSONS or self.affiliation else 1

    @property
    def identities(self) -> frozenset[str]:
        """What it shares with the other voices of its organisation: key, folded name, folded affiliation."""
        return _identities(self.key, self.name, self.affiliation or "")


@lru_cache(maxsize=65_536)
def _identities(key: str, name: str, affiliation: str) -> frozenset[str]:
    return frozenset({key, fold(name), fold(affiliation), affiliation} - {""})


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One claim on an incident; ``voice`` null is the narration of its report."""

    slot: str
    stance: str
    voice: Voice | None
    report_id: str
    copy_root: str = ""
    """The report where the paragraph of these words began, or the report itself."""
    publisher: str | None = None
    """Whose words they are: the publisher, or the agency that the dateline names; of copied words, the original's."""
    value: str | None = None
    normalised: Any = None
    published: str = ""
    outlet: str | None = None
    """Who published the report itself, a copy's carrier too; its title where no publisher is known."""
    claim: str = ""
    words: str = ""
    """The claim's id and its exact words."""
    carrier: str | None = None
    """Who published the report itself; null where no publisher is known. Never a title, which may name somebody."""
    credits: str | None = None
    """The agency that the report's own dateline names."""
    original: str | None = None
    """Who publishes ``copy_root``, or the agency that its dateline names: whose voice a narration counts as."""

    @property
    def source(self) -> str:
        """Whose words a narration is: the agency or publisher by its key, or the report where neither is known."""
        return teller(self.publisher or "") or self.copy_root or self.report_id

    @property
    def independent_source(self) -> str:
        """Whose voice a narration counts as: that of the text, even where a carrier changed a figure in it."""
        return teller(self.original or self.publisher or "") or self.copy_root or self.report_id


def _agency(agencies: str | None) -> str | None:
    # Most reports name none.
    return None if agencies in _NO_AGENCY else next(iter(msgspec.json.decode(agencies or "[]")), None)


@cache
def teller(name: str) -> str:
    """The key of an outlet or agency, as speakers have one: "AFP" and "Agence France-Presse" are the same."""
    if not name:
        return ""
    from sayso.knowledge.actors import ActorBase

    known = ActorBase.open().named(name)
    return known.id if known is not None else fold(name)


_C, _R, _A = schema.claims.c, schema.reports.c, schema.actors.c
# Made once: it is asked with every report.
_CLAIMS = (
    sa.select(_R.published, _C.report_id, _C.evidence_start, _C.id, _C.event_id, _C.slot, _C.stance, _C.value)
    .add_columns(_C.normalised, _C.evidence, _R.publisher, _R.agencies, sa.func.coalesce(_R.publisher, _R.title))
    .add_columns(_A.id, _A.name, _A.kind, _A.country, _A.affiliation, _A.private)
    .join(schema.reports, _R.id == _C.report_id)
    .outerjoin(schema.actors, _A.id == _C.speaker_id)
    .where(_C.event_id.in_(sa.bindparam("events", expanding=True)))
)


def load_statements(connection: Connection, events: Mapping[str, str]) -> dict[str, list[Statement]]:
    """The claims on these events, by the incidents that ``events`` gives them, as they were published and told."""
    told: list[Any] = []
    for part in chunks(list(events)):
        told += connection.execute(_CLAIMS, {"events": part}).all()
    origins = Origins(connection, {row[1] for row in told})
    found: dict[str, list[Statement]] = defaultdict(list)
    # Sorted here: asked to sort, SQLite may walk all reports by date instead of the few claims that fit.
    for row in sorted(told, key=lambda row: row[:4]):
        found[events[row[4]]].append(_statement(row, origins))
    return found


def _statement(row: Any, origins: Origins) -> Statement:
    published, report, at, claim, _, slot, stance, value, normalised, words, publisher, agencies, outlet = row[:13]
    key = row[13]
    origin = origins.of(report, at, narrated=not key, number=value if slot in _COUNTED else None)
    agency = _agency(agencies)
    original = agency or publisher
    if origin.report != report:
        whose = origins.report(origin.report)
        original = _agency(whose["agencies"]) or whose["publisher"]
    return Statement(
        slot=slot,
        stance=stance,
        report_id=report,
        value=value,
        published=published,
        outlet=outlet,
        claim=claim,
        words=words,
        voice=_voice(key.startswith(f"{report}-"), hidden(row[18], key, report), *row[13:18]) if key else None,
        copy_root=origin.report,
        publisher=(agency or publisher) if origin.own else original,
        original=original,
        carrier=publisher,
        credits=agency,
        normalised=None if normalised is None else msgspec.json.decode(normalised),
    )


@lru_cache(maxsize=65_536)
def _voice(
    described: bool, private: bool, key: str, name: str, kind: str | None, country: str | None, affiliation: str | None
) -> Voice:
    # Who is only described is capital only at the start of a sentence: "Officials said".
    name = name[:1].lower() + name[1:] if described else name
    return Voice(key=key, name=name, kind=kind, country=country, affiliation=affiliation, private=private)


def voices(statements: Iterable[Statement]) -> list[Voice]:
    """The different speakers, narration left out; named people first, then in the order of the statements."""
    found = {s.voice.key: s.voice for s in statements if s.voice is not None}
    return sorted(found.values(), key=lambda voice: voice.rank)


def organisations(speakers: Sequence[Voice]) -> list[list[Voice]]:
    """The speakers in groups that count once: of one name, one affiliation or one knowledge-base entry, and the
    government, ministries and forces of one state."""
    groups: list[list[Voice]] = []
    group_of: dict[str, int] = {}
    for voice in speakers:
        known = set(voice.identities)
        if voice.kind in _BODIES and voice.country:
            known.add(f"state {voice.country}")
        met = sorted({group_of[identity] for identity in known if identity in group_of})
        target = met[0] if met else len(groups)
        if not met:
            groups.append([])
        for other in met[1:]:  # This voice shows that they are one.
            groups[target] += groups[other]
            groups[other] = []
            group_of.update({identity: target for identity, group in group_of.items() if group == other})
        groups[target].append(voice)
        group_of.update(dict.fromkeys(known, target))
    return [members for members in groups if members]


def one_side(one: Voice, two: Voice) -> bool:
    """Whether one speaks for the other: one organisation, or officials and forces of one state."""
    if one.identities & two.identities:
        return True
    if one.country is None or one.country != two.country:
        return False
    return one.kind in _OFFICIAL and two.kind in _BODIES
