"""Where the words of a claim began: in its report, or in the earlier one whose paragraph it repeats."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.incidents.features import chunks
from sayso.ledger import schema
from sayso.ledger.paragraphs import words_of

Row = dict[str, Any]


class _Copied(msgspec.Struct, frozen=True):
    start: int
    end: int
    root: str
    root_start: int
    root_end: int


class _Report(msgspec.Struct, frozen=True):
    body_start: int
    copy_of: str | None
    compared: bool


class Origin(msgspec.Struct, frozen=True):
    """The report whose voice some words are, and whether they are the carrier's own words all the same."""

    report: str
    own: bool


class Origins:
    """The copied paragraphs of some reports, loaded at once."""

    def __init__(self, connection: Connection, reports: Collection[str]) -> None:
        self._connection = connection
        self._copied: dict[str, list[_Copied]] = defaultdict(list)
        self._reports: dict[str, _Report] = {}
        self._roots: dict[str, Row] = {}
        self._words: dict[tuple[str, int], frozenset[str]] = {}
        for part in chunks(sorted(reports)):
            self._load(part)
        self._load_roots()

    def of(self, report_id: str, at: int, *, narrated: bool, number: str | None = None) -> Origin:
        """Where the words at this offset began; ``number`` is a count that is claimed there.

        A count that the original does not give is the report's own: a toll brought up to date is a new claim. The
        narration of a near-copy stays its original's for all that: one text is not independent of the other.
        """
        known = self._reports[report_id]
        copied = self._paragraph(report_id, at)
        if copied is not None:
            if narrated and self._roots[copied.root]["copy_of"]:
                # It began in a near-copy, whose narration is its original's.
                return Origin(self._roots[copied.root]["copy_of"], own=False)
            if not number or frozenset(words_of(number)) <= self._words_at(copied):
                return Origin(copied.root, own=False)
            return Origin(copied.root if narrated else report_id, own=True)
        if known.compared and at >= known.body_start:
            return Origin(known.copy_of if narrated and known.copy_of else report_id, own=True)
        # A headline, or a text too short to compare, goes with the whole.
        return Origin(known.copy_of or report_id, own=known.copy_of is None)

    def report(self, report_id: str) -> Row:
        """Publisher and agencies of an original."""
        return self._roots[report_id]

    def _paragraph(self, report_id: str, at: int) -> _Copied | None:
        rows = self._copied.get(report_id, [])
        place = bisect_right(rows, at, key=lambda row: row.start) - 1
        return rows[place] if place >= 0 and at < rows[place].end else None

    def _words_at(self, copied: _Copied) -> frozenset[str]:
        key = (copied.root, copied.root_start)
        if key not in self._words:
            r = schema.reports.c
            length = copied.root_end - copied.root_start
            query = sa.select(sa.func.substr(r.text, copied.root_start + 1, length)).where(r.id == copied.root)
            self._words[key] = frozenset(words_of(self._connection.scalar(query) or ""))
        return self._words[key]

    def _load(self, reports: Collection[str]) -> None:
        r, s, c = schema.reports.c, schema.signatures.c, schema.copied_paragraphs.c
        query = sa.select(r.id, r.body_start, r.copy_of, s.id.is_not(None).label("compared"))
        for row in self._connection.execute(
            query.outerjoin(schema.signatures, s.report_id == r.id).where(r.id.in_(reports))
        ):
            self._reports[row.id] = _Report(row.body_start, row.copy_of, bool(row.compared))
        columns = (c.report_id, c.start, c.end, c.root_id, c.root_start, c.root_end)
        rows = sa.select(*columns).where(c.report_id.in_(reports)).order_by(c.report_id, c.start)
        for row in self._connection.execute(rows):
            self._copied[row[0]].append(_Copied(*row[1:]))

    def _load_roots(self) -> None:
        roots = {copied.root for rows in self._copied.values() for copied in rows}
        roots |= {known.copy_of for known in self._reports.values() if known.copy_of}
        r = schema.reports.c
        while roots:
            query = sa.select(r.id, r.publisher, r.agencies, r.copy_of)
            for part in chunks(sorted(roots)):
                rows = self._connection.execute(query.where(r.id.in_(part))).mappings()
                self._roots.update({row["id"]: dict(row) for row in rows})
            roots = {row["copy_of"] for row in self._roots.values() if row["copy_of"]} - set(self._roots)
