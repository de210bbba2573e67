"""Near-copies: which paragraphs of a report stand in an earlier one, and whose text a report is for the most part.

A paragraph's parent is the earliest published one of which it is a copy, at most a week off; its root is where the line
of parents begins. Both depend on the reports alone, not on the order in which they came: an earlier report that comes
late becomes the parent of what copies it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.ledger import paragraphs, schema
from sayso.ledger.paragraphs import FEWEST_WORDS, Paragraph, Signature
from sayso.ledger.store import now
from sayso.ledger.write import read_account, weigh_anew
from sayso.model import Report

COPIED = 0.6
"""The part of a paragraph's three-word runs that must stand in the other one for it to be a copy."""
COPIED_SHORT = 0.9
"""The same for a paragraph under ``FEWEST_WORDS``, and only beside a longer one of the same two reports."""
MOST = 0.5
"""A report is a near-copy where more than this part of its words lies in copied paragraphs."""
FROM_ONE = 2 / 3
"""The part of those words that must come from one report: a medley of many is no near-copy of any."""
DAYS_APART = 7
"""A paragraph printed again later than this is no copy, unless others lie between."""
BACKGROUND_DAYS = 14
"""A paragraph that goes on for longer than this is background: it makes no report a near-copy."""
IN_BUCKET = 50
"""How many rows of the index are looked at for one hash, the earliest published first."""
MOST_CANDIDATES = 300
"""With how many reports one is compared at most."""
_MARGIN = 0.2  # how far a MinHash estimate may fall short of the share that the words then show
_CHUNK = 500
_FILLED = "copies"
_ROOT = ("root_id", "root_start", "root_end", "root_day")

Key = tuple[str, int]
"""A paragraph: its report's id and its beginning."""


class _Kept(msgspec.Struct, frozen=True):
    """A report as near-copies are sought: who and when, and its paragraphs."""

    id: str
    published: str
    day: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def age(self) -> tuple[str, str]:
        return (self.published, self.id)


class _Match(msgspec.Struct, frozen=True):
    """A paragraph (its place among its report's) that stands in one of an earlier report."""

    mine: int
    theirs: Paragraph
    share: float


def sign(report: Report) -> Signature | None:
    """What a report's near-copies are found by; ``None`` where its prose is too short to compare."""
    return paragraphs.sign(report.text, report.body_start)


def place(connection: Connection, report: Report, signature: Signature | None) -> str | None:
    """Find what a report that the ledger has just got copies, and what copies it; returns the id of its original.

    ``reports.copy_of`` of all that this changes is set anew, and their incidents are noted in ``stale_incidents``.
    ``None`` is the answer for a text of its own. Part of the caller's transaction.
    """
    if signature is None:
        return None
    _keep(connection, report.id, report.published, signature)
    _settle(connection, _link(connection, report.id, signature.bands), but=report.id)
    r = schema.reports.c
    return connection.scalar(sa.select(r.copy_of).where(r.id == report.id))


def move(connection: Connection, report: Report, signature: Signature | None) -> None:
    """Find the copies anew for a report whose date of publication was corrected, and for all that copy it."""
    s, c = schema.signatures.c, schema.copied_paragraphs
    known = connection.execute(sa.select(s.id, s.day).where(s.report_id == report.id)).first()
    if known is None or signature is None:
        return
    family = _family(connection, report.id)
    touched = set(family)
    for part in _chunks(family):
        roots = sa.select(c.c.root_id).where(c.c.report_id.in_(part))
        touched |= set(connection.scalars(sa.select(c.c.report_id).where(c.c.root_id.in_(roots)).distinct()))
        connection.execute(sa.delete(c).where(c.c.report_id.in_(part)))
    b, day = schema.bands, _day(report.published)
    mine = sa.and_(b.c.hash.in_(signature.bands), b.c.day == known.day, b.c.signature_id == known.id)
    connection.execute(sa.update(b).where(mine).values(day=day))
    connection.execute(sa.update(schema.signatures).where(s.id == known.id).values(day=day))
    for one in family:
        text, start = _prose(connection, one)
        again = paragraphs.sign(text, start)
        if again is not None:
            # An earlier one of the family may have lent to it meanwhile.
            connection.execute(sa.delete(c).where(c.c.report_id == one))
            touched |= _link(connection, one, again.bands)
    _settle(connection, touched)


def refill(connection: Connection) -> int:
    """Sign and place every report that has no signature yet, the earliest first; returns how many were signed.

    For ledgers from before paragraphs were compared; their datelines' agencies are written too. A ledger is filled
    once: it notes so in ``meta``.
    """
    r, s, m = schema.reports.c, schema.signatures.c, schema.meta
    if connection.scalar(sa.select(m.c.value).where(m.c.key == _FILLED)) is not None:
        return 0
    # Whatever was added since has its agencies, be it an empty list.
    query = sa.select(r.id).where(r.agencies.is_(None)).order_by(r.published, r.id)
    count = 0
    for report_id in connection.scalars(query).all():
        account = read_account(connection, report_id)
        if account is None:
            continue
        named = account.report.dateline.agencies if account.report.dateline else ()
        connection.execute(
            sa.update(schema.reports).where(r.id == report_id).values(agencies=json.dumps(named, ensure_ascii=False))
        )
        if connection.scalar(sa.select(s.id).where(s.report_id == report_id)) is None:
            connection.execute(sa.update(schema.reports).where(r.id == report_id).values(copy_of=None))
            signature = sign(account.report)
            place(connection, account.report, signature)
            count += signature is not None
    connection.execute(sa.insert(m), {"key": _FILLED, "value": now()})
    return count


def _keep(connection: Connection, report_id: str, published: str, signature: Signature) -> None:
    row = {"report_id": report_id, "day": _day(published), "words": signature.words, "data": signature.packed()}
    number = connection.execute(sa.insert(schema.signatures).values(row)).inserted_primary_key
    rows = [{"hash": band, "day": row["day"], "signature_id": number and number[0]} for band in signature.bands]
    connection.execute(sa.insert(schema.bands), rows)


def _link(connection: Connection, report_id: str, bands: Sequence[int]) -> set[str]:
    """Write which paragraphs of this report are copies, and which of others are copies of its; returns who changed."""
    mine = next(_load(connection, [report_id]))
    others = _candidates(connection, mine, bands)
    if not others:
        return set()
    rows = _rows_of(connection, [other.id for other in others])
    roots = {row["root_id"] for row in rows.values()} - {other.id for other in others} - {mine.id}
    others += [one for one in _load(connection, sorted(roots)) if abs(one.day - mine.day) <= DAYS_APART]
    others.sort(key=lambda other: other.age)
    changed = _copy(connection, mine, [other for other in others if other.age < mine.age], rows)
    changed |= _lend(connection, mine, [other for other in others if other.age > mine.age])
    return changed


def _copy(connection: Connection, mine: _Kept, earlier: Sequence[_Kept], rows: dict[Key, dict[str, Any]]) -> set[str]:
    """Write the parent of each paragraph: the earliest report's that it is a copy of."""
    found: dict[int, tuple[_Kept, _Match]] = {}
    text = ""
    for other in earlier:
        likely = _likely(mine, other)
        if not set(likely) - set(found):
            continue
        text = text or _prose(connection, mine.id)[0]
        for match in _matches(mine, text, other, _prose(connection, other.id)[0], likely):
            found.setdefault(match.mine, (other, match))
    new = [_row(mine, match, other, rows.get((other.id, match.theirs.start))) for other, match in found.values()]
    if new:
        connection.execute(sa.insert(schema.copied_paragraphs), new)
    return {mine.id} if new else set()


def _lend(connection: Connection, mine: _Kept, later: Sequence[_Kept]) -> set[str]:
    """Make this report the parent of what copies it and had a later parent or none; roots follow down the line."""
    if not later:
        return set()
    rows = _rows_of(connection, [other.id for other in later])
    own = _rows_of(connection, [mine.id])
    parents = _ages(connection, {row["parent_id"] for row in rows.values()})
    text, c = "", schema.copied_paragraphs
    changed: dict[Key, dict[str, Any]] = {}
    for other in later:
        free = {
            at
            for at, paragraph in enumerate(other.paragraphs)
            if (row := rows.get((other.id, paragraph.start))) is None or parents[row["parent_id"]] > mine.age
        }
        likely = _likely(other, mine)
        if not set(likely) & free:
            continue
        text = text or _prose(connection, mine.id)[0]
        for match in _matches(other, _prose(connection, other.id)[0], mine, text, likely):
            if match.mine in free:
                row = _row(other, match, mine, own.get((mine.id, match.theirs.start)))
                changed[(other.id, row["start"])] = row
    left = _left([rows[key] for key in changed if key in rows])
    for key in changed:
        connection.execute(sa.delete(c).where(c.c.report_id == key[0], c.c.start == key[1]))
    if changed:
        connection.execute(sa.insert(c), list(changed.values()))
    return {key[0] for key in changed} | _follow(connection, changed) | _members(connection, left)


def _left(rows: Iterable[dict[str, Any]]) -> set[Key]:
    """The roots that lose one of these late copies: what they began may be no background any more."""
    return {(row["root_id"], row["root_start"]) for row in rows if row["day"] > row["root_day"] + BACKGROUND_DAYS}


def _members(connection: Connection, roots: Iterable[Key]) -> set[str]:
    c = schema.copied_paragraphs.c
    found: set[str] = set()
    for root, start in sorted(roots):
        found |= set(connection.scalars(sa.select(c.report_id).where(c.root_id == root, c.root_start == start)))
    return found


def _follow(connection: Connection, changed: dict[Key, dict[str, Any]]) -> set[str]:
    """Give the copies of these paragraphs, and the copies of those, the same root; returns their reports."""
    c = schema.copied_paragraphs
    reports: set[str] = set()
    left: set[Key] = set()
    while changed:
        below: dict[Key, dict[str, Any]] = {}
        for part in _chunks(sorted({report for report, _ in changed})):
            for row in connection.execute(sa.select(c).where(c.c.parent_id.in_(part))).mappings():
                above = changed.get((row["parent_id"], row["parent_start"]))
                if above is not None and any(row[name] != above[name] for name in _ROOT):
                    below[(row["report_id"], row["start"])] = dict(row) | {name: above[name] for name in _ROOT}
                    left |= _left([dict(row)])
        for (report, start), copy in below.items():
            roots = {name: copy[name] for name in _ROOT}
            connection.execute(sa.update(c).where(c.c.report_id == report, c.c.start == start).values(roots))
        reports |= {report for report, _ in below}
        changed = below
    return reports | _members(connection, left)


def _row(mine: _Kept, match: _Match, other: _Kept, above: dict[str, Any] | None) -> dict[str, Any]:
    """The row of a copied paragraph; ``above`` is that of its parent, where that is a copy itself."""
    paragraph = mine.paragraphs[match.mine]
    root: dict[str, Any] = above or {
        "root_id": other.id,
        "root_start": match.theirs.start,
        "root_end": match.theirs.end,
        "root_day": other.day,
    }
    return {
        "report_id": mine.id,
        "start": paragraph.start,
        "end": paragraph.end,
        "number": paragraph.number,
        "words": paragraph.words,
        "share": match.share,
        "day": mine.day,
        "parent_id": other.id,
        "parent_start": match.theirs.start,
        **{name: root[name] for name in _ROOT},
    }


def _likely(later: _Kept, earlier: _Kept) -> dict[int, list[int]]:
    """Which paragraphs of the one may be copies of which of the other, by MinHash alone."""
    shares = paragraphs.likely_shares(later.paragraphs, earlier.paragraphs)
    found: dict[int, list[int]] = {}
    for at, row in enumerate(shares.tolist()):
        needed = _needed(later.paragraphs[at]) - _MARGIN
        near = [there for there, share in enumerate(row) if share >= needed]
        if near:
            found[at] = near
    return found


def _matches(later: _Kept, text: str, earlier: _Kept, its_text: str, likely: dict[int, list[int]]) -> list[_Match]:
    """The copied paragraphs of the one, each with that of the other in which most of it stands, by their words."""
    found = []
    for at, near in likely.items():
        mine = later.paragraphs[at]
        words = text[mine.start : mine.end]
        shares = []
        for there in near:
            theirs = earlier.paragraphs[there]
            shares.append((paragraphs.share(words, its_text[theirs.start : theirs.end]), -theirs.start, theirs))
        best, _, theirs = max(shares, key=lambda found: found[:2])
        if best >= _needed(mine):
            found.append(_Match(at, theirs, best))
    return found if any(_is_long(later.paragraphs[match.mine]) for match in found) else []


def _is_long(paragraph: Paragraph) -> bool:
    return paragraph.words >= FEWEST_WORDS


def _needed(paragraph: Paragraph) -> float:
    return COPIED if _is_long(paragraph) else COPIED_SHORT


def _candidates(connection: Connection, mine: _Kept, bands: Sequence[int]) -> list[_Kept]:
    """The reports that share a band with this one and were published within a week of it; the earliest first."""
    bound: dict[str, Any] = {f"h{number}": band for number, band in enumerate(bands)}
    bound |= {"first": mine.day - DAYS_APART, "last": mine.day + DAYS_APART, "self": mine.id}
    rows = connection.execute(_lookup(len(bands)), bound)
    return [_Kept(row.report_id, row.published, row.day, Signature.unpacked(row.data)) for row in rows]


@cache
def _lookup(bands: int) -> sa.TextClause:
    """One query for all bands of a report; each seeks its own part of the index, so that no bucket hides another."""
    seek = (
        "SELECT signature_id FROM (SELECT signature_id FROM bands WHERE hash = :h{0} AND day BETWEEN :first AND :last "
        f"ORDER BY day, signature_id LIMIT {IN_BUCKET}) AS b{{0}}"
    )
    return sa.text(
        "SELECT s.report_id, r.published, s.day, s.data FROM signatures AS s JOIN reports AS r ON r.id = s.report_id "
        f"WHERE s.id IN ({' UNION '.join(seek.format(number) for number in range(bands))}) "
        f"AND s.report_id <> :self ORDER BY s.day, s.report_id LIMIT {MOST_CANDIDATES}"
    )


def _load(connection: Connection, reports: Sequence[str]) -> Iterator[_Kept]:
    s, r = schema.signatures.c, schema.reports.c
    for part in _chunks(reports):
        query = sa.select(s.report_id, r.published, s.day, s.data).join(schema.reports, r.id == s.report_id)
        for row in connection.execute(query.where(s.report_id.in_(part)).order_by(r.published, r.id)):
            yield _Kept(row.report_id, row.published, row.day, Signature.unpacked(row.data))


def _rows_of(connection: Connection, reports: Sequence[str]) -> dict[Key, dict[str, Any]]:
    c = schema.copied_paragraphs
    found: dict[Key, dict[str, Any]] = {}
    for part in _chunks(reports):
        for row in connection.execute(sa.select(c).where(c.c.report_id.in_(part))).mappings():
            found[(row["report_id"], row["start"])] = dict(row)
    return found


def _ages(connection: Connection, reports: Iterable[str]) -> dict[str, tuple[str, str]]:
    r = schema.reports.c
    found = {}
    for part in _chunks(sorted(reports)):
        for report_id, published in connection.execute(sa.select(r.id, r.published).where(r.id.in_(part))):
            found[report_id] = (published, report_id)
    return found


def _prose(connection: Connection, report_id: str) -> tuple[str, int]:
    r = schema.reports.c
    row = connection.execute(sa.select(r.text, r.body_start).where(r.id == report_id)).one()
    return row.text, row.body_start


def _family(connection: Connection, report_id: str) -> list[str]:
    """A report and all that copy it, and that copy those; the earliest published first."""
    c = schema.copied_paragraphs.c
    found, front = {report_id}, {report_id}
    while front:
        below: set[str] = set()
        for part in _chunks(sorted(front)):
            below |= set(connection.scalars(sa.select(c.report_id).where(c.parent_id.in_(part)).distinct()))
        front = below - found
        found |= front
    ages = _ages(connection, found)
    return sorted(found, key=lambda one: ages[one])


def _settle(connection: Connection, changed: set[str], but: str | None = None) -> None:
    """Say anew of which report these are near-copies; their incidents, and those of what is now background, are stale.

    ``but`` is a report that is not joined yet.
    """
    changed |= _become_background(connection, changed)
    r, stale = schema.reports, schema.stale_incidents
    for part in _chunks(sorted(changed)):
        known = dict(connection.execute(sa.select(r.c.id, r.c.copy_of).where(r.c.id.in_(part))).all())
        found = _originals(connection, part)
        moved = [report for report, original in known.items() if found.get(report) != original]
        for report in moved:
            connection.execute(sa.update(r).where(r.c.id == report).values(copy_of=found.get(report)))
        weigh_anew(connection, moved)
        e = schema.events.c
        joined = [report for report in part if report != but]
        of = sa.select(e.incident_id).where(e.report_id.in_(joined), e.incident_id.is_not(None))
        of = of.where(e.incident_id.not_in(sa.select(stale.c.incident_id))).distinct()
        connection.execute(sa.insert(stale).from_select(["incident_id"], of))


def _become_background(connection: Connection, changed: set[str]) -> set[str]:
    """The near-copies with a paragraph that has gone on for so long only since these reports came."""
    c, r = schema.copied_paragraphs.c, schema.reports.c
    late: set[Key] = set()
    for part in _chunks(sorted(changed)):
        query = sa.select(c.root_id, c.root_start).where(c.report_id.in_(part), c.day > c.root_day + BACKGROUND_DAYS)
        late |= {(root, start) for root, start in connection.execute(query.distinct())}
    found: set[str] = set()
    for root, start in sorted(late):
        carrying = sa.select(c.report_id).where(c.root_id == root, c.root_start == start)
        before = carrying.where(c.day > c.root_day + BACKGROUND_DAYS, c.report_id.not_in(changed)).limit(1)
        if connection.scalar(before) is None:
            found |= set(connection.scalars(sa.select(r.id).where(r.id.in_(carrying), r.copy_of.is_not(None))))
    return found


def _originals(connection: Connection, reports: Sequence[str]) -> dict[str, str]:
    """Of which report each of these is a near-copy: most of its words are copied, and those mostly from that one."""
    c, s = schema.copied_paragraphs, schema.signatures.c
    later = c.alias("later")
    goes_on = sa.exists().where(
        later.c.root_id == c.c.root_id,
        later.c.root_start == c.c.root_start,
        later.c.day > c.c.root_day + BACKGROUND_DAYS,
    )
    query = sa.select(c.c.report_id, c.c.root_id, c.c.root_day, c.c.words).where(c.c.report_id.in_(reports), ~goes_on)
    copied: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    days: dict[str, int] = {}
    for row in connection.execute(query):
        copied[row.report_id][row.root_id] += row.words
        days[row.root_id] = row.root_day
    totals = dict(connection.execute(sa.select(s.report_id, s.words).where(s.report_id.in_(sorted(copied)))).all())
    found = {}
    for report, words in copied.items():
        original = min(words, key=lambda root: (-words[root], days[root], root))
        whole = sum(words.values())
        if whole > MOST * totals[report] and words[original] >= FROM_ONE * whole:
            found[report] = original
    return found


def _day(published: str) -> int:
    return date.fromisoformat(published[:10]).toordinal()


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + _CHUNK] for at in range(0, len(ids), _CHUNK))
