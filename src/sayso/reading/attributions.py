"""Who says what: source, cue and content of every attribution (PARC 3.0 and PolNeAR terms).

The trained reader finds them, and rules over the parse do. Where both find one, the spans are the trained reader's, who
cuts as annotators cut; the rules say whose it is and what it does to what is said. What the rules alone find is kept
where plain speech tells of an event, or in a text that lost its commas: the reader learnt from news of politics.

By the rules, content is found by position more than by parse, since the parser hangs inverted quotes on the wrong word:
what a cue and its source leave of their sentence, on the side where the content stands.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from sayso.model import Stance
from sayso.reading.actors import ActorBook
from sayso.reading.content import QUOTES, ContentReader, Range
from sayso.reading.encoder.inference import Spoken
from sayso.reading.hearing import Heard, heard, trimmed
from sayso.reading.lexicon import words
from sayso.reading.saying import ATTITUDE, Reading
from sayso.reading.sources import SourceFinder
from sayso.reading.speakers import SpeakerReader
from sayso.reading.syntax import OPENING, Syntax
from sayso.reading.trailing import Source

NAMED_WITHIN = 5
"""Within this many sentences a report names the monitor that it described."""
QUOTE_REACH = 3
"""A quotation goes on for at most this many sentences without a word of who speaks."""
COMMAS, LONG = 0.02, 60
"""Commas a word, and words, from which a text is written as the trained reader's were: news has one in twenty words."""
MOSTLY = 0.7
"""The share of a sentence that must be quoted for it to go on with a quotation."""
STANCES: dict[str, Stance] = {"deny": "denies", "doubt": "uncertain"}
"""What a cue's lexicon entry makes of its content; all others assert it."""


class AttributionReader:
    """Reads the attributions of one report, in the order of the text, and names their speakers."""

    def __init__(
        self, syntax: Syntax, book: ActorBook, spoken: Sequence[Spoken] = (), acts: Container[int] = ()
    ) -> None:
        """``spoken`` is what the trained reader found; ``acts`` are the tokens that tell of events."""
        self.s = syntax
        self.book = book
        self._acts = acts
        commas = sum(word == "," for word in syntax.word)
        self._punctuated = commas >= COMMAS * len(syntax.word) >= COMMAS * LONG
        self._heard: dict[int, list[Heard]] = {}
        for one in heard(spoken, syntax):
            self._heard.setdefault(syntax.sentence_of[one.cue[0]], []).append(one)
        self._kinds: dict[str, str] = {}
        for kind in ("say", "deny", "doubt", "accuse"):
            for form in words("cues", kind):
                self._kinds.setdefault(form, kind)
        self.content = ContentReader(syntax, self._kinds)
        self.sources = SourceFinder(syntax)
        self.speakers = SpeakerReader(syntax, book)
        self.found: list[Reading] = []
        self._going_on: dict[int, tuple[Reading, Range]] = {}
        """Quoted sentences that were taken to go on with an attribution before them."""

    def read(self) -> list[Reading]:
        """All attributions, outer before inner."""
        for number in range(len(self.s.sentences)):
            self._sentence(number)
        for number, reading in enumerate(self.found):
            reading.number = number
        self._nest()
        self._name_described()
        return self.found

    def _soon_after(self, k: int) -> Iterator[Reading]:
        """The attributions of the next few sentences."""
        here = self.s.sentence_of[self.found[k].cue[0]]
        for n in range(k + 1, len(self.found)):
            away = self.s.sentence_of[self.found[n].cue[0]] - here
            if away > NAMED_WITHIN:
                return
            if away > 0:
                yield self.found[n]

    def _name_described(self) -> None:
        """A monitor whom the report describes, carried by nobody, is the one that it names soon after."""
        joined: dict[str, str] = {}
        for k, reading in enumerate(self.found):
            if reading.speaker is None or reading.speaker in joined or reading.via is not None:
                continue
            soon = (r.speaker for r in self._soon_after(k))
            named = next((who for who in soon if who and self.book.named_later(reading.speaker, who)), None)
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
        found = self._with_heard(found, number)
        self._carry(found)
        if any(r.kind != ATTITUDE for r in found):
            self._begun_before(found, number)
        else:
            found += self._continued_quote(lo, hi)
        self.found += found
        for reading in found:
            if reading.speaker:
                self.speakers.spoke(reading.cue[0], reading.speaker)

    def _verb(self, i: int, lo: int, hi: int, before: list[Reading]) -> list[Reading]:
        s = self.s
        kind = self._kinds[s.low[i]]
        thing = s.child(i, "dobj")
        if kind == "say" and thing is not None and s.low[thing] in words("cues", "no_content"):
            return []
        if self._brings(i) or self._unsaid(i) or self._looks_into(i, thing):
            return []
        passive = s.child(i, "auxpass", "nsubjpass") is not None
        if passive and s.low[i] != "quoted":
            return self._passive(i, lo, hi, kind)
        sources = self.sources.of(i, lo, hi, self._sources_of(before))
        if not sources:
            return []
        chunk_lo = min([i, *(r[0] for r, _ in sources)])
        chunk_hi = max([i + 1, *(r[1] for r, _ in sources)])
        told = self.speakers.told(i, chunk_hi)
        content = self._content(i, kind, lo, hi, chunk_lo, max(chunk_hi, told[1] if told else 0))
        if not content:
            return []
        via = told[0] if told else self._quoter(i)
        if kind == "say" and self._untrue(i, hi):
            kind = "deny"
        stance = self._stance(i, kind)
        made = []
        for source, head in sources:
            speaker = self.speakers.who(head, source)
            if speaker is not None:
                made.append(Reading((i, i + 1), source, content, kind, stance, speaker, via, object=thing, head=head))
        return made

    def _stance(self, i: int, kind: str) -> Stance:
        """What cue ``i`` makes of its content."""
        s = self.s
        vouched = kind == "deny" or s.low[i] in words("cues", "vouching")
        if vouched and s.child(i, "neg") is not None:
            # "does not deny the attack", "could not confirm the attack" neither deny nor assert it.
            return "uncertain"
        return "uncertain" if s.low[i] in words("cues", "suggesting") else STANCES.get(kind, "asserts")

    # With the trained reader ----------------------------------------------------------------------------------------

    def _with_heard(self, found: list[Reading], number: int) -> list[Reading]:
        """What the rules found in a sentence with what the trained reader found in it, in the order of the cues."""
        kept = list(found)
        for one in self._heard.get(number, []):
            same = [r for r in found if r.cue[0] < one.cue[1] and one.cue[0] < r.cue[1] and r.heard is None]
            for reading in same:
                reading.heard = one
            if not same:
                kept += self._only_heard(one)
        if self._heard:
            kept = [r for r in kept if r.heard is not None or self._counts(r)]
        return sorted(kept, key=lambda r: r.cue)

    def _counts(self, reading: Reading) -> bool:
        """Whether what the rules alone found is kept: plain speech of an event, or in a text without commas."""
        if reading.kind == "say" and self.s.low[reading.cue[0]] not in words("cues", "plainly"):
            return False
        return not self._punctuated or any(k in self._acts for lo, hi in reading.content for k in range(lo, hi))

    def _only_heard(self, one: Heard) -> list[Reading]:
        """The attributions of a cue that only the trained reader found, one for each of its speakers."""
        s = self.s
        lo, hi = one.cue
        verbs = (k for k in range(hi - 1, lo - 1, -1) if s.low[k] in self._kinds and s.tag[k][0] in "VN")
        i = next(verbs, next((k for k in range(lo, hi) if s.low[k] == "according"), None))
        if i is not None and self._brings(i):
            return []
        content = [trimmed(s, where) for where in one.content]
        if i is None or one.source is None or not one.heads:
            return [Reading(one.cue, one.source, content, ATTITUDE, "asserts", heard=one)]
        kind = self._kinds.get(s.low[i], "according") if self._speech(i) else ATTITUDE
        told = self.speakers.told(i, max(one.source[1], i + 1))
        made = []
        for head in one.heads:
            source = one.source if len(one.heads) == 1 else s.noun_phrase(head)
            speaker = self.speakers.who(head, one.source if len(one.heads) == 1 else None)
            reading = Reading((i, i + 1), source, content, kind, self._stance(i, kind), speaker, told and told[0])
            reading.object, reading.head, reading.heard = s.child(i, "dobj"), head, one
            reading.kind = ATTITUDE if speaker is None else kind
            made.append(reading)
        return made

    def _speech(self, i: int) -> bool:
        """Whether cue ``i`` says something: "condemned the attack" and "would not say" do not."""
        clause = any(self.s.dep[c] == "ccomp" for c in self.s.children[i])
        return not self._unsaid(i) and (clause or self.s.low[i] not in words("cues", "thinks"))

    def _content(self, i: int, kind: str, lo: int, hi: int, chunk_lo: int, chunk_hi: int) -> list[Range]:
        if i in self.sources.closing:
            before = self.content.trim(lo, chunk_lo)
            return [before] if before else []
        found = self.content.of(i, kind, lo, hi, chunk_lo, chunk_hi)
        if self.s.low[i] in words("cues", "vouching") and self.s.child(i, "neg") is not None:
            return [where for where in found if where[0] > i]  # "… but did not say how": nothing before it
        return found

    def _looks_into(self, i: int, thing: int | None) -> bool:
        """Whether something else than reports is investigated: "is investigating the attack" doubts no attack."""
        s = self.s
        if s.low[i] not in words("cues", "investigating"):
            return False
        return thing is None or s.low[thing] not in words("cues", "rumours")

    def _untrue(self, i: int, hi: int) -> bool:
        """ "Described the reports as untrue", "called the claims baseless": what is described is denied."""
        s = self.s
        if s.low[i] not in words("cues", "describing") | words("cues", "deeming"):
            return False
        behind = s.low[i + 1 : hi]
        return bool(words("cues", "untrue") & set(behind) and words("cues", "rumours") & set(behind))

    def _unsaid(self, i: int) -> bool:
        """Whether nothing is said: "declined to say", "it is hard to know"; "went on to say" is said."""
        s = self.s
        aux = s.child(i, "aux")
        if s.tag[i] in {"VBN", "VBD"} and s.dep[i] == "amod" and s.head[i] > i and s.word[i - 1] not in QUOTES | {","}:
            return True  # "the IS-claimed attacks", "repeated warnings"
        if s.low[i] in words("cues", "describing") and any(s.low[c] == "as" and c < i for c in s.children[i]):
            return True  # "as the rebels call it": a name for it, no claim of theirs
        if s.low[i] in words("cues", "adding_to") and (thing := s.child(i, "dobj")) is not None and thing > i:
            return s.tag[thing] in {"NN", "NNS"} and s.child(i, "ccomp") is None  # "the strikes add pressure"
        bare = s.tag[i] == "VB" and aux is not None and s.low[aux] == "to"
        return bare and s.low[s.head[i]] not in words("cues", "continuing")

    def _brings(self, i: int) -> bool:
        """Whether "quoted" only brings "as saying", which is the cue."""
        s = self.s
        prep = next((c for c in s.children[i] if s.low[c] == "as"), None)
        return prep is not None and any(s.low[c] in self._kinds and s.tag[c] == "VBG" for c in s.children[prep])

    def _quoter(self, i: int) -> str | None:
        """The medium that quotes: "X was quoted as saying by SANA", "SANA quoted X as saying"."""
        s = self.s
        verb = s.head[s.head[i]]
        if s.low[s.head[i]] != "as" or not self._brings(verb):
            return None
        agent = next((a for v in (i, verb) if (a := s.child(v, "agent")) is not None), None)
        by = s.child(agent, "pobj") if agent is not None else s.child(verb, "nsubj")
        if by is None or s.tag[by][0] != "N":
            return None
        actor = self.book.mention(by)
        return actor if self.book.is_media(actor) else None

    def _sources_of(self, readings: list[Reading]) -> list[tuple[Range, Source]]:
        return [(r.cue, (r.source, r.head)) for r in readings if r.source is not None and r.head is not None]

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
        end = max(self.sources.range(h)[1] for h in heads)
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
            source = self.sources.range(h) if h == first else s.noun_phrase(h)
            speaker = self.speakers.who(h)
            if speaker is not None:
                made.append(Reading((i, i + 2), source, content, "according", "asserts", speaker, head=h))
        return made

    def _passive(self, i: int, lo: int, hi: int, kind: str) -> list[Reading]:
        """ "The claim was denied by Brussels": the agent speaks, and what it speaks to stands before."""
        s = self.s
        agent = s.child(i, "agent")
        by = s.child(agent, "pobj") if agent is not None else None
        subject = s.child(i, "nsubjpass")
        if by is None or subject is None or kind not in {"deny", "doubt"}:
            return []
        speaker = self.speakers.who(by)
        if speaker is None:
            return []
        content = self.content.trim(s.left[subject], i)
        stance: Stance = "denies" if kind == "deny" else "uncertain"
        return [
            Reading(
                (i, i + 1), self.sources.range(by), [content] if content else [], kind, stance, speaker, object=subject
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
        """A sentence wholly inside a quotation that goes on from the one before it: the same speaker goes on."""
        s = self.s
        if not self.found or self.found[-1].speaker is None:
            return []
        last = self.found[-1]
        inside = s.word[lo] in OPENING or s.word[lo] in {'"', "``"} or s.quoted[lo]
        body = sum(s.quoted[k] for k in range(lo, hi))
        near = s.sentence_of[lo] - s.sentence_of[last.cue[0]] <= QUOTE_REACH
        content = self.content.trim(lo, hi) if inside and near and body >= MOSTLY * (hi - lo) else None
        if content is None:
            return []
        if last.stance == "asserts":
            last.content.append(content)
            self._going_on[s.sentence_of[lo]] = last, content
            return []
        return [Reading(last.cue, None, [content], "quote", "asserts", last.speaker, last.via)]

    def _begun_before(self, found: list[Reading], number: int) -> None:
        """A quotation that began in sentences before and whose speaker is named only now: '"A. B," he said.'"""
        s = self.s
        first = s.sentences[number][0]
        heard = next((r for r in found if r.content and r.content[0][0] <= first + 1 and r.covers(first + 1)), None)
        if heard is None or not s.quoted[first] or s.word[first] in OPENING:
            return
        begun: list[Range] = []
        for before in range(number - 1, max(-1, number - QUOTE_REACH - 1), -1):
            lo, hi = s.sentences[before]
            told = any(lo <= r.cue[0] < hi and r.kind != "quote" for r in self.found)
            if s.paragraph_of[lo] != s.paragraph_of[first] or not s.quoted[hi - 1] or told:
                break
            content = self.content.trim(lo, hi)
            if content is None or not s.quoted[content[0]]:
                break
            begun.insert(0, content)
            if before in self._going_on:
                other, where = self._going_on.pop(before)
                other.content.remove(where)
            if s.word[lo] in OPENING or not s.quoted[lo - 1]:
                break
        heard.content[:0] = begun

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
