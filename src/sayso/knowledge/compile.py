"""Compiles the reviewable actor files into one JSON file that loads fast: ``python -m sayso.knowledge.compile``."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from sayso.errors import SaysoError
from sayso.knowledge.actors import LEAST_FOLDED, ActorRecord, Base, Body, codes
from sayso.knowledge.data import load_csv, load_yaml
from sayso.knowledge.names import fold, plain

FILES = ("groups", "military", "igos", "monitors", "ngos", "opposition", "media")
"""In order of precedence: an alias that two actors share is the earlier one's."""


def compiled() -> bytes:
    """The actor base as JSON; the same files give the same bytes. Raises ``SaysoError`` S354 on a bad entry."""
    records = [r for name in FILES for r in _records(f"actors/{name}.yaml")]
    records += _leaders()
    records += _listed(records)
    by_plain, by_folded = _indexes(records)
    bodies, agents = tuple(_bodies("state_bodies.yaml")), tuple(_bodies("agents.yaml"))
    base = Base(tuple(records), bodies, agents, by_plain, by_folded)
    return msgspec.json.format(msgspec.json.encode(base), indent=0) + b"\n"


def _indexes(records: list[ActorRecord]) -> tuple[dict[str, int], dict[str, int]]:
    by_plain: dict[str, int] = {}
    by_folded: dict[str, int] = {}
    for index, record in enumerate(records):
        for name in (record.name, *record.aliases):
            by_plain.setdefault(plain(name), index)
            key = fold(name)
            if len(key) >= LEAST_FOLDED:
                by_folded.setdefault(key, index)
    return by_plain, by_folded


def _records(path: str) -> Iterator[ActorRecord]:
    for slug, row in load_yaml(path).items():
        yield _record(path, str(slug), row)


def _record(path: str, slug: str, row: dict[str, Any]) -> ActorRecord:
    try:
        country = row.get("country")
        return ActorRecord(
            id=f"actor:{slug}",
            name=row["name"],
            kind=row["kind"],
            country=country,
            affiliation=row.get("affiliation"),
            codes=codes(row["sector"], country),
            aliases=tuple(str(a) for a in row.get("aliases", ())),
            office=row.get("office"),
            since=row.get("from"),
            until=row.get("to"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise SaysoError("S354", path=path, entry=slug, why=f"{type(error).__name__} {error}") from error


def _leaders() -> list[ActorRecord]:
    return [_record("leaders.yaml", slug, row) for slug, row in load_yaml("leaders.yaml").items()]


def _listed(known: list[ActorRecord]) -> Iterator[ActorRecord]:
    """Groups of PETRARCH 2's list that the YAML files do not name."""
    taken = {plain(n) for r in known for n in (r.name, *r.aliases)}
    for row in load_csv("armed_groups.csv"):
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        free = [n for n in names if plain(n) not in taken]
        if len(free) < len(names) or not free:
            continue
        country = row["country"] or None
        slug = plain(row["name"]).replace(" ", "-")
        yield ActorRecord(
            id=f"actor:{slug}", name=row["name"], kind="rebel", country=country, codes=codes("REB", country),
            aliases=tuple(names[1:]), source="PETRARCH 2 dictionaries (MIT)",
        )  # fmt: skip
        taken.update(map(plain, names))


def _bodies(path: str) -> Iterator[Body]:
    for key, row in load_yaml(path).items():
        yield Body(key, row["label"], row["kind"], row["sector"], tuple(row["words"]), bool(row.get("private", False)))


def main() -> None:
    """Writes actors.json beside the YAML files."""
    Path(str(files("sayso.knowledge.data").joinpath("actors.json"))).write_bytes(compiled())


if __name__ == "__main__":
    main()
