"""Words that tell of events, found by lexicon and typed by the weapon and the manner named beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.reading.lexicon import inflect, load_lexicon, words
from sayso.reading.syntax import NOUN_TAGS, Syntax
from sayso.reading.valency import Valency

NOUN_DEPS = frozenset({"pobj", "dobj", "nsubj", "nsubjpass", "conj", "attr", "compound"})
OPEN, LAUNCH, KILL, WOUND, SHOOT, ANAPHORIC = "open", "launch", "kill", "wound", "shoot", "anaphoric"
HARM = frozenset({KILL, WOUND})
"""Entries that tell no more than a toll."""
TAKEN = "territory_taken"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One mention of an event: tokens ``[lo, hi)``, its head, its lexicon entry, and the type read around it."""

    lo: int
    hi: int
    head: int
    entry: str
    type: str
    noun: bool
    weapon: tuple[int, int] | None = None


@cache
def _table() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """First word to (all words, lexicon entry, part of speech), longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}

    def put(phrase: str, entry: str, pos: str) -> None:
        parts = tuple(phrase.lower().replace("-", " - ").split())
        table.setdefault(parts[0], []).append((parts, entry, pos))

    for entry, row in load_lexicon("triggers").items():
        for noun in row.get("nouns") or []:
            put(noun, entry, "noun")
            put(plural(noun), entry, "noun")
        for verb in row.get("verbs") or []:
            for form in inflect(verb):
                put(form, entry, "verb")
        for phrase in row.get("phrases") or []:
            put(phrase, entry, "phrase")
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


@cache
def _weapons() -> dict[str, list[tuple[tuple[str, ...], str | None]]]:
    table: dict[str, list[tuple[tuple[str, ...], str | None]]] = {}
    for row in load_lexicon("weapons").values():
        for word in row["words"]:
            for form in (word, plural(word)):
                parts = tuple(form.lower().replace("-", " - ").split())
                table.setdefault(parts[0], []).append((parts, row["type"]))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


def plural(noun: str) -> str:
    """The regular plural of an English noun or compound."""
    if noun.endswith(("s", "sh", "ch", "x")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon named in tokens ``[lo, hi)`` and the type of an attack with it (none where it may be any)."""

    lo: int
    hi: int
    type: str | None


def find_weapons(s: Syntax) -> list[Weapon]:
    """All weapons named in a report, longest match first, in order."""
    found: list[Weapon] = []
    table = _weapons()
    i = 0
    while i < len(s.word):
        row = next((r for r in table.get(s.low[i], ()) if tuple(s.low[i : i + len(r[0])]) == r[0]), None)
        if row is None or (s.tag[i].startswith("VB") and s.low[i] in words("triggers", "weapon_verbs")):
            i += 1
            continue
        found.append(Weapon(i, i + len(row[0]), row[1]))
        i += len(row[0])
    return found


def find_triggers(s: Syntax, weapons: list[Weapon], ground: frozenset[int] = frozenset()) -> list[Trigger]:
    """All triggers of a report, in order, not overlapping; ``ground`` holds the tokens of its places."""
    found: list[Trigger] = []
    table, valency = _table(), Valency(s, ground)
    by_sentence: dict[int, list[Weapon]] = {}
    for weapon in weapons:
        by_sentence.setdefault(s.sentence_of[weapon.lo], []).append(weapon)
    i = 0
    while i < len(s.word):
        match = next(
            (r for r in table.get(s.low[i], ()) if tuple(s.low[i : i + len(r[0])]) == r[0] and _fits(s, i, r, valency)),
            None,
        )
        if match is None:
            i += 1
            continue
        phrase, entry, pos = match
        hi = i + len(phrase)
        noun = pos == "noun"
        head = _head_noun(s, i, hi) if noun else next((k for k in range(i, hi) if s.tag[k].startswith("VB")), hi - 1)
        entry = load_lexicon("triggers")[entry].get("type", entry)
        kind, means = _type(s, entry, i, hi, head, noun, by_sentence.get(s.sentence_of[i], []))
        if kind is not None:
            lo = _with_weapon(s, i, means) if noun else i
            found.append(Trigger(lo, hi, head, entry, kind, noun, means))
        i = hi
    return found


def _head_noun(s: Syntax, lo: int, hi: int) -> int:
    """The last word of a noun phrase before an "of": "cessation of hostilities"."""
    return next((k - 1 for k in range(lo + 1, hi) if s.low[k] == "of"), hi - 1)


def _with_weapon(s: Syntax, i: int, weapon: tuple[int, int] | None) -> int:
    return weapon[0] if weapon is not None and 0 < i - weapon[0] <= 3 and weapon[1] <= i else i


def _fits(s: Syntax, i: int, row: tuple[tuple[str, ...], str, str], valency: Valency) -> bool:
    """Whether the words at token ``i`` are used as the entry means them."""
    phrase, entry, pos = row
    last = i + len(phrase) - 1
    if s.sentence_of[last] != s.sentence_of[i]:
        return False
    if pos == "phrase":
        return True
    fits = _fits_verb(s, last, entry) if pos == "verb" else _fits_noun(s, last, entry)
    needs = load_lexicon("triggers")[entry].get("needs")
    return fits and (needs is None or valency.meets(last, needs))


def _fits_verb(s: Syntax, i: int, entry: str) -> bool:
    participle = entry in {OPEN, LAUNCH} and s.dep[i] == "amod"
    unarmed = s.low[i] in words("triggers", "using") and not _object_weapon(s, i)
    return s.is_verb(i) and not participle and not unarmed


def _fits_noun(s: Syntax, i: int, entry: str) -> bool:
    tag, dep, head = s.tag[i], s.dep[i], s.head[i]
    if tag not in NOUN_TAGS and not _stands_as_noun(s, i):
        return False
    if dep in {"compound", "amod", "nmod"} and head > i and s.tag[head] in NOUN_TAGS:
        # "attack helicopter", "strike group": the head is something else, unless it is a trigger word itself.
        return entry not in {OPEN, ANAPHORIC} and s.low[head] not in words("triggers", "not_of_attack")
    if words("triggers", "peaceful") & {s.low[c] for c in s.children[i]}:
        # "a hunger strike", "a heart attack"
        return False
    return not (i + 1 < len(s.low) and s.low[i + 1] in words("triggers", "not_after_attack"))


def _stands_as_noun(s: Syntax, i: int) -> bool:
    """Whether a word that is tagged as verb or adjective stands where a noun does."""
    tag, dep = s.tag[i], s.dep[i]
    if tag == "VBG":
        # "militants fighting in Syria": who they are, not what happened.
        return dep in (NOUN_DEPS - {"conj"} if s.low[i] == "fighting" else NOUN_DEPS | {"pcomp", "ROOT"})
    return tag == "JJ" or (tag in {"VB", "VBP"} and dep in NOUN_DEPS)


def _object_weapon(s: Syntax, i: int) -> bool:
    thing = s.child(i, "dobj", "nsubjpass")
    if thing is None:
        return False
    lo, hi = s.noun_phrase(thing)
    return any(s.low[k] in _weapons() for k in range(lo, hi)) or any(
        s.low[k] in words("triggers", "weapons_at_large") for k in range(lo, hi)
    )


def _type(
    s: Syntax, entry: str, lo: int, hi: int, head: int, noun: bool, weapons: list[Weapon]
) -> tuple[str | None, tuple[int, int] | None]:
    """The type of a trigger and the weapon that decides it; no type where the word tells of no event."""
    near = _near_weapon(s, lo, hi, head, noun, weapons)
    kind = _kind(s, entry, head, noun, near)
    return kind, (near.lo, near.hi) if near is not None and kind is not None else None


def _kind(s: Syntax, entry: str, head: int, noun: bool, near: Weapon | None) -> str | None:
    by = near.type if near is not None else None
    if entry == LAUNCH:
        return _launched(s, head, near)
    if entry == SHOOT:
        hit = s.child(head, "dobj", "nsubjpass", "prep") is not None
        return "armed_attack" if hit or (s.dep[head] == "acl" and s.tag[head] == "VBN") else None
    if entry == OPEN:
        return _open(s, head, noun, by)
    if entry in HARM:
        return by or "armed_attack"
    if s.low[head] in words("triggers", "capturing"):
        return _captured(s, head)
    if (entry, by) in {("bombing", "suicide_bombing"), ("shelling", "chemical_attack")}:
        return by
    return "other_violence" if entry == ANAPHORIC else entry


def _captured(s: Syntax, head: int) -> str:
    """ "Captured the town", "captured two soldiers", "seized weapons"."""
    thing = s.child(head, "dobj", "nsubjpass")
    if thing is not None and s.low[thing] in words("triggers", "prisoners"):
        return "arrest"
    return "weapons_seized" if thing is not None and s.low[thing] in words("triggers", "arms") else TAKEN


def _launched(s: Syntax, head: int, near: Weapon | None) -> str | None:
    """ "Fired rockets" is an event; "fired from his job" and "launched warplanes" are none."""
    if near is None:
        return "armed_attack" if s.low[head] in words("triggers", "firing") and _fires_on(s, head) else None
    aircraft = near.type in {"airstrike", "small_arms"} and s.low[near.hi - 1] in words("triggers", "air_means")
    return None if aircraft and s.low[head] in words("triggers", "launching") else near.type or "shelling"


def _open(s: Syntax, head: int, noun: bool, by: str | None) -> str:
    """An open word is what its weapon makes it; bombs without a weapon are dropped, or were planted."""
    if s.low[head] in words("triggers", "bombs") and by in {None, "bombing"}:
        return "bombing" if noun else "airstrike"
    return by or ("bombing" if s.low[head] in words("triggers", "blasts") else "armed_attack")


def _fires_on(s: Syntax, head: int) -> bool:
    return any(s.dep[c] == "prep" and s.low[c] in words("triggers", "fired_on") for c in s.children[head])


def _is_hit(s: Syntax, weapon: int, head: int) -> bool:
    """ "The helicopter came under fire", "was hit": an aircraft that suffers the attack is not its means."""
    suffers = s.dep[weapon] == "nsubj" and s.low[head] in words("triggers", "suffering")
    return suffers or (s.low[weapon] in words("triggers", "aircraft_hit") and s.dep[weapon] in {"nsubjpass", "dobj"})


def _near_weapon(s: Syntax, lo: int, hi: int, head: int, noun: bool, weapons: list[Weapon]) -> Weapon | None:
    """The weapon of a trigger: in its noun phrase, its object or subject, or behind "with", "by", "using"."""
    best: tuple[int, Weapon] | None = None
    for weapon in weapons:
        cost = _distance(s, weapon, lo, hi, head, noun)
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, weapon)
    return best[1] if best else None


def _distance(s: Syntax, weapon: Weapon, lo: int, hi: int, head: int, noun: bool) -> int | None:
    last = weapon.hi - 1
    if weapon.lo >= lo and weapon.hi <= hi:
        return 1
    if weapon.hi <= lo and lo - weapon.hi <= 1 and noun:
        return 0
    up = s.head[last]
    if noun and up == head:
        return 1
    if up == head and s.dep[last] in {"nsubj", "nsubjpass", "dobj"}:
        return None if weapon.type == "airstrike" and _is_hit(s, last, head) else 2
    if not noun and s.dep[head] == "acl" and up != head and s.head[head] == last:
        # "Rockets fired by militants".
        return 2
    used = next((a for a in s.ancestors(head, 3) if s.low[a] in {"used", "using"}), None)
    if used is not None and (s.head[used] == last or up == used):
        return 3
    for a in s.ancestors(last, 3):
        if a == head:
            prep = next((p for p in s.ancestors(last) if s.dep[p] in {"prep", "agent", "acl", "advcl"}), None)
            if prep is not None and s.low[prep] in words("triggers", "means"):
                return 3
            lo, hi = sorted((head, last))
            parted = words("links", "parted_clauses") & set(s.low[lo:hi])
            return 4 if not noun and not parted else None
    return None
