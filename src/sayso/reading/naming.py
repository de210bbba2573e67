"""What a noun phrase calls somebody: the name in it, the office before or behind it, the body that the office is of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.reading.lexicon import words
from sayso.reading.syntax import NOUN_TAGS, Syntax

ARTICLES = re.compile(r"^(?:the|a|an|its|their|his|her|some)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")
PROPER = frozenset({"NNP", "NNPS"})
NO_NAME = frozenset({"DT", "PRP$", "``", "''", "VBD", ":", ","})
"""Tags of what may stand before a body and is no part of its name."""
YEAR = 4
"""Digits of a year."""
LONGEST_ACRONYM = 8
"""Letters of the longest acronym that a name introduces in brackets."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as tokens: ``name`` in it, what stands before the name, and the body it speaks for.

    ``acronym`` is the short form that the phrase introduces in brackets, ``own`` the "its" of "its spokesman".
    """

    name: Range
    proper: bool
    role: str | None = None
    body: Range | None = None
    acronym: str | None = None
    own: int | None = None


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """A name for comparing: lower case, no article, no possessive, one space."""
    name = " ".join(name.replace("’", "'").split())
    return POSSESSIVE.sub("", ARTICLES.sub("", name)).strip(" .,\"'").lower()


def last_part(s: Syntax, i: int) -> int:
    """The last token of the hyphenated name that token ``i`` begins, where the parser took its "al" for the name."""
    if s.low[i] not in words("actors", "particles"):
        return i
    last = s.bounds(i)[1]
    while i + 2 < last and s.word[i + 1] == "-" and s.end[i] == s.start[i + 1] and s.end[i + 1] == s.start[i + 2]:
        i += 2
    return i


def first_part(s: Syntax, lo: int) -> int:
    """The first token of the name that goes on with "al-" at token ``lo``: "Talal | al-Karim"."""
    first = s.bounds(lo)[0]
    while lo > first and s.tag[lo - 1] == "NNP" and s.low[lo] in words("actors", "particles"):
        lo -= 1
    while lo > first and s.tag[lo - 1] == "NNP" and s.head[lo - 1] in {lo, s.head[lo]}:
        lo -= 1
    return lo


class PhraseReader:
    """Reads the noun phrases of one report."""

    def __init__(self, syntax: Syntax) -> None:
        self.s = syntax
        self._titles = words("actors", "titles")
        self._ranks = words("actors", "ranks")
        self._persons = words("actors", "persons")

    def read(self, head: int, within: Range | None = None) -> Phrase:
        """The phrase headed by token ``head``; ``within`` bounds it where its reader knows better than the parser."""
        phrase = self._read(head, within)
        own = self._own(head) if phrase.body is None else None
        return phrase if own is None else replace(phrase, own=own)

    def _own(self, head: int) -> int | None:
        """The "its" of whoever speaks for it: "its spokesman", "its director Ali Karim"."""
        s = self.s
        around = (head, *(c for c in s.children[head] if s.dep[c] in {"compound", "appos"}))
        office = any(s.low[k] in self._persons - words("actors", "of_places") for k in around)
        own = next(
            (c for k in around for c in s.children[k] if s.tag[c] == "PRP$" and s.low[c] in {"its", "their"}), None
        )
        return own if office else None

    def _read(self, head: int, within: Range | None) -> Phrase:
        s = self.s
        whole = last_part(s, head)
        lo, hi = s.noun_phrase(head, full=s.low[head] in self._persons)
        if whole != head:
            lo, hi, head = first_part(s, head), whole + 1, whole
        lo = self._after_date(lo, head)
        if within is not None:
            lo, hi = min(head, max(lo, within[0])), max(head + 1, min(hi, within[1]))
        lo, hi = self._hyphenated(lo, self._titled(head, hi))
        before = self._name_before(head, lo)
        if before is not None:
            return Phrase(before, True, s.words(head, hi), self._body_of(head))
        behind = self._name_behind(head)
        if behind is not None:
            return Phrase(
                behind,
                True,
                s.words(lo, max(head + 1, min(hi, behind[0]))),
                self._body_of(head) or self._body_before(lo, hi),
            )
        name_lo, name_hi, proper = self._name(head, lo, hi)
        name_hi, acronym = self._bracketed(name_lo, name_hi)
        role = (s.words(lo, name_lo) if name_lo > lo else None) or self._office_behind(head)
        if not proper:
            body = self._body_of(head) or self._body_before(lo, head + 1)
            return Phrase((name_lo, name_hi), False, role, body, acronym)
        owner, name_lo = self._owner(name_lo, name_hi)
        body = self._body(head, lo, name_lo) or owner
        if self._office(role) and head + 1 < name_hi and s.tag[head + 1] == "IN" and name_lo <= head:
            # "First Lieutenant Ahmed Karim of the Rapid Response Forces"
            body, name_hi = body or self._without_article(head + 2, name_hi), head + 1
        return Phrase((name_lo, name_hi), True, role, body, acronym)

    def _office_behind(self, head: int) -> str | None:
        """The office in apposition to a name: "Ali Karim, a spokesman for the army"."""
        s = self.s
        found = next((c for c in s.children[head] if s.dep[c] == "appos" and s.low[c] in self._persons), None)
        return s.words(*s.noun_phrase(found)) if found is not None and found > head else None

    def _titled(self, head: int, hi: int) -> int:
        """The end of a phrase with the name behind its title, where the parser cut: "the director | Ali Karim"."""
        s = self.s
        titled = s.low[head] in self._persons | words("actors", "of_names") and not s.low[head].endswith("s")
        if titled and s.tag[head] == "NN" and hi == head + 1:
            last = s.bounds(head)[1]
            while hi < last and s.tag[hi] in {"NNP", "HYPH"} and s.low[hi] not in words("grammar", "days"):
                hi += 1
        return hi

    def _owner(self, lo: int, hi: int) -> tuple[Range | None, int]:
        """Whose the one named is, and where his own name begins: "the Observatory's | Ali Karim"."""
        s = self.s
        mark = next((k for k in range(lo + 1, hi - 1) if s.tag[k] == "POS"), None)
        if mark is None or s.tag[mark + 1] not in PROPER or not s.word[mark].endswith("s"):
            return None, lo
        return (lo, mark), mark + 1

    def _office(self, role: str | None) -> bool:
        return bool(set(fold(role or "").replace(".", " ").split()) & (self._titles | self._persons | self._ranks))

    def _without_article(self, lo: int, hi: int) -> Range | None:
        if lo < hi and self.s.tag[lo] in {"DT", "PRP$"}:
            lo += 1
        return (lo, hi) if lo < hi else None

    def _after_date(self, lo: int, head: int) -> int:
        """The start of a phrase behind the date that stands before it: "Monday 9 Jun 2014 | Activists say"."""
        s = self.s
        if not any(s.low[k] in words("grammar", "weekdays") for k in range(lo, head)):
            return lo
        year = (k for k in range(lo, head) if s.tag[k] == "CD" and len(s.word[k]) == YEAR)
        return next(year, lo - 1) + 1

    def _hyphenated(self, lo: int, hi: int) -> Range:
        """The phrase with all that is written together with it, wherever the parser cut: "Jamaat-ul-Ahrar"."""
        s = self.s
        while lo > 1 and s.end[lo - 1] == s.start[lo] and "-" in (s.word[lo - 1], s.word[lo]):
            if s.word[lo - 1] == "-" and s.end[lo - 2] != s.start[lo - 1]:
                break  # "… says -Army retakes town": a dash, set off on one side
            lo -= 1
        while hi < len(s.word) and s.end[hi - 1] == s.start[hi] and "-" in (s.word[hi - 1], s.word[hi]):
            if s.word[hi] == "-" and (hi + 1 >= len(s.word) or s.end[hi] != s.start[hi + 1]):
                break
            hi += 1
        return lo, hi

    # The name -------------------------------------------------------------------------------------------------------

    def _name(self, head: int, lo: int, hi: int) -> tuple[int, int, bool]:
        """The token range of the name proper inside a noun phrase, and whether it is a proper name."""
        s = self.s
        if s.tag[head] not in PROPER or (s.word[head].islower() and not self._after_capital(head)):
            while lo < head and s.tag[lo] in {"``", "''"}:
                lo += 1
            # "coalition spokesman Col. Wayne Marotto" read with the title as head.
            if head + 1 < hi and s.tag[head + 1] == "NNP":
                return head + 1, hi, True
            return lo, hi, False
        start = head
        while start > lo and (
            s.tag[start - 1] in {*PROPER, "HYPH", "POS"}
            or s.word[start - 1][:1].isupper()
            or self._is_rank_dot(start - 1)
            or (s.low[start - 1] in words("actors", "particles") and start - 1 > lo)
        ):
            start -= 1
        while start < head and (s.low[start] in self._titles or s.tag[start] in {"DT", "POS", "HYPH"}):
            start += 1
        start = self._after_title(start, head) or start
        while start < head and start > 0 and s.word[start - 1] == "-" and s.end[start - 1] == s.start[start]:
            start += 1  # "the anti-Karim | National Army"
        return start, self._before_office(head, hi), True

    def _after_capital(self, head: int) -> bool:
        """Whether a small word is the end of a name: "Ki-moon"."""
        s = self.s
        return head > 1 and s.word[head - 1] == "-" and s.tag[head - 2] in PROPER and s.end[head - 1] == s.start[head]

    def _before_office(self, head: int, hi: int) -> int:
        """The end of a name before an office without a comma: "Ali Karim | head of the Observatory"."""
        s = self.s
        office = next((k for k in range(head + 1, hi) if s.word[k].islower() and s.low[k] in self._persons), None)
        if office is None:
            return hi
        while office > head + 1 and s.tag[office - 1] in {"DT", "JJ", "NN"}:
            office -= 1
        return office

    def _is_rank_dot(self, i: int) -> bool:
        return self.s.word[i] == "." and i > 0 and self.s.low[i - 1] in self._ranks

    def _after_title(self, lo: int, head: int) -> int | None:
        """Where the person's name begins after capitalised titles: "US President | Joe Biden"."""
        return max((i + 1 for i in range(lo, head) if self.s.low[i] in self._titles), default=None)

    def _name_behind(self, head: int) -> Range | None:
        """The name behind a description: "a witness, Omar Said, said", "the group's head Ali Karim"."""
        s = self.s
        if s.tag[head] != "NN":
            return None
        for c in s.children[head]:
            if s.dep[c] == "appos" and c > head and s.tag[c] == "NNP":
                lo, hi = s.noun_phrase(c)
                start = next((k for k in range(lo, c + 1) if s.tag[k] in PROPER), c)
                return self._after_title(start, c) or start, hi
        return None

    def _name_before(self, head: int, lo: int) -> Range | None:
        """The name before an office without a comma: "Ali Karim head of the Observatory said"."""
        s = self.s
        office = s.tag[head] == "NN" and s.low[head] in self._persons and head - lo > 1
        behind = head + 1 < len(s.word) and s.low[head + 1] in {"of", "for", "at"}
        return (lo, head) if office and behind and all(s.tag[k] == "NNP" for k in range(lo, head)) else None

    def _bracketed(self, lo: int, hi: int) -> tuple[int, str | None]:
        """The end of the name before an acronym in brackets, and the acronym: "Syrian Democratic Forces (SDF)"."""
        s = self.s
        opened = next((k for k in range(lo + 1, min(hi + 1, len(s.word) - 2)) if s.word[k] in {"(", "-LRB-"}), None)
        if opened is None or s.word[opened + 2] not in {")", "-RRB-"}:
            return hi, None
        acronym = s.word[opened + 1]
        if 1 < len(acronym) <= LONGEST_ACRONYM and sum(c.isupper() for c in acronym) > 1:
            return opened, acronym
        return hi, None

    # The body -------------------------------------------------------------------------------------------------------

    def _body(self, head: int, lo: int, name_lo: int) -> Range | None:
        """The body that a named person speaks for: "X, a spokesman for BODY" or "BODY spokesman X"."""
        s = self.s
        for c in s.children[head]:
            if s.dep[c] == "appos" and s.low[c] in self._persons:
                return self._body_of(c) or self._body_before(s.left[c], c + 1)
            if s.dep[c] == "relcl" and s.low[c] in words("actors", "heading"):
                thing = s.child(c, "dobj")
                return self._name_of(thing) if thing is not None else None
        return self._body_before(lo, name_lo)

    def _body_before(self, lo: int, hi: int) -> Range | None:
        """The body in front of an office: "BODY spokesman", "BODY's director"."""
        s = self.s
        office = next((i for i in range(lo, hi) if s.low[i] in self._persons), None)
        if office is None or s.low[office] in words("actors", "of_places"):
            return None
        end = office
        while end > lo and (s.tag[end - 1] == "POS" or s.low[end - 1] in words("actors", "rank_words")):
            end -= 1
        while lo < end and (s.tag[lo] in NO_NAME or s.low[lo] in words("actors", "rank_words") | words("cues", "say")):
            lo += 1
        return (lo, end) if any(self._is_body_word(k) for k in range(lo, end)) else None

    def _is_body_word(self, i: int) -> bool:
        """Whether a token can stand for a body; a nationality alone ("top Iranian general") is none."""
        from sayso.knowledge.countries import demonyms

        s = self.s
        misread = s.tag[i] == "JJ" and s.word[i][:1].isupper() and s.low[i] not in demonyms()
        return misread or s.tag[i] in NOUN_TAGS or s.low[i] in words("roles", "side_nouns")

    def _body_of(self, head: int) -> Range | None:
        """The body behind an office: "a spokesman for BODY"."""
        s = self.s
        if s.low[head] not in self._persons or s.low[head] in words("actors", "of_places"):
            return None
        for c in s.children[head]:
            if s.dep[c] == "prep" and s.low[c] in words("actors", "bodies_of"):
                body = s.child(c, "pobj")
                if body is not None:
                    return self._name_of(body)
        return None

    def _name_of(self, head: int) -> Range | None:
        name_lo, name_hi, _ = self._name(head, *self.s.noun_phrase(head))
        return self._without_article(name_lo, name_hi)
