"""The scorers of the places layer."""

from __future__ import annotations

import json
from pathlib import Path

from sayso.evaluation.places import event_places, toponyms

TEXT = "Shells hit Mosul, Iraq. Rebels took Xyzzyville."


def test_event_places_count_names_found_with_their_country(tmp_path: Path) -> None:
    events = [
        {"place": {"name": "Mosul", "country": "IRQ"}},
        {"place": {"name": "Xyzzyville", "country": "IRQ"}},
        {"place": None},
    ]
    path = tmp_path / "one.gold.json"
    path.write_text(json.dumps({"report": {"text": TEXT}, "events": events}))
    score = event_places([path])
    assert (score.names, score.found, score.right_country) == (2, 1, 1)
    assert score.missed == (("one.gold", "Xyzzyville"),)


def test_toponyms_are_scored_by_exact_span_and_distance(tmp_path: Path) -> None:
    def toponym(word: str, lat: float, lon: float) -> str:
        start = TEXT.index(word)
        tag = f"<gaztag><lat>{lat}</lat><lon>{lon}</lon></gaztag>"
        return f"<toponym><start>{start}</start><end>{start + len(word)}</end>{tag}</toponym>"

    truth = toponym("Mosul", 36.34, 43.13) + toponym("Iraq", 0.0, 0.0) + toponym("Xyzzyville", 1.0, 1.0)
    path = tmp_path / "corpus.xml"
    path.write_text(
        f"<articles><article><text>{TEXT}</text><toponyms>{truth}</toponyms></article></articles>", encoding="utf-8"
    )
    score = toponyms(path)
    assert (score.matched, score.precision, score.accuracy_161km) == (2, 1.0, 0.5)
    assert round(score.recall, 2) == 0.67
