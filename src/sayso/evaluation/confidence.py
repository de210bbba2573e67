"""Scores the confidence of claims: whether of the claims with 0.8 four in five are those that an annotator makes too.

A claim is right where the comparison of accounts finds it by event, slot and stance. Brier score (Brier 1950): the mean
square of what a confidence is off. Expected calibration error (Naeini et al. 2015): how far the mean confidence of each
of ten equal bins is from the share that is right, weighted by the claims in the bin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sayso.evaluation.accounts import DEVELOPMENT, FOUNDING, FURTHER, Tally, as_source, compare, gold_files
from sayso.evaluation.gold import load_gold
from sayso.model import Stance

BINS = 10
SWEEP = (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
"""Thresholds whose effect is shown."""
TITLES = {FOUNDING: "founding report", DEVELOPMENT: "development accounts", FURTHER: "further accounts"}
INTRODUCTION = """\
The reading refuses nothing here, so that every claim counts. *Right* are those that an annotator makes too, by event,
slot and stance; *with speaker*, those whose speaker is the same as well. ECE is the expected calibration error over
ten bins. The Brier score is the mean square error, in brackets that of a constant, the share of claims that are right.
AUC is how often, of a right and a wrong claim, the right one has the higher confidence (ties count half)."""
LEARNT = """\
The confidence was learnt on these very accounts; what to expect is under *Cross-validated*."""


class Said(msgspec.Struct, frozen=True):
    """One claim that was read: its stance, its confidence, whether it is right, and with the right speaker."""

    stance: Stance
    confidence: float
    right: bool
    speaker: bool


class Bin(msgspec.Struct, frozen=True):
    """The claims with a confidence in ``[low, high)``, the last bin with its end; shares are null where it is empty."""

    low: float
    high: float
    claims: int
    confidence: float | None
    right: float | None
    speaker: float | None


class Kept(msgspec.Struct, frozen=True):
    """What a threshold does: how many claims it refuses, how many of these are right, and the tally of the others."""

    threshold: float
    refused: int
    lost: int
    tally: Tally


class Reliability(msgspec.Struct, frozen=True):
    """How far the confidence of some claims can be relied on; ``annotated`` counts the claims that annotators made."""

    claims: int
    annotated: int
    right: float
    confidence: float
    brier: float
    constant: float
    ece: float
    auc: float | None
    bins: tuple[Bin, ...]
    sweep: tuple[Kept, ...]


def reliability(said: Sequence[Said], annotated: int) -> Reliability:
    """The scores of some claims, at least one."""
    right = _mean(one.right for one in said)
    bins = tuple(_bin(number, said) for number in range(BINS))
    gaps = [b.claims * abs(b.confidence - b.right) for b in bins if b.confidence is not None and b.right is not None]
    return Reliability(
        claims=len(said),
        annotated=annotated,
        right=right,
        confidence=_mean(one.confidence for one in said),
        brier=_mean((one.confidence - one.right) ** 2 for one in said),
        constant=right * (1 - right),
        ece=sum(gaps) / len(said),
        auc=_auc(said),
        bins=bins,
        sweep=tuple(_kept(threshold, said, annotated) for threshold in SWEEP),
    )


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def _bin(number: int, said: Sequence[Said]) -> Bin:
    # Confidences have two digits: counted in hundredths no bin's edge depends on how a number is stored.
    inside = [one for one in said if min(round(100 * one.confidence) * BINS // 100, BINS - 1) == number]
    shares: tuple[float | None, ...] = (None, None, None)
    if inside:
        shares = tuple(_mean(getattr(one, name) for one in inside) for name in ("confidence", "right", "speaker"))
    return Bin(number / BINS, (number + 1) / BINS, len(inside), *shares)


def _kept(threshold: float, said: Sequence[Said], annotated: int) -> Kept:
    kept = [one for one in said if one.confidence >= threshold]
    lost = sum(one.right for one in said) - sum(one.right for one in kept)
    return Kept(threshold, len(said) - len(kept), lost, Tally(sum(one.right for one in kept), len(kept), annotated))


def _auc(said: Sequence[Said]) -> float | None:
    """The share of pairs of a right and a wrong claim in which the right one is the likelier; null without pairs."""
    right = sorted(one.confidence for one in said if one.right)
    wrong = sorted(one.confidence for one in said if not one.right)
    if not right or not wrong:
        return None
    from bisect import bisect_left, bisect_right

    won = sum(bisect_left(wrong, p) + bisect_right(wrong, p) for p in right)
    return won / 2 / len(right) / len(wrong)


def said_in(files: Iterable[Path]) -> tuple[list[Said], int]:
    """Every claim that is read in the reports of these gold files, and how many claims are annotated."""
    from sayso.reading.account import read_report
    from sayso.reading.confidence.judging import Judge

    nothing_refused = Judge(0.0)
    found: list[Said] = []
    annotated = 0
    for file in files:
        gold = load_gold(file)
        account = read_report(as_source(gold.report), nothing_refused)
        agreed = compare(account, gold).claims
        annotated += len(gold.claims)
        found += [
            Said(claim.stance, claim.confidence, claim.id in agreed, agreed.get(claim.id, False))
            for claim in account.claims
            if claim.confidence is not None
        ]
    return found, annotated


def score_sets(path: Path) -> dict[str, Reliability]:
    """The scores of each group of annotated accounts at a path. Raises S703 where there is none."""
    sets = {group: said_in(files) for group, files in gold_files(path).items()}
    return {group: reliability(said, annotated) for group, (said, annotated) in sets.items() if said}


def as_figures(sets: Mapping[str, Reliability]) -> dict[str, Any]:
    """The scores as plain values."""
    return {group: msgspec.to_builtins(scores) for group, scores in sets.items()}


def as_text(sets: Mapping[str, Reliability]) -> str:
    """The scores as text: a line of figures, the bins, and what thresholds do."""
    lines: list[str] = []
    for group, scores in sets.items():
        lines += ["", f"{TITLES[group]}: {_summary(scores)}", f"{'confidence':>12}{'claims':>8}{'mean':>7}{'right':>7}"]
        for b in scores.bins:
            shares = "".join(f"{_two(share):>7}" for share in (b.confidence, b.right))
            lines.append(f"{_range(b):>12}{b.claims:>8}{shares}")
        lines.append(f"{'threshold':>12}{'refused':>8}{'right':>7}{'P':>7}{'R':>7}{'F1':>7}")
        for kept in scores.sweep:
            shares = "".join(f"{_three(share):>7}" for share in _shares(kept.tally))
            lines.append(f"{kept.threshold:>12.2f}{kept.refused:>8}{kept.lost:>7}{shares}")
    return "\n".join(lines).strip("\n")


def as_page(sets: Mapping[str, Reliability], command: str) -> str:
    """The scores as a section of a page (Markdown)."""
    parts = ["## Reliability", f"Made by `{command}`.", INTRODUCTION]
    for group, scores in sets.items():
        parts += [f"### {TITLES[group].capitalize()}", *([LEARNT] if group == FURTHER else []), as_tables(scores)]
    return "\n\n".join(parts) + "\n"


def as_tables(scores: Reliability) -> str:
    """One line of figures, the reliability table, and the table of thresholds (Markdown)."""
    rows = ["| confidence | claims | mean confidence | right | right, with speaker |", "|---|--:|--:|--:|--:|"]
    for b in scores.bins:
        rows.append(f"| {_range(b)} | {b.claims} | " + " | ".join(map(_two, (b.confidence, b.right, b.speaker))) + " |")
    swept = ["| threshold | refused | of these right | precision | recall | F1 |", "|---|--:|--:|--:|--:|--:|"]
    nothing = Kept(0.0, 0, 0, _all(scores))
    for kept in (nothing, *scores.sweep):
        shares = " | ".join(map(_three, _shares(kept.tally)))
        swept.append(f"| {kept.threshold:.2f} | {kept.refused} | {kept.lost} | {shares} |")
    return "\n\n".join([f"{_summary(scores)}.", "\n".join(rows), "\n".join(swept)])


def _all(scores: Reliability) -> Tally:
    return Tally(round(scores.right * scores.claims), scores.claims, scores.annotated)


def _shares(tally: Tally) -> tuple[float | None, float | None, float | None]:
    return tally.precision, tally.recall, tally.f1


def _summary(scores: Reliability) -> str:
    figures = f"ECE {scores.ece:.3f}, Brier {scores.brier:.3f} ({scores.constant:.3f}), AUC {_three(scores.auc)}"
    means = f"mean confidence {scores.confidence:.2f}, right {scores.right:.2f}"
    return f"{scores.claims} claims, {means}, {figures}"


def _range(b: Bin) -> str:
    return f"{b.low:.1f}–{b.high:.1f}"


def _two(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"


def _three(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
