"""Events that the words only end: what was followed, what was told on a day, what came then."""

from __future__ import annotations

from sayso.model import Interval
from sayso.reading.events import Draft
from sayso.reading.lexicon import words
from sayso.reading.links import Found
from sayso.reading.mentions import Mention
from sayso.reading.syntax import Syntax

PERFECT = frozenset({"has", "have", "had", "'ve"})
STATES = frozenset({"acomp", "amod"})
"""Participles that tell how something is ("remains committed to …")."""


def cap_followed(f: Found, s: Syntax) -> None:
    """An open interval for what was followed, since the words say no more."""
    if f.target.time is None and f.target.modality == "actual" and f.source.time and f.source.time.end is not None:
        f.target.time = Interval(
            start=None,
            end=f.source.time.end[:10],
            precision="unknown",
            evidence=s.span(f.lo, f.hi),
            reason=f"no later than {f.source.id}, which followed it",
        )


def cap_preceding(drafts: list[Draft], s: Syntax) -> None:
    """An open interval for what was "before" a dated event of its sentence."""
    by_sentence: dict[int, list[tuple[int, Draft]]] = {}
    for d in drafts:
        for m in d.mentions:
            by_sentence.setdefault(m.sentence, []).append((m.trigger.head, d))
    for number, rows in by_sentence.items():
        lo, hi = s.sentences[number]
        for k in range(lo, hi):
            if s.low[k] in words("dating", "precede") and s.dep[k] in {"mark", "prep", "pcomp"}:
                _precede(k, sorted(rows, key=lambda row: row[0]), s)


def _precede(k: int, rows: list[tuple[int, Draft]], s: Syntax) -> None:
    """The event told first behind a "before" ends the one told last before it, or next where it opens the sentence."""
    behind = [d for head, d in rows if head > k]
    ahead = [d for head, d in rows if head < k]
    if not behind:
        return
    later, earlier = behind[0], ahead[-1] if ahead else next((d for d in behind if d is not behind[0]), None)
    if earlier is None or earlier is later or earlier.time is not None or earlier.modality != "actual":
        return
    if later.time is not None and later.time.end is not None:
        earlier.time = Interval(
            start=None,
            end=later.time.end[:10],
            precision="unknown",
            evidence=s.span(k, k + 1),
            reason=f"no later than {later.id}, before which it was",
        )


def cap_told(d: Draft, s: Syntax) -> None:
    """An open interval for what was told, mourned or punished at a time: it was no later."""
    lasting = d.type == "ceasefire"
    bounds = [b for m in d.mentions for b in m.bounds if b.end is not None and (not lasting or _is_past(m, s))]
    if d.time is not None or d.modality != "actual" or not bounds:
        return
    first = min(bounds, key=lambda b: ((b.end or "")[:10], b.span.start))
    d.time = Interval(
        start=None,
        end=(first.end or "")[:10],
        precision="unknown",
        time=first.id,
        evidence=first.span,
        reason=f"told, answered or over by “{first.span.text}”, so that it was no later",
    )


def open_after(d: Draft, s: Syntax, published: str) -> None:
    """An open interval for what came "then" or "later", on a day that the words leave open."""
    if d.time is not None or d.modality != "actual":
        return
    word = next((k for m in d.mentions if (k := comes_next(m, s)) is not None), None)
    if word is not None:
        d.time = Interval(
            start=None,
            end=published,
            precision="unknown",
            evidence=s.span(word, word + 1),
            reason=f"“{s.word[word]}” orders it after what was told before, and gives no day",
        )


def end_perfect(d: Draft, s: Syntax, published: str) -> None:
    """An open interval for what is told in a perfect tense alone ("has dispatched fighters"): by now it was."""
    verbs = [verb_of(m.trigger.head, s) for m in d.mentions]
    if d.time is None and d.modality == "actual" and all(v is not None and _in_perfect_tense(v, s) for v in verbs):
        d.time = Interval(
            start=None,
            end=published,
            precision="unknown",
            evidence=s.span(d.mentions[0].trigger.lo, d.mentions[0].trigger.hi),
            reason="told in the perfect tense, so that it was by publication",
        )


def verb_of(head: int, s: Syntax) -> int | None:
    """The nearest verb at or above a token."""
    return next((a for a in (head, *s.ancestors(head)) if s.is_verb(a)), None)


def _in_perfect_tense(verb: int, s: Syntax) -> bool:
    return any(s.low[c] in PERFECT and s.dep[c] == "aux" for c in s.children[verb])


def comes_next(m: Mention, s: Syntax) -> int | None:
    """The "then" or "later" beside the verb of a mention, or none."""
    head = m.trigger.head
    verb = verb_of(head, s)
    if verb is None or s.tag[verb] not in {"VBD", "VBN"}:
        return None
    return next((c for c in s.children[verb] if s.low[c] in words("dating", "next") and s.dep[c] == "advmod"), None)


def _is_past(m: Mention, s: Syntax) -> bool:
    """Whether a mention is told as something past: not "remains committed to a ceasefire"."""
    head = m.trigger.head
    above = (a for a in (head, *s.ancestors(head)) if s.is_verb(a) and (a == head or s.dep[a] not in STATES))
    verb = next(above, None)
    if verb is None or s.tag[verb] in {"VBD", "VBN"} or verb == head:
        return True
    return s.tag[verb] == "VBG" or any(s.tag[c] == "VBD" and s.dep[c] in {"aux", "auxpass"} for c in s.children[verb])
