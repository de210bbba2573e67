"""The scorers of the places layer."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from sayso.errors import SaysoError
from sayso.evaluation.places import as_page, event_places, toponyms

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


def corpus(path: Path, text: str, words: list[tuple[str, float, float]]) -> Path:
    tags = "".join(
        f"<toponym><start>{text.index(w)}</start><end>{text.index(w) + len(w)}</end>"
        f"<gaztag><lat>{lat}</lat><lon>{lon}</lon></gaztag></toponym>"
        for w, lat, lon in words
    )
    path.write_text(f"<articles><article><text>{text}</text><toponyms>{tags}</toponyms></article></articles>", "utf-8")
    return path


def test_adjectives_count_as_toponyms_and_are_left_out_of_names(tmp_path: Path) -> None:
    path = corpus(tmp_path / "corpus.xml", "Iraqi troops left Mosul.", [("Iraqi", 33.0, 44.0), ("Mosul", 36.3, 43.1)])
    score = toponyms(path)
    assert (score.f1, score.accuracy_161km, score.names_f1) == (1.0, 1.0, 1.0)
    assert score.places_f1 == pytest.approx(2 / 3)


def test_some_of_the_documents_may_be_scored(tmp_path: Path) -> None:
    path = corpus(tmp_path / "corpus.xml", "They left Mosul.", [("Mosul", 36.3, 43.1)])
    assert toponyms(path, documents=slice(1, None)).documents == 0


def test_the_page_sets_the_figures_beside_published_ones(tmp_path: Path) -> None:
    score = toponyms(corpus(tmp_path / "corpus.xml", "They left Mosul.", [("Mosul", 36.3, 43.1)]))
    page = as_page(msgspec.structs.asdict(score), "sayso evaluate places corpus.xml")
    assert page.startswith("## Places\n")
    assert "| sayso, toponyms | 1.000 | 1.000 |" in page
    assert "| Edinburgh Geoparser, published | 0.608 | 0.756 |" in page


@pytest.mark.parametrize(
    "content", ["no xml", "<articles><article><toponym><start>x</start></toponym></article></articles>"]
)
def test_a_file_that_is_no_corpus_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "corpus.xml"
    path.write_text(content)
    with pytest.raises(SaysoError, match="S706"):
        toponyms(path)
