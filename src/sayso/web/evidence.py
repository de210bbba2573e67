"""The evidence pane: a report's text about the words of one claim, with those words marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from sayso.model import Account, Attribution, Claim
from sayso.web import privacy, settings, textmarks
from sayso.web.textmarks import Mark, Piece

Row = dict[str, Any]


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What the pane shows of a claim. ``paragraphs`` hold pieces whose marks have these kinds: ``hit`` (the claim's own
    words), ``source`` (who is said to say them), ``also`` (words of another claim; ``key`` is its id, ``label`` its
    stance), ``sentence`` and ``withheld`` (a private person's name)."""

    claim: Row
    report: Row
    reader: str
    paragraphs: list[list[Piece]]
    cut_before: bool
    cut_after: bool


def chosen_claim(claims: Sequence[Row], wanted: str | None) -> Row | None:
    """The claim that is asked for, else the one to begin with: whether it happened, on a named speaker's word."""
    for claim in claims:
        if claim["id"] == wanted:
            return claim
    order = sorted(claims, key=lambda claim: (claim["slot"] != "occurrence", claim["speaker_id"] is None))
    return order[0] if order else None


def evidence_of(claim: Row, claims: Sequence[Row], report: Row, account: Account, hidden: privacy.Hidden) -> Evidence:
    """The pane for ``claim``; ``claims`` are the incident's, ``hidden`` the names to withhold."""
    text = account.report.text
    start, end = claim["evidence_start"], claim["evidence_end"]
    left, right = textmarks.sentence_around(text, start, end)
    if start >= account.report.body_start:
        left = max(left, account.report.body_start)
    marks = [Mark(left, right, "sentence"), Mark(start, end, "hit", claim["id"], claim["stance"])]
    marks += [
        Mark(other["evidence_start"], other["evidence_end"], "also", other["id"], other["stance"])
        for other in claims
        if other["report_id"] == claim["report_id"] and _elsewhere(other, claim)
    ]
    marks += [Mark(span.start, span.end, "source") for span in _source_spans(claim, account)]
    marks += privacy.marks(text, claim["report_id"], hidden)
    first, last = _window(text, account.report.body_start, left, right)
    return Evidence(
        claim=claim,
        report=report,
        reader=account.reader,
        paragraphs=[textmarks.pieces(text, marks, *edges) for edges in textmarks.paragraphs(text, first, last)],
        cut_before=bool(text[account.report.body_start : first].strip()),
        cut_after=bool(text[last:].strip()),
    )


def _elsewhere(other: Row, claim: Row) -> bool:
    """Whether another claim rests on other words."""
    return (other["evidence_start"], other["evidence_end"]) != (claim["evidence_start"], claim["evidence_end"])


def _window(text: str, body: int, left: int, right: int) -> tuple[int, int]:
    """The part of the text to show: whole paragraphs about the sentence, within the limit; datelines stay out."""
    first = body if left >= body else 0
    edges = list(textmarks.paragraphs(text, first))
    before = [edge for edge, _ in edges if edge >= left - settings.EVIDENCE_CONTEXT]
    after = [edge for _, edge in edges if edge <= right + settings.EVIDENCE_CONTEXT]
    start = min(before[0] if before else left, left)
    end = max(after[-1] if after else right, right)
    return max(start, left - settings.EVIDENCE_CONTEXT), min(end, right + settings.EVIDENCE_CONTEXT)


def _source_spans(claim: Row, account: Account) -> list[Any]:
    """Who is said to say the claim, and the cue: the spans of its attribution."""
    own_id = claim["id"].removeprefix(f"{claim['report_id']}:")
    own: Claim | None = next((found for found in account.claims if found.id == own_id), None)
    if own is None or own.attribution is None:
        return []
    said: Attribution | None = next((found for found in account.attributions if found.id == own.attribution), None)
    return [*said.source, *said.cue] if said else []
