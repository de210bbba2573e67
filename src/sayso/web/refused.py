"""Claims that were read but refused as too unlikely: shown folded away, with their words and the reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from sayso.model import Account
from sayso.web import matrix, privacy


class RefusedClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One refused claim as a page shows it; ``value`` is null where the words say it all."""

    slot: str
    stance: str
    speaker: str
    value: str | None
    words: str
    reason: str
    confidence: float | None
    report: str
    publisher: str | None = None


def of_rows(rows: Iterable[Mapping[str, Any]]) -> list[RefusedClaim]:
    """Rows of the ledger's refused claims, private names withheld."""
    return [
        RefusedClaim(
            slot=row["slot"],
            stance=row["stance"],
            speaker=row["speaker"] or matrix.NARRATION,
            value=_value(row),
            words=row["evidence"],
            reason=row["reason"],
            confidence=row["confidence"],
            report=row["report_id"],
            publisher=row["report_publisher"],
        )
        for row in rows
    ]


def of_account(account: Account, hidden: privacy.Hidden) -> list[RefusedClaim]:
    """The refused claims of one report, private names withheld."""
    actors = {actor.id: privacy.PRIVATE if actor.private and hidden else actor.name for actor in account.actors}
    rows = []
    for refused in account.refused:
        claim = refused.claim
        row = {name: getattr(claim, name) for name in ("slot", "stance", "value", "confidence")}
        row |= {"normalised": json.dumps(claim.normalised), "evidence": claim.evidence.text, "reason": refused.reason}
        row |= {"speaker": actors.get(claim.speaker or ""), "report_id": account.report.id, "report_publisher": None}
        rows.append(privacy.withheld(row, hidden))
    return of_rows(rows)


def _value(row: Mapping[str, Any]) -> str | None:
    """What is claimed, where the quoted words do not say it already."""
    value = matrix.in_words(row["slot"], row)
    return None if row["slot"] == "occurrence" or value == row["evidence"] else value
