"""What a decision says and what became of it, in words."""

from __future__ import annotations

from sayso.incidents.decided import Ruling


def says(ruling: Ruling) -> str:
    """What a decision says: of which words of reports, and that they are one occurrence, or are not."""
    if ruling.kind == "undo":
        return f"takes decision {ruling.undoes} back"
    counts = [len(side) for side in ruling.sides]
    if ruling.kind == "same":
        return f"{_tellings(sum(counts))} are one occurrence"
    return " and ".join(_tellings(count) for count in counts) + " are different occurrences"


def became(ruling: Ruling) -> str:
    """What became of a decision: whether it stands, or which later one stands over it."""
    if ruling.kind == "undo":
        return "holds" if ruling.state != "undone" else f"undone by decision {ruling.by}"
    return {
        "stands": "stands",
        "overruled": f"overruled by the later decision {ruling.by}",
        "overruled in part": f"stands in part; for the rest, the later decision {ruling.by} stands",
        "undone": f"undone by decision {ruling.by}",
    }[ruling.state]


def _tellings(count: int) -> str:
    return "one telling" if count == 1 else f"{count} tellings"
