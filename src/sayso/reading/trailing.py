"""Sources right before a cue that closes its sentence, where no comma sets them off: "… on Monday a monitor said."."""

from __future__ import annotations

from sayso.reading.content import FINITE, QUOTES, Range
from sayso.reading.lexicon import words
from sayso.reading.naming import PROPER
from sayso.reading.syntax import Syntax

Source = tuple[Range, int]
"""The tokens of a source and its head."""
LONGEST = 18
"""How many tokens a source before its cue may have."""
ARTICLES = frozenset({"a", "an", "the", "its", "their", "another", "one"})
ACRONYM = 2
"""Letters that the shortest acronym has."""


class TrailingSources:
    """Finds the sources at the end of the sentences of one report, by tags and words, whatever the parser made of them.

    Without commas the parser draws such a source into what is said ("a truce with the army the Observatory said").
    """

    def __init__(self, s: Syntax) -> None:
        self.s = s
        self._speaking = (
            words("cues", "speaking") | words("cues", "bodies") | words("cues", "nouns") | words("actors", "persons")
        )

    def of(self, i: int, lo: int, hi: int) -> list[Source]:
        """The sources that end right before cue ``i`` of ``[lo, hi)``, in their order; none where it opens a clause."""
        s = self.s
        if s.low[i] not in words("cues", "closing") or s.tag[i] not in {"VBD", "VBZ", "VBP", "VBN"}:
            return []
        end = i
        while end > lo and s.tag[end - 1] == "RB":
            end -= 1
        if not self._closes(i, hi) or (found := self.ending(end, lo)) is None:
            return []
        sources = [found]
        while sources[0][0][0] - 2 > lo and s.low[sources[0][0][0] - 1] == "and":
            other = self.ending(sources[0][0][0] - 1, lo)
            if other is None:
                break
            sources.insert(0, other)
        return sources if any(self._tells(k) for k in range(lo, sources[0][0][0])) else []

    def _closes(self, i: int, hi: int) -> bool:
        """Whether nothing that is said follows the cue: a day, whom it told, "in a statement", "adding …"."""
        s = self.s
        if i + 1 < hi and s.tag[i + 1] in {"CD", "NN", "NNS", "JJ", "DT"} and s.low[i] not in words("cues", "telling"):
            return s.low[i + 1] in words("grammar", "days")
        for k in range(i + 1, hi):
            if s.low[k] in words("cues", "going_on"):
                return True
            if s.low[k] == "that" or s.word[k] in QUOTES | {":"} or s.tag[k] in FINITE:
                return False
        return True

    def _tells(self, k: int) -> bool:
        """Whether a token is a verb that tells; without its auxiliary a participle may ("a blast killed ten")."""
        s = self.s
        return s.tag[k] in FINITE or (s.tag[k] == "VBN" and s.word[k - 1] != "-")

    def ending(self, end: int, lo: int) -> Source | None:
        """The noun phrase of somebody who speaks that ends before token ``end``."""
        s = self.s
        if end <= lo or (s.tag[end - 1][0] != "N" and s.low[end - 1] not in self._speaking):
            return None
        determined = self._determined(end, lo)
        if determined is not None:
            return determined
        return self._bare(end, lo)

    def _determined(self, end: int, lo: int) -> Source | None:
        """ "A police source in the city", "the Britain-based Syrian Observatory for Human Rights"."""
        s = self.s
        for j in range(end - 2, max(lo, end - LONGEST) - 1, -1):
            if s.low[j] in ARTICLES and not self._belongs(j, lo) and (head := self._head(j + 1, end)) is not None:
                if s.low[j] in {"a", "an"} and s.tag[j - 1] in PROPER and s.low[head] in words("actors", "persons"):
                    return None  # "Ali Karim a spokesman for the army": the name before it speaks
                named = s.tag[head] in PROPER or s.tag[head - 1] in PROPER
                return (self._apposed(j, lo) if named else j, end), head
            if not self._in_phrase(j):
                return None
        return None

    def _belongs(self, j: int, lo: int) -> bool:
        """Whether the phrase at token ``j`` is the body of an office before it: "a spokesman for the ministry"."""
        s = self.s
        return j - 2 > lo and s.low[j - 1] in words("cues", "of_speakers") and s.low[j - 2] in self._speaking

    def _in_phrase(self, j: int) -> bool:
        s = self.s
        joins = s.tag[j] in {"IN", "TO"} and s.low[j] in words("cues", "of_speakers")
        return joins or s.tag[j][0] in "NJ" or s.tag[j] in {"CD", "HYPH", "POS", "VBN", "VBG", "DT", "PRP$"}

    def _head(self, lo: int, end: int) -> int | None:
        """The noun of a phrase before its first preposition, where it is one of somebody who speaks."""
        s = self.s
        cut = next((k for k in range(lo, end) if s.tag[k] in {"IN", "TO"}), end)
        nouns = [k for k in range(lo, cut) if s.tag[k][0] == "N" or s.low[k] in self._speaking]
        if not nouns or any(s.tag[k] in {"DT", "PRP$"} for k in range(lo, cut)):
            return None
        last = nouns[-1]
        if s.low[last] in self._speaking or self._ungoverned(lo - 1, nouns):
            return last
        office = next((k for k in nouns if s.low[k] in self._speaking), None)
        named = office is not None and all(s.tag[k] in PROPER for k in nouns if k < office or k == last)
        return last if named else None

    def _ungoverned(self, article: int, nouns: list[int]) -> bool:
        """ "… landed in the north the charity said": a name or one noun that no verb or preposition has for itself."""
        s = self.s
        before = s.tag[article - 1]
        free = before not in {"IN", "TO", "CC", "DT", ","} and not before.startswith("VB")
        alone = nouns[0] == article + 1 == nouns[-1]
        return free and s.low[article] == "the" and (alone or all(s.tag[k] in PROPER for k in nouns))

    def _apposed(self, j: int, lo: int) -> int:
        """Where "the monitoring group | the Human Rights Network" begins: with the description before the name."""
        s = self.s
        for k in range(j - 2, max(lo, j - 5) - 1, -1):
            if s.tag[k] == "DT":
                return k if s.low[j - 1] in words("actors", "of_names") else j
            if s.tag[k] not in {"NN", "JJ", "VBG", "VBN", "HYPH"}:
                return j
        return j

    def _named(self, k: int) -> bool:
        return self.s.tag[k] in PROPER or self.s.low[k] in words("actors", "media")

    def _bare(self, end: int, lo: int) -> Source | None:
        """ "State media", "local sources", "SANA reporter", "HRW"."""
        s = self.s
        last = end - 1
        if s.word[last].isupper() and len(s.word[last]) >= ACRONYM and s.tag[last][0] == "N":
            return ((last, end), last) if not s.word[last - 1].isupper() or last - 1 < lo else None
        many = s.tag[last] == "NNS" or s.low[last] in words("cues", "uncounted")
        if many and s.low[last] in self._speaking:
            first = last
            while first > lo and s.low[first - 1] in words("cues", "kinds_of_speakers"):
                first -= 1
            return (first, end), last
        first = last - 1
        if s.low[last] in words("cues", "carriers") and last > lo and self._named(first):
            while first > lo and s.tag[first - 1] in PROPER | {"HYPH"} and s.low[first] not in words("actors", "media"):
                first -= 1
            return (first, end), last
        return None
