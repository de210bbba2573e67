"""The words and patterns of a language's time expressions, read from YAML and compiled once.

A pattern is a regular expression over token classes (see ``times.en.yaml``); each class becomes one character, so that
matching is linear in the number of tokens as long as no repeated group repeats inside another, which the tests check.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from sayso.reading.times.tokens import FIGURES, OTHERS, Token, Words

_SYMBOL = re.compile(r"\?P<\w+>|\(\?<?[=!]|\(\?:|[A-Z][A-Z0-9]*|'?[a-z][a-z0-9_]*'?|[()|?*]")


class Rule(NamedTuple):
    """One pattern: its name, the function that builds its value, and its compiled regular expression over classes.

    ``only`` is where it is read: ``ledger`` (words that TimeML does not mark), ``timeml`` (words that date nothing and
    are marked all the same), ``narrative`` (as ``timeml``, in narratives alone); ``None`` for everywhere.
    """

    name: str
    build: str
    pattern: re.Pattern[str]
    only: str | None = None


class Holiday(NamedTuple):
    """A feast: its words, and how its date is found.

    One of: fixed ``MM-DD``; days from western or eastern Easter; month, ISO weekday and which of them (-1 the last); a
    range of the Islamic calendar (month, day, month, day).
    """

    phrase: re.Pattern[str]
    value: str | None = None
    easter: int | None = None
    orthodox: int | None = None
    nth: tuple[int, int, int] | None = None
    islamic: tuple[int, int, int, int] | None = None


class Lexicon(NamedTuple):
    """All that the times layer knows of one language."""

    words: Words
    codes: Mapping[str, str]
    """Class name to its character."""
    rules: Mapping[str, tuple[Rule, ...]]
    """First class (as its character) to the rules that can begin with it."""
    holidays: Mapping[str, tuple[Holiday, ...]]
    cues: Mapping[str, frozenset[str]]
    """Name of a cue to its words, in lower case."""
    past_endings: tuple[str, ...]
    plural_endings: tuple[str, ...]

    def cue(self, name: str) -> frozenset[str]:
        """The words of a cue; none where the language has none."""
        return self.cues.get(name, frozenset())

    def encode(self, tokens: list[Token]) -> str:
        """One character a token: its class."""
        codes = self.codes
        return "".join([codes[token.name] for token in tokens])


def raw_lexicon(language: str = "en") -> dict[str, Any]:
    """The YAML of a language as plain values, for docs and tests."""
    path = files("sayso.reading").joinpath("lexicons", f"times.{language}.yaml")
    data: dict[str, Any] = yaml.load(
        path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return data


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The compiled lexicon of a language (ISO 639-1); read once a process."""
    return compile_lexicon(raw_lexicon(language))


def compile_lexicon(data: Mapping[str, Any]) -> Lexicon:
    """A lexicon out of plain values as the YAML holds them. Raises ``KeyError`` where a rule names an unknown class."""
    names = [*FIGURES, *OTHERS, *data["classes"]]
    codes = {name: chr(0xE000 + number) for number, name in enumerate(dict.fromkeys(names))}
    words = {
        word: (name, value, entry.get("case") == "capital")
        for name, entry in data["classes"].items()
        for word, value in entry["words"].items()
    }
    cues = {name: frozenset(entry["words"]) for name, entry in data.get("cues", {}).items()}
    rules: dict[str, list[Rule]] = {}
    for entry in data["rules"]:
        source = expand(entry["pattern"], data.get("macros", {}))
        rule = Rule(entry["name"], entry["build"], re.compile(_encode(source, codes)), entry.get("only"))
        for first in sorted(first_classes(source)):
            rules.setdefault(codes[first], []).append(rule)
    return Lexicon(
        words=words,
        codes=codes,
        rules={code: tuple(found) for code, found in rules.items()},
        holidays=_holidays(data.get("holidays", [])),
        cues=cues,
        past_endings=tuple(cues.get("past_endings", ())),
        plural_endings=tuple(cues.get("plural_endings", ())),
    )


def _holidays(entries: list[dict[str, Any]]) -> dict[str, tuple[Holiday, ...]]:
    found: dict[str, list[tuple[int, Holiday]]] = {}
    for entry in entries:
        phrase = entry["phrase"]
        pattern = re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s").replace("\\-", "[- ]")
        ranges: dict[str, Any] = {name: tuple(entry[name]) for name in ("nth", "islamic") if name in entry}
        single: dict[str, Any] = {name: entry[name] for name in ("value", "easter", "orthodox") if name in entry}
        holiday = Holiday(re.compile(pattern + r"\b"), **single, **ranges)
        found.setdefault(re.split(r"[\s'.-]", phrase)[0].lower(), []).append((-len(phrase), holiday))
    return {word: tuple(entry for _, entry in sorted(group, key=lambda pair: pair[0])) for word, group in found.items()}


def expand(pattern: str, macros: Mapping[str, str]) -> list[str]:
    """The symbols of a pattern with its macros put in, spaces left out."""
    symbols: list[str] = []
    for symbol in _SYMBOL.findall(pattern):
        if symbol in macros:
            symbols += ["(?:", *expand(macros[symbol], macros), ")"]
        else:
            symbols.append("(?:" if symbol == "(" else symbol.strip("'"))
    return _named(symbols)


def _named(symbols: list[str]) -> list[str]:
    """A named group is written ``(`` ``?P<name>``: joined into one symbol."""
    joined: list[str] = []
    for symbol in symbols:
        if symbol.startswith("?P<"):
            joined[-1] = "(" + symbol
        else:
            joined.append(symbol)
    return joined


def _encode(symbols: list[str], codes: Mapping[str, str]) -> str:
    return "".join(codes[symbol] if symbol[0].isalpha() else symbol for symbol in symbols)


def first_classes(symbols: list[str]) -> set[str]:
    """The classes with which a match of the pattern can begin."""
    first, _, _ = _alternatives(symbols, 0)
    return first


def _alternatives(symbols: list[str], at: int) -> tuple[set[str], bool, int]:
    first: set[str] = set()
    nullable, open_so_far = False, True
    while at < len(symbols) and symbols[at] != ")":
        if symbols[at] == "|":
            nullable, open_so_far, at = nullable or open_so_far, True, at + 1
            continue
        begins, empty, at = _item(symbols, at)
        if open_so_far:
            first |= begins
            open_so_far = empty
    return first, nullable or open_so_far, at + 1


def _item(symbols: list[str], at: int) -> tuple[set[str], bool, int]:
    symbol = symbols[at]
    if symbol.startswith("("):
        begins, empty, after = _alternatives(symbols, at + 1)
        if symbol in ("(?=", "(?!", "(?<=", "(?<!"):
            return set(), True, after
    else:
        begins, empty, after = {symbol}, False, at + 1
    if after < len(symbols) and symbols[after] in ("?", "*"):
        return begins, True, after + 1
    return begins, empty, after
