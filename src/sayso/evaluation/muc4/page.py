"""The figures of MUC-4 as lines for the terminal, as JSON, and as a section of a page beside the published ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sayso.evaluation.muc4.scorer import ALL, Scores, differences
from sayso.evaluation.muc4.scores import Hit, Hits

CONFIDENCE_FIGURE = "perpetrator confidence, recall / precision"
PUBLISHED = (
    ("IterX (Chen et al., EACL 2023)", "CEAF-REE F1", "57.4"),
    ("GTT (Du et al., NAACL 2021)", "CEAF-REE F1", "56.0"),
    ("GRIT (Du et al., EACL 2021)", "CEAF-REE F1", "54.5"),
    ("GE (1992, on TST3 alone)", CONFIDENCE_FIGURE, "24 / 30"),
)
"""Figures as published on TST3 and TST4, which are held out here."""

PEOPLE = "Victim, or described"

COMPARABLE = """\
The reports of TST1 and TST2 are those that the papers tune on; they train on dev. Their figures are on TST3 and TST4,
which are held out here: **no figure of ours stands for theirs on the same reports**. What is the same is the keys'
notation and the definitions:

- **CEAF-REE** as GRIT defines it: entities of one report, role by role, aligned one to one; a pair counts where every
  mention that is predicted is among the key's, small and without punctuation and articles; micro average over the five
  roles. *Victim* is the slot of names alone, as in the processed copies (*Victim, or described* adds people without a
  name and is in no published figure). Entities of the key's templates that share a mention are one. Optional templates
  count: with them there are 1,114 in dev and 191 in TST1 and TST2, as the papers have it. Whether the papers' copies
  hold fillers marked "?" and strings that are not in the report's words is not stated; here they count.
- **Templates** as GTT defines them: aligned only where the incident types agree, so that the whole scores best;
  the type counts, and so does all that is in templates that are not aligned. The figures of the papers in the table
  are CEAF-REE, not these.
- **Confidence** is that of the perpetrator organisation. The official scorer of 1992 gave half a point for partial
  matches and forgave optional templates; here both count in full: GE's figures were reached under a milder rule.
- **Date, country, place**: slots 2 and 3, all or nothing, under the same alignment; a place is right where the
  smallest is. Of reports without a date no date is given.

The texts are in capitals and are recased before they are read (a lexicon, no model; offsets stay), which costs some
names. Events become templates by a table, `evaluation/muc4/mapping.yaml`, made on dev. Names in roles, the likely types
and how sure a report is of an organisation are the trained reader's, which learnt from dev: **the figures on dev are on
reports that it has seen**. Which of the names are kept is fitted on TST1 and TST2 (`training/reader/selection.py`), on
which papers tune too; five-fold cross-validation there gives the figure in docs/reader.md."""


def as_text(sets: Mapping[str, Scores]) -> str:
    """The figures as lines: precision, recall, F1 in per cent, then the counts."""
    lines: list[str] = []
    for name, scores in sets.items():
        lines += [f"{name}: {_counts(scores)}"]
        for title, hits in _groups(scores).items():
            lines += ["", f"{title:22}  precision  recall     F1    right / read     found / annotated"]
            lines += [
                f"  {figure:20}  {100 * h.precision:9.1f}  {100 * h.recall:6.1f}  {100 * h.f1:5.1f}"
                f"  {h.right:6d} / {h.predicted:<6d}  {h.found:6d} / {h.annotated}"
                for figure, h in hits.items()
            ]
        lines.append("")
    return "\n".join(lines).rstrip("\n")


def as_figures(sets: Mapping[str, Scores]) -> dict[str, dict[str, object]]:
    """The figures for JSON, by set: shares from 0 to 1 and counts."""
    return {name: _figures(scores) for name, scores in sets.items()}


def as_page(sets: Mapping[str, Scores], command: str) -> str:
    """The section of figures, in Markdown, with what is published and how far it can be compared."""
    rows = [f"## MUC-4\n\nMade by `{command}`.\n"]
    for name, scores in sets.items():
        rows += [f"### {name}\n", f"{_counts(scores)}.\n", *_table(scores), ""]
    name, scores = next(iter(sets.items()))
    sure = scores.slots["confidence"]
    ours = (
        (f"**sayso**, on {name}", "CEAF-REE F1", f"{100 * scores.ceaf_ree[ALL].f1:.1f}"),
        (f"**sayso**, on {name}", CONFIDENCE_FIGURE, f"{100 * sure.recall:.0f} / {100 * sure.precision:.0f}"),
    )
    rows += ["### Published figures\n", "| reader | figure | |\n|---|---|--:|"]
    rows += [f"| {who} | {what} | {value} |" for who, what, value in (*ours, *PUBLISHED)]
    return "\n".join((*rows, "", COMPARABLE))


def difference_lines(path: Path) -> Iterator[str]:
    """What CEAF-REE counts as missed and as spurious, a line for each role of each report."""
    for difference in differences(path):
        for role, missed, spurious in difference.roles:
            parts = [f"missed: {'; '.join(missed)}"] if missed else []
            parts += [f"spurious: {'; '.join(spurious)}"] if spurious else []
            yield f"{difference.id}  {role:8}  {' | '.join(parts)}"


def _counts(scores: Scores) -> str:
    read = f"{scores.unread} could not be read" if scores.unread else "all were read"
    return f"{scores.reports} reports, {scores.relevant} of them with a template; {read}"


def _table(scores: Scores) -> Iterator[str]:
    yield "| | read | annotated | precision | recall | F1 |\n|---|--:|--:|--:|--:|--:|"
    for title, hits in _groups(scores).items():
        yield f"| **{title}** | | | | | |"
        for figure, h in hits.items():
            shares = " | ".join(f"{100 * share:.1f}" for share in (h.precision, h.recall, h.f1))
            yield f"| &emsp;{figure} | {h.predicted} | {h.annotated} | {shares} |"


def _figures(scores: Scores) -> dict[str, object]:
    counts: dict[str, object] = {"reports": scores.reports, "relevant": scores.relevant, "unread": scores.unread}
    groups = {title: {figure: _row(hit) for figure, hit in hits.items()} for title, hits in _groups(scores).items()}
    return counts | groups


def _groups(scores: Scores) -> dict[str, Hits]:
    return {
        "CEAF-REE": {**scores.ceaf_ree, PEOPLE: scores.anyone},
        "templates": scores.templates,
        "slots": scores.slots,
    }


def _row(hit: Hit) -> dict[str, float | int]:
    return {
        "precision": round(hit.precision, 4),
        "recall": round(hit.recall, 4),
        "f1": round(hit.f1, 4),
        "right": hit.right,
        "read": hit.predicted,
        "found": hit.found,
        "annotated": hit.annotated,
    }
