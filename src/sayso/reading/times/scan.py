"""Finds the time expressions of a text: tokens, then at each place the longest pattern that builds a value."""

from __future__ import annotations

import re
from datetime import date

from sayso.reading.times.context import DAY_PRECISIONS, Context
from sayso.reading.times.forms import BUILDERS
from sayso.reading.times.lexicon import Lexicon, lexicon
from sayso.reading.times.story import is_narrative, keep_year, moves_story
from sayso.reading.times.timex import Found, Timex
from sayso.reading.times.tokens import Token, tokenize
from sayso.reading.times.values import extent

_SMALL, _QUOTES = ("unit", "day_word"), frozenset("\"'`“‘")
OTHER_PERIODS = ("P6M", "P9M", "P1Y")
"""Lengths that a business reports beside a quarter: "a year earlier" is then no quarter."""
_DEICTIC = ("this", "last", "next")
LONGEST = 24
"""How many tokens one expression can have: bounds the work at each place of a hostile text."""


def find(
    text: str, published: date, start: int = 0, words: Lexicon | None = None, *, timeml: bool = False
) -> tuple[Context, list[tuple[int, int, Timex]]]:
    """The expressions of ``text`` from offset ``start`` on: token ranges (end exclusive) with what they say.

    ``words`` is the lexicon of the text's language, by default English. With ``timeml`` those that TimeML marks, else
    those that a ledger needs.
    """
    words = words or lexicon()
    tokens = _with_holidays(text, tokenize(text, start, words.words), words)
    narrative = is_narrative(tokens, published)
    context = Context(published, text, tokens, words, words.encode(tokens), narrative)
    context.uses = ("timeml", "narrative") if timeml and narrative else ("timeml",) if timeml else ("ledger",)
    found: list[tuple[int, int, Timex]] = []
    at = 0
    while at < len(tokens):
        hit = _longest(context, at) if context.codes[at] in words.rules else None
        if hit is None:
            at += 1
            continue
        first, last, timex = hit
        if timex is not None:
            found.append((first, last, timex))
            context.last_token, context.last_value = last, timex.value
            if timex.value in OTHER_PERIODS:
                context.quarter = None
            if not context.narrative or moves_story(context, first, last, timex):
                _remember(context, timex, tokens[last - 1].end)
                keep_year(context, first, last, timex)
        at = max(last, at + 1)
    return context, found


def read_range(context: Context, first: int, last: int) -> Timex | None:
    """What tokens ``first`` to ``last`` (exclusive) say when read by themselves."""
    if not first < last or last - first > LONGEST:
        return None
    for rule in context.lexicon.rules.get(context.codes[first], ()):
        match = rule.pattern.fullmatch(context.codes, first, last)
        timex = BUILDERS[rule.build](Found(rule.name, first, last, match, context)) if match else None
        if timex is not None:
            return timex
    return None


def _longest(context: Context, at: int) -> tuple[int, int, Timex | None] | None:
    end = min(len(context.codes), at + LONGEST)
    matches = [
        (-match.end(), order, rule, match)
        for order, rule in enumerate(context.lexicon.rules[context.codes[at]])
        if (rule.only is None or rule.only in context.uses)
        and (match := rule.pattern.match(context.codes, at, end)) is not None
        and match.end() > at
    ]
    if _is_title(context, at, max((-entry[0] for entry in matches), default=at)):
        return None
    for _, _, rule, match in sorted(matches, key=lambda entry: entry[:2]):
        first, last = match.span("span") if "span" in rule.pattern.groupindex else match.span()
        timex = BUILDERS[rule.build](Found(rule.name, first, last, match, context))
        if timex is not None or rule.build == "refuse":
            return first, last, timex
    return None


def _is_title(context: Context, first: int, last: int) -> bool:
    """Whether words that are written small are capitals within quotes or behind a name: "This Week", VOA Today."""
    tokens = context.tokens[first:last]
    if first == 0 or not tokens or tokens[-1].name not in _SMALL or not all(token.capital for token in tokens):
        return False
    before = context.tokens[first - 1]
    if len(tokens) == 1:
        return before.name == "word" and before.capital and before.text not in context.lexicon.cue("past")
    return before.text in _QUOTES and tokens[0].name in _DEICTIC


def _remember(context: Context, timex: Timex, end: int) -> None:
    """Keeps the date that later expressions hang on."""
    if timex.kind in ("DATE", "TIME") and not timex.future and extent(timex.value) is not None:
        context.told, context.told_end = timex.value, end
        if timex.precision in DAY_PRECISIONS:
            context.told_day = timex.value
        if timex.value[4:6] == "-Q" and timex.value > (context.quarter or ""):
            context.quarter = timex.value


def _with_holidays(text: str, tokens: list[Token], words: Lexicon) -> list[Token]:
    """The tokens with the words of each feast joined into one."""
    if not any(token.text in words.holidays for token in tokens):
        return tokens
    joined: list[Token] = []
    covered = -1
    for token in tokens:
        if token.start < covered:
            continue
        match = _holiday_at(text, token, words) if token.text in words.holidays else None
        if match is None:
            joined.append(token)
            continue
        covered = match.end()
        joined.append(Token(token.start, covered, match.group().lower(), "holiday", token.text))
    return joined


def _holiday_at(text: str, token: Token, words: Lexicon) -> re.Match[str] | None:
    entries = words.holidays.get(token.text, ())
    return next((match for entry in entries if (match := entry.phrase.match(text, token.start))), None)
