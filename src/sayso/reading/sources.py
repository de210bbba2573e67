"""Whose words a cue brings: the subject of the verb, or the noun phrase where the parser lost the subject."""

from __future__ import annotations

from sayso.reading.content import FINITE, Range
from sayso.reading.lexicon import words
from sayso.reading.naming import PROPER, first_part, last_part
from sayso.reading.syntax import CLOSING, OPENING, Syntax
from sayso.reading.trailing import Source, TrailingSources

SHARING = frozenset({"conj", "xcomp", "advcl", "acl", "dep"})
"""Relations of a verb without a subject to the verb whose subject it shares."""
LONGEST_PLAIN = 14
"""How many tokens a source between a quotation and its cue may have."""
NEAR = 9
"""How many tokens a description right before its cue may have."""
LONGEST_APPOSITION = 30
"""How many tokens a name and what stands in apposition to it may have."""


class SourceFinder:
    """Finds the sources of cues in one report."""

    def __init__(self, s: Syntax) -> None:
        self.s = s
        self.trailing = TrailingSources(s)
        self.closing: set[int] = set()
        """Cues that close their sentence behind their source: what they say stands before it."""

    def of(self, i: int, lo: int, hi: int, before: list[tuple[Range, Source]]) -> list[Source]:
        """The sources of cue ``i`` in the sentence ``[lo, hi)``; ``before`` are the cues read in it with theirs."""
        s = self.s
        closed = self._after_quote(i, lo)
        if closed is not None:
            return [closed]
        quoted = self._quoted(i)
        if quoted is not None:
            first, last = self.range(quoted)
            return [((first, last if s.dep[quoted] == "nsubjpass" else max(last, s.head[i])), quoted)]
        if trailing := self.trailing.of(i, lo, hi):
            self.closing.add(i)
            return trailing
        subject = s.child(i, "nsubj", "nsubjpass")
        if subject is not None and subject > i and s.tag[subject][0] not in "NP":
            subject = None
        if subject is not None and s.dep[i] == "pcomp" and s.low[s.head[i]] == "in":
            # "A team is in Syria investigating …": the place is no subject.
            subject = s.child(s.head[s.head[i]], "nsubj")
        described = self._described_before(i, lo)
        if described is not None and (subject is None or not _near(described[1], s.conjuncts(subject), i)):
            return [described]
        apart = self._set_off(i, lo)
        if apart is not None and (subject is None or subject < apart[0][0]):
            return [apart]
        if s.low[i] in words("cues", "plain") and (behind := self._alone_behind(i, lo, hi)) is not None:
            return [behind]
        if subject is None and s.dep[i] in SHARING and s.head[i] < i:
            owner = s.head[i]
            shared = [source for cue, source in before if cue[0] <= owner < cue[1]]
            if not shared and before and self._goes_on(i, owner):
                # "X said A, adding B": whatever the parser hangs "adding" on, X adds it.
                shared = [source for cue, source in before if cue == before[-1][0]]
            if shared:
                return shared
            subject = self._owner(i, owner)
        if subject is None or s.low[subject] == "there":
            found = self._inverted_alone(i, lo, hi) or self.right_before(i, lo, hi) or self._named_before(i, lo, hi)
            return [found] if found else []
        if self._from_inside_quote(subject, i) and (near := self.right_before(i, lo, hi, loose=True)):
            return [near]
        return [(self.range(h), h) for h in s.conjuncts(subject) if s.low[h] not in words("actors", "nobody")]

    def _goes_on(self, i: int, owner: int) -> bool:
        """Whether a cue without a subject is the last speaker's: "adding that …", wherever the parser hangs it."""
        s = self.s
        return s.tag[i] == "VBG" and (s.low[i] in words("cues", "going_on") or not self._speaks(owner))

    def _owner(self, i: int, owner: int) -> int | None:
        """The subject that a cue without its own shares with the verb or noun above it."""
        s = self.s
        if s.dep[i] == "acl":
            if s.tag[i] != "VBG" or s.tag[owner][0] != "N":
                return None
            placed = s.dep[owner] == "pobj" and s.low[s.head[owner]] == "in"
            if (s.tag[owner] in PROPER or self._speaks(owner)) and not placed:
                return owner
            # "… has called for pauses for deliveries, warning that": the clause above has the subject.
            owner = next((a for a in s.ancestors(owner) if s.is_verb(a)), owner)
        return s.child(owner, "nsubj", "nsubjpass")

    def _speaks(self, head: int) -> bool:
        return self.s.low[head] in words("actors", "persons") | words("cues", "bodies") | words("cues", "nouns")

    def _quoted(self, i: int) -> int | None:
        """Who is quoted: "quoted a source as saying …", "was quoted as saying …"."""
        s = self.s
        prep = s.head[i]
        if s.tag[i] != "VBG" or s.low[prep] != "as" or s.low[s.head[prep]] not in words("cues", "quoting"):
            return None
        verb = s.head[prep]
        if s.tag[verb][0] == "N":
            return verb
        if not s.is_verb(verb):
            return None
        return s.child(verb, "nsubjpass") or next((c for c in s.children[verb] if s.dep[c] == "dobj" and c < i), None)

    def _after_quote(self, i: int, lo: int) -> Source | None:
        """The source between a quotation and its cue, whatever the parser made of it: '"…" SOHR chief X Y said'."""
        s = self.s
        first = next((k + 1 for k in range(i - 1, max(lo, i - LONGEST_PLAIN) - 1, -1) if self._closes(k)), None)
        if (
            first is None
            or first >= i
            or s.tag[first] in {"IN", ","}
            or any(s.tag[k][0] not in "NJDCPIH," for k in range(first, i))
        ):
            return None
        run = first
        while run < i and s.tag[run] in PROPER | {"HYPH"}:
            run += 1
        named = run > first and run < i and s.low[run] in words("actors", "persons") | {"a", "an", "the", ","}
        head = run - 1 if named else self._last_noun(first, i)
        subject = s.child(i, "nsubj")
        head = subject if subject is not None and first <= subject < i and not named else head
        end = i - 1 if s.word[i - 1] == "," else i
        return ((first, end), head) if s.tag[head][0] == "N" or s.tag[head] == "PRP" else None

    def _closes(self, k: int) -> bool:
        """Whether a token closes a quotation."""
        s = self.s
        straight = s.word[k] in {'"', "''"} and k + 1 < len(s.word) and not s.quoted[k + 1]
        return s.word[k] in CLOSING or straight

    def _set_off(self, i: int, lo: int) -> Source | None:
        """A name between a comma and its cue, whatever the parser took for the subject: "Earlier, Karim said"."""
        s = self.s
        k = i
        while k > lo and (s.tag[k - 1] in PROPER | {"HYPH"} or (s.tag[k - 1] == "JJ" and s.word[k - 1][0].isupper())):
            k -= 1
        named = k < i and s.tag[i - 1] in PROPER and s.low[i - 1] not in words("grammar", "days")
        return ((k, i), i - 1) if named and k > lo and s.word[k - 1] == "," and s.tag[i] in {"VBD", "VBZ"} else None

    def _alone_behind(self, i: int, lo: int, hi: int) -> Source | None:
        """The source behind its cue where nothing else stands there: "… without more deaths said Karim."."""
        s = self.s
        found = self.inverted(i, lo, hi)
        if found is None or i - lo < 3 or s.tag[i] not in {"VBD", "VBZ"}:
            return None
        (first, end), head = found
        ends = end >= hi or (s.word[end] == "." and end + 1 >= hi - 1)
        named = s.tag[first] in PROPER | {"DT"} and s.low[head] not in words("grammar", "days")
        return found if ends and named and s.tag[head] != "PRP" else None

    def _described_before(self, i: int, lo: int) -> Source | None:
        """Somebody described right before a cue whose content lacks its comma: "… killed ten a local source told …"."""
        s = self.s
        if s.tag[i] not in {"VBD", "VBZ"}:
            return None
        head = next((k for k in range(i - 1, max(lo, i - NEAR), -1) if s.low[k] in words("actors", "persons")), None)
        if s.tag[i - 1] == "NN" and (self._speaks(i - 1) or s.low[i - 1] in words("actors", "of_names")):
            head = i - 1
        if (
            head is None
            or any(s.tag[k][0] not in "NDJPI" for k in range(head + 1, i))
            or s.tag[head + 1] in {"NN", "NNS"}
        ):
            return None
        first = head
        while first > lo and (s.tag[first - 1][0] in "NJ" or s.tag[first - 1] == "VBN"):
            first -= 1
        article = first - 1
        return ((article, i), head) if article > lo and s.tag[article] == "DT" else None

    def _named_before(self, i: int, lo: int, hi: int) -> Source | None:
        """A name right before a cue that opens a quotation or a clause: "Speaking to state TV Karim said "…"."""
        s = self.s
        opens = i + 1 < hi and (
            s.word[i + 1] in OPENING
            or s.word[i + 1] in {'"', "``", ","}
            or s.low[i + 1] == "that"
            or (s.low[i] in words("cues", "plain") and any(s.tag[k] in FINITE for k in range(i + 2, hi)))
        )
        k = i
        while k > lo and s.tag[k - 1] in PROPER:
            k -= 1
        while k < i - 1 and s.low[k] in words("actors", "media"):
            k += 1
        if k - 2 > lo and s.tag[k - 1] == "IN" and s.low[k - 2] in words("actors", "persons"):
            # "… 2016 SANA reporter in Aleppo said that"
            first = k - 2
            while first > lo and s.tag[first - 1] in PROPER | {"NN", "JJ"}:
                first -= 1
            return ((first, i), k - 2) if opens else None
        return ((k, i), i - 1) if opens and k < i and s.tag[i] in {"VBD", "VBZ"} else None

    def _from_inside_quote(self, subject: int, i: int) -> bool:
        """Whether a quotation ends between a subject and its cue: the parser took the subject from inside it."""
        return subject < i and any(self.s.word[k] in CLOSING or self.s.word[k] == '"' for k in range(subject + 1, i))

    def range(self, head: int) -> Range:
        """The source headed by a token, with what stands in apposition to it."""
        s = self.s
        lo, hi = s.noun_phrase(head, full=True)
        if last_part(s, head) != head:
            return first_part(s, head), last_part(s, head) + 1
        for c in s.children[head]:
            if s.dep[c] == "appos" and c > head and c - head < LONGEST_APPOSITION:
                hi = max(hi, min(s.right[c] + 1, head + LONGEST_APPOSITION))
        return lo, hi

    def inverted(self, i: int, lo: int, hi: int) -> Source | None:
        """The source that follows its cue: '"…," said the Observatory', whatever the parser made of it."""
        s = self.s
        if i == lo or s.tag[i] not in {"VBD", "VBZ", "VBP", "VBN"}:
            return None
        end = self._phrase_behind(i, hi)
        if end == i + 1 or (s.tag[i + 1] == "JJ" and end == i + 2):
            return None
        if end < hi and s.tag[end] in FINITE and s.word[end - 1] != ",":
            return None
        head = self._last_noun(i + 1, end)
        if s.low[head] in words("grammar", "days"):
            return None
        return ((i + 1, end), head) if s.tag[head][0] == "N" or s.tag[head] == "PRP" else None

    def _inverted_alone(self, i: int, lo: int, hi: int) -> Source | None:
        """The source behind a cue that neither "has reported" nor a name right before it shows to be the other way."""
        s = self.s
        if s.tag[i] == "VBN" and s.child(i, "aux") is not None:
            return None
        if s.tag[i - 1] in PROPER and s.low[i - 1] not in words("grammar", "days") and self._named_before(i, lo, hi):
            return None
        return self.inverted(i, lo, hi)

    def _phrase_behind(self, i: int, hi: int) -> int:
        """Where the noun phrase right behind a cue ends, by tags alone."""
        s = self.s
        j = i + 1
        while j < hi and self._in_phrase(j, i, hi):
            if s.tag[j] == "PRP" and j > i + 1:
                break
            j += 1
        return j

    def _in_phrase(self, j: int, i: int, hi: int) -> bool:
        s = self.s
        return (
            (s.tag[j][0] in "NJDC" and s.tag[j] != "CC")
            or s.tag[j] in {"PRP$", "POS", "HYPH", "PRP"}
            or (s.low[j] in {"of", "for", "at"} and j > i + 1)
            or (s.word[j] == "." and j + 1 < hi)
            or (s.tag[j] == "VBN" and s.word[j - 1] == "-")
        )

    def _last_noun(self, lo: int, hi: int) -> int:
        """The last noun or pronoun before a preposition, else the first token."""
        s = self.s
        head = lo
        for k in range(lo, hi):
            if s.tag[k] == "IN":
                break
            if s.tag[k][0] == "N" or s.tag[k] == "PRP":
                head = k
        return head

    def right_before(self, i: int, lo: int, hi: int, *, loose: bool = False) -> Source | None:
        """A name right before a cue, where the parser lost the subject for want of a comma: "… SANA reported."."""
        s = self.s
        if s.tag[i] not in {"VBD", "VBZ"} or (not loose and any(s.tag[k][0] in "NVJP" for k in range(i + 1, hi))):
            return None
        allowed = PROPER | ({"NN", "NNS", "JJ", "POS"} if loose else set())
        k = i
        while k > lo and s.tag[k - 1] in allowed and s.low[k - 1] not in words("grammar", "days"):
            k -= 1
        if loose and k > lo and s.tag[k - 1] == "DT":
            k -= 1
        return ((k, i), i - 1) if k < i and s.tag[i - 1][0] == "N" else None


def _near(described: int, subjects: list[int], i: int) -> bool:
    """Whether the parser's subject stands at the description too, or in the name behind it."""
    return any(described <= subject < i for subject in subjects)
