"""The paragraphs of a text and what near-copies of them are found by: MinHash over three-word shingles.

Words are compared without case, accents and punctuation, so that a headline style, a curly quote or a comma changes
nothing. Nothing here knows the ledger.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    import numpy

SHINGLE_WORDS = 3
PERMUTATIONS = 128
FEWEST_WORDS = 20
"""A shorter paragraph is no evidence of copying by itself: two short notes may be alike and not copies."""
FEWEST_WORDS_BESIDE = 5
"""A short paragraph of at least these words counts as copied beside a longer one of the same report."""
MOST_WORDS = 100
"""A longer block is cut at the ends of sentences: outlets run an agency's paragraphs together."""
MOST_PARAGRAPHS = 200
"""How many paragraphs of one report are compared; the rest of a book-length text is not."""
INDEX_ROWS = 40
"""How many rows the index holds for one report at most."""
BANDS = 4
"""How many bands of a paragraph are indexed at most; a long report has fewer of each."""
BAND_ROWS = 2
"""Two paragraphs that share 80 % of their shingles meet in one band 64, in two 87, in four 98 times of 100."""

_SCHEME = "affine32"  # datasketch's; named, since values of different schemes cannot be compared
_WORD = re.compile(r"\w+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_GAP = re.compile(r"\s*\n\s*\n\s*|\Z")
_SENTENCE = re.compile(r"[.!?][\"”’')\]]*\s+|\n+|\Z")


class Paragraph(msgspec.Struct, frozen=True):
    """A stretch ``[start, end)`` of a text, code points, with its number of words and its MinHash, a byte a value.

    ``number`` is that of the block between blank lines, from 1; several pieces of a long block share it.
    """

    start: int
    end: int
    number: int
    words: int
    values: bytes


class Signature(msgspec.Struct, frozen=True):
    """What near-copies of one report are found by; ``bands`` are the rows of the index, 63-bit hashes."""

    paragraphs: tuple[Paragraph, ...]
    bands: tuple[int, ...]

    @property
    def words(self) -> int:
        """How many words the paragraphs have."""
        return sum(paragraph.words for paragraph in self.paragraphs)

    def packed(self) -> bytes:
        """The paragraphs as the ledger keeps them."""
        return msgspec.msgpack.encode(self.paragraphs)

    @staticmethod
    def unpacked(data: bytes) -> tuple[Paragraph, ...]:
        """The paragraphs that ``packed`` wrote."""
        return msgspec.msgpack.decode(data, type=tuple[Paragraph, ...])


def sign(text: str, start: int = 0) -> Signature | None:
    """The signature of a text's prose, which begins at ``start``; ``None`` where no paragraph is long enough."""
    paragraphs: list[Paragraph] = []
    bands: list[list[int]] = []
    for number, left, right in split(text, start):
        words = words_of(text[left:right])
        if len(words) >= FEWEST_WORDS_BESIDE and len(paragraphs) < MOST_PARAGRAPHS:
            values = _min_hashes(shingles(words))
            paragraphs.append(Paragraph(left, right, number, len(words), bytes(value & 0xFF for value in values)))
            if len(words) >= FEWEST_WORDS:
                bands.append(_bands(values))
    return Signature(tuple(paragraphs), tuple(_within_budget(bands))) if bands else None


def split(text: str, start: int = 0) -> Iterator[tuple[int, int, int]]:
    """The paragraphs of ``text`` from ``start`` on, each with its number in the text; blank ones left out.

    Long blocks are cut at the ends of sentences.
    """
    number = left = 0
    for gap in _GAP.finditer(text):
        if text[left : gap.start()].strip():
            number += 1
            begun = max(left, start)
            if text[begun : gap.start()].strip():
                yield from ((number, *piece) for piece in _cut(text, begun, gap.start()))
        left = gap.end()


def words_of(text: str) -> list[str]:
    """The words as they are compared: lower case, without accents and punctuation."""
    plain = text.casefold()
    if not plain.isascii():
        plain = _BEYOND_ASCII.sub(_without_accents, unicodedata.normalize("NFKD", plain))
    return _WORD.findall(plain)


def _without_accents(found: re.Match[str]) -> str:
    return "".join(letter for letter in found[0] if not unicodedata.combining(letter))


def shingles(words: Sequence[str]) -> frozenset[str]:
    """The runs of three words; the whole where it is shorter."""
    runs = range(max(1, len(words) - SHINGLE_WORDS + 1))
    return frozenset(" ".join(words[at : at + SHINGLE_WORDS]) for at in runs)


def share(one: str, other: str) -> float:
    """How much of one paragraph stands in another: the part of its three-word runs, 0 to 1."""
    mine, theirs = _run_set(one), _run_set(other)
    return len(mine & theirs) / len(mine)


@lru_cache(maxsize=512)
def _run_set(text: str) -> frozenset[tuple[str, ...]]:
    """What ``shingles`` gives, without building a text of each."""
    words = words_of(text)
    if len(words) < SHINGLE_WORDS:
        return frozenset([tuple(words)])
    return frozenset(zip(*(words[at:] for at in range(SHINGLE_WORDS)), strict=False))


def likely_shares(ones: Sequence[Paragraph], others: Sequence[Paragraph]) -> numpy.ndarray[Any, Any]:
    """An estimate of ``share`` for every pair of paragraphs, from their MinHash alone; rows are ``ones``."""
    import numpy

    mine, theirs = _matrix(ones), _matrix(others)
    met = (mine[:, None, :] == theirs[None, :, :]).mean(axis=2)
    # Of 256 byte values, one fits by chance.
    common = numpy.clip((met - 1 / 256) / (1 - 1 / 256), 0, 1)
    sizes = numpy.array([[_runs(one)] for one in ones]), numpy.array([[_runs(other) for other in others]])
    found: numpy.ndarray[Any, Any] = common * (sizes[0] + sizes[1]) / ((1 + common) * sizes[0])
    return found


def _runs(paragraph: Paragraph) -> int:
    return max(1, paragraph.words - SHINGLE_WORDS + 1)


def _matrix(paragraphs: Sequence[Paragraph]) -> numpy.ndarray[Any, Any]:
    import numpy

    joined = b"".join(paragraph.values for paragraph in paragraphs)
    return numpy.frombuffer(joined, dtype=numpy.uint8).reshape(len(paragraphs), PERMUTATIONS)


def _cut(text: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """A block as it is, or, where it is long, in runs of whole sentences of at least ``FEWEST_WORDS`` words."""
    if len(_WORD.findall(text, left, right)) <= MOST_WORDS:
        yield left, right
        return
    parts: list[tuple[int, int]] = []
    begun = left
    for stop in _SENTENCE.finditer(text, left, right):
        end = stop.start() + len(stop[0].rstrip())
        if len(_WORD.findall(text, begun, end)) >= FEWEST_WORDS:
            parts.append((begun, end))
            begun = stop.end()
    if text[begun:right].strip():
        # A short rest belongs with what it follows.
        if parts:
            parts[-1] = (parts[-1][0], right)
        else:
            parts.append((left, right))
    yield from parts


@cache
def _permutations() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=1, scheme=_SCHEME).permutations


def _min_hashes(runs: frozenset[str]) -> list[int]:
    from datasketch import MinHash

    hashed = MinHash(num_perm=PERMUTATIONS, seed=1, scheme=_SCHEME, permutations=_permutations())
    hashed.update_batch([run.encode() for run in runs])
    values: list[int] = hashed.hashvalues.tolist()
    return values


def _bands(values: Sequence[int]) -> list[int]:
    found = []
    for band in range(BANDS):
        part = values[band * BAND_ROWS : (band + 1) * BAND_ROWS]
        digest = hashlib.blake2b(repr((band, part)).encode(), digest_size=8).digest()
        found.append(int.from_bytes(digest, "big") >> 1)  # 63 bits: databases' integers are signed
    return found


def _within_budget(bands: Sequence[Sequence[int]]) -> list[int]:
    """The bands to index: as many of each paragraph as the budget allows; of too many paragraphs, the lowest hashes.

    The lowest, since two texts that share paragraphs then choose the same ones.
    """
    of_each = max(1, min(BANDS, INDEX_ROWS // len(bands)))
    return sorted({band for part in bands for band in part[:of_each]})[:INDEX_ROWS]
