"""Who carries whose text: for an original its carriers, for a report those whose paragraphs it repeats."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.ledger import schema

MOST_COPIED = 20_000
"""How many copied paragraphs are looked at for one page at most."""


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it is named in a list of carriers; ``agencies`` are those that its dateline names."""

    id: str
    publisher: str | None
    published: str
    agencies: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    """Through whom it quotes others: "the ministry said, SANA reported"."""


class Carrier(msgspec.Struct, frozen=True, kw_only=True):
    """A report that repeats paragraphs of an original."""

    report: Outlet
    paragraphs: tuple[int, ...]
    """Their numbers in the carrier's text, from 1."""
    share: float
    """The part of the carrier's words that lies in them, 0 to 1."""
    near_copy: bool
    """Whether the report as a whole counts as a near-copy of that original."""


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """One text with those that carry it, the earliest first; ``more`` is how many are left out."""

    original: Outlet
    carriers: tuple[Carrier, ...]
    more: int = 0

    @property
    def number(self) -> int:
        """How many reports carry it."""
        return len(self.carriers) + self.more


def texts_of(connection: Connection, reports: Sequence[str], most: int = 20) -> list[Text]:
    """The texts that these reports carry, the most carried first, each with ``most`` of those that do."""
    c = schema.copied_paragraphs.c
    rows = []
    for at in range(0, len(reports), 500):
        rows += _copied(connection, c.report_id.in_(reports[at : at + 500]))
    return _texts(connection, rows, most)


def carriers_of(connection: Connection, report_id: str, most: int = 20) -> Text | None:
    """Who carries paragraphs that began in this report; ``None`` where nobody does."""
    found = _texts(connection, _copied(connection, schema.copied_paragraphs.c.root_id == report_id), most)
    return found[0] if found else None


def originals_of(connection: Connection, report_id: str) -> list[Text]:
    """Whose paragraphs this report repeats; each text has the report as its only carrier."""
    return texts_of(connection, [report_id])


def _copied(connection: Connection, where: sa.ColumnElement[bool]) -> list[Any]:
    c = schema.copied_paragraphs.c
    query = sa.select(c.report_id, c.root_id, c.number, c.words).where(where).limit(MOST_COPIED)
    return list(connection.execute(query))


def _texts(connection: Connection, rows: Sequence[Any], most: int) -> list[Text]:
    copied: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        copied[row.root_id][row.report_id].append((row.number, row.words))
    facts = _facts(connection, {*copied, *(report for carried in copied.values() for report in carried)})
    via = _via(connection, facts)
    found = []
    for root, carried in copied.items():
        carriers = sorted(carried, key=lambda report: (facts[report].published, report))
        shown = tuple(_carrier(facts[report], via[report], root, carried[report]) for report in carriers[:most])
        found.append(Text(original=_outlet(facts[root], via[root]), carriers=shown, more=len(carriers) - len(shown)))
    return sorted(found, key=lambda text: (-text.number, text.original.published, text.original.id))


def _carrier(row: Any, via: set[str], root: str, copied: Sequence[tuple[int, int]]) -> Carrier:
    share = min(1.0, sum(words for _, words in copied) / row.words)
    numbers = tuple(sorted({number for number, _ in copied}))
    return Carrier(report=_outlet(row, via), paragraphs=numbers, share=share, near_copy=row.copy_of == root)


def _outlet(row: Any, via: set[str]) -> Outlet:
    named = tuple(json.loads(row.agencies or "[]"))
    return Outlet(
        id=row.id, publisher=row.publisher, published=row.published, agencies=named, via=tuple(sorted(via - set(named)))
    )


def _via(connection: Connection, reports: Iterable[str]) -> dict[str, set[str]]:
    c, a = schema.claims.c, schema.actors.c
    found: dict[str, set[str]] = defaultdict(set)
    ids = sorted(reports)
    query = sa.select(c.report_id, a.name).join(schema.actors, a.id == c.via_id).where(a.private.is_(False)).distinct()
    for at in range(0, len(ids), 500):
        for report, name in connection.execute(query.where(c.report_id.in_(ids[at : at + 500]))):
            found[report].add(name)
    return found


def _facts(connection: Connection, reports: set[str]) -> dict[str, Any]:
    r, s = schema.reports.c, schema.signatures.c
    query = sa.select(
        r.id, r.publisher, r.published, r.agencies, r.copy_of, sa.func.coalesce(s.words, 1).label("words")
    )
    query = query.outerjoin(schema.signatures, s.report_id == r.id)
    found = {}
    ids = sorted(reports)
    for at in range(0, len(ids), 500):
        for row in connection.execute(query.where(r.id.in_(ids[at : at + 500]))):
            found[row.id] = row
    return found
