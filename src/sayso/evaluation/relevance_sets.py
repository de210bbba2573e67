"""Reports of the public sets for the relevance gate: each with what annotators say of it, where they say it.

Most sets are annotated for something else, so that the reading itself has to tell whether a report has events
(``told`` null). A ``family`` keeps what tells of one thing (a topic, an incident) on one side of a split.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from sayso.errors import SaysoError
from sayso.evaluation import ecbplus, timeml
from sayso.evaluation.accounts import gold_files
from sayso.evaluation.gold import load_gold
from sayso.evaluation.muc4.messages import messages
from sayso.evaluation.tokens import written
from sayso.model import Report
from sayso.sources import report_from_text

FIFTHS = 5
CHECKED = 0
"""The fifth of the families that is scored and never trained on."""
UNDATED = "2010-01-01"
"""For reports of sets without dates: whether a report has events does not hang on it."""
VIOLENT = ("Conflict", "Life.Die", "Life.Injure", "Life:Die", "Life:Injure")
"""Beginnings of the event types of VOA and WikiEvents that are events of ours."""


class Sample(NamedTuple):
    """One report of a set. ``told`` is what its annotators say: that it has an event, that it has none, or nothing."""

    set: str
    family: str
    report: Report
    told: bool | None = None

    @property
    def checked(self) -> bool:
        """Whether it is of the part that is scored and never trained on."""
        return int(hashlib.sha256(self.family.encode()).hexdigest()[:8], 16) % FIFTHS == CHECKED


def samples(data: Path) -> Iterator[Sample]:
    """The reports of all sets that the folder has, set by set, those of one text once.

    Raises ``S734`` where it has none.
    """
    seen: set[str] = set()
    for name, load in SETS.items():
        for sample in load(data / name) if (data / name).exists() else ():
            if sample.report.sha256 not in seen:
                seen.add(sample.report.sha256)
                yield sample
    if not seen:
        raise SaysoError("S734", path=data)


def annotated(path: Path) -> Iterator[Sample]:
    """The reports of annotated accounts at a path, told to have events where an annotated one is actual.

    Raises ``S703`` where there are none.
    """
    for group, files in gold_files(path).items():
        for file in files:
            account = load_gold(file)
            told = any(event.modality == "actual" for event in account.events)
            yield Sample(f"accounts, {group}", account.report.id, account.report, told)


def _sample(name: str, text: str, published: str, told: bool | None = None, **known: Any) -> Sample | None:
    """A report of a set; none where its text or date is none that sayso reads."""
    family = known.pop("family", None)
    try:
        report = report_from_text(text, published=published, **known)
    except SaysoError:
        return None
    return Sample(name, f"{name} {family or report.sha256}", report, told)


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    if file.exists():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _muc4(folder: Path) -> Iterator[Sample]:
    """Messages whose key has a template have events; the others may tell of violence outside of the task."""
    for part in ("dev", "tst1", "tst2"):
        if (folder / part).is_dir():
            for message in messages([folder / part]):
                name = f"MUC-4 {part}"
                yield Sample(name, f"{name} {message.id}", message.report, True if message.key else None)


def _fakes(folder: Path) -> Iterator[Sample]:
    for row in _rows(folder / "dev.jsonl.gz"):
        text = f"{row['article_title']} {row['article_content']}"
        yield from _given(_sample("FA-KES", text, UNDATED, title=row["article_title"], family=row["unit_id"]))


def _voa(folder: Path) -> Iterator[Sample]:
    for file in ("text_only_event.jsonl.gz", "text_multimedia_event.jsonl.gz"):
        for row in _rows(folder / file):
            parts = row["sentences"]
            parts = json.loads(parts) if isinstance(parts, str) else parts
            told = any(event["type"].startswith(VIOLENT) for part in parts for event in part["events"])
            text = " ".join(part["text"].replace("\xa0", " ") for part in parts)
            yield from _given(_sample("VOA", text, row["published"], told or None, family=row["id"]))


def _wikievents(folder: Path) -> Iterator[Sample]:
    for row in _rows(folder / "train.jsonl.gz"):
        told = any(event["event_type"].startswith(VIOLENT) for event in row["event_mentions"])
        yield from _given(_sample("WikiEvents", written(row["tokens"]).text, UNDATED, told or None))


def _timeline17(folder: Path) -> Iterator[Sample]:
    for file in sorted(folder.glob("*.jsonl.gz")):
        for row in _rows(file):
            text = "\n".join(written(line.split()).text for line in row["text"].split("\n"))
            yield from _given(_sample("Timeline17", text, row["date"]))


def _longtail(folder: Path) -> Iterator[Sample]:
    for row in _rows(folder / "train.jsonl.gz"):
        known = {"title": row["title"], "family": row["incident"]}
        yield from _given(_sample("Long tail", row["text"], row["published"][:10], **known))


def _polnear(folder: Path) -> Iterator[Sample]:
    for part in ("train", "dev"):
        for row in _rows(folder / f"{part}.jsonl.gz"):
            yield from _given(_sample(f"PolNeAR {part}", row["text"], row["published"], title=row["title"]))


def _timeml(folder: Path) -> Iterator[Sample]:
    for part in ("TimeBank", "AQUAINT"):
        for document in timeml.documents(folder / part) if (folder / part).is_dir() else ():
            if not isinstance(document, str):
                yield from _given(_sample(part, document.text, document.published))


def _lgl(folder: Path) -> Iterator[Sample]:
    for article in ElementTree.parse(folder / "lgl.xml").getroot():
        title, text = article.findtext("title"), article.findtext("text") or ""
        yield from _given(_sample("LGL", text, (article.findtext("dltime") or UNDATED)[:10], title=title))


def _ecbplus(folder: Path) -> Iterator[Sample]:
    for document in ecbplus.documents(folder):
        text = "\n".join(written(sentence).text for sentence in document.sentences)
        yield from _given(_sample("ECB+", text, UNDATED, family=document.name.partition("_")[0]))


def _given(sample: Sample | None) -> Iterator[Sample]:
    if sample is not None:
        yield sample


SETS: dict[str, Callable[[Path], Iterator[Sample]]] = {
    "muc4": _muc4,
    "fakes": _fakes,
    "voa": _voa,
    "wikievents": _wikievents,
    "timeline17": _timeline17,
    "longtail": _longtail,
    "polnear": _polnear,
    "timeml": _timeml,
    "geoparsing": _lgl,
    "ecbplus": _ecbplus,
}
"""The folders of ../shared/data, and how the reports of each are had."""
