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

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.ledger import copied, paragraphs, schema
from sayso.ledger.copied import Kept, Match
from sayso.ledger.paragraphs import Signature
from sayso.ledger.store import now
from sayso.ledger.write import read_account, weigh_anew
from sayso.model import Report

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
_CHUNK = 500
_TEXTS = 32
_FILLED = "copies"
_ROOT = ("root_id", "root_start", "root_end", "root_day")

Key = tuple[str, int]
"""A paragraph: its report's id and its beginning."""


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


def _copy(connection: Connection, mine: Kept, earlier: Sequence[Kept], rows: dict[Key, dict[str, Any]]) -> set[str]:
    """Write the parent of each paragraph: the earliest report's that it is a copy of."""
    found: dict[int, tuple[Kept, Match]] = {}
    likely = [(other, near) for other, near in zip(earlier, copied.likely_in(mine, earlier), strict=True) if near]
    for other, near, text, its_text in _with_texts(connection, mine, likely):
        wanted = set(near) - set(found)
        if wanted:
            found |= {match.mine: (other, match) for match in copied.matches(mine, text, other, its_text, near, wanted)}
    new = [_row(mine, match, other, rows.get((other.id, match.theirs.start))) for other, match in found.values()]
    if new:
        connection.execute(sa.insert(schema.copied_paragraphs), new)
    return {mine.id} if new else set()


def _lend(connection: Connection, mine: Kept, later: Sequence[Kept]) -> set[str]:
    """Make this report the parent of what copies it and had a later parent or none; roots follow down the line."""
    if not later:
        return set()
    rows = _rows_of(connection, [other.id for other in later])
    own = _rows_of(connection, [mine.id])
    parents = _ages(connection, {row["parent_id"] for row in rows.values()})
    c = schema.copied_paragraphs
    changed: dict[Key, dict[str, Any]] = {}
    likely = [(other, near) for other, near in zip(later, copied.likely_of(mine, later), strict=True) if near]
    for other, near, text, its_text in _with_texts(connection, mine, likely):
        starts = ((at, (other.id, other.paragraphs[at].start)) for at in near)
        free = {at for at, key in starts if key not in rows or parents[rows[key]["parent_id"]] > mine.age}
        for match in copied.matches(other, its_text, mine, text, near, free):
            row = _row(other, match, mine, own.get((mine.id, match.theirs.start)))
            changed[(other.id, row["start"])] = row
    left = _left([rows[key] for key in changed if key in rows])
    before = [{"id": key[0], "at": key[1]} for key in changed if key in rows]
    if before:
        one = sa.and_(c.c.report_id == sa.bindparam("id"), c.c.start == sa.bindparam("at"))
        connection.execute(sa.delete(c).where(one), before)
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
        if below:
            one = sa.and_(c.c.report_id == sa.bindparam("id"), c.c.start == sa.bindparam("at"))
            change = sa.update(c).where(one).values({name: sa.bindparam(f"new_{name}") for name in _ROOT})
            roots = [{f"new_{name}": copy[name] for name in _ROOT} for copy in below.values()]
            keys = ({"id": report, "at": start} for report, start in below)
            connection.execute(change, [key | root for key, root in zip(keys, roots, strict=True)])
        reports |= {report for report, _ in below}
        changed = below
    return reports | _members(connection, left)


def _row(mine: Kept, match: Match, other: Kept, above: dict[str, Any] | None) -> dict[str, Any]:
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


def _candidates(connection: Connection, mine: Kept, bands: Sequence[int]) -> list[Kept]:
    """The reports that share a band with this one and were published within a week of it; the earliest first."""
    bound: dict[str, Any] = {f"h{number}": band for number, band in enumerate(bands)}
    bound |= {"first": mine.day - DAYS_APART, "last": mine.day + DAYS_APART, "self": mine.id}
    rows = connection.execute(_lookup(len(bands)), bound)
    return [Kept(row.report_id, row.published, row.day, Signature.unpacked(row.data)) for row in rows]


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


def _load(connection: Connection, reports: Sequence[str]) -> Iterator[Kept]:
    s, r = schema.signatures.c, schema.reports.c
    for part in _chunks(reports):
        query = sa.select(s.report_id, r.published, s.day, s.data).join(schema.reports, r.id == s.report_id)
        for row in connection.execute(query.where(s.report_id.in_(part)).order_by(r.published, r.id)):
            yield Kept(row.report_id, row.published, row.day, Signature.unpacked(row.data))


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


def _with_texts(
    connection: Connection, mine: Kept, likely: Sequence[tuple[Kept, copied.Near]]
) -> Iterator[tuple[Kept, copied.Near, str, str]]:
    """Each likely pair with both texts, ours and its; some are loaded at once, not all: they may be books."""
    r = schema.reports.c
    text = _prose(connection, mine.id)[0] if likely else ""
    for part in (likely[at : at + _TEXTS] for at in range(0, len(likely), _TEXTS)):
        wanted = sa.select(r.id, r.text).where(r.id.in_([other.id for other, _ in part]))
        texts = dict(connection.execute(wanted).all())
        yield from ((other, near, text, texts[other.id]) for other, near in part)


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
        if moved:
            change = sa.update(r).where(r.c.id == sa.bindparam("report")).values(copy_of=sa.bindparam("original"))
            connection.execute(change, [{"report": report, "original": found.get(report)} for report in moved])
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
