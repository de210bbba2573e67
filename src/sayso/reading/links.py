"""Links between events in the report's words: what follows, answers, resembles or is part of what."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model import Link, LinkKind
from sayso.reading.actors import fold
from sayso.reading.events import Draft
from sayso.reading.lexicon import words
from sayso.reading.mentions import Mention
from sayso.reading.saying import Coverage, Reading
from sayso.reading.syntax import Syntax

Pair = tuple[Draft, Draft, LinkKind]
NEAR = 14
"""How many tokens behind an "after" the event that it orders may stand."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link while it is read, with its evidence tokens and the attribution that it stands in."""

    source: Draft
    target: Draft
    kind: LinkKind
    lo: int
    hi: int
    attribution: Reading | None


def find_links(drafts: list[Draft], coverage: Coverage, s: Syntax) -> list[Found]:
    """All links that the words of the report make between its events."""
    rows = sorted(((m, d) for d in drafts for m in d.mentions), key=lambda row: row[0].trigger.lo)
    by_sentence: dict[int, list[tuple[Mention, Draft]]] = {}
    for m, d in rows:
        by_sentence.setdefault(m.sentence, []).append((m, d))
    found: list[Found] = []
    for number, here in by_sentence.items():
        found += _in_sentence(s, number, here, drafts, coverage)
    found += _resembling(s, rows, coverage)
    found += _habit(s, found, coverage)
    found += _parts(s, drafts)
    return _unique(found)


def _in_sentence(
    s: Syntax, number: int, here: list[tuple[Mention, Draft]], drafts: list[Draft], coverage: Coverage
) -> list[Found]:
    found: list[Found] = []
    lo, hi = s.sentences[number]
    for i in range(lo, hi):
        link = _follow(s, i, here, drafts) or _answer(s, i, here, drafts) or _order(s, i, here)
        if link is not None and link[0] is not link[1]:
            found.append(Found(*link, _clause_start(s, i, lo), _end_of(s, here, i, hi), coverage.at(i)))
    return found


def _follow(s: Syntax, i: int, here: list[tuple[Mention, Draft]], drafts: list[Draft]) -> Pair | None:
    """ "The strikes followed an attack", "the attack was followed by strikes"."""
    if s.low[i] not in words("links", "follow") or not s.is_verb(i):
        return None
    front, behind = _before(here, i) or _earlier(drafts, s.sentence_of[i]), _after(here, i)
    if front is None or behind is None:
        return None
    passive = s.child(i, "auxpass") is not None or s.low[i + 1 : i + 2] == ["by"]
    return (behind, front, "follows") if passive else (front, behind, "follows")


def _answer(s: Syntax, i: int, here: list[tuple[Mention, Draft]], drafts: list[Draft]) -> Pair | None:
    """ "In retaliation for an attack"; a verb of retaliating tells of a habit."""
    habit = s.is_verb(i) and s.low[i] in words("triggers", "reasons")
    if s.low[i] not in words("links", "answer") or habit:
        return None
    front, behind = _before(here, i) or _earlier(drafts, s.sentence_of[i]), _after(here, i)
    leads = i + 1 < len(s.low) and s.low[i + 1] in words("links", "answered")
    return (front, behind, "retaliation_for") if front is not None and behind is not None and leads else None


def _order(s: Syntax, i: int, here: list[tuple[Mention, Draft]]) -> Pair | None:
    """ "After an attack"; "since" orders two events only as a preposition."""
    if s.low[i] not in words("links", "order") or s.dep[i] not in {"mark", "prep", "pcomp"}:
        return None
    front, behind = _before(here, i), _after(here, i, near=NEAR)
    if front is None or behind is None or front.modality == "generic" or (s.low[i] == "since" and s.dep[i] != "prep"):
        return None
    return front, behind, "follows"


def _clause_start(s: Syntax, i: int, lo: int) -> int:
    reading_start = i
    for a in (i, *s.ancestors(i)):
        reading_start = min(reading_start, s.left[a])
        if s.tag[a].startswith("VB") and s.dep[a] in {"ROOT", "ccomp", "conj", "relcl", "parataxis"}:
            break
    return max(lo, reading_start)


def _end_of(s: Syntax, here: list[tuple[Mention, Draft]], i: int, hi: int) -> int:
    m = next((m for m, _ in here if m.trigger.head > i), None)
    if m is None:
        return hi
    end = max(m.trigger.hi, min(hi, s.right[m.trigger.head] + 1))
    while end > m.trigger.hi and s.word[end - 1] in {".", ",", "”", '"'}:
        end -= 1
    return end


def _before(here: list[tuple[Mention, Draft]], i: int) -> Draft | None:
    return next((d for m, d in reversed(here) if m.trigger.hi <= i), None)


def _after(here: list[tuple[Mention, Draft]], i: int, near: int = 40) -> Draft | None:
    return next((d for m, d in here if m.trigger.lo > i and m.trigger.lo - i <= near), None)


def _earlier(drafts: list[Draft], number: int) -> Draft | None:
    rows = [(m.sentence, d) for d in drafts for m in d.mentions if m.sentence < number]
    return max(rows, key=lambda row: row[0])[1] if rows and max(r[0] for r in rows) >= number - 1 else None


def _resembling(s: Syntax, rows: list[tuple[Mention, Draft]], coverage: Coverage) -> list[Found]:
    found = []
    for k, (m, d) in enumerate(rows):
        lo, hi = s.bounds(m.trigger.head)
        phrase_lo = s.noun_phrase(m.trigger.head)[0] if m.trigger.noun else m.trigger.lo
        if "similar" not in s.low[phrase_lo : m.trigger.hi]:
            continue
        other = next((o for _, o in reversed(rows[:k]) if o is not d), None)
        if other is None:
            continue
        in_sentence = any(o is other and n.sentence == m.sentence for n, o in rows[:k])
        a, b = (other, d) if in_sentence else (d, other)
        end = m.trigger.hi
        found.append(
            Found(
                a,
                b,
                "similar_to",
                lo if in_sentence else phrase_lo,
                end if end <= hi else hi,
                coverage.at(m.trigger.head),
            )
        )
    return found


def _habit(s: Syntax, found: list[Found], coverage: Coverage) -> list[Found]:
    """ "Not the first time that X has retaliated": the next telling of what followed what is such an answer."""
    made = []
    for i, low in enumerate(s.low):
        if not (low in words("links", "retaliating") and s.tag[i].startswith("VB")):
            continue
        lo, hi = s.bounds(i)
        around = set(s.low[lo:hi])
        once_of_many = "time" in around and around & words("links", "ordinals")
        if not once_of_many and not around & words("links", "habit"):
            continue
        number = s.sentence_of[i]
        nexts = sorted(
            (f for f in found if f.kind == "follows" and 0 < s.sentence_of[f.lo] - number <= 3), key=lambda f: f.lo
        )
        if nexts:
            end = hi
            while end > i and s.word[end - 1] in {".", "”"}:
                end -= 1
            made.append(Found(nexts[0].source, nexts[0].target, "retaliation_for", lo, end, coverage.at(i)))
    return made


def _parts(s: Syntax, drafts: list[Draft]) -> list[Found]:
    """ "Rocket attacks on several neighborhoods in the city": the attacks on single ones told next are part of it."""
    found = []
    for whole in drafts:
        first = next((m for m in whole.mentions if m.plural and m.places), None)
        area = next(
            (
                d
                for m in whole.mentions
                for d in m.details
                if d.slot == "recipient" and d.head is not None and s.low[d.head] in words("links", "areas")
            ),
            None,
        )
        if first is None or area is None or whole.modality != "actual":
            continue
        for part in drafts:
            m = part.mentions[0]
            if (
                part.number <= whole.number
                or part.type != whole.type
                or part.modality != "actual"
                or not 0 < m.sentence - first.sentence <= 9
            ):
                continue
            if (
                part.place is None
                or whole.place is None
                or (part.place.precision or 9) > 2
                or fold(part.place.name) == fold(whole.place.name)
            ):
                continue
            same = (
                part.place.admin1 is None
                or whole.place.admin1 is None
                or fold(part.place.admin1) == fold(whole.place.admin1)
            )
            if same:
                found.append(Found(part, whole, "part_of", area.lo, area.hi, None))
    return found


def _unique(found: list[Found]) -> list[Found]:
    seen: set[tuple[int, int, str]] = set()
    kept = []
    for f in found:
        key = (id(f.source), id(f.target), f.kind)
        if key not in seen and f.source is not f.target:
            seen.add(key)
            kept.append(f)
    return kept


def link_values(links: list[Found], s: Syntax) -> tuple[Link, ...]:
    """The links as values."""
    return tuple(
        Link(
            from_=f.source.id,
            to=f.target.id,
            kind=f.kind,
            speaker=f.attribution.speaker if f.attribution else None,
            via=f.attribution.via if f.attribution else None,
            evidence=s.span(f.lo, f.hi),
        )
        for f in links
    )
