"""Floors under the accuracy figures: a change that reads worse than before does not pass the tests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sayso.errors import SaysoError

TOLERANCE = 0.005
"""How far a figure may drop below its floor before the tests fail."""

HELD = ("precision", "recall", "f1")

Floors = dict[str, Any]


def digest(files: Iterable[Path]) -> str:
    """The SHA-256 of what the gold files hold, whatever their names and order: floors hold for these and no others."""
    each = sorted(hashlib.sha256(file.read_bytes()).digest() for file in files)
    return hashlib.sha256(b"".join(each)).hexdigest()


def floors_of(figures: Mapping[str, Any]) -> Floors:
    """The floors that a group's figures (``report.as_json``) set: F1, and both shares of denials and doubts.

    Precision and recall of the other figures may trade against each other; of denials and doubts neither may fall.
    """
    floors: Floors = {}
    for figure, values in figures["all"].items():
        held = HELD if figure == "denials_doubts" else ("f1",)
        floors[figure] = {name: values[name] for name in held if values[name] is not None}
    return {figure: values for figure, values in floors.items() if values}


def dropped(figures: Mapping[str, Any], floors: Floors) -> list[str]:
    """One line for every figure that lies more than ``TOLERANCE`` below its floor."""
    lines = []
    for figure, held in floors.items():
        for name, floor in held.items():
            value = figures["all"][figure][name]
            if value is None or value < floor - TOLERANCE:
                lines.append(f"{figure} {name}: {value} is below its floor {floor}")
    return lines


def load(path: Path) -> dict[str, Any]:
    """The floors file: group → ``{"digest", "floors"}``; empty where there is none yet."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def update(path: Path, groups: Mapping[str, tuple[str, Mapping[str, Any]]], *, allow_regression: bool = False) -> None:
    """Write new floors; ``groups`` gives the digest and the figures of each group.

    Raises SaysoError S704 where that would lower a floor, unless ``allow_regression``.
    """
    known = load(path)
    new: dict[str, Any] = dict(known)
    for group, (sha, figures) in groups.items():
        floors = floors_of(figures)
        before = known.get(group, {})
        lowered = _lowered(before.get("floors", {}), floors) if before.get("digest") == sha else []
        if lowered and not allow_regression:
            raise SaysoError("S704", group=group, figures="; ".join(lowered))
        new[group] = {"digest": sha, "floors": floors}
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)


def _lowered(before: Floors, after: Floors) -> list[str]:
    return [
        f"{figure} {name} {floor} → {after.get(figure, {}).get(name)}"
        for figure, held in before.items()
        for name, floor in held.items()
        if (after.get(figure, {}).get(name) or 0.0) < floor
    ]
