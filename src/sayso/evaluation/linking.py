"""Scores the joining on reports with known incidents: read, written into a ledger and joined as ``sayso add`` does it.

A report is where its principal event is (``sayso.ledger.principal``). One without an event, or whose event is in no
incident, is an incident by itself. Beside it stands the baseline of likeness and dates (``tfidf``), and what is had
for nothing where each report is an incident.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from sayso.evaluation import coreference, longtail, tfidf
from sayso.evaluation.coreference import Measure, Scores
from sayso.evaluation.longtail import Row
from sayso.incidents import update
from sayso.ledger.store import Store
from sayso.model import Account

HEADS = ("MUC", "B³", "CEAF-e", "CoNLL", "pairs P", "pairs R", "pairs F1")
SAYSO, BASELINE, APART = "sayso", "TF-IDF and dates", "each by itself"


class Scored(msgspec.Struct, frozen=True):
    """One way to join: its name and scores over ``reports``, or over those that have an ``event`` only."""

    name: str
    over: str
    reports: int
    scores: Scores


class Linking(msgspec.Struct, frozen=True):
    """The scores of a file: what part of it, how many incidents, reports, reports without an event; and all ways."""

    part: str
    incidents: int
    reports: int
    without_event: int
    rows: tuple[Scored, ...]


def score_sets(path: Path) -> Linking:
    """Read and join a file's reports, and score; raises S765 and S766 as ``longtail.rows`` does."""
    part, rows = longtail.scored(longtail.rows(path))
    return score(part, rows, longtail.read(rows))


def score(part: str, rows: Sequence[Row], accounts: Mapping[int, Account]) -> Linking:
    """Join the accounts of these rows in a ledger made for it, and score."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "ledger.sqlite") as store:
        longtail.fill(store, accounts.values(), update)
        joined = longtail.incidents(store, dict(accounts))
    key = _key(rows)
    response = _response(rows, joined)
    with_event = [row for row in rows if row.number in joined]
    ways = [
        _scored(SAYSO, "reports", key, response),
        _scored(BASELINE, "reports", key, tfidf.clusters(rows)),
        _scored(APART, "reports", key, [[row.number] for row in rows]),
        _scored(SAYSO, "principal events", _key(with_event), _response(with_event, joined)),
    ]
    return Linking(part, len(key), len(rows), len(rows) - len(with_event), tuple(ways))


def _key(rows: Iterable[Row]) -> list[list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        found[row.incident].append(row.number)
    return list(found.values())


def _response(rows: Iterable[Row], joined: Mapping[int, str]) -> list[list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        found[joined.get(row.number, f"{row.number} by itself")].append(row.number)
    return list(found.values())


def _scored(name: str, over: str, key: list[list[int]], response: list[list[int]]) -> Scored:
    return Scored(name, over, sum(map(len, key)), coreference.score(key, response))


def as_figures(found: Linking) -> dict[str, float | int]:
    """All figures, for ``--json``."""
    figures: dict[str, float | int] = {
        "incidents": found.incidents,
        "reports": found.reports,
        "without_event": found.without_event,
    }
    for row in found.rows:
        at = f"{row.name}, {row.over}"
        figures |= {f"{at}.{name}": _measure(row, name).f1 for name in ("muc", "b_cubed", "ceaf_e", "pairs")}
        figures |= {
            f"{at}.conll": row.scores.conll,
            f"{at}.pairs.precision": row.scores.pairs.precision,
            f"{at}.pairs.recall": row.scores.pairs.recall,
        }
    return figures


def _measure(row: Scored, name: str) -> Measure:
    found: Measure = getattr(row.scores, name)
    return found


def _cells(row: Scored) -> list[str]:
    s = row.scores
    shares = (s.muc.f1, s.b_cubed.f1, s.ceaf_e.f1, s.conll, s.pairs.precision, s.pairs.recall, s.pairs.f1)
    return [f"{100 * share:.1f}" for share in shares]


def as_text(found: Linking) -> str:
    """The scores as a table in text."""
    width = max(len(f"{row.name} ({row.over})") for row in found.rows) + 2
    lines = [_told(found), "", " " * width + "".join(f"{head:>9}" for head in HEADS)]
    for row in found.rows:
        lines.append(f"{f'{row.name} ({row.over})':{width}}" + "".join(f"{cell:>9}" for cell in _cells(row)))
    return "\n".join(lines)


def _told(found: Linking) -> str:
    return (
        f"{found.part}: {found.reports} reports on {found.incidents} incidents; "
        f"{found.without_event} without an event that was joined"
    )


INTRODUCTION = """Which reports are on one incident: dated local news of gun violence, each with the incident that it is
mainly on. All reports are read and joined in one ledger as `sayso add` does it; a report counts as part of the
incident that its principal event is in, and one without such an event as an incident by itself. F1 of MUC, B³ and
CEAF-e and their mean (CoNLL F1), and precision, recall and F1 of pairs of reports; percentages. *TF-IDF and dates*
joins reports whose words are alike (cosine) and that were published within a window; both limits were tuned on the
incidents of 2015. *Principal events* leaves out the reports without one: what the joining does with what was read.
The set knows no other events than the principal ones."""


def as_page(found: Linking, command: str) -> str:
    """The scores as a section of a page (Markdown)."""
    lines = ["| joined by | over | " + " | ".join(HEADS) + " |", "|---|---" + "|--:" * len(HEADS) + "|"]
    lines += ["| " + " | ".join([row.name, row.over, *_cells(row)]) + " |" for row in found.rows]
    told = f"{_told(found)}."
    parts = ["## Reports on one incident", f"Made by `{command}`.", INTRODUCTION, told, "\n".join(lines)]
    return "\n\n".join(parts)
