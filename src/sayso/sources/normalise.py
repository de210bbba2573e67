"""Text in the one form that all offsets count in.

The rules replace one character by one wherever they can, so that offsets made on nearly clean text still hold.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
_BROKEN_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,30})-\n(?=[a-z]{2})")
_HYPHENED = frozenset(
    {"anti", "pro", "non", "self", "semi", "counter", "cross", "mid", "multi", "ex", "co", "well", "us", "un"}
)
"""Beginnings that keep their hyphen where a line ends behind them."""
_SOFT_BREAK = re.compile(r"\xad\n(?=[^\W\d_])")
_BLANK_START = re.compile(r"\A(?: *\n)+")
# Anything that the table below changes; most texts hold none, and one search is cheaper than a translation.
_ODD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u1680\u2000-\u200b\u200e\u200f\u202a-\u202f\u205f-\u2069\u3000\ufeff\ud800-\udfff\ufb00-\ufb06]"
)


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys([*range(0x20), 0x7F])
    table[ord("\n")] = "\n"
    table[ord("\t")] = table[ord("\v")] = table[ord("\f")] = " "
    for code in range(0x80, 0xA0):
        # C1 controls in text are Windows-1252 punctuation that somebody read as Latin-1 (HTML Standard, 13.2.5.80).
        character = bytes([code]).decode("cp1252", errors="replace")
        table[code] = " " if character == "\ufffd" else character
    spaces = [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
    table.update(dict.fromkeys(spaces, " "))
    # Invisible: soft hyphen, zero width space, byte order mark; and the marks that reorder what a person sees. The
    # zero width joiners stay, for they change letters in Arabic and Persian.
    invisible = [0xAD, 0x200B, 0xFEFF, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A)]
    table.update(dict.fromkeys(invisible))
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    # Ligatures of Latin letters, as printed pages are recognised: one letter each.
    table.update(dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)))
    return table


_TABLE = _table()


def _mended(broken: re.Match[str]) -> str:
    """A hyphen at a line's end is the printer's, unless it stands behind what is always hyphened ("anti-")."""
    return broken[1] + ("-" if broken[1].lower() in _HYPHENED else "")


def normalise(text: str) -> str:
    """The text in normal form: NFC, ``\\n`` line ends, plain spaces, no control or invisible reordering characters.

    Spaces and blank lines inside the text stay as they are, a leading space too; blank lines before the text and white
    space after it go. Idempotent.
    """
    text = _LINE_ENDS.sub("\n", text)
    if "-\n" in text:
        text = _BROKEN_WORD.sub(_mended, text)
    if "\xad" in text:
        text = _SOFT_BREAK.sub("", text)
    if _ODD.search(text):
        text = text.translate(_TABLE)
    text = unicodedata.normalize("NFC", text)
    return _BLANK_START.sub("", text).rstrip()


def sha256(data: str | bytes) -> str:
    """The SHA-256 of bytes, or of a text's UTF-8, in hexadecimal."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
