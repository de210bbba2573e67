"""The claim matrix of an incident: a row for each slot, a column for each speaker, and in the cells who says what.

A cell that is empty says that this speaker does not speak to this slot; it is never filled from another one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

import msgspec

from sayso.vocabulary import load
from sayso.web import words

NARRATION = "the report itself"
"""How pages name the speaker of unattributed text."""
Row = Mapping[str, Any]


class Saying(msgspec.Struct, frozen=True):
    """One thing that a speaker says in a cell, with the claims that rest on it."""

    claim: str
    stance: str
    words: str
    exact: str | None
    evidence: str
    again: bool = False
    """Whether a column further left says the same: drawn quietly."""
    confidence: float | None = None


class Cell(msgspec.Struct, frozen=True):
    """A cell over ``columns`` neighbouring columns of one report; no sayings means "not stated"."""

    sayings: tuple[Saying, ...]
    speakers: tuple[str, ...]
    columns: int = 1
    narration: bool = False


class Line(msgspec.Struct, frozen=True):
    """A slot and its cells, with how far the speakers differ on it."""

    slot: str
    label: str
    help: str
    cells: tuple[Cell, ...]
    contested: bool
    differ: bool
    said_by: int
    """How many speakers share the value that most of them give; 0 where no two do."""


class Column(msgspec.Struct, frozen=True):
    """A speaker in a report; ``speaker`` null is the report's own narration."""

    report: str
    speaker: str | None
    name: str
    via: tuple[str, ...] = ()
    kind: str | None = None


class Group(msgspec.Struct, frozen=True):
    """The columns of one report."""

    report: Row
    columns: tuple[Column, ...]


class Matrix(msgspec.Struct, frozen=True):
    """The whole table; ``left_out`` counts the speakers for whom there is no room."""

    groups: tuple[Group, ...]
    lines: tuple[Line, ...]
    left_out: int = 0

    @property
    def columns(self) -> list[Column]:
        """All columns from left to right."""
        return [column for group in self.groups for column in group.columns]


def build(claims: Sequence[Row], reports: Sequence[Row], limit: int) -> Matrix:
    """The matrix of an incident's claims (rows with the names ``speaker`` and ``via``), reports by publication.

    Within a report narration comes first, then the speakers by their first words; ``limit`` is the most columns shown.
    """
    groups: list[Group] = []
    total = 0
    for report in sorted(reports, key=lambda row: (row["published"], row["id"])):
        mine = [claim for claim in claims if claim["report_id"] == report["id"]]
        columns = _columns(report["id"], mine)
        room = max(0, limit - total)
        total += len(columns)
        if columns[:room]:
            groups.append(Group(report, tuple(columns[:room])))
    cells = _by_cell(claims)
    slots = [slot for slot in load("slots") if any(claim["slot"] == slot for claim in claims)]
    lines = tuple(_line(slot, groups, cells) for slot in slots)
    return Matrix(tuple(groups), lines, max(0, total - limit))


def _columns(report: str, claims: Iterable[Row]) -> list[Column]:
    first: dict[str | None, int] = {}
    named: dict[str | None, Row] = {}
    carriers: dict[str | None, list[str]] = {}
    for claim in claims:
        speaker = claim["speaker_id"]
        first[speaker] = min(first.get(speaker, claim["evidence_start"]), claim["evidence_start"])
        named.setdefault(speaker, claim)
        if claim["via"] and claim["via"] not in carriers.setdefault(speaker, []):
            carriers[speaker].append(claim["via"])
    order = sorted(first, key=lambda speaker: (speaker is not None, first[speaker], speaker or ""))
    return [
        Column(report, s, named[s]["speaker"] or NARRATION, tuple(carriers.get(s, ())), named[s].get("speaker_kind"))
        for s in order
    ]


def _by_cell(claims: Iterable[Row]) -> dict[tuple[str, str | None, str], list[Row]]:
    cells: dict[tuple[str, str | None, str], list[Row]] = {}
    for claim in sorted(claims, key=lambda claim: (claim["evidence_start"], claim["id"])):
        cells.setdefault((claim["report_id"], claim["speaker_id"], claim["slot"]), []).append(claim)
    return cells


def _line(slot: str, groups: Sequence[Group], cells: Mapping[tuple[str, str | None, str], list[Row]]) -> Line:
    entry = load("slots")[slot]
    seen: set[tuple[str, str]] = set()
    found: list[Cell] = []
    every: list[Row] = []
    for group in groups:
        drawn: list[Cell] = []
        for column in group.columns:
            claims = cells.get((column.report, column.speaker, slot), [])
            every.extend(claims)
            cell = Cell(_sayings(slot, claims, seen), (column.name,), narration=column.speaker is None)
            _put(drawn, cell)
            seen |= {(claim["stance"], meaning(claim)) for claim in claims}
        found.extend(drawn)
    named = [claim for claim in every if claim["speaker_id"] is not None]
    sayers: dict[str, set[str]] = {}
    for claim in named:
        if claim["stance"] == "asserts":
            sayers.setdefault(meaning(claim), set()).add(claim["speaker_id"])
    shared = max((len(speakers) for speakers in sayers.values()), default=0)
    return Line(
        slot,
        entry.label,
        entry.help,
        tuple(found),
        is_contested(named),
        differs(slot, every),
        shared if shared > 1 else 0,
    )


def _sayings(slot: str, claims: Sequence[Row], seen: Set[tuple[str, str]]) -> tuple[Saying, ...]:
    """The sayings of one cell: the same stance on the same value is said once."""
    found: dict[tuple[str, str], Saying] = {}
    for claim in claims:
        key = claim["stance"], meaning(claim)
        if key not in found:
            found[key] = Saying(
                claim["id"],
                claim["stance"],
                in_words(slot, claim),
                exact(slot, claim),
                claim["evidence"],
                key in seen,
                claim.get("confidence"),
            )
    return tuple(found.values())


def _put(drawn: list[Cell], cell: Cell) -> None:
    """Adds a cell; where its neighbour says the same in the same words, the two become one, "said by 2"."""
    if drawn and cell.sayings and not cell.narration and not drawn[-1].narration and _same(drawn[-1], cell):
        last = drawn.pop()
        cell = msgspec.structs.replace(last, speakers=last.speakers + cell.speakers, columns=last.columns + 1)
    drawn.append(cell)


def _same(one: Cell, other: Cell) -> bool:
    def content(cell: Cell) -> list[tuple[str, str, str]]:
        return [(saying.stance, saying.words, saying.evidence) for saying in cell.sayings]

    return content(one) == content(other)


def meaning(claim: Row) -> str:
    """What a claim comes to, for comparing: its normalised value where it has one, else its words without case."""
    if claim["slot"] == "occurrence":
        return "occurrence"
    return claim["normalised"] or " ".join((claim["value"] or "").casefold().split())


def normalised(claim: Row) -> Any:
    """The claim's value for machines, decoded; ``None`` where it has none or it is not JSON."""
    try:
        return json.loads(claim["normalised"] or "null")
    except ValueError:
        return None


def number_range(claim: Row) -> tuple[int | None, int | None] | None:
    """The range of a claim on killed or injured; ``None`` where it has none."""
    value = normalised(claim)
    if isinstance(value, list) and len(value) == 2 and all(part is None or isinstance(part, int) for part in value):
        return value[0], value[1]
    return None


def in_words(slot: str, claim: Row) -> str:
    """A claim's value as its cell shows it: for an occurrence the stance says it all, for a number its range."""
    if slot == "occurrence":
        return {"asserts": "it happened", "denies": "it happened", "uncertain": "whether it happened"}[claim["stance"]]
    if slot in ("killed", "injured") and (limits := number_range(claim)):
        return words.toll(*limits) or "a number not known"
    return claim["value"] or "nothing named"


def exact(slot: str, claim: Row) -> str | None:
    """What a time expression comes to ("late Sunday" is 4 Jul 2021); ``None`` for other slots and the unresolved."""
    if slot != "time":
        return None
    value = normalised(claim)
    if isinstance(value, Mapping):
        start, end = value.get("start"), value.get("end")
    elif isinstance(value, str):
        start, _, end = value.partition("/")
        end = end or start
        start, end = (None if part in ("", "..") else part for part in (start, end))
    else:
        return None
    said = words.interval(start, end)
    return None if said == "date not stated" or said == claim["value"] else said


def is_contested(claims: Iterable[Row]) -> bool:
    """Whether somebody asserts this and somebody denies it; the report's own narration is nobody's denial."""
    stances = {claim["stance"] for claim in claims}
    return {"asserts", "denies"} <= stances


def differs(slot: str, claims: Iterable[Row]) -> bool:
    """Whether two asserted numbers exclude each other; names and dates may differ in detail without differing."""
    if slot not in ("killed", "injured"):
        return False
    ranges = [limits for claim in claims if claim["stance"] == "asserts" and (limits := number_range(claim))]
    lows = [low for low, _ in ranges if low is not None]
    highs = [high for _, high in ranges if high is not None]
    return bool(lows and highs and max(lows) > min(highs))
