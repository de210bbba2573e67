"""The cast of a report: quoted names become actors by sayso's own layers, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sayso.model import Actor, Span
from sayso.reading.actors import ActorBook
from sayso.reading.lexicon import words
from sayso.reading.naming import PROPER
from sayso.reading.sides import Named
from sayso.reading.speakers import SpeakerReader
from sayso.reading.syntax import NOUN_TAGS, Syntax

Role = Literal["speaker", "via", "initiator", "recipient"]
NAMING = NOUN_TAGS | {"PRP", "PRP$", "JJ", "CD", "VBG", "VBN", "WP"}
"""Tags of a word that may head what names somebody or something."""
MISREAD = frozenset({"JJ", "CD", "VB", "VBZ", "VBP", "VBD", "FW", "UH"})
"""Tags that a name may have been given by mistake, where it is capitalised."""


class Cast:
    """The actors of one report, each asked for by the words that name it."""

    def __init__(self, s: Syntax, book: ActorBook, asked: Iterable[tuple[Role, Span]]) -> None:
        """``asked`` are all words that will be asked for, so that "the army" can take up an army named before."""
        self._s = s
        self._book = book
        self._speakers = SpeakerReader(s, book)
        self._found = {key: self._resolve(*key) for key in sorted(set(asked), key=lambda row: (row[1], row[0]))}

    def who(self, role: Role, span: Span) -> str | None:
        """The id of the actor whom words name in a role; none where they name nobody."""
        return self._found[(role, span)]

    def name(self, actor: str) -> str:
        """The fullest name of an actor."""
        return self._book.name(actor)

    def named(self, actor: str) -> Named:
        """An actor as a side of an event is compared."""
        return Named(self._book.name(actor), self._book.known(actor))

    def actors(self) -> tuple[Actor, ...]:
        """All actors as values."""
        return self._book.actors()

    def is_thing(self, span: Span) -> bool:
        """Whether words name a facility or thing, no party."""
        found = self._tokens(span)
        head = self._head(*found) if found is not None else None
        return head is not None and self._s.low[head] in words("roles", "facility")

    def _resolve(self, role: Role, span: Span) -> str | None:
        s, found = self._s, self._tokens(span)
        head = self._head(*found) if found is not None else None
        if found is None or head is None:
            return None
        if role == "speaker":
            actor = self._speakers.who(head, found)
            if actor is None and s.word[head][:1].isupper() and s.tag[head] in MISREAD:
                actor = self._book.called(*found, head, proper=True)
            if actor is not None:
                self._speakers.spoke(head, actor)
            return actor
        if s.low[head] in words("grammar", "pronouns"):
            return self._speakers.pronoun(head)
        if s.tag[head] in {"PRP", "PRP$", "WP"}:
            return None
        if role == "recipient" and s.tag[head] not in PROPER:
            return self._book.called(*found, head)
        return self._book.mention(head, found)

    def _tokens(self, span: Span) -> tuple[int, int] | None:
        """The tokens of some words; none where they are not within what was parsed."""
        lo, last = self._s.token_at(span.start), self._s.token_at(span.end - 1)
        if lo is None or last is None or self._s.start[last] >= span.end:
            return None
        return lo, last + 1

    def _head(self, lo: int, hi: int) -> int | None:
        """The word within tokens ``[lo, hi)`` that all others there hang on; none where it can name nobody."""
        s = self._s
        tops = [i for i in range(lo, hi) if (not lo <= s.head[i] < hi or s.head[i] == i) and s.tag[i] in NAMING]
        nouns = [i for i in tops if s.tag[i] in NOUN_TAGS]
        # The tagger takes a name such as "Airwars" before "said" for a verb.
        names = [i for i in range(lo, hi) if s.word[i][:1].isupper() and s.tag[i] in MISREAD]
        return next(iter(nouns or tops or names), None)
