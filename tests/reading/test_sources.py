"""Whose words a cue brings, where a subject tells it and where only the position does."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read, name

HIT = "rockets hit a base near Homs"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"“{HIT.capitalize()},” said Ali Karim.", "Ali Karim"),
        (f'"{HIT.capitalize()}" SOHR chief Ali Karim said in an interview.', "Ali Karim"),
        (f'"{HIT.capitalize()}" Ali Karim head of the Relief Committee told AFP.', "Ali Karim"),
        (f"Speaking to state TV Karim said “{HIT}.”", "Karim"),
        ("Air strikes killed ten people near Homs a local source told SANA.", "a local source"),
        ("A second car bomb wounded three people near Homs said Karim.", "Karim"),
        (f"Earlier this week, Karim said {HIT}.", "Karim"),
        (f"The army issued a statement saying that {HIT}.", "The army"),
        (f"A reporter quoted a source at the police command as saying that {HIT}.", "a source at the police command"),
        (f"Ali Karim said that {HIT} in the “liberation,” as the army called it.", "Ali Karim"),
        (f"Ali Karim was quoted as saying that {HIT}.", "Ali Karim"),
    ],
)
def test_who_says_it(read: Read, text: str, speaker: str) -> None:
    account = read(text)
    assert {name(account, a.speaker) for a in account.attributions} == {speaker}


def test_whoever_adds_something_is_the_one_who_spoke(read: Read) -> None:
    account = read("The reporter said shells hit two neighbourhoods, adding that five of the injured died.")
    assert [name(account, a.speaker) for a in account.attributions] == ["The reporter", "The reporter"]


@pytest.mark.parametrize(
    "text",
    [
        f"The army declined to say whether {HIT}.",
        "The strikes add pressure on the militants near Homs.",
        "The army answered repeated attacks on a base near Homs.",
        "The IS-claimed attacks killed ten people near Homs.",
        "According to initial data ten people were killed in an attack near Homs.",
    ],
)
def test_where_nobody_says_anything_nobody_speaks(read: Read, text: str) -> None:
    assert {a.speaker for a in read(text).attributions} <= {None}


def test_the_medium_that_quotes_carries(read: Read) -> None:
    account = read(f"SANA quoted Ali Karim as saying that {HIT}.")
    ((speaker, via),) = [(name(account, a.speaker), name(account, a.via)) for a in account.attributions]
    assert (speaker, via) == ("Ali Karim", "SANA")
