"""Scores the relevance gate: how many reports with events it would lose, how many on other matters it spares.

A report has events where its annotators say so, or where the whole reading finds one that happened; both are counted
apart. Of a folder of public sets the fifth is scored that the gate was not trained on; of annotated accounts all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time

import msgspec

from sayso.errors import SaysoError
from sayso.evaluation.relevance_sets import SETS, Sample, annotated, samples
from sayso.model import Account
from sayso.reading.account import read_each
from sayso.reading.relevance import Judgement, gate

MOST = 100
"""Of a set at most so many reports are read in full: those whose hashes come first."""
ALL = "all"


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """Counts over the reports of a set.

    ``told`` have events by their annotators, ``found`` by the whole reading, ``others`` by neither; of each ``lost`` or
    ``spared`` are those that the gate holds back. Only ``read`` reports can be found or others.
    """

    reports: int
    held_back: int
    told: int
    told_lost: int
    read: int
    found: int
    found_lost: int
    others: int
    spared: int
    judging_s: float = 0.0
    reading_s: float = 0.0
    """Seconds of processor time that judging all reports, and reading those that are read, took."""

    def __add__(self, other: Scores) -> Scores:
        names = self.__struct_fields__
        return Scores(**{name: getattr(self, name) + getattr(other, name) for name in names})


class Scored(msgspec.Struct, frozen=True):
    """One report: what the gate makes of it, and whether the reading finds an event in it (null: it was not read)."""

    sample: Sample
    judgement: Judgement
    found: bool | None

    @property
    def lost(self) -> bool:
        """Whether the gate holds back a report with events."""
        return not self.judgement.relevant and bool(self.sample.told or self.found)


def chosen(path: Path) -> dict[str, list[Sample]]:
    """The samples that are scored, set by set, in order of their hashes.

    Raises ``S734`` where the path has neither public sets nor annotated accounts.
    """
    public = path.is_dir() and any((path / name).exists() for name in SETS)
    found: dict[str, list[Sample]] = {}
    try:
        for sample in samples(path) if public else annotated(path):
            if sample.checked or not public:
                found.setdefault(sample.set, []).append(sample)
    except SaysoError as error:
        raise SaysoError("S734", path=path) if error.code == "S703" else error from error
    return {name: sorted(those, key=lambda s: s.report.sha256) for name, those in found.items()}


def has_event(found: Account | SaysoError) -> bool:
    """Whether the reading found an event that happened; a report that cannot be read has none."""
    return isinstance(found, Account) and any(event.modality == "actual" for event in found.events)


def score_sets(path: Path, most: int = MOST) -> dict[str, Scores]:
    """The scores of each set, and of all together; ``most`` reports of each are read in full."""
    sets = {name: count(*judged(those, most)) for name, those in chosen(path).items()}
    every = list(sets.values())
    return sets | {ALL: sum(every[1:], every[0])}


def judged(those: Sequence[Sample], most: int) -> tuple[list[Scored], float, float]:
    """Some samples as scored, with the seconds of processor time of judging and of reading."""
    begun = process_time()
    judgements = [gate().judge(sample.report) for sample in those]
    between = process_time()
    read = [has_event(found) for found in read_each(sample.report for sample in those[:most])]
    ended = process_time()
    known: list[bool | None] = [*read, *[None] * (len(those) - len(read))]
    scored = [Scored(*row) for row in zip(those, judgements, known, strict=True)]
    return scored, between - begun, ended - between


def count(scored: Sequence[Scored], judging_s: float = 0.0, reading_s: float = 0.0) -> Scores:
    """The counts over some reports."""
    told = [one for one in scored if one.sample.told]
    read = [one for one in scored if one.found is not None]
    found = [one for one in read if one.found]
    others = [one for one in read if not one.found and not one.sample.told]
    return Scores(
        reports=len(scored),
        held_back=_held_back(scored),
        told=len(told),
        told_lost=_held_back(told),
        read=len(read),
        found=len(found),
        found_lost=_held_back(found),
        others=len(others),
        spared=_held_back(others),
        judging_s=judging_s,
        reading_s=reading_s,
    )


def _held_back(those: Sequence[Scored]) -> int:
    return sum(not one.judgement.relevant for one in those)


def differences(path: Path) -> Iterator[str]:
    """Each report with events that the gate would lose, with its likelihood and its likeliest passage."""
    for name, those in chosen(path).items():
        for one in judged(those, MOST)[0]:
            if one.lost:
                passage = one.judgement.passage
                words = " ".join(passage.text.split()) if passage else one.sample.report.title
                why = "annotated" if one.sample.told else "read"
                yield f"{name} {one.sample.report.id} ({why}, {one.judgement.score:.3f}): {words}"


# How they are shown -----------------------------------------------------------------------------------------------


def recall(had: int, lost: int) -> float | None:
    """The share that is not lost; null where there was none to lose."""
    return None if had == 0 else 1 - lost / had


def as_figures(sets: Mapping[str, Scores]) -> dict[str, float | int | None]:
    """The scores as plain numbers, by set: ``LGL.found.recall``. Times are left out: they differ from run to run."""
    figures: dict[str, float | int | None] = {}
    for name, s in sets.items():
        figures |= {f"{name}.reports": s.reports, f"{name}.held_back": s.held_back}
        figures |= {f"{name}.told": s.told, f"{name}.told.recall": recall(s.told, s.told_lost)}
        figures |= {f"{name}.found": s.found, f"{name}.found.recall": recall(s.found, s.found_lost)}
        figures |= {f"{name}.others": s.others, f"{name}.others.spared": s.spared}
    return figures


HEADS = (
    "reports",
    "held back",
    "annotated",
    "lost",
    "recall",
    "found by reading",
    "lost",
    "recall",
    "others",
    "spared",
)


def _cells(s: Scores) -> list[str]:
    shares = [recall(s.told, s.told_lost), recall(s.found, s.found_lost)]
    one, two = ("–" if share is None else f"{share:.3f}" for share in shares)
    spared = f"{s.spared} ({s.spared / s.others:.0%})" if s.others else "–"
    counts = [s.reports, s.held_back, s.told, s.told_lost, one, s.found, s.found_lost, two, s.others, spared]
    return [str(cell) for cell in counts]


def as_text(sets: Mapping[str, Scores]) -> str:
    """The scores as a table in text, and how fast the gate is beside the reading."""
    rows = [["", *HEADS], *([name, *_cells(s)] for name, s in sets.items())]
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = ["  ".join(f"{cell:{'<' if k == 0 else '>'}{widths[k]}}" for k, cell in enumerate(row)) for row in rows]
    return "\n".join([*lines, "", speed(sets[ALL])])


def speed(s: Scores) -> str:
    """Reports a second of the gate and of the whole reading, in words."""
    if not s.judging_s or not s.reading_s:
        return "Not timed."
    gate_rate, reading_rate = s.reports / s.judging_s, s.read / s.reading_s
    return f"In a second of processor time the gate judges {gate_rate:,.0f} reports, the reading {reading_rate:.1f}."


INTRODUCTION = """What the relevance gate holds back, on reports that it was not trained on. *Annotated* have an event
by those who made the set (all of them; only MUC-4, VOA, WikiEvents and the accounts say so), *found by reading* have an
event that happened by the whole reading, which is run on at most a hundred reports of each set; *others* have none by
either. *Lost* are those with events that are held back, *spared* those without."""


def as_page(sets: Mapping[str, Scores], command: str) -> str:
    """The scores as a section of a page (Markdown)."""
    lines = ["| | " + " | ".join(HEADS) + " |", "|---" + "|--:" * len(HEADS) + "|"]
    lines += ["| " + " | ".join([name, *_cells(s)]) + " |" for name, s in sets.items()]
    return "\n\n".join(["## Relevance gate", f"Made by `{command}`.", INTRODUCTION, "\n".join(lines)])
