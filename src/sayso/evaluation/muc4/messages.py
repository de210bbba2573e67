"""Messages of MUC-3 and MUC-4 as reports: newswire in capitals ("SAN SALVADOR, 3 JAN 90 (AFP) -- [TEXT] …").

Reports whose dateline gives no whole date ("NO DATE", or a
day without its year) are read as of the end of the period that the collection covers, and no date is taken from them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from sayso.errors import SaysoError
from sayso.evaluation.muc4.keys import MONTHS, read_keys
from sayso.evaluation.muc4.template import Template
from sayso.model import Dateline, Report, Span

LAST_DAY = "1990-12-31"
"""The "now" of reports without a date; the collection covers 1988 to 1990."""
_ID = re.compile(r"^(?P<id>(?:DEV|TST\d)-MUC\d-\d{4})\b.*$", re.MULTILINE)
_DATELINE = re.compile(
    r"(?P<place>[^,\[\]]{2,60}?),\s+(?:(?P<day>\d{1,2})\s+(?P<month>[A-Z]{3})[A-Z]?\.?(?:\s+(?P<year>\d{2}))?|NO\s+DATE)"
    r"\s*(?:\((?P<source>[^()]{2,80})\))?\s*--\s*"
)
_MARKS = re.compile(
    r"(?:\[[^\[\]]{0,300}(?:\[[^\[\]]*\][^\[\]]*)*\]\s*)*?\[(?:TEXT|SUMMARY|EXCERPTS?)\]\s*(?:\[CONTINUED\]\s*)?"
)


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message: the report to read, the templates of its key, and whether its date is known."""

    id: str
    report: Report
    key: tuple[Template, ...]
    dated: bool


def messages(folders: Sequence[Path], every: int = 1) -> Iterator[Message]:
    """The messages of some folders that their keys have, in order of folders and files; or each ``every``-th of them.

    Raises SaysoError S740 where there are none, and what ``read_keys`` raises.
    """
    keys: dict[str, tuple[Template, ...]] = {}
    texts: list[tuple[str, str]] = []
    for file in (file for folder in folders for file in _files(folder)):
        if file.name.startswith("key-"):
            keys |= read_keys(file)
        else:
            texts += split(file.read_text(encoding="latin-1"))
    known = [(name, text) for name, text in texts if name in keys]
    if not known:
        raise SaysoError("S740", path=folders[0])
    for name, text in known[::every]:
        report, dated = as_report(text)
        yield Message(id=name, report=report, key=keys[name], dated=dated)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.is_file()) if folder.is_dir() else []


def split(text: str) -> list[tuple[str, str]]:
    """Message ids and texts of a file of messages; what stands before the first id is no message."""
    heads = list(_ID.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [(head["id"], text[head.end() : end].strip()) for head, end in zip(heads, ends, strict=False)]


def as_report(text: str) -> tuple[Report, bool]:
    """The report of a message's text, and whether its dateline tells a whole date."""
    match = _DATELINE.match(text)
    start = match.end() if match else 0
    if marks := _MARKS.match(text, start):
        start = marks.end()
    filed = _filed(match) if match else None
    digest = hashlib.sha256(text.encode()).hexdigest()
    report = Report(
        id=digest[:16],
        text=text,
        published=filed or LAST_DAY,
        published_from="dateline" if filed else "given",
        dateline=_dateline(match, filed) if match else None,
        sha256=digest,
        body_start=start,
    )
    return report, filed is not None


def _filed(match: re.Match[str]) -> str | None:
    if not match["year"] or match["month"] not in MONTHS:
        return None
    return f"19{match['year']}-{MONTHS.index(match['month']) + 1:02}-{int(match['day']):02}"


def _dateline(match: re.Match[str], filed: str | None) -> Dateline:
    words = match.group().rstrip()
    place = " ".join(match["place"].split())
    return Dateline(
        place=None if place in {"CLANDESTINE", "NO CITY"} else place.title(),
        agencies=(" ".join(match["source"].split()),) if match["source"] else (),
        date=filed,
        span=Span(match.start(), match.start() + len(words), words),
    )
