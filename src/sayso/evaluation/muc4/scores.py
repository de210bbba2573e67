"""Scores of templates against keys, as published: CEAF-REE by documents, template filling, and the slots dropped since.

Sources. CEAF-REE: Du, Rush and Cardie, "GRIT: Generative Role-filler Transformers for Document-level Event Entity
Extraction" (EACL 2021). Template filling: Du, Rush and Cardie, "Template Filling with Generative Transformers" (GTT,
NAACL 2021). Date, location and confidence are slots 2, 3 and 11 of the MUC-4 answer keys (Sundheim, "Overview of the
Fourth Message Understanding Evaluation and Conference", 1992).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from sayso.evaluation.align import assign
from sayso.evaluation.muc4.template import ROLES, Entity, Role, Template, plain
from sayso.knowledge.names import fold

INCIDENT = "Incident"
"""The figure of incident types among the template scores."""

SLOTS = ("date", "date told", "country", "place", "organisation", "confidence")
"""The figures of ``slot_scores``."""


class Hit(msgspec.Struct, frozen=True):
    """Counts of one figure: right of the predicted, predicted, found of the keys', in the keys."""

    right: int = 0
    predicted: int = 0
    found: int = 0
    annotated: int = 0

    def __add__(self, other: Hit) -> Hit:
        return Hit(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.annotated + other.annotated,
        )

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the keys' that was found; 0 where there is nothing to find."""
        return self.found / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Hits = dict[str, Hit]
Pairs = Sequence[tuple[Template, Template]]
Match = Callable[[Template, Template], bool]


def total(hits: Iterable[Hit]) -> Hit:
    """The sum of counts, of which the shares are micro averages."""
    return sum(hits, Hit())


def fits(predicted: Entity, key: Entity) -> bool:
    """The published similarity: whether every mention that is predicted is one of the key's (as ``plain`` strings)."""
    return predicted.strings <= key.strings


def ceaf_ree(predicted: Sequence[Template], key: Sequence[Template], roles: Sequence[Role] = ROLES) -> Hits:
    """CEAF-REE of one report, role by role: entities of all its templates, aligned one to one as well as can be.

    As GRIT's: an aligned pair counts 1 where ``fits``, else 0. The key's entities are ``merged``; optional templates
    and fillers are in the key as any other. Templates do not count: a filler is right in whichever it was put.
    """
    found: Hits = {}
    for role in roles:
        left, right, pairs = _entities(predicted, key, role)
        found[role] = Hit(len(pairs), len(left), len(pairs), len(right))
    return found


def unmatched(predicted: Sequence[Template], key: Sequence[Template], role: Role) -> tuple[list[Entity], list[Entity]]:
    """The key's entities that CEAF-REE counts as missed, and those predicted that it counts as spurious."""
    left, right, pairs = _entities(predicted, key, role)
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    missed = [e for k, e in enumerate(right) if k not in columns]
    return missed, [e for k, e in enumerate(left) if k not in rows]


def _entities(
    predicted: Sequence[Template], key: Sequence[Template], role: Role
) -> tuple[list[Entity], list[Entity], list[tuple[int, int]]]:
    """The entities of a report in one role, predicted and in the key, and which are aligned."""
    left = list(dict.fromkeys(e for t in predicted for e in t.roles.get(role, ())))
    right = merged(key, role)
    return left, right, assign([[float(fits(p, k)) for k in right] for p in left]) if right else []


def merged(key: Sequence[Template], role: Role) -> list[Entity]:
    """The entities of a report's key in one role, in order of appearance.

    Entities of different templates that share a mention are one, with the mentions of both; those of one template were
    told apart by whoever filled it and stay apart. Of several that share mentions, the one that shares most is joined.
    """
    found: list[Entity] = []
    for template in key:
        before, joined = len(found), set[int]()
        for entity in template.roles.get(role, ()):
            shared = {k: len(found[k].strings & entity.strings) for k in range(before) if k not in joined}
            best = max(shared, key=shared.__getitem__, default=None)
            if best is None or not shared[best]:
                found.append(entity)
            else:
                joined.add(best)
                mentions = tuple(dict.fromkeys((*found[best].mentions, *entity.mentions)))
                found[best] = Entity(mentions, found[best].optional and entity.optional)
    return found


def template_scores(predicted: Sequence[Template], key: Sequence[Template]) -> Hits:
    """GTT's scores of one report: incident types and the five roles, under the best alignment of templates.

    Templates may be aligned only where the predicted incident type is among the key's; an aligned pair counts its type,
    each predicted entity that ``fits`` one of the key's, and each of the key's that one fits; templates that are not
    aligned count as spurious or missing with all that is in them. GTT's copy of the keys drops a template whose type
    and roles are those of another; here it counts, for it differs in date or place.
    """
    pairs = align(predicted, key)
    found = {INCIDENT: Hit(len(pairs), len(predicted), len(pairs), len(key))}
    for role in ROLES:
        right = sum(_right(p, k, role) for p, k in pairs)
        hit = sum(_found(p, k, role) for p, k in pairs)
        found[role] = Hit(right, _count(predicted, role), hit, _count(key, role))
    return found


def align(predicted: Sequence[Template], key: Sequence[Template]) -> list[tuple[Template, Template]]:
    """Pairs of templates, one to one, whose types agree and that score best together.

    GTT tries every alignment for the best F1 of the report. The denominators of precision and recall are the same in
    all of them, so that the greatest sum of both shares is sought here, which takes no exponential time; the two differ
    at most where one entity fits several.
    """
    made = len(predicted) + sum(_count(predicted, role) for role in ROLES)
    asked = len(key) + sum(_count(key, role) for role in ROLES)
    if not key:
        return []
    weights = [[_weight(p, k, made, asked) for k in key] for p in predicted]
    return [(predicted[row], key[column]) for row, column in assign(weights)]


def _weight(predicted: Template, key: Template, made: int, asked: int) -> float:
    if not set(predicted.types) & set(key.types):
        return 0.0
    right = 1 + sum(_right(predicted, key, role) for role in ROLES)
    hit = 1 + sum(_found(predicted, key, role) for role in ROLES)
    return right / made + hit / asked


def _right(predicted: Template, key: Template, role: Role) -> int:
    return sum(any(fits(p, k) for k in key.roles.get(role, ())) for p in predicted.roles.get(role, ()))


def _found(predicted: Template, key: Template, role: Role) -> int:
    return sum(any(fits(p, k) for p in predicted.roles.get(role, ())) for k in key.roles.get(role, ()))


def _count(templates: Sequence[Template], role: Role) -> int:
    return sum(len(t.roles.get(role, ())) for t in templates)


def slot_scores(predicted: Sequence[Template], key: Sequence[Template], pairs: Pairs) -> Hits:
    """Dates, locations and confidence of one report, under an alignment of its templates; all or nothing for each.

    The official scorer of 1992 gave half a point for partial matches and forgave optional templates; here neither.

    - ``date``: both ends are those of one of the key's alternatives ("- 04 FEB 90": no first day, the report's as last)
    - ``date told``: the same, of keys and predictions that have a first day alone
    - ``country``, ``place``: the country; the country and the smallest place, by name
    - ``confidence``: the organisation ``fits`` and its confidence is one of the key's alternatives
    - ``organisation``: the organisation ``fits``, whatever the confidence: what confidence can be right of
    """
    return {
        "date": _slot(predicted, key, pairs, _has_days, _same_days),
        "date told": _slot(predicted, key, pairs, _tells_day, _same_days),
        "country": _slot(predicted, key, pairs, lambda t: bool(t.locations), _same_country),
        "place": _slot(predicted, key, pairs, _has_place, _same_place),
        "organisation": _confidence(predicted, key, pairs, sure=False),
        "confidence": _confidence(predicted, key, pairs, sure=True),
    }


def _slot(
    predicted: Sequence[Template], key: Sequence[Template], pairs: Pairs, has: Callable[[Template], bool], same: Match
) -> Hit:
    right = sum(has(p) and has(k) and same(p, k) for p, k in pairs)
    return Hit(right, sum(map(has, predicted)), right, sum(map(has, key)))


def _has_days(template: Template) -> bool:
    return bool(template.days)


def _tells_day(template: Template) -> bool:
    return any(d.start for d in template.days)


def _same_days(predicted: Template, key: Template) -> bool:
    return any(d in key.days for d in predicted.days)


def _same_country(predicted: Template, key: Template) -> bool:
    return bool({plain(x.country) for x in predicted.locations} & {plain(x.country) for x in key.locations})


def _has_place(template: Template) -> bool:
    return any(x.places for x in template.locations)


def _same_place(predicted: Template, key: Template) -> bool:
    return bool(_smallest(predicted) & _smallest(key))


def _smallest(template: Template) -> set[tuple[str, str]]:
    return {(plain(x.country), fold(x.places[-1])) for x in template.locations if x.places}


def _confidence(predicted: Sequence[Template], key: Sequence[Template], pairs: Pairs, *, sure: bool) -> Hit:
    right = found = 0
    for p, k in pairs:
        agree = [
            [a.strings <= b.strings and (not sure or bool(a.values & b.values)) for b in k.confidence]
            for a in p.confidence
        ]
        right += sum(map(any, agree))
        found += sum(map(any, zip(*agree, strict=True)))
    return Hit(right, sum(len(t.confidence) for t in predicted), found, sum(len(t.confidence) for t in key))
