"""Whether what is told happened, is planned, is possible, or is a habit."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Parse

from sayso.reading.modality import modality_of
from sayso.reading.triggers import find_triggers, find_weapons


@pytest.mark.parametrize(
    ("text", "words", "modality"),
    [
        ("The army shelled the town.", "shelled", "actual"),
        ("The rebels threatened to attack the base.", "attack", "planned"),
        ("The army will attack the base.", "attack", "planned"),
        ("They moved in case of another attack.", "attack", "hypothetical"),
        ("If the army attacked, they would flee.", "attacked", "hypothetical"),
        ("There is a constant threat of an attack.", "attack", "hypothetical"),
        ("They would succeed in laying siege to the town.", "siege", "hypothetical"),
        ("Warplanes regularly bomb the town.", "bomb", "generic"),
        ("The group has targeted the town in the past.", "targeted", "generic"),
        ("The coalition began its bombing campaign in 2014.", "bombing campaign", "generic"),
        ("Russia has intensified its air raids.", "air raids", "generic"),
        ("Fighters have been battling the army.", "battling", "generic"),
        ("The raids came in support of forces battling militants.", "battling", "generic"),
        ("Fighters have been battling the army since Sunday.", "battling", "actual"),
        ("Rebels managed to seize the town.", "seize", "actual"),
        ("Rebels might manage to seize the town.", "seize", "planned"),
        ("Police shot him, causing his bomb to explode.", "explode", "actual"),
        ("They fled their houses to avoid the battles.", "battles", "actual"),
        ("The attack could uproot thousands.", "attack", "actual"),
        ("The attack could amount to a war crime.", "attack", "actual"),
        ("It would mark the deadliest attack in years.", "attack", "actual"),
        ("An attack could begin on Sunday.", "attack", "hypothetical"),
        ("The agency called the attack a crime.", "attack", "actual"),
        ("There were threats following the attack.", "attack", "actual"),
    ],
)
def test_how_a_trigger_is_told(parsed: Parse, text: str, words: str, modality: str) -> None:
    s = parsed(text)
    found = {s.words(t.lo, t.hi): modality_of(s, t) for t in find_triggers(s, find_weapons(s))}
    assert found[words] == modality
