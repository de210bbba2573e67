"""The groups of FA-KES reports that were judged by hand: which reports of one day and governorate tell of one act."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from sayso.errors import SaysoError

FILE = "dev.jsonl.gz"
DIGITS = 16
"""How many digits of a text's SHA-256 tell it from the others."""

Judged = Literal["same", "apart", "background"]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One report of a group: its outlet, the day its text gives, and the letters of what it tells of."""

    unit: str
    text: str
    outlet: str
    dated: datetime.date
    told: tuple[str, ...]
    background: tuple[str, ...] = ()


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """What was judged of two reports, by their places in the list (from 1); ``doubtful`` says why one may differ."""

    reports: tuple[int, int]
    judged: Judged
    copy: bool = False
    doubtful: str = ""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Reports of one day and governorate: the occurrences they tell of, by letter, and every pair of them."""

    group: int
    date: datetime.date
    governorate: str
    incidents: dict[str, str]
    reports: tuple[Told, ...]
    pairs: tuple[Pair, ...]

    def shared(self, pair: Pair) -> tuple[str, ...]:
        """The letters of what both reports of a pair tell of as news, or where there is none, mention at all."""
        one, two = (self.reports[number - 1] for number in pair.reports)
        news = tuple(letter for letter in one.told if letter in two.told)
        mentioned = {*two.told, *two.background}
        return news or tuple(letter for letter in (*one.told, *one.background) if letter in mentioned)


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One text of FA-KES; ``date`` is the data's, which is not always the report's own."""

    unit_id: str
    article_title: str
    article_content: str
    source: str
    date: str
    location: str

    @property
    def digest(self) -> str:
        """What tells the text from the others, as ``Told.text``."""
        return hashlib.sha256(self.article_content.strip().encode()).hexdigest()[:DIGITS]

    @property
    def day(self) -> datetime.date:
        """The data's date ("4/7/17" is 7 April 2017)."""
        month, day, year = map(int, self.date.split("/"))
        return datetime.date(2000 + year if year < 100 else year, month, day)


@cache
def groups() -> tuple[Group, ...]:
    """The groups of fakes_groups.yaml, in order."""
    raw = yaml.safe_load(files("sayso.evaluation").joinpath("fakes_groups.yaml").read_text(encoding="utf-8"))
    return tuple(msgspec.convert(raw["groups"], list[Group]))


def is_held(path: Path) -> bool:
    """Whether a path is the file of FA-KES, or the folder with it (``fakes``)."""
    return path.name == FILE if path.is_file() else (path / FILE).exists()


def articles(path: Path) -> list[Article]:
    """The texts of FA-KES in a folder, or in its gzipped JSON lines, each once. Raises S738 where there are none."""
    file = path / FILE if path.is_dir() else path
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            rows = [msgspec.convert(json.loads(line), Article) for line in lines]
    except (OSError, EOFError, ValueError) as cause:
        raise SaysoError("S738", path=path) from cause
    first: dict[str, Article] = {}
    for row in rows:
        first.setdefault(row.digest, row)
    return list(first.values())


def as_list(those: Sequence[Group]) -> str:
    """The groups as a list for docs/fakes_groups.md: day, place, outlets, what is told, and which reports join."""
    return "\n\n".join(map(_as_item, those))


def _as_item(group: Group) -> str:
    outlets = "; ".join(f"{number} {told.outlet} ({told.dated})" for number, told in enumerate(group.reports, 1))
    told = {letter for report in group.reports for letter in report.told}
    count = f"{len(told)} occurrence" + ("" if len(told) == 1 else "s")
    alike: dict[str, list[str]] = defaultdict(list)
    for pair in group.pairs:
        alike[_in_words(group, pair)].append("–".join(map(str, pair.reports)))
    lines = [f"- {', '.join(pairs)} {words}" for words, pairs in alike.items()]
    heading = f"### {group.group}. {group.date:%-d %B %Y}, {group.governorate.title()}"
    return "\n".join([heading, "", f"{outlets}. {count} reported.", "", *lines])


def _in_words(group: Group, pair: Pair) -> str:
    what = "; ".join(group.incidents[letter] for letter in group.shared(pair))
    words = pair.judged + (" (one text)" if pair.copy else "") + (f": {what}" if what else "")
    return words + (f" *(doubtful: {pair.doubtful})*" if pair.doubtful else "")
