from __future__ import annotations

import pytest
from tests.reading.conftest import Parse, Read

from sayso.model import Count
from sayso.reading.casualties import find_casualties

ONE: Count = (1, 1)
NOUGHT: Count = (0, 0)


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Gunmen killed 12 soldiers near Homs.", (12, 12), None),
        ("12 soldiers were killed near Homs.", (12, 12), None),
        ("At least 18 people were killed and dozens wounded in Homs.", (18, None), (24, None)),
        ("As many as 50 people were killed in the bombing.", (None, 50), None),
        ("More than 40 civilians died in the shelling.", (40, None), None),
        ("A car bomb in Kabul left 11 dead and 20 injured.", (11, 11), (20, 20)),
        ("The blast in Kabul claimed 30 lives.", (30, 30), None),
        ("The attack claimed the lives of two men.", (2, 2), None),
        ("Between 500 and 1300 people died in the attack.", (500, 1300), None),
        ("The death toll from the blast rose to 87.", (87, 87), None),
        ("A man and his wife were killed when a shell hit their house.", (2, 2), None),
        ("Gunmen killed 12 soldiers, including three officers, near Homs.", (12, 12), None),
        ("A soldier was wounded in the attack.", None, ONE),
        ("The attack killed civilians.", (2, None), None),
        ("Hundreds were injured in the blast.", None, (200, None)),
        ("No casualties were reported.", NOUGHT, NOUGHT),
        ("Rockets hit the base without causing any casualties.", NOUGHT, NOUGHT),
        ("There were no deaths.", NOUGHT, None),
        ("There were no injuries.", None, NOUGHT),
        ("Nobody was hurt in the attack.", None, NOUGHT),
        ("No one was killed in the attack.", NOUGHT, None),
        ("The army attacked the village.", None, None),
        ("The blast killed hopes of a deal.", None, None),
        ("The talks were killed by the attack.", None, None),
        ("Two killed 6 injured in rocket attacks in Aleppo.", (2, 2), (6, 6)),
        ("3 civilians killed 38 injured in rocket attacks in Aleppo.", (3, 3), (38, 38)),
        ("A bomb attack took place in Latakia leaving 5 martyrs.", (5, 5), None),
        ("A deadly attack hit the base.", (1, None), None),
        ("The strike on the base caused deaths.", (2, None), None),
        ("Coalition strikes have claimed hundreds of civilian lives.", (200, None), None),
    ],
)
def test_tolls_of_every_shape(parsed: Parse, text: str, killed: Count | None, injured: Count | None) -> None:
    found = find_casualties(parsed(text))
    counts = {slot: [c.count for c in found if c.slot == slot] for slot in ("killed", "injured")}
    expected = {"killed": [killed] if killed else [], "injured": [injured] if injured else []}
    assert counts == expected


def test_a_toll_is_not_drawn_from_the_next_paragraph(parsed: Parse) -> None:
    assert find_casualties(parsed("The bomb killed\n\n12 flights left the airport.")) == []


def test_a_toll_at_second_hand_is_uncertain(read: Read) -> None:
    account = read("Two people were reported killed in the attack on the base.")
    assert [c.stance for c in account.claims if c.slot == "killed"] == ["uncertain"]


def test_a_toll_told_in_the_next_sentence_is_that_of_the_event(read: Read) -> None:
    (event,) = read("Rockets hit the base on Sunday. No casualties were reported.").events
    assert (event.killed, event.injured) == ((0, 0), (0, 0))


def test_what_is_not_told_is_unknown(read: Read) -> None:
    (event,) = read("Rockets hit the base on Sunday.").events
    assert (event.killed, event.injured) == (None, None)
