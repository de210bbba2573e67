"""What is said: the stretch of a sentence that a cue and its source leave, on the side where the content stands."""

from __future__ import annotations

from sayso.reading.lexicon import words
from sayso.reading.syntax import CLOSING, OPENING, Syntax

Range = tuple[int, int]
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
CLAUSES = frozenset({"acl", "relcl", "ccomp", "ROOT", "conj"})
LONGEST = 16
"""How many tokens an object and its own clause may have."""
QUOTES = frozenset(OPENING + CLOSING + '"') | {"``", "''"}
EDGE = frozenset({",", ":", ";", "-", "—", "–", "--", "."}) | QUOTES


class ContentReader:
    """Finds the content of cues in one report; ``kinds`` are the cue verbs with their lexicon entries."""

    def __init__(self, s: Syntax, kinds: dict[str, str]) -> None:
        self.s = s
        self.kinds = kinds

    def of(self, i: int, kind: str, lo: int, hi: int, chunk_lo: int, chunk_hi: int) -> list[Range]:
        """What cue ``i`` of ``[lo, hi)`` says; it and its source take ``[chunk_lo, chunk_hi)``."""
        s = self.s
        clause = next((c for c in s.children[i] if s.dep[c] in {"ccomp", "xcomp"} and c > i), None)
        limit = self._limit(i, hi, clause)
        start = self._skip_tail(chunk_hi, limit, clause)
        before, after = self.trim(lo, chunk_lo), self.trim(start, limit)
        if kind == "accuse" or (s.low[i] in words("cues", "going_on") and after and clause is not None):
            return [after] if after else []
        if kind in {"deny", "doubt"}:
            return self._doubted(i, clause, before if self._closed(chunk_lo) else None, after, limit)
        return self._said(i, clause, before, after, chunk_lo, start, limit)

    def _doubted(
        self, i: int, clause: int | None, before: Range | None, after: Range | None, limit: int
    ) -> list[Range]:
        """What is denied or doubted: the object, the clause behind the cue, or what is set off before it."""
        thing = self.s.child(i, "dobj", "attr")
        if thing is not None and thing > i and (clause is None or self.s.left[clause] > thing):
            told = self._told_of(thing, limit)
            return [told] if told is not None else self._phrase(i, thing, limit)
        if after and (clause is not None or thing is not None):
            return [after]
        return [before] if before else []

    def _told_of(self, thing: int, limit: int) -> Range | None:
        """An object with a clause of its own, which the parser took for the cue's: "denied the attack took place"."""
        s = self.s
        first = s.noun_phrase(thing)[0]
        rest = self.trim(thing + 1, limit)
        if rest is None or rest[1] - thing >= LONGEST or s.tag[first] != "DT":
            return None
        told = any(s.tag[k] in {"VBD", "VBZ", "VBP"} and s.dep[k] in CLAUSES for k in range(*rest))
        return (self.trim(first, limit) or rest) if told else None

    def _said(
        self,
        i: int,
        clause: int | None,
        before: Range | None,
        after: Range | None,
        chunk_lo: int,
        start: int,
        limit: int,
    ) -> list[Range]:
        """What is said: before the cue where it is set off there, behind it, on both sides of it, or its object."""
        s = self.s
        thing = s.child(i, "dobj", "attr")
        quoted_after = start < limit and s.word[start] in QUOTES and s.word[start] not in CLOSING
        has_after = after is not None and (clause is not None or quoted_after or self.finite(after))
        set_off = self._closed(chunk_lo) or any(s.dep[c] in {"ccomp", "xcomp"} for c in s.children[i] if c < i)
        inserted = s.dep[i] in {"parataxis", "amod"}
        has_before = before is not None and self.finite(before) and (set_off or inserted or not has_after)
        bare = clause is None or s.dep[clause] == "xcomp"
        quoted_before = has_before and s.word[chunk_lo - 1] in QUOTES
        doing = clause is not None and s.tag[clause] == "VBG" and s.low[i] in words("cues", "admitting")
        if doing and after:
            return [after]
        set_apart = quoted_before or (has_before and s.dep[i] == "parataxis")
        if s.low[i] in words("cues", "thinks") and bare and not set_apart:
            describes = s.low[i] in words("cues", "describing") and thing is not None
            return [after] if describes and after else self._object(i, thing, limit)
        inset = start < len(s.word) and s.word[start] == "," and s.word[chunk_lo - 1] == ","
        if before and after and inset and self._goes_round(i, clause, start):
            return [after] if clause is not None else [before, after]
        if before and has_before and (set_off or not has_after):
            both = quoted_after and s.word[chunk_lo - 1] in QUOTES | {","}
            return [before, after] if both and after else [before]
        if has_after and after:
            return [self._closed_quote(after)] if quoted_after else [after]
        return self._object(i, thing, limit)

    def _closed_quote(self, where: Range) -> Range:
        """A whole quotation without what follows it: '"… smart," when …'."""
        s = self.s
        for k in range(where[0] + 1, where[1]):
            if s.word[k] in CLOSING or s.word[k] in {'"', "''"}:
                return (where[0], k) if s.word[k - 1] in {",", ".", "!", "?"} else where
        return where

    def _goes_round(self, i: int, clause: int | None, start: int) -> bool:
        """ "X, he said, did Y": what is said stands around the cue; or behind it, after an opening of its own."""
        s = self.s
        told_before = any(s.dep[c] in {"ccomp", "xcomp"} for c in s.children[i] if c < i)
        if clause is not None:
            return not told_before
        return s.dep[i] in {"parataxis", "ccomp", "advcl"} and s.head[i] >= start

    def _object(self, i: int, thing: int | None, limit: int) -> list[Range]:
        """A noun phrase as content: "confirmed deaths at the airbase"."""
        if thing is None or thing < i or self.s.low[i] not in words("cues", "objects"):
            return []
        return self._phrase(i, thing, limit)

    def _phrase(self, i: int, thing: int, limit: int) -> list[Range]:
        lo, hi = self.s.noun_phrase(thing, full=True)
        end = max(hi, min(limit, self.s.right[thing] + 1))
        saying = (k for k in range(thing + 1, end) if self.s.low[k] in self.kinds and self.s.tag[k] == "VBG")
        trimmed = self.trim(lo, next(saying, end))
        return [trimmed] if trimmed else []

    def _limit(self, i: int, hi: int, clause: int | None) -> int:
        """Where forward content ends: before the next clause with a cue and a subject of its own, unless nested."""
        s = self.s
        inside = range(s.left[clause], s.right[clause] + 1) if clause is not None else range(0)
        for j in range(i + 1, hi):
            if s.quoted[i] and not s.quoted[j]:
                return j
            if s.low[j] == "according" and j + 1 < hi and s.low[j + 1] == "to":
                return j
            if self._goes_on(j):
                return j
            cue = s.low[j] in self.kinds and s.is_verb(j) and j not in inside and s.head[j] <= i
            if cue and s.dep[j] in {"advcl", "conj", "xcomp", "dep"}:
                cut = s.left[j] if s.left[j] > i else j
                while cut - 1 > i and (s.tag[cut - 1] == "CC" or s.word[cut - 1] == ","):
                    cut -= 1
                return cut
        return hi

    def _goes_on(self, j: int) -> bool:
        """ "…, adding that": whatever it hangs on, the speaker goes on with another content."""
        s = self.s
        return s.low[j] in words("cues", "going_on") and s.child(j, "nsubj", "aux") is None and s.dep[j] != "amod"

    def _skip_tail(self, start: int, limit: int, clause: int | None) -> int:
        """Past "in a statement on Friday that": the manner of speaking that stands between cue and content."""
        s = self.s
        if clause is not None and s.left[clause] >= start:
            quote = s.left[clause]
            return quote - 1 if quote - 1 >= start and s.word[quote - 1] in QUOTES else quote
        for j in range(start, min(limit, start + 14)):
            if s.low[j] == "that" or s.word[j] in {":"}:
                return j + 1
            if s.word[j] in QUOTES:
                return j
            if s.tag[j] in FINITE:
                break
        return start

    def trim(self, lo: int, hi: int) -> Range | None:
        s = self.s
        while lo < hi and (s.word[lo] in EDGE - QUOTES or s.low[lo] == "that" or (s.tag[lo] == "CC" and hi - lo > 3)):
            lo += 1
        while hi > lo and s.word[hi - 1] in EDGE - QUOTES:
            hi -= 1
        if lo < hi and s.word[lo] in QUOTES and s.word[hi - 1] in QUOTES and hi - lo > 2:
            lo, hi = lo + 1, hi - 1
            while hi > lo and s.word[hi - 1] in EDGE - QUOTES:
                hi -= 1
        return (lo, hi) if any(s.tag[k][0] in "NVPJE" for k in range(lo, hi)) else None

    def finite(self, where: Range) -> bool:
        return (
            any(self.s.tag[k] in FINITE for k in range(*where))
            or any(self.s.word[k] in QUOTES for k in range(*where))
            or where[1] - where[0] > 8
        )

    def _closed(self, chunk_lo: int) -> bool:
        """Whether what stands before the cue and its source is set off by a comma or a quotation mark."""
        return chunk_lo > 0 and (self.s.word[chunk_lo - 1] in QUOTES or self.s.word[chunk_lo - 1] == ",")
