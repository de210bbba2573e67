"""Scores the places layer: places of annotated events, and toponyms of a geoparsing corpus in LGL's XML format."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sayso.errors import SaysoError
from sayso.knowledge.countries import demonyms
from sayso.knowledge.names import fold, plain
from sayso.knowledge.placewords import split_type
from sayso.knowledge.sphere import distance_km
from sayso.model import Place
from sayso.reading.places import read_places, read_toponyms

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NEAR_KM = 161.0
"""100 miles: the distance within which the geoparsing literature counts a toponym as resolved."""

PUBLISHED = (("Edinburgh Geoparser, published", 0.608, 0.756), ("GeoTxt, published", 0.674, 0.678))
"""F1 and accuracy within 161 km on LGL, as surveys of geoparsing report them."""

Spot = tuple[int, int]
Point = tuple[float, float]
Hints = Callable[[str], Sequence[tuple[int, int, str]]]


class EventPlaces(msgspec.Struct, frozen=True):
    """Of the place names of annotated events: how many there are, are found, are in the right country; those missed."""

    names: int
    found: int
    right_country: int
    missed: tuple[tuple[str, str], ...] = ()


class Toponyms(msgspec.Struct, frozen=True):
    """Exact-span scores over a geoparsing corpus, and the share of matched toponyms within 161 km of the truth.

    ``names_f1`` leaves adjectives ("Syrian") out of both sides; ``places_f1`` and ``places_accuracy_161km`` are those
    of ``read_places`` alone, which gives no adjectives, no speakers and no names within names.
    """

    documents: int
    expected: int
    predicted: int
    matched: int
    precision: float
    recall: float
    f1: float
    accuracy_161km: float
    names_f1: float
    places_f1: float
    places_accuracy_161km: float


class _Count:
    """Toponyms read and expected, by exact span, over many documents."""

    def __init__(self) -> None:
        self.predicted = self.expected = self.matched = self.measured = self.near = 0

    def add(self, read: Sequence[Place], truth: dict[Spot, Point | None]) -> None:
        """Counts one document."""
        spots = {(p.span.start, p.span.end): p for p in read}
        self.predicted += len(spots)
        self.expected += len(truth)
        for spot, point in truth.items():
            place = spots.get(spot)
            self.matched += place is not None
            if place is not None and point is not None:
                self.measured += 1
                self.near += _within(place, point)

    @property
    def precision(self) -> float:
        """Share of what is read that is annotated."""
        return self.matched / max(self.predicted, 1)

    @property
    def recall(self) -> float:
        """Share of what is annotated that is read."""
        return self.matched / max(self.expected, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)

    @property
    def accuracy(self) -> float:
        """Share of the matched that lie within 161 km of the truth."""
        return self.near / max(self.measured, 1)


def no_hints(text: str) -> Sequence[tuple[int, int, str]]:
    """No tagger: the places layer by itself."""
    return ()


def event_places(paths: Iterable[Path], hints: Hints = no_hints) -> EventPlaces:
    """Whether the places that annotated accounts name for their events are among the places read."""
    names = found = right = 0
    missed: list[tuple[str, str]] = []
    for path in paths:
        account = json.loads(path.read_text("utf-8"))
        text = account["report"]["text"]
        places = read_places(text, hints(text))
        for name, country in _gold(account):
            names += 1
            alike = [p for p in places if _same(p.name, name)]
            found += bool(alike)
            good = any(country is None or p.country == country for p in alike)
            right += good
            if not good:
                missed.append((path.stem, name))
    return EventPlaces(names, found, right, tuple(missed))


def _gold(account: dict[str, object]) -> Iterator[tuple[str, str | None]]:
    seen: set[str] = set()
    for event in account["events"]:  # type: ignore[attr-defined]
        place = event.get("place")
        if not place:
            continue
        whole = place["name"]
        several = ", " in whole or (" and " in whole and not whole.split(" and ")[0].endswith(("ern", "U.S.")))
        for part in whole.replace(" and ", ", ").split(", ") if several else [whole]:
            if part and part not in seen:
                seen.add(part)
                yield part, place["country"]


def _same(a: str, b: str) -> bool:
    return fold(a) == fold(b) or fold(split_type(a).stem) == fold(split_type(b).stem)


def toponyms(path: Path, *, documents: slice = slice(None)) -> Toponyms:
    """Scores ``read_toponyms`` and ``read_places`` on a corpus in LGL's XML format, or on some of its documents.

    Raises ``SaysoError`` S706 where the file is no such corpus.
    """
    all_names, names, places = _Count(), _Count(), _Count()
    articles = _articles(path)[documents]
    for text, truth in articles:
        read = read_toponyms(text)
        all_names.add(read, truth)
        nouns = {spot: point for spot, point in truth.items() if plain(text[slice(*spot)]) not in demonyms()}
        names.add([p for p in read if plain(p.name) not in demonyms()], nouns)
        places.add(read_places(text), truth)
    return Toponyms(
        documents=len(articles),
        expected=all_names.expected,
        predicted=all_names.predicted,
        matched=all_names.matched,
        precision=all_names.precision,
        recall=all_names.recall,
        f1=all_names.f1,
        accuracy_161km=all_names.accuracy,
        names_f1=names.f1,
        places_f1=places.f1,
        places_accuracy_161km=places.accuracy,
    )


def as_page(figures: Mapping[str, float | int], command: str) -> str:
    """The section of docs/accuracy.md: the figures beside those published for other systems on LGL."""
    rows = [
        ("sayso, toponyms", figures["f1"], figures["accuracy_161km"]),
        ("sayso, toponyms without adjectives", figures["names_f1"], None),
        ("sayso, places alone", figures["places_f1"], figures["places_accuracy_161km"]),
        *PUBLISHED,
    ]
    shown = [f"| {name} | {f1:.3f} | {'–' if near is None else f'{near:.3f}'} |" for name, f1, near in rows]
    table = "\n".join(("| | F1 | within 161 km |", "|---|---|---|", *shown))
    return (
        f"## Places\n\nMade by `{command}` from {figures['documents']} documents with {figures['expected']} toponyms: "
        f"exact spans (precision {figures['precision']:.3f}, recall {figures['recall']:.3f}), and the share of the "
        "matched that lie within 161 km of the truth. What each line counts is in [places](places.md#scores).\n\n"
        f"{table}\n"
    )


def _within(place: Place, point: tuple[float, float]) -> bool:
    if place.lat is None or place.lon is None:
        return False
    return distance_km(place.lat, place.lon, *point) <= NEAR_KM


def _articles(path: Path) -> list[tuple[str, dict[Spot, Point | None]]]:
    from xml.etree import ElementTree

    try:
        return [
            (article.findtext("text") or "", dict(map(_annotated, article.iter("toponym"))))
            for article in ElementTree.parse(path).iter("article")
        ]
    except (ElementTree.ParseError, ValueError) as error:
        raise SaysoError("S706", path=path, why=error) from error


def _annotated(toponym: Element) -> tuple[Spot, Point | None]:
    lat, lon = toponym.findtext("gaztag/lat"), toponym.findtext("gaztag/lon")
    spot = int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0)
    return spot, (float(lat), float(lon)) if lat and lon else None
