"""The conflict events of other sets (ACE, KAIROS) in coarse kinds, and who is which side of them."""

from __future__ import annotations

import re

KINDS = {
    "Conflict.Attack": "attack",
    "Conflict.Defeat": "other",
    "Conflict.Demonstrate": "demonstration",
    "Life.Die": "death",
    "Life.Injure": "injury",
    "Justice.ArrestJailDetain": "arrest",
    "Justice.Arrest-Jail": "arrest",
    "ArtifactExistence.DamageDestroyDisableDismantle": "other",
}
TRIGGERS = ("death", "injury", "explosion", "arrest", "demonstration", "attack", "other")
"""Which kind is preferred where the same words are the trigger of two events."""
EXPLOSIVE = "ExplosiveDevice"
EXPLODING = re.compile(r"explo|blast|bomb|detonat|went off|go(?:es)? off", re.IGNORECASE)
SIDES = {
    "Attacker": "initiator",
    "Killer": "initiator",
    "Injurer": "initiator",
    "Jailer": "initiator",
    "Agent": "initiator",
    "Destroyer": "initiator",
    "DamagerDestroyer": "initiator",
    "Damager": "initiator",
    "Victor": "initiator",
    "Demonstrator": "initiator",
    "Target": "recipient",
    "Victim": "recipient",
    "Detainee": "recipient",
    "Person": "recipient",
    "Defeated": "recipient",
    "Artifact": "recipient",
    EXPLOSIVE: "weapon",
    "Instrument": "weapon",
}
ORDER = ("initiator", "recipient", "weapon")
"""Which side is preferred where the same words are two."""


def kind_of(kind: str, words: str, roles: frozenset[str]) -> str | None:
    """The coarse kind of an event by its type in its set, the words of its trigger and its roles; null for another."""
    found = KINDS.get(kind.replace(":", "."))
    if found == "attack" and (EXPLOSIVE in roles or EXPLODING.search(words)):
        return "explosion"
    return found
