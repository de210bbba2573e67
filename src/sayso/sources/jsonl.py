"""JSON lines: one object a line (and ``.json``: one object, or an array of them), each a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

import msgspec

from sayso.errors import SaysoError
from sayso.model import Report
from sayso.sources import settings
from sayso.sources.columns import find_columns, report_from_record
from sayso.sources.normalise import sha256
from sayso.sources.report import too_long
from sayso.sources.unread import Unread


def read_jsonl(
    stream: BinaryIO, name: str, mapping: Mapping[str, str], *, published: str | None = None, today: date | None = None
) -> Iterator[Report | Unread]:
    """The reports of a stream of JSON lines; a bad line is an ``Unread`` with its number, and the others go on."""
    for number, line in _lines(stream):
        if line is not None and not line.strip():
            continue
        source = f"{name}:{number}"
        try:
            if line is None:
                raise too_long(source)
            yield _report(_decode(line, source), source, mapping, published, sha256(line), today)
        except SaysoError as error:
            yield Unread.because(error, source)


def read_json(
    data: bytes, name: str, mapping: Mapping[str, str], *, published: str | None = None, today: date | None = None
) -> Iterator[Report | Unread]:
    """The reports of a JSON file that holds one object or an array of objects. Raises ``SaysoError`` S114."""
    value = _decode(data, name)
    records = value if isinstance(value, list) else [value]
    for number, record in enumerate(records, 1):
        source = f"{name}:{number}" if isinstance(value, list) else name
        try:
            yield _report(record, source, mapping, published, sha256(msgspec.json.encode(record)), today)
        except SaysoError as error:
            yield Unread.because(error, source)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; null for one longer than ``settings.MAX_BYTES``, which is passed over without being held."""
    number = 0
    while line := stream.readline(settings.MAX_BYTES + 1):
        number += 1
        if len(line) <= settings.MAX_BYTES:
            yield number, line.removeprefix(b"\xef\xbb\xbf")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(settings.MAX_BYTES)
        yield number, None


def _decode(data: bytes, source: str) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SaysoError("S114", name=source, why=str(error)[:80]) from None


def _report(
    record: Any, source: str, mapping: Mapping[str, str], published: str | None, digest: str, today: date | None
) -> Report:
    if not isinstance(record, dict):
        raise SaysoError("S114", name=source, why=f"it is a {type(record).__name__}")
    columns = find_columns(record, mapping)
    if "text" not in columns:
        raise SaysoError("S115", name=source, found=", ".join(list(record)[:12]) or "none")
    return report_from_record(record, columns, source, published=published, bytes_sha256=digest, today=today)
