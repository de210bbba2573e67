"""Which time of a sentence belongs to which of its events, which only ends one, and which one began with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec

from sayso.model import Time
from sayso.reading.lexicon import words
from sayso.reading.saying import Reading
from sayso.reading.syntax import NOUN_TAGS, Syntax
from sayso.reading.times.values import extent
from sayso.reading.triggers import OPEN, Trigger

AUX = frozenset({"aux", "auxpass"})
PRESENT = frozenset({"VBZ", "VBP"})
CLAUSES = frozenset({"relcl", "acl"})
FRAME = 3
"""Within so many tokens of its sentence's beginning a time is a frame for all that the sentence tells."""
HAVE = frozenset({"had", "has", "have", "'s", "'ve"})
POSSESSIVE = frozenset({"'s", "'", "s"})
SAID = 3
"""Within so many tokens behind a verb of saying a time is that of the saying."""
LONGEST_TIME = 12
"""How many tokens of a time expression are looked at."""


@dataclass(slots=True)
class Timing:
    """What the times of its sentence are to one trigger."""

    own: list[Time] = field(default_factory=list)
    """Times at which it was."""
    bounds: list[Time] = field(default_factory=list)
    """Times at which it was told, answered or mourned: it was no later."""
    since: Time | None = None
    """The time from which on it is told ("604 breaches since it came into effect on February 27")."""
    pictured: bool = False
    """It is told beneath a picture, whose date is no day of the narrative."""


class TimeChooser:
    """Gives the times of one sentence to its triggers."""

    def __init__(self, s: Syntax, cues: Mapping[int, Reading], trigger_tokens: set[int]) -> None:
        self.s = s
        self.cues = cues
        self.trigger_tokens = trigger_tokens

    def choose(
        self,
        times: list[tuple[int, Time]],
        here: list[Trigger],
        kept: list[Trigger],
        nearest: Callable[[int], Trigger | None],
    ) -> dict[int, Timing]:
        """The timing of each kept trigger by its head token; ``times`` go with their first token.

        ``here`` are all triggers of the sentence, ``nearest`` gives the kept one that is nearest to a token.
        """
        found = {t.head: Timing() for t in kept}
        if not kept:
            return found
        for i, time in times:
            cue = self._cue_above(i, here)
            said = self._said(i, time)
            if cue is None and not said:
                self._place(i, time, kept, nearest, found)
            for t in kept:
                if said or (cue is not None and cue.covers(t.head)):
                    found[t.head].bounds.append(time)
        for i, time in times:
            self._frame(i, time, kept, found)
        return found

    def _place(
        self,
        i: int,
        time: Time,
        kept: list[Trigger],
        nearest: Callable[[int], Trigger | None],
        found: dict[int, Timing],
    ) -> None:
        s = self.s
        when = self._when(time, i)
        if when is not None:
            owner = next((t for t in kept if when in (t.head, *s.ancestors(t.head))), None)
            if owner is not None:
                found[owner.head].own.append(_bare(time))
                return
        photo = self._caption(i, time)
        if photo is not None:
            for t in kept:
                found[t.head].own.append(time if t.head == photo else _ended(time))
                found[t.head].pictured = True
            return
        truce = self._by_pronoun(i, kept)
        if truce is not None:
            found[truce.head].own.append(time)
        owner = truce or nearest(i)
        if owner is None:
            return
        owner = self._answering(i, owner, kept)
        if truce is None and self._tied(i, owner.head):
            looks_back = self._looks_back(i, owner.head) or self._ends(i, owner.head)
            if not looks_back and self._opened(i, owner.head):
                found[owner.head].since = time
            else:
                (found[owner.head].bounds if looks_back else found[owner.head].own).append(time)
        self._since(i, time, kept, found)

    # Speaking, showing, telling when ------------------------------------------------------------------------------

    def _cue_above(self, i: int, here: list[Trigger]) -> Reading | None:
        """The attribution whose cue a time hangs on, with no trigger between: it says when somebody spoke."""
        heads = {t.head for t in here}
        for a in self.s.ancestors(i):
            if a in heads:
                return None
            if a in self.cues:
                return None if self.cues[a].covers(i) and not self._opens(i, self.cues[a], heads) else self.cues[a]
            if self.s.is_verb(a) and self.s.low[a] != "speaking":
                return self._carried(i, a)
        return None

    def _carried(self, i: int, verb: int) -> Reading | None:
        """ "In a statement aired on Tuesday the army said …": the cue whose statement a verb tells of."""
        s = self.s
        chain = [verb, *s.ancestors(verb)]
        cue = next((a for a in chain if a in self.cues), None)
        below = chain[: chain.index(cue)] if cue is not None else []
        stated = any(s.low[a] in words("cues", "nouns") for a in below)
        return self.cues[cue] if cue is not None and stated and not self.cues[cue].covers(i) else None

    def _opens(self, i: int, cue: Reading, heads: set[int]) -> bool:
        """Whether a time stands before source and cue, what is said behind them: "on Monday the army said that …"."""
        if cue.source is None or not i < cue.source[0] < cue.cue[0]:
            return False
        return all(head > cue.cue[0] for head in heads)

    def _said(self, i: int, time: Time) -> bool:
        """Whether a verb of saying stands right before a time ("said on Sunday"), whatever the parser made of it."""
        s, lo = self.s, self.s.bounds(i)[0]
        before = [k for k in range(lo, i) if s.low[k] not in words("dating", "lead")]
        k = before[-1] if before and i - before[-1] <= SAID else None
        behind = self._end(time, i)
        if k is None or (behind < len(s.low) and s.low[behind] in POSSESSIVE) or time.value.startswith("P"):
            return False
        told = k > lo and s.low[k - 1] in words("cues", "telling")
        return told or (s.low[k] in words("dating", "speaks") and s.is_verb(k))

    def _end(self, time: Time, i: int) -> int:
        """The token behind a time."""
        s, k = self.s, i
        while k < min(len(s.word), i + LONGEST_TIME) and s.start[k] < time.span.end:
            k += 1
        return k

    def _when(self, time: Time, i: int) -> int | None:
        """The verb of "July, when …"."""
        s, k = self.s, self._end(time, i)
        k += k < len(s.word) and s.word[k] == ","
        if k >= s.bounds(i)[1] or s.low[k] != "when" or not s.is_verb(s.head[k]):
            return None
        verb = s.head[k]
        while s.dep[verb] == "conj":
            verb = s.head[verb]
        return verb

    def _caption(self, i: int, time: Time) -> int | None:
        """The main verb of a picture's caption, in the present tense with a full date at its end.

        The date is that of the picture: what the verb tells was then, all else that it names was no later.
        """
        s = self.s
        lo, hi = s.bounds(i)
        last = s.trimmed(lo, hi)
        full = len(time.value) == 10 and any(w.isdigit() and len(w) == 4 for w in time.span.text.split())
        root = next((k for k in range(lo, hi) if s.head[k] == k), None)
        if not full or root is None or self._end(time, i) < last or i == lo:
            return None
        present = s.tag[root] in {"VBZ", "VBP"} and root not in self.cues
        return root if present or s.low[lo] == "file" else None

    # Which trigger ------------------------------------------------------------------------------------------------

    def _by_pronoun(self, i: int, kept: list[Trigger]) -> Trigger | None:
        """ "… since it came into effect on 27 February": the truce that the pronoun takes up."""
        s = self.s
        verb = next((a for a in s.ancestors(i) if s.is_verb(a)), None)
        if verb is None or verb in self.trigger_tokens or s.low[verb] not in words("dating", "phases"):
            return None
        subject = s.child(verb, "nsubj", "nsubjpass")
        if subject is None or s.low[subject] not in words("grammar", "neuter"):
            return None
        return next((t for t in reversed(kept) if t.type == "ceasefire" and t.head < subject), None)

    def _answering(self, i: int, owner: Trigger, kept: list[Trigger]) -> Trigger:
        """ "Launched a missile strike in response to the attack on Friday": the attack is known, the strike is new."""
        s = self.s
        head = owner.head
        named = any(s.dep[c] == "prep" and not s.left[c] <= i <= s.right[c] for c in s.children[head])
        bare = owner.entry == OPEN and s.dep[head] == "pobj" and head - s.left[head] == 1 and not named
        known = bare and s.low[head - 1] in words("grammar", "definite")
        above = list(s.ancestors(head, 3))
        answers = any(s.low[a] in words("links", "answer") | words("links", "order") for a in above)
        if not (known and answers) or i < head:
            return owner
        return next((t for t in reversed(kept) if t.head < head), owner)

    # How it is tied -----------------------------------------------------------------------------------------------

    def _tied(self, i: int, head: int) -> bool:
        """Whether no foreign verb stands between a time and a trigger below their common head."""
        s = self.s
        above = {head, *s.ancestors(head)}
        for a in (i, *s.ancestors(i)):
            if a in above:
                if self._goes_on_now(head, a):
                    return False
                return a == head or a not in self.cues or (self.cues[a].covers(i) and self.cues[a].covers(head))
            if s.is_verb(a) and s.dep[a] != "amod" and not self._passes(a, head):
                return False
            if s.low[a] == "since" and s.dep[a] == "prep" and s.head[i] != a and s.head[s.head[i]] != a:
                # "The first attack since the beginning of the war in March 2011": the time is the war's.
                return False
        return True

    def _goes_on_now(self, head: int, above: int) -> bool:
        """ "Seized the town last year and is involved in an offensive": in the present, beside the past."""
        s = self.s
        verb = next((k for k in (head, *s.ancestors(head)) if k == above or s.dep[k] == "conj"), above)
        if verb == above or not s.is_verb(verb) or s.tag[above] != "VBD":
            return False
        return s.tag[verb] in PRESENT or any(s.tag[c] in PRESENT and s.dep[c] in AUX for c in s.children[verb])

    def _passes(self, verb: int, head: int) -> bool:
        """Whether a verb between a time and a trigger parts them not: "a truce which began", "strikes carried out"."""
        s = self.s
        telling = words("dating", "phases") | words("dating", "ends") | words("roles", "perform")
        above = (s.head[verb], *s.ancestors(s.head[verb])) if not s.is_verb(head) else (s.head[verb],)
        if s.dep[verb] in CLAUSES and s.low[verb] in telling and head in above:
            # "Strikes in the province conducted on Monday": the parser hangs the clause on the nearest noun.
            return not any(s.is_verb(a) for a in self._up_to(s.head[verb], head))
        toll = s.low[verb] in words("dating", "tolls") and verb not in self.cues
        same = s.dep[verb] == "advcl" and any(s.low[c] in words("dating", "meanwhile") for c in s.children[verb])
        return toll or same or verb in self.trigger_tokens or s.low[verb] in words("roles", "standing")

    def _up_to(self, i: int, head: int) -> list[int]:
        """The tokens from one up to the head above it, which is left out."""
        chain = [i, *self.s.ancestors(i)]
        return chain[: chain.index(head)]

    def _looks_back(self, i: int, head: int) -> bool:
        """Whether a time hangs on an act behind which the trigger lies: "buried on Friday after …"."""
        s = self.s
        above = [i, *s.ancestors(i)]
        down = [head, *s.ancestors(head)]
        meet = next((a for a in down if a in above), None)
        if meet is None or meet == head or not s.is_verb(meet):
            return False
        far = any(s.is_verb(k) and k != head and self._foreign(k) for k in down[: down.index(meet)])
        if not self._foreign(meet) and not (far and s.low[meet] in words("roles", "perform")):
            return False
        path, up = down[: down.index(meet)], above[: above.index(meet)]
        on_noun = any(k < i and s.tag[k] in NOUN_TAGS for k in up)
        if i > head and up and not on_noun and s.left[up[-1]] - s.right[path[-1]] <= 1:
            # Right behind its phrase ("convicted for attacks in 1983") a time is as likely the trigger's own.
            return False
        reacts = s.low[meet] in words("dating", "reacts")
        return reacts or any(self._turns_back(k, head) for k in path)

    def _opened(self, i: int, head: int) -> bool:
        """ "Since they began their campaign in 2014", "an offensive that began in October": it goes on since then."""
        s = self.s
        verb = next((a for a in s.ancestors(i) if s.is_verb(a)), None)
        if verb is None or verb == head or s.low[verb] not in words("dating", "begins"):
            return False
        mark = s.child(verb, "mark")
        since = mark is not None and s.low[mark] == "since" and head in self._below(verb)
        return since or (s.dep[verb] == "relcl" and s.low[head] in words("dating", "lasting"))

    def _below(self, verb: int) -> range:
        return range(self.s.left[verb], self.s.right[verb] + 1)

    def _ends(self, i: int, head: int) -> bool:
        """Whether a time hangs on the verb that tells the end of what the trigger names."""
        s = self.s
        verb = next((a for a in s.ancestors(i) if s.is_verb(a)), None)
        return (
            verb is not None
            and verb != head
            and s.low[verb] in words("dating", "ends")
            and s.child(verb, "prt") is None
        )

    def _foreign(self, verb: int) -> bool:
        low = self.s.low[verb]
        own = frozenset().union(
            *(words("dating", name) for name in ("tolls", "phases", "ends")), words("roles", "perform")
        )
        return verb not in self.trigger_tokens and low not in own and verb not in self.cues

    def _turns_back(self, k: int, head: int) -> bool:
        s = self.s
        mark = s.child(k, "mark") if s.dep[k] == "advcl" else k if s.dep[k] == "prep" else None
        if mark is not None and s.low[mark] in words("dating", "back"):
            return True
        infinitive = (
            s.tag[k] == "VB"
            and (k != head or self._intends(s.head[k]))
            and s.child(k, "aux") is not None
            and s.dep[k] in {"advcl", "xcomp"}
        )
        below = k != head and s.is_verb(k) and s.dep[k] in {"pcomp", "ccomp"} and self._foreign(k)
        return infinitive or below or s.dep[k] in CLAUSES

    def _intends(self, verb: int) -> bool:
        return self.s.low[verb] in words("modality", "planned") | words("modality", "plots")

    def _since(self, i: int, time: Time, kept: list[Trigger], found: dict[int, Timing]) -> None:
        """ "Have killed thousands since Moscow intervened in 2015": what stands above the clause goes on from then."""
        s = self.s
        clause = next((a for a in s.ancestors(i) if s.is_verb(a)), None)
        mark = s.child(clause, "mark") if clause is not None else None
        if clause is None or mark is None or s.low[mark] != "since" or time.start is None:
            return
        above = s.head[clause]
        for t in kept:
            chain = [t.head, *s.ancestors(t.head)]
            if above in chain and clause not in chain and time not in found[t.head].own:
                found[t.head].since = time

    def _frame(self, i: int, time: Time, kept: list[Trigger], found: dict[int, Timing]) -> None:
        """A time at the head of a sentence covers all that the sentence tells, as far as no word parts it."""
        s = self.s
        lo = s.bounds(i)[0]
        if i - lo > FRAME or not any(time in found[t.head].own for t in kept):
            return
        for t in kept:
            between = set(s.low[i : t.head]) & words("dating", "parts")
            timing = found[t.head]
            background = s.dep[t.head] == "amod" or is_background(s, t.head)
            if t.head > i and not between and not timing.own and timing.since is None and not background:
                timing.own.append(time)


def opens(time: Time, s: Syntax) -> bool:
    """Whether a time stands at the head of its sentence."""
    i = s.token_at(time.span.start)
    return i is not None and i - s.bounds(i)[0] <= FRAME


def _bare(time: Time) -> Time:
    """A time without the "since" before it."""
    days = extent(time.value)
    if days is None or time.relation != "since":
        return time
    return msgspec.structs.replace(time, start=days.start.isoformat(), end=days.end.isoformat(), relation=None)


def _ended(time: Time) -> Time:
    """A time by which something was: that of a picture of what it left."""
    return msgspec.structs.replace(time, start=None, reason="the day of the picture, which only ends it")


def is_background(s: Syntax, head: int) -> bool:
    """Whether the clause of a word is in a perfect tense or in a relative clause: background."""
    return any(s.dep[a] == "relcl" for a in (head, *s.ancestors(head))) or in_perfect(s, head)


def in_present(s: Syntax, head: int) -> bool:
    """Whether the nearest verb at or above a word is in the present ("is involved in an offensive")."""
    verb = next((a for a in (head, *s.ancestors(head)) if s.is_verb(a)), None)
    if verb is None:
        return False
    return s.tag[verb] in PRESENT or any(s.tag[c] in PRESENT and s.dep[c] in AUX for c in s.children[verb])


def in_perfect(s: Syntax, head: int) -> bool:
    """Whether the nearest verb at or above a word is in a perfect tense."""
    verb = next((a for a in (head, *s.ancestors(head)) if s.is_verb(a)), None)
    return verb is not None and any(s.low[c] in HAVE and s.dep[c] == "aux" for c in s.children[verb])
