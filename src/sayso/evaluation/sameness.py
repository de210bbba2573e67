"""When a value that was read and one that was annotated count as the same: names, places, times, words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from sayso.evaluation.align import overlap
from sayso.model import Interval, Place, Span

WORD = re.compile(r"[^\W_]+(?:[-.'][^\W_]+)*")


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


PREPOSITIONS = _set(
    "of for in from at on to with by near inside against who which that whose where around outside under"
)
ARTICLES = frozenset(("the", "a", "an"))
PRONOUNS = _set("he she it they we i him her them his its their who this that these those")
# The last words of names that are said of many: two names that share only such a word are not the same.
COMMON_HEADS = _set(
    """army military forces force troops soldiers police government regime ministry minister council agency group groups
    militia militias militants rebels fighters officials official spokesman spokeswoman spokesperson president command
    coalition office sources source residents people civilians party movement state army navy centre center"""
)
# "Taliban fighters" are the Taliban; a spokesman or an official is somebody else.
FOLLOWERS = _set(
    """group groups militants militant fighters fighter insurgents forces troops soldiers warplanes warplane jets planes
    plane aircraft helicopters"""
)
VAGUE_PLACE_WORDS = _set(
    """north south east west northern southern eastern western central city town village province governorate region
    district area areas near camp country border road neighbourhood neighborhood countryside al el"""
)


def plain(text: str) -> str:
    """The text without accents, with straight quotes and hyphens."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.replace("’", "'").replace("‘", "'").replace("–", "-")


def words(text: str) -> tuple[str, ...]:
    """The words of a name for comparison: lower case, without articles, possessives and the "al-" before a name."""
    found = (word.casefold() for word in WORD.findall(plain(text)))
    bare = (re.sub(r"^(?:al|el|ad|an|as|ash|at|az)-(?=\w{3})", "", word.removesuffix("'s")) for word in found)
    return tuple(word for word in bare if word not in ARTICLES)


def head(name: Sequence[str]) -> str:
    """The word that says what is named: the last one before a preposition ("office" of "office for rights")."""
    cut = next((i for i, word in enumerate(name) if i and word in PREPOSITIONS), len(name))
    return name[cut - 1] if name else ""


def same_name(left: str, right: str) -> bool:
    """Whether two names are of one actor, as far as their words tell.

    They are where the words are equal (articles, case and followers as in "Taliban fighters" aside); where they have
    one head and the words of one are among the other's ("militia", "armed militia"); or where they have one head that
    is written as a name and is not said of many ("Wayne Marotto", "Col. Marotto").
    """
    a, b = words(left), words(right)
    if not a or not b:
        return False
    if a == b or _without_followers(a) == _without_followers(b):
        return True
    if head(a) != head(b):
        return False
    return set(a) <= set(b) or set(b) <= set(a) or (_is_proper(head(a), left) and _is_proper(head(b), right))


def _without_followers(name: tuple[str, ...]) -> tuple[str, ...]:
    return name[:-1] if len(name) > 1 and name[-1] in FOLLOWERS else name


def _is_proper(word: str, name: str) -> bool:
    return word not in COMMON_HEADS and any(
        w.rsplit("-", 1)[-1][:1].isupper() and words(w)[-1:] == (word,) for w in WORD.findall(plain(name))
    )


def same_actor(left: Iterable[str | Span], right: Iterable[str | Span]) -> bool:
    """Whether two actors are one, each given as the forms it is named by (names, and spans of the report).

    One pair of forms with the same name is enough, or one pair of spans that share more than half of the longer.
    """
    theirs = list(right)
    return any(_same_form(form, other) for form in left for other in theirs)


def _same_form(left: str | Span, right: str | Span) -> bool:
    if isinstance(left, Span) and isinstance(right, Span) and overlap(left, right) > 0.5:
        return True
    a, b = (form.text if isinstance(form, Span) else form for form in (left, right))
    if a.casefold() in PRONOUNS or b.casefold() in PRONOUNS:
        return False
    return same_name(a, b)


def same_place(left: Place, right: Place) -> bool:
    """Whether two places are one: a name equal to or within the other's, or one country and a telling word shared."""
    if left.country and right.country and left.country != right.country:
        return False
    for a in {words(left.name), words(left.span.text)}:
        for b in {words(right.name), words(right.span.text)}:
            shared = set(a) & set(b)
            if a and b and (shared == set(a) or shared == set(b)):
                return True
            if left.country and left.country == right.country and shared - VAGUE_PLACE_WORDS - PREPOSITIONS:
                return True
    return False


def intervals_meet(left: Interval, right: Interval) -> bool:
    """Whether two intervals share a day; an open end goes on for ever."""
    begins_in_time = (left.start or "")[:10] <= (right.end or "9999")[:10]
    return begins_in_time and (right.start or "")[:10] <= (left.end or "9999")[:10]


def same_time(left: Interval, right: Interval) -> bool:
    """Whether two intervals share a day and have one precision."""
    return left.precision == right.precision and intervals_meet(left, right)


def same_days(left: Interval, right: Interval) -> bool:
    """Whether two intervals begin and end on the same days."""
    return (left.start or "")[:10] == (right.start or "")[:10] and (left.end or "")[:10] == (right.end or "")[:10]


def same_words(left: Span, right: Span) -> bool:
    """Whether two wordings name one thing, plural or singular: one's words among the other's, or one head."""
    a, b = (tuple(word.rstrip("s") for word in words(span.text)) for span in (left, right))
    return bool(a and b) and (set(a) <= set(b) or set(b) <= set(a) or head(a) == head(b))
