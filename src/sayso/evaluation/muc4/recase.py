"""Gives text in capitals the case that the reading expects, letter for letter, so that every offset stays.

A truecaser by lexicon, in the spirit of Lita and others ("tRuEcasIng", ACL 2003) without a model of sentences. Words
that the bundled reports write small stay small; actors and places that sayso knows are written as it knows them; words
that the language model's lemma tables (WordNet's) do not hold are names, as the unknown words of newswire mostly are.
It knows English alone: in a quotation in another language nearly every word becomes a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import msgspec
import yaml

from sayso.evaluation.muc4.table import Words
from sayso.examples import report_paths
from sayso.knowledge.actors import ActorBase
from sayso.knowledge.countries import demonyms
from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.names import fold
from sayso.reading.syntax import language_model

KNOWN_PLACES = frozenset({"country", "admin1", "city", "capital"})
"""Kinds of places whose name makes a word of the dictionary a name; any word is the name of some village."""
BIG = 50_000
"""Inhabitants from which a city does so."""
LONGEST = 9
"""Tokens of the longest name of an actor that is looked for."""
ACRONYM = 7
"""Letters of the longest acronym."""
ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness")
PREFIXES = ("un", "re", "non", "anti")
SMALL = frozenset({"of", "the", "and", "for", "de", "del", "la", "y"})
"""Words that have no letter in an acronym."""
STOPS = frozenset({".", "?", "!"})
MARKS = frozenset({'"', "(", "[", "]", ")", "'"})
_KINDS = ("noun", "verb", "adj", "adv")
_TOKEN = re.compile(r"[A-Za-z](?:\.[A-Za-z])+\.|[A-Za-z]+(?:'[A-Za-z]+)*|\d+(?:st|nd|rd|th|d)\b|\n\s*\n|\d+|\S")
_BRACKETED = re.compile(rf"(?P<words>(?:[\w'-]+\s+){{1,10}})[\[(](?P<short>[A-Z][A-Z0-9-]{{1,{ACRONYM - 1}}})[\])]")

Names = dict[tuple[str, ...], tuple[str, ...]]
"""Names by their tokens in small letters, as tokens as they are written."""


def recase(text: str) -> str:
    """The text in mixed case; as long as before, and letter for letter the same but for case."""
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)  # "İ" would be two
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(low)]
    short, long = _bracketed(text)
    cased = _cased([low[a:b] for a, b in tokens], short, long)
    parts, at = [], 0
    for (start, end), word in zip(tokens, cased, strict=True):
        parts += [low[at:start], word]
        at = end
    return "".join((*parts, low[at:]))


def _upper(words: str) -> str:
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in words)  # "ß" would be two


def _large(word: str) -> str:
    return _upper(word[:1]) + word[1:]


def is_dictionary_word(word: str) -> bool:
    """Whether a word in small letters, or what it is an inflected form of, is in the lemma tables as any kind."""
    return word in _written_small() or _holds(word, *_KINDS)


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """The lists of ``recase.yaml`` by name. Raises ``msgspec.ValidationError`` where an entry is malformed."""
    text = files("sayso.evaluation.muc4").joinpath("recase.yaml").read_text(encoding="utf-8")
    return {name: entry.words for name, entry in msgspec.convert(yaml.safe_load(text), dict[str, Words]).items()}


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


def _cased(words: Sequence[str], bracketed: set[str], expanded: Names) -> list[str]:
    """Each token as it is written: by the word, by its neighbours, by the names of actors, by where it stands."""
    names = [_is_name(w) for w in words]
    people = _people(words, names)
    names = [name or w in people for w, name in zip(words, names, strict=True)]
    acronyms = bracketed | word_lists()["capitals"]
    out = [_beside(words, names, k) or _alone(w, names[k], acronyms) for k, w in enumerate(words)]
    for known in (_actor_names(), expanded):
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
        if before in word_lists()["before_names"] or _is_unknown(before) or _is_unknown(after):
            found.add(word)
    return found


def _at(words: Sequence[str], k: int) -> str:
    return words[k] if 0 <= k < len(words) else ""


def _beside(words: Sequence[str], names: Sequence[bool], k: int) -> str | None:
    """The token as its neighbours tell it; null where they tell nothing."""
    lists, word, after = word_lists(), words[k], _at(words, k + 1)
    named = k + 1 < len(words) and names[k + 1]
    linked = k > 1 and words[k - 1] in lists["linking"] and names[k - 2]
    behind = k > 0 and (names[k - 1] or linked)
    if word in lists["titles"]:
        holder = k + 2 if after == "." else k + 1
        large = holder < len(words) and names[holder] and words[holder] not in _nationalities()
    elif word in lists["linking"] and behind and (named or after in lists["linking"]):
        return word
    elif len(word) == 1:
        initial = (behind and after == ".") or (after == "-" and _at(words, k + 2).isdigit())  # "Carlos A.", "M-19"
        large = word.isalpha() and initial
    else:
        numbered = word in lists["verbs_too"] and (_at(words, k - 1).isdigit() or after.isdigit())
        large = (word in lists["articles"] and named) or numbered or (word == "city" and behind)
    return _large(word) if large else None


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
    return unspoken and word not in word_lists()["titles"] and not is_dictionary_word(word)


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
    short = word in word_lists()["before_names"] or (word in word_lists()["months"] and len(word) < 5)
    return out[stop] == "." and (short or len(word) == 1 or word in {"no", "st"})


@cache
def _is_name(word: str) -> bool:
    """Whether a token is written large wherever it stands."""
    lists = word_lists()
    base = word if word.startswith(("o'", "d'")) else word.partition("'")[0]
    if not base.replace("'", "").isalpha():
        return False
    if base in (lists["months"] - lists["verbs_too"]) | lists["days"] | _nationalities():
        return True
    if base in _written_small() or len(base) == 1:
        return False
    return not is_dictionary_word(base) or (_is_big_place(base) and not _holds(base, *_KINDS[1:]))


def _may_be_name(word: str) -> bool:
    """Whether a word of the dictionary is a noun alone, no title, and not written small in the bundled reports."""
    common = word in _written_small() or word in word_lists()["titles"]
    return word.isalpha() and len(word) > 2 and not common and not _holds(word, *_KINDS[1:])


def _is_unknown(word: str) -> bool:
    """Whether a word is a name because no dictionary holds it, and not as a place, a people or a date."""
    lists = word_lists()
    dated = word in lists["months"] or word in lists["days"]
    return word.isalpha() and _is_name(word) and not dated and not _is_big_place(word) and word not in _nationalities()


@cache
def _written_small() -> frozenset[str]:
    """Words that the bundled reports (public domain) write small at least as often as large, inside a sentence."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for path in report_paths():
        for word in re.findall(r"(?<=[a-z,;] )[A-Za-z]+", path.read_text(encoding="utf-8").partition("\n\n")[2]):
            (small if word.islower() else large)[word.lower()] += 1
    return frozenset(w for w in small if small[w] >= large[w])


@cache
def _holds(word: str, *kinds: str) -> bool:
    """Whether the lemma tables have the word, or what it is an inflected form of, as one of these kinds."""
    known = _dictionary(*kinds)
    if word in known:
        return True
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            single = stem[:-1] if stem[-1] == stem[-2] else stem
            if {stem, f"{stem}e", single, f"{stem.removesuffix('i')}y"} & known:
                return True
    return any(word.removeprefix(prefix) in known for prefix in PREFIXES if word.startswith(prefix))


@cache
def _dictionary(*kinds: str) -> frozenset[str]:
    """Base and irregular forms of English words of some kinds (``_KINDS``) in the language model's lemma tables."""
    from spacy import load

    tables = load(language_model().path).get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    return frozenset(w for name in ("lemma_index", "lemma_exc") for kind in kinds for w in tables.get_table(name)[kind])


@cache
def _nationalities() -> frozenset[str]:
    """Names of peoples as single words, one or many ("salvadoran", "salvadorans")."""
    words = {w.lower() for w in demonyms() if " " not in w}
    return frozenset(words | {f"{w}s" for w in words} | word_lists()["peoples"])


@cache
def _is_big_place(word: str) -> bool:
    found = Gazetteer.open().by_keys([fold(word)])[fold(word)]
    return any(r.kind in KNOWN_PLACES and r.tier < 2 and (r.population >= BIG or r.kind == "country") for r in found)


@cache
def _actor_names() -> Names:
    """The names of listed actors; of single words the acronyms alone."""
    names = {}
    for record in ActorBase.open().records:
        for name in (record.name, *record.aliases):
            if name.isascii():
                written = tuple(m.group() for m in _TOKEN.finditer(name))
                acronym = len(written) == 1 and name.isupper() and not is_dictionary_word(name.lower())
                if 1 < len(written) <= LONGEST or acronym:
                    names[tuple(w.lower() for w in written)] = written
    return names


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
