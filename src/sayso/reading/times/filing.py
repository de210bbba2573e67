"""The day on which a text says that it was filed: a full date that stands by itself at its beginning."""

from __future__ import annotations

import re
from datetime import date

from sayso.model import Span
from sayso.reading.times.lexicon import Lexicon
from sayso.reading.times.scan import find

HEAD = 240
"""How many letters of the body, behind a header, are searched: a title may stand before the date."""
FARTHEST_DAYS = 100
"""A date further from that of publication is what the text is about."""
_GLUED = re.compile(r"(?<=[a-z]\s)(\d{1,2})((?:19|20)\d\d)\b")
"""Day and year between which a space is lost: "Last updated at Jul 262016"."""
_YEARS = ("year4", "isodate", "numdate")
_LEADS = frozenset(
    """
    in into on at by of to from since until after before between and or following approx early late earlier later edge
    mid comma hyphen dash x
    """.split()  # noqa: SIM905 (a list is easier to review without its quotes)
)
"""Classes of words before a date that belongs to a sentence."""


def filed_day(text: str, published: date, start: int, words: Lexicon | None = None) -> tuple[date, Span] | None:
    """The day that a full date at the beginning of a text gives, and its words; ``None`` where there is none.

    "Published 5 July 2016 A suicide bomb …", "Posted on July 5 2016 by …", "Idlib Monitor AFP Saturday 10 Sep 2016 Air
    strikes …": with its year, with no word before it that makes it part of a sentence, and a capital or the end of a
    line behind it.
    """
    head = text[: start + HEAD]
    glued = _GLUED.search(head)
    head = _GLUED.sub(r"\1 \2", head, count=1)
    context, found = find(head, published, 0, words)
    for first, last, timex in found:
        tokens = context.tokens[first:last]
        if timex.precision != "day" or timex.start is None or not any(token.name in _YEARS for token in tokens):
            continue
        begin, end = tokens[0].start, tokens[-1].end
        lead = context.tokens[first - 1].name if first else ""
        said = first > 1 and context.tokens[first - 2].text in context.lexicon.cue("filed")
        updated = [token.text for token in context.tokens[last : last + 2]]
        said = said or (updated[:1] == ["("] and updated[-1] in context.lexicon.cue("filed"))
        if not said and (lead in _LEADS or not _stands_alone(head, end)):
            continue
        if abs((timex.start - published).days) <= FARTHEST_DAYS:
            begin, end = (at - (glued is not None and at > glued.start(2)) for at in (begin, end))
            return timex.start, Span(begin, end, text[begin:end])
    return None


def _stands_alone(head: str, end: int) -> bool:
    """Whether what follows begins anew: a capital after a space, a new line, or nothing more."""
    rest = head[end : end + 2]
    glued = rest[:1].isupper() and rest[1:].islower() and head[end - 1].isdigit()  # "28.04.2017Get short URL"
    return not rest or rest[0] == "\n" or glued or (rest[0] == " " and (rest[1:].isupper() or rest[1:].isdigit()))
