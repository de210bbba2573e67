"""Scores the actor base: codes of PETRARCH's unit sentences and of PLOVER's gold records, sides of UCDP's events.

PETRARCH's sentences are about invented countries; each is read as a real one with the same grammar ("Arnorian" as
"Norwegian"), and what its own test dictionary alone knows (hobbits, orcs) is left out. Nothing of a test set is kept.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from sayso.errors import SaysoError
from sayso.knowledge.actor_records import ActorDescription, ActorRecord
from sayso.knowledge.actors import ActorBase

SENTENCES = "petrarch2/PETR.UnitTest.records.xml"
EVENTS = "ucdp/ged_syria.csv.gz"
RECORDS = "plover/PLOVER_GSR_CAMEO.txt"

STANDS_IN = {
    "Gondor": ("Greece", "GON", "GRC"),
    "Minas Tirith": ("Athens", "GON", "GRC"),
    "Arnorian": ("Norwegian", "ARN", "NOR"),
    "Arnor": ("Norway", "ARN", "NOR"),
    "Osgiliath": ("Portugal", "OSG", "PRT"),
    "Eriadorian": ("Irish", "ERI", "IRL"),
    "Eriadori": ("Irish", "ERI", "IRL"),
    "Eriador": ("Ireland", "ERI", "IRL"),
    "Mordor": ("Mongolia", "MOR", "MNG"),
    "Bree": ("Belgium", "BRE", "BEL"),
    "Calenardhon": ("Canada", "CAL", "CAN"),
    "Fornost": ("Finland", "FOR", "FIN"),
    "Ithilen": ("Italy", "ITH", "ITA"),
    "Dagolathi": ("Estonian", "DAG", "EST"),
    "Dagolath": ("Estonia", "DAG", "EST"),
    "Rohans": ("Romanians", "ROH", "ROU"),
    "Rohan": ("Romania", "ROH", "ROU"),
}
"""An invented name: the real one it is read as, its code in the test and the real country's code."""

_REAL = {"USA", "LBY", "ETH", "PHL", "FRA", "PRK", "KOR", "PAK", "DNK", "CAF", "RUS", "AFG", "AUS", "IGO", "IMG"}
_AS_ISO = {"JAP": "JPN", "ITL": "ITA", "CIV": "CIV"}
LONGEST = 8
"""Words of the longest mention that is looked for."""

_WORD = re.compile(r"[\w.'’-]*\w")
_INVENTED = re.compile(r"\b(" + "|".join(sorted(STANDS_IN, key=len, reverse=True)) + r")\b")
_FROM = re.compile(r" (?:in|of|from) (?:the |south |north |east |west )?")
_PAST = re.compile(r"\b(?!armed|allied|displaced|wounded|suspected|masked|unidentified|retired|exiled)[a-z]{2,}ed\b")
_OUTSIDE = frozenset(
    (
        *("is", "are", "was", "were", "will", "would", "has", "have", "had", "be", "been", "said", "and", "or", "not"),
        *("about", "to", "with", "on", "by", "as", "at", "after", "for", "its", "their", "it", "a", "an", "almost"),
        *("that", "who", "which"),
    )
)
"""Words that no mention of an actor holds here: verbs, conjunctions and what begins another phrase."""


class CodeScores(msgspec.Struct, frozen=True):
    """Of the codes of a set's actors: how many the base gives in full, and how many in country and first role."""

    sentences: int
    codes: int
    full: float
    country_and_role: float


class SideScores(msgspec.Struct, frozen=True):
    """Of the names of the sides: how many are known, of the distinct ones and of all; dyads with both sides known."""

    strings: int
    resolved: float
    weighted: float
    dyads: float


class RecordScores(msgspec.Struct, frozen=True):
    """Of the actor texts of gold records: how many are known, and the share of right countries and sectors of all."""

    actors: int
    known: float
    country: float
    sectors: int
    sector: float


def score(folder: Path, base: ActorBase | None = None) -> dict[str, float | int]:
    """All figures by name of the test sets that lie in a folder (``petrarch2``, ``ucdp``, ``plover``).

    Raises SaysoError S707 where there is none of them.
    """
    base = base or ActorBase.open()
    figures: dict[str, float | int] = {}
    for name, file, scorer in (
        ("petrarch", SENTENCES, sentences),
        ("ucdp", EVENTS, sides),
        ("plover", RECORDS, records),
    ):
        if (folder / file).exists():
            scores = scorer(folder / file, base)
            figures |= {f"{name}.{field}": getattr(scores, field) for field in scores.__struct_fields__}
    if not figures:
        raise SaysoError("S707", path=folder)
    return figures


def sentences(path: Path, base: ActorBase) -> CodeScores:
    """The codes of PETRARCH's unit sentences, against those of the actors that the base finds in each."""
    coded = [(text, gold) for text, gold in _coded(path) if gold]
    full = part = total = 0
    for text, gold in coded:
        found = {code for actor in mentions(text, base) if (code := actor.codes.get("cameo"))}
        parts = {code[:6] for code in found}
        total += len(gold)
        full += len(gold & found)
        part += sum(code[:6] in parts for code in gold)
    return CodeScores(len(coded), total, _share(full, total), _share(part, total))


def sides(path: Path, base: ActorBase) -> SideScores:
    """The sides of UCDP's events in Syria."""
    seen: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            seen.update((row["side_a"], row["side_b"]))
            pairs[row["side_a"], row["side_b"]] += 1
    known = {name for name in seen if base.parties(name, "SYR") or base.describe(name)}
    both = sum(a in known and b in known for a, b in pairs)
    weight = sum(count for name, count in seen.items() if name in known)
    return SideScores(len(seen), _share(len(known), len(seen)), _share(weight, seen.total()), _share(both, len(pairs)))


def records(path: Path, base: ActorBase) -> RecordScores:
    """The actors of PLOVER's gold records: country code and sector of each actor's words."""
    known = country = sector = sectors = total = 0
    for text, code, role in _actors(path):
        total += 1
        sectors += bool(role)
        found = base.resolve(text)
        if found is None:
            continue
        known += 1
        place = {"igo": "IGO", "ngo": "NGO"}.get(found.kind) or found.country
        country += place == _AS_ISO.get(code, code)
        sector += bool(role) and found.codes.get("plover") == role
    return RecordScores(total, _share(known, total), _share(country, total), sectors, _share(sector, sectors))


def mentions(text: str, base: ActorBase) -> list[ActorRecord | ActorDescription]:
    """The actors that a sentence names or describes, the longest words first, from left to right."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    found: list[ActorRecord | ActorDescription] = []
    i = 0
    while i < len(words):
        for j in range(min(i + LONGEST, len(words)), i, -1):
            actor = _actor(text[words[i][0] : words[j - 1][1]], base)
            if actor is not None:
                found.append(actor)
                i = j - 1
                break
        i += 1
    return found


def _actor(piece: str, base: ActorBase) -> ActorRecord | ActorDescription | None:
    piece = piece.removesuffix("'s").removesuffix("’s")
    words = piece.split()
    if any(mark in piece for mark in ",;:") or _OUTSIDE & {w.lower() for w in words} or words[-1] in ("the", "of"):
        return None
    named = base.lookup(piece) if piece[:1].isupper() or words[0] == "the" else None
    return named or (base.describe(piece) if _is_phrase(piece) else None)


def _is_phrase(piece: str) -> bool:
    """Whether words are one noun phrase, with or without where its people are from: "lawmakers in Finland"."""
    head, *tails = _FROM.split(piece)
    return not _PAST.search(head) and all(w[:1].isupper() for tail in tails for w in tail.split())


def _coded(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Sentences with real names for the invented ones, and the codes that are of real or stood-in countries."""
    source = re.sub(r"<!--.*?-->", "", path.read_text("utf-8", "replace"), flags=re.S)
    real = {code: iso for _, code, iso in STANDS_IN.values()}
    for sentence in re.finditer(r"<Sentence\b[^>]*>(.*?)</Sentence>", source, re.S):
        text = re.search(r"<Text>(.*?)</Text>", sentence[1], re.S)
        if text is None:
            continue
        words = _INVENTED.sub(lambda m: STANDS_IN[m[1]][0], " ".join(text[1].split()))
        given = re.findall(r'(?:source|target)code\s*=\s*"([A-Z]+)"', sentence[1])
        yield words, {real.get(c[:3], c[:3]) + c[3:] for c in given if c[:3] in real or c[:3] in _REAL}


def _actors(path: Path) -> Iterator[tuple[str, str, str]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    for row in rows:
        for side in ("source", "target"):
            for actor in row.get(side) or () if isinstance(row.get(side), list) else ():
                code, text = actor.get("code"), actor.get("actorText")
                if code and text:
                    role = actor.get("sector") or ""
                    yield text, code, role if role.isupper() else ""


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
