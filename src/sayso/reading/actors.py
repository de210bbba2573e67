"""Who is named in a report: noun phrases become actors, and all mentions of one actor within the report are one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.model import Actor, Span
from sayso.reading.lexicon import words
from sayso.reading.syntax import NOUN_TAGS, Syntax

ARTICLES = re.compile(r"^(?:the|a|an|its|their|his|her|some)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")


def fold(name: str) -> str:
    """A name for comparing: lower case, no article, no possessive, one space."""
    name = " ".join(name.replace("’", "'").split())
    return POSSESSIVE.sub("", ARTICLES.sub("", name)).strip(" .,\"'").lower()


@dataclass(slots=True)
class _Entry:
    id: str
    name: str
    proper: bool
    spans: list[Span] = field(default_factory=list)
    kb_id: str | None = None
    kind: str | None = None
    country: str | None = None
    affiliation: str | None = None
    codes: dict[str, str] = field(default_factory=dict)
    private: bool = False
    role: str | None = None
    same_as: str | None = None


NAMED_LATER = frozenset({"monitor", "ngo"})
"""Kinds that a report describes first and names then: "a monitoring group said … the Observatory said"."""


class ActorBook:
    """The actors of one report, in order of their first mention."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self._titles = words("actors", "titles")
        self._ranks = words("actors", "ranks")
        self._persons = words("actors", "persons")
        self._media = words("actors", "media")
        self._entries: list[_Entry] = []
        self._by_name: dict[str, _Entry] = {}
        self.last_speaker: str | None = None

    def actors(self) -> tuple[Actor, ...]:
        """All actors as values."""
        return tuple(
            Actor(
                id=e.id,
                spans=tuple(sorted(set(e.spans))),
                name=e.name,
                kb_id=e.kb_id,
                kind=e.kind,
                country=e.country,
                affiliation=e.affiliation,
                codes=e.codes,
                private=e.private,
            )
            for e in self._entries
            if e.same_as is None
        )

    def takes_up(self, described: str, named: str) -> bool:
        """Whether a name may be that of somebody described before: "a monitoring group", then the Observatory."""
        first, second = self._entry(described), self._entry(named)
        return not first.proper and second.proper and {first.kind, second.kind} <= NAMED_LATER

    def join(self, described: str, named: str) -> None:
        """Make one actor of a description and the name that the report gives it later."""
        first, second = self._entry(described), self._entry(named)
        second.spans += first.spans
        first.same_as = named
        self._by_name[fold(first.name)] = second

    def name(self, actor_id: str) -> str:
        """The fullest name of an actor."""
        return self._entry(actor_id).name

    def is_media(self, actor_id: str) -> bool:
        """Whether the actor is an agency, broadcaster or paper: one who carries what others say."""
        entry = self._entry(actor_id)
        return (
            entry.kind in {"media", "agency", "state_media"}
            or bool(self._media & set(fold(entry.name).split()))
            or fold(entry.name) in self._media
        )

    def _entry(self, actor_id: str) -> _Entry:
        return self._entries[int(actor_id[1:]) - 1]

    def mention(self, head: int, within: tuple[int, int] | None = None) -> str:
        """The actor whom the noun phrase headed by token ``head`` names; a new one where nobody fits.

        ``within`` bounds the phrase where its reader knows better than the parser.
        """
        s = self.syntax
        lo, hi = s.noun_phrase(head, full=s.low[head] in self._persons)
        if within is not None:
            lo, hi = max(lo, within[0]), max(head + 1, min(hi, within[1]))
        lo, hi = self._hyphenated(lo, hi)
        name_lo, name_hi, proper = self._name(head, lo, hi)
        name = POSSESSIVE.sub("", s.words(name_lo, name_hi)).strip(" \"“”'")
        span = s.span(name_lo, name_hi)
        affiliation = self._affiliation(head, lo, name_lo) if proper else self._body_of(head)
        return self.named(
            name, span, proper=proper, affiliation=affiliation, role=s.words(lo, name_lo) if name_lo > lo else None
        )

    def _hyphenated(self, lo: int, hi: int) -> tuple[int, int]:
        """The phrase with all that is written together with it, wherever the parser cut: "Jamaat-ul-Ahrar"."""
        s = self.syntax
        while lo > 0 and s.end[lo - 1] == s.start[lo] and "-" in (s.word[lo - 1], s.word[lo]):
            lo -= 1
        while hi < len(s.word) and s.end[hi - 1] == s.start[hi] and "-" in (s.word[hi - 1], s.word[hi]):
            hi += 1
        return lo, hi

    def named(
        self, name: str, span: Span, *, proper: bool = True, affiliation: str | None = None, role: str | None = None
    ) -> str:
        """The actor of this name, joined with earlier mentions of the same one."""
        entry = self._find(name, proper)
        if entry is None:
            entry = self._describe(
                _Entry(f"a{len(self._entries) + 1}", name, proper, affiliation=affiliation, role=role)
            )
            self._entries.append(entry)
        elif proper and len(fold(name)) > len(fold(entry.name)) and not entry.kb_id:
            entry.name = name
        elif entry.proper is False and proper:
            entry.name, entry.proper = name, True
        if affiliation and not entry.affiliation:
            entry.affiliation = affiliation
        self._by_name.setdefault(fold(name), entry)
        entry.spans.append(span)
        return entry.id

    def _find(self, name: str, proper: bool) -> _Entry | None:
        key = fold(name)
        if key in self._by_name:
            return self._by_name[key]
        parts = key.split()
        if not parts:
            return None
        if proper:
            for entry in reversed(self._entries):
                if entry.proper and _same_name(parts, fold(entry.name).split()):
                    return entry
        elif ARTICLES.match(name) and name.lower().startswith("the "):
            # "the Observatory", "the ministry": the last actor whose name holds these words.
            for entry in reversed(self._entries):
                if set(parts) <= set(fold(entry.name).split()):
                    return entry
        return None

    def _describe(self, entry: _Entry) -> _Entry:
        from sayso.knowledge.actors import ActorBase

        base = ActorBase.open()
        # "A monitor" is not the newspaper of that name.
        indefinite = not entry.proper and entry.name.lower().startswith(("a ", "an ", "some "))
        record = None if indefinite else base.lookup(fold(entry.name) if entry.proper else entry.name)
        if record is not None:
            entry.kb_id, entry.kind, entry.country = record.id, record.kind, record.country
            entry.affiliation = entry.affiliation or record.affiliation
            entry.codes = dict(record.codes)
            return entry
        description = base.describe(entry.name) or (base.describe(f"{entry.role}") if entry.role else None)
        if description is not None:
            entry.kind, entry.country = description.kind, description.country
            entry.codes, entry.private = dict(description.codes), description.private
        elif any(word in words("actors", "private") for word in fold(entry.name).split()):
            entry.kind, entry.private = "civilian", True
        if entry.proper and entry.kind is None:
            entry.kind = "person" if self._is_office(entry.role) else None
        return entry

    def _is_office(self, role: str | None) -> bool:
        said = set(fold(role or "").replace(".", " ").split())
        return bool(said & (self._titles | self._persons | self._ranks))

    def _name(self, head: int, lo: int, hi: int) -> tuple[int, int, bool]:
        """The token range of the name proper inside a noun phrase, and whether it is a proper name."""
        s = self.syntax
        if s.tag[head] not in {"NNP", "NNPS"} or s.word[head].islower():
            while lo < head and s.tag[lo] in {"``", "''"}:
                lo += 1
            # "coalition spokesman Col. Wayne Marotto" read with the title as head.
            if head + 1 < hi and s.tag[head + 1] == "NNP":
                return head + 1, hi, True
            return lo, hi, False
        start = head
        while start > lo and (
            s.tag[start - 1] in {"NNP", "NNPS", "HYPH", "POS"}
            or s.word[start - 1][:1].isupper()
            or self._is_rank_dot(start - 1)
        ):
            start -= 1
        while start < head and (s.low[start] in self._titles or s.tag[start] in {"DT", "POS", "HYPH"}):
            start += 1
        cut = self._after_title(start, head)
        return (cut if cut is not None else start), hi, True

    def _is_rank_dot(self, i: int) -> bool:
        return self.syntax.word[i] == "." and i > 0 and self.syntax.low[i - 1] in self._ranks

    def _after_title(self, lo: int, head: int) -> int | None:
        """Where the person's name begins after capitalised titles: "US President | Joe Biden"."""
        s = self.syntax
        cut = None
        for i in range(lo, head):
            if s.low[i] in self._titles:
                cut = i + 1
        return cut

    def _affiliation(self, head: int, lo: int, name_lo: int) -> str | None:
        """The body that a named person speaks for: "X, a spokesman for BODY" or "BODY spokesman X"."""
        s = self.syntax
        for c in s.children[head]:
            if s.dep[c] == "appos" and s.low[c] in self._persons:
                return self._body_of(c)
        for i in range(lo, name_lo):
            if s.low[i] in self._persons and any(self._is_body_word(k) for k in range(lo, i)):
                return ARTICLES.sub("", s.words(lo, i)) or None
        return None

    def _is_body_word(self, i: int) -> bool:
        """Whether a token can stand for a body; a nationality alone ("top Iranian general") is none."""
        return self.syntax.tag[i] in NOUN_TAGS or self.syntax.low[i] in words("roles", "side_nouns")

    def _body_of(self, head: int) -> str | None:
        s = self.syntax
        if s.low[head] not in self._persons:
            return None
        for c in s.children[head]:
            if s.dep[c] == "prep" and s.low[c] in words("actors", "bodies_of"):
                body = s.child(c, "pobj")
                if body is not None:
                    return self._body_name(body)
        return None

    def _body_name(self, head: int) -> str:
        s = self.syntax
        lo, hi = s.noun_phrase(head)
        name_lo, name_hi, _ = self._name(head, lo, hi)
        return ARTICLES.sub("", s.words(name_lo, name_hi))


def _same_name(a: list[str], b: list[str]) -> bool:
    """Whether one name is the other's last name, or its words in full."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if short == long:
        return True
    if len(short) == 1 and len(short[0]) > 2:
        return short[0] in {long[-1], _acronym(long)} or (
            short[0] in long and len(short[0]) > 4 and short[0] not in words("actors", "common")
        )
    return set(short) <= set(long)


def _acronym(name: list[str]) -> str:
    return "".join(w[0] for w in name if w not in words("actors", "initialless"))
