"""Which of the names that a report gives to a side of one event are one side, and which of them says most.

A report calls one side "the regime", "regime forces" and "government helicopters", and one house "a house near Homs"
and then "the house"; the event lists it once, by the name that says most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.reading.lexicon import values, words
from sayso.reading.nouns import of_nation

REMEMBERED = 8192
"""How many names and words are kept with what they tell, over all reports."""
NEAR = 40
"""With how many names told last a further one is compared, so that cost stays linear in their number."""


@dataclass(frozen=True, slots=True)
class Named:
    """A side as somebody names it: the words, and the id of the actor in the actor base, where it is known."""

    text: str
    known: str | None = None


def one_initiator(names: Sequence[Named]) -> list[int]:
    """Which of these names are kept, so that no side that acted is listed twice; in their order."""
    kept: list[int] = []
    for i, name in enumerate(names):
        twin = next((k for k in kept[-NEAR:] if _same_actor(names[k], name)), None)
        if twin is None:
            kept.append(i)
        elif _weight(name.text) > _weight(names[twin].text):
            kept[kept.index(twin)] = i
    return sorted(kept)


def one_recipient(names: Sequence[Named]) -> list[int]:
    """Which of these names are kept, so that nobody and nothing that was hit is listed twice; in their order."""
    kept: list[int] = []
    for i, name in enumerate(names):
        twin = next((k for k in kept[-NEAR:] if _same_thing(names[k].text, name.text)), None)
        if twin is None:
            kept.append(i)
        elif _telling(name.text) > _telling(names[twin].text):
            kept[kept.index(twin)] = i
    people = [i for i in kept if _is_people(names[i].text)]
    vague = {i for i in people if _head(names[i].text) in words("sides", "anybody")}
    further = {i for i in vague if words("sides", "further") & set(_tokens(names[i].text))}
    told = {_head(names[i].text) for i in people if i not in vague} & words("sides", "everybody")
    dropped = vague if told else further if len(people) > len(further) else set()
    return sorted(i for i in kept if i not in dropped)


def _same_actor(a: Named, b: Named) -> bool:
    if a.known is not None and a.known == b.known:
        return True
    mine, theirs = _content(a.text), _content(b.text)
    if words("roles", "backing") & (mine ^ theirs):
        # "US" is not "US-led coalition".
        return False
    fighters = words("sides", "unnamed") | words("sides", "grouped")
    if (mine <= fighters and _no_state(theirs)) or (theirs <= fighters and _no_state(mine)):
        # "the militants" after "Islamic State militants".
        return True
    craft = words("sides", "craft")
    if (mine <= craft and craft & set(_tokens(b.text))) or (theirs <= craft and craft & set(_tokens(a.text))):
        # "the planes" after "Russian warplanes".
        return True
    if mine <= words("sides", "attackers") and theirs <= words("sides", "attackers"):
        return True
    names = {w for w in mine & theirs if not _is_nation(w)} - words("sides", "state") - fighters
    return mine <= theirs or theirs <= mine or bool(names)


def _is_nation(word: str) -> bool:
    return (len(word) == 3 and word.isupper()) or of_nation(word)


def _no_state(content: frozenset[str]) -> bool:
    """Whether a side is no state and none of its forces."""
    return not content & words("sides", "state") and not any(map(_is_nation, content))


def _weight(text: str) -> tuple[bool, int]:
    """How much a name of an actor says: a body more than the craft that it flies, a longer name more."""
    tokens = set(_tokens(text))
    content = _content(text)
    means = bool(words("sides", "craft") & tokens)
    telling = content - words("sides", "unnamed") - words("sides", "empty")
    return not means and bool(telling), len(telling)


def _same_thing(a: str, b: str) -> bool:
    """Whether two names are of one thing or people hit: one head, and no word that the other contradicts."""
    if _head(a) != _head(b):
        return False
    mine, theirs = _before_head(a), _before_head(b)
    if mine <= theirs or theirs <= mine:
        return True
    shared = (mine & theirs) - {_head(a)}
    return _is_one(a) and _is_one(b) and (bool(shared) or not (_is_name(a) and _is_name(b)))


def _is_one(text: str) -> bool:
    """Whether one thing is named, no plural."""
    return not _named_by(text).endswith("s")


def _is_name(text: str) -> bool:
    return any(word[:1].isupper() for word in text.split()[1:])


def _before_head(text: str) -> frozenset[str]:
    """What is told of a thing hit up to its head; where it lies is told behind."""
    return _content(" ".join(_tokens(text)[: _end(text)]))


def _telling(text: str) -> int:
    return len(_content(text))


def _is_people(text: str) -> bool:
    plain = {_named_by(text), _head(text)} & words("roles", "facility") == frozenset()
    return plain and (_head(text) in words("sides", "anybody") or text.islower())


def _head(text: str) -> str:
    """The word that says what is named, plural or singular: before a preposition or participle behind it."""
    return _normal(_named_by(text))


def _named_by(text: str) -> str:
    tokens = _tokens(text)
    return tokens[_end(text) - 1] if tokens else ""


def _end(text: str) -> int:
    """Where what is told behind the head begins; "dozens of" counts what is told behind it."""
    tokens = _tokens(text)
    first = 2 if len(tokens) > 2 and tokens[0] in words("roles", "quantities") and tokens[1] == "of" else 0
    return next((k for k, w in enumerate(tokens) if k > first and w in words("sides", "behind")), len(tokens))


@lru_cache(maxsize=REMEMBERED)
def _content(text: str) -> frozenset[str]:
    """The words that tell a side from others, each in one form: nations by code, "regime" as "government"."""
    numbers = values("numbers", "units").keys() | values("numbers", "tens").keys() | values("numbers", "vague").keys()
    tokens = {_normal(w) for w in _tokens(text) if w not in words("sides", "counting") | numbers and not w.isdigit()}
    return frozenset(tokens - words("sides", "empty")) or frozenset(tokens)


def group_of(text: str) -> str | None:
    """The one word for fighters of no named group, by which all names of them are one: "the terrorist groups"."""
    tokens = [_normal(w) for w in _tokens(text) if w not in words("sides", "counting")]
    while len(tokens) > 1 and tokens[-1] in words("sides", "empty"):
        tokens.pop()
    return tokens[0] if len(tokens) == 1 and tokens[0] in words("sides", "unnamed") else None


def _tokens(text: str) -> list[str]:
    return list(_split(text))


def _split(text: str) -> Iterator[str]:
    plain = text.replace("’", "'").replace("-", " ").lower()
    for long, short in values("sides", "short").items():
        plain = plain.replace(long, short)
    for word in plain.split():
        bare = word.strip("\"'“”.,()[]").removesuffix("'s")
        if bare:
            yield bare


@lru_cache(maxsize=REMEMBERED)
def _normal(word: str) -> str:
    from sayso.knowledge.countries import country_names, demonyms

    one: str = values("sides", "same").get(word, word)
    code = demonyms().get(word) or country_names().get(word) or country_names().get(word.removesuffix("s"))
    if code is not None or of_nation(one):
        return code or one.removesuffix("s")
    return one[:-1] if one.endswith("s") and len(one) > 3 and not one.endswith("ss") else one
