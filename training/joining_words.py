"""Counts in how many reports each word stands, for the joining, and writes the counts.

    python -m training.joining_words ../shared/data

Counts only: no text of a report is kept. Of gun violence the incidents before 2016 are counted, of the other sets the
development parts, so that words of local crime and of war are weighed alike.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.ledger.words import FREQUENCIES, words

OUTPUT = Path(__file__).parents[1] / "src" / "sayso" / "ledger" / FREQUENCIES
LEAST_REPORTS = 4
"""A word in fewer reports counts as unknown: mostly names, which are rarest of all."""
SETS = {
    "fakes/dev.jsonl.gz": ("article_title", "article_content"),
    "timeline17/syria.jsonl.gz": ("text",),
    "timeline17/iraq.jsonl.gz": ("text",),
    "timeline17/libya.jsonl.gz": ("text",),
    "polnear/train.jsonl.gz": ("text",),
}


def texts(data: Path) -> Iterator[str]:
    """The reports that are counted."""
    for row in _rows(data / "longtail" / "train.jsonl.gz"):
        if row["truth"]["date"] < "2016":
            yield f"{row['title'] or ''}\n\n{row['text']}"
    for name, fields in SETS.items():
        for row in _rows(data / name):
            yield "\n\n".join(str(row.get(field) or "") for field in fields)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    counts: Counter[str] = Counter()
    reports = 0
    for text in texts(parser.parse_args().data):
        reports += 1
        counts.update(set(words(text)))
    kept = sorted((-count, word) for word, count in counts.items() if count >= LEAST_REPORTS)
    lines = ["# In how many reports each word stands (folded); made by training/joining_words.py.", f"\t{reports}"]
    lines += [f"{word}\t{-count}" for count, word in kept]
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
