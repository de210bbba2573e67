"""Which of the ledger's event types a dataset's kind of event may be: after the codes of event_types.yaml."""

from __future__ import annotations

from functools import cache

from sayso.vocabulary import load

_UCDP = "ucdp"
VIOLENT = frozenset({"aerial", "indirect_fire", "explosives", "chemical", "ground", "killing", "other", "control"})
"""Families in which people are killed: UCDP counts deaths, and does not say by which means."""
_ONE_SIDED = "3"
_HARDLY = frozenset({"ground", "other", "killing", "aerial", "indirect_fire", "explosives", "chemical"})
_ACLED_ONLY = {
    # Sub-event types that no event type has as its code, and what reports may call them.
    "Peaceful protest": ("protest",),
    "Mob violence": ("riot", "crowd_violence"),
    "Protest with intervention": ("protest", "crowd_violence"),
    "Excessive force against protesters": ("crowd_violence", "protest", "armed_attack"),
    "Government regains territory": ("territory_taken", "territory_lost", "armed_clash"),
    "Non-state actor overtakes territory": ("territory_taken", "territory_lost", "armed_clash"),
    "Non-violent transfer of territory": ("withdrawal", "territory_taken", "territory_lost"),
}


@cache
def acled_types(event_type: str, sub_event_type: str) -> tuple[str, ...]:
    """The event types that an ACLED sub-event type may be; all of its event type where none has it."""
    exact = dict.fromkeys(_ACLED_ONLY.get(sub_event_type, ()))
    wide: list[str] = []
    for name, entry in load("event_types").items():
        codes = entry.codes.acled or {}
        if sub_event_type in (codes.get("sub_event_type"), codes.get("sub_event_type_state")):
            exact[name] = None
        if codes.get("event_type") == event_type:
            wide.append(name)
    return tuple(exact) or tuple(wide)


@cache
def ucdp_types(type_of_violence: str) -> tuple[str, ...]:
    """The event types that a UCDP type of violence (1 state-based, 2 non-state, 3 one-sided) may be."""
    families = _HARDLY if type_of_violence == _ONE_SIDED else VIOLENT
    return tuple(name for name, entry in load("event_types").items() if entry.family in families)


@cache
def covered(dataset: str, event_type: str) -> bool:
    """Whether a dataset has events of one of our types at all: UCDP has only violence that kills."""
    entry = load("event_types").get(event_type)
    return dataset != _UCDP or (entry is not None and entry.family in VIOLENT)


@cache
def nearness(ours: str, theirs: tuple[str, ...]) -> str:
    """How one of our types stands to theirs: "same", "family", "joins" (may name one occurrence) or "apart"."""
    if ours in theirs:
        return "same"
    types = load("event_types")
    if ours not in types:
        return "apart"
    families = {types[name].family for name in theirs}
    if types[ours].family in families:
        return "family"
    joined = any(types[ours].family in types[name].joins for name in theirs)
    return "joins" if joined or families & set(types[ours].joins) else "apart"
