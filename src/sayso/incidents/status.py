"""What an incident's claims amount to: the rules of docs/statuses.md, the first that fits, with the reason in words.

No status is a verdict, and no speaker weighs more than another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from sayso.incidents.clash import RIVALS, agree, clash
from sayso.incidents.features import Features
from sayso.incidents.independence import UNKNOWN, Independence, independence
from sayso.incidents.statement import Statement, Voice, one_side, voices
from sayso.incidents.wording import listed
from sayso.model import Status
from sayso.vocabulary import load

_DETAILS = ("time", "place", "initiator", "recipient", "weapon", "killed", "injured", "damage", "origin", "motive")
_CORE = ("occurrence", "initiator")
MOST_VALUES = 200
"""Values of one slot that are held against each other, the earliest; as many differ in no real incident."""

MOST_TRIED = 20
"""Values of one slot of which is asked whether independent speakers agree on it, the most frequent ones."""


class Standing(msgspec.Struct, frozen=True):
    """A status with its reason, one sentence."""

    status: Status
    reason: str
    beside: str = ""
    """What was counted once or not at all, as sentences; empty where all were counted."""

    @property
    def whole(self) -> str:
        """The reason with what was not counted."""
        return f"{self.reason} {self.beside}".strip()


class _Sides(msgspec.Struct, frozen=True, kw_only=True):
    """Who asserts, denies and doubts one detail; ``narrated`` is whether a report's narration asserts it."""

    asserting: list[Voice]
    denying: list[Voice]
    doubting: list[Voice]
    spoken: Sequence[Statement]
    """All that is said on the detail: who of them are independent is asked only where the status rests on it."""
    narrated: bool
    narration_denies: bool
    narration_doubts: bool


def standings(
    statements: Sequence[Statement], initiators: Sequence[Voice], places: Mapping[str, Features] | None = None
) -> dict[str, Standing]:
    """The status of every slot that somebody speaks to, ``occurrence`` first; ``initiators`` as named.

    ``places`` are what is known of the places named, by gazetteer id; those of which nothing is known contest nothing.
    """
    found = {"occurrence": occurrence_standing(statements, initiators)}
    for slot in load("slots"):
        if slot != "occurrence" and any(s.slot == slot for s in statements):
            found[slot] = standing_of(slot, statements, initiators, places)
    return found


def standing_of(
    slot: str,
    statements: Sequence[Statement],
    initiators: Sequence[Voice],
    places: Mapping[str, Features] | None = None,
) -> Standing:
    """The status of one slot, from all the incident's statements."""
    if slot == "occurrence":
        return occurrence_standing(statements, initiators)
    return _detail_standing([s for s in statements if s.slot == slot], initiators, places)


def occurrence_standing(statements: Sequence[Statement], initiators: Sequence[Voice]) -> Standing:
    """The status of the occurrence, from all the incident's statements."""
    whole = with_occurrence(statements)
    return _standing(_occurrence_sides(whole), acknowledging(whole, initiators), "it")


def occurrence_counts(statements: Sequence[Statement]) -> dict[str, int]:
    """How many speakers assert, deny and doubt that it happened; narration is not counted."""
    sides = _occurrence_sides(with_occurrence(statements))
    firm = {v.key for v in (*sides.asserting, *sides.denying)}
    doubting = [v for v in sides.doubting if v.key not in firm]
    return {"asserts": len(sides.asserting), "denies": len(sides.denying), "uncertain": len(doubting)}


def _standing(sides: _Sides, acknowledging: list[Voice], what: str) -> Standing:
    rules: tuple[Callable[[], Standing | None], ...] = (
        lambda: _denied(sides, what),
        lambda: _contested(sides, what),
        lambda: _acknowledged(acknowledging),
        lambda: _corroborated(sides, what),
        lambda: _single_source(sides, what),
    )
    for rule in rules:
        found = rule()
        if found is not None:
            return found
    return _uncertain(sides, what)


def _denied(sides: _Sides, what: str) -> Standing | None:
    if not sides.denying or sides.asserting:
        return None
    rest = "nobody but the narration of reports asserts it" if sides.narrated else "nobody asserts it"
    return Standing("denied", f"Denied: {_said(sides.denying, 'denies', 'deny')} {what}, and {rest}.")


def _contested(sides: _Sides, what: str) -> Standing | None:
    if sides.asserting and sides.narration_denies and not sides.denying:
        words = f"a report's own narration denies {what}; {_said(sides.asserting, 'asserts', 'assert')} it"
        return Standing("contested", f"Contested: {words}.")
    if not any(one.key != other.key for one in sides.asserting for other in sides.denying):
        return None
    against = {voice.key for voice in sides.denying}
    others = [voice for voice in sides.asserting if voice.key not in against] or sides.asserting
    words = f"{_said(sides.denying, 'denies', 'deny')} {what}; {_said(others, 'asserts', 'assert')} it"
    return Standing("contested", f"Contested: {words}.")


def _acknowledged(acknowledging: list[Voice]) -> Standing | None:
    if not acknowledging:
        return None
    words = f"the side that is said to have done it says so ({_names(acknowledging)})"
    return Standing("acknowledged", f"Acknowledged: {words}.")


def _corroborated(sides: _Sides, what: str) -> Standing | None:
    if sides.denying or sides.narration_denies or not (sides.asserting or sides.narrated):
        return None
    found = independence(sides.spoken)
    if len(found.groups) < 2:
        return None
    words = f"{_everybody(found)} assert {what} independently of each other; nobody denies it"
    return Standing("corroborated", f"Corroborated: {words}.", found.words)


def _single_source(sides: _Sides, what: str) -> Standing | None:
    if sides.denying or sides.narration_denies or not (sides.asserting or sides.narrated):
        return None
    found = independence(sides.spoken)
    if not sides.asserting:
        words = f"nobody but {_narration(found.narrators or [UNKNOWN])} asserts {what}"
    elif len(sides.asserting) == 1:
        words = f"nobody but {sides.asserting[0].shown} asserts {what}"
    else:
        words = f"{_names(sides.asserting)} assert {what}, but they are one organisation"
    return Standing("single_source", f"Single source: {words}.", found.words)


def _uncertain(sides: _Sides, what: str) -> Standing:
    if sides.asserting and sides.denying:
        both = f"{_names(sides.asserting)} {_verb(sides.asserting, 'asserts', 'assert')} {what} and also denies it"
        return Standing("uncertain", f"Uncertain: {both}; nobody else speaks to it.")
    if sides.doubting:
        return Standing("uncertain", f"Uncertain: {_said(sides.doubting, 'says', 'say')} that it is not clear.")
    if sides.narration_denies:
        return Standing("uncertain", "Uncertain: only a report's own narration denies it.")
    return Standing("uncertain", "Uncertain: nobody asserts it firmly.")


def with_occurrence(statements: Sequence[Statement]) -> list[Statement]:
    """The statements, and for each who asserts a detail that it happened, unless the same report has that already."""
    heard = {(s.voice.key if s.voice else None, s.report_id) for s in statements if s.slot == "occurrence"}
    whole = list(statements)
    for s in statements:
        who = (s.voice.key if s.voice else None, s.report_id)
        if s.slot in _DETAILS and s.stance == "asserts" and who not in heard:
            heard.add(who)
            whole.append(msgspec.structs.replace(s, slot="occurrence"))
    return whole


def _occurrence_sides(statements: Sequence[Statement]) -> _Sides:
    return _sides([s for s in statements if s.slot == "occurrence"])


def _sides(spoken: Sequence[Statement]) -> _Sides:
    asserting = voices(s for s in spoken if s.stance == "asserts")
    return _Sides(
        asserting=asserting,
        denying=voices(s for s in spoken if s.stance == "denies"),
        doubting=voices(s for s in spoken if s.stance == "uncertain"),
        spoken=spoken,
        narrated=any(s.voice is None and s.stance == "asserts" for s in spoken),
        narration_denies=any(s.voice is None and s.stance == "denies" for s in spoken),
        narration_doubts=any(s.voice is None and s.stance == "uncertain" for s in spoken),
    )


def acknowledging(statements: Sequence[Statement], initiators: Sequence[Voice]) -> list[Voice]:
    """Speakers of the side that is said to have done it who say that it did, and blame nobody else."""
    firm = [s for s in statements if s.voice is not None and s.stance == "asserts"]
    admitting = voices(s for s in firm if s.slot == "initiator" and _own(s, initiators))
    blaming = {s.voice.key for s in firm if s.voice and s.slot == "initiator" and not _own(s, initiators)}
    denied = {s.voice.key for s in statements if s.voice and s.stance == "denies" and s.slot in _CORE}
    telling = voices(s for s in firm if s.slot == "occurrence" and _speaks_for(s.voice, initiators))
    found = {voice.key: voice for voice in (*admitting, *telling)}
    own = {voice.key for voice in admitting}
    return [voice for key, voice in found.items() if key not in denied and (key in own or key not in blaming)]


def _own(statement: Statement, initiators: Sequence[Voice]) -> bool:
    """Whether a claim about the initiator names the speaker itself, or the side that it speaks for."""
    voice = statement.voice
    if voice is None or statement.normalised is None:
        return False
    mine = [initiator.key for initiator in initiators if one_side(voice, initiator)]
    return statement.normalised in (voice.key, *mine)


def _speaks_for(voice: Voice | None, initiators: Sequence[Voice]) -> bool:
    return voice is not None and any(one_side(voice, initiator) for initiator in initiators)


def _detail_standing(
    spoken: Sequence[Statement], initiators: Sequence[Voice], places: Mapping[str, Features] | None
) -> Standing:
    sides = _sides(spoken)
    rivals = rival_pair(spoken, initiators, places)
    if rivals and not sides.denying:
        words = "; ".join(f"{s.voice.shown} says {s.value}" for s in rivals if s.voice)
        return Standing("contested", f"Contested: speakers differ; {words}.")
    own = acknowledging(spoken, initiators) if spoken and spoken[0].slot == "initiator" else []
    found = _standing(sides, own, "it")
    return _where_they_agree(spoken, initiators, places) if found.status == "corroborated" else found


def _where_they_agree(
    spoken: Sequence[Statement], initiators: Sequence[Voice], places: Mapping[str, Features] | None
) -> Standing:
    """Who corroborate each other: independent ones that say the same. Without any, each value is one speaker's."""
    firm = [s for s in spoken if s.stance == "asserts"]
    values: dict[tuple[str, str], list[Statement]] = {}
    for s in firm:
        values.setdefault((str(s.normalised), s.value or "" if s.normalised is None else ""), []).append(s)
    # The values that are said most often are tried first; the order of the reports settles the rest.
    tried = sorted(values.values(), key=lambda said: -len(said))[:MOST_TRIED]
    for said in tried:
        alike = [s for same in values.values() if agree(said[0], same[0], initiators, places) for s in same]
        found = _standing(_sides(alike), [], "it")
        if found.status == "corroborated":
            return found
    shown = [
        f"{s.voice.shown if s.voice else 'a report'} says {s.value}" for s in (said[0] for said in tried) if s.value
    ]
    return Standing("single_source", f"Single source: each says something else; {'; '.join(shown[:2])}.")


def rival_pair(
    spoken: Sequence[Statement], initiators: Sequence[Voice], places: Mapping[str, Features] | None = None
) -> tuple[Statement, Statement] | None:
    """The first two assertions of different organisations on one slot that cannot both be so."""
    if not spoken or spoken[0].slot not in RIVALS:
        return None
    # One speaker's same value again adds nothing: thousands of reports come down to as many values as speakers gave.
    said = {
        (s.voice.key, str(s.normalised), s.value if s.normalised is None else ""): s
        for s in reversed(spoken)
        if s.voice is not None and s.stance == "asserts" and s.value is not None
    }
    found = list(reversed(said.values()))[:MOST_VALUES]
    for at, one in enumerate(found):
        for two in found[at + 1 :]:
            if _independent(one.voice, two.voice) and clash(one, two, initiators, places):
                return one, two
    return None


def _independent(one: Voice | None, two: Voice | None) -> bool:
    return one is not None and two is not None and not one.identities & two.identities


def _names(speakers: Sequence[Voice]) -> str:
    return listed(list(dict.fromkeys(voice.shown for voice in speakers)))


def _said(speakers: Sequence[Voice], one: str, many: str) -> str:
    return f"{_names(speakers)} {_verb(speakers, one, many)}"


def _verb(speakers: Sequence[Voice], one: str, many: str) -> str:
    # Two reports' "a military source" are two speakers under one name, of which a sentence speaks once.
    return one if len({voice.shown for voice in speakers}) == 1 and not speakers[0].plural else many


def _everybody(found: Independence) -> str:
    """The independent ones, each by one name."""
    names = [min(group.voices, key=lambda voice: voice.rank).shown for group in found.groups if group.voices]
    nameless = found.narrators.count(UNKNOWN)
    told = [_narration([name]) for name in found.narrators if name != UNKNOWN]
    told += [_narration([UNKNOWN])] if nameless == 1 else [f"the narration of {nameless} reports"] if nameless else []
    return listed(list(dict.fromkeys([*names, *told])))


def _narration(publishers: Sequence[str]) -> str:
    if set(publishers) == {UNKNOWN}:
        return "a report's own narration"
    return f"the narration of {listed(sorted(publishers))}"
