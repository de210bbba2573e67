"""What is in the actor base, counted, for its page: ``python -m sayso.knowledge.actor_counts docs/actors.md``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from sayso.knowledge.actor_records import ActorRecord
from sayso.knowledge.actors import ActorBase

BEGIN, END = "<!-- counts: begin -->", "<!-- counts: end -->"

ARMED = ("rebel", "militia", "criminal")
_LATIN_ONLY = re.compile(r"[^\u0370-\u1fff\u2e80-\uffff]*")


def table(records: Iterable[ActorRecord]) -> str:
    """The counts as a Markdown table: actors by kind, persons, names in other scripts, dated ties, media by mark."""
    listed = [r for r in records if not r.terms]
    persons = [r for r in records if r.terms]
    armed = [r for r in listed if r.kind in ARMED]
    rows = [("armed groups (rebels, militias, criminal groups)", len(armed))]
    rows += [("… with a name in Arabic, Cyrillic, Persian or Hebrew letters", sum(map(_in_another_script, armed)))]
    rows += [("… taken from PETRARCH 2's list", sum("PETRARCH" in r.source for r in armed))]
    for kind, label in (
        ("military", "named forces and commands"),
        ("coalition", "coalitions"),
        ("police", "named police forces"),
        ("intelligence", "named intelligence services"),
        ("government", "named governments, ministries and offices"),
        ("igo", "intergovernmental bodies and their missions"),
        ("ngo", "non-governmental organisations"),
        ("monitor", "monitors"),
        ("opposition", "parties and unarmed oppositions"),
        ("media", "news organisations"),
    ):
        rows.append((label, sum(r.kind == kind for r in listed)))
    for mark in ("state", "party", "independent", "agency"):
        rows.append((f"… marked {mark}", sum(mark in r.marks for r in listed)))
    rows.append(("persons", len(persons)))
    rows.append(("… terms of office or command", sum(len(r.terms) for r in persons)))
    rows.append(("actors with an affiliation, a backer or another tie", sum(bool(r.ties) for r in listed)))
    body = "\n".join(f"| {label} | {count} |" for label, count in rows)
    return f"| what | how many |\n|---|---|\n{body}"


def _in_another_script(record: ActorRecord) -> bool:
    return not all(_LATIN_ONLY.fullmatch(name) for name in record.aliases)


def main(page: Path) -> None:
    """Write the counts into the page between its two marks."""
    text = page.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n{table(ActorBase.open().records)}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
