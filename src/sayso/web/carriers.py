"""Who carries whose text, as the pages of an incident and of a report show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy.engine import Connection

from sayso.incidents.wording import listed
from sayso.ledger.carriers import Carrier, Outlet, Text, carriers_of, originals_of, texts_of
from sayso.ledger.copied import COPIED
from sayso.ledger.copies import BACKGROUND_DAYS, DAYS_APART

SHOWN_TEXTS = 5
SHOWN_CARRIERS = 8
NOBODY = "a publisher not known"
RULE = (
    f"A paragraph is a copy where {COPIED:.0%} or more of its three-word runs stand in a paragraph that another report "
    f"published first, at most {DAYS_APART} days before. A report is a near-copy where most of its words lie in such "
    f"paragraphs, two thirds of them of one report. A paragraph that goes on for more than {BACKGROUND_DAYS} days is "
    "background and does not count towards that. "
    "What a copied paragraph tells is its original’s word, and counts once."
)

_NONE: dict[str, Any] = {"voices": [], "originals": [], "carried": None, "more": 0, "rule": RULE}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One carrier, or one original, in a list: the report with what it shares, in words."""

    report: Outlet
    name: str
    what: str
    share: float
    """Of the carrier's words, 0 to 1: drawn as a bar."""
    near_copy: bool


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """One text that several reports carry."""

    headline: str
    original: Outlet
    name: str
    credits: str | None
    lines: tuple[Line, ...]
    more: int


def of_incident(connection: Connection, reports: Sequence[str]) -> dict[str, Any]:
    """The texts that the reports of an incident carry: ``voices``, those left out (``more``) and the ``rule``."""
    texts = texts_of(connection, reports, SHOWN_CARRIERS)
    return _NONE | {"voices": [_voice(text) for text in texts[:SHOWN_TEXTS]], "more": len(texts) - SHOWN_TEXTS}


def of_report(connection: Connection, report_id: str) -> dict[str, Any]:
    """Whose paragraphs a report repeats (``originals``), and who repeats its own (``carried``; null for nobody)."""
    texts = originals_of(connection, report_id)
    lines = [_line(text.original, text.carriers[0]) for text in texts[:SHOWN_CARRIERS]]
    carried = carriers_of(connection, report_id, SHOWN_CARRIERS)
    found = {"originals": lines, "more": len(texts) - len(lines)}
    return _NONE | found | {"carried": _voice(carried) if carried else None}


def _voice(text: Text) -> Voice:
    name = _whose(text.original)
    outlets = {carrier.report.publisher for carrier in text.carriers}
    if None in outlets or text.more:
        number, noun = text.number, "report"
    else:
        number, noun = len(outlets), "outlet"
    return Voice(
        headline=f"One voice: {name} text, carried by {number} {noun}{'' if number == 1 else 's'}",
        original=text.original,
        name=text.original.publisher or NOBODY,
        credits=_credits(text.original),
        lines=tuple(_line(carrier.report, carrier) for carrier in text.carriers),
        more=text.more,
    )


def _whose(outlet: Outlet) -> str:
    """Whose text it is: that of the agency which the dateline names, else the publisher's."""
    return next(iter(outlet.agencies), outlet.publisher) or "one"


def _credits(outlet: Outlet) -> str | None:
    others = [agency for agency in outlet.agencies if agency != outlet.publisher]
    return " and ".join(others) or None


def _line(shown: Outlet, carrier: Carrier) -> Line:
    numbers = carrier.paragraphs
    what = f"paragraph{'' if len(numbers) == 1 else 's'} {_runs(numbers)}, {_part(carrier.share)} of its words"
    named = _credits(shown)
    what += f"; credits {named}" if named else ""
    through = [name for name in shown.via if name != shown.publisher]
    what += f"; quotes through {listed(through)}" if through else ""
    return Line(
        report=shown, name=shown.publisher or NOBODY, what=what, share=carrier.share, near_copy=carrier.near_copy
    )


def _part(share: float) -> str:
    return "all" if share > 0.995 else f"{max(share, 0.01):.0%}"


def _runs(numbers: Sequence[int]) -> str:
    """Numbers as people write them: "1–3, 5 and 8"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
