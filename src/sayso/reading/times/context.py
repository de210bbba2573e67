"""What an expression is read against: the publication date, the clause around it, and what was told before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.reading.times.lexicon import Lexicon
from sayso.reading.times.tokens import Token
from sayso.reading.times.values import Extent, extent

Direction = Literal["past", "future"]
DAY_PRECISIONS = ("day", "part_of_day", "hour", "minute")
_CLOCKLIKE = ("clock", "n12", "meridiem", "zone", "part", "local", "time", "on")
_REACH, _NEAR = 14, 4
"""How many words around an expression are searched for the tense of its clause."""


@dataclass
class Context:
    """The state of one reading: fixed for the text but for ``told``, the value of the last date that the text told."""

    published: date
    text: str
    tokens: list[Token]
    lexicon: Lexicon
    codes: str
    """One character a token: its class."""
    narrative: bool = False
    """The text tells of years long before its publication: partial dates hang on the date told last."""
    uses: tuple[str, ...] = ("ledger",)
    """Which of the rules that are not for every use are applied."""
    told_day: str | None = None
    """The value of the last date that was as exact as a day."""
    told_end: int = 0
    """Offset at which the words of ``told`` end."""
    quarter: str | None = None
    """The latest quarter of a year that the text told."""
    year: int | None = None
    """The last year that a date of the text said in figures."""
    section: int | None = None
    """The year that the heading above tells of."""
    last_token: int = -1
    """Where the expression found last ends."""
    last_value: str = ""
    told: str | None = None

    def told_extent(self) -> Extent | None:
        """The days of the date told last, in a narrative."""
        return extent(self.told) if self.told is not None else None

    def day_for_clock(self, start: int) -> date | None:
        """The day of a clock time at offset ``start``: the one told last, unless its own paragraph is vaguer."""
        told = self.told_extent()
        if told is not None and told.precision not in DAY_PRECISIONS and "\n" in self.text[self.told_end : start]:
            told = extent(self.told_day) if self.told_day else None
        return told.start if told is not None and told.precision in DAY_PRECISIONS else None

    def now(self) -> date:
        """The day that partial dates are read against."""
        told = self.told_extent() if self.narrative else None
        return told.start if told else self.published

    def direction(self, first: int, last: int) -> Direction | None:
        """Whether the clause around tokens ``first`` to ``last`` (exclusive) speaks of the past or of what is to come.

        The nearest cue before the expression in its sentence decides, else the nearest after it; "as soon as" looks
        ahead. ``None`` where there is no cue.
        """
        before = self._cue(range(first - 1, max(-1, first - 1 - _REACH), -1))
        if self._follows(first, "soon") or self._sets_term(first):
            return "future"
        if self._cue(range(last, min(len(self.tokens), last + 1))) == "past" and before == "future":
            return "past"
        return before or self._cue(range(last, min(len(self.tokens), last + _REACH)))

    def near_past(self, first: int, last: int) -> bool:
        """Whether a word of the past stands close before an expression, or after one that has no cue before it."""
        before = self._cue(range(first - 1, max(-1, first - 1 - _REACH), -1))
        if before is None:
            return self._cue(range(last, min(len(self.tokens), last + _REACH))) == "past"
        return self._cue(range(first - 1, max(-1, first - 1 - _NEAR), -1)) == "past"

    def still(self, first: int) -> bool:
        """Whether "for" stands before token ``first`` in a clause of the present perfect: it goes on."""
        if first < 1 or self.tokens[first - 1].text not in self.lexicon.cue("for") | self.lexicon.cue("within"):
            return False
        before = [*reversed(self.tokens[max(0, first - _REACH) : first - 1])]
        opens = self.tokens[first - 1].capital
        for token in self.tokens[first : first + _REACH] if opens else before:
            if token.name in ("dot", "paragraph") or (token.name == "comma" and not opens):
                return False
            if token.text in self.lexicon.cue("perfect"):
                return True
        return False

    def _sets_term(self, first: int) -> bool:
        """Whether a term is set that ends with the expression: "extended the deadline until 9 a.m. Tuesday"."""
        at = first - 1
        while at > 0 and self.tokens[at].name in _CLOCKLIKE:
            at -= 1
        if at < 1 or self.tokens[at].name != "until":
            return False
        return any(token.text in self.lexicon.cue("term") for token in self.tokens[max(0, at - _REACH) : at])

    def leans_ahead(self, first: int) -> bool:
        """Whether the word before token ``first`` sets a term ("by", "until", "to")."""
        return first > 0 and self.tokens[first - 1].name in ("until", "by", "to")

    def _follows(self, first: int, cue: str) -> bool:
        return first > 0 and self.tokens[first - 1].text in self.lexicon.cue(cue)

    def _cue(self, places: range) -> Direction | None:
        infinitive = False
        for place in places:
            token = self.tokens[place]
            if token.name in ("dot", "paragraph") and not self._abbreviation(place):
                return None
            if token.name == "to" and place and self.tokens[place - 1].text in self.lexicon.cue("copula"):
                return "future"
            infinitive = infinitive or token.name == "to" or token.text in self.lexicon.cue("for")
            if token.name != "word":
                continue
            if place and self.tokens[place - 1].name in ("a", "the") and token.text.endswith(self.lexicon.past_endings):
                continue  # "A planned attack", "the besieged town": no verb of the clause.
            if infinitive and token.text in self.lexicon.cue("pledge"):
                return "future"
            if token.text in self.lexicon.cue("due") and self._had_been(place):
                return "past"
            if token.text in self.lexicon.cue("future") or (places.step < 0 and token.text in self.lexicon.cue("plan")):
                if not place or self.tokens[place - 1].name != "to":
                    return "future"
                continue  # "To meet demand": the verb before it tells.
            if token.text in self.lexicon.cue("past") or token.text.endswith(self.lexicon.past_endings):
                return "future" if self._is_passive_infinitive(place) else "past"
        return None

    def _had_been(self, place: int) -> bool:
        return place > 1 and " ".join(token.text for token in self.tokens[place - 2 : place]) in self.lexicon.cue(
            "had_been"
        )

    def _is_passive_infinitive(self, place: int) -> bool:
        """Whether the verb at a place is one of "to be …", "will be …"."""
        if place < 2 or self.tokens[place - 1].text not in self.lexicon.cue("be"):
            return False
        before = self.tokens[place - 2]
        return before.name == "to" or before.text in self.lexicon.cue("future")

    def _abbreviation(self, place: int) -> bool:
        """Whether a full stop belongs to a short word or a figure and ends no sentence."""
        token = self.tokens[place]
        if token.name != "dot" or place == 0:
            return False
        previous = self.tokens[place - 1]
        short = previous.name == "month_short" or (
            previous.name == "word" and previous.capital and len(previous.text) <= 3
        )
        return previous.end == token.start and short
