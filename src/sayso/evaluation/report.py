"""The figures of an evaluation as text for the terminal, as JSON and as the page docs/accuracy.md."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sayso.evaluation.accounts import DEVELOPMENT, FIGURES, FOUNDING, FURTHER, Comparison, Difference, Tally, total
from sayso.model import Report, Span

LABELS = {
    "events": "events",
    "types": "  type",
    "modality": "  modality",
    "time": "  time",
    "time_days": "  time, to the day",
    "place": "  place",
    "initiators": "  initiators",
    "recipients": "  recipients",
    "weapon": "  weapon",
    "killed": "  killed",
    "injured": "  injured",
    "claims": "claims",
    "claims_speaker": "  + speaker",
    "claims_evidence": "  + evidence",
    "speakers": "  speakers",
    "speakers_named": "    of the named",
    "speakers_joined": "    joined",
    "denials": "denials",
    "doubts": "doubts",
    "denials_doubts": "denials and doubts",
    "links": "links",
}
# F1 of two annotators on 11 reports that both annotated (GUIDE.md beside the gold files).
AGREEMENT = {
    "events": "89–99",
    "types": "86–88",
    "time_days": "82–100",
    "place": "92–96",
    "initiators": "78–93",
    "recipients": "53–87",
    "claims": "92–95",
    "claims_speaker": "89–94",
    "claims_evidence": "75–84",
    "denials_doubts": "91–100",
    "links": "67–80",
}
TITLES = {FOUNDING: "The founding report", DEVELOPMENT: "Development accounts", FURTHER: "Further accounts"}
PER_REPORT = ("events", "types", "time", "place", "initiators", "claims", "claims_speaker", "denials_doubts", "links")
CONTEXT = 60
"""How many characters of the report are shown on each side of a difference."""

PREFACE = """\
Every report is read as `sayso read` reads it and compared with the account that people annotated. Events are aligned
one to one by the characters that their mentions share; a slot is compared only on events that were found; claims are
rows of event, slot and stance. Shares are percentages over all rows of all reports (micro average). *Two annotators* is
the F1 of two people on 11 reports that both annotated: no reader can be expected above that. The development accounts
were looked at while the rules were written, so the figures say how well the rules fit them, and a fresh report will be
read somewhat worse."""

ON_FURTHER = """\
Reports of the same kinds that we annotated ourselves after the same guide, one annotator a report; 41 of the first 99
were never looked at while rules were written. They say what to expect of a report that nobody has seen, except for
*modality*, where the trained reader learnt on them."""

Groups = Mapping[str, Sequence[Comparison]]


def as_text(groups: Groups, *, verbose: bool = False, errors: bool = False, only: Collection[str] = ()) -> str:
    """The figures of each group as a table; ``verbose`` adds a line a report, ``errors`` each difference in words.

    ``only`` names the figures whose differences are listed; empty is all of them.
    """
    parts = []
    for group, comparisons in groups.items():
        parts.append(_figures_table(f"{TITLES[group]} ({_reports(comparisons)})", comparisons))
        if verbose:
            parts.append(_reports_table(comparisons))
        if errors:
            parts.append(_differences_list(comparisons, only or FIGURES))
    return "\n\n".join(parts) + "\n"


def as_json(groups: Groups) -> dict[str, Any]:
    """The figures as plain values: group → ``all`` and ``actual`` figures, and ``reports`` by id."""
    return {
        group: {
            "all": _as_values(total(comparisons)),
            "actual": _as_values(total(comparisons, actual=True)),
            "reports": {comparison.name: _as_values(comparison.tallies) for comparison in comparisons},
        }
        for group, comparisons in groups.items()
    }


def _as_values(tallies: Mapping[str, Tally]) -> dict[str, dict[str, float | int | None]]:
    return {
        figure: {
            "precision": _rounded(tally.precision),
            "recall": _rounded(tally.recall),
            "f1": _rounded(tally.f1),
            "agree": tally.agree,
            "read": tally.read,
            "annotated": tally.annotated,
        }
        for figure, tally in tallies.items()
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _reports(comparisons: Sequence[Comparison]) -> str:
    return "1 report" if len(comparisons) == 1 else f"{len(comparisons)} reports"


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def _figures_table(title: str, comparisons: Sequence[Comparison]) -> str:
    every, actual = total(comparisons), total(comparisons, actual=True)
    lines = [
        title,
        f"{'':20}{'all events':^44}{'actual events only':^24}",
        f"{'':20}{'agree':>6}{'read':>7}{'gold':>7}{'P':>8}{'R':>8}{'F1':>8}{'P':>8}{'R':>8}{'F1':>8}",
    ]
    for figure, label in LABELS.items():
        tally, other = every[figure], actual[figure]
        shares = (tally.precision, tally.recall, tally.f1, other.precision, other.recall, other.f1)
        counts = f"{tally.agree:>6}{tally.read:>7}{tally.annotated:>7}"
        lines.append(f"{label:20}{counts}{''.join(f'{_share(share):>8}' for share in shares)}")
    return "\n".join(lines)


def _reports_table(comparisons: Sequence[Comparison]) -> str:
    width = max(len(comparison.name) for comparison in comparisons) + 2
    heads = ("events", "type", "time", "place", "by", "claims", "+who", "den.P", "den.R", "links")
    lines = [f"{'F1 by report':{width}}" + "".join(f"{head:>8}" for head in heads)]
    for comparison in comparisons:
        row = []
        for figure in PER_REPORT:
            tally = comparison.tallies[figure]
            row += [tally.precision, tally.recall] if figure == "denials_doubts" else [tally.f1]
        lines.append(f"{comparison.name:{width}}" + "".join(f"{_share(share):>8}" for share in row))
    return "\n".join(lines)


def _differences_list(comparisons: Sequence[Comparison], only: Collection[str]) -> str:
    lines: list[str] = []
    for figure in (figure for figure in FIGURES if figure in only):
        for kind in ("missed", "spurious", "different"):
            found = [
                (comparison, difference)
                for comparison in comparisons
                for difference in comparison.differences
                if difference.figure == figure and difference.kind == kind
            ]
            if found:
                lines += ["", f"── {figure} · {kind} · {len(found)} " + "─" * 40]
            shown = ""
            for comparison, difference in found:
                if comparison.name != shown:
                    shown = comparison.name
                    lines.append(f"  {shown} (published {comparison.report.published})")
                lines += _difference_lines(comparison.report, difference)
    return "\n".join(lines).strip("\n")


def _difference_lines(report: Report, difference: Difference) -> list[str]:
    lines = [f"    {difference.text}"]
    if difference.span is not None:
        lines.append(f"        {in_context(report.text, difference.span)}")
    return lines


def in_context(text: str, span: Span) -> str:
    """The span in [brackets] with a little of the text around it, on one line."""
    before, after = text[max(span.start - CONTEXT, 0) : span.start], text[span.end : span.end + CONTEXT]
    left = "…" if span.start > CONTEXT else ""
    right = "…" if span.end + CONTEXT < len(text) else ""
    return " ".join(f"{left}{before}[{text[span.start : span.end]}]{after}{right}".split())


def as_page(groups: Groups, command: str) -> str:
    """The section of docs/accuracy.md on accounts: figures, what each means, and what two annotators reach."""
    if set(groups) == {FURTHER}:
        return (
            "\n\n".join([f"## {TITLES[FURTHER]}", f"Made by `{command}`.", ON_FURTHER, _page_table(groups[FURTHER])])
            + "\n"
        )
    parts = [
        "## Accounts",
        f"Made by `{command}`.",
        PREFACE,
    ]
    for group, comparisons in groups.items():
        parts += [f"### {TITLES[group]}", _page_table(comparisons)]
    meanings = "\n".join(f"- **{LABELS[figure].strip(' +')}**: {meaning}" for figure, meaning in FIGURES.items())
    return "\n\n".join([*parts, "### What each figure means", meanings]) + "\n"


def _page_table(comparisons: Sequence[Comparison]) -> str:
    every, actual = total(comparisons), total(comparisons, actual=True)
    lines = [
        f"{_reports(comparisons).capitalize()}.",
        "",
        "| | read | annotated | precision | recall | F1 | F1, actual events only | two annotators |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for figure, label in LABELS.items():
        tally = every[figure]
        shares = (tally.precision, tally.recall, tally.f1, actual[figure].f1)
        cells = [label.replace("  ", "&emsp;"), str(tally.read), str(tally.annotated)]
        cells += ["–" if share is None else f"{100 * share:.1f}" for share in shares]
        lines.append("| " + " | ".join([*cells, AGREEMENT.get(figure, "")]) + " |")
    return "\n".join(lines)


def replace_section(page: str, name: str, section: str) -> str:
    """The page with the section between ``<!-- name -->`` and ``<!-- /name -->`` replaced, or added at the end."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    block = f"{begin}\n{section.strip()}\n{end}"
    if begin in page and end in page:
        before, rest = page.split(begin, 1)
        return f"{before}{block}{rest.split(end, 1)[1]}"
    return f"{page.rstrip()}\n\n{block}\n"
