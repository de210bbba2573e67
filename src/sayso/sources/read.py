"""The way in: paths, directories and globs to reports, one at a time, whatever their format."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from sayso.errors import SaysoError
from sayso.model import Report
from sayso.sources import settings
from sayso.sources.columns import check_mapping
from sayso.sources.csv import read_csv
from sayso.sources.dates import parse_date, refuse_future
from sayso.sources.decode import refuse_binary
from sayso.sources.html import looks_like_html, read_html
from sayso.sources.jsonl import read_json, read_jsonl
from sayso.sources.paths import find_files
from sayso.sources.text import read_text
from sayso.sources.unread import Unread


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the user said about all sources of one call."""

    published: str | None
    mapping: dict[str, str]
    today: date


def read_sources(
    paths: Sequence[str],
    *,
    published: str | None = None,
    columns: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Iterator[Report | Unread]:
    """The reports in files, directories and globs (``-`` is standard input), lazily; what cannot be read is ``Unread``.

    ``published`` beats every date in the files; ``columns`` maps a field (text, published, title, url, publisher,
    language) to a column name of CSV or a key of JSON; ``today`` is the day beyond which dates lie in the future
    (default: the clock's). Raises ``SaysoError`` S104 to S106 and S118 at once where these are wrong.
    """
    today = today or date.today()
    if published is not None:
        published = parse_date(published, "--published")
        refuse_future(published, today, "--published")
    names = [paths] if isinstance(paths, str) else [str(path) for path in paths]
    return _read_all(names, Options(published=published, mapping=check_mapping(columns), today=today))


def _read_all(names: list[str], options: Options) -> Iterator[Report | Unread]:
    for name in names:
        for found in ["-"] if name == "-" else find_files([name]):
            if isinstance(found, Unread):
                yield found
                continue
            try:
                yield from _read_file(found, options)
            except SaysoError as error:
                yield Unread.because(error, found)
            except OSError as error:
                yield Unread.because(SaysoError("S109", name=found, why=error.strerror or str(error)), found)


def _read_file(name: str, options: Options) -> Iterator[Report | Unread]:
    if name == "-":
        yield _one(_whole(sys.stdin.buffer, name), name, "", options)
        return
    # A pipe or device would be waited on for ever.
    if not stat.S_ISREG(Path(name).stat().st_mode):
        raise SaysoError("S109", name=name, why="it is no regular file")
    ending = Path(name).suffix.lower()
    with Path(name).open("rb") as stream:
        head = stream.read(settings.SNIFF_BYTES)
        stream.seek(0)
        refuse_binary(head, name)
        if not head.strip():
            raise SaysoError("S101", name=name)
        if ending in (".jsonl", ".ndjson"):
            yield from read_jsonl(stream, name, options.mapping, published=options.published, today=options.today)
        elif ending in (".csv", ".tsv"):
            yield from read_csv(stream, name, options.mapping, published=options.published, today=options.today)
        elif ending == ".json":
            data = _whole(stream, name)
            yield from read_json(data, name, options.mapping, published=options.published, today=options.today)
        else:
            yield _one(_whole(stream, name), name, ending, options)


def _one(data: bytes, name: str, ending: str, options: Options) -> Report:
    refuse_binary(data[: settings.SNIFF_BYTES], name)
    read = read_html if ending in (".html", ".htm", ".xhtml") or looks_like_html(data) else read_text
    return read(data, name, published=options.published, today=options.today)


def _whole(stream: BinaryIO, name: str) -> bytes:
    """All bytes of a stream that is not larger than a report can be, without holding more than that."""
    data = stream.read(settings.MAX_BYTES + 1)
    if len(data) > settings.MAX_BYTES:
        raise SaysoError("S107", name=name, limit=f"{settings.MAX_BYTES:,} bytes")
    return data
