"""What is known of an event and of a claim when they are made: named numbers, mostly 1 for what is so, else not there.

No feature is a word of a report: words would tell which war it is, not how well it was read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from sayso.reading.lexicon import words
from sayso.reading.syntax import NOUN_TAGS, Syntax
from sayso.reading.triggers import ANAPHORIC, HARM

if TYPE_CHECKING:
    from sayso.reading.claims import Made
    from sayso.reading.events import Draft
    from sayso.reading.mentions import Mention

Features: TypeAlias = "dict[str, float]"
"""By name; what is not there is 0."""

FAR = 6
"""From so many steps on two words are as good as not tied by the tree."""
STEPS = (0, 1, 2, 3, 5, 8, 13, 21, 34)
"""Counts are told apart by the largest of these that they reach."""
STEP_OF = tuple(max(step for step in STEPS if step <= n) for n in range(STEPS[-1] + 1))
NAMES = frozenset({"NNP", "NNPS"})
PRONOUNS = frozenset({"PRP", "PRP$", "DT", "WP", "WDT"})
OPEN_WORDS = ("planned", "hypothetical", "generic", "reported", "reportedly", "held_to")
"""Entries of the lexicon of modality whose words in a sentence leave open what it tells."""
FLAGS = ("definite", "fresh", "plural", "quoted", "unclear", "conjunct", "pictured")
"""What a mention is found to be while it is read."""
TOLLS = frozenset({"killed", "injured"})
SPARSE = 200
"""A report with fewer than one comma in so many code points has lost its commas."""
BEGINNING = 4000
"""Code points of a report that are looked at for commas."""


class FeatureReader:
    """Gives the features of the events of one report and of their claims."""

    def __init__(self, s: Syntax, drafts: Sequence[Draft], made: Sequence[Made]) -> None:
        self.s = s
        self.drafts = drafts
        self.claims: dict[int, list[Made]] = {d.number: [] for d in drafts}
        for c in made:
            self.claims[c.event.number].append(c)
        self.rows = Counter((c.event.number, c.slot, c.stance) for c in made)
        self.own_rows = Counter((c.event.number, c.slot, c.stance, c.speaker) for c in made)
        self.said = Counter((c.event.number, c.speaker) for c in made)
        self.grounded = {(c.event.number, c.speaker) for c in made if c.slot == "occurrence"}
        self.values = Counter((c.event.number, c.slot, _meaning(c)) for c in made)
        self.tolls = Counter((c.slot, _meaning(c)) for c in made if c.slot in TOLLS)
        self.hit = Counter(_meaning(c) for c in made if c.slot == "recipient")
        self.starts = sorted(d.mentions[0].sentence for d in drafts)
        self.alike: dict[str, list[Draft]] = {}
        for d in drafts:
            self.alike.setdefault(d.type, []).append(d)
        self.places = Counter((d.type, _where(d)) for d in drafts)
        self.times = Counter((d.type, _when(d)) for d in drafts)
        self.mentions = {d.number: sorted(d.mentions, key=_head) for d in drafts}
        self.report = tuple(self._report())
        self._seen: Counter[tuple[int, str, str]] = Counter()
        self._open: dict[int, tuple[str, ...]] = {}

    # An event ---------------------------------------------------------------------------------------------------------

    def event(self, d: Draft) -> Features:
        """What is known of an event."""
        found = [*self.report, *self._telling(d), *self._claimed(d), *self._beside(d), *self._opening(d)]
        return dict.fromkeys(found, 1.0)

    def _telling(self, d: Draft) -> Iterator[str]:
        """How it is told by its mentions."""
        yield f"modality={d.modality}"
        yield f"mentions={_step(len(d.mentions))}"
        yield "timed" if d.time is not None else "not_timed"
        yield "placed" if d.places else "place_settled" if d.settled is not None else "not_placed"
        if all(m.trigger.entry in {*HARM, ANAPHORIC} for m in d.mentions):
            yield "only_killing"
        if all(m.definite for m in d.mentions):
            yield "all_definite"
        if any(m.fresh for m in d.mentions):
            yield "fresh"
        if all(m.quoted for m in d.mentions):
            yield "all_quoted"
        if all(m.attribution is not None for m in d.mentions):
            yield "all_attributed"

    def _claimed(self, d: Draft) -> Iterator[str]:
        """How much is claimed of it."""
        claims = self.claims[d.number]
        slots = {c.slot for c in claims if c.stance != "denies"}
        yield from (f"has_{slot}" for slot in sorted(slots))
        yield f"claims={_step(len(claims))}"
        yield f"slots={len(slots)}"
        yield f"speakers={_step(len({c.speaker for c in claims}))}"
        own = Counter((c.slot, _meaning(c)) for c in claims if c.slot in TOLLS)
        if own:
            yield "toll_of_another" if any(self.tolls[key] > n for key, n in own.items()) else "toll_of_its_own"
        hit = Counter(_meaning(c) for c in claims if c.slot == "recipient")
        if any(self.hit[key] > n for key, n in hit.items()):
            yield "hit_by_another"

    def _beside(self, d: Draft) -> Iterator[str]:
        """What else the report tells."""
        alike = len(self.alike[d.type])
        yield f"alike={_step(alike)}"
        at = d.mentions[0].sentence
        here = bisect_left(self.starts, at)
        # One of those that begin in this sentence is the event itself.
        around = (*self.starts[max(0, here - 1) : here], *self.starts[here + 1 : here + 2])
        if around:
            yield f"nearest={_step(min(abs(start - at) for start in around))}"
        if alike < 2:
            return
        yield "first_alike" if self.alike[d.type][0] is d else "later_alike"
        if d.place is not None:
            yield "same_place" if self.places[d.type, _where(d)] > 1 else "other_place"
        if d.time is not None:
            yield "same_time" if self.times[d.type, _when(d)] > 1 else "other_time"

    def _opening(self, d: Draft) -> Iterator[str]:
        """The words that tell it first."""
        s, t = self.s, d.mentions[0].trigger
        yield f"entry={t.entry}"
        yield f"opens_fit={_fit(d.mentions[0])}"
        joined = [m.fits for m in d.mentions[1:] if m.fits is not None]
        if joined:
            yield f"joined_fit={_fit_step(min(joined))}"
        if t.weapon is not None:
            yield "weapon_decides"
        yield from (f"beside_{name}" for name in self._left_open(t.head))
        if t.noun:
            first = s.noun_phrase(t.head)[0]
            known = s.low[first] in words("grammar", "definite")
            yield "noun_definite" if known else "noun_a" if s.tag[first] == "DT" else "noun_bare"

    def _left_open(self, at: int) -> tuple[str, ...]:
        """Which words in the sentence of a token leave open what it tells."""
        number = self.s.sentence_of[at]
        if number not in self._open:
            lo, hi = self.s.sentences[number]
            said = set(self.s.low[lo:hi])
            self._open[number] = tuple(name for name in OPEN_WORDS if not said.isdisjoint(words("modality", name)))
        return self._open[number]

    def _report(self) -> Iterator[str]:
        text = self.s.text[:BEGINNING]
        if text.count(",") * SPARSE < len(text):
            yield "no_commas"

    # A claim ----------------------------------------------------------------------------------------------------------

    def claim(self, c: Made) -> Features:
        """What is known of a claim. Claims are given in their order, which tells the first of a slot from the next."""
        s = self.s
        lo, last = s.token_at(c.evidence.start), s.token_at(max(c.evidence.end - 1, c.evidence.start))
        lo = len(s.word) - 1 if lo is None else lo
        hi = max(lo, last if last is not None else lo) + 1
        m = self._mention(c.event, lo)
        found = [*self._content(c), *self._voice(c, m), *self._tie(m, lo, hi)]
        found += [f"beside_{name}" for name in self._left_open(lo)]
        if s.quoted[lo]:
            found.append("in_quotes")
        return dict.fromkeys(found, 1.0)

    def _content(self, c: Made) -> list[str]:
        number = c.event.number
        key = number, c.slot, c.stance
        self._seen[key] += 1
        repeated = self.values[number, c.slot, _meaning(c)] > 1
        said_by = "narration" if c.attribution is None else "attributed"
        found = [
            f"stance={c.stance}",
            said_by,
            f"rows={_step(self.rows[key])}",
            f"row={_step(self._seen[key])}",
            f"own_rows={_step(self.own_rows[(*key, c.speaker)])}",
            "repeated" if repeated else "said_once",
            f"value={self._value(c)}",
            f"slot={c.slot}",
        ]
        if c.thing:
            found.append("thing")
        if c.normalised is None:
            found.append("not_normalised")
        elif c.slot in TOLLS:
            found.append(_count(c.normalised))
        elif c.slot == "place":
            place = c.event.place
            found.append("events_place" if place is not None and place.id == c.normalised else "another_place")
        elif c.slot == "time":
            when = c.event.time
            own = when is not None and str(c.normalised).split("/")[0] == (when.start or "..")[:10]
            found.append("events_time" if own else "another_time")
            found.append("time_open" if ".." in c.normalised else "time_between" if "/" in c.normalised else "time_day")
        return found

    def _value(self, c: Made) -> str:
        """What kind of words the value is."""
        if c.value is None:
            return "none"
        span = c.named or c.evidence
        at = self.s.token_at(max(span.end - 1, span.start))
        tag = self.s.tag[at] if at is not None else ""
        if tag in NAMES:
            return "name"
        if tag in PRONOUNS:
            return "pronoun"
        return "noun" if tag in NOUN_TAGS else "number" if tag == "CD" else "other"

    def _voice(self, c: Made, m: Mention) -> Iterator[str]:
        """On whose word it is."""
        a, number = c.attribution, c.event.number
        yield f"said={_step(self.said[number, c.speaker])}"
        if (number, c.speaker) not in self.grounded:
            yield "ungrounded"
        if a is None:
            return
        yield f"cue={a.kind}"
        yield "of_mention" if a is m.attribution else "not_of_mention"
        yield f"content={_step(sum(hi - lo for lo, hi in a.content))}"
        if a.within is not None:
            yield "nested"
        if a.via is not None:
            yield "carried"
        if a.speaker is None:
            yield "nobody"

    def _mention(self, d: Draft, at: int) -> Mention:
        """The mention of the event that the evidence stands nearest to, one of its own sentence first."""
        sentence, mentions = self.s.sentence_of[at], self.mentions[d.number]
        after = bisect_left(mentions, at, key=_head)
        # Any other of the sentence stands farther off than the one beside it.
        beside = mentions[max(0, after - 1) : after + 1]
        return min(beside, key=lambda m: (m.sentence != sentence, abs(m.trigger.head - at)))

    def _tie(self, m: Mention, lo: int, hi: int) -> Iterator[str]:
        """How the words hang on those that tell the event."""
        s, t = self.s, m.trigger
        yield f"entry={t.entry}"
        yield f"dep={s.dep[t.head]}"
        yield f"fit={_fit(m)}"
        if m.likely_there is not None:
            yield f"there={_fit_step(4 * m.likely_there)}"
        yield f"modality={m.modality}"
        yield f"mention={m.stance or 'asserts'}"
        yield f"apart={_step(abs(s.sentence_of[lo] - m.sentence))}"
        yield from (name for name in FLAGS if getattr(m, name))
        if m.negation is not None:
            yield "negated_above"
        if lo <= t.head < hi:
            yield "holds_trigger"
            return
        root = next((i for i in range(lo, hi) if not lo <= s.head[i] < hi or s.head[i] == i), lo)
        steps = s.distance(root, t.head, FAR)
        yield f"steps={'far' if steps is None else min(steps, FAR)}"
        yield "after_trigger" if lo > t.head else "before_trigger"
        yield f"tied_by={s.dep[root]}"


def _step(n: int) -> int:
    return STEP_OF[min(n, STEPS[-1])]


def _fit(m: Mention) -> str:
    return "none" if m.fits is None else _fit_step(m.fits)


def _fit_step(score: float) -> str:
    return str(min(max(round(2 * score), -2), 8))


def _head(m: Mention) -> int:
    return m.trigger.head


def _where(d: Draft) -> str | None:
    return None if d.place is None else d.place.gazetteer_id or d.place.name


def _when(d: Draft) -> tuple[str | None, str | None] | None:
    return None if d.time is None else (d.time.start, d.time.end)


def _meaning(c: Made) -> str:
    """What a claim comes to, for telling whether two say the same."""
    return str(c.actor or c.normalised or (c.value or "").lower())


def _count(limits: Iterable[int | None]) -> str:
    low, high = limits
    if low is None or high is None:
        return "count_open"
    return "count_none" if high == 0 else "count_exact" if low == high else "count_range"
