"""Plain text files: one report a file."""

from __future__ import annotations

from datetime import date

from sayso.model import Report
from sayso.sources.decode import decode
from sayso.sources.normalise import sha256
from sayso.sources.report import Known, compose


def read_text(data: bytes, source: str, *, published: str | None = None, today: date | None = None) -> Report:
    """The report in the bytes of a plain text file. Raises ``SaysoError`` S101 to S107."""
    text, notes = decode(data, source)
    known = Known(source=source, given=published, bytes_sha256=sha256(data), notes=notes)
    return compose(text, known, today=today)
