"""The weights of the joining as a table of a page."""

from __future__ import annotations

from sayso.incidents.weights import Weights


def as_table(known: Weights) -> str:
    """Every finding with its two weights (Markdown); a star marks what is set by judgement and not learnt."""
    lines = ["| finding | what it means | both mostly about it | in passing |", "|---|---|--:|--:|"]
    lines.append(f"| *start* | before any finding | {known.start:+.2f} | {known.start_passing:+.2f} |")
    for name, entry in known.findings.items():
        mark = "" if entry.learnt else " *"
        # What compares whole reports has no weight where an event is told in passing.
        passing = "" if name.startswith(("reports.", "rare.")) else f"{entry.passing:+.2f}"
        lines.append(f"| `{name}`{mark} | {entry.label} | {entry.weight:+.2f} | {passing} |")
    return "\n".join(lines)
