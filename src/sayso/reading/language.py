"""Which language each paragraph is in, so that no other language is read as if it were English.

English is recognised by its function words, other alphabets by their letters; the statistical classifier (py3langid)
is loaded only for paragraphs that neither settles, since it misjudges short English full of foreign names.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from sayso.errors import SaysoError
from sayso.model import Paragraph
from sayso.reading.headings import heading_ends

NAMES = {
    "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali",
    "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "ku": "Kurdish", "lt": "Lithuanian", "lv": "Latvian",
    "mk": "Macedonian", "ms": "Malay", "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai",
    "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""The languages that are told apart: ISO 639-1 code to English name."""

_SCRIPTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("arabic", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc", ("ar", "fa", "ku", "ps", "ur")),
    ("cyrillic", "\u0400-\u052f", ("ru", "be", "bg", "kk", "mk", "sr", "uk")),
    ("hebrew", "\u0590-\u05ff", ("he",)),
    ("greek", "\u0370-\u03ff", ("el",)),
    ("kana", "\u3040-\u30ff", ("ja",)),
    ("han", "\u3400-\u4dbf\u4e00-\u9fff", ("zh", "ja")),
    ("hangul", "\u1100-\u11ff\uac00-\ud7af", ("ko",)),
    ("devanagari", "\u0900-\u097f", ("hi", "ne")),
    ("bengali", "\u0980-\u09ff", ("bn",)),
    ("tamil", "\u0b80-\u0bff", ("ta",)),
    ("telugu", "\u0c00-\u0c7f", ("te",)),
    ("thai", "\u0e00-\u0e7f", ("th",)),
    ("georgian", "\u10a0-\u10ff", ("ka",)),
    ("armenian", "\u0530-\u058f", ("hy",)),
    ("ethiopic", "\u1200-\u137f", ("am",)),
)
_LATIN = tuple(sorted(NAMES.keys() - {code for _, _, codes in _SCRIPTS for code in codes} | {"en", "ku"}))
_OTHER_LETTERS = re.compile("[" + "".join(letters for _, letters, _ in _SCRIPTS) + "]")
_BY_SCRIPT = [(re.compile(f"[{letters}]"), codes) for _, letters, codes in _SCRIPTS]

_ENGLISH = re.compile(
    r"\b(?:the|and|of|was|were|said|that|with|from|which|has|have|had|been|by|for|after|at|is|are|be|as|it|its|he|his|"
    r"they|their|not|who|this|but|in|to|on|an?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")

MIN_LETTERS = 60
"""Paragraphs with fewer characters are too short for the classifier; they take the language of the one before."""

ENGLISH_SHARE = 0.08
"""Share of English function words from which a paragraph is English: in English news it is a quarter, in headlines a
tenth, in other languages next to nothing. Below it the classifier is asked."""

MARGIN = 20.0
"""How far (in log probability) the classifier must put another language before English."""

WRAP_WIDTH = 100
"""Longest line of text that was wrapped by hand, where a line's end is no paragraph's end."""


class Block(msgspec.Struct, frozen=True):
    """The offsets of one paragraph, without the white space around it."""

    start: int
    end: int


def read_paragraphs(text: str, start: int = 0, title: str | None = None) -> tuple[Paragraph, ...]:
    """The paragraphs of ``text`` from ``start`` on with their languages; where not English, ``read`` is false.

    Offsets are code points of ``text``. A blank line ends a paragraph; so does a line's end, unless lines are wrapped.
    A title and a filing date that were run together with the first sentence are paragraphs of their own.
    """
    blocks = _without_heading(text, split_paragraphs(text, start), title)
    if not blocks:
        return ()
    other_letters = _OTHER_LETTERS.search(text, start) is not None
    languages = [_language(text[block.start : block.end], other_letters) for block in blocks]
    return tuple(
        _paragraph(block, language) for block, language in zip(blocks, _inherited(languages, text[start:]), strict=True)
    )


def report_language(paragraphs: tuple[Paragraph, ...]) -> str:
    """The ISO 639-1 code of the language that most of a report is in; English where there is no paragraph."""
    lengths: Counter[str] = Counter()
    for paragraph in paragraphs:
        lengths[paragraph.language] += paragraph.end - paragraph.start
    return max(sorted(lengths), key=lambda code: lengths[code]) if lengths else "en"


def refuse_foreign(paragraphs: tuple[Paragraph, ...], name: str) -> None:
    """Raise ``SaysoError`` S302, naming the language, where no paragraph of the report ``name`` can be read."""
    if paragraphs and not any(paragraph.read for paragraph in paragraphs):
        raise SaysoError("S302", name=name, language=NAMES[report_language(paragraphs)])


def split_paragraphs(text: str, start: int = 0) -> list[Block]:
    """The paragraphs of ``text`` from ``start`` on, whatever their language."""
    blocks: list[list[Block]] = []
    previous = start
    for match in _LINE.finditer(text, start):
        line = match[0]
        block = Block(match.start() + len(line) - len(line.lstrip()), match.start() + len(line.rstrip()))
        if blocks and text.count("\n", previous, match.start()) == 1:
            blocks[-1].append(block)
        else:
            blocks.append([block])
        previous = match.end()
    paragraphs = []
    for lines in blocks:
        paragraphs += [Block(lines[0].start, lines[-1].end)] if _is_wrapped(text, lines) else lines
    return paragraphs


def is_other_language(words: str) -> bool:
    """Whether a sentence is in another language, as surely as a paragraph would be; short ones are not."""
    if _OTHER_LETTERS.search(words) and _script_languages(words):
        return True
    if len(words) < MIN_LETTERS or _ENGLISH.search(words):
        return False
    return _language(words, False) not in {None, "en"}


def _without_heading(text: str, blocks: list[Block], title: str | None) -> list[Block]:
    """The paragraphs, the first cut where its heading ends."""
    if not blocks:
        return blocks
    first, *others = blocks
    cuts = [first.start, *heading_ends(text, first.start, first.end, title), first.end]
    parts = [Block(lo, lo + len(text[lo:hi].rstrip())) for lo, hi in pairwise(cuts)]
    return [*parts, *others]


def _is_wrapped(text: str, lines: list[Block]) -> bool:
    """Whether lines were broken at a width: all are short, and most end in mid-sentence."""
    inner = lines[:-1]
    if not inner or any(line.end - line.start > WRAP_WIDTH for line in lines):
        return False
    return sum(text[line.end - 1] not in '.!?:"”’)' for line in inner) > len(inner) / 2


def _language(words: str, other_letters: bool) -> str | None:
    """The language of one paragraph; null where it is too short to tell."""
    if other_letters and (codes := _script_languages(words)):
        return codes[0] if len(codes) == 1 else _classify(words, codes)[0]
    if len(words) < MIN_LETTERS:
        return None
    share = len(_ENGLISH.findall(words)) / (len(_WORD.findall(words)) or 1)
    if share >= ENGLISH_SHARE:
        return "en"
    # The classifier learned from normally written text.
    language, margin = _classify(words.lower() if words.isupper() else words, _LATIN)
    return language if margin >= MARGIN else "en"


def _script_languages(words: str) -> tuple[str, ...] | None:
    """The languages of the script that most letters of ``words`` belong to; null where that is the Latin one."""
    others = _OTHER_LETTERS.findall(words)
    if len(others) * 2 <= sum(character.isalpha() for character in words):
        return None
    sample = "".join(others)
    counts = [(len(letters.findall(sample)), codes) for letters, codes in _BY_SCRIPT]
    count, codes = max(counts, key=lambda pair: pair[0])
    # Japanese mixes kana with more Han letters.
    return ("ja",) if codes == ("zh", "ja") and _BY_SCRIPT[4][0].search(sample) else codes[:1] if count < 20 else codes


def _inherited(languages: list[str | None], text: str) -> list[str]:
    """Every null replaced by the language before it, at the beginning by the one after it, else by the whole text's."""
    known = next((language for language in languages if language is not None), None) or _language_of_short(text)
    result = []
    for language in languages:
        known = language or known
        result.append(known)
    return result


def _language_of_short(text: str) -> str:
    """The language of a text that has only short paragraphs, taken as one."""
    return (_language(" ".join(text.split()), False) if len(text) >= MIN_LETTERS else None) or "en"


def _paragraph(block: Block, language: str) -> Paragraph:
    if language == "en":
        return Paragraph(start=block.start, end=block.end, language=language)
    reason = f"{NAMES[language]}; sayso reads English so far"
    return Paragraph(start=block.start, end=block.end, language=language, read=False, reason=reason)


def _classify(words: str, codes: tuple[str, ...]) -> tuple[str, float]:
    """The likeliest of ``codes``, and how far its log probability is before that of English (or of the second)."""
    ranked = [(code, score) for code, score in _classifier().rank(words[:2000]) if code in codes]
    language, best = ranked[0]
    other = next((score for code, score in ranked if code == "en"), ranked[1][1])
    return language, float(best - other)


@cache
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE)
    known = set(identifier.nb_classes)
    identifier.set_languages([code for code in NAMES if code in known])
    return identifier
