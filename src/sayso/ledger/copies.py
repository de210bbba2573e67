"""Near-copies: the same text under two names, found by MinHash over five-word shingles.

Band hashes lie in an indexed table, so that a new report is compared with the few that share a band, not with all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.ledger import schema
from sayso.model import Report

SHINGLE_WORDS = 5
PERMUTATIONS = 126
BAND_ROWS = 6
"""21 bands of 6 rows: two texts that share 80 % of their shingles meet in some band 998 times of 1000."""
SIMILAR = 0.7
"""The estimated share of common shingles from which a text is a copy."""
FEWEST_WORDS = 30
"""A shorter text is compared with none: two short notes may be alike and not copies."""
DAYS_APART = 7
"""A text printed again later than this is a report of its own: daily notices repeat their frame."""


class Signature(msgspec.Struct, frozen=True):
    """What a text's shingles hash to: ``values`` are 32-bit, little-endian; ``bands`` are numbered digests of them."""

    values: bytes
    bands: tuple[tuple[int, str], ...]


def sign(report: Report) -> Signature | None:
    """The signature of a report's prose; ``None`` where it is too short to compare."""
    import numpy
    from datasketch import MinHash

    words = re.findall(r"\w+", report.text[report.body_start :].lower())
    if len(words) < FEWEST_WORDS:
        return None
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]).encode() for i in range(len(words) - SHINGLE_WORDS + 1)}
    hashed = MinHash(num_perm=PERMUTATIONS, seed=1)
    hashed.update_batch(sorted(shingles))
    values = hashed.hashvalues.astype(numpy.dtype("<u4")).tobytes()
    return Signature(values, tuple(_bands(values)))


def find_original(connection: Connection, report: Report, signature: Signature) -> str | None:
    """The id of the first report that this one nearly repeats; ``None`` for a text of its own."""
    b, r, s = schema.bands.c, schema.reports.c, schema.signatures.c
    meets = sa.or_(*(sa.and_(b.band == band, b.hash == digest) for band, digest in signature.bands))
    query = (
        sa.select(r.id, r.copy_of, r.published, s.data)
        .join(schema.signatures, s.report_id == r.id)
        .where(r.id.in_(sa.select(b.report_id).where(meets)), r.id != report.id)
        .order_by(r.added_at, r.id)
    )
    near = [row for row in connection.execute(query) if _days_apart(report.published, row.published) <= DAYS_APART]
    found = max(near, key=lambda row: _alike(signature.values, row.data), default=None)
    if found is None or _alike(signature.values, found.data) < SIMILAR:
        return None
    return str(found.copy_of or found.id)


def keep(connection: Connection, report_id: str, signature: Signature) -> None:
    """Store the signature of a report that the ledger has, for later ones to be compared with."""
    connection.execute(sa.insert(schema.signatures), {"report_id": report_id, "data": signature.values})
    rows = [{"band": band, "hash": digest, "report_id": report_id} for band, digest in signature.bands]
    connection.execute(sa.insert(schema.bands), rows)


def _bands(values: bytes) -> Iterator[tuple[int, str]]:
    for band, start in enumerate(range(0, len(values), 4 * BAND_ROWS)):
        yield band, hashlib.blake2b(values[start : start + 4 * BAND_ROWS], digest_size=8).hexdigest()


def _alike(one: bytes, other: bytes) -> float:
    pairs = zip(memoryview(one).cast("I"), memoryview(other).cast("I"), strict=True)
    return sum(a == b for a, b in pairs) / PERMUTATIONS


def _days_apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
