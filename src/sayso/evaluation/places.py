"""Scores the places layer: places of annotated events, and toponyms of a geoparsing corpus in LGL's XML format."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import msgspec

from sayso.knowledge.names import fold
from sayso.knowledge.placewords import split_type
from sayso.model import Place
from sayso.reading.places import read_places

NEAR_KM = 161.0
"""100 miles: the distance within which the geoparsing literature counts a toponym as resolved."""

Hints = Callable[[str], Sequence[tuple[int, int, str]]]


class EventPlaces(msgspec.Struct, frozen=True):
    """Of the place names of annotated events: how many there are, are found, are in the right country; those missed."""

    names: int
    found: int
    right_country: int
    missed: tuple[tuple[str, str], ...] = ()


class Toponyms(msgspec.Struct, frozen=True):
    """Exact-span scores over a geoparsing corpus, and the share of matched toponyms within 161 km of the truth."""

    precision: float
    recall: float
    f1: float
    accuracy_161km: float
    matched: int


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


def toponyms(path: Path, hints: Hints = no_hints, limit: int | None = None) -> Toponyms:
    """Exact-span precision, recall and F1, and accuracy within 161 km of the matched toponyms that have a point."""
    matched = predicted = expected = near = measured = 0
    for text, truth in _articles(path, limit):
        read = {(p.span.start, p.span.end): p for p in read_places(text, hints(text))}
        predicted += len(read)
        expected += len(truth)
        for span, point in truth.items():
            place = read.get(span)
            if place is None:
                continue
            matched += 1
            if point is not None:
                measured += 1
                near += _within(place, point)
    precision, recall = matched / max(predicted, 1), matched / max(expected, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Toponyms(precision, recall, f1, near / max(measured, 1), matched)


def _within(place: Place, point: tuple[float, float]) -> bool:
    if place.lat is None or place.lon is None:
        return False
    x = sin(radians(place.lat - point[0]) / 2) ** 2
    y = cos(radians(place.lat)) * cos(radians(point[0])) * sin(radians(place.lon - point[1]) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, x + y))) <= NEAR_KM


def _articles(path: Path, limit: int | None) -> Iterator[tuple[str, dict[tuple[int, int], tuple[float, float] | None]]]:
    from xml.etree import ElementTree

    for number, article in enumerate(ElementTree.parse(path).iter("article")):
        if limit is not None and number >= limit:
            return
        truth: dict[tuple[int, int], tuple[float, float] | None] = {}
        for toponym in article.iter("toponym"):
            span = int(toponym.findtext("start", "0")), int(toponym.findtext("end", "0"))
            tag = toponym.find("gaztag")
            lat, lon = (tag.findtext("lat"), tag.findtext("lon")) if tag is not None else (None, None)
            truth[span] = (float(lat), float(lon)) if lat and lon else None
        yield article.findtext("text", ""), truth
