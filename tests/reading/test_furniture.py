"""Tags, topics and related headlines in the midst of a report's text."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Parse, Read

from sayso.reading.furniture import furniture


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("It ended. Tags Syria missile attacks Homs A strike hit Homs.", "Tags Syria missile attacks Homs"),
        ("Topic Battle Against Daesh in Syria (180) The army said so.", "Topic Battle Against Daesh in Syria (180)"),
        ("It ended. Related News Raid kills two in Homs", "Related News Raid kills two in Homs"),
        ("AP Photo Ali Hassan US Attack on Base The army said so.", "AP Photo Ali Hassan US Attack on Base"),
    ],
)
def test_what_stands_beside_the_report_is_found(parsed: Parse, text: str, beside: str) -> None:
    s = parsed(text)
    found = sorted(furniture(s))
    assert s.words(found[0], found[-1] + 1).startswith(beside[:20])
    assert {s.word[k] for k in found} <= {w.strip(".") for w in [*beside.split(), "(", ")", "180", "The"]}


def test_a_report_without_any_has_none(parsed: Parse) -> None:
    assert furniture(parsed("The topic of tags related to an attack came up on Sunday.")) == frozenset()


def test_attacks_in_tags_are_no_events(read: Read) -> None:
    (event,) = read("A rocket hit a house in Homs on Sunday. Tags Syria suicide bombings kidnappings Aleppo").events
    assert event.type == "shelling"
