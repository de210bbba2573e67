"""Which words of a report fill the string slots of MUC-4: people, organisations, things, each by one mention."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.evaluation.muc4.table import table
from sayso.knowledge.actors import ActorBase
from sayso.model import Actor, Span
from sayso.reading.dictionary import is_word
from sayso.reading.lexicon import words as listed

_VAGUE = re.compile(
    r"^(?:(?:the|an?|this|that|these|those|some|any|his|her|its|their|our|about|around|nearly|almost|approximately|"
    r"at least|more than|several|another|other|all|both|alleged|suspected|presumed|of)\s+)+",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?)\s+(?=\w)", re.I
)
_BEHIND = re.compile(
    r"\s*(?:,|;|\(|\[|--|\s(?:who|which|that|in|at|on|near|from|to|for|by|with|belonging|located|outside|inside|along|"
    r"between|during|after|when|where|against|as|is|was|were|has|have|had)\s).*$",
    re.IGNORECASE | re.DOTALL,
)
_OF = re.compile(r"\s+of\s+", re.IGNORECASE)
_SMALL_IN_NAMES = frozenset({"of", "the", "and", "for"})
_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "him", "her", "them", "his", "hers", "their", "this", "that", "those", "these"}
)


def mention(spans: Iterable[Span]) -> str:
    """The words by which an entity is given, on one line: its longest mention that is no pronoun; empty without any."""
    texts = [" ".join(s.text.split()) for s in spans]
    return max((t for t in texts if t.lower() not in _PRONOUNS), key=len, default="")


def core(words: str) -> str:
    """A description without determiners and vague counts before it, and what is told of it behind it."""
    bare = _BEHIND.sub("", _VAGUE.sub("", " ".join(words.split())))
    return bare.strip(" .,;:'\"-") or words.strip()


def counted(words: str) -> str:
    """A description without a number before it ("three individuals")."""
    return _NUMBER.sub("", words)


def person(actor: Actor) -> str | None:
    """The name of a person, without titles; null where the actor is not named, or is no person."""
    parts = core(mention(actor.spans)).split()
    while len(parts) > 1 and parts[0].lower().rstrip(".") in listed("recase", "titles"):
        del parts[0]
    name = " ".join(parts)
    if not is_name(name) or is_organisation(name):
        return None
    return name


def is_name(words: str) -> bool:
    """Whether every word is written large, but for those that are small in names; one word must not be common."""
    parts = words.split()
    if not parts or not all(p[0].isupper() or p in _SMALL_IN_NAMES | listed("recase", "linking") for p in parts):
        return False
    return len(parts) > 1 or not is_word(parts[0].lower())


def is_organisation(words: str) -> bool:
    """Whether a name or description is that of an organisation: listed as one, an acronym, or by its last word."""
    words = re.sub(r"\s*[\[(].*", "", words)
    record = ActorBase.open().lookup(words) if is_name(words) or words.isupper() else None
    if record is not None:
        return not record.terms and record.kind != "person"
    head = _OF.split(words)[0].split()
    last = head[-1].lower() if head else ""
    if len(head) == 1 and head[0].isupper() and len(head[0]) > 1:
        return True
    return last in table().organisation_words.words and (is_name(words) or last not in table().people_heads.words)
