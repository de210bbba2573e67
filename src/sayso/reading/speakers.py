"""Who speaks: the actor behind a source, whether it names him, describes him, or takes him up by a pronoun."""

from __future__ import annotations

from functools import cached_property

from sayso.reading.actors import ActorBook
from sayso.reading.content import Range
from sayso.reading.lexicon import words
from sayso.reading.naming import PROPER
from sayso.reading.syntax import Syntax

REACH = 4
"""A pronoun takes up a speaker of at most this many sentences before; where none fits, the last one."""
NEAR = 2
"""A person who did not speak is taken up by "he" from at most this many sentences before."""


class SpeakerReader:
    """Names the speakers of one report, in the order of the text."""

    def __init__(self, s: Syntax, book: ActorBook) -> None:
        self.s = s
        self.book = book
        self._spoke: list[tuple[int, str]] = []

    def spoke(self, token: int, actor: str) -> None:
        """Remember who spoke, and where."""
        self._spoke.append((token, actor))

    def last(self, token: int) -> str | None:
        """Who spoke last before a token."""
        return next((actor for at, actor in reversed(self._spoke) if at < token), None)

    def who(self, head: int, source: Range | None = None) -> str | None:
        """The actor behind the source headed by a token; none where it names nobody."""
        s = self.s
        low = s.low[head]
        if low in words("grammar", "pronouns"):
            return self.pronoun(head)
        if low in words("grammar", "relatives"):
            return self._relative(head)
        if s.tag[head] in {"CD", "JJ", "DT", "WP", "WDT", "PRP", "EX"}:
            return None
        if low in words("cues", "nouns"):
            return self._behind_statement(head)
        return self.book.mention(head, source, self.last(head))

    # Pronouns -------------------------------------------------------------------------------------------------------

    def pronoun(self, token: int) -> str | None:
        """Whom "he", "she", "it" or "they" takes up: the last speaker of its number and kind, else the last one."""
        low = self.s.low[token]
        outer = self._outer_subject(token)
        if outer is None and low in words("grammar", "neuter"):
            outer = self._body_before(token)
        if outer is not None and self._agrees(actor := self.book.mention(outer), low):
            return self.book.take_up(actor, token)
        found = self._speaker_like(token, low)
        return self.book.take_up(found, token) if found is not None else None

    def _outer_subject(self, token: int) -> int | None:
        """The subject of the clause that a pronoun's clause is said in: "officials say they think that …"."""
        s = self.s
        for verb in list(s.ancestors(token))[1:]:
            subject = s.child(verb, "nsubj", "nsubjpass") if s.is_verb(verb) else None
            if subject is not None and subject < token:
                named = s.tag[subject] in PROPER and s.low[token] == "it"
                spoken = s.tag[subject][0] == "N" and s.low[verb] in self._telling
                return subject if spoken or named else None
        return None

    @cached_property
    def _telling(self) -> frozenset[str]:
        return words("cues", "say") | words("cues", "deny") | words("cues", "doubt")

    def _agrees(self, actor: str, low: str) -> bool:
        """Whether a pronoun may stand for an actor by number and kind."""
        if low in words("grammar", "persons"):
            return self.book.may_be_person(actor)
        if low == "they":
            return self.book.many(actor) or not self.book.person(actor)
        return not self.book.many(actor) and not self.book.person(actor)

    def _speaker_like(self, token: int, low: str) -> str | None:
        book = self.book
        recent = self._recent(token)
        if low in words("grammar", "persons"):
            spoke = next((a for a in recent[:1] if book.may_be_person(a)), None)
            acted = book.person_before(token, NEAR, since=spoke)
            return acted or spoke or next((a for a in recent if book.may_be_person(a)), None) or self.last(token)
        fits = next((a for a in recent if self._agrees(a, low)), None)
        return fits or (book.body_before(token, NEAR) if low == "it" else None) or self.last(token)

    def _recent(self, token: int) -> list[str]:
        """Who spoke not far before a token, the last first."""
        here = self.s.sentence_of[token]
        before = ((at, actor) for at, actor in reversed(self._spoke) if at < token)
        return [actor for at, actor in before if here - self.s.sentence_of[at] <= REACH]

    def _body_before(self, pronoun: int) -> int | None:
        """The body that "it" or "they" takes up in its sentence: "… blamed the government, though it denied …"."""
        s = self.s
        lo, _ = s.bounds(pronoun)
        for k in range(pronoun - 1, lo - 1, -1):
            if (
                s.low[k] in words("cues", "bodies")
                and s.tag[k][0] == "N"
                and s.dep[k] in {"nsubj", "nsubjpass", "pobj", "dobj", "conj"}
            ):
                return k
        return None

    def _relative(self, head: int) -> str | None:
        """The noun that "who" or "which" hangs on."""
        s = self.s
        owner = next((a for a in s.ancestors(head) if s.dep[a] == "relcl"), None)
        if owner is None or s.low[s.head[owner]] in words("actors", "nobody"):
            return None
        return self.book.mention(s.head[owner])

    # Statements and carriers ----------------------------------------------------------------------------------------

    def _behind_statement(self, head: int) -> str | None:
        """Whose statement it is: "a statement released by the army", "the ministry's statement"."""
        s = self.s
        owner = s.child(head, "poss")
        if owner is not None:
            return self.pronoun(owner) if s.tag[owner] == "PRP$" else self.book.mention(owner)
        for c in s.children[head]:
            if s.dep[c] == "compound" and s.tag[c] in PROPER and s.low[head] != "television":
                return self.book.mention(c)
            if s.dep[c] in {"acl", "relcl"}:
                agent = s.child(c, "agent")
                if agent is not None and (by := s.child(agent, "pobj")) is not None:
                    return self.book.mention(by)
            if s.dep[c] == "prep" and s.low[c] in {"by", "from", "of"} and (by := s.child(c, "pobj")) is not None:
                return self.book.mention(by)
        verb = s.head[head]
        if s.dep[head] == "dobj" and (subject := s.child(verb, "nsubj")) is not None and subject < head:
            return self.who(subject)  # "the ministry issued a statement saying …"
        if s.low[head] in words("cues", "sourceless"):
            return None
        known = s.low[head] != "report" or s.low[s.noun_phrase(head)[0]] == "the"
        return (self.last(head) if known else None) or self.book.mention(head)

    def told(self, i: int, chunk_hi: int) -> tuple[str | None, int] | None:
        """The carrier in "told Reuters", and where its words end."""
        s = self.s
        if s.low[i] not in words("cues", "telling"):
            return None
        heads = [c for c in s.children[i] if s.dep[c] in {"dobj", "dative", "iobj"} and c > i]
        if not heads:
            heads = [chunk_hi] if chunk_hi < len(s.word) and s.tag[chunk_hi] in {*PROPER, "NNS"} else []
        if not heads:
            return None
        lo, hi = s.noun_phrase(heads[0])
        if s.tag[heads[0]] in PROPER or any(s.tag[k] == "NNP" for k in range(lo, hi)):
            return self.book.mention(heads[0]), hi
        return None, hi
