"""How the sides of two events stand to each other. Differing on who did it keeps no two apart."""

from __future__ import annotations

from sayso.incidents.features import Features, Party, side_words
from sayso.incidents.reason import Reason, found, refusal
from sayso.vocabulary import load

_OFFICIAL = frozenset({"state", "government", "military", "police", "intelligence"})
_MUTUAL = frozenset({"ground"})
_ROLE_WORDS = {"initiators": "the same attacker", "recipients": "the same target"}


def compare_sides(one: Features, two: Features) -> list[Reason]:
    """The reasons that the sides give: shared ones, different ones, or sides that changed places."""
    if _swapped(one, two):
        family = load("event_types")[one.type].family
        if family not in _MUTUAL:
            return [refusal("sides.swapped", "the attacker of one is the target of the other")]
        return [found("sides.mutual", "the same two sides, told from either end")]
    # A town's name tells the place, and is weighed there.
    where = side_words(" ".join(name or "" for event in (one, two) for name in (event.place_name, event.admin1)))
    roles = (
        _role("initiators", one.initiators, two.initiators, where),
        _role("recipients", one.recipients, two.recipients, where),
    )
    return [reason for reason in roles if reason is not None]


def _role(role: str, one: tuple[Party, ...], two: tuple[Party, ...], where: frozenset[str]) -> Reason | None:
    if not one or not two:
        return None
    keys = {party.key for party in two if party.key}
    same = next((party for party in one if party.key in keys), None)
    if same:
        return found(f"{role}.same", f"{_ROLE_WORDS[role]}: {same.name}")
    one, two = tuple(filter(_telling, one)), tuple(filter(_telling, two))
    if not one or not two:
        return None
    pairs = [(first, second) for first in one for second in two]
    kin = next(((first, second) for first, second in pairs if _kin(first, second)), None)
    if kin:
        return found(f"{role}.kin", f"{kin[0].name} and {kin[1].name} belong together")
    common = {word for first, second in pairs if _one_country(first, second) for word in first.words & second.words}
    shared = sorted(common - where)
    if shared:
        return found(f"{role}.words", f"both name {', '.join(shared)}")
    names = f"{one[0].name} and {two[0].name}"
    what = "attackers; that may be what is disputed" if role == "initiators" else "targets"
    return found(f"{role}.different", f"different {what}: {names}")


def _telling(party: Party) -> bool:
    """Whether it is somebody or something in particular: "seven people" is anybody."""
    return bool(party.words) or bool(party.country) or party.affiliation is not None


def _kin(one: Party, two: Party) -> bool:
    if one.affiliation and two.affiliation:
        return one.affiliation == two.affiliation
    if one.affiliation and one.affiliation in (two.key, two.name):
        return True
    if two.affiliation and two.affiliation in (one.key, one.name):
        return True
    if one.country is None or one.country != two.country:
        return False
    return one.kind in _OFFICIAL and two.kind in _OFFICIAL


def _one_country(one: Party, two: Party) -> bool:
    return one.country is None or two.country is None or one.country == two.country


def _swapped(one: Features, two: Features) -> bool:
    initiators, recipients = _keys(one.initiators), _keys(one.recipients)
    others, targets = _keys(two.initiators), _keys(two.recipients)
    crossed = initiators & targets and recipients & others
    return bool(crossed) and not initiators & others and not recipients & targets


def _keys(parties: tuple[Party, ...]) -> set[str]:
    return {party.key for party in parties if party.key}
