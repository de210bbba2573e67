"""Who says what: source, cue and content of every attribution (PARC 3.0 and PolNeAR terms), by rules over the parse.

Content is found by position more than by parse, since the parser hangs inverted quotes on the wrong word: what a cue
and its source leave of their sentence, on the side where the content stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.model import Attribution, Span, Stance
from sayso.reading.actors import ActorBook
from sayso.reading.content import FINITE, ContentReader, Range
from sayso.reading.lexicon import words
from sayso.reading.syntax import CLOSING, OPENING, Syntax

NAMED_WITHIN = 5
"""Within this many sentences a report names the monitor that it described."""
STANCES: dict[str, Stance] = {"deny": "denies", "doubt": "uncertain"}
"""What a cue's lexicon entry makes of its content; all others assert it."""


@dataclass(slots=True)
class Reading:
    """One attribution while it is read, in token ranges; ``kind`` is the lexicon entry of its cue."""

    cue: Range
    source: Range | None
    content: list[Range]
    kind: str
    stance: Stance
    speaker: str | None = None
    via: str | None = None
    within: int | None = None
    number: int = 0
    object: int | None = field(default=None)

    def covers(self, i: int) -> bool:
        """Whether token ``i`` lies in the content."""
        return any(lo <= i < hi for lo, hi in self.content)


class Coverage:
    """Which attribution's content holds a token: the innermost, looked up in constant time."""

    def __init__(self, readings: list[Reading]) -> None:
        self._at: dict[int, Reading] = {}
        for reading in sorted(readings, key=lambda r: -sum(hi - lo for lo, hi in r.content)):
            for lo, hi in reading.content:
                for i in range(lo, hi):
                    self._at[i] = reading
        self._together: dict[Range, list[Reading]] = {}
        for reading in readings:
            self._together.setdefault(reading.cue, []).append(reading)

    def at(self, i: int) -> Reading | None:
        """The innermost attribution whose content holds token ``i``; none in the report's own narration."""
        return self._at.get(i)

    def speakers(self, reading: Reading) -> list[Reading]:
        """The attributions of one cue with one content: "a monitor, state media and a spokesman said"."""
        if reading.source is None:
            return [reading]
        rows = self._together.get(reading.cue, [])
        return [r for r in rows if r.content == reading.content and r.source is not None] or [reading]


class AttributionReader:
    """Reads the attributions of one report, in the order of the text, and names their speakers."""

    def __init__(self, syntax: Syntax, book: ActorBook) -> None:
        self.s = syntax
        self.book = book
        self._kinds: dict[str, str] = {}
        for kind in ("say", "deny", "doubt", "accuse"):
            for form in words("cues", kind):
                self._kinds.setdefault(form, kind)
        self.content = ContentReader(syntax, self._kinds)
        self.found: list[Reading] = []

    def read(self) -> list[Reading]:
        """All attributions, outer before inner."""
        for number in range(len(self.s.sentences)):
            self._sentence(number)
        for number, reading in enumerate(self.found):
            reading.number = number
        self._nest()
        self._name_described()
        return self.found

    def _name_described(self) -> None:
        """A monitor whom the report describes, alone and carried by nobody, is the one that it names soon after."""
        joined: dict[str, str] = {}
        for k, reading in enumerate(self.found):
            alone = all(r.cue != reading.cue for r in (*self.found[max(0, k - 1) : k], *self.found[k + 1 : k + 2]))
            if reading.speaker is None or reading.speaker in joined or reading.via is not None or not alone:
                continue
            here = self.s.sentence_of[reading.cue[0]]
            later = (r for r in self.found[k + 1 :] if 0 < self.s.sentence_of[r.cue[0]] - here <= NAMED_WITHIN)
            named = next(
                (r.speaker for r in later if r.speaker and self.book.takes_up(reading.speaker, r.speaker)), None
            )
            if named is not None:
                joined[reading.speaker] = named
        for described, named in joined.items():
            self.book.join(described, named)
        for reading in self.found:
            reading.speaker = joined.get(reading.speaker or "", reading.speaker)

    # One sentence -------------------------------------------------------------------------------------------------

    def _sentence(self, number: int) -> None:
        lo, hi = self.s.sentences[number]
        found: list[Reading] = []
        for i in range(lo, hi):
            low = self.s.low[i]
            if low == "according" and i + 1 < hi and self.s.low[i + 1] == "to":
                found += self._according(i, lo, hi)
            elif low in self._kinds and self.s.tag[i].startswith("VB"):
                found += self._verb(i, lo, hi, found)
        self._carry(found)
        if not found:
            found = self._continued_quote(lo, hi)
        self.found += found
        for reading in found:
            if reading.speaker:
                self.book.last_speaker = reading.speaker

    def _verb(self, i: int, lo: int, hi: int, before: list[Reading]) -> list[Reading]:
        s = self.s
        kind = self._kinds[s.low[i]]
        thing = s.child(i, "dobj")
        if kind == "say" and thing is not None and s.low[thing] in words("cues", "no_content"):
            return []
        passive = s.child(i, "auxpass", "nsubjpass") is not None
        if passive and s.low[i] != "quoted":
            return self._passive(i, lo, hi, kind)
        sources = self._sources(i, lo, hi, before)
        if not sources:
            return []
        chunk_lo = min([i, *(r[0] for r, _ in sources)])
        chunk_hi = max([i + 1, *(r[1] for r, _ in sources)])
        told = self._told(i, chunk_hi)
        content = self.content.of(i, kind, lo, hi, chunk_lo, max(chunk_hi, told[1] if told else 0))
        if not content:
            return []
        via = told[0] if told else None
        stance: Stance = STANCES.get(kind, "asserts")
        if kind == "deny" and s.child(i, "neg") is not None:
            # "does not deny the attack" neither denies nor asserts it.
            stance = "uncertain"
        made = []
        for source, head in sources:
            speaker = self._speaker(head, source)
            if speaker is None:
                continue
            made.append(Reading((i, i + 1), source, content, kind, stance, speaker, via, object=s.child(i, "dobj")))
        return made

    def _sources(self, i: int, lo: int, hi: int, before: list[Reading]) -> list[tuple[Range, int]]:
        s = self.s
        subject = s.child(i, "nsubj", "nsubjpass")
        if subject is not None and subject > i and s.tag[subject][0] not in "NP":
            subject = None
        if subject is None and s.dep[i] in {"conj", "xcomp", "advcl", "acl", "dep"} and s.head[i] < i:
            owner = s.head[i]
            own = next((r for r in before if r.cue[0] <= owner < r.cue[1]), None)
            if own is not None and own.source is not None:
                return [
                    (r.source, self._head_of(r.source)) for r in before if r.cue == own.cue and r.source is not None
                ]
            if s.dep[i] == "acl" and s.tag[i] == "VBG" and s.tag[owner][0] == "N":
                subject = owner
            elif s.dep[i] != "acl":
                subject = s.child(owner, "nsubj", "nsubjpass")
        if subject is None or s.low[subject] in {"there"}:
            inverted = self._inverted(i, lo, hi) or self._right_before(i, lo, hi)
            return [inverted] if inverted else []
        if (
            subject < i
            and any(s.word[k] in CLOSING or s.word[k] == '"' for k in range(subject + 1, i))
            and (near := self._right_before(i, lo, hi, loose=True))
        ):
            # The parser took a subject from inside the quotation.
            return [near]
        heads = [h for h in s.conjuncts(subject) if h < i or subject > i]
        plausible = []
        for h in heads:
            if s.low[h] in words("actors", "nobody"):
                continue
            plausible.append((self._source_range(h), h))
        return plausible

    def _source_range(self, head: int) -> Range:
        s = self.s
        lo, hi = s.noun_phrase(head, full=True)
        for c in s.children[head]:
            if s.dep[c] == "appos" and c > head and c - head < 30:
                hi = max(hi, min(s.right[c] + 1, head + 30))
        return lo, hi

    def _head_of(self, source: Range) -> int:
        s = self.s
        for i in range(*source):
            if not source[0] <= s.head[i] < source[1] or s.head[i] == i:
                return i
        return source[1] - 1

    def _inverted(self, i: int, lo: int, hi: int) -> tuple[Range, int] | None:
        """The source that follows its cue: '"…," said the Observatory', whatever the parser made of it."""
        s = self.s
        if i == lo or s.tag[i] not in {"VBD", "VBZ", "VBP", "VBN"}:
            return None
        j = i + 1
        while j < hi and (
            (s.tag[j][0] in "NJDC" and s.tag[j] != "CC")
            or s.tag[j] in {"PRP$", "POS", "HYPH", "PRP"}
            or (s.low[j] in {"of", "for", "at"} and j > i + 1)
            or (s.word[j] == "." and j + 1 < hi)
            or (s.tag[j] == "VBN" and s.word[j - 1] == "-")
        ):
            if s.tag[j] == "PRP" and j > i + 1:
                break
            j += 1
        if j == i + 1 or (s.tag[i + 1] == "JJ" and j == i + 2):
            return None
        if j < hi and s.tag[j] in FINITE and s.word[j - 1] not in {","}:
            return None
        head = i + 1
        for k in range(i + 1, j):
            if s.tag[k] in {"IN"}:
                break
            if s.tag[k][0] == "N" or s.tag[k] == "PRP":
                head = k
        if s.tag[head][0] != "N" and s.tag[head] != "PRP":
            return None
        return (i + 1, j), head

    def _right_before(self, i: int, lo: int, hi: int, *, loose: bool = False) -> tuple[Range, int] | None:
        """A name right before a cue, where the parser lost the subject for want of a comma: "… SANA reported."."""
        s = self.s
        if s.tag[i] not in {"VBD", "VBZ"} or (not loose and any(s.tag[k][0] in "NVJP" for k in range(i + 1, hi))):
            return None
        allowed = {"NNP", "NNPS"} | ({"NN", "NNS", "JJ", "POS"} if loose else set())
        k = i
        while k > lo and s.tag[k - 1] in allowed and s.low[k - 1] not in words("grammar", "days"):
            k -= 1
        if loose and k > lo and s.tag[k - 1] == "DT":
            k -= 1
        return ((k, i), i - 1) if k < i and s.tag[i - 1][0] == "N" else None

    def _told(self, i: int, chunk_hi: int) -> tuple[str | None, int] | None:
        """The carrier in "told Reuters", and where its words end."""
        s = self.s
        if s.low[i] not in words("cues", "telling"):
            return None
        heads = [c for c in s.children[i] if s.dep[c] in {"dobj", "dative", "iobj"} and c > i]
        if not heads:
            heads = [chunk_hi] if chunk_hi < len(s.word) and s.tag[chunk_hi] in {"NNP", "NNS", "NNPS"} else []
        if not heads:
            return None
        lo, hi = s.noun_phrase(heads[0])
        if s.tag[heads[0]] in {"NNP", "NNPS"} or any(s.tag[k] == "NNP" for k in range(lo, hi)):
            return self.book.mention(heads[0]), hi
        return None, hi

    def _speaker(self, head: int, source: Range | None = None) -> str | None:
        s = self.s
        low = s.low[head]
        if low in words("grammar", "neuter") and (body := self._body_before(head)) is not None:
            return self.book.mention(body)
        if low in words("grammar", "pronouns"):
            return self.book.last_speaker
        if low in words("grammar", "relatives"):
            owner = next((a for a in s.ancestors(head) if s.dep[a] == "relcl"), None)
            return (
                self.book.mention(s.head[owner])
                if owner is not None and s.low[s.head[owner]] not in words("actors", "nobody")
                else None
            )
        if s.tag[head] in {"CD", "JJ", "DT", "WP", "WDT", "PRP", "EX"}:
            return None
        if low in words("cues", "nouns"):
            return self._behind_statement(head)
        return self.book.mention(head, source)

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

    def _behind_statement(self, head: int) -> str | None:
        """Whose statement it is: "a statement released by the army", "the ministry's statement"."""
        s = self.s
        owner = s.child(head, "poss")
        if owner is not None:
            return self.book.mention(owner)
        for c in s.children[head]:
            if s.dep[c] in {"acl", "relcl"}:
                agent = s.child(c, "agent")
                if agent is not None and (by := s.child(agent, "pobj")) is not None:
                    return self.book.mention(by)
            if s.dep[c] == "prep" and s.low[c] in {"by", "from", "of"} and (by := s.child(c, "pobj")) is not None:
                return self.book.mention(by)
        return self.book.last_speaker if s.low[head] != "report" else self.book.mention(head)

    # Other shapes -------------------------------------------------------------------------------------------------

    def _according(self, i: int, lo: int, hi: int) -> list[Reading]:
        s = self.s
        heads = []
        for k in range(i + 2, min(i + 12, hi)):
            if s.tag[k][0] == "N" and (s.dep[k] == "pobj" or k + 1 == hi or s.tag[k + 1][0] not in "NHP"):
                heads = [h for h in s.conjuncts(k) if h < hi]
                break
        if not heads:
            return []
        first = heads[0]
        end = max(self._source_range(h)[1] for h in heads)
        if i <= lo + 1 or s.word[i - 1] in {".", "-", "—"}:
            rest = self.content.trim(end, hi)
            # Without a comma the parser may draw the content into the source.
            content = [rest] if rest else []
        else:
            front, back = self.content.trim(lo, i), self.content.trim(end, hi)
            content = [front] if front else []
            if back and self.content.finite(back) and s.tag[back[0]] not in {"WDT", "WP", "WRB"}:
                content.append(back)
        if not content:
            return []
        made = []
        for h in heads:
            source = self._source_range(h) if h == first else s.noun_phrase(h)
            speaker = self._speaker(h)
            if speaker is not None:
                made.append(Reading((i, i + 2), source, content, "according", "asserts", speaker))
        return made

    def _passive(self, i: int, lo: int, hi: int, kind: str) -> list[Reading]:
        """ "The claim was denied by Brussels": the agent speaks, and what it speaks to stands before."""
        s = self.s
        agent = s.child(i, "agent")
        by = s.child(agent, "pobj") if agent is not None else None
        subject = s.child(i, "nsubjpass")
        if by is None or subject is None or kind not in {"deny", "doubt"}:
            return []
        speaker = self._speaker(by)
        if speaker is None:
            return []
        content = self.content.trim(s.left[subject], i)
        stance: Stance = "denies" if kind == "deny" else "uncertain"
        return [
            Reading(
                (i, i + 1), self._source_range(by), [content] if content else [], kind, stance, speaker, object=subject
            )
        ]

    def _carry(self, found: list[Reading]) -> None:
        """An agency named by "according to" beside another attribution carries that one, with no word of its own."""
        carriers = [r for r in found if r.kind == "according" and r.speaker and self.book.is_media(r.speaker)]
        others = [r for r in found if r not in carriers]
        if not carriers or not others:
            return
        for reading in others:
            reading.via = reading.via or carriers[0].speaker
        for carrier in carriers:
            found.remove(carrier)

    def _continued_quote(self, lo: int, hi: int) -> list[Reading]:
        """A sentence wholly inside a quotation that goes on from the one before it: the same speaker."""
        s = self.s
        if not self.book.last_speaker or not self.found:
            return []
        last = self.found[-1]
        inside = s.word[lo] in OPENING or s.word[lo] in {'"', "``"} or s.quoted[lo]
        body = sum(s.quoted[k] for k in range(lo, hi))
        near = s.sentence_of[lo] - s.sentence_of[last.cue[0]] <= 3
        if inside and near and body >= 0.7 * (hi - lo):
            content = self.content.trim(lo, hi)
            if content:
                return [Reading(last.cue, None, [content], "quote", "asserts", self.book.last_speaker, last.via)]
        return []

    def _nest(self) -> None:
        by_sentence: dict[int, list[Reading]] = {}
        for reading in self.found:
            for lo, _ in reading.content[:1]:
                by_sentence.setdefault(self.s.sentence_of[lo], []).append(reading)
        for reading in self.found:
            outer = [
                other
                for other in by_sentence.get(self.s.sentence_of[reading.cue[0]], [])
                if other.cue != reading.cue and other.covers(reading.cue[0])
            ]
            if outer:
                reading.within = min(outer, key=lambda r: sum(hi - lo for lo, hi in r.content)).number


def attribution_values(readings: list[Reading], s: Syntax) -> tuple[Attribution, ...]:
    """The readings as values, in spans of the text."""

    def spans(ranges: list[Range]) -> tuple[Span, ...]:
        return tuple(s.span(lo, hi) for lo, hi in ranges)

    return tuple(
        Attribution(
            id=f"t{r.number + 1}",
            source=spans([r.source] if r.source else []),
            cue=spans([r.cue]),
            content=spans(r.content),
            speaker=r.speaker,
            via=r.via,
            within=None if r.within is None else f"t{r.within + 1}",
            stance=r.stance,
        )
        for r in readings
    )
