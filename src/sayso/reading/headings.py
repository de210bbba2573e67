"""Where a heading ends in text whose lines were run together: title and filing date before the first sentence.

Archives and scrapers often keep "Bomber kills 16 in Hasakeh AFP Tuesday 5 Jul 2016 A motorcycle bomber killed …" on one
line. Read as one sentence, the title's words hang on the report's first words.
"""

from __future__ import annotations

import re
from functools import cache

from sayso.reading.lexicon import words

PARTS = 4
"""At most so many titles and dates stand at the beginning: pages repeat them."""
LONGEST_DATE = 90
"""How many characters a line with the filing date may have."""


def heading_ends(text: str, start: int, end: int, title: str | None = None) -> list[int]:
    """Offsets (code points of ``text``) where titles and filing dates end, in their order, within ``[start, end)``.

    Nothing is cut where the words behind a date go on in small letters: a sentence may begin with a date.
    """
    ends: list[int] = []
    while len(ends) < PARTS:
        at = ends[-1] if ends else start
        behind = _behind_title(text, at, end, title) or _behind_date(text, at, end)
        if behind is None:
            break
        ends.append(behind)
    return ends


def _behind_date(text: str, at: int, end: int) -> int | None:
    dated = _filed().match(text, at, min(end, at + LONGEST_DATE))
    return dated.end() if dated is not None and dated.end() < end else None


def _behind_title(text: str, at: int, end: int, title: str | None) -> int | None:
    """Where the prose goes on behind a title that stands at ``at``; null where it does not, or nothing follows."""
    said = (title or "").strip()
    if not said or not text.startswith(said, at, end):
        return None
    behind = at + len(said)
    while behind < end and (text[behind].isspace() or text[behind] in ".:|–—-"):
        behind += 1
    return behind if behind < end and behind > at + len(said) else None


@cache
def _filed() -> re.Pattern[str]:
    """A filing date with what stands around it: "Date of publication 7 April 2017 ", "Fri 07 Apr 2017 at 0914 "."""
    month = "|".join(sorted(words("headings", "months"), key=len, reverse=True))
    weekday = "|".join(sorted(words("headings", "weekdays"), key=len, reverse=True))
    label = "|".join(sorted(words("headings", "labels"), key=len, reverse=True))
    day = r"\d{1,2}"
    dates = (
        rf"{day}\.?\s(?:{month})\.?,?\s?\d{{4}}",
        rf"(?:{month})\.?\s{day},?\s?\d{{4}}",
        rf"{day}[-./]{day}[-./]\d{{4}}",
        r"\d{4}-\d\d-\d\d",
    )
    clock = r"(?:,?\s(?:at\s)?\d{1,2}[:.]?\d{2}(?:\s?(?:am|pm|GMT|UTC)(?:[+-]\d{1,2})?)?)?"
    agency = r"(?:[A-Z]{2,9}\s){0,2}"
    return re.compile(
        rf"(?i:(?:{label})[:\s]\s?)?{agency}(?i:(?:{weekday})\.?,?\s)?(?i:(?:{'|'.join(dates)})){clock}[.,|]?\s+(?=[A-Z0-9\"“‘'(])"
    )
