"""Who is named in a report: noun phrases become actors, and all mentions of one actor within the report are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from sayso.model import Actor
from sayso.reading.joining import NAMED_LATER, Entry, fits, same_name, takes_up
from sayso.reading.lexicon import words
from sayso.reading.naming import POSSESSIVE, PROPER, Phrase, PhraseReader, fold
from sayso.reading.syntax import Syntax

if TYPE_CHECKING:
    from sayso.knowledge.actor_records import ActorRecord
    from sayso.knowledge.actors import ActorBase

__all__ = ["ActorBook", "fold"]
INSIDE = frozenset({"compound", "nmod", "amod"})
"""Where a name is part of another noun phrase."""
BELONGING = frozenset({"part_of", "related", "renamed", "formerly"})
"""Relations of the actor base by which two actors belong together; a backer or a former ally does not."""
INDEFINITE = ("a ", "an ", "some ")
OWN = 2
"""How many sentences before "its spokesman" the body is named, at most."""
MANY = 300
"""How many of the actors entered last a new mention is compared with; a name as it stands is always found."""
FAR = 12
"""A description takes up nobody named more than this many sentences before."""


class ActorBook:
    """The actors of one report, in the order in which they are asked for.

    Known names and persons are foreseen before anybody asks, so that "the group" and "he" can take them up; one whom
    nobody asks for is no actor of the account.
    """

    def __init__(self, syntax: Syntax, on: date | None = None) -> None:
        """``on`` is the day of the report, for offices and affiliations that change."""
        self.syntax = syntax
        self._on = on
        self.phrases = PhraseReader(syntax)
        self._media = words("actors", "media")
        self._entries: list[Entry] = []
        self._asked: list[Entry] = []
        self._by_name: dict[str, Entry] = {}
        self._records: dict[str, ActorRecord | None] = {}
        self._known: dict[str, Entry] = {}
        self._foresee()

    @cached_property
    def _base(self) -> ActorBase:
        from sayso.knowledge.actors import ActorBase

        return ActorBase.open()

    @cached_property
    def _demonyms(self) -> Mapping[str, str]:
        from sayso.knowledge.countries import demonyms

        return demonyms()

    # What is known --------------------------------------------------------------------------------------------------

    def actors(self) -> tuple[Actor, ...]:
        """All actors as values."""
        self._settle_bodies()
        kept = [e for e in self._asked if e.same_as is None]
        related = self._related(kept)
        return tuple(self._value(e, related[e.id]) for e in kept)

    def _value(self, e: Entry, related: set[str]) -> Actor:
        return Actor(
            id=e.id,
            spans=tuple(sorted(set(e.spans))),
            name=e.name,
            kb_id=e.record.id if e.record else None,
            kind=e.kind,
            country=e.country,
            affiliation=e.affiliation,
            codes=e.codes,
            private=e.private,
            related=tuple(sorted(related, key=lambda other: int(other[1:]))),
        )

    def name(self, actor_id: str) -> str:
        """The fullest name of an actor."""
        return self._entry(actor_id).name

    def known(self, actor_id: str) -> str | None:
        """The actor's id in the actor base, where it is known there."""
        record = self._entry(actor_id).record
        return record.id if record is not None else None

    def is_media(self, actor_id: str) -> bool:
        """Whether the actor is an agency, broadcaster or paper: one who carries what others say."""
        entry = self._entry(actor_id)
        name = fold(entry.name)
        return entry.kind == "media" or bool(self._media & set(name.split())) or name in self._media

    def person(self, actor_id: str) -> bool | None:
        """Whether an actor is one person; null where nothing tells."""
        return self._entry(actor_id).person

    def may_be_person(self, actor_id: str) -> bool:
        """Whether an actor is a person, or somebody named of whom nothing tells otherwise."""
        entry = self._entry(actor_id)
        return entry.person or (entry.person is None and entry.kind in {None, "person"})

    def many(self, actor_id: str) -> bool:
        """Whether an actor is a description of several: "residents"."""
        return self._entry(actor_id).many

    def _entry(self, actor_id: str) -> Entry:
        entry = self._asked[int(actor_id[1:]) - 1]
        return entry if entry.same_as is None else self._entry(entry.same_as)

    # Mentions -------------------------------------------------------------------------------------------------------

    def mention(self, head: int, within: tuple[int, int] | None = None, speaker: str | None = None) -> str:
        """The actor whom the noun phrase headed by token ``head`` names; a new one where nobody fits.

        ``within`` bounds the phrase where its reader knows better than the parser. ``speaker`` is who spoke before,
        whom a description of the next speaker takes up rather than anybody else.
        """
        return self._ask(self._of(self.phrases.read(head, within), head, self._entry(speaker) if speaker else None))

    def called(self, lo: int, hi: int, head: int, *, proper: bool = False) -> str:
        """The actor whom exactly tokens ``[lo, hi)`` name, where their reader knows better than the parser."""
        return self._ask(self._of(Phrase((lo, hi), proper), head))

    def call_again(self, actor_id: str, lo: int, hi: int) -> str:
        """Add tokens ``[lo, hi)`` as a mention of an actor, whose id is returned."""
        entry = self._entry(actor_id)
        entry.spans.append(self.syntax.span(lo, hi))
        return entry.id

    def take_up(self, actor_id: str, token: int) -> str:
        """Add a pronoun as a mention of an actor, whose id is returned."""
        entry = self._entry(actor_id)
        entry.spans.append(self.syntax.span(token, token + 1))
        return entry.id

    def person_before(self, token: int, sentences: int, since: str | None = None) -> str | None:
        """The person who is last the subject of a clause before a token, at most this many sentences before.

        ``since`` is a person already in mind: only one named after that one counts.
        """
        known = self._entry(since) if since is not None else None
        for entry in self._near(token, sentences):
            if entry is known:
                return None
            if entry.person and self._acts(entry, token):
                return self._ask(entry)
        return None

    def _acts(self, entry: Entry, before: int) -> bool:
        """Whether the last mention of an actor before a token is the subject of a clause, outside quotations."""
        s = self.syntax
        lo = s.token_at(entry.named_at(s.start[before]))
        if lo is None or s.quoted[lo]:
            return False
        hi = next((k for k in range(lo, before) if s.dep[k] not in INSIDE and s.tag[k] in PROPER), lo)
        return s.dep[hi] in {"nsubj", "nsubjpass"}

    def body_before(self, token: int, sentences: int) -> str | None:
        """The body last named before a token, at most this many sentences before."""
        found = self._body_near(token, sentences)
        return self._ask(found) if found is not None else None

    def _body_near(self, token: int, sentences: int) -> Entry | None:
        near = self._near(token, sentences)
        return next((e for e in near if e.proper and not e.person and e.kind != "person"), None)

    def _ask(self, entry: Entry) -> str:
        if not entry.id:
            self._asked.append(entry)
            entry.id = f"a{len(self._asked)}"
        return entry.id

    def _foresee(self) -> None:
        """Enter every name that is known, and every person who is named with an office, as the report goes."""
        s = self.syntax
        for i, tag in enumerate(s.tag):
            state = tag == "NN" and s.low[i] in words("actors", "by_words")
            if s.dep[i] in INSIDE or not (state or tag in PROPER):
                continue
            phrase = self.phrases.read(i)
            lo, hi = phrase.name
            if not (phrase.proper or state) or not lo <= i < hi:
                continue
            record = self._lookup(self._words(phrase), phrase.proper)
            if record is not None and record.kind == "state":
                continue
            office = set(fold(phrase.role or "").replace(".", " ").split())
            if record is not None or office & (words("actors", "titles") | words("actors", "people")):
                self._of(phrase, i)

    def _words(self, phrase: Phrase) -> str:
        return POSSESSIVE.sub("", self.syntax.words(*phrase.name)).strip(" \"“”'")

    def _of(self, phrase: Phrase, head: int, speaker: Entry | None = None) -> Entry:
        s = self.syntax
        lo, hi = phrase.name
        name = self._words(phrase)
        record = self._lookup(name, phrase.proper)
        if record is not None and not phrase.proper and not fits(record.kind, s.low[head]):
            record = None  # "the monitor" is not the newspaper of that name
        entry = self._find(name, phrase, record, head, speaker)
        if entry is None:
            entry = Entry(name, phrase.proper, role=phrase.role, record=record)
            entry.head = s.low[min(head, hi - 1)] if not phrase.proper else ""
            self._describe(entry)
            self._entries.append(entry)
        else:
            self._learn(entry, name, phrase, record)
        if entry.record is not None:
            self._known.setdefault(entry.record.id, entry)
        for short in (name, phrase.acronym):
            if short:
                self._by_name.setdefault(fold(short), entry)
        entry.spans.append(s.span(lo, hi))
        if phrase.body is not None and entry.body is None:
            self._enter_body(entry, *phrase.body)
        elif phrase.own is not None and entry.body is None:
            entry.body = self._body_near(phrase.own, OWN)
        return entry

    def _learn(self, entry: Entry, name: str, phrase: Phrase, record: ActorRecord | None) -> None:
        """What another mention adds: a fuller name, an office, who it is."""
        entry.role = entry.role or phrase.role
        if not phrase.proper:
            return
        fuller = len(fold(name)) > len(fold(entry.name)) and not name.endswith(f"-{entry.name}")
        if record is not None and record.kind == "state":
            fuller = name == record.name  # a capital that stands for its country is no fuller name
        if not entry.proper or fuller:
            entry.name, entry.proper = name, True
        if entry.record is None and record is not None:
            entry.record = record
            self._describe(entry)

    def _lookup(self, name: str, proper: bool) -> ActorRecord | None:
        """The known actor of a name; "a monitor" is not the newspaper of that name."""
        if not proper and name.lower().startswith(INDEFINITE):
            return None
        key = fold(name) if proper else name
        if key not in self._records:
            record = self._base.lookup(key)
            self._records[key] = (
                self._as_of(record, self._on) if record is not None and self._on is not None else record
            )
        return self._records[key]

    def _as_of(self, record: ActorRecord, on: date) -> ActorRecord:
        """The record as of the day of the report; whoever has left every office keeps the body he last belonged to."""
        left = record.terms and all(term.until and term.until < on.isoformat() for term in record.terms)
        return self._base.as_of(record, on) if (record.terms or record.ties) and not left else record

    def _find(
        self, name: str, phrase: Phrase, record: ActorRecord | None, head: int, speaker: Entry | None = None
    ) -> Entry | None:
        key = fold(name)
        known = self._by_name.get(key)
        definite = name.lower().startswith("the ")
        if known is not None and known.proper and not phrase.proper and name.lower().startswith(INDEFINITE):
            return None  # "a monitor" is not the newspaper of that name
        if known is not None and (phrase.proper or not definite):
            return known
        if record is not None and (phrase.proper or definite):
            same = self._known.get(record.id)
            if same is not None:
                return same
        if phrase.proper:
            return next((e for e in self._latest(head) if e.proper and same_name(e, name, record)), known)
        if definite:
            near = self._near(head) if speaker is None else chain([speaker], self._near(head))
            return next((e for e in near if takes_up(e, name, self.syntax.low[head])), known)
        return None

    def _latest(self, head: int) -> list[Entry]:
        """The actors, the one last named before a token first; those named only after it at the end."""
        at = self.syntax.start[head]
        there = [e for e in self._entries[-MANY:] if e.same_as is None]
        return sorted(there, key=lambda e: -e.named_at(at))

    def _near(self, head: int, sentences: int = FAR) -> Iterator[Entry]:
        """The actors named at most so many sentences before a token, the last named first."""
        s = self.syntax
        for entry in self._latest(head):
            at = entry.named_at(s.start[head])
            if at < 0:
                return
            token = s.token_at(at)
            if token is None or s.sentence_of[head] - s.sentence_of[token] > sentences:
                return
            yield entry

    def _describe(self, entry: Entry) -> None:
        """What is known of an actor by name, or by what it is called."""
        record = entry.record
        if record is not None:
            entry.kind, entry.country = record.kind, record.country
            entry.affiliation = entry.affiliation or record.affiliation
            entry.codes = dict(record.codes)
            return
        description = self._base.describe(entry.name) or (self._base.describe(entry.role) if entry.role else None)
        if description is not None:
            entry.kind, entry.country = description.kind, description.country
            entry.codes, entry.private = dict(description.codes), description.private
        elif any(word in words("actors", "private") for word in fold(entry.name).split()):
            entry.kind, entry.private = "civilian", True
        if entry.proper and entry.kind is None and entry.office & self._offices:
            entry.kind = "person"

    @cached_property
    def _offices(self) -> frozenset[str]:
        return words("actors", "titles") | words("actors", "persons") | words("actors", "ranks")

    # Bodies and relations -------------------------------------------------------------------------------------------

    def _enter_body(self, entry: Entry, lo: int, hi: int) -> None:
        """The body that somebody speaks for, an actor of its own: a director is related to what he directs."""
        s = self.syntax
        head = max((k for k in range(lo, hi) if not lo <= s.head[k] < hi), default=hi - 1)
        proper = s.tag[head] in PROPER
        name = s.words(lo, hi) if proper else f"the {s.words(lo, hi)}"
        record = self._lookup(name, proper)
        if (record is not None and record.kind == "state") or fold(name) in self._demonyms:
            return  # "U.S. officials" speak for no body that is named
        body = self._find(name, Phrase((lo, hi), proper), record, head)
        if body is None and s.low[head] in words("actors", "of_names") and hi - lo == 1:
            return  # "the group's spokesman", of a group that nothing names
        if body is None:
            body = self._of(Phrase((lo, hi), proper), head)
        else:
            body.spans.append(s.span(lo, hi))
        if body is not entry:
            entry.body = body

    def _settle_bodies(self) -> None:
        for entry in list(self._asked):
            body = entry.body
            while body is not None and body.same_as is not None:
                body = self._entry(body.same_as)
            if entry.same_as is None and body is not None and body is not entry:
                self._ask(body)
                entry.body, entry.affiliation = body, body.name

    def _related(self, kept: list[Entry]) -> dict[str, set[str]]:
        """Of each actor those of the report that belong with him and are not he: a person and his body, an army and
        its ministry."""
        related: dict[str, set[str]] = {e.id: set() for e in kept}
        named: dict[str, list[Entry]] = {}
        for e in kept:
            if e.record is not None:
                named.setdefault(e.record.id, []).append(e)
        for e in kept:
            theirs = [e.body] if e.body is not None else []
            if e.record is not None:
                theirs += [o for key in self._belonging(e.record) for o in named.get(key, ())]
            for other in theirs:
                if other is not e and other.id in related:
                    related[e.id].add(other.id)
                    related[other.id].add(e.id)
        return related

    def _belonging(self, record: ActorRecord) -> set[str]:
        return {other.id for relation, other in self._base.related(record) if relation in BELONGING}

    # A name given later ---------------------------------------------------------------------------------------------

    def named_later(self, described: str, named: str) -> bool:
        """Whether a name may be that of somebody described before: "a monitoring group", then the Observatory."""
        first, second = self._entry(described), self._entry(named)
        definite = first.name.lower().startswith("the ")
        return not first.proper and not definite and second.proper and {first.kind, second.kind} <= NAMED_LATER

    def join(self, described: str, named: str) -> None:
        """Make one actor of a description and the name that the report gives it later."""
        first, second = self._entry(described), self._entry(named)
        second.spans += first.spans
        first.same_as = second.id
        self._by_name[fold(first.name)] = second
