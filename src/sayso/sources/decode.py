"""Bytes to characters: what is no text is named and refused, and no charset is guessed without a note that says so."""

from __future__ import annotations

import codecs
import re

from sayso.errors import SaysoError
from sayso.model import Note
from sayso.sources import settings
from sayso.sources.report import note

_MAGIC = [
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "a sound, video or WebP file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or video file"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"WARC/", "a web archive (WARC)"),
]
_OFFICE = [(b"word/", "a Word document"), (b"xl/", "an Excel workbook"), (b"ppt/", "a PowerPoint presentation")]
_OFFICE += [(b"opendocument.text", "an OpenDocument text"), (b"application/epub", "an EPUB book")]
_BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")]
_BOMS += [(codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
_FEED = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# The dashes, quotation marks, signs and accented letters that Windows-1252 gives to English text with foreign names.
_WINDOWS = "€…‘’“”•–—™\xa0£©àáâãäåæçèéêëìíîïñòóôõöøùúûü".encode("cp1252")


def refuse_binary(head: bytes, source: str) -> None:
    """Raise ``SaysoError`` S111 where the first bytes are those of a known format that holds no plain text."""
    what = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    if head.startswith(b"PK\x03\x04"):
        what = next((name for part, name in _OFFICE if part in head), "a zip archive")
    elif head[4:8] == b"ftyp":
        what = "a video or HEIC image"
    elif _FEED.match(head):
        what = "a news feed (RSS or Atom)"
    if what:
        raise SaysoError("S111", name=source, what=what)


def decode(data: bytes, source: str, declared: str | None = None) -> tuple[str, tuple[Note, ...]]:
    """The characters of ``data``, and a note where the charset had to be inferred.

    Tried in this order: a byte order mark, UTF-8, the ``declared`` charset, charset-normalizer's guess where it is
    sure. Raises ``SaysoError`` S102 where none fits or the result is binary data.
    """
    charset, notes = charset_of(data, source, declared)
    text = data.decode(charset)
    if _control_share(text) > settings.MAX_CONTROL_SHARE:
        raise SaysoError("S102", name=source, why="it holds binary data")
    return text, notes


def charset_of(data: bytes, source: str, declared: str | None = None) -> tuple[str, tuple[Note, ...]]:
    """The charset that ``data`` decodes in without error, by the order of ``decode``. Raises ``SaysoError`` S102."""
    for mark, charset in _BOMS:
        if data.startswith(mark) and _fits(data, charset):
            return charset, ()
    if _fits(data, "utf-8"):
        return "utf-8", ()
    if declared and _fits(data, declared):
        return declared, ()
    guess = _guess(data)
    if guess is None:
        raise SaysoError("S102", name=source, why="it is not UTF-8 and its charset cannot be told")
    return guess, (note("S141", name=source, charset=guess),)


def _fits(data: bytes, charset: str) -> bool:
    try:
        data.decode(charset)
    except (UnicodeError, LookupError):
        return False
    return True


def _guess(data: bytes) -> str | None:
    """Windows-1252 where the few bytes beyond ASCII are its usual punctuation and letters; else a sure guess."""
    odd = data.translate(None, bytes(range(0x80)))
    if len(odd) <= len(data) * 0.1 and not odd.translate(None, _WINDOWS):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[: settings.SNIFF_BYTES]).best()
    if best is None or best.chaos > settings.MAX_CHAOS or best.coherence <= 0 or not _fits(data, best.encoding):
        return None
    return best.encoding


def _control_share(text: str) -> float:
    sample = text[: settings.SNIFF_BYTES]
    return len(_CONTROL.findall(sample)) / max(1, len(sample))
