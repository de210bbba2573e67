"""What stands before the prose: `` date YYYY-MM-DD ``, a date such as "9 Apr 2017", ``Key: value`` front matter."""

from __future__ import annotations

import re

import msgspec

from sayso.errors import SaysoError
from sayso.sources import settings
from sayso.sources.dates import MONTH, WEEKDAY, parse_date

_FIELDS = {
    "published": ("date", "published", "publication date", "date published", "published on", "pubdate"),
    "title": ("title", "headline"),
    "url": ("url", "link", "web"),
    "publisher": ("publisher", "source", "outlet", "agency", "site"),
    "language": ("language", "lang"),
    # Known and not kept: without them a block that holds one would be taken for prose.
    "": ("author", "authors", "by", "byline", "section", "tags", "keywords", "topic", "category", "id", "description"),
}
_KEYS = {key: field for field, keys in _FIELDS.items() for key in keys}
_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z _-]{0,30}):(?:[ \t]+(.*)|[ \t]*)")

_ONE_LINE = re.compile(r"[ \t]{0,8}date[ \t:]{1,4}(\d{1,6}-\d{1,2}-\d{1,2})(?!\S)\s*")
_PREFIX = r"(?:(?:date\s+of\s+publication|publication\s+date|published(?:\s+on)?|posted(?:\s+on)?|date):?\s+)"
_DATE = rf"""
    (?: {WEEKDAY}?\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}}
      | {WEEKDAY}?{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}
      | \d{{4}}-\d\d-\d\d | \d{{1,2}}([-/.])\d{{1,2}}\2\d{{4}} )(?!\d)"""
_LEADING = re.compile(
    rf"\s{{0,8}}{_PREFIX}?({_DATE})(?:\s+at\s+\d{{1,2}}:?\d\d\b)?[,.:|–—-]?\s*", re.IGNORECASE | re.VERBOSE
)


class Header(msgspec.Struct, frozen=True):
    """The words of a date before the prose, and where the prose goes on; ``ambiguous``: it could be two days."""

    words: str
    end: int
    ambiguous: bool = False


class FrontMatter(msgspec.Struct, frozen=True):
    """The fields of ``Key: value`` lines (keys: published, title, url, publisher, language) and the text after them."""

    fields: dict[str, str]
    text: str


def read_front_matter(text: str) -> FrontMatter:
    """Split ``Key: value`` lines, ended by a blank line or fenced by ``---``, from the text below them.

    Lines count as front matter only if every key is a known one (in a fence: at least one), so that no prose is lost.
    """
    fenced = text.startswith("---\n")
    lines = text[4 if fenced else 0 :].split("\n", settings.FRONT_MATTER_LINES + 1)[: settings.FRONT_MATTER_LINES]
    fields: dict[str, str] = {}
    length = 4 if fenced else 0
    for line in lines:
        length += len(line) + 1
        if line.strip() in (("---",) if fenced else ("",)):
            break
        match = _LINE.fullmatch(line)
        key = " ".join(match[1].lower().replace("_", " ").replace("-", " ").split()) if match else ""
        if match is None or (key not in _KEYS and not fenced):
            return FrontMatter({}, text)
        value = (match[2] or "").strip().strip("\"'")
        if value and (field := _KEYS.get(key)):
            fields.setdefault(field, value)
    else:
        # Fields to the end of the text are front matter without a report; a single line may be anything.
        if not 1 < len(lines) < settings.FRONT_MATTER_LINES:
            return FrontMatter({}, text)
    if not fields:
        return FrontMatter({}, text)
    return FrontMatter(fields, text[length:])


def read_header(text: str) -> Header | None:
    """The date at the very beginning of ``text``, if one stands there. Never raises.

    The words of a `` date … `` header may still be no calendar date; a leading date that is none is taken for prose.
    """
    if match := _ONE_LINE.match(text):
        return Header(match[1], match.end())
    if not (match := _LEADING.match(text[:200])):
        return None
    try:
        parse_date(match[1])
    except SaysoError as error:
        return Header(match[1], match.end(), ambiguous=True) if error.code == "S106" else None
    return Header(match[1], match.end())
