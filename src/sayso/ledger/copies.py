"""Near-copies: the same text under two names, found by MinHash over five-word shingles.

Band hashes lie in an indexed table, so that a new report is compared with the few that share a band, not with all.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.ledger import schema
from sayso.model import Report

if TYPE_CHECKING:
    import numpy

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


def find_original(connection: Connection, report: Report) -> str | None:
    """The id of the first report that this one nearly repeats, ``None`` for a text of its own; keeps its signature."""
    import numpy

    values = _signature(report.text[report.body_start :])
    if values is None:
        return None
    bands = _bands(values)
    original = _most_similar(connection, report, values, bands)
    row = {"report_id": report.id, "data": values.astype(numpy.dtype("<u4")).tobytes()}
    _keep(connection, row, [{"band": band, "hash": digest, "report_id": report.id} for band, digest in bands])
    return original


def _keep(connection: Connection, signature: dict[str, object], bands: list[dict[str, object]]) -> None:
    connection.execute(sa.insert(schema.signatures), signature)
    connection.execute(sa.insert(schema.bands), bands)


def _signature(text: str) -> numpy.ndarray | None:
    import numpy
    from datasketch import MinHash

    words = re.findall(r"\w+", text.lower())
    if len(words) < FEWEST_WORDS:
        return None
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]).encode() for i in range(len(words) - SHINGLE_WORDS + 1)}
    hashed = MinHash(num_perm=PERMUTATIONS, seed=1)
    hashed.update_batch(shingles)
    return hashed.hashvalues.astype(numpy.uint32)


def _bands(values: numpy.ndarray) -> list[tuple[int, str]]:
    slices = (values[start : start + BAND_ROWS].tobytes() for start in range(0, PERMUTATIONS, BAND_ROWS))
    return [(band, hashlib.blake2b(part, digest_size=8).hexdigest()) for band, part in enumerate(slices)]


def _most_similar(
    connection: Connection, report: Report, values: numpy.ndarray, bands: list[tuple[int, str]]
) -> str | None:
    import numpy

    b, r, s = schema.bands.c, schema.reports.c, schema.signatures.c
    shared = sa.select(b.report_id).where(
        sa.or_(*(sa.and_(b.band == band, b.hash == digest) for band, digest in bands))
    )
    query = (
        sa.select(r.id, r.copy_of, r.published, s.data)
        .join(schema.signatures, s.report_id == r.id)
        .where(r.id.in_(shared), r.id != report.id)
        .order_by(r.added_at, r.id)
    )
    best: tuple[float, str | None] = (SIMILAR, None)
    for row in connection.execute(query):
        alike = float(numpy.mean(numpy.frombuffer(row.data, dtype="<u4") == values))
        if _days_apart(report.published, row.published) <= DAYS_APART and (alike > best[0] or best[1] is None):
            best = max(best, (alike, row.copy_of or row.id), key=lambda found: found[0])
    return best[1]


def _days_apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
