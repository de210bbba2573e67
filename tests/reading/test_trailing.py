"""Sources right before a cue that closes its sentence, without a comma to set them off."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Parse, Read, name

from sayso.reading.trailing import TrailingSources

HIT = "Rockets hit a base near Homs on Sunday"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (f"{HIT} a monitor said.", {"a monitor"}),
        (f"{HIT} the Relief Network for Human Rights said.", {"Relief Network for Human Rights"}),
        (f"{HIT} state media reported.", {"state media"}),
        (f"{HIT} local sources said on Monday.", {"local sources"}),
        (f"{HIT} SANA reporter said.", {"SANA reporter"}),
        (f"{HIT} residents and a doctor said.", {"residents", "a doctor"}),
        (f"{HIT} a police source in the city said.", {"a police source in the city"}),
    ],
)
def test_who_stands_at_the_end_says_the_whole_sentence(read: Read, text: str, speakers: set[str]) -> None:
    account = read(text)
    assert {name(account, a.speaker) for a in account.attributions} == speakers
    assert {a.content[0].text for a in account.attributions} == {HIT}


@pytest.mark.parametrize(
    "text",
    ["The monitor said that rockets hit a base near Homs.", "State media reported 15 deaths.", "Homs the army said"],
)
def test_what_follows_the_cue_is_no_end(parsed: Parse, text: str) -> None:
    s = parsed(text)
    i = next(k for k, low in enumerate(s.low) if low in {"said", "reported"})
    assert TrailingSources(s).of(i, 0, len(s.low)) == []
