"""What tells whether an act happened at a name: the words beside the name, and the way through the parse to the act.

Each feature is a short readable string, so that the weights can be read too; ``tie`` also counts what the second
step of the model compares between the names of one sentence.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from sayso.knowledge.actors import ActorBase
from sayso.knowledge.countries import country_names, demonyms
from sayso.knowledge.names import plain
from sayso.reading.lexicon import words
from sayso.reading.placing.names import Name, kind_of, type_class
from sayso.reading.syntax import Syntax

GAPS = (1, 2, 3, 4, 6, 8, 11, 15, 20, 30)
"""Upper ends of the bins of a distance in tokens."""
LOOSE = frozenset({"compound", "appos", "conj", "nmod", "punct"})
"""Ties within one phrase, passed over on the way to the word that governs it."""
GOVERNED = frozenset({"conj", "appos", "compound", "nmod", "poss", "amod"})
WORDED = frozenset({"prep", "agent", "mark"})
"""Dependencies that say nothing without their word."""
QUOTES = frozenset({'"', "''", "``", "‘", "’", "“", "”"})
LONGEST_PATH = 40
FAR = 99
STEM = 6
"""Letters of a verb that stand for all its forms."""


class Tie(NamedTuple):
    """The way from a name to an act: features, steps in the tree, and the counts that names are compared by."""

    features: list[str]
    steps: int
    counts: dict[str, float]


def name_features(s: Syntax, n: Name) -> list[str]:
    """What the name and the words beside it say, whatever the act."""
    first, last = s.bounds(n.head)
    before = s.low[n.lo - 1] if n.lo > first else "^"
    earlier = s.low[n.lo - 2] if n.lo - 1 > first else "^"
    after = s.low[n.hi] if n.hi < last else "$"
    if s.end[n.hi - 1] == n.end + 1 and s.text[n.end] == "s":
        # Some publishers lose the apostrophe: "Syrias Idlib province".
        after = "'s"
    kind, (governor, governed) = kind_of(n), governor_of(s, n.head)
    found = _own(s, n, kind)
    found += [f"before={before}", f"after={after}", f"before2={earlier}_{before}", f"around={before}_{after}"]
    found += [
        f"tag_after={s.tag[n.hi] if n.hi < last else '$'}",
        f"tag_before={s.tag[n.lo - 1] if n.lo > first else '^'}",
    ]
    found.append("lead=" + "_".join(s.low[max(first, n.lo - 3) : n.lo]))
    if cls := type_class(after):
        found.append(f"type_after={cls}")
    if before == "of" and (cls := type_class(earlier)):
        found.append(f"type_before={cls}")
    precision = n.place.precision if n.place is not None else "n"
    head = n.head
    found += [f"tag={s.tag[head]}", f"dep={s.dep[head]}", f"dep_kind={s.dep[head]}_{kind}"]
    found += [f"under={s.dep[head]}_{s.low[s.head[head]]}", f"gov={governor}", f"gov_of={governor}_{governed}"]
    found += [f"gov_kind={governor}_{kind}", f"gov_precision={governor}_{precision}", f"gov_after={governor}_{after}"]
    if n.lo == first:
        found.append("first")
    return found


def _own(s: Syntax, n: Name, kind: str) -> list[str]:
    """The name itself: what it is known as, its form; of an unknown one its words."""
    name = s.text[n.start : n.end]
    found, folded, length = [f"kind={kind}"], plain(name), n.hi - n.lo
    if n.place is not None:
        found.append(f"precision={n.place.precision}")
    else:
        figures = "d" if any(c.isdigit() for c in name) else ""
        found += [f"actor={_actor_kind(name)}", f"ending={s.low[n.hi - 1][-3:]}"]
        found += [f"word_first={s.low[n.lo]}", f"word_last={s.low[n.hi - 1]}"]
        found.append(f"shape={'U' if name.isupper() else 'C'}{min(length, 3)}{figures}")
    if folded in demonyms():
        found.append("demonym")
    if folded in country_names():
        found.append("country")
    if name.isupper():
        found.append("capitals")
    if "-" in name:
        found.append("hyphen")
    if cls := type_class(s.low[n.hi - 1]):
        found.append(f"type_in={cls}")
    found.append(f"words={min(length, 4)}")
    return found


@lru_cache(maxsize=4096)
def _actor_kind(name: str) -> str | None:
    actor = ActorBase.open().named(name)
    return actor.kind if actor is not None else None


def governor_of(s: Syntax, i: int) -> tuple[str, str]:
    """The preposition (or the role) that a name stands in, past conjuncts, and the word above that."""
    for _ in range(6):
        dep, head = s.dep[i], s.head[i]
        if dep == "pobj":
            return s.low[head], s.low[s.head[head]]
        if dep not in GOVERNED or head == i:
            return dep, s.low[head]
        i = head
    return "deep", ""


def act_features(s: Syntax, act: int) -> list[str]:
    """What the act's word says, whatever the name."""
    verb, children = s.low[act][:STEM], s.children[act]
    thing, doer = s.child(act, "dobj"), s.child(act, "nsubj", "nsubjpass")
    found = [f"verb={verb}", f"verb_tag={s.tag[act]}", f"verb_dep={s.dep[act]}", f"passive={int(_passive(s, act))}"]
    found += [f"object={s.low[thing] if thing is not None else '-'}", f"verb_object={verb}_{int(thing is not None)}"]
    found.append(f"subject={s.low[doer] if doer is not None else '-'}")
    found += [f"particle={verb}_{s.low[c]}" for c in children if s.dep[c] == "prt"]
    found.append(f"verb_under={s.low[s.head[act]]}" if s.head[act] != act else "verb_root")
    return found


def _passive(s: Syntax, act: int) -> bool:
    return any(s.dep[c] in {"auxpass", "nsubjpass"} for c in s.children[act])


def tie(s: Syntax, n: Name, act: int) -> Tie:
    """How a name hangs together with an act: order, distance, words between, and the path between them."""
    verb, right = s.low[act][:STEM], n.lo > act
    side, gap = ("R", n.lo - act) if right else ("L", act - n.hi + 1)
    between = range(act + 1, n.lo) if right else range(n.hi, act)
    bin_ = next((k for k, edge in enumerate(GAPS) if gap <= edge), len(GAPS))
    verbs = sum(s.tag[k].startswith("VB") and s.dep[k] not in {"aux", "auxpass"} for k in between)
    commas = sum(s.word[k] == "," for k in between)
    said = any(s.low[k] in words("placing", "telling") for k in between)
    governor = governor_of(s, n.head)[0]
    found = [f"side={side}", f"gap={side}{bin_}", f"verbs={side}{min(verbs, 3)}", f"commas={side}{min(commas, 3)}"]
    found += [f"gov_verb={governor}_{verb}", f"gov_side={governor}_{side}"]
    found += _between(s, between, side)
    if said:
        found.append(f"said={side}")
    counts = {"right": float(right), "gap": float(bin_), "verbs": float(verbs), "commas": float(commas)}
    counts |= {
        "said": float(said),
        "passive": float(_passive(s, act)),
        "noun": float(s.tag[act][0] == "N"),
        "words": float(n.hi - n.lo),
    }
    counts["precision"] = -1.0 if n.place is None else float(n.place.precision or 0)
    way = path(s, n.head, act)
    if way is None:
        return Tie([*found, "path=none"], FAR, counts | {"up": 9.0, "down": 9.0, "path_verbs": 5.0, "path_said": 0.0})
    features, extra = _way_features(s, n, act, *way)
    return Tie(found + features, int(extra["up"] + extra["down"]), counts | extra)


def _between(s: Syntax, between: range, side: str) -> list[str]:
    """Clauses, quotes and stops between an act and a name."""
    found: dict[str, None] = {}
    for k in between:
        if s.word[k] in QUOTES:
            found["quote"] = None
        elif s.word[k] in {".", ";"}:
            found["stop"] = None
        if s.tag[k] in {"WDT", "WP", "WRB"} or (
            s.dep[k] in {"mark", "advmod"} and s.low[k] in words("placing", "turns")
        ):
            found[f"turn={side}_{s.low[k]}"] = None
    return list(found)


def path(s: Syntax, i: int, act: int) -> tuple[list[int], list[int]] | None:
    """The tokens from ``i`` up to the first common one, and from the act up to it; none in different sentences.

    None too where more than ``LONGEST_PATH`` heads lie between: a sentence without end says nothing by its tree.
    """
    chain = [act, *islice(s.ancestors(act), LONGEST_PATH)]
    above = {a: k for k, a in enumerate(chain)}
    up = []
    for a in (i, *islice(s.ancestors(i), LONGEST_PATH)):
        up.append(a)
        if a in above:
            return up, chain[: above[a] + 1]
    return None


def _label(s: Syntax, i: int) -> str:
    return s.low[i] if s.dep[i] in WORDED else s.dep[i]


def _way_features(s: Syntax, n: Name, act: int, up: list[int], down: list[int]) -> tuple[list[str], dict[str, float]]:
    top, verb = up[-1], s.low[act][:STEM]
    ups, downs = [_label(s, i) for i in up[:-1]], [_label(s, i) for i in reversed(down[:-1])]
    rise, fall = "^".join(ups), "_".join(downs)
    core = "^".join(x for x in ups if x not in LOOSE)
    bare = "^".join(s.dep[i] for i in up[:-1]) + "|" + "_".join(s.dep[i] for i in reversed(down[:-1]))
    last = ups[-1] if ups else "self"
    inner = up[1:-1] + down[1:]
    verbs = sum(s.tag[i].startswith("VB") for i in inner)
    said = any(s.low[i] in words("placing", "telling") for i in up[1:] + down[1:])
    found = [f"path={rise}|{fall}", f"core={core}|{fall}", f"bare={bare}", f"up={rise}", f"down={fall}"]
    found += [f"ups={min(len(ups), 7)}", f"downs={min(len(downs), 5)}", f"steps={min(len(ups) + len(downs), 10)}"]
    found += [
        f"path_verbs={min(verbs, 3)}",
        f"last={last}",
        f"verb_last={verb}_{last}",
        f"last_kind={last}_{kind_of(n)}",
    ]
    found.append(f"top={'act' if top == act else s.tag[top][:2]}")
    if top == act:
        found.append(f"direct={core}")
    else:
        found.append(f"top_word={s.low[top]}")
        if top != n.head:
            found.append(f"sides={last}^{downs[0]}")
    for i in up[1:-1]:
        if s.tag[i].startswith("VB"):
            found.append(f"path_verb={s.low[i]}")
        elif s.tag[i][0] == "N":
            found.append(f"path_noun={s.low[i]}")
        if s.dep[i] == "relcl":
            found.append("relative")
    if said:
        found.append("path_said")
    extra = {"up": len(ups), "down": len(downs), "path_verbs": verbs, "path_said": said}
    return found, {k: float(v) for k, v in extra.items()}


def among(s: Syntax, number: int, names: list[Name], ties: list[Tie], act: int) -> tuple[list[str], dict[str, float]]:
    """How a name stands among the others of its sentence: which are nearer, and what joins it to its neighbours."""
    n, steps = names[number], ties[number].steps
    others = [k for k, o in enumerate(names) if k != number and o.place is not None]
    mark = "P" if n.place is not None else "N"
    nearer = sum(ties[k].steps < steps for k in others)
    level = sum(ties[k].steps == steps for k in others)
    closer = sum(_tokens_to(names[k], act) < _tokens_to(n, act) for k in others)
    found = [f"nearer={mark}{min(nearer, 3)}", f"level={mark}{min(level, 2)}", f"places={mark}{min(len(others), 4)}"]
    found.append(f"closer={mark}{min(closer, 3)}")
    counts = {"nearer": float(nearer), "level": float(level), "closer": float(closer)}
    for k, side in ((number - 1, "left"), (number + 1, "right")):
        joined = _joined(s, n, names[k]) if 0 <= k < len(names) else None
        counts[f"{side}_join"] = float(JOINS.get(joined, 7)) if joined is not None else -1.0
        if joined is not None:
            o = names[k]
            known = "P" if o.place is not None else "N"
            found += [f"{side}={known}_{joined}", f"{side}_kind={kind_of(o)}_{kind_of(n)}"]
            if o.head in {a for a, _ in zip(s.ancestors(n.head), range(3), strict=False)}:
                found.append(f"{side}_above={known}")
    return found, counts


JOINS = {"": 0, ",": 1, "and": 2, ",_and": 2, "in": 3, ",_in": 3, "of": 4, "near": 5, "'s": 6}
"""What stands between two names, as a number for the trees of the second step."""
NEIGHBOUR = 5
"""At most this many tokens between two names that are joined."""


def _joined(s: Syntax, n: Name, other: Name) -> str | None:
    a, b = (other.hi, n.lo) if other.lo < n.lo else (n.hi, other.lo)
    return "_".join(s.low[a:b]) if 0 <= b - a <= NEIGHBOUR else None


def _tokens_to(n: Name, act: int) -> int:
    return min(abs(n.lo - act), abs(n.hi - 1 - act))
