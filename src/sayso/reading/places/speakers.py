"""Capitals and countries that stand for those who decide there: "Moscow says", "talks between Ankara and Moscow"."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from sayso.knowledge.countries import countries, country_names
from sayso.knowledge.names import plain
from sayso.knowledge.placewords import place_words
from sayso.reading.places.candidates import SPEAKER, Candidate
from sayso.reading.places.tokens import Token

LOOK = 5
"""Words before a name in which a word of dealings is looked for."""
JOINS = frozenset(("and", ",", "or", "nor", "&"))
FORMS_OF_BE = frozenset(("is", "are", "was", "were", "be", "been"))
PREPOSITIONS = frozenset(
    ("of", "for", "about", "over", "on", "against", "with", "from", "in", "at", "to", "by", "through", "near", "like")
)
DEALT_WITH = frozenset(("with", "between", "among", "of", "against", "on", "to", "from", "for", "and", ","))


def mark_speakers(words: list[Token], candidates: list[Candidate]) -> None:
    """Gives the role of a speaker to every capital and country that speaks, decides or is dealt with."""
    able = [c for c in candidates if _may_speak(c)]
    for c in able:
        acts = not c.strong and (
            (_is_subject(words, c) and _acts(words, c.last)) or _is_told(words, c) or _has_office(words, c)
        )
        if acts or _is_party(words, c):
            c.role = SPEAKER
    # "Washington and Tehran agreed", "Russia, Turkey and Iran brokered": who stands beside a speaker speaks too.
    for left, right in reversed(list(pairwise(able))):
        if right.role == SPEAKER and not left.strong and _joined(words, left, right):
            left.role = SPEAKER
    for left, right in pairwise(able):
        if left.role == SPEAKER and not right.strong and not right.governor and _joined(words, left, right):
            right.role = SPEAKER


@lru_cache(maxsize=1)
def _capitals() -> frozenset[str]:
    return frozenset(plain(c.capital) for c in countries().values()) | place_words().governments


def _may_speak(c: Candidate) -> bool:
    name = plain(c.stem)
    if c.type is not None or c.direction is not None or c.container is not None or c.told is not None:
        return False
    return name in country_names() or name in _capitals()


def _is_capital(c: Candidate) -> bool:
    return plain(c.stem) in _capitals() and plain(c.stem) not in country_names()


def _is_subject(words: list[Token], c: Candidate) -> bool:
    """Whether no preposition stands before the name: in "Shelling of Damascus killed three" the shelling killed."""
    return c.first == 0 or words[c.first - 1].lower not in PREPOSITIONS


def _acts(words: list[Token], last: int) -> bool:
    """Whether a verb of speech or decision follows, past "has also", ", which" and a partner ("and Hamas")."""
    k = last
    if k + 1 < len(words) and words[k].text == "," and words[k + 1].lower in ("which", "who"):
        k += 2
    elif k < len(words) and words[k].lower == "and":
        partner = k + 1
        while partner < len(words) and partner <= k + 3 and (words[partner].capital or words[partner].lower == "the"):
            partner += 1
        k = partner if partner > k + 1 else k
    rules, suffered = place_words(), False
    while k < len(words) and words[k].lower in rules.helpers:
        suffered = suffered or words[k].lower in FORMS_OF_BE
        k += 1
    verb = words[k].lower if k < len(words) else ""
    if suffered and not verb.endswith("ing"):
        return verb in rules.told or verb in rules.minded
    return verb in rules.speech


def _is_told(words: list[Token], c: Candidate) -> bool:
    """ "accused Damascus", "backed by Moscow", "angered Washington", "according to Tehran"."""
    rules = place_words()
    before = [w.lower for w in words[max(0, c.first - 3) : c.first]]
    if not before:
        return False
    if before[-1] in rules.told:
        return True
    return len(before) > 1 and before[-1] in ("by", "to", "with", "on") and before[-2] in rules.sided


def _has_office(words: list[Token], c: Candidate) -> bool:
    """ "Baghdad's decision", "the Damascus government": of a capital only, for "Syria's army" is another matter."""
    if not _is_capital(c):
        return False
    following = words[c.last : c.last + (3 if words[c.last - 1].possessive else 1)]
    for word in following:
        if word.mark:
            return False
        if word.lower in place_words().offices:
            return True
    return False


def _is_party(words: list[Token], c: Candidate) -> bool:
    """ "talks between Ankara and Moscow", "a deal with Baghdad", "an ally of Tehran", "sanctions against Moscow"."""
    rules = place_words()
    linked = False
    for k in range(c.first - 1, max(-1, c.first - 1 - LOOK - 4), -1):
        word = words[k]
        if word.lower in rules.dealings:
            return linked
        if word.lower in DEALT_WITH:
            linked = linked or word.lower not in ("and", ",")
        elif not (word.capital or word.lower == "the"):
            return False
    return False


def _joined(words: list[Token], left: Candidate, right: Candidate) -> bool:
    between = words[left.last : right.first]
    return 0 < len(between) <= 2 and all(w.lower in JOINS for w in between)
