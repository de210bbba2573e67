"""Lexicons of the reading: YAML that a domain expert can review, one file a layer and language, loaded once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

VOWELS = "aeiou"


@cache
def load_lexicon(name: str, language: str = "en") -> dict[str, Any]:
    """The entries of ``lexicons/NAME.LANGUAGE.yaml``, each with ``label``, ``help`` and its own lists of words."""
    text = files("sayso.reading").joinpath("lexicons", f"{name}.{language}.yaml").read_text(encoding="utf-8")
    entries: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return entries


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
    return frozenset({stem, plural, stem + "ed", stem + "ing"})


def verb_forms(verbs: list[str]) -> frozenset[str]:
    """All forms of all these verbs."""
    return frozenset(form for verb in verbs for form in inflect(verb))
