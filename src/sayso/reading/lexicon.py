"""Lexicons of the reading: YAML that a domain expert can review, one file a layer and language, loaded once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

VOWELS = "aeiou"
DOUBLING = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
"""Verbs of one syllable that double their last letter: "stop", "stopped"."""


@cache
def load_lexicon(name: str, language: str = "en") -> dict[str, Any]:
    """The entries of ``lexicons/NAME.LANGUAGE.yaml``, each with ``label``, ``help`` and its own lists of words."""
    text = files("sayso.reading").joinpath("lexicons", f"{name}.{language}.yaml").read_text(encoding="utf-8")
    entries: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return entries


@cache
def words(name: str, entry: str) -> frozenset[str]:
    """All words of one entry: its ``words`` and ``nouns`` as they stand, its ``verbs`` in all their forms."""
    row = load_lexicon(name)[entry]
    return frozenset(row.get("words", [])) | frozenset(row.get("nouns", [])) | verb_forms(row.get("verbs", []))


@cache
def phrases(name: str, entry: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of one entry, each as its words."""
    return tuple(tuple(phrase.split()) for phrase in load_lexicon(name)[entry]["phrases"])


@cache
def values(name: str, entry: str) -> dict[str, Any]:
    """The words of one entry that stands for something, each with what it stands for."""
    return dict(load_lexicon(name)[entry]["values"])


def inflect(verb: str) -> frozenset[str]:
    """The forms of an English verb. Irregular ones are written out in the lexicon: ``"say says said saying"``."""
    forms = verb.split()
    if len(forms) > 1:
        return frozenset(forms)
    stem = forms[0]
    if stem.endswith("e"):
        return frozenset({stem, stem + "s", stem + "d", stem[:-1] + "ing"})
    if stem.endswith("y") and stem[-2] not in VOWELS:
        return frozenset({stem, stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing"})
    plural = stem + ("es" if stem.endswith(("s", "sh", "ch", "x", "z")) else "s")
    base = stem + stem[-1] if DOUBLING.fullmatch(stem) else stem
    return frozenset({stem, plural, base + "ed", base + "ing"})


def verb_forms(verbs: list[str]) -> frozenset[str]:
    """All forms of all these verbs."""
    return frozenset(form for verb in verbs for form in inflect(verb))
