"""Names as reporters spell them: one key for the spellings of one name.

The key is for looking up, never for showing: Deir el-Zour, Deir ez-Zor and Dayr az Zawr share one, and so do
Mayadeen and Al Mayādīn. The skeleton, the key's consonants, finds what the vowels still keep apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SUN = ("ad", "ar", "as", "ash", "at", "az", "an", "ed", "er", "es", "esh", "et", "ez", "en", "ush", "uz", "ath", "adh")
ARTICLES = frozenset(("al", "el", "il", "ul", "the", *_SUN))
"""Arabic articles with their sun-letter forms, and the English one."""

_ARABIC_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")
_SHORT = {"st": "saint", "ste": "saint", "mt": "mount", "ft": "fort", "abou": "abu", "bou": "abu"}
_MARKS = str.maketrans("", "", "'`’‘ʼʿʾ′´ʻ“”\".")
_WORD = re.compile(r"[a-z0-9]+")
_ASSIMILATED = re.compile(r"^[aeiu]l?(?=(?:([zrdtn])\1|ss(?!h)|shsh))")
_NISBA_END = re.compile(r"(?:iyy?[ae]h?|i[ae]h|iye?)$")
_LONG_I = re.compile(r"(?:[ae][iyj]|ee|ie)(?![aeiou])|y(?![aeiou])|e")
_LONG_U = re.compile(r"oo|ou|[aeo]w(?![aeiou])|au|o|uw(?=[aeiou])|w(?![aeiou])")
_DOUBLED = re.compile(r"(.)\1+")
_DIGRAPH = re.compile(r"([kgdtsc])h")


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """The name in lower-case ASCII letters and single spaces, without apostrophes or points."""
    if not name.isascii():
        from anyascii import anyascii

        # Marks go first: transliteration would turn an ayn into a quotation mark or a digit.
        name = anyascii(name.translate(_MARKS))
    return " ".join(_WORD.findall(name.translate(_MARKS).lower()))


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The key under which all usual spellings of a name meet; empty where it holds no letter or digit."""
    if not name.isascii():
        name = _ARABIC_ARTICLE.sub("", name)
    words = plain(name).split()
    kept = [w for w in words if w not in ARTICLES] or words
    many = len(words) > 1
    return "".join(_fold_word(_SHORT.get(w, w), many) for w in kept)


def _fold_word(word: str, inside: bool) -> str:
    if inside and len(word) > 4:
        word = _ASSIMILATED.sub("", word)
    word = _NISBA_END.sub("ia", word)
    if len(word) > 3 and word.endswith(("ah", "eh")):
        word = word[:-2] + "a"
    word = word.replace("q", "k").replace("ck", "k").replace("ph", "f").replace("dj", "j").replace("sch", "sh")
    word = _LONG_I.sub("i", word)
    word = _LONG_U.sub(lambda m: "w" if m[0] == "uw" else "u", word)
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=65536)
def skeleton(key: str) -> str:
    """The consonants of a folded key, a leading vowel kept as ``a``; emphatic and aspirated forms are merged."""
    bare = _DIGRAPH.sub(r"\1", key)
    body = "".join(c for c in bare[1:] if c not in "aeiouwyh")
    first = "a" if bare[:1] in "aeiou" else bare[:1]
    return _DOUBLED.sub(r"\1", first + body)
