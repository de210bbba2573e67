"""Writes every corpus to a folder and prints what is in it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from training.corpora import CORPORA, examples


def main(folder: Path) -> None:
    """Write ``folder/<corpus>.jsonl`` of each corpus; print its examples, and its spans by layer and label."""
    folder.mkdir(parents=True, exist_ok=True)
    for corpus in CORPORA:
        count = 0
        spans: Counter[tuple[str, str]] = Counter()
        with (folder / f"{corpus}.jsonl").open("w", encoding="utf-8") as file:
            for example in examples(corpus):
                count += 1
                for layer, found in example.layers.items():
                    labels = (label if isinstance(label, str) else f"{label:.0f}" for _, _, label in found)
                    spans.update((layer, label) for label in labels)
                file.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
        print(f"{corpus}: {count} examples")
        for (layer, label), times in sorted(spans.items()):
            print(f"  {layer:14} {label:36} {times:6}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
