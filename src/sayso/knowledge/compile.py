"""Compiles the reviewable actor files into one JSON file that loads fast: ``python -m sayso.knowledge.compile``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from sayso.errors import SaysoError
from sayso.knowledge.actor_records import (
    FIELD,
    PART_OF,
    RELATIONS,
    ActorRecord,
    Base,
    Body,
    Office,
    Term,
    Tie,
    codes,
    name_key,
    span,
)
from sayso.knowledge.actors import LEAST_FOLDED, ActorBase
from sayso.knowledge.countries import countries, country_names
from sayso.knowledge.data import load_csv, load_yaml
from sayso.knowledge.names import fold, plain
from sayso.knowledge.offices import in_office
from sayso.vocabulary import load

FILES = ("groups", "military", "igos", "monitors", "ngos", "opposition", "media")
"""In order of precedence: a name that actors of two countries share is the earlier one's where no country tells."""

MARKS = frozenset(("state", "party", "independent", "agency"))
"""Whose a news organisation is, and whether it is an agency."""

_RELATION = {"affiliation": PART_OF} | {r: r for r in RELATIONS if r != PART_OF}
"""The relation of each field that names another actor."""

_PLAIN_FIELDS = {
    "name",
    "kind",
    "sector",
    "country",
    "aliases",
    "marks",
    "stands_for",
    "cameo",
    "source",
    "held",
    "local",
}
_FIELDS = _PLAIN_FIELDS | set(_RELATION)
_ENTRY = re.compile(r'^"?([\w-]+)"?:', re.M)
_DATED = re.compile(r"^(?P<name>.+?), (?P<dates>[\d.-]*/[\d.-]*)$")

Rows = dict[str, dict[str, Any]]


def compiled() -> bytes:
    """The actor base as JSON; the same files give the same bytes.

    Raises ``SaysoError`` on a bad entry (S354), an unknown affiliation (S355), affiliations that run in a circle
    (S356), a name that two entries have (S357) and on bad dates (S358).
    """
    paths = [*(f"actors/{name}.yaml" for name in FILES), "leaders.yaml"]
    for path in paths:
        _no_entry_twice(path)
    sources = {path: load_yaml(path) for path in paths}
    return msgspec.json.format(msgspec.json.encode(base_of(sources, load_csv("armed_groups.csv"))), indent=0) + b"\n"


def text_of(path: str) -> str:
    """A data file as it is written."""
    return files("sayso.knowledge.data").joinpath(path).read_text("utf-8")


def _no_entry_twice(path: str) -> None:
    """YAML itself would keep the last of two entries without a word."""
    seen: set[str] = set()
    for found in _ENTRY.finditer(text_of(path)):
        if found[1] in seen:
            raise SaysoError("S354", path=path, entry=found[1], why="listed twice")
        seen.add(found[1])


def base_of(sources: dict[str, Rows], listed: list[dict[str, str]]) -> Base:
    """The base of some files' entries (slug → fields), and of the table of listed groups; raises as ``compiled``."""
    offices = tuple(Office(k, r["label"], r["kind"], r["sector"], r["body"], tuple(r["words"]))
                    for k, r in load_yaml("offices.yaml").items())  # fmt: skip
    entries = [
        (path, str(slug), row)
        for path, rows in sources.items()
        for slug, row in rows.items()
        if not str(slug).startswith("_")
    ]
    notes = {path: str(rows.get("_source", FIELD)) for path, rows in sources.items()}
    records = [_record(path, slug, row, notes[path]) for path, slug, row in entries]
    _no_name_twice(entries)
    records += _listed(listed, records)
    bodies, agents = tuple(_bodies("state_bodies.yaml")), tuple(_bodies("agents.yaml"))
    base = Base(tuple(records), bodies, agents, offices, *_indexes(records))
    known = ActorBase(base)
    tied = [_tied(known, record, *entry, offices) for record, entry in zip(records, entries, strict=False)]
    _no_circle(tied, entries)
    return msgspec.structs.replace(base, records=(*tied, *records[len(tied) :]))


def _indexes(records: list[ActorRecord]) -> tuple[dict[str, int], dict[str, int], dict[str, tuple[int, ...]]]:
    by_plain: dict[str, int] = {}
    by_folded: dict[str, int] = {}
    shared: dict[str, tuple[int, ...]] = {}
    for index, record in enumerate(records):
        for name in (record.name, *record.aliases):
            key = name_key(name)
            if by_plain.setdefault(key, index) != index and index not in shared.get(key, ()):
                shared[key] = (*shared.get(key, ()), index)
            folded = fold(name)
            if len(folded) >= LEAST_FOLDED:
                by_folded.setdefault(folded, index)
        for name in record.local:
            shared[name_key(name)] = (*shared.get(name_key(name), ()), index)
    return by_plain, by_folded, shared


def _record(path: str, slug: str, row: dict[str, Any], source: str = FIELD) -> ActorRecord:
    """The record of an entry, without its ties to others."""
    try:
        country, sector, kind = row.get("country"), row.get("sector", ""), row.get("kind", "")
        known = set(load("actor_kinds"))
        wrong = [
            *(f"no field {f}" for f in row if f not in _FIELDS),
            *([f"no kind {kind}"] if kind not in known and "held" not in row else []),
            *([f"no country {country}"] if country and country not in countries() else []),
            *(f"no mark {m}" for m in row.get("marks", ()) if m not in MARKS),
            *(["no sector"] if not sector and "held" not in row else []),
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        coded = codes(sector, country)
        return ActorRecord(
            id=f"actor:{slug}",
            name=row["name"],
            kind=kind,
            country=country,
            codes=coded | ({"cameo": row["cameo"]} if "cameo" in row else {}),
            aliases=tuple(str(a) for a in row.get("aliases", ())),
            local=tuple(str(a) for a in row.get("local", ())),
            marks=tuple(row.get("marks", ())),
            stands_for=f"{country}/{row['stands_for']}" if "stands_for" in row else None,
            source=row.get("source", source),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise SaysoError("S354", path=path, entry=slug, why=f"{type(error).__name__} {error}") from error


def _no_name_twice(entries: list[tuple[str, str, dict[str, Any]]]) -> None:
    """Within a country a name means one actor; actors of different countries may share one."""
    seen: dict[tuple[str, str | None], str] = {}
    for path, slug, row in entries:
        own: set[str] = set()
        for name in (row["name"], *row.get("aliases", ()), *row.get("local", ())):
            key = str(name).strip()
            if plain(key) in country_names():
                raise SaysoError("S357", path=path, entry=slug, name=name, other="a country")
            other = seen.setdefault((name_key(key), row.get("country")), slug)
            if other != slug or key in own:
                raise SaysoError("S357", path=path, entry=slug, name=name, other=other)
            own.add(key)


def _tied(
    known: ActorBase, record: ActorRecord, path: str, slug: str, row: dict[str, Any], offices: tuple[Office, ...]
) -> ActorRecord:
    """The record with what it belongs to and holds."""
    ties = [
        _tie(known, relation, text, path, slug)
        for field, relation in _RELATION.items()
        for text in ([row[field]] if isinstance(row.get(field), str) else row.get(field, ()))
    ]
    terms = [_term(known, str(text), record.country, path, slug, offices) for text in row.get("held", ())]
    last = next((t.name for t in reversed(ties) if t.relation == PART_OF), terms[-1].name if terms else None)
    new = msgspec.structs.replace(record, ties=tuple(ties), terms=tuple(terms), affiliation=last)
    return in_office(new, terms[-1], offices, known.get(terms[-1].body)) if terms and not record.kind else new


def _tie(known: ActorBase, relation: str, text: str, path: str, slug: str) -> Tie:
    name, dates = _dated(text, path, slug)
    other = known.lookup(name)
    if other is None:
        raise SaysoError("S355", path=path, entry=slug, target=name)
    return Tie(relation, other.id, other.name, *dates)


def _term(known: ActorBase, text: str, country: str | None, path: str, slug: str, offices: tuple[Office, ...]) -> Term:
    """``OFFICE[ of BODY], FROM/UNTIL``: the body of a state's office is that state's where none is given."""
    words, dates = _dated(text, path, slug)
    key = known.offices.key(words)
    home = next((o.body for o in offices if o.key == key), None)
    body = known.get(f"state:{country}/{home}") if home else None
    if key is not None and body is not None:
        return Term(key, body.id, body.name, country, *dates)
    for of in re.finditer(" of ", words):
        body = known.lookup(words[of.end() :])
        if body is not None:
            office = known.offices.key(words[: of.start()]) or plain(words[: of.start()]).replace(" ", "-")
            return Term(office, body.id, body.name, None, *dates)
    raise SaysoError("S355", path=path, entry=slug, target=words)


def _dated(text: str, path: str, slug: str) -> tuple[str, tuple[str | None, str | None]]:
    found = _DATED.match(text)
    if found is None:
        return text, (None, None)
    try:
        return found["name"], span(found["dates"])
    except ValueError as error:
        raise SaysoError("S358", path=path, entry=slug, value=found["dates"], why=error) from error


def _no_circle(records: list[ActorRecord], entries: list[tuple[str, str, dict[str, Any]]]) -> None:
    """No actor may belong to itself, however many bodies lie between."""
    above = {r.id: [t.body for t in r.ties if t.relation == PART_OF] for r in records}
    done: set[str] = set()

    def climb(identity: str, way: tuple[str, ...]) -> tuple[str, ...] | None:
        if identity in way:
            return (*way[way.index(identity) :], identity)
        if identity in done:
            return None
        circle = next((c for body in above.get(identity, ()) if (c := climb(body, (*way, identity)))), None)
        done.add(identity)
        return circle

    for record, (path, slug, _) in zip(records, entries, strict=True):
        circle = climb(record.id, ())
        if circle:
            raise SaysoError("S356", path=path, entry=slug, circle=" → ".join(circle))


def _listed(rows: list[dict[str, str]], known: list[ActorRecord]) -> Iterator[ActorRecord]:
    """Groups of PETRARCH 2's list that the YAML files do not name."""
    taken = {name_key(n) for r in known for n in (r.name, *r.aliases)}
    for number, row in enumerate(rows, start=2):
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        if any(name_key(n) in taken for n in names):
            continue
        country = row["country"] or None
        if country and country not in countries():
            raise SaysoError("S354", path="armed_groups.csv", entry=f"row {number}", why=f"no country {country}")
        slug = plain(row["name"]).replace(" ", "-")
        yield ActorRecord(
            id=f"actor:{slug}", name=row["name"], kind="rebel", country=country, codes=codes("REB", country),
            aliases=tuple(names[1:]), source="PETRARCH 2 dictionaries (MIT)",
        )  # fmt: skip
        taken.update(map(name_key, names))


def _bodies(path: str) -> Iterator[Body]:
    for key, row in load_yaml(path).items():
        private, parent = bool(row.get("private", False)), row.get("parent")
        yield Body(key, row["label"], row["kind"], row["sector"], tuple(row["words"]), private, parent)


def main() -> None:
    """Writes actors.json beside the YAML files."""
    Path(str(files("sayso.knowledge.data").joinpath("actors.json"))).write_bytes(compiled())


if __name__ == "__main__":
    main()
