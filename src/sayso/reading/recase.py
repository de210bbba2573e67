"""Reads text in capitals as if it were normally written: letter for letter the same, so that every offset stays.

A truecaser by lexicon, in the spirit of Lita and others ("tRuEcasIng", ACL 2003) without a model of sentences. Words
that the rest of the report writes small stay small, else those that the bundled reports write small; actors and places
that sayso knows are written as it knows them; words that the language model's lemma tables (WordNet's) do not hold are
names, as the unknown words of newswire mostly are. The account keeps the report's own words: ``in_words_of``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import TypeVar

import msgspec

from sayso.knowledge.actors import ActorBase
from sayso.knowledge.countries import countries, demonyms
from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.names import fold
from sayso.model import Paragraph, Report, Span
from sayso.reading.dictionary import KINDS, holds, is_word, written_small
from sayso.reading.lexicon import phrases
from sayso.reading.lexicon import words as listed

T = TypeVar("T")

SHARE = 0.8
"""Share of capital letters from which a text is in capitals: a remark or a unit in it may be small."""
WORDS = 4
"""Words from which a paragraph in capitals is more than an acronym or a name."""
KNOWN_PLACES = frozenset({"country", "admin1", "city", "capital"})
"""Kinds of places whose name makes a word of the dictionary a name; any word is the name of some village."""
BIG = 50_000
"""Inhabitants from which a city does so."""
LONGEST = 9
"""Tokens of the longest name of an actor that is looked for."""
ACRONYM = 7
"""Letters of the longest acronym."""
SMALL = frozenset({"of", "the", "and", "for", "de", "del", "la", "y"})
"""Words that have no letter in an acronym."""
STOPS = frozenset({".", "?", "!"})
MARKS = frozenset({'"', "(", "[", "]", ")", "'"})
_WORD = re.compile(r"[^\W\d_]{2,}")
_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Za-z]+")
_TOKEN = re.compile(r"[A-Za-z](?:\.[A-Za-z])+\.|[A-Za-z]+(?:'[A-Za-z]+)*|\d+(?:st|nd|rd|th|d)\b|\n\s*\n|\d+|\S")
_BRACKETED = re.compile(
    rf"(?P<words>(?:[\w'-]{{1,30}}\s{{1,4}}){{1,10}})[\[(](?P<short>[A-Z][A-Z0-9-]{{1,{ACRONYM - 1}}})[\])]"
)

Names = dict[tuple[str, ...], tuple[str, ...]]
"""Names by their tokens in small letters, as tokens as they are written."""


class Lent(msgspec.Struct, frozen=True):
    """What normally written paragraphs tell of words: which are names, which are acronyms, which are neither."""

    names: frozenset[str] = frozenset()
    acronyms: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()


def is_capitals(text: str, words: int = WORDS) -> bool:
    """Whether a text is written in capitals: nearly all of its letters are, and so many words at least."""
    large, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return large > 0 and large >= SHARE * (large + small) and len(_WORD.findall(text)) >= words


def in_capitals(text: str, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs in capitals among those that are read; a short one only in a text that mostly is."""
    read = [p for p in paragraphs if p.read]
    sure = [p for p in read if is_capitals(text[p.start : p.end])]
    mostly = 2 * sum(p.end - p.start for p in sure) > sum(p.end - p.start for p in read)
    return [p for p in read if is_capitals(text[p.start : p.end], 1)] if mostly else sure


def as_read(text: str, paragraphs: Sequence[Paragraph]) -> str:
    """The text with its paragraphs in capitals in mixed case; offsets (code points) are those of the text."""
    capitals = in_capitals(text, paragraphs)
    if not capitals:
        return text
    lent = _lent(text, [p for p in paragraphs if p.read and p not in set(capitals)])
    parts, at = [], 0
    for lo, hi in _stretches(capitals, paragraphs):
        parts += [text[at:lo], recase(text[lo:hi], lent)]
        at = hi
    return "".join((*parts, text[at:]))


def in_words_of(value: T, report: Report) -> T:
    """A value of the model with every span in the words that stand at its offsets in the report, and its report."""
    if isinstance(value, Span):
        return Span(value.start, value.end, report.text[value.start : value.end])  # type: ignore[return-value]
    if isinstance(value, Report):
        return report  # type: ignore[return-value]
    if isinstance(value, msgspec.Struct):
        fields = {name: in_words_of(getattr(value, name), report) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    if isinstance(value, tuple):
        return tuple(in_words_of(item, report) for item in value)  # type: ignore[return-value]
    return value


def recase(text: str, lent: Lent = Lent()) -> str:
    """The text in mixed case; as long as before, and letter for letter the same but for case."""
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)  # "İ" would be two
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(low)]
    short, long = _bracketed(text)
    cased = _cased([low[a:b] for a, b in tokens], short | lent.acronyms, long, lent)
    parts, at = [], 0
    for (start, end), word in zip(tokens, cased, strict=True):
        parts += [low[at:start], word]
        at = end
    return "".join((*parts, low[at:]))


def _stretches(capitals: Sequence[Paragraph], paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """The ranges of paragraphs in capitals that follow each other: what one tells of a name holds in the next."""
    chosen = {p.start for p in capitals}
    for together, group in groupby(paragraphs, key=lambda p: p.start in chosen):
        if together:
            *_, last = first, *_ = tuple(group)
            yield first.start, last.end


def _lent(text: str, paragraphs: Sequence[Paragraph]) -> Lent:
    """What the paragraphs tell, by how they write words inside their sentences."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    acronyms: set[str] = set()
    for paragraph in paragraphs:
        for word in _INSIDE.findall(text, paragraph.start, paragraph.end):
            (small if word.islower() else large)[word.lower()] += 1
            if len(word) > 1 and word.isupper():
                acronyms.add(word.lower())
    written = small.keys() | large.keys()
    names = frozenset(w for w in written if large[w] > small[w])
    return Lent(names=names, acronyms=frozenset(acronyms & names), small=frozenset(written - names))


def _upper(words: str) -> str:
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in words)  # "ß" would be two


def _large(word: str) -> str:
    return _upper(word[:1]) + word[1:]


def _bracketed(text: str) -> tuple[set[str], Names]:
    """Acronyms in brackets, and the names before the brackets that they shorten, as they are written.

    An acronym is a word at least half of whose letters begin one of the words before it ("Nationalist Republican
    Alliance (ARENA)"); the name is written large where each letter in turn begins a word, small words apart.
    """
    short: set[str] = set()
    long: Names = {}
    for match in _BRACKETED.finditer(text):
        letters, words = match["short"].lower(), match["words"].lower().split()
        if 2 * sum(letter in {w[0] for w in words} for letter in letters) >= len(letters):
            short.add(letters)
        if name := _spelled_out(letters, words):
            long[name] = tuple(w if w in SMALL else _large(w) for w in name)
    return short, long


def _spelled_out(letters: str, words: Sequence[str]) -> tuple[str, ...]:
    """The last words whose first letters are these, with the small words between; empty where there are none."""
    start, left = len(words), letters
    while left and start:
        start -= 1
        if words[start][0] == left[-1] and words[start] not in SMALL:
            left = left[:-1]
        elif words[start] not in SMALL:
            return ()
    name = tuple(words[start:])
    return name if not left and all(map(str.isalpha, name)) else ()


def _cased(words: Sequence[str], bracketed: set[str] | frozenset[str], expanded: Names, lent: Lent) -> list[str]:
    """Each token as it is written: by the word, by its neighbours, by the names of actors, by where it stands."""
    names = [w in lent.names or (w not in lent.small and _is_name(w)) for w in words]
    people = _people(words, names)
    names = [name or w in people for w, name in zip(words, names, strict=True)]
    acronyms = bracketed | listed("recase", "capitals")
    out = [_beside(words, names, k) or _alone(w, names[k], acronyms) for k, w in enumerate(words)]
    for known in (_country_names(), _actor_names(), expanded):
        for start, name in _found(words, known):
            out[start : start + len(name)] = name
    return [_opening(out, k) for k in range(len(out))]


def _people(words: Sequence[str], names: Sequence[bool]) -> set[str]:
    """Words of the dictionary that stand beside an unknown name or behind a title: in this text they are names."""
    found = set()
    for k, word in enumerate(words):
        if names[k] or not _may_be_name(word):
            continue
        before, after = _at(words, k - 1), _at(words, k + 1)
        if before == ".":
            before = _at(words, k - 2)
        if before in listed("recase", "before_names") or _is_unknown(before) or _is_unknown(after):
            found.add(word)
    return found


def _at(words: Sequence[str], k: int) -> str:
    return words[k] if 0 <= k < len(words) else ""


def _beside(words: Sequence[str], names: Sequence[bool], k: int) -> str | None:
    """The token as its neighbours tell it; null where they tell nothing."""
    word, after = words[k], _at(words, k + 1)
    if word in {"us", "is"}:
        return word.upper() if (_is_the_us if word == "us" else _is_the_is)(words, k) else word
    named = k + 1 < len(words) and names[k + 1]
    linked = k > 1 and words[k - 1] in listed("recase", "linking") and names[k - 2]
    behind = k > 0 and (names[k - 1] or linked)
    if word in listed("recase", "titles"):
        holder = k + 2 if after == "." else k + 1
        large = holder < len(words) and names[holder] and words[holder] not in _nationalities()
    elif word in listed("recase", "linking") and behind and (named or after in listed("recase", "linking")):
        return word
    elif len(word) == 1:
        initial = (behind and after == ".") or (after == "-" and _at(words, k + 2).isdigit())  # "Carlos A.", "M-19"
        large = word.isalpha() and initial
    else:
        numbered = word in listed("recase", "verbs_too") and (_at(words, k - 1).isdigit() or after.isdigit())
        city = word == "city" and behind and _is_place(f"{words[k - 1]} city")
        parted = k > 1 and words[k - 1] == "-" and words[k - 2] in listed("recase", "arab_articles")
        large = (word in listed("recase", "articles") and named) or numbered or city or parted
    return _large(word) if large else None


def _is_the_us(words: Sequence[str], k: int) -> bool:
    """Whether "us" is the country: not behind what one does to us, nor behind "to" or "of" with no noun after it."""
    before, after = _at(words, k - 1), _at(words, k + 1)
    if before in listed("recase", "before_us"):
        return False
    if before not in listed("recase", "before_us_or_names"):
        return True
    noun = holds(after, "noun") and after not in listed("recase", "behind_us")
    return after == "-" or noun or _is_name(after) or (after == "and" and _is_name(_at(words, k + 2)))


def _is_the_is(words: Sequence[str], k: int) -> bool:
    """Whether "is" is the Islamic State: beside what it alone has, is or does, or behind "against" and "by"."""
    before, after = _at(words, k - 1), _at(words, k + 1)
    held = after == "-" and _at(words, k + 2) in listed("recase", "hyphened_is")
    bracketed = before + after in {"()", "[]"}
    return held or bracketed or after in listed("recase", "behind_is") or before in listed("recase", "before_is")


def _alone(word: str, name: bool, acronyms: set[str] | frozenset[str]) -> str:
    """The token as it is written wherever it stands."""
    base, mark, tail = word.partition("'")
    if base in acronyms or _is_initials(base):
        return _upper(base) + mark + tail
    if mark and name and len(base) == 1:  # O'Brien, D'Aubuisson
        return f"{_upper(base)}'{_large(tail)}"
    return _large(base) + mark + tail if name else word


def _is_initials(word: str) -> bool:
    """Letters that nobody can speak as a word (FMLN), or that stops stand between (U.S.)."""
    if len(word) > 1 and "." in word:
        return True
    unspoken = word.isalpha() and 2 <= len(word) <= ACRONYM and not set(word) & set("aeiouy")
    return unspoken and word not in listed("recase", "titles") and not is_word(word)


def _opening(out: Sequence[str], k: int) -> str:
    """The token with a large first letter where it opens a sentence or a paragraph."""
    before = k - 1
    while before >= 0 and out[before] in MARKS:
        before -= 1
    quoted = before == k - 2 and out[k - 1] == '"' and out[before] == ":"
    stopped = out[before] in STOPS and not _abbreviation(out, before)
    opens = before < 0 or out[before].isspace() or stopped or quoted
    return _large(out[k]) if opens else out[k]


def _abbreviation(out: Sequence[str], stop: int) -> bool:
    """Whether a full stop belongs to a title, a month or an initial ("Col. Isaacs", "Jan. 3", "Carlos A. Morales")."""
    word = _at(out, stop - 1).lower()
    short = word in listed("recase", "before_names") or (word in listed("recase", "months") and len(word) < 5)
    return out[stop] == "." and (short or len(word) == 1 or word in {"no", "st"})


@cache
def _is_name(word: str) -> bool:
    """Whether a token is written large wherever it stands."""
    base = word if word.startswith(("o'", "d'")) else word.partition("'")[0]
    if not base.replace("'", "").isalpha():
        return False
    if base in listed("recase", "months") - listed("recase", "verbs_too"):
        return True
    if base in listed("recase", "days") | listed("recase", "names") | _nationalities():
        return True
    if base in listed("recase", "small"):
        return False
    if base in written_small() or len(base) == 1:
        return False
    if not is_word(base) or (_is_big_place(base) and not holds(base, *KINDS[1:])):
        return True
    lost = base.removesuffix("s")  # "Syrias", where the text has lost its apostrophes
    return lost != base and _is_big_place(lost) and not is_word(base.removesuffix("es"))


def _may_be_name(word: str) -> bool:
    """Whether a word of the dictionary is a noun alone, no title, and not written small in the bundled reports."""
    common = word in written_small() or word in listed("recase", "titles")
    return word.isalpha() and len(word) > 2 and not common and not holds(word, *KINDS[1:])


def _is_unknown(word: str) -> bool:
    """Whether a word is a name because no dictionary holds it, and not as a place, a people or a date."""
    dated = word in listed("recase", "months") or word in listed("recase", "days")
    return word.isalpha() and _is_name(word) and not dated and not _is_big_place(word) and word not in _nationalities()


@cache
def _nationalities() -> frozenset[str]:
    """Names of peoples as single words, one or many ("salvadoran", "salvadorans")."""
    words = {w.lower() for w in demonyms() if " " not in w}
    return frozenset(words | {f"{w}s" for w in words} | listed("recase", "peoples"))


@cache
def _is_big_place(word: str) -> bool:
    found = Gazetteer.open().by_keys([fold(word)])[fold(word)]
    return any(r.kind in KNOWN_PLACES and r.tier < 2 and (r.population >= BIG or r.kind == "country") for r in found)


@cache
def _country_names() -> Names:
    """Names of countries and of other places of several words, as they are written."""
    names = [name for country in countries().values() for name in country.names if name[:1].isupper()]
    written = [tuple(m.group() for m in _TOKEN.finditer(name)) for name in names if name.isascii()]
    return {tuple(w.lower() for w in name): name for name in (*written, *phrases("recase", "places")) if len(name) > 1}


@cache
def _actor_names() -> Names:
    """The names of listed actors; of single words those that are not written small, and are nothing but nouns."""
    names = {}
    for record in ActorBase.open().records:
        for name in (record.name, *record.aliases):
            if name.isascii():
                written = tuple(m.group() for m in _TOKEN.finditer(name))
                if 1 < len(written) <= LONGEST or (len(written) == 1 and _is_telling(name)):
                    names[tuple(w.lower() for w in written)] = written
    return names


def _is_telling(name: str) -> bool:
    """Whether a word is an actor's name wherever it stands, whatever the dictionary says of it."""
    low = name.lower()
    return name.isalpha() and len(low) > 2 and low not in written_small() and not holds(low, *KINDS[1:])


def _is_place(name: str) -> bool:
    return bool(Gazetteer.open().by_keys([fold(name)])[fold(name)])


def _found(words: Sequence[str], known: Names) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where known names begin, the longest at each place, and how they are written."""
    start = 0
    while start < len(words):
        for length in range(min(LONGEST, len(words) - start), 0, -1):
            written = known.get(tuple(words[start : start + length]))
            if written is not None:
                yield start, written
                start += length - 1
                break
        start += 1
