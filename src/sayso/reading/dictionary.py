"""Which words English has, by kind: the lemma tables (WordNet's) of the language model, and the bundled reports."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from sayso.examples import report_paths
from sayso.reading.syntax import language_model

KINDS = ("noun", "verb", "adj", "adv")
ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness")
PREFIXES = ("un", "re", "non", "anti")


def is_word(word: str) -> bool:
    """Whether a word in small letters is written small in the bundled reports, or English has it as any kind."""
    return word in written_small() or holds(word, *KINDS)


@cache
def holds(word: str, *kinds: str) -> bool:
    """Whether the lemma tables have the word, or what it is an inflected form of, as one of these kinds (``KINDS``)."""
    known = _lemmas(*kinds)
    if word in known:
        return True
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and _stems(stem, ending) & known:
            return True
    if word.endswith("men") and f"{word[:-3]}man" in known:
        return True
    return any(word.removeprefix(prefix) in known for prefix in PREFIXES if word.startswith(prefix))


def _stems(stem: str, ending: str) -> set[str]:
    """What a form may be of, without its ending: "stopp-" of "stop", "parti-" of "party", "seiz-" of "seize"."""
    if ending == "s":
        return {stem}
    found = {stem, f"{stem}e", stem[:-1] if stem[-1] == stem[-2] else stem}
    return found | {f"{stem[:-1]}y"} if stem.endswith("i") else found


@cache
def written_small() -> frozenset[str]:
    """Words that the bundled reports (public domain) write small at least as often as large, inside a sentence."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for path in report_paths():
        for word in re.findall(r"(?<=[a-z,;] )[A-Za-z]+", path.read_text(encoding="utf-8").partition("\n\n")[2]):
            (small if word.islower() else large)[word.lower()] += 1
    return frozenset(w for w in small if small[w] >= large[w])


@cache
def _lemmas(*kinds: str) -> frozenset[str]:
    """Base and irregular forms of English words of some kinds in the language model's lemma tables."""
    from spacy.lookups import Lookups

    tables = Lookups().from_disk(language_model().path / "lemmatizer" / "lookups")
    return frozenset(w for name in ("lemma_index", "lemma_exc") for kind in kinds for w in tables.get_table(name)[kind])
