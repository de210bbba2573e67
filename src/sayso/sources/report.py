"""One text with what is known about it, to a Report: the way that all formats share."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from sayso.errors import SaysoError
from sayso.model import Note, Report
from sayso.sources import settings
from sayso.sources.dateline import Found, read_dateline
from sayso.sources.dates import parse_date, refuse_future
from sayso.sources.header import Header, read_front_matter, read_header
from sayso.sources.normalise import normalise, sha256


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a format knows about a text before it is looked at; ``given`` is the user's own date and beats all others.

    ``date`` and ``date_from`` are the date that the file itself holds and where it stood (html, column).
    """

    source: str
    given: str | None = None
    date: str | None = None
    date_from: str = "given"
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    language: str | None = None
    bytes_sha256: str | None = None
    notes: tuple[Note, ...] = ()


def report_from_text(
    text: str,
    *,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    source: str = "text",
    today: date | None = None,
) -> Report:
    """The report in a text: normalised, with front matter, header and dateline parsed.

    ``published`` is an ISO 8601 day or any unambiguous English date, and beats every date in the text; ``today`` is the
    day beyond which a date lies in the future (default: the clock's). Raises ``SaysoError`` S101 (empty), S103 (no
    date), S104 to S106 (impossible, future, ambiguous date), S107 (too long).
    """
    known = Known(source=source, given=published, url=url, publisher=publisher, title=title)
    return compose(text, known, today=today)


def compose(text: str, known: Known, *, today: date | None = None) -> Report:
    """The report of a text and of what its format knows about it. Raises as ``report_from_text``."""
    source = known.source
    if len(text) > settings.MAX_BYTES:
        raise too_long(source)
    front = read_front_matter(normalise(text))
    text = normalise(front.text)
    if not text:
        raise SaysoError("S101", name=source)
    if len(text) > settings.MAX_CHARS:
        raise too_long(source)
    header = read_header(text)
    found = read_dateline(text, header.end if header else 0)
    body_start = _body_start(header, found)
    if not text[body_start:].strip():
        raise SaysoError("S101", name=source)
    published, published_from, notes = _publication(known, front.fields.get("published"), header, found)
    refuse_future(published, today or date.today(), source)
    digest = sha256(text)
    return Report(
        id=digest[:16],
        text=text,
        published=published,
        published_from=published_from,
        url=_web_address(known.url or front.fields.get("url")),
        publisher=_one_line(known.publisher or front.fields.get("publisher")),
        title=_one_line(known.title or front.fields.get("title")),
        dateline=found.dateline(published) if found else None,
        language=_language(known.language or front.fields.get("language")),
        sha256=digest,
        bytes_sha256=known.bytes_sha256,
        body_start=body_start,
        notes=(*known.notes, *notes),
    )


def note(code: str, **values: str) -> Note:
    """A note with the text of its code in ``sayso.errors``."""
    return Note(code=code, text=str(SaysoError(code, exit_status=2, **values)).removeprefix(f"{code} "))


def too_long(source: str) -> SaysoError:
    """The error for one report that is longer than a report can be."""
    return SaysoError("S107", name=source, limit=f"{settings.MAX_CHARS:,} characters ({settings.MAX_BYTES:,} bytes)")


def _publication(
    known: Known, front_matter: str | None, header: Header | None, found: Found | None
) -> tuple[str, str, list[Note]]:
    """The publication date, where it came from, and notes on dates that were not used. Raises ``SaysoError`` S103."""
    file_date, date_from = _file_date(known, front_matter, header)
    notes = []
    if date_from == "given" and file_date:
        filed = found.day.resolve(file_date) if found and found.day else None
        if filed and filed != file_date[:10]:
            notes.append(note("S144", value=file_date, dateline=filed))
        return file_date, date_from, notes
    if header and header.ambiguous and file_date is None:
        notes.append(note("S142", value=header.words))
    filed = found.day.resolve(file_date) if found and found.day else None
    if filed and (file_date is None or filed != file_date[:10]):
        if file_date:
            notes.append(note("S143", where=date_from, value=file_date, dateline=filed))
        return filed, "dateline", notes
    if file_date is None:
        raise SaysoError("S103", name=known.source)
    return file_date, date_from, notes


def _file_date(known: Known, front_matter: str | None, header: Header | None) -> tuple[str | None, str]:
    """The date that somebody wrote down for this report, and where: the user, front matter, the format, a header."""
    if known.given is not None:
        return parse_date(known.given, known.source), "given"
    if front_matter:
        return parse_date(front_matter, known.source), "front_matter"
    if known.date:
        return parse_date(known.date, known.source), known.date_from
    if header and not header.ambiguous:
        return parse_date(header.words, known.source), "header"
    return None, "header"


def _body_start(header: Header | None, found: Found | None) -> int:
    if found and found.opens:
        return found.end
    return header.end if header else 0


def _one_line(words: str | None) -> str | None:
    return " ".join(normalise(words).split()) or None if words else None


def _web_address(words: str | None) -> str | None:
    """The address if it is one of a page; any other kind (``javascript:``, ``file:``) is a trap or a slip, and null."""
    address = (words or "").strip()
    return address if re.fullmatch(r"https?://[^\s<>\"]{1,2000}", address, re.IGNORECASE) else None


def _language(words: str | None) -> str:
    """The ISO 639-1 code in words such as "en-GB"; English where they hold none, for the reading looks for itself."""
    code = (words or "").strip().lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else "en"
